"""The juror fills and sends, the office decides: every step, twice, too late, by the wrong person."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from factories_audits import COMMENTS, FULL, AuditFactory, OverrideFactory, open_assignment
from factories_editions import EditionFactory, office_user
from factories_jury import ConflictFactory, JurorFactory
from probierz.audits import actions
from probierz.audits.actions import Answer
from probierz.audits.models import Audit, Evidence, SavedMark
from probierz.base.clock import held_at, now
from probierz.base.models import JournalEntry, OutgoingMail
from probierz.base.rules import NotAllowed
from probierz.jury.models import Assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(fieldwork_open=True)


@pytest.fixture
def office(edition):
    return office_user(edition)


def audit_in(edition, **fields):
    return AuditFactory(assignment=open_assignment(edition), **fields)


def juror_of(audit):
    return audit.assignment.juror.user


def tap(item="T1", mark="yes", comment="", revision=0, key="klucz-00001", at=None):
    return Answer(item, mark, comment, revision, key, at or now())


def save(audit, *answers):
    return actions.save_answers(audit=audit, answers=list(answers), actor=juror_of(audit))


def picture(colour="red", exif=None):
    out = io.BytesIO()
    Image.new("RGB", (800, 600), colour).save(out, "JPEG", **({"exif": exif} if exif else {}))
    return out.getvalue()


def test_an_audit_starts_with_the_scorecard_of_its_channel(edition):
    assignment = open_assignment(edition)
    audit = actions.start_audit(assignment=assignment, actor=assignment.juror.user)
    assert (audit.version, audit.state) == (edition.channels.get(channel="phone").version, "filling")


def test_the_first_audit_writes_down_that_the_rules_are_frozen(edition):
    assignment = open_assignment(edition)
    actions.start_audit(assignment=assignment, actor=assignment.juror.user)
    edition.refresh_from_db()
    assert edition.rulebook_frozen_at == edition.stages.get(kind="fieldwork").opens_at
    assert len(edition.rulebook_digest) == 64


def test_started_twice_it_is_one_audit(edition):
    assignment = open_assignment(edition)
    first = actions.start_audit(assignment=assignment, actor=assignment.juror.user)
    assert actions.start_audit(assignment=assignment, actor=assignment.juror.user) == first


def test_a_tap_is_kept_with_its_time(edition):
    audit = audit_in(edition)
    given = now() - timedelta(minutes=1)
    outcome = save(audit, tap(mark="no", comment="Sygnał zajętości.", at=given))[0]
    audit.refresh_from_db()
    assert (outcome.revision, outcome.is_conflict) == (1, False)
    assert (audit.marks, audit.comments, audit.item_revisions) == ({"T1": "no"}, {"T1": "Sygnał zajętości."}, {"T1": 1})
    assert SavedMark.objects.get().given_at == given


def test_the_same_tap_sent_again_changes_nothing(edition):
    audit = audit_in(edition)
    first = save(audit, tap())
    save(audit, tap(mark="no", revision=1, key="klucz-00002"))
    assert save(audit, tap()) == first
    audit.refresh_from_db()
    assert (audit.marks, audit.revision, SavedMark.objects.count()) == ({"T1": "no"}, 2, 2)


def test_taps_on_different_items_do_not_meet(edition):
    audit = audit_in(edition)
    outcomes = save(audit, tap("T1", "yes", key="klucz-00001"), tap("T3", "2", key="klucz-00002"))
    assert [outcome.is_conflict for outcome in outcomes] == [False, False]


def test_an_answer_upon_an_old_revision_is_a_conflict_and_changes_nothing(edition):
    audit = audit_in(edition)
    save(audit, tap(mark="no", comment="Zajęte.", key="telefon-01"))
    outcome = save(audit, tap(mark="yes", key="laptop-001"))[0]
    assert (outcome.is_conflict, outcome.mark, outcome.comment, outcome.revision) == (True, "no", "Zajęte.", 1)
    audit.refresh_from_db()
    assert audit.marks == {"T1": "no"}


def test_the_same_answer_from_two_places_is_no_conflict(edition):
    audit = audit_in(edition)
    save(audit, tap(key="telefon-01"))
    assert save(audit, tap(key="laptop-001"))[0].is_conflict is False


def test_an_answer_is_taken_back_by_an_empty_one(edition):
    audit = audit_in(edition)
    save(audit, tap())
    save(audit, tap(mark="", revision=1, key="klucz-00002"))
    audit.refresh_from_db()
    assert audit.marks == {}


@pytest.mark.parametrize(("item", "mark"), [("T1", "maybe"), ("T2", "long"), ("T1", "na"), ("X9", "yes"), ("X9", "")])
def test_a_mark_the_scorecard_does_not_have_is_refused(edition, item, mark):
    audit = audit_in(edition)
    with pytest.raises(NotAllowed) as refusal:
        save(audit, tap(item, mark))
    assert refusal.value.code == "bad-mark"


def test_the_phones_clock_cannot_leave_the_audit(edition):
    audit = audit_in(edition)
    moment = now()
    with held_at(moment):
        save(
            audit,
            tap("T1", key="klucz-00001", at=moment + timedelta(days=2)),
            tap("T3", "2", key="klucz-00002", at=audit.started_at - timedelta(days=2)),
        )
    assert [kept.given_at for kept in SavedMark.objects.order_by("item_key")] == [moment, audit.started_at]


def test_the_first_answer_freezes_the_scorecard(edition):
    audit = audit_in(edition)
    assert audit.version.frozen_at is None
    save(audit, tap())
    audit.version.refresh_from_db()
    assert audit.version.frozen_at is not None


def test_somebody_elses_audit_cannot_be_filled(edition):
    audit = audit_in(edition)
    with pytest.raises(NotAllowed) as refusal:
        actions.save_answers(audit=audit, answers=[tap()], actor=JurorFactory(programme=edition.programme).user)
    assert refusal.value.code == "not-yours"


def test_a_conflict_of_interest_closes_the_form(edition):
    audit = audit_in(edition)
    ConflictFactory(juror=audit.assignment.juror, institution=audit.assignment.application.institution)
    with pytest.raises(NotAllowed) as refusal:
        save(audit, tap())
    assert refusal.value.code == "conflict"


def test_the_contact_starts_the_term_of_the_report(edition):
    audit = audit_in(edition)
    at = now() - timedelta(hours=2)
    audit = actions.set_contact(audit=audit, contact_at=at, actor=juror_of(audit))
    assert (audit.contact_at, audit.due_at) == (at, at + timedelta(hours=48))


@pytest.mark.parametrize(
    ("shift", "code"),
    [(timedelta(minutes=1), "contact-ahead"), (timedelta(days=-4), "contact-outside-window")],
    ids=["future", "before-window"],
)
def test_the_contact_lies_in_its_window_and_in_the_past(edition, shift, code):
    audit = audit_in(edition)
    with pytest.raises(NotAllowed) as refusal:
        actions.set_contact(audit=audit, contact_at=now() + shift, actor=juror_of(audit))
    assert refusal.value.code == code


def test_the_window_is_half_open(edition):
    moment = now()
    assignment = open_assignment(edition, closes_at=moment)
    audit = AuditFactory(assignment=assignment)
    with held_at(moment), pytest.raises(NotAllowed):
        actions.set_contact(audit=audit, contact_at=moment, actor=juror_of(audit))
    last = moment - timedelta(microseconds=1)
    with held_at(moment):
        assert actions.set_contact(audit=audit, contact_at=last, actor=juror_of(audit)).contact_at == last


def test_a_photo_is_kept_bare_and_under_a_name_that_says_nothing(edition):
    audit = audit_in(edition)
    exif = Image.Exif()
    exif[0x010F] = "Aparat Jurorki"
    photo = actions.add_photo(
        audit=audit, item_key="T1", content=picture(exif=exif), client_key="zdjecie-1", actor=juror_of(audit)
    )
    with Image.open(photo.file) as kept:
        assert dict(kept.getexif()) == {}
    stem = photo.file.name.rpartition("/")[2].removesuffix(".jpg")
    assert (len(stem), stem == str(audit.key), photo.size) == (32, False, photo.file.size)


def test_a_photo_sent_twice_is_kept_once(edition):
    audit = audit_in(edition)
    sent = {"audit": audit, "item_key": "T1", "content": picture(), "client_key": "zdjecie-1", "actor": juror_of(audit)}
    assert actions.add_photo(**sent) == actions.add_photo(**sent)
    assert Evidence.objects.count() == 1


def test_photos_have_a_limit(edition, monkeypatch):
    from probierz.audits import rules

    monkeypatch.setattr(rules, "MOST_PHOTOS", 1)
    audit = audit_in(edition)
    sent = {"audit": audit, "item_key": "T1", "content": picture(), "actor": juror_of(audit)}
    actions.add_photo(**sent, client_key="zdjecie-1")
    with pytest.raises(NotAllowed) as refusal:
        actions.add_photo(**sent, client_key="zdjecie-2")
    assert refusal.value.code == "too-many-photos"


@pytest.mark.parametrize(("item", "content"), [("T1", b"nie zdjecie"), ("X9", None)])
def test_what_is_no_photo_of_no_item_is_refused(edition, item, content):
    audit = audit_in(edition)
    with pytest.raises(ValidationError):
        actions.add_photo(
            audit=audit, item_key=item, content=content or picture(), client_key="zdjecie-1", actor=juror_of(audit)
        )


def test_a_removed_photo_leaves_the_disk(edition, django_capture_on_commit_callbacks):
    audit = audit_in(edition)
    photo = actions.add_photo(
        audit=audit, item_key="T1", content=picture(), client_key="zdjecie-1", actor=juror_of(audit)
    )
    storage, name = photo.file.storage, photo.file.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(evidence=photo, actor=juror_of(audit))
    assert (storage.exists(name), Evidence.objects.count()) == (False, 0)


def test_a_full_audit_is_sent_and_cannot_be_changed(edition):
    audit = audit_in(edition, filled=True)
    audit = actions.submit_audit(audit=audit, actor=juror_of(audit))
    assert (audit.state, audit.assignment.state) == ("submitted", "done")
    with pytest.raises(NotAllowed) as refusal:
        save(audit, tap("T1", "no", revision=1))
    assert refusal.value.code == "audit-closed"


def test_an_audit_sent_twice_is_sent_once(edition):
    audit = audit_in(edition, filled=True)
    actions.submit_audit(audit=audit, actor=juror_of(audit))
    with pytest.raises(NotAllowed):
        actions.submit_audit(audit=audit, actor=juror_of(audit))
    assert JournalEntry.objects.filter(verb="audit.submitted").count() == 1


@pytest.mark.parametrize("missing", ["mark", "reason", "contact"])
def test_what_is_missing_stands_in_the_way(edition, missing):
    lacking = {
        "mark": {"marks": {key: mark for key, mark in FULL.items() if key != "T3"}},
        "reason": {"comments": {}},
        "contact": {"contact_at": None},
    }[missing]
    audit = audit_in(edition, filled=True, **lacking)
    with pytest.raises(NotAllowed) as refusal:
        actions.submit_audit(audit=audit, actor=juror_of(audit))
    assert refusal.value.code == "incomplete"


def test_late_is_accepted_and_marked_to_the_millisecond(edition):
    due = now()
    for moment, late in [(due - timedelta(milliseconds=1), False), (due, True)]:
        audit = audit_in(edition, filled=True, due_at=due)
        with held_at(moment):
            audit = actions.submit_audit(audit=audit, actor=juror_of(audit))
        assert ("late" in audit.flags, audit.is_late(moment)) == (late, late)


def test_marks_that_skip_logic_hid_do_not_travel(edition):
    marks = FULL | {"T1": "no"}
    audit = audit_in(edition, filled=True, marks=marks, comments=COMMENTS | {"T1": "Trzy próby."})
    audit = actions.submit_audit(audit=audit, actor=juror_of(audit))
    assert (audit.marks, audit.comments) == ({"T1": "no"}, {"T1": "Trzy próby."})


def test_the_time_of_filling_is_that_of_the_taps_without_the_pauses(edition):
    audit = audit_in(edition, filled=True)
    start = audit.started_at
    for index, after in enumerate([0, 10, 3600]):
        save(
            audit,
            tap("T6", f"Uwaga {index}", revision=9, key=f"klucz-0000{index}", at=start + timedelta(seconds=after)),
        )
    audit.refresh_from_db()
    audit = actions.submit_audit(audit=audit, actor=juror_of(audit))
    assert audit.filling_seconds == 130


def test_a_returned_audit_is_mended_and_sent_again(edition, office):
    audit = audit_in(edition, submitted=True)
    sent_at = audit.submitted_at
    audit = actions.return_audit(audit=audit, reason="Proszę opisać przebieg rozmowy.", actor=office)
    assert (audit.state, audit.assignment.state) == ("returned", "open")
    save(audit, tap("T6", "Opis.", revision=1))
    audit.refresh_from_db()
    audit = actions.submit_audit(audit=audit, actor=juror_of(audit))
    assert (audit.state, audit.submitted_at) == ("submitted", sent_at)


def test_a_clean_audit_is_approved_without_a_word_and_a_flagged_one_is_not(edition, office):
    clean, flagged = audit_in(edition, submitted=True), audit_in(edition, submitted=True, flag_count=1, flags=["late"])
    assert actions.approve_audit(audit=clean, reason="", actor=office).state == "approved"
    with pytest.raises(NotAllowed) as refusal:
        actions.approve_audit(audit=flagged, reason=" ", actor=office)
    assert refusal.value.code == "reason-needed"
    approved = actions.approve_audit(audit=flagged, reason="Opóźnienie uzgodniono.", actor=office)
    assert (approved.state, approved.decided_by) == ("approved", office)


def test_many_are_approved_with_one_entry_and_flagged_ones_stay(edition, office):
    clean = [audit_in(edition, submitted=True) for _n in range(2)]
    flagged = audit_in(edition, submitted=True, flag_count=1)
    elsewhere = AuditFactory(submitted=True)
    approved = actions.approve_audits(edition=edition, audits=[*clean, flagged, elsewhere], actor=office)
    assert {audit.pk for audit in approved} == {audit.pk for audit in clean}
    assert JournalEntry.objects.filter(verb="audits.approved").count() == 1
    with pytest.raises(NotAllowed) as refusal:
        actions.approve_audits(edition=edition, audits=[flagged, elsewhere], actor=office)
    assert refusal.value.code == "nothing-clean"


def test_a_decided_audit_cannot_be_decided_again(edition, office):
    audit = audit_in(edition, approved=True)
    for act in (actions.return_audit, actions.reject_audit, actions.approve_audit):
        with pytest.raises(NotAllowed) as refusal:
            act(audit=audit, reason="Powód jest poważny.", actor=office)
        assert refusal.value.code == "not-submitted"


def test_an_observer_and_a_stranger_decide_nothing(edition):
    audit = audit_in(edition, submitted=True)
    for user, code in [(office_user(edition, role="observer"), "observer"), (office_user(), "not-office")]:
        with pytest.raises(NotAllowed) as refusal:
            actions.approve_audit(audit=audit, reason="", actor=user)
        assert refusal.value.code == code


def test_nobody_checks_their_own_audit(edition, office):
    juror = JurorFactory(programme=edition.programme, user=office)
    audit = AuditFactory(assignment=open_assignment(edition, juror=juror), submitted=True)
    with pytest.raises(NotAllowed) as refusal:
        actions.approve_audit(audit=audit, reason="", actor=office)
    assert refusal.value.code == "own-audit"


def test_a_rejected_audit_is_repeated_by_another(edition, office):
    audit = audit_in(edition, submitted=True)
    audit = actions.reject_audit(audit=audit, reason="Wizyta w niewłaściwym urzędzie.", actor=office)
    assert (audit.state, audit.assignment.state) == ("rejected", "cancelled")
    successor = replace(audit.assignment, office)
    assert (successor.replaces, successor.state, successor.channel) == (audit.assignment, "open", "phone")
    with pytest.raises(NotAllowed) as refusal:
        replace(audit.assignment, office)
    assert refusal.value.code == "already-replaced"


def replace(assignment, office, juror=None):
    return actions.replace_assignment(
        assignment=assignment,
        juror=juror or JurorFactory(programme=assignment.application.edition.programme),
        scenario=assignment.scenario,
        opens_at=now(),
        closes_at=now() + timedelta(days=5),
        actor=office,
    )


def test_the_same_juror_does_not_return(edition, office):
    assignment = open_assignment(edition, state=Assignment.State.CANCELLED)
    with pytest.raises(NotAllowed) as refusal:
        replace(assignment, office, assignment.juror)
    assert refusal.value.code == "already-there"


def test_a_live_assignment_has_no_successor(edition, office):
    with pytest.raises(NotAllowed) as refusal:
        replace(open_assignment(edition), office)
    assert refusal.value.code == "assignment-alive"


def test_an_override_keeps_both_marks(edition, office):
    audit = audit_in(edition, submitted=True)
    override = actions.override_mark(
        audit=audit, item_key="T4", mark="no", reason="Wzorzec mówi inaczej.", actor=office
    )
    audit.refresh_from_db()
    assert (override.was, override.now_is, override.made_by, audit.marks["T4"]) == ("yes", "no", office, "yes")
    again = actions.override_mark(audit=audit, item_key="T4", mark="yes", reason="Pomyłka biura.", actor=office)
    assert (again.was, again.now_is) == ("no", "yes")


@pytest.mark.parametrize(("item", "mark"), [("T4", "yes"), ("T4", "maybe"), ("T4", ""), ("X9", "yes")])
def test_an_override_is_another_mark_of_the_item(edition, office, item, mark):
    audit = audit_in(edition, submitted=True)
    with pytest.raises(NotAllowed) as refusal:
        actions.override_mark(audit=audit, item_key=item, mark=mark, reason="Powód jest poważny.", actor=office)
    assert refusal.value.code == "bad-mark"


def test_an_approved_audit_may_still_be_overridden_and_a_returned_one_not(edition, office):
    OverrideFactory(audit=audit_in(edition, approved=True))
    approved, returned = Audit.objects.get(state="approved"), audit_in(edition, returned=True)
    given = {"item_key": "T1", "mark": "no", "reason": "Odwołanie uwzględniono.", "actor": office}
    assert actions.override_mark(audit=approved, **given).now_is == "no"
    with pytest.raises(NotAllowed):
        actions.override_mark(audit=returned, **given)


def test_a_recognised_juror_steps_back_and_the_office_is_told(edition, office):
    audit = audit_in(edition, filled=True)
    actions.report_recognised(assignment=audit.assignment, reason="Znajoma z okienka.", actor=juror_of(audit))
    audit.refresh_from_db()
    audit.assignment.refresh_from_db()
    assert (audit.state, audit.assignment.state) == ("cover-blown", "cancelled")
    assert [message.to for message in OutgoingMail.objects.all()] == [office.email]


def test_a_sent_audit_may_still_be_called_off_by_a_recognised_juror(edition):
    audit = audit_in(edition, submitted=True)
    actions.report_recognised(assignment=audit.assignment, reason="Oddzwonili po nazwisku.", actor=juror_of(audit))
    audit.refresh_from_db()
    assert audit.state == "cover-blown"


def test_an_approved_audit_cannot_be_called_off(edition):
    audit = audit_in(edition, approved=True)
    with pytest.raises(NotAllowed) as refusal:
        actions.report_recognised(assignment=audit.assignment, reason="Za późno.", actor=juror_of(audit))
    assert refusal.value.code == "audit-decided"


def test_an_assignment_is_given_back_before_it_is_sent(edition):
    assignment = open_assignment(edition)
    obstacle = actions.decline_assignment(assignment=assignment, reason="Choroba.", actor=assignment.juror.user)
    assignment.refresh_from_db()
    assert (assignment.state, obstacle.kind) == ("cancelled", "cannot")
    sent = audit_in(edition, submitted=True)
    with pytest.raises(NotAllowed) as refusal:
        actions.decline_assignment(assignment=sent.assignment, reason="Choroba.", actor=juror_of(sent))
    assert refusal.value.code == "audit-sent"


def test_no_entry_about_an_audit_is_an_institutions_entry(edition, office):
    audit = audit_in(edition, filled=True)
    actions.submit_audit(audit=audit, actor=juror_of(audit))
    actions.reject_audit(audit=audit, reason="Niewłaściwy urząd.", actor=office)
    replace(audit.assignment, office)
    application, institution = audit.assignment.application, audit.assignment.application.institution
    assert list(JournalEntry.objects.exclude(institution_key="")) == []
    assert list(JournalEntry.objects.filter(subject_key__in=[str(application.key), str(institution.key)])) == []
    secrets = [audit.assignment.juror.name, audit.assignment.juror.pseudonym, audit.assignment.juror.email]
    written = " ".join(str(entry.details) + entry.subject_name for entry in JournalEntry.objects.all())
    assert [secret in written for secret in secrets] == [False, False, False]
