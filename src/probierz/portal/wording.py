"""Words of the public pages that are not in the database, and the choice of language for those that are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, gettext, gettext_lazy

from probierz.base.clock import WARSAW
from probierz.base.polish import roman
from probierz.base.wording import day_words as day_words
from probierz.base.wording import left_words as left_words
from probierz.base.wording import until_words as until_words
from probierz.editions.models import Edition, Stage

CHANNELS = {
    "visit": gettext_lazy("Juror przychodzi jak zwykły mieszkaniec i próbuje załatwić sprawę."),
    "phone": gettext_lazy("Juror dzwoni pod podany numer i pyta o konkretną sprawę."),
    "email": gettext_lazy("Juror wysyła pytanie i czeka na odpowiedź, która coś wyjaśnia."),
    "web": gettext_lazy("Juror szuka na stronie i w BIP tego, czego szukałby mieszkaniec."),
    "social": gettext_lazy("Juror czyta profil instytucji i pisze do niej wiadomość."),
}


def is_english() -> bool:
    return (get_language() or "pl").startswith("en")


def said(thing: Any, name: str) -> Any:
    """A text of a row or of a preset, in the page's language; in Polish when it has not been translated."""
    if thing is None:
        return ""
    read = thing.get if isinstance(thing, Mapping) else lambda key: getattr(thing, key, "")
    return (read(f"{name}_en") if is_english() else "") or read(name) or ""


def day_of(written: str | None) -> date | None:
    """The Polish day of a moment written down as text."""
    return datetime.fromisoformat(written).astimezone(WARSAW).date() if written else None


def edition_name(edition: Edition) -> str:
    return gettext("%(number)s edycja %(year)s") % {"number": roman(edition.number), "year": edition.year}


def stage_name(stage: Stage) -> str:
    if is_english():
        return stage.name_en or str(stage.get_kind_display())
    return str(stage)


def licence_name(edition: Edition) -> str:
    return said(edition.texts.get("licence"), "title") or edition.programme.licence_name


def licence_scope(edition: Edition, scope: str) -> str:
    """A licence keeps the Polish words it was granted with; their translation holds while they are the edition's."""
    licence = edition.texts.get("licence") or {}
    if is_english() and licence.get("scope", "").strip() == scope.strip():
        return licence.get("scope_en") or scope
    return scope
