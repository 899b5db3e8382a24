"""Each number of a result with the answer to „skąd to?”, in words for a town hall, not for a statistics office."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assay.rulebook import RankEstimate
from probierz.base.wording import decimal
from probierz.results import wording
from probierz.results.certainty import Certainty
from probierz.results.models import Result

_TENTH = Fraction(1, 20)


@dataclass(frozen=True)
class Figure:
    """A number with its name and where it comes from, told at the id `skad-<key>`; `is_official` where it counts."""

    key: str
    title: str
    value: str
    why: str
    is_official: bool = False


def figures(result: Result, found: Certainty) -> list[Figure]:
    """Every number the engine estimated of one institution, the official first in its place."""
    used = result.detail.get("official", {}).get("used", "raw")
    estimates = found.estimates
    scores = [
        ("raw", "z-ocen", _("Punkty wprost z ocen"), estimates.raw, _raw_words()),
        ("fair", "poprawka", _("Punkty po poprawce na surowość"), estimates.fair, correction_words(found.correction)),
        ("blup", "oszacowanie", _("Najlepsze oszacowanie jakości"), estimates.blup, _blup_words(result, found)),
    ]
    return [
        *(Figure(key, title, decimal(value, 1), why, kind == used) for kind, key, title, value, why in scores),
        Figure("blad", _("Błąd oszacowania"), f"± {decimal(estimates.se, 1)}", _error_words()),
        Figure("przedzial", _("Przedział pewności 90%"), found.interval, _interval_words()),
        Figure("pewnosc", _("Pewność, że instytucja osiąga próg"), found.chance, _chance_words(result)),
        *_places(found),
    ]


def correction_words(correction: Fraction) -> str:
    """What the severity of those who came did to the points."""
    if abs(correction) < _TENTH:
        return _(
            "Jurorzy, którzy byli w tej instytucji, oceniali razem tak surowo jak całe jury, więc poprawka niczego "
            "nie zmienia."
        )
    points = decimal(abs(correction), 1)
    if correction > 0:
        words = _(
            "Jurorzy, którzy byli w tej instytucji, oceniali wszystkich średnio o %(points)s pkt surowiej niż reszta "
            "jury, więc poprawka dodaje %(points)s pkt."
        )
    else:
        words = _(
            "Jurorzy, którzy byli w tej instytucji, oceniali wszystkich średnio o %(points)s pkt łagodniej niż reszta "
            "jury, więc poprawka odejmuje %(points)s pkt."
        )
    return words % {"points": points}


def _raw_words() -> str:
    return _("Średnia kanałów ważona wagami z zasad, bez żadnej poprawki. Rozpisana na pozycje arkusza jest niżej.")


def _blup_words(result: Result, found: Certainty) -> str:
    shift = found.estimates.blup - found.estimates.fair
    counted = ngettext("%(n)s audyt", "%(n)s audytów", result.audits) % {"n": result.audits}
    words = _(
        "Kilka audytów może trafić na lepszy albo gorszy dzień. Dlatego wynik po poprawce przysuwamy do średniej "
        "edycji, tym bardziej, im mniej jest audytów (tu: %(audits)s). Przesunięcie: %(shift)s pkt."
    )
    return words % {"audits": counted, "shift": wording.change(shift)}


def _error_words() -> str:
    return _(
        "O tyle zwykle myli się najlepsze oszacowanie. Wynika z liczby audytów oraz z tego, jak bardzo różnią się "
        "jurorzy i poszczególne kontakty w całej edycji."
    )


def _interval_words() -> str:
    return _(
        "Z pewnością 90% prawdziwa jakość leży w tym przedziale: to najlepsze oszacowanie i 1,64 błędu w każdą stronę."
    )


def _chance_words(result: Result) -> str:
    licence = result.calculation.rulebook["licence"]
    meaning = _("Na ile pewne jest, że prawdziwa jakość to co najmniej %(threshold)s pkt.") % {
        "threshold": wording.figure(licence["threshold"])
    }
    guarded = licence.get("guarded")
    if guarded is None:
        words = _("O licencji rozstrzygają punkty; ta liczba mówi tylko, jak pewne jest to rozstrzygnięcie.")
        return f"{meaning} {words}"
    words = _(
        "Licencję daje co najmniej %(grant)s, odmawia najwyżej %(refuse)s. Pomiędzy jest strefa graniczna: dodatkowy "
        "audyt, a po ostatnim wystarcza co najmniej %(even)s."
    )
    limits = {"grant": Fraction(guarded["grant"]), "refuse": Fraction(guarded["refuse"]), "even": Fraction(1, 2)}
    return f"{meaning} {words % {name: wording.certain(value) for name, value in limits.items()}}"


def _places(found: Certainty) -> list[Figure]:
    scopes = (
        ("miejsce-w-kategorii", _("Miejsce w kategorii"), found.category_place, "category"),
        ("miejsce-ogolem", _("Miejsce ogółem"), found.overall_place, "overall"),
    )
    return [
        Figure(key, title, place, _place_words(found.places[scope], found.estimates.ranks[scope]))
        for key, title, place, scope in scopes
        if place
    ]


def _place_words(place: int, rank: RankEstimate) -> str:
    words = _(
        "Jakość wszystkich instytucji wylosowano 1000 razy w granicach ich błędu. W 90%% losowań ta instytucja stała "
        "między %(low)s. a %(high)s. miejscem, średnio na %(expected)s. Należy do grupy %(group)s, licząc od góry: "
        "od pierwszej w tej grupie nie da się jej z pewnością odróżnić."
    )
    told = words % {
        "low": rank.low,
        "high": rank.high,
        "expected": decimal(rank.expected, 1),
        "group": rank.group,
    }
    if rank.low <= place <= rank.high:
        return told
    by_points = _(
        "Miejsce %(place)s. daje porównanie samych punktów; leży poza tym przedziałem, bo o punktach rozstrzyga też "
        "to, kto przyszedł i w jaki dzień."
    )
    return f"{told} {by_points % {'place': place}}"
