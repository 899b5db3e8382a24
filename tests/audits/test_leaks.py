"""The incognito rule, with everything present that could leak: an institution learns nothing before publication."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from PIL import Image

from factories_audits import COMMENTS, FULL, open_assignment
from factories_editions import EditionFactory, office_user
from factories_institutions import RepresentativeFactory
from factories_jury import JurorFactory
from probierz.audits import actions
from probierz.audits.models import Audit, Evidence
from probierz.base import audiences
from probierz.base.clock import WARSAW, held_at, now
from probierz.base.models import JournalEntry, OutgoingMail

pytestmark = pytest.mark.django_db
REMARK = "Numerek wydano dopiero po chwili."


@pytest.fixture
def story():
    """An institution visited, called, a juror recognised and replaced; each step through the real actions."""
    edition = EditionFactory(fieldwork_open=True, call_open=True)
    office = office_user(edition)
    assignment = open_assignment(edition)
    application, user = assignment.application, assignment.juror.user
    representative = RepresentativeFactory(institution=application.institution).user
    audit = actions.start_audit(assignment=assignment, actor=user)
    actions.set_contact(audit=audit, contact_at=now() - timedelta(hours=1), actor=user)
    answers = [
        actions.Answer(key, mark, (COMMENTS | {"T3": REMARK}).get(key, ""), 0, f"klucz-{key}-1234", now())
        for key, mark in FULL.items()
    ]
    actions.save_answers(audit=audit, answers=answers, actor=user)
    actions.add_photo(audit=audit, item_key="T1", content=picture(), client_key="zdjecie-1", actor=user)
    actions.submit_audit(audit=audit, actor=user)
    second = open_assignment(edition, application=application, channel="visit")
    actions.report_recognised(assignment=second, reason="Poznała mnie kasjerka.", actor=second.juror.user)
    successor = JurorFactory(programme=edition.programme)
    actions.replace_assignment(
        assignment=second,
        juror=successor,
        scenario=second.scenario,
        opens_at=now(),
        closes_at=now() + timedelta(days=5),
        actor=office,
    )
    return {"edition": edition, "office": office, "audit": audit, "user": representative, "second": second}


def picture():
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "navy").save(out, "JPEG")
    return out.getvalue()


def secrets_of(story):
    audit = Audit.objects.select_related("assignment__juror", "assignment__scenario").get(pk=story["audit"].pk)
    assignments = list(audit.assignment.application.assignments.select_related("juror"))
    words = [REMARK, "kasjerka", str(audit.key), audit.assignment.scenario.title, audit.assignment.scenario.role]
    for assignment in assignments:
        words += [assignment.juror.name, assignment.juror.pseudonym, assignment.juror.email, str(assignment.key)]
    words += [str(audit.contact_at.astimezone(WARSAW).strftime("%H:%M")) + " kontakt"]
    return words


def pages_of(audience, story):
    """Every page of an audience that can be addressed with what an institution knows."""
    application = story["audit"].assignment.application
    known = {
        "key": [application.key, application.institution.key, story["audit"].key, story["audit"].assignment.key],
        "programme": [story["edition"].programme.slug],
        "edition": [story["edition"].slug],
    }
    for name in get_resolver().reverse_dict:
        if isinstance(name, str) and name.startswith(audience):
            for key in known["key"]:
                for kwargs in ({}, {"key": key}, {"programme": known["programme"][0], "edition": known["edition"][0]}):
                    try:
                        yield reverse(name, kwargs=kwargs)
                    except NoReverseMatch:
                        continue


@pytest.mark.parametrize("audience", ["panel-", "public-"])
def test_no_page_before_the_office_tells_of_an_audit(client, story, audience):
    client.force_login(story["user"])
    secrets = secrets_of(story)
    for url in sorted(set(pages_of(audience, story))):
        answer = client.get(url)
        if answer.status_code != 200:
            continue
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode(errors="ignore") + str(answer.headers)
        assert [word for word in secrets if word in text] == [], url


def test_an_institution_reads_the_same_whether_it_was_audited_or_not(client, story):
    """Counts and hints leak as well as words: the page of the application is the same before and after."""
    from django.utils.text import slugify

    other = open_assignment(story["edition"]).application
    other.assignments.all().delete()
    before = RepresentativeFactory(institution=other.institution).user
    moment = now()
    pages = []
    for user, application in [(story["user"], story["audit"].assignment.application), (before, other)]:
        client.force_login(user)
        with held_at(moment):
            page = client.get(reverse("panel-application", kwargs={"key": application.key})).content.decode()
        pages.append([word for word in ("audyt", "juror", "wizyt") if word in slugify(page)])
    assert pages[0] == pages[1]


def test_an_institution_is_sent_nothing_about_audits(story):
    application = story["audit"].assignment.application
    theirs = {story["user"].email, application.institution.email}
    assert list(OutgoingMail.objects.filter(to__in=theirs)) == []


def test_the_journal_of_an_institution_is_silent(story):
    application = story["audit"].assignment.application
    keys = [str(application.key), str(application.institution.key)]
    entries = JournalEntry.objects.filter(verb__startswith="a")
    assert entries.filter(subject_key__in=keys).count() == 0
    assert entries.filter(institution_key__in=keys).count() == 0
    assert entries.count() >= 4


def test_journal_details_name_no_juror(story):
    details = " ".join(str(entry.details) + entry.subject_name for entry in JournalEntry.objects.all())
    jurors = [assignment.juror for assignment in story["audit"].assignment.application.assignments.all()]
    named = [word for juror in jurors for word in (juror.name, juror.pseudonym, juror.email) if word in details]
    assert named == []


def test_an_evidence_file_tells_nothing_by_its_name(story):
    evidence = Evidence.objects.get()
    name = evidence.file.name
    audit = story["audit"]
    keys = [audit.key.hex, str(audit.key), audit.assignment.key.hex, audit.assignment.juror.pseudonym, "T1"]
    assert [key for key in keys if key in name] == []


def test_media_files_are_served_by_no_address(client, story):
    assert client.get(f"/media/{Evidence.objects.get().file.name}").status_code == 404


def test_the_second_juror_does_not_learn_of_the_first(client, story):
    successor = story["second"].replaced_by.get().juror
    client.force_login(successor.user)
    page = client.get(reverse("jury-home")).content.decode()
    first = story["second"].juror
    assert [word for word in (first.name, first.pseudonym, "kasjerka") if word in page] == []


def test_a_juror_is_no_office_and_no_institution(story):
    user = story["audit"].assignment.juror.user
    assert audiences.audiences_of(user) == ["juror"]
