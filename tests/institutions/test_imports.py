from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories_editions import office_user
from factories_institutions import InstitutionFactory, nip_number
from probierz.base.models import JournalEntry
from probierz.base.rules import NotAllowed
from probierz.institutions import actions, export, imports
from probierz.institutions.models import ImportBatch, Institution

pytestmark = pytest.mark.django_db
HEADER = "Rodzaj;Nazwa;NIP;Województwo;Miejscowość"


def line(n=1, name="Gmina Łęczna", city="Łęczna", kind="gmina", voivodeship="lubelskie"):
    return f"{kind};{name};{nip_number(n)};{voivodeship};{city}"


def table(*lines, encoding="utf-8", header=HEADER):
    return imports.read_table("\r\n".join([header, *lines]).encode(encoding), "plik.csv")


def rows(*lines, **options):
    return imports.checked_rows(table(*lines, **options))


def batch_of(user, *lines):
    read = table(*lines)
    return actions.prepare_import(
        actor=user, file_name=read.file_name, sha256=read.sha256, rows=imports.checked_rows(read)
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_a_file_is_read_in_either_encoding(encoding):
    row = rows(line(), encoding=encoding)[0]
    assert (row["errors"], row["warnings"]) == ([], [])
    assert (row["data"]["name"], row["data"]["voivodeship"], row["line"]) == ("Gmina Łęczna", "06", 2)


@pytest.mark.parametrize(("old", "new"), [(";", ","), (";", "\t")])
def test_columns_may_be_parted_otherwise(old, new):
    row = rows(line().replace(old, new), header=HEADER.replace(old, new))[0]
    assert row["data"]["city"] == "Łęczna"


def test_columns_by_our_own_names_and_unknown_ones():
    read = table("gmina,Gmina A,Nie,5250000009,14,Ab", header="kind,name,laureate_2024,nip,voivodeship,city")
    assert read.ignored_columns == ["laureate_2024"]
    assert imports.checked_rows(read)[0]["errors"] == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Nazwa;NIP\r\nA;B\r\n", "columns"),
        (b"", "columns"),
        (HEADER.encode() + b"\r\n;;;;\r\n", "empty"),
        (b"x" * (imports.MAX_BYTES + 1), "too-large"),
        (HEADER.encode() + b"\r\na;b;c;d;e" * 5001, "too-long"),
    ],
)
def test_a_file_that_is_not_one(content, code):
    with pytest.raises(ValidationError) as caught:
        imports.read_table(content, "plik.csv")
    assert caught.value.code == code


def test_errors_name_the_column_and_the_reason():
    row = rows("zamek;Gmina A;123;lubelskie;")[0]
    assert sorted(error["field"] for error in row["errors"]) == ["Miejscowość", "NIP", "Rodzaj"]
    assert {"field": "NIP", "message": "NIP ma 10 cyfr; liczba wpisanych: 3."} in row["errors"]


def test_one_nip_twice_in_a_file():
    first, second = rows(line(1), line(1, name="Gmina Inna"))
    assert first["errors"] == []
    assert second["errors"] == [{"field": "NIP", "message": "Ten sam NIP jest już w wierszu 2 tego pliku."}]


def test_a_known_nip_is_passed_over_and_a_likeness_is_shown():
    known = InstitutionFactory(name="Gmina Łęczna", city="Łęczna", nip=nip_number(1))
    same, alike = rows(line(1), line(2, name="Gmina Leczna", city="Leczna"))
    assert (same["known"], alike["known"]) == (True, False)
    assert same["warnings"] == ["Już w rejestrze jako „Gmina Łęczna”; ten wiersz pominiemy."]
    assert alike["warnings"] == [f"Podobna instytucja jest już w rejestrze: „Gmina Łęczna”, NIP {known.nip}."]


