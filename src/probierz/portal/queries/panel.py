"""What is next for the institutions a user acts for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from probierz.applications.models import Application
from probierz.applications.queries import applications_of_representative, editions_open_for_entry, what_next
from probierz.awards.models import Licence
from probierz.awards.queries import licences_visible_to
from probierz.editions.models import Edition
from probierz.editions.rules import stage_of
from probierz.institutions.models import Institution, Representative
from probierz.institutions.queries import institutions_represented_by, representations_of
from probierz.results.models import Result
from probierz.results.queries import results_visible_to

LIVE = [state for state in Application.State if state not in {"withdrawn", "rejected"}]


@dataclass(frozen=True)
class OpenCall:
    """An edition that an institution may still enter."""

    edition: Edition
    institution: Institution
    closes_at: Any


@dataclass(frozen=True)
class Home:
    institutions: list[Institution]
    waiting: list[Representative]
    applications: list[dict[str, Any]]
    calls: list[OpenCall]
    results: list[Result]
    licences: list[Licence]
    editions: list[Edition] = field(default_factory=list)


def home_of(user: Any) -> Home:
    """As many queries for ten institutions as for one."""
    mine = list(institutions_represented_by(user))
    applications = list(applications_of_representative(user).order_by("-created_at", "-pk"))
    editions = editions_open_for_entry()
    taken = {(entry.edition_id, entry.institution_id) for entry in applications if entry.state in LIVE}
    return Home(
        institutions=mine,
        waiting=[entry for entry in representations_of(user) if entry.is_waiting],
        applications=[{"application": entry, "next": what_next(entry)} for entry in applications[:6]],
        calls=[
            OpenCall(edition, institution, _call_ends(edition))
            for edition in editions
            for institution in mine
            if (edition.pk, institution.pk) not in taken
        ],
        results=list(results_visible_to(user).defer("detail")[:6]),
        licences=list(licences_visible_to(user)[:6]),
        editions=editions,
    )


def _call_ends(edition: Edition) -> Any:
    call = stage_of(edition, "call")
    return call.closes_at if call else None
