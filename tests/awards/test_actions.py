"""Licences and statuettes: granted once, stopped with a reason, printed once."""

from __future__ import annotations

import hashlib
from datetime import date

import pikepdf
import pytest

from factories_applications import ApplicationFactory
from factories_awards import AwardFactory, LicenceFactory, expired_licence
from factories_editions import EditionFactory, office_user
from factories_institutions import InstitutionFactory
from factories_results import BEST, POOR, calculated, finished_edition, measured, published, representative_of
from probierz.awards.actions import distinguishing, granting, standing
from probierz.awards.models import Award, Licence
from probierz.base.actions import PLATFORM
from probierz.base.models import JournalEntry, OutgoingMail
from probierz.base.rules import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return finished_edition()


def granted(edition, **fields):
    coordinator = office_user(edition)
    published(edition, coordinator)
    return granting.grant_licences(edition=edition, actor=coordinator, **fields)


def test_licences_go_to_those_whom_the_calculation_grants_them(edition):
    best = measured(edition, BEST)
    measured(edition, POOR)
    measured(edition, BEST, channels=("phone",))
    licences = granted(edition)
    assert [one.application for one in licences] == [best]
    assert licences[0].earned_from["audits"] == 3
    assert licences[0].earned_from["points"] is None


def test_numbers_follow_the_alphabet_and_not_the_places(edition):
    for name, marks in [("Gmina Żary", BEST), ("Gmina Łask", {**BEST, "T2": "8"}), ("Gmina Zator", BEST)]:
        measured(edition, marks, name=name)
    licences = granted(edition)
    assert [(one.number, one.holder_name) for one in licences] == [
        ("LZM-2025-001", "Gmina Łask"),
        ("LZM-2025-002", "Gmina Zator"),
        ("LZM-2025-003", "Gmina Żary"),
    ]


def test_a_licence_holds_to_the_day_before_the_same_date(edition):
    measured(edition)
    licence = granted(edition, valid_from=date(2026, 3, 13))[0]
    assert (licence.valid_from, licence.valid_until) == (date(2026, 3, 13), date(2027, 3, 12))


def test_licences_are_granted_once_and_a_latecomer_gets_the_next_number(edition):
    measured(edition, name="Gmina Żary")
    coordinator = office_user(edition)
    published(edition, coordinator)
    first = granting.grant_licences(edition=edition, actor=coordinator)
    with pytest.raises(NotAllowed) as refusal:
        granting.grant_licences(edition=edition, actor=coordinator)
    assert (refusal.value.code, Licence.objects.count(), first[0].number) == ("nothing-to-grant", 1, "LZM-2025-001")


def test_nothing_is_granted_before_publication(edition):
    measured(edition)
    calculated(edition)
    with pytest.raises(NotAllowed) as refusal:
        granting.grant_licences(edition=edition, actor=office_user(edition))
    assert refusal.value.code == "not-published"


def test_only_the_coordinator_grants(edition):
    measured(edition)
    published(edition)
    with pytest.raises(NotAllowed) as refusal:
        granting.grant_licences(edition=edition, actor=office_user(edition, role="operator"))
    assert refusal.value.code == "not-coordinator"


def test_consecutive_editions_are_counted():
    edition = finished_edition(number=3)
    application = measured(edition)
    before = EditionFactory(programme=edition.programme, number=2, year=2024)
    LicenceFactory(edition=before, institution=application.institution, in_a_row=2)
    assert granted(edition)[0].in_a_row == 3


def test_a_gap_or_a_withdrawn_licence_breaks_the_row():
    edition = finished_edition(number=3)
    one, other = measured(edition, name="Gmina A"), measured(edition, name="Gmina B")
    first = EditionFactory(programme=edition.programme, number=1, year=2023)
    second = EditionFactory(programme=edition.programme, number=2, year=2024)
    LicenceFactory(edition=first, institution=one.institution)
    LicenceFactory(edition=second, institution=other.institution, state=Licence.State.WITHDRAWN)
    assert [licence.in_a_row for licence in granted(edition)] == [1, 1]


def test_holders_are_told(edition):
    user = representative_of(measured(edition))
    licence = granted(edition)[0]
    mail = OutgoingMail.objects.get(kind="awards/mail/granted")
    assert (mail.to, licence.number in mail.body) == (user.email, True)


def test_a_certificate_is_made_once_and_its_digest_kept(edition, run_jobs):
    measured(edition, name="Gmina Bardzo Długiej Nazwy im. Jadwigi i Jagiełły")
    licence = granted(edition)[0]
    coordinator = edition.programme.office_members.first().user
    granting.queue_certificates(edition=edition, actor=coordinator)
    run_jobs()
    licence.refresh_from_db()
    with licence.certificate.open("rb") as file:
        content = file.read()
    assert licence.certificate_sha256 == hashlib.sha256(content).hexdigest()
    assert JournalEntry.objects.filter(verb="certificate.made").count() == 1
    with licence.certificate.open("rb") as file, pikepdf.open(file) as document:
        assert (str(document.Root.Lang), bool(document.Root.MarkInfo.Marked)) == ("pl-PL", True)
    with pytest.raises(NotAllowed) as refusal:
        standing.store_certificate(licence=licence, content=b"inny", actor=PLATFORM)
    assert refusal.value.code == "certificate-ready"


def test_a_half_written_certificate_is_overwritten(edition, run_jobs):
    measured(edition)
    licence = granted(edition)[0]
    storage = licence.certificate.storage
    from django.core.files.base import ContentFile

    storage.save(f"certificates/{licence.key}.pdf", ContentFile(b"%PDF-half"))
    run_jobs()
    assert storage.listdir("certificates")[1] == [f"{licence.key}.pdf"]


