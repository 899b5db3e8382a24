"""The certificate and the mark of one licence, in the words and figures they are printed with."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from probierz.awards.mark import MarkOf
from probierz.awards.models import Licence
from probierz.base import documents
from probierz.base.clock import WARSAW
from probierz.base.polish import date_in_words, fold, roman
from probierz.base.print import data
from probierz.editions.models import Programme


def verification_url(licence: Licence) -> str:
    return f"{settings.SITE_URL}/weryfikacja/{licence.number}/"


def certificate_pdf(licence: Licence) -> bytes:
    """The same licence always gives the same bytes."""
    with translation.override("pl"):
        return documents.render(
            "certificate",
            certificate(licence),
            title=f"{licence.edition.programme.licence_name} {licence.number}",
            made_at=licence.granted_at,
            pictures={"qr": documents.qr_code(verification_url(licence))},
        )


def certificate(licence: Licence) -> data.Certificate:
    edition, institution = licence.edition, licence.institution
    programme = edition.programme
    city = programme.organiser_address.rsplit(",", 1)[-1].strip()
    place = re.sub(r"^\d{2}-\d{3}\s+", "", city)
    granted = date_in_words(licence.granted_at.astimezone(WARSAW).date())
    return {
        "programme": {
            "name": programme.name,
            "accent": programme.accent,
            "organiser": programme.organiser_name,
            "address": _bare(programme.website),
        },
        "kind": kind_of(programme),
        "award": programme.name,
        "holder": licence.holder_name,
        "holder_place": _("województwo %(name)s") % {"name": institution.get_voivodeship_display()},
        "edition": _("%(number)s edycja") % {"number": roman(edition.number)},
        "year": str(edition.year),
        "scope": licence.scope,
        "basis": _(
            "na podstawie pozytywnej oceny metodą „tajemniczego klienta” i wysokiej liczby punktów rankingowych"
        ),
        "streak": streak_words(licence.in_a_row),
        "number": licence.number,
        "granted": f"{place}, {granted}" if place else granted,
        "valid": validity_words(licence),
        "address": _bare(verification_url(licence)),
        "signatories": _signatories(licence),
    }


def kind_of(programme: Programme) -> str:
    """„Licencja Jakości”, without the programme's name, which stands beside it in its own line."""
    return programme.licence_name.replace(f"„{programme.name}”", "").strip() or programme.licence_name


def _signatories(licence: Licence) -> list[data.Signatory]:
    programme = licence.edition.programme
    if programme.president_name:
        return [{"name": programme.president_name, "role": _("Prezydent Konkursu")}]
    return [{"name": programme.organiser_name, "role": _("Organizator")}]


def streak_words(times: int) -> str:
    """By words up to ten, as on a diploma; nothing the first time."""
    ordinals = {
        2: _("po raz drugi z rzędu"),
        3: _("po raz trzeci z rzędu"),
        4: _("po raz czwarty z rzędu"),
        5: _("po raz piąty z rzędu"),
        6: _("po raz szósty z rzędu"),
        7: _("po raz siódmy z rzędu"),
        8: _("po raz ósmy z rzędu"),
        9: _("po raz dziewiąty z rzędu"),
        10: _("po raz dziesiąty z rzędu"),
    }
    if times < 2:
        return ""
    return ordinals.get(times) or _("po raz %(times)s. z rzędu") % {"times": times}


def validity_words(licence: Licence) -> str:
    return _("od %(first)s do %(last)s") % {
        "first": date_in_words(licence.valid_from),
        "last": date_in_words(licence.valid_until),
    }


def mark_of(licence: Licence) -> MarkOf:
    edition = licence.edition
    programme = edition.programme
    with translation.override("pl"):
        return MarkOf(
            kind=kind_of(programme),
            award=programme.name,
            year=str(edition.year),
            number=licence.number,
            accent=programme.accent,
            holder=licence.holder_name,
            valid=validity_words(licence),
            address=verification_url(licence),
            organiser=", ".join(part for part in (programme.organiser_name, programme.contact_email) if part),
        )


def certificate_name(licence: Licence) -> str:
    return f"licencja-{re.sub(r'[^a-z0-9]+', '-', fold(licence.number)).strip('-')}.pdf"


def _bare(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://")
