"""The II edition of Lider Zaufania Mieszkańców, lived up to a stage: call, fieldwork, results or published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from probierz.accounts.models import User
from probierz.audits.models import Audit
from probierz.awards import actions as awards
from probierz.base.actions import PLATFORM
from probierz.base.clock import held_at
from probierz.config.demo import entries, jury
from probierz.config.demo.cast import Cast, invite_cast, patrons
from probierz.config.demo.fieldwork import Field
from probierz.editions import actions as editions
from probierz.editions.models import Edition, OfficeMember
from probierz.instruments.actions import install_shipped_instruments
from probierz.jury.models import Assignment
from probierz.results import actions as results
from probierz.results.models import Result

# Where the demo's clock stands when the year has been lived up to a stage (UTC).
CLOCK = {
    "call": datetime(2025, 10, 22, 9, 30, tzinfo=UTC),
    "fieldwork": datetime(2025, 12, 11, 9, 15, tzinfo=UTC),
    "results": datetime(2026, 2, 5, 9, 0, tzinfo=UTC),
    "published": datetime(2026, 2, 19, 10, 0, tzinfo=UTC),
}
STAGES = tuple(CLOCK)
FOUNDED = datetime(2024, 6, 3, 8, 0, tzinfo=UTC)
OPENED = datetime(2025, 8, 20, 8, 0, tzinfo=UTC)

Say = Callable[[str], None]


def live(stage: str, say: Say, most: int | None = None) -> Cast:
    until = CLOCK[stage]
    say("Ludzie i instytucje")
    cast = _found(most)
    edition = _open_edition(cast)
    say("Nabór zgłoszeń")
    entered = entries.enter_edition(cast, edition, until)
    if stage == "call":
        jury.gather(cast, edition)
        return cast
    say("Ocena formalna")
    entries.check_entries(cast, edition, entered)
    say("Jury i przydziały")
    jury.gather(cast, edition)
    jury.allocate(cast, edition)
    jury.declare(cast, edition, until)
    say("Audyty tajemniczego klienta")
    field = Field(cast, edition)
    field.do_audits(_open_assignments(edition), until)
    field.validate(until)
    if stage == "fieldwork":
        return cast
    _finish_audits(cast, edition)
    say("Obliczenie wyników")
    _calculate(cast, edition)
    if stage == "published":
        say("Ogłoszenie i licencje")
        _publish(cast, edition)
    return cast


def _found(most: int | None) -> Cast:
    with held_at(FOUNDED):
        install_shipped_instruments(actor=PLATFORM)
    cast = invite_cast(FOUNDED, most)
    coordinator = _coordinator(cast)
    with held_at(FOUNDED):
        past = editions.create_edition_from_preset(
            preset_key="lzm-2024", number=1, year=2024, actor=PLATFORM, coordinator=coordinator
        )
        for role, user in cast.office.items():
            OfficeMember.objects.get_or_create(
                user=user, programme=past.programme, defaults={"role": role, "since": FOUNDED}
            )
    _remember_2024(cast, past)
    return cast


def _remember_2024(cast: Cast, past: Edition) -> None:
    """The eight laureates named in the invitations of 2025; their licences have run out or run out this year."""
    announced = past.stages.get(kind="gala").opens_at
    for institution in cast.laureates_of_2024:
        with held_at(announced):
            awards.record_past_licence(
                edition=past,
                institution=institution,
                valid_from=announced.date(),
                actor=_coordinator(cast),
            )


def _open_edition(cast: Cast) -> Edition:
    coordinator = _coordinator(cast)
    with held_at(OPENED):
        edition = editions.create_edition_from_preset(preset_key="lzm-2025", number=2, year=2025, actor=coordinator)
        for position, patron in enumerate(patrons()):
            values = {"kind": patron["kind"], "name": patron["name"], "website": patron.get("website", "")}
            editions.save_patron(
                edition=edition, patron=None, values={**values, "position": position}, logo=None, actor=coordinator
            )
    return edition


def _open_assignments(edition: Edition) -> list[Assignment]:
    return list(
        Assignment.objects.filter(application__edition=edition, state=Assignment.State.OPEN)
        .select_related("juror__user", "application__institution", "application__edition")
        .order_by("opens_at", "pk")
    )


def _finish_audits(cast: Cast, edition: Edition) -> None:
    """Before the calculation the office decides about everything that still waits."""
    fieldwork = edition.stages.get(kind="fieldwork")
    Field(cast, edition).validate(fieldwork.closes_at.replace(year=2027))
    left = Audit.objects.filter(assignment__application__edition=edition, state=Audit.State.SUBMITTED)
    assert not left.exists()


def _calculate(cast: Cast, edition: Edition) -> None:
    coordinator = _coordinator(cast)
    with held_at(datetime(2026, 1, 29, 12, 10, tzinfo=UTC)):
        results.calculate(edition=edition, actor=coordinator, note="Próbne, przed ostatnimi sprawdzeniami")
    with held_at(datetime(2026, 2, 4, 13, 40, tzinfo=UTC)):
        final = results.calculate(edition=edition, actor=coordinator, note="Końcowe")
    with held_at(datetime(2026, 2, 4, 14, 5, tzinfo=UTC)):
        results.seal(calculation=final, actor=coordinator)


def _publish(cast: Cast, edition: Edition) -> None:
    coordinator = _coordinator(cast)
    with held_at(datetime(2026, 2, 9, 9, 0, tzinfo=UTC)):
        results.publish(edition=edition, actor=coordinator)
    with held_at(datetime(2026, 2, 9, 9, 20, tzinfo=UTC)):
        awards.grant_licences(edition=edition, actor=coordinator)
    with held_at(datetime(2026, 2, 12, 11, 0, tzinfo=UTC)):
        _distinguish(coordinator, edition)


def _distinguish(coordinator: User, edition: Edition) -> None:
    best = Result.objects.filter(
        calculation__publication__edition=edition, decision=Result.Decision.GRANT
    ).select_related("application")
    first, second, third = best.order_by("place")[:3]
    given = [
        (first, "statuetka", "Za najwyższą łączną ocenę wszystkich kanałów kontaktu w tej edycji."),
        (second, "statuetka", "Za równą jakość obsługi: od okienka po odpowiedź na wiadomość."),
        (third, "wyroznienie-nadzwyczajne", "Za prosty język, którym mówi do mieszkańców."),
    ]
    for result, key, reason in given:
        awards.give_award(
            edition=edition, application=result.application, award_key=key, reason=reason, actor=coordinator
        )
    awards.publish_awards(edition=edition, actor=coordinator)


def _coordinator(cast: Cast) -> User:
    assert cast.coordinator is not None
    return cast.coordinator