@pytest.mark.parametrize("name", ["Urz¹d Miasta P³oñsk", "UrzÄ…d Miasta", "Urz\ufffdd Miasta", "Urz?d Miasta"])
def test_damaged_letters_are_noticed(name):
    assert rows(line(name=name))[0]["warnings"] == [f"Polskie litery wyglądają na uszkodzone: „{name}”."]


def test_an_import_is_whole_or_not_at_all():
    office = office_user()
    good = batch_of(office, line(1), line(2, name="Gmina Żółkiewka"))
    assert Institution.objects.count() == 0
    actions.import_institutions(actor=office, batch=good)
    assert [each.name for each in Institution.objects.all()] == ["Gmina Łęczna", "Gmina Żółkiewka"]
    assert Institution.objects.filter(search_text__contains="zolkiewka").count() == 1
    assert JournalEntry.objects.get().details["created"] == 2
    wrong = batch_of(office, line(3), "gmina;Gmina B;1;lubelskie;B")
    with pytest.raises(NotAllowed, match="rows-with-errors"):
        actions.import_institutions(actor=office, batch=wrong)
    with pytest.raises(NotAllowed, match="batch-decided"):
        actions.import_institutions(actor=office, batch=good)
    assert Institution.objects.count() == 2


def test_a_register_that_changed_meanwhile_stops_the_import():
    office = office_user()
    batch = batch_of(office, line(1), line(2))
    InstitutionFactory(nip=nip_number(2))
    with pytest.raises(NotAllowed, match="register-changed"):
        actions.import_institutions(actor=office, batch=batch)
    assert Institution.objects.count() == 1


def test_nothing_new_and_a_rejected_file():
    office = office_user()
    InstitutionFactory(nip=nip_number(1))
    batch = batch_of(office, line(1))
    with pytest.raises(NotAllowed, match="nothing-new"):
        actions.import_institutions(actor=office, batch=batch)
    actions.abandon_import(actor=office, batch=batch)
    batch.refresh_from_db()
    assert (batch.state, batch.rows) == (ImportBatch.State.ABANDONED, [])
    with pytest.raises(NotAllowed, match="batch-decided"):
        actions.abandon_import(actor=office, batch=batch)


def test_the_template_and_the_export_are_read_back():
    template = imports.read_table(imports.template_csv().encode(), "wzor.csv")
    assert imports.checked_rows(template)[0]["errors"] == []
    institution = InstitutionFactory(phone="+48 58 530 60 00", headcount=12)
    read = imports.checked_rows(imports.read_table(export.as_csv([institution]).encode(), "eksport.csv"))[0]
    assert (read["errors"], read["known"]) == ([], True)
    assert {name: read["data"][name] for name in imports.COLUMNS} == {
        name: getattr(institution, name) for name in imports.COLUMNS
    }


def test_the_pages_of_an_import(client):
    office = office_user()
    client.force_login(office)
    upload = reverse("office-institutions-import")
    content = "\n".join([HEADER, line(1), line(2, name="Gmina Żółkiewka")]).encode()
    answer = client.post(upload, {"file": SimpleUploadedFile("gminy.csv", content)})
    preview = client.get(answer.url)
    batch = preview.context["batch"]
    assert {name: preview.context[name] for name in ("ready", "wrong", "known", "warned")} == (
        {"ready": 2, "wrong": 0, "known": 0, "warned": 0}
    )
    client.post(reverse("office-institutions-import-take", args=[batch.key]))
    assert Institution.objects.count() == 2
    again = client.post(upload, {"file": SimpleUploadedFile("gminy.csv", content)})
    assert client.get(again.url).context["known"] == 2
    client.post(reverse("office-institutions-import-abandon", args=[ImportBatch.objects.latest("pk").key]))
    assert client.get(again.url).status_code == 200
    bad = client.post(upload, {"file": SimpleUploadedFile("obraz.csv", b"\x89PNG")})
    assert [fault.code for fault in bad.context["form"].errors["file"].as_data()] == ["columns"]


def test_rows_are_json():
    assert json.loads(json.dumps(rows(line()))) == rows(line())