def test_a_licence_is_suspended_restored_and_withdrawn_with_reasons():
    licence = LicenceFactory()
    actor = office_user(licence.edition)
    standing.suspend_licence(licence=licence, reason="Skargi mieszkańców.", actor=actor)
    standing.restore_licence(licence=licence, reason="Wyjaśniono skargi.", actor=actor)
    licence = standing.withdraw_licence(licence=licence, reason="Nieprawdziwe dane.", actor=actor)
    assert licence.state == Licence.State.WITHDRAWN
    assert list(licence.events.values_list("kind", "reason")) == [
        ("suspended", "Skargi mieszkańców."),
        ("restored", "Wyjaśniono skargi."),
        ("withdrawn", "Nieprawdziwe dane."),
    ]
    with pytest.raises(NotAllowed) as refusal:
        standing.restore_licence(licence=licence, reason="Jednak nie.", actor=actor)
    assert refusal.value.code == "licence-state"


@pytest.mark.parametrize("action", [standing.suspend_licence, standing.withdraw_licence])
def test_nothing_is_stopped_without_a_reason(action):
    licence = LicenceFactory()
    with pytest.raises(NotAllowed) as refusal:
        action(licence=licence, reason="  ", actor=office_user(licence.edition))
    assert refusal.value.code == "reason-needed"


def test_an_expired_licence_cannot_be_suspended():
    licence = expired_licence()
    with pytest.raises(NotAllowed) as refusal:
        standing.suspend_licence(licence=licence, reason="Za późno na to.", actor=office_user(licence.edition))
    assert refusal.value.code == "licence-state"


def test_a_past_licence_needs_no_application(run_jobs):
    edition = EditionFactory(number=1, year=2024)
    institution = InstitutionFactory(name="Gmina Wieliszew")
    licence = granting.record_past_licence(
        edition=edition, institution=institution, valid_from=date(2024, 12, 5), actor=PLATFORM
    )
    run_jobs()
    licence.refresh_from_db()
    assert (licence.number, licence.valid_until, licence.in_a_row) == ("LZM-2024-001", date(2025, 12, 4), 1)
    assert licence.certificate_sha256 != ""
    with pytest.raises(NotAllowed) as refusal:
        granting.record_past_licence(
            edition=edition, institution=institution, valid_from=date(2024, 12, 5), actor=PLATFORM
        )
    assert refusal.value.code == "licence-exists"


def test_a_statuette_has_a_reason_and_is_told_later(edition):
    application = measured(edition)
    coordinator = office_user(edition)
    published(edition, coordinator)
    award = distinguishing.give_award(
        edition=edition, application=application, award_key="statuetka", reason="Za rozmowy.", actor=coordinator
    )
    assert (award.title, award.kind, award.is_public) == ("Statuetka Lidera", "statuette", False)
    distinguishing.publish_awards(edition=edition, actor=coordinator)
    award.refresh_from_db()
    assert award.is_public
    with pytest.raises(NotAllowed) as refusal:
        distinguishing.take_back_award(award=award, actor=coordinator)
    assert refusal.value.code == "award-public"
    with pytest.raises(NotAllowed) as refusal:
        distinguishing.publish_awards(edition=edition, actor=coordinator)
    assert refusal.value.code == "nothing-to-publish"


@pytest.mark.parametrize(
    ("award_key", "reason", "code"),
    [("nie-ma", "Za rozmowy.", "unknown-award"), ("statuetka", " ", "reason-needed")],
)
def test_a_statuette_is_one_of_the_rules_and_has_a_reason(edition, award_key, reason, code):
    application = ApplicationFactory(accepted=True, edition=edition)
    with pytest.raises(NotAllowed) as refusal:
        distinguishing.give_award(
            edition=edition, application=application, award_key=award_key, reason=reason, actor=office_user(edition)
        )
    assert refusal.value.code == code


def test_statuettes_are_no_more_than_the_rules_allow(edition):
    edition.rulebook["awards"][0]["max"] = 1
    edition.save()
    coordinator = office_user(edition)
    one, other = (ApplicationFactory(accepted=True, edition=edition) for _ in range(2))
    given = {"edition": edition, "award_key": "statuetka", "reason": "Za rozmowy.", "actor": coordinator}
    award = distinguishing.give_award(application=one, **given)
    with pytest.raises(NotAllowed) as refusal:
        distinguishing.give_award(application=other, **given)
    assert refusal.value.code == "too-many"
    distinguishing.take_back_award(award=award, actor=coordinator)
    assert distinguishing.give_award(application=other, **given).application == other


def test_the_same_statuette_is_not_given_twice(edition):
    award = AwardFactory(application=ApplicationFactory(accepted=True, edition=edition))
    with pytest.raises(NotAllowed) as refusal:
        distinguishing.give_award(
            edition=edition,
            application=award.application,
            award_key="statuetka",
            reason="Za rozmowy.",
            actor=office_user(edition),
        )
    assert (refusal.value.code, Award.objects.count()) == ("award-given", 1)


def test_an_application_of_another_edition_gets_nothing(edition):
    with pytest.raises(NotAllowed) as refusal:
        distinguishing.give_award(
            edition=edition,
            application=ApplicationFactory(accepted=True),
            award_key="statuetka",
            reason="Za rozmowy.",
            actor=office_user(edition),
        )
    assert refusal.value.code == "not-in-edition"
