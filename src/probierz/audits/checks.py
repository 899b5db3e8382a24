"""What a program notices about a filled audit. A finding asks a person to look; it decides nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from probierz.audits import scorecard
from probierz.audits.models import Audit, Evidence
from probierz.base.clock import now

FASTEST_ITEM = timedelta(seconds=3)
LONGEST_PAUSE = timedelta(minutes=2)
SHORTEST_LINE = 8
MOST_NOT_APPLICABLE = Decimal("0.4")
LONGEST_WAIT = {"s": 3600, "min": 300, "h": 24 * 31}
_PERSON = re.compile(r"\b[Pp]an(?:i|a|ią|em|u)?\s+[A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]{2,}")


@dataclass(frozen=True)
class Finding:
    """`tone` is bad (must be explained), warn (look), or info."""

    code: str
    tone: str
    words: str
    item_key: str = ""

    @property
    def code_words(self) -> str:
        return str(CODES[self.code])


CODES = {
    "outside-window": gettext_lazy("okno"),
    "before-contact": gettext_lazy("kolejność"),
    "late": gettext_lazy("termin"),
    "incomplete": gettext_lazy("kompletność"),
    "photo-missing": gettext_lazy("zdjęcie"),
    "photo-repeated": gettext_lazy("zdjęcie"),
    "zero-time": gettext_lazy("czas"),
    "endless-time": gettext_lazy("czas"),
    "too-fast": gettext_lazy("tempo"),
    "straight-line": gettext_lazy("jednostajność"),
    "not-applicable": gettext_lazy("nie dotyczy"),
    "coverage": gettext_lazy("pokrycie"),
    "name": gettext_lazy("nazwisko"),
}
Check = Callable[[Audit], Iterator[Finding]]


def findings(audit: Audit) -> list[Finding]:
    return [finding for check in CHECKS for finding in check(audit)]


def serious(found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.tone != "info"]


def filling_time(audit: Audit) -> timedelta:
    """Time spent on the form, by the phone's own times of the taps; a pause counts as two minutes at most."""
    times = sorted(audit.saved_marks.values_list("given_at", flat=True))
    return sum((min(later - earlier, LONGEST_PAUSE) for earlier, later in pairwise(times)), timedelta())


def _window(audit: Audit) -> Iterator[Finding]:
    if audit.contact_at is None or not audit.assignment.window_is_open(audit.contact_at):
        yield Finding("outside-window", "bad", _("Kontakt odbył się poza wyznaczonym oknem."))
    first = audit.saved_marks.order_by("given_at").first()
    if first is not None and audit.contact_at is not None and first.given_at < audit.contact_at:
        yield Finding("before-contact", "warn", _("Pierwszą ocenę zaznaczono przed podaną godziną kontaktu."))


def _late(audit: Audit) -> Iterator[Finding]:
    if audit.is_late(now()):
        yield Finding("late", "warn", _("Audyt przesłano po terminie liczonym od kontaktu."))


def _complete(audit: Audit) -> Iterator[Finding]:
    for gap in scorecard.gaps(audit):
        if gap.what != "contact":
            yield Finding("incomplete", "bad", f"{gap.text}: {gap.words}", gap.item_key)


def _photos(audit: Audit) -> Iterator[Finding]:
    kept = {photo.item_key for photo in audit.evidence.all()}
    for item, mark in _answered(audit):
        if scorecard.wants_photo(item, mark) and item["key"] not in kept:
            words = _("Brak zdjęcia, o które prosi arkusz: %(item)s")
            yield Finding("photo-missing", "warn", words % {"item": scorecard.in_words(item, "text")}, item["key"])


def _repeated_photo(audit: Audit) -> Iterator[Finding]:
    digests = [photo.sha256 for photo in audit.evidence.all()]
    if digests and Evidence.objects.filter(sha256__in=digests).exclude(audit=audit).exists():
        yield Finding("photo-repeated", "bad", _("To samo zdjęcie jest dowodem w innym audycie."))


def _contradictions(audit: Audit) -> Iterator[Finding]:
    for item, mark in _answered(audit):
        value = _number(mark) if item["kind"] == "duration" else None
        if value is None:
            continue
        text = scorecard.in_words(item, "text")
        if value == 0:
            yield Finding("zero-time", "warn", _("Czas równy zero: %(item)s") % {"item": text}, item["key"])
        elif value > LONGEST_WAIT.get(item.get("unit", ""), value):
            yield Finding(
                "endless-time", "warn", _("Niewiarygodnie długi czas: %(item)s") % {"item": text}, item["key"]
            )


def _speed(audit: Audit) -> Iterator[Finding]:
    answered = sum(1 for _item in _answered(audit))
    if answered and audit.filling_seconds < answered * FASTEST_ITEM.total_seconds():
        words = _("Arkusz wypełniono bardzo szybko: %(seconds)s s na %(answered)s pozycji.")
        yield Finding("too-fast", "warn", words % {"seconds": audit.filling_seconds, "answered": answered})


def _straight_line(audit: Audit) -> Iterator[Finding]:
    """Scales all marked alike, or yes/no statements alike though one of them is turned round."""
    answered = list(_answered(audit))
    choices = [(item, mark) for item, mark in answered if item["kind"] == "yes_no" and mark in {"yes", "no"}]
    scales = [mark for item, mark in answered if item["kind"] == "scale"]
    is_mixed = any(item.get("reversed") for item, _mark in choices)
    for marks in ([mark for _item, mark in choices] if is_mixed else [], scales):
        if len(marks) >= SHORTEST_LINE and len(set(marks)) == 1:
            yield Finding("straight-line", "warn", _("Wszystkie oceny jednego rodzaju są takie same."))


def _not_applicable(audit: Audit) -> Iterator[Finding]:
    marks = [mark for _item, mark in _answered(audit)]
    share = Decimal(marks.count("na")) / len(marks) if marks else Decimal(0)
    if share > MOST_NOT_APPLICABLE:
        yield Finding("not-applicable", "warn", _("Ponad dwie piąte pozycji oznaczono jako niedotyczące."))
    least = audit.assignment.application.edition.rulebook.get("audit", {}).get("min_coverage", "0")
    coverage = scorecard.score_of(audit).coverage
    if Decimal(coverage.numerator) / coverage.denominator < Decimal(str(least)):
        yield Finding("coverage", "bad", _("Odpowiedzi obejmują mniej wagi arkusza, niż wymagają zasady."))


def _names(audit: Audit) -> Iterator[Finding]:
    texts = dict(audit.comments) | {item["key"]: mark for item, mark in _answered(audit) if item["kind"] == "text"}
    for key, text in texts.items():
        if _PERSON.search(text):
            yield Finding("name", "warn", _("W uwadze może być nazwisko pracownika. Proszę je usunąć."), key)


def _answered(audit: Audit) -> Iterator[tuple[dict[str, Any], str]]:
    shown = frozenset(scorecard.visible(audit.version, audit.marks))
    for _section, item in scorecard.items_of(audit.version.definition):
        mark = audit.marks.get(item["key"])
        if mark and item["key"] in shown:
            yield item, mark


def _number(mark: str) -> Decimal | None:
    try:
        return Decimal(mark)
    except InvalidOperation:
        return None


CHECKS: tuple[Check, ...] = (
    _window,
    _late,
    _complete,
    _photos,
    _repeated_photo,
    _contradictions,
    _speed,
    _straight_line,
    _not_applicable,
    _names,
)
