"""What the model says about itself, in plain words: which score counts, and what to be careful about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = str | Promise


@dataclass(frozen=True)
class Caution:
    """What it is called, and what it means for a reader of the results."""

    code: str
    title: str
    text: str


_CAUTIONS: dict[str, tuple[Words, Words]] = {
    "disconnected": (
        gettext_lazy("Jury rozpada się na osobne grupy"),
        gettext_lazy(
            "Żaden juror nie łączy tych grup, więc surowość można porównać tylko wewnątrz grupy. Różnica między "
            "instytucjami z różnych grup może pochodzić od jurorów, a nie od jakości. Pomoże juror, który odwiedzi "
            "instytucje z obu grup."
        ),
    ),
    "confounded": (
        gettext_lazy("Kanały dzielą jury albo instytucje bez reszty"),
        gettext_lazy(
            "Każdy juror (albo każda instytucja) ma własne kanały, więc różnic między nimi nie da się odróżnić od "
            "średnich kanałów i przyjęto, że ich nie ma. Pomoże juror, który oceni instytucje w kilku kanałach."
        ),
    ),
    "boundary": (
        gettext_lazy("Jednego ze źródeł różnic nie widać w danych"),
        gettext_lazy(
            "Instytucje albo jurorzy różnią się w tych audytach nie bardziej, niż wynikałoby z przypadku. Przedziały "
            "są przez to mniej pewne, niż wyglądają."
        ),
    ),
    "not-independent": (
        gettext_lazy("Surowość jurorów mogła zależeć od jakości instytucji"),
        gettext_lazy(
            "Dwa sposoby liczenia poprawki dają u części instytucji wyraźnie różne punkty: surowsi jurorzy mogli "
            "częściej trafiać do lepszych albo słabszych instytucji. Przydział był za mało losowy, dlatego punkty po "
            "poprawce trzeba czytać ostrożnie."
        ),
    ),
    "no-residual": (
        gettext_lazy("Za mało powtórzeń, by zmierzyć przypadek"),
        gettext_lazy(
            "Instytucje i jurorzy tłumaczą każdy wynik co do punktu, więc nie wiadomo, jak duży bywa błąd. Przedziały "
            "nic tu nie mówią."
        ),
    ),
    "constant": (
        gettext_lazy("Wszystkie audyty mają ten sam wynik"),
        gettext_lazy("Nie ma różnic, które dałoby się przypisać instytucjom albo jurorom."),
    ),
    "single-juror": (
        gettext_lazy("Wszystko ocenił jeden juror"),
        gettext_lazy("Jego surowości nie da się odróżnić od poziomu instytucji."),
    ),
    "single-institution": (
        gettext_lazy("Jest tylko jedna instytucja"),
        gettext_lazy("Nie ma z kim jej porównać."),
    ),
    "weak-prior": (
        gettext_lazy("Danych jest mało, więc założono ostrożnie"),
        gettext_lazy(
            "Jurorów jest mniej niż 8 albo z audytów nie dało się zmierzyć, jak bardzo się różnią. Żeby nie udawać "
            "pewności, do obliczenia dodano ostrożne założenie o różnicach; jest ono zapisane w protokole."
        ),
    ),
}
_ABSENT: dict[str, Words] = {
    "institutions": gettext_lazy("Do analizy potrzeba audytów co najmniej dwóch instytucji."),
    "jurors": gettext_lazy("Do analizy potrzeba audytów co najmniej dwóch jurorów."),
    "audits": gettext_lazy("Audytów jest za mało, by oddzielić surowość jurorów od jakości instytucji."),
    "not-fitted": gettext_lazy("Z tych audytów nie da się oddzielić surowości jurorów od jakości instytucji."),
}


def cautions(certainty: Mapping[str, Any]) -> list[Caution]:
    """Every caution of a calculation once, the gravest first."""
    found = list(certainty.get("warnings", ()))
    if certainty.get("prior") == "weak":
        found.append("weak-prior")
    return [Caution(code, str(_CAUTIONS[code][0]), str(_CAUTIONS[code][1])) for code in _CAUTIONS if code in found]


def why_absent(certainty: Mapping[str, Any]) -> str:
    """Why there are no estimates; "" when there are."""
    if not certainty:
        return _("Tego obliczenia nie objęto analizą niepewności. Powstało, zanim program ją prowadził.")
    code = certainty["absent"]
    said = _("Tego obliczenia nie objęto analizą niepewności.")
    return f"{said} {_ABSENT[code]}" if code else ""


def official_words(certainty: Mapping[str, Any]) -> str:
    """Which score the published points are, and why not the one the rules ask for."""
    official = certainty.get("official", {"asked": "raw", "used": "raw", "reason": ""})
    words = {
        "raw": _("Punkty wynikają wprost z ocen w arkuszach, bez poprawki na surowość jurorów."),
        "fair": _("Punkty są poprawione o surowość jurorów."),
        "blup": _(
            "Punkty są najlepszym oszacowaniem jakości: poprawione o surowość jurorów i zbliżone do średniej edycji "
            "tym bardziej, im mniej było audytów."
        ),
    }[official["used"]]
    if not official["reason"]:
        return words
    because = _("Zasady wskazują punkty poprawione, ale tym razem nie można było ich użyć: %(why)s") % {
        "why": _why_another(official["reason"])
    }
    return f"{words} {because}"


def _why_another(reason: str) -> str:
    if reason == "few-jurors":
        return _("poprawka wymaga co najmniej 8 jurorów.")
    words = str(_ABSENT[reason])
    return words[0].lower() + words[1:]
