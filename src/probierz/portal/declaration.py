"""The facts of the accessibility declaration and of the privacy notice: who runs the site, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from probierz.base.clock import WARSAW, today
from probierz.editions.models import Programme


@dataclass(frozen=True)
class Body:
    """Who answers for the site, as the programmes it carries say."""

    name: str
    address: str
    email: str
    phone: str


@dataclass(frozen=True)
class Site:
    url: str
    bodies: list[Body]
    published_on: date
    changed_on: date
    prepared_on: date
    reviewed_on: date | None

    @property
    def body(self) -> Body:
        return self.bodies[0]


def organiser_of(programme: Programme) -> Body:
    name = programme.organiser_name or _("Organizator konkursu „%(name)s”") % {"name": programme.name}
    return Body(name, programme.organiser_address, programme.contact_email, programme.contact_phone)


def site_of(programmes: Sequence[Programme]) -> Site:
    """As old as its first public edition. The operator may say when the declaration was written, and reviewed."""
    editions = [edition.created_at for programme in programmes for edition in programme.editions.all()]
    published = min(editions).astimezone(WARSAW).date() if editions else today()
    changed = max(editions).astimezone(WARSAW).date() if editions else today()
    prepared = _stated(settings.ACCESSIBILITY_PREPARED_ON) or published
    bodies = list(dict.fromkeys(organiser_of(programme) for programme in programmes))
    return Site(
        url=settings.SITE_URL,
        bodies=bodies or [Body("Probierz", "", settings.DEFAULT_FROM_EMAIL, "")],
        published_on=published,
        changed_on=max(changed, prepared),
        prepared_on=prepared,
        reviewed_on=_stated(settings.ACCESSIBILITY_REVIEWED_ON),
    )


def _stated(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
