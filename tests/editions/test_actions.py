from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from PIL import Image

from factories_accounts import UserFactory
from factories_editions import (
    RULEBOOK,
    CategoryFactory,
    EditionFactory,
    OfficeMemberFactory,
    PatronFactory,
    ProgrammeFactory,
    office_user,
)
from factories_instruments import InstrumentVersionFactory
from probierz.accounts.models import Invitation
from probierz.base.actions import PLATFORM
from probierz.base.clock import end_of, held_at, start_of
from probierz.base.models import JournalEntry
from probierz.base.rules import NotAllowed
from probierz.editions import actions, queries
from probierz.editions.actions.office import _join_office
from probierz.editions.models import Edition, OfficeMember, Programme
from probierz.instruments.actions import install_shipped_instruments

pytestmark = pytest.mark.django_db
IN_SEPTEMBER = datetime(2025, 9, 1, 8, 0, tzinfo=UTC)


def refused(code: str):
    return pytest.raises(NotAllowed, match=f"^{code}$")


@pytest.fixture
def shipped():
    install_shipped_instruments(actor=PLATFORM)


def test_lzm_2025_from_its_preset(shipped):
    coordinator = UserFactory()
    edition = actions.create_edition_from_preset(
        preset_key="lzm-2025", number=2, year=2025, actor=PLATFORM, coordinator=coordinator
    )
    assert edition.journal_key == "lider-zaufania-mieszkancow/2025"
    assert edition.stages.get(kind="call").closes_at == datetime(2025, 10, 24, 22, 0, tzinfo=UTC)
    assert [entry.channel for entry in queries.channels_of(edition)] == ["visit", "phone", "email", "web", "social"]
    assert edition.categories.count() == 7
    assert coordinator.offices.get().role == "coordinator"
    assert edition.texts["licence"]["signatory"] == "Wiktor Żyta"
    assert JournalEntry.objects.order_by("-number").values_list("verb", flat=True)[0] == "edition.created"


def test_the_second_edition_joins_the_programme(shipped):
    first = actions.create_edition_from_preset(preset_key="lzm-2024", number=1, year=2024, actor=PLATFORM)
    coordinator = office_user(first)
    second = actions.create_edition_from_preset(
        preset_key="lzm-2025",
        number=2,
        year=2025,
        call=(date(2025, 9, 1), date(2025, 10, 31)),
        actor=coordinator,
    )
    assert second.programme == first.programme
    call, screening = second.stages.get(kind="call"), second.stages.get(kind="screening")
    assert (call.opens_at, call.closes_at) == (start_of(date(2025, 9, 1)), end_of(date(2025, 10, 31)))
    assert screening.opens_at == start_of(date(2025, 11, 1))
    with refused("number-taken"):
        actions.create_edition_from_preset(preset_key="lzm-2025", number=2, year=2026, actor=coordinator)
    with refused("not-coordinator"):
        actions.create_edition_from_preset(preset_key="lzm-2025", number=3, year=2026, actor=UserFactory())


def test_a_fourth_contest_from_a_preset(shipped):
    founder = office_user()
    edition = actions.create_edition_from_preset(
        preset_key="lzm-2025", number=1, year=2026, actor=founder, new_programme=("Biblioteka na Szóstkę", "BNS")
    )
    assert (edition.programme.slug, edition.programme.short_name) == ("biblioteka-na-szostke", "BNS")
    assert (edition.programme.idea, edition.categories.count()) == ("", 7)
    assert edition.programme.office_members.get().user == founder
    with refused("programme-taken"):
        actions.create_edition_from_preset(
            preset_key="lzm-2025", number=1, year=2026, actor=founder, new_programme=("Biblioteka na szóstkę", "B")
        )


def test_without_scorecards_the_whole_edition_is_refused():
    with refused("no-scorecard"):
        actions.create_edition_from_preset(preset_key="lzm-2025", number=2, year=2025, actor=PLATFORM)
    assert (Programme.objects.count(), Edition.objects.count()) == (0, 0)


def test_next_year_from_last_year():
    last = EditionFactory(calendar=True, with_channels=True, number=2)
    last.rulebook_frozen_at, last.rulebook_digest = IN_SEPTEMBER, "a" * 64
    last.save()
    CategoryFactory(edition=last)
    PatronFactory(edition=last)
    user = office_user(last)
    edition = actions.create_edition_from_last_year(source=last, number=3, year=2026, actor=user)
    assert (edition.slug, edition.rulebook, edition.rulebook_digest, edition.rulebook_frozen_at) == (
        "2026",
        last.rulebook,
        "",
        None,
    )
    assert edition.form_definition == last.form_definition
    assert [edition.categories.count(), edition.channels.count(), edition.patrons.count()] == [1, 3, 1]
    assert [last.categories.count(), last.channels.count(), last.patrons.count()] == [1, 3, 1]
    # The clocks change on another date each year; the days stay days.
    assert edition.stages.get(kind="call").closes_at == end_of(date(2026, 10, 24))
    assert edition.stages.get(kind="fieldwork").opens_at == start_of(date(2026, 11, 10))


