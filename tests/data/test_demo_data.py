"""The demonstration data: identifiers pass their checks, people are invented, nothing points at a real mailbox."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from importlib.resources import files

import pytest
from stdnum.pl import nip, regon

from assay.scorecards import CHANNELS

DATA = files("probierz") / "config" / "demo" / "data"
SHIPPED = files("probierz") / "instruments" / "shipped"
LAUREATES_OF_2024 = {
    "Miejska Biblioteka Publiczna im. Tadeusza Różewicza we Wrocławiu",
    "Gmina Starogard Gdański",
    "Młodzieżowe Centrum Kultury w Legnicy",
    "Miasto Płońsk",
    "Warszawskie Muzeum Komputerów",
    "Powiatowy Urząd Pracy w Kętrzynie",
    "Augustowskie Towarzystwo Budownictwa Społecznego „KODREM” Sp. z o.o.",
    "Gmina Wieliszew",
}
VOIVODESHIPS = {
    "02": "dolnośląskie",
    "04": "kujawsko-pomorskie",
    "06": "lubelskie",
    "08": "lubuskie",
    "10": "łódzkie",
    "12": "małopolskie",
    "14": "mazowieckie",
    "16": "opolskie",
    "18": "podkarpackie",
    "20": "podlaskie",
    "22": "pomorskie",
    "24": "śląskie",
    "26": "świętokrzyskie",
    "28": "warmińsko-mazurskie",
    "30": "wielkopolskie",
    "32": "zachodniopomorskie",
}


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


INSTITUTIONS = _rows("institutions.csv")
PEOPLE = _rows("people.csv")


def _each(rows: list[dict[str, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", rows, ids=[row["name"] for row in rows])


@_each(INSTITUTIONS)
def test_identifiers_pass_their_checks(row: dict[str, str]) -> None:
    assert nip.is_valid(row["nip"])
    assert regon.is_valid(row["regon"])
    assert re.fullmatch(r"\d{6}[1234589]", row["teryt"])
    assert VOIVODESHIPS[row["teryt"][:2]] == row["voivodeship"]
    is_registered = row["kind"] in {"tbs", "spolka-komunalna", "spoldzielnia"}
    assert bool(re.fullmatch(r"\d{10}", row["krs"])) == is_registered


@_each(INSTITUTIONS)
def test_address_for_electronic_delivery_has_its_check_digits(row: dict[str, str]) -> None:
    found = re.fullmatch(r"AE:PL-(\d{5})-(\d{5})-([A-Z]{5})-(\d{2})", row["ade"])
    assert found
    difference = abs(sum(map(ord, found[3])) - int(found[1]) - int(found[2]))
    assert sum(int(digit) for digit in str(difference)) == int(found[4])


@_each(INSTITUTIONS + PEOPLE)
def test_nobody_real_can_be_written_to_or_rung_up(row: dict[str, str]) -> None:
    assert row["email"].endswith(".example")
    assert row["phone"].startswith("+48 000 ")
    for field in ("website", "bip"):
        assert re.fullmatch(r"(https://[a-z.-]+\.example)?", row.get(field, ""))


def test_every_voivodeship_and_the_laureates_of_2024_are_there() -> None:
    assert {row["voivodeship"] for row in INSTITUTIONS} == set(VOIVODESHIPS.values())
    assert {row["name"] for row in INSTITUTIONS if row["laureate_2024"] == "tak"} == LAUREATES_OF_2024


def test_nothing_stands_twice() -> None:
    for rows, field in [
        *((INSTITUTIONS, field) for field in ("nip", "regon", "ade", "name", "email", "phone")),
        *((PEOPLE, field) for field in ("name", "email", "phone")),
    ]:
        values = [row[field] for row in rows]
        assert len(values) == len(set(values)), field


def test_each_institution_has_one_representative_and_the_office_its_people() -> None:
    represented = [row["institution_nip"] for row in PEOPLE if row["role"] == "representative"]
    assert sorted(represented) == sorted(row["nip"] for row in INSTITUTIONS)
    assert Counter(row["role"] for row in PEOPLE) == {"office": 3, "juror": 16, "representative": len(INSTITUTIONS)}
    assert [row["office_role"] for row in PEOPLE if row["role"] == "office"] == [
        *("coordinator", "operator", "observer"),
    ]


def test_jurors_can_play_the_scenarios() -> None:
    jurors = [row for row in PEOPLE if row["role"] == "juror"]
    known = tomllib.loads((SHIPPED / "scenarios.toml").read_text(encoding="utf-8"))
    situations = {entry["key"] for entry in known["life_situations"]}
    lived = [set(row["life_situations"].split(";")) for row in jurors]
    assert set().union(*lived) == situations
    assert {row["juror_kind"] for row in jurors} == {"scholar", "practitioner", "client"}
    for row in jurors:
        assert set(row["channels"].split(";")) <= set(CHANNELS)
        assert 0 < int(row["min_audits"]) <= int(row["max_audits"])
        assert re.fullmatch(r"\d{6}[123]", row["teryt"])
    for scenario in known["scenarios"]:
        needed = set(scenario["life_situations"])
        assert sum(not needed or bool(needed & own) for own in lived) >= 2, scenario["key"]


def test_remarks_and_patrons_are_well_formed() -> None:
    remarks = tomllib.loads((DATA / "remarks.toml").read_text(encoding="utf-8"))["remarks"]
    patrons = tomllib.loads((DATA / "patrons.toml").read_text(encoding="utf-8"))["patrons"]
    assert {(remark["channel"], remark["tone"]) for remark in remarks} == {
        (channel, tone) for channel in CHANNELS for tone in ("good", "mixed", "bad")
    }
    assert {remark["about"] for remark in remarks} == {"praise", "improve"}
    texts = [remark["text"] for remark in remarks]
    assert len(texts) == len(set(texts))
    for text in [*texts, *(patron["name"] for patron in patrons)]:
        assert not re.search(r'  |["\']', text)
    assert {patron["kind"] for patron in patrons} == {"honorary", "substantive", "media"}
