"""The pages: the juror's phone, the office's desk, and everybody else in front of a closed door."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from factories_audits import FULL, AuditFactory, OverrideFactory, open_assignment
from factories_editions import EditionFactory, office_user
from factories_institutions import RepresentativeFactory
from factories_instruments import ModelAnswerFactory
from factories_jury import JurorFactory
from probierz.audits import actions, urls
from probierz.audits.models import Audit, Evidence
from probierz.base.clock import WARSAW, now
from probierz.jury.models import Assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(fieldwork_open=True)


@pytest.fixture
def audit(edition):
    return AuditFactory(assignment=open_assignment(edition))


@pytest.fixture
def phone(client, audit):
    client.force_login(audit.assignment.juror.user)
    return client


@pytest.fixture
def desk(client, edition):
    client.force_login(office_user(edition))
    return client


def here(edition, name, **kwargs):
    return reverse(name, kwargs={"programme": edition.programme.slug, "edition": edition.slug, **kwargs})


def post_json(client, url, data):
    return client.post(url, json.dumps(data), content_type="application/json", headers={"Accept": "application/json"})


def tap(item="T1", mark="yes", revision=0, key="klucz-00001", comment=""):
    return {
        "item": item,
        "mark": mark,
        "comment": comment,
        "revision": revision,
        "client_key": key,
        "at": now().isoformat(),
    }


def picture():
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "navy").save(out, "JPEG")
    return out.getvalue()


def test_the_day_shows_the_institution_and_the_next_step(phone, audit):
    page = phone.get(reverse("jury-home")).content.decode()
    assert audit.assignment.application.institution.display_name in page
    assert reverse("jury-audit", kwargs={"key": audit.key}) in page


def test_an_empty_day_says_so(client, edition):
    client.force_login(JurorFactory(programme=edition.programme).user)
    assert "Nie mają Państwo teraz przydziałów" in client.get(reverse("jury-home")).content.decode()


def test_the_briefing_has_everything_for_the_road(phone, audit):
    ModelAnswerFactory(scenario=audit.assignment.scenario)
    page = phone.get(reverse("jury-assignment", kwargs={"key": audit.assignment.key})).content.decode()
    scenario = audit.assignment.scenario
    for words in [scenario.role.split()[-1], scenario.do_not[0].split()[-1], "Rozpoznano mnie", "Nie nagrywamy"]:
        assert words in page


@pytest.mark.parametrize("name", ["jury-assignment", "jury-audit-start"])
def test_nothing_about_the_institution_before_the_declaration(client, edition, name):
    assignment = open_assignment(edition, declared=False)
    client.force_login(assignment.juror.user)
    url = reverse(name, kwargs={"key": assignment.key})
    answer = client.post(url) if name == "jury-audit-start" else client.get(url)
    assert answer.url == reverse("jury-declaration", kwargs={"key": assignment.key})
    page = client.get(reverse("jury-home")).content.decode()
    institution = assignment.application.institution
    told = [institution.name, institution.city, institution.street, institution.nip, assignment.application.number]
    assert [words in page for words in told] == [False] * 5


def test_opening_the_scorecard_starts_the_audit(client, edition):
    assignment = open_assignment(edition)
    client.force_login(assignment.juror.user)
    answer = client.post(reverse("jury-audit-start", kwargs={"key": assignment.key}))
    assert answer.url == reverse("jury-audit", kwargs={"key": Audit.objects.get().key})


def test_the_form_has_every_question_and_hides_what_is_not_asked(phone, audit):
    page = phone.get(reverse("jury-audit", kwargs={"key": audit.key})).content.decode()
    assert [f'id="poz-T{number}"' in page for number in range(1, 7)] == [True] * 6
    hidden = page[page.index('id="poz-T2"') :].partition(">")[0]
    assert hidden.rstrip().endswith("hidden")


def test_a_tap_is_answered_with_what_is_asked_next(phone, audit):
    url = reverse("jury-audit-answer", kwargs={"key": audit.key})
    answer = post_json(phone, url, tap(mark="no", comment="Trzy próby."))
    body = answer.json()
    assert (answer.status_code, body["revision"], body["visible"]) == (200, 1, ["T1"])
    assert (body["answered"], body["total"]) == (1, 1)
    assert body["saved_at"] == now().astimezone(WARSAW).strftime("%H:%M")


def test_two_browsers_see_each_other(phone, audit):
    url = reverse("jury-audit-answer", kwargs={"key": audit.key})
    post_json(phone, url, tap("T3", "3", key="telefon-01"))
    answer = post_json(phone, url, tap("T3", "1", key="laptop-001"))
    body = answer.json()
    assert (answer.status_code, body["code"], body["mark"], body["words"], body["revision"]) == (
        409,
        "conflict",
        "3",
        "Uprzejma",
        1,
    )
    answer = post_json(phone, url, tap("T3", "1", key="laptop-002", revision=1))
    audit.refresh_from_db()
    assert (answer.status_code, audit.marks) == (200, {"T3": "1"})


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        ({"mark": "maybe"}, 422, "bad-mark"),
        ({"client_key": "x"}, 400, "bad-request"),
        ({"revision": -1}, 400, "bad-request"),
        ({"at": "wczoraj"}, 400, "bad-request"),
    ],
)
def test_nonsense_is_refused_in_words_for_a_program(phone, audit, data, status, code):
    answer = post_json(phone, reverse("jury-audit-answer", kwargs={"key": audit.key}), tap() | data)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("body", ["", "[]", "{", "null"])
def test_a_body_that_is_no_tap_is_refused(phone, audit, body):
    url = reverse("jury-audit-answer", kwargs={"key": audit.key})
    answer = phone.post(url, body, content_type="application/json")
    assert answer.status_code == 400


def test_a_closed_audit_tells_the_phone_to_stop(phone, audit):
    Audit.objects.update(state="submitted")
    answer = post_json(phone, reverse("jury-audit-answer", kwargs={"key": audit.key}), tap())
    assert (answer.status_code, answer.json()["code"]) == (409, "audit-closed")


def test_a_signed_out_phone_is_asked_to_sign_in_and_keeps_its_taps(client, audit):
    answer = post_json(client, reverse("jury-audit-answer", kwargs={"key": audit.key}), tap())
    assert (answer.status_code, answer.json()["code"]) == (401, "signed-out")


def test_the_contact_is_told_in_polish_time(phone, audit):
    at = (now() - timedelta(hours=1)).astimezone(WARSAW).replace(second=0, microsecond=0)
    url = reverse("jury-audit-contact", kwargs={"key": audit.key})
    answer = post_json(phone, url, {"contact_on": f"{at:%Y-%m-%d}", "contact_time": f"{at:%H:%M}"})
    audit.refresh_from_db()
    assert (answer.status_code, audit.contact_at) == (200, at)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"contact_on": "2999-01-01", "contact_time": "10:00"}, "contact-ahead"),
        ({"contact_on": "2020-01-01", "contact_time": "10:00"}, "contact-outside-window"),
        ({"contact_on": "kiedyś", "contact_time": "10:00"}, "contact-unclear"),
    ],
)
def test_a_contact_that_cannot_be_is_refused(phone, audit, data, code):
    answer = post_json(phone, reverse("jury-audit-contact", kwargs={"key": audit.key}), data)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_browser_without_our_script_saves_the_whole_form(phone, audit):
    data = {"mark:T1": "yes", "mark:T2": "12,5", "mark:T3": "2", "special:T2": "", "comment:T3": "Rzeczowo."}
    answer = phone.post(reverse("jury-audit", kwargs={"key": audit.key}), data)
    audit.refresh_from_db()
    assert answer.url == reverse("jury-audit-summary", kwargs={"key": audit.key})
    assert (audit.marks, audit.comments) == ({"T1": "yes", "T2": "12.5", "T3": "2"}, {"T3": "Rzeczowo."})


def add_photo(phone, audit, content=None, name="zdjecie.jpg"):
    file = SimpleUploadedFile(name, content or picture(), "image/jpeg")
    url = reverse("jury-audit-photo", kwargs={"key": audit.key})
    return phone.post(url, {"item": "T1", "client_key": "zdjecie-1", "photo": file})


def test_a_photo_goes_up_and_comes_back_small(phone, audit):
    answer = add_photo(phone, audit)
    photo = Evidence.objects.get()
    url = reverse("jury-evidence", kwargs={"key": photo.key})
    assert url in answer.json()["html"]
    whole, small = phone.get(url), phone.get(f"{url}?mini")
    assert (whole["Content-Type"], len(small.content) < len(whole.content)) == ("image/jpeg", True)
    assert str(photo.key) in whole["Content-Disposition"]


def test_a_file_that_lies_about_its_kind_is_refused(phone, audit):
    answer = add_photo(phone, audit, b"%PDF-1.7 to nie zdjecie")
    assert (answer.status_code, answer.json()["code"], Evidence.objects.count()) == (422, "bad-photo", 0)


def test_a_photo_is_taken_back(phone, audit):
    add_photo(phone, audit)
    url = reverse("jury-evidence-remove", kwargs={"key": Evidence.objects.get().key})
    assert phone.post(url, headers={"Accept": "application/json"}).json() == {"removed": True}
    assert Evidence.objects.count() == 0


def test_the_summary_leads_to_what_is_missing(phone, audit):
    page = phone.get(reverse("jury-audit-summary", kwargs={"key": audit.key})).content.decode()
    form = reverse("jury-audit", kwargs={"key": audit.key})
    assert [f'href="{form}#{place}"' in page for place in ["kontakt", "poz-T1", "poz-T2"]] == [True, True, False]
    assert reverse("jury-audit-submit", kwargs={"key": audit.key}) not in page


def test_sending_twice_is_sending_once(client, edition):
    audit = AuditFactory(assignment=open_assignment(edition), filled=True)
    client.force_login(audit.assignment.juror.user)
    url = reverse("jury-audit-submit", kwargs={"key": audit.key})
    assert [client.post(url).url for _n in range(2)] == [reverse("jury-home")] * 2
    audit.refresh_from_db()
    assert audit.state == "submitted"


def test_the_juror_is_never_shown_a_score(client, edition):
    audit = AuditFactory(assignment=open_assignment(edition), approved=True)
    client.force_login(audit.assignment.juror.user)
    for name in ["jury-home", "jury-audit-summary"]:
        kwargs = {} if name == "jury-home" else {"key": audit.key}
        page = client.get(reverse(name, kwargs=kwargs)).content.decode()
        assert ["100,00" in page, "punkt" in page.lower().replace("punkt obsługi", "")] == [False, False]


@pytest.mark.parametrize(("name", "state"), [("jury-recognised", "cover-blown"), ("jury-decline", "rejected")])
def test_stepping_back_needs_a_sentence(phone, audit, name, state):
    url = reverse(name, kwargs={"key": audit.assignment.key})
    phone.post(url, {"reason": "bo"})
    audit.refresh_from_db()
    assert audit.state == "filling"
    phone.post(url, {"reason": "Spotkałam tam sąsiadkę."})
    audit.refresh_from_db()
    assert audit.state == state


def test_the_table_and_its_filter(desk, edition):
    submitted = AuditFactory(assignment=open_assignment(edition), submitted=True)
    waiting = open_assignment(edition)
    page = desk.get(here(edition, "office-audits")).content.decode()
    names = [one.application.institution.name for one in (submitted.assignment, waiting)]
    assert [name in page for name in names] == [True, True]
    page = desk.get(here(edition, "office-audits"), {"stan": "submitted", "kanal": "nonsens"}).content.decode()
    assert [name in page for name in names] == [True, False]


@pytest.mark.parametrize("name", ["office-audits", "jury-home"])
def test_a_list_costs_the_same_with_one_and_three_rows(client, edition, name, django_assert_num_queries):
    from django.db import connection

    office = name == "office-audits"
    first = AuditFactory(assignment=open_assignment(edition), submitted=office)
    client.force_login(office_user(edition) if office else first.assignment.juror.user)
    url = here(edition, name) if office else reverse(name)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _n in range(2):
        AuditFactory(assignment=open_assignment(edition, juror=first.assignment.juror), submitted=office)
    with django_assert_num_queries(len(one)):
        client.get(url)


def test_the_desk_shows_marks_findings_and_the_score(desk, edition):
    audit = AuditFactory(
        assignment=open_assignment(edition), submitted=True, marks=FULL | {"T2": "0"}, flags=["zero-time"], flag_count=1
    )
    OverrideFactory(audit=audit)
    page = desk.get(here(edition, "office-audit", key=audit.key)).content.decode()
    for words in ["Czas równy zero", "Uprzejma", "Zmiana biura", "Wzorzec mówi inaczej.", audit.assignment.juror.name]:
        assert words in page


@pytest.mark.parametrize(
    ("name", "data", "state"),
    [
        ("office-audit-approve", {"reason": ""}, "approved"),
        ("office-audit-return", {"reason": "Proszę opisać przebieg."}, "returned"),
        ("office-audit-reject", {"reason": "Niewłaściwy urząd."}, "rejected"),
        ("office-audit-return", {"reason": "źle"}, "submitted"),
        ("office-audit-reject", {}, "submitted"),
    ],
)
def test_the_desk_decides(desk, edition, name, data, state):
    audit = AuditFactory(assignment=open_assignment(edition), submitted=True)
    assert desk.post(here(edition, name, key=audit.key), data).status_code == 302
    audit.refresh_from_db()
    assert audit.state == state


def test_the_desk_approves_many(desk, edition):
    clean = AuditFactory(assignment=open_assignment(edition), submitted=True)
    flagged = AuditFactory(assignment=open_assignment(edition), submitted=True, flag_count=2)
    desk.post(here(edition, "office-audits-approve"), {"ids": [str(clean.key), str(flagged.key), "nonsens"]})
    states = {found.pk: found.state for found in Audit.objects.all()}
    assert states == {clean.pk: "approved", flagged.pk: "submitted"}


def test_the_desk_changes_a_mark(desk, edition):
    audit = AuditFactory(assignment=open_assignment(edition), submitted=True)
    url = here(edition, "office-audit-override", key=audit.key, item="T4")
    assert "Ocena jurora" in desk.get(url).content.decode()
    desk.post(url, {"mark": "no", "reason": "Wzorzec mówi inaczej."})
    assert audit.overrides.get().now_is == "no"


def test_the_desk_sends_another(desk, edition):
    assignment = open_assignment(edition, state=Assignment.State.CANCELLED)
    ModelAnswerFactory(scenario=assignment.scenario)
    url = here(edition, "office-audit-replace", key=assignment.key)
    assert "Nie ma nikogo" in desk.get(url).content.decode()
    juror = JurorFactory(programme=edition.programme)
    day = now().astimezone(WARSAW).date()
    given = {"juror": juror.pk, "scenario": assignment.scenario_id, "opens_on": day, "closes_on": day}
    assert desk.post(url, given | {"closes_on": day - timedelta(days=1)}).status_code == 200
    desk.post(url, given)
    assert Assignment.objects.get(replaces=assignment).juror == juror


def test_the_desk_sees_the_photos_of_its_edition_only(client, edition, audit):
    user = audit.assignment.juror.user
    actions.add_photo(audit=audit, item_key="T1", content=picture(), client_key="zdjecie-1", actor=user)
    key = Evidence.objects.get().key
    client.force_login(office_user(edition))
    assert client.get(here(edition, "office-audit-evidence", key=key)).status_code == 200
    assert client.get(reverse("jury-evidence", kwargs={"key": key})).status_code == 404
    other = EditionFactory()
    client.force_login(office_user(other))
    assert client.get(here(other, "office-audit-evidence", key=key)).status_code == 404


def addresses(edition, audit):
    filled = {"programme": edition.programme.slug, "edition": edition.slug, "key": audit.key, "item": "T1"}
    for entry in [*urls.juror, *urls.office]:
        kwargs = {name: filled[name] for name in entry.pattern.converters}
        if "assignment" in entry.name or entry.name in {"jury-recognised", "jury-decline", "office-audit-replace"}:
            kwargs["key"] = audit.assignment.key
        yield reverse(entry.name, kwargs=kwargs)


def test_strangers_find_nothing(client, edition, audit):
    strangers = [
        RepresentativeFactory(institution=audit.assignment.application.institution).user,
        office_user(),
        JurorFactory(programme=edition.programme).user,
    ]
    open_to_every_juror = {reverse("jury-home")}
    for user in strangers:
        client.force_login(user)
        for url in set(addresses(edition, audit)) - open_to_every_juror:
            assert {client.get(url).status_code, client.post(url).status_code} <= {404, 405}, (user, url)


def test_passers_by_are_asked_to_sign_in(client, edition, audit):
    for url in addresses(edition, audit):
        assert client.get(url).url.startswith("/konto/login/"), url