def test_a_leap_day_has_a_next_year():
    last = EditionFactory(number=1, year=2024)
    last.stages.create(kind="call", opens_at=start_of(date(2024, 2, 29)), closes_at=end_of(date(2024, 3, 5)))
    edition = actions.create_edition_from_last_year(source=last, number=2, year=2025, actor=office_user(last))
    assert edition.stages.get().opens_at == start_of(date(2025, 2, 28))


def test_an_edition_is_described():
    edition = EditionFactory()
    actions.update_edition(edition=edition, values={"who_may_enter": "Każdy"}, actor=office_user(edition))
    edition.refresh_from_db()
    assert edition.who_may_enter == "Każdy"
    with refused("observer"):
        actions.update_edition(edition=edition, values={}, actor=office_user(edition, "observer"))


def change(edition, kind, first, last, user=None):
    return actions.change_stage(
        edition=edition,
        kind=kind,
        opens_at=start_of(first),
        closes_at=end_of(last),
        place="",
        actor=user or office_user(edition),
    )


def test_a_stage_moves_and_the_journal_keeps_both_dates():
    edition = EditionFactory(calendar=True)
    with held_at(IN_SEPTEMBER):
        change(edition, "call", date(2025, 9, 17), date(2025, 10, 31))
    entry = JournalEntry.objects.get(verb="stage.changed")
    assert (entry.details["before"][1], entry.details["after"][1]) == (
        "2025-10-24T22:00:00+00:00",
        "2025-10-31T23:00:00+00:00",
    )


def test_a_missing_stage_is_added():
    edition = EditionFactory()
    assert change(edition, "gala", date(2026, 3, 13), date(2026, 3, 13)).kind == "gala"


def test_the_rules_cannot_be_thawed_by_moving_fieldwork():
    edition = EditionFactory(calendar=True)
    opening = edition.stages.get(kind="fieldwork").opens_at
    with held_at(opening), refused("fieldwork-began"):
        change(edition, "fieldwork", date(2025, 12, 1), date(2026, 2, 13))
    with held_at(opening):
        change(edition, "fieldwork", date(2025, 11, 10), date(2026, 2, 28))
    with held_at(IN_SEPTEMBER), refused("fieldwork-in-the-past"):
        change(edition, "fieldwork", date(2025, 8, 1), date(2026, 2, 28))


def test_categories_come_and_go():
    edition = EditionFactory()
    user = office_user(edition)
    values = {"key": "gminy", "name": "Gminy", "institution_kinds": ["gmina"], "position": 1}
    category = actions.save_category(edition=edition, category=None, values=values, actor=user)
    actions.save_category(edition=edition, category=category, values={"name": "Gminy i miasta"}, actor=user)
    assert edition.categories.get().name == "Gminy i miasta"
    actions.remove_category(category=category, actor=user)
    assert edition.categories.count() == 0


def test_channels_and_rules_go_together():
    edition = EditionFactory(with_channels=True)
    user, web = office_user(edition), InstrumentVersionFactory(instrument__channel="web")
    phone = queries.version_of(edition, "phone")
    saved = actions.save_channels(edition=edition, versions={"phone": phone, "web": web}, actor=user)
    assert [entry.channel for entry in queries.channels_of(saved)] == ["phone", "web"]
    assert {channel: rule["weight"] for channel, rule in saved.rulebook["channels"].items()} == {
        "phone": "30",
        "web": "10",
    }
    with refused("no-channel"):
        actions.save_channels(edition=edition, versions={}, actor=user)


def rulebook(**changes):
    return {**RULEBOOK, **changes}


def test_rules_are_saved_and_a_second_browser_is_told():
    edition = EditionFactory()
    user, before = office_user(edition), queries.rulebook_state(edition).digest
    licence = {**RULEBOOK["licence"], "threshold": "80"}
    saved = actions.save_rulebook(edition=edition, rulebook=rulebook(licence=licence), before=before, actor=user)
    assert saved.rulebook["licence"]["threshold"] == "80"
    with refused("stale"):
        actions.save_rulebook(edition=edition, rulebook=rulebook(), before=before, actor=user)


def test_rules_that_cannot_be_computed_are_refused_with_their_field():
    edition = EditionFactory()
    before = queries.rulebook_state(edition).digest
    licence = {**RULEBOOK["licence"], "threshold": "130"}
    with pytest.raises(NotAllowed) as refusal:
        actions.save_rulebook(
            edition=edition, rulebook=rulebook(licence=licence), before=before, actor=office_user(edition)
        )
    assert (refusal.value.code, refusal.value.field) == ("rulebook-not-valid", "licence.threshold")


