"""An application from its start to the decision: what is saved, refused, journalled and told."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest

from factories_accounts import UserFactory
from factories_applications import ApplicationFactory, ApplicationFileFactory, ready_application
from factories_editions import CategoryFactory, EditionFactory, office_user
from factories_institutions import InstitutionFactory, RepresentativeFactory
from probierz.applications import actions
from probierz.applications.models import Application, FormalPoint
from probierz.applications.readiness import Readiness
from probierz.applications.seen import Seen
from probierz.base import uploads
from probierz.base.actions import JournalBroken
from probierz.base.clock import held_at, now, today
from probierz.base.models import JournalEntry, OutgoingMail
from probierz.base.rules import NotAllowed

pytestmark = pytest.mark.django_db
State = Application.State
LAST_MILLISECOND_2025 = datetime(2025, 10, 24, 21, 59, 59, 999_000, UTC)
MIDNIGHT_2025 = datetime(2025, 10, 24, 22, 0, 0, 0, UTC)


def verbs() -> list[str]:
    return list(JournalEntry.objects.order_by("number").values_list("verb", flat=True))


def kinds_of_mail() -> list[str]:
    return [kind.rsplit("/", 1)[1] for kind in OutgoingMail.objects.order_by("pk").values_list("kind", flat=True)]


@pytest.fixture
def representative():
    return RepresentativeFactory(user__email="anna@urzad.example", capacity="sekretarz")


def start(representative, edition=None) -> Application:
    edition = edition or EditionFactory(call_open=True)
    category = CategoryFactory(edition=edition)
    return actions.start_application(
        edition=edition, institution=representative.institution, category=category, actor=representative.user
    )


UNSEEN = Seen(0)


def save(application, user, seen=UNSEEN, **changed):
    return actions.save_answers(application=application, changed=changed, seen=seen, actor=user)


def sent_by(representative, edition=None, **fields) -> Application:
    application = ready_application(
        institution=representative.institution, edition=edition or EditionFactory(call_open=True), **fields
    )
    return actions.submit_application(application=application, actor=representative.user)


def test_a_draft_starts_with_what_the_register_knows(representative):
    application = start(representative)
    assert application.answers == {"nazwa": representative.institution.name}
    assert verbs() == ["application.started"]
    assert kinds_of_mail() == ["started"]


def test_a_second_draft_of_one_institution_is_refused(representative):
    application = start(representative)
    with pytest.raises(NotAllowed) as refusal:
        start(representative, application.edition)
    assert refusal.value.code == "already-started"
    assert Application.objects.count() == 1


def test_after_withdrawal_a_new_one_may_start(representative):
    application = start(representative)
    actions.withdraw_application(application=application, actor=representative.user)
    again = start(representative, application.edition)
    assert again.pk != application.pk


def test_a_stranger_starts_nothing():
    edition = EditionFactory(call_open=True)
    with pytest.raises(NotAllowed) as refusal:
        actions.start_application(
            edition=edition,
            institution=InstitutionFactory(),
            category=CategoryFactory(edition=edition),
            actor=UserFactory(),
        )
    assert refusal.value.code == "not-representative"


def test_the_category_is_of_the_same_edition(representative):
    with pytest.raises(NotAllowed) as refusal:
        actions.start_application(
            edition=EditionFactory(call_open=True),
            institution=representative.institution,
            category=CategoryFactory(),
            actor=representative.user,
        )
    assert refusal.value.code == "wrong-category"


def test_answers_are_merged_field_by_field(representative):
    application = start(representative)
    user = representative.user
    first = actions.save_answers(application=application, changed={"opis": "A"}, seen=Seen(0), actor=user)
    second = actions.save_answers(
        application=application, changed={"www": "https://b.example"}, seen=Seen(0), actor=user
    )
    application.refresh_from_db()
    assert (first.conflicts, second.conflicts) == ({}, {})
    assert application.answers["opis"] == "A"
    assert application.answers["www"] == "https://b.example"
    assert application.revision == 2


def test_two_browsers_conflict_only_over_one_field_and_lose_nothing(representative):
    application = start(representative)
    user = representative.user
    actions.save_answers(application=application, changed={"opis": "pierwsza"}, seen=Seen(0), actor=user)
    late = actions.save_answers(
        application=application, changed={"opis": "druga", "www": "https://b.example"}, seen=Seen(0), actor=user
    )
    application.refresh_from_db()
    assert dict(late.conflicts) == {"opis": "pierwsza"}
    assert application.answers["opis"] == "pierwsza"
    assert application.answers["www"] == "https://b.example"
    chosen = actions.save_answers(application=application, changed={"opis": "druga"}, seen=late.seen, actor=user)
    application.refresh_from_db()
    assert chosen.conflicts == {}
    assert application.answers["opis"] == "druga"


def test_saving_one_field_does_not_count_as_having_seen_the_others(representative):
    application = start(representative)
    user = representative.user
    actions.save_answers(application=application, changed={"opis": "cudza"}, seen=Seen(0), actor=user)
    mine = actions.save_answers(application=application, changed={"www": "https://m.example"}, seen=Seen(0), actor=user)
    blind = actions.save_answers(application=application, changed={"opis": "moja"}, seen=mine.seen, actor=user)
    again = actions.save_answers(
        application=application, changed={"www": "https://m2.example"}, seen=mine.seen, actor=user
    )
    assert dict(blind.conflicts) == {"opis": "cudza"}
    assert again.conflicts == {}


def test_a_draft_save_leaves_no_journal_entry_and_unknown_fields_are_dropped(representative):
    application = start(representative)
    actions.save_answers(application=application, changed={"obce": "x"}, seen=Seen(0), actor=representative.user)
    application.refresh_from_db()
    assert "obce" not in application.answers
    assert application.revision == 0
    assert verbs() == ["application.started"]


def test_category_and_staff_date_follow_the_answers(representative):
    edition = EditionFactory(call_open=True)
    edition.form_definition["sections"][0]["fields"] += [
        {"key": "category", "label": "Kategoria", "kind": "choice", "choices_from": "edition.categories"},
        {"key": "staff_informed_on", "label": "Kiedy", "kind": "date"},
    ]
    edition.save()
    application = start(representative, edition)
    other = CategoryFactory(edition=edition)
    assert application.answers["category"] == application.category.key
    actions.save_answers(
        application=application,
        changed={"category": other.key, "staff_informed_on": "2025-10-01"},
        seen=Seen(0),
        actor=representative.user,
    )
    application.refresh_from_db()
    assert application.category == other
    assert str(application.staff_informed_on) == "2025-10-01"


def test_submitting_gives_a_number_and_a_confirmation(representative):
    application = sent_by(representative)
    assert application.state == State.SUBMITTED
    assert application.number == "LZM/2025/0001"
    mail = OutgoingMail.objects.get()
    assert mail.to == "anna@urzad.example"
    assert mail.subject == "Zgłoszenie LZM/2025/0001 zostało złożone"
    assert Readiness(application).signed_file.sha256 in mail.body
    assert f"{application.submitted_at:%Y}" in mail.body
    assert verbs() == ["application.submitted"]


def test_numbers_follow_each_other_also_across_editions_of_one_prefix(representative):
    first = sent_by(representative)
    second = sent_by(RepresentativeFactory(), first.edition)
    third = sent_by(RepresentativeFactory())
    assert [first.number, second.number, third.number] == ["LZM/2025/0001", "LZM/2025/0002", "LZM/2025/0003"]


def test_a_double_submit_is_one_submission(representative):
    application = sent_by(representative)
    with pytest.raises(NotAllowed) as refusal:
        actions.submit_application(application=application, actor=representative.user)
    assert refusal.value.code == "already-submitted"
    assert verbs() == ["application.submitted"]
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("closes_at", [datetime(2024, 9, 27, 22, 0, tzinfo=UTC), MIDNIGHT_2025])
def test_the_last_millisecond_of_both_calls(representative, closes_at):
    edition = EditionFactory(call_open=True)
    edition.stages.update(opens_at=closes_at - timedelta(days=30), closes_at=closes_at)
    in_time = ready_application(institution=representative.institution, edition=edition)
    with held_at(closes_at - timedelta(milliseconds=1)):
        sent = actions.submit_application(application=in_time, actor=representative.user)
    other = RepresentativeFactory()
    late = ready_application(institution=other.institution, edition=edition)
    with held_at(closes_at), pytest.raises(NotAllowed) as refusal:
        actions.submit_application(application=late, actor=other.user)
    late.refresh_from_db()
    assert sent.submitted_at == closes_at - timedelta(milliseconds=1)
    assert refusal.value.code == "late"
    assert "00:00:00,000" in str(refusal.value.message)
    assert (late.state, late.number) == (State.DRAFT, "")


def test_one_who_came_in_time_is_not_made_late_by_waiting(representative):
    edition = EditionFactory(calendar=True)
    application = ready_application(institution=representative.institution, edition=edition)
    with held_at(MIDNIGHT_2025 + timedelta(seconds=3)):
        sent = actions.submit_application(
            application=application, actor=representative.user, moment=LAST_MILLISECOND_2025
        )
    assert sent.submitted_at == LAST_MILLISECOND_2025


def test_a_draft_may_not_be_changed_after_the_call_but_stays(representative):
    edition = EditionFactory(calendar=True)
    application = ApplicationFactory(institution=representative.institution, edition=edition)
    with held_at(MIDNIGHT_2025), pytest.raises(NotAllowed) as refusal:
        actions.save_answers(application=application, changed={"opis": "x"}, seen=Seen(0), actor=representative.user)
    application.refresh_from_db()
    assert refusal.value.code == "late"
    assert application.answers["opis"].startswith("Punkt obsługi")


def test_an_incomplete_application_is_refused_with_what_is_missing(representative):
    application = ApplicationFactory(institution=representative.institution)
    with pytest.raises(NotAllowed) as refusal:
        actions.submit_application(application=application, actor=representative.user)
    assert refusal.value.code == "incomplete"
    assert "Brakuje podpisanego zgłoszenia." in str(refusal.value.message)


def upload(content: bytes = b"%PDF-1.7\n%%EOF\n") -> uploads.Upload:
    return uploads.accept(io.BytesIO(content), name="skan.pdf", allowed=(uploads.PDF,), max_bytes=1000)


def test_a_new_signed_document_takes_the_place_of_the_old(representative):
    application = ApplicationFactory(institution=representative.institution)
    user = representative.user
    actions.note_print(application=application, actor=user)
    first = actions.add_file(application=application, upload=upload(), kind="signed-form", actor=user)
    second = actions.add_file(application=application, upload=upload(), kind="signed-form", actor=user)
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert Readiness(Application.objects.get(pk=application.pk)).signed_file == second
    assert second.signatures["kind"] == "broken"
    assert "skan" not in second.file.name
    assert verbs() == ["application.file-added", "application.file-added"]


def test_a_form_changed_after_download_is_noticed(representative):
    application = ApplicationFactory(institution=representative.institution)
    user = representative.user
    actions.note_print(application=application, actor=user)
    actions.add_file(application=application, upload=upload(), kind="signed-form", actor=user)
    before = Readiness(Application.objects.get(pk=application.pk))
    actions.save_answers(application=application, changed={"opis": "nowa treść"}, seen=Seen(0), actor=user)
    after = Readiness(Application.objects.get(pk=application.pk))
    assert (before.is_print_outdated, before.is_signed_outdated) == (False, False)
    assert (after.is_print_outdated, after.is_signed_outdated) == (True, True)


def test_attachments_are_limited_and_removed(representative):
    application = ApplicationFactory(institution=representative.institution)
    user = representative.user
    kept = [
        actions.add_file(application=application, upload=upload(), kind="attachment", actor=user) for _n in range(10)
    ]
    with pytest.raises(NotAllowed) as refusal:
        actions.add_file(application=application, upload=upload(), kind="attachment", actor=user)
    assert refusal.value.code == "too-many"
    actions.remove_file(file=kept[0], actor=user)
    kept[0].refresh_from_db()
    assert kept[0].replaced_at is not None


def test_a_signed_form_is_not_removed(representative):
    file = ApplicationFileFactory(application__institution=representative.institution)
    with pytest.raises(NotAllowed) as refusal:
        actions.remove_file(file=file, actor=representative.user)
    assert refusal.value.code == "signed-form"


def test_declarations_keep_their_first_time(representative):
    application = ApplicationFactory(institution=representative.institution)
    user = representative.user
    once = actions.declare(application=application, given=["zasady"], staff_informed_on=None, actor=user)
    at = once.declarations["zasady"]
    with held_at(now() + timedelta(hours=2)):
        twice = actions.declare(
            application=application, given=["zasady", "pracownicy", "obce"], staff_informed_on=today(), actor=user
        )
    assert twice.declarations["zasady"] == at
    assert sorted(twice.declarations) == ["pracownicy", "zasady"]
    assert Readiness(twice).are_declarations_done is True


def test_acceptance_needs_the_whole_formal_check(representative):
    application = sent_by(representative)
    office = office_user(application.edition)
    with pytest.raises(NotAllowed) as refusal:
        actions.accept_application(application=application, actor=office)
    assert refusal.value.code == "unchecked"
    for point in FormalPoint.values:
        actions.mark_formal_point(application=application, point=point, verdict="met", actor=office)
    accepted = actions.accept_application(application=application, actor=office)
    assert accepted.state == State.ACCEPTED
    assert kinds_of_mail() == ["submitted", "accepted"]
    assert verbs()[-1] == "application.accepted"


def test_a_point_may_be_taken_back(representative):
    application = sent_by(representative)
    office = office_user(application.edition)
    actions.confirm_all_points(application=application, actor=office)
    check = actions.mark_formal_point(application=application, point="signed", verdict="", actor=office)
    assert "signed" not in check.points
    assert actions.note_on_check(application=application, note="Zadzwonić.", actor=office).note == "Zadzwonić."


def test_completion_has_its_own_term_in_working_days(representative):
    # From Friday, 24 October 2025, with All Saints on a Saturday, seven working days end on 4 November.
    edition = EditionFactory(calendar=True)
    moment = datetime(2025, 10, 24, 10, 0, tzinfo=UTC)
    with held_at(moment):
        application = sent_by(representative, edition)
        office = office_user(edition)
        request = actions.issue_completion_request(
            application=application, what="Proszę dołączyć podpis burmistrza.", actor=office
        )
    assert request.due_at == datetime(2025, 11, 4, 23, 0, tzinfo=UTC)
    with held_at(request.due_at - timedelta(milliseconds=1)):
        save(application, representative.user, opis="uzupełniony")
        answered = actions.answer_completion(application=application, answer="Dołączono.", actor=representative.user)
    assert answered.state == State.SUBMITTED
    assert answered.number == application.number
    assert kinds_of_mail() == [
        "submitted",
        "completion-request",
        "completion-answered",
        "completion-answered-office",
    ]
    assert verbs() == ["application.submitted", "application.completion-requested", "application.completed"]


def test_an_overdue_completion_is_late_by_the_clock_and_the_office_rejects(representative):
    application = sent_by(representative)
    office = office_user(application.edition)
    request = actions.issue_completion_request(application=application, what="Brakuje podpisu.", actor=office)
    with pytest.raises(NotAllowed) as early:
        actions.reject_application(application=application, reason="Brak odpowiedzi.", actor=office)
    with held_at(request.due_at):
        with pytest.raises(NotAllowed) as late:
            actions.answer_completion(application=application, answer="", actor=representative.user)
        assert Application.objects.get(pk=application.pk).is_overdue(now()) is True
        rejected = actions.reject_application(application=application, reason="Brak odpowiedzi.", actor=office)
    assert (early.value.code, late.value.code) == ("term-runs", "late")
    assert rejected.state == State.REJECTED
    assert "Brak odpowiedzi." in OutgoingMail.objects.get(kind="applications/mail/rejected").body


def test_the_office_withdraws_on_behalf(representative):
    application = sent_by(representative)
    gone = actions.withdraw_application(
        application=application, reason="Na prośbę burmistrza.", actor=office_user(application.edition)
    )
    assert gone.state == State.WITHDRAWN
    assert "Na prośbę burmistrza." in OutgoingMail.objects.get(kind="applications/mail/withdrawn").body


def test_an_office_of_another_programme_decides_nothing(representative):
    application = sent_by(representative)
    with pytest.raises(NotAllowed) as refusal:
        actions.reject_application(application=application, reason="Nie podoba się.", actor=office_user())
    assert refusal.value.code == "not-office"


def test_the_office_enters_what_came_on_paper(representative):
    edition = EditionFactory(call_open=True)
    office = office_user(edition)
    institution = InstitutionFactory()
    application = actions.enter_on_paper(
        edition=edition,
        institution=institution,
        category=CategoryFactory(edition=edition),
        received_on=today(),
        actor=office,
    )
    edition.stages.update(closes_at=now() - timedelta(hours=1))
    actions.save_answers(application=application, changed={"opis": "z papieru"}, seen=Seen(0), actor=office)
    actions.add_file(application=application, upload=upload(), kind="signed-form", actor=office)
    actions.declare(application=application, given=["pracownicy", "zasady"], staff_informed_on=today(), actor=office)
    sent = actions.submit_application(application=application, actor=office)
    assert sent.state == State.SUBMITTED
    assert sent.number == "LZM/2025/0001"
    assert OutgoingMail.objects.get().to == institution.email


def test_actions_refuse_to_nest(representative):
    from django.db import transaction

    from probierz.base.actions import action

    @action
    def outer(*, actor):
        with transaction.atomic():
            start(representative)

    with pytest.raises(JournalBroken):
        outer(actor=representative.user)
    assert Application.objects.count() == 0