def test_frozen_rules_do_not_change():
    edition = EditionFactory(calendar=True)
    before = queries.rulebook_state(edition, IN_SEPTEMBER).digest
    with held_at(edition.stages.get(kind="fieldwork").opens_at), refused("rulebook-frozen"):
        actions.save_rulebook(edition=edition, rulebook=rulebook(), before=before, actor=office_user(edition))
    with held_at(IN_SEPTEMBER):
        actions.freeze_rulebook(edition=edition, actor=office_user(edition))
        with refused("rulebook-frozen"):
            actions.save_channels(edition=edition, versions={}, actor=office_user(edition))
        with refused("already-frozen"):
            actions.freeze_rulebook(edition=edition, actor=office_user(edition))
    with refused("not-coordinator"):
        actions.freeze_rulebook(edition=edition, actor=office_user(edition, "operator"))


def test_what_the_clock_froze_is_written_down_once_with_its_own_moment():
    edition = EditionFactory(calendar=True)
    opening = edition.stages.get(kind="fieldwork").opens_at
    actions.ensure_rulebook_frozen(edition=edition, moment=opening - timedelta(seconds=1), actor=PLATFORM)
    assert edition.rulebook_frozen_at is None
    actions.ensure_rulebook_frozen(edition=edition, moment=opening + timedelta(days=9), actor=PLATFORM)
    edition = Edition.objects.get(pk=edition.pk)
    assert (edition.rulebook_frozen_at, edition.rulebook_digest) == (opening, queries.rulebook_of(edition).digest())


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (1600, 400), "#14466b")
    image.save(out, kind, exif=b"Exif\x00\x00secret") if kind == "JPEG" else image.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_drawn_anew(kind):
    edition = EditionFactory()
    values = {"kind": "media", "name": "Gazeta", "website": "", "position": 0}
    patron = actions.save_patron(
        edition=edition, patron=None, values=values, logo=picture(kind), actor=office_user(edition)
    )
    content = patron.logo.read()
    assert content.startswith(b"\x89PNG")
    assert b"secret" not in content
    with Image.open(io.BytesIO(content)) as drawn:
        assert drawn.size == (800, 200)


def test_a_patron_is_changed_and_removed():
    patron = PatronFactory()
    user = office_user(patron.edition)
    actions.save_patron(edition=patron.edition, patron=patron, values={"name": "Inny"}, logo=None, actor=user)
    actions.remove_patron(patron=patron, actor=user)
    assert patron.edition.patrons.count() == 0


def test_a_programme_keeps_readable_colours():
    programme = ProgrammeFactory()
    user = OfficeMemberFactory(programme=programme).user
    actions.update_programme(programme=programme, values={"accent": "#0b5c8f", "name": "Nowa"}, actor=user)
    with refused("contrast"):
        actions.update_programme(programme=programme, values={"accent": "#ffee00"}, actor=user)
    programme.refresh_from_db()
    assert (programme.accent, programme.name) == ("#0b5c8f", "Nowa")


def test_an_invited_person_joins_the_office():
    edition = EditionFactory()
    coordinator, guest = office_user(edition), UserFactory(email="nowa@biuro.example")
    invitation = actions.invite_office_member(
        programme=edition.programme, email="nowa@biuro.example", name="Ewa Nowa", role="observer", actor=coordinator
    )
    assert queries.open_invitations(edition.programme) == [invitation]
    _join_office(invitation, guest)
    assert guest.offices.get().role == "observer"
    with refused("already-there"):
        actions.invite_office_member(
            programme=edition.programme, email="NOWA@biuro.example", name="", role="operator", actor=coordinator
        )
    with refused("not-coordinator"):
        actions.invite_office_member(
            programme=edition.programme, email="x@y.example", name="", role="coordinator", actor=guest
        )


def test_an_invitation_is_taken_back_once():
    edition = EditionFactory()
    coordinator = office_user(edition)
    invitation = actions.invite_office_member(
        programme=edition.programme, email="a@b.example", name="", role="operator", actor=coordinator
    )
    actions.revoke_office_invitation(programme=edition.programme, invitation=invitation, actor=coordinator)
    assert Invitation.objects.get().revoked_at is not None
    with refused("not-open"):
        actions.revoke_office_invitation(programme=edition.programme, invitation=invitation, actor=coordinator)


def test_an_office_always_has_a_coordinator():
    edition = EditionFactory()
    coordinator, operator = office_user(edition), office_user(edition, "operator")
    with refused("last-coordinator"):
        actions.remove_office_member(member=coordinator.offices.get(), actor=coordinator)
    with refused("last-coordinator"):
        actions.change_member_role(member=coordinator.offices.get(), role="observer", actor=coordinator)
    actions.change_member_role(member=operator.offices.get(), role="coordinator", actor=coordinator)
    actions.remove_office_member(member=coordinator.offices.get(), actor=coordinator)
    assert OfficeMember.objects.get().user == operator
