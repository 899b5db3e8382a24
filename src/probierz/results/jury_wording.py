"""The jury's quality in words: what a number means for somebody who has never heard its name."""

from __future__ import annotations

from decimal import Decimal
from math import floor

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assay.agreement import Alpha, Index, JurorProfile, Separation
from probierz.base.wording import decimal, signed

DEPENDABLE, TENTATIVE = 0.8, 0.667


def number(value: float | None, places: int = 1) -> str:
    return "–" if value is None else decimal(Decimal(repr(float(value))), places)


def plus_or_minus(value: float, places: int = 1) -> str:
    return signed(Decimal(repr(float(value))), places)


def severity_words(profile: JurorProfile) -> str:
    """Strict, lenient or neither, with the interval; the words a person says aloud."""
    if profile.severity is None or profile.interval is None:
        return _("nie da się jeszcze policzyć")
    low, high = profile.interval
    if low <= 0 <= high:
        return _("nie odbiega od pozostałych")
    words = _("łagodniejszy o %(points)s pkt (od %(least)s do %(most)s)")
    if high < 0:
        words = _("surowszy o %(points)s pkt (od %(least)s do %(most)s)")
    least, most = sorted((abs(low), abs(high)))
    return words % {"points": number(abs(profile.severity)), "least": number(least), "most": number(most)}


def interval_words(profile: JurorProfile) -> str:
    if profile.severity is None or profile.interval is None:
        return ""
    words = _("%(severity)s pkt, przedział od %(low)s do %(high)s")
    low, high = profile.interval
    return words % {"severity": plus_or_minus(profile.severity), "low": plus_or_minus(low), "high": plus_or_minus(high)}


def flags(profile: JurorProfile) -> list[str]:
    """What made the flag, in plain words; empty without a flag."""
    return [_flag_words().get(kind, kind) for kind in profile.flag]


def _flag_words() -> dict[str, str]:
    return {
        "severity": _("surowość odbiega od pozostałych"),
        "residual": _("oceny są chwiejne: raz wyższe, raz niższe, niż wynika z innych audytów"),
        "halo": _("oceny w audycie są do siebie zbyt podobne"),
        "central-tendency": _("oceny trzymają się środka albo wszyscy dostają prawie taki sam wynik"),
        "straight-lining": _("długie ciągi takich samych odpowiedzi"),
        "speed": _("arkusze wypełniane dużo szybciej niż przez pozostałych"),
        "not-applicable": _("„nie dotyczy” pada dużo częściej niż u pozostałych"),
    }


def index_name(name: str) -> str:
    return _index_words()[name][0]


def index_meaning(name: str) -> str:
    return _index_words()[name][1]


def _index_words() -> dict[str, tuple[str, str]]:
    return {
        "severity": (
            _("Surowość"),
            _("O ile punktów wyżej (+) albo niżej (−) juror ocenia tę samą jakość. Odbiega, gdy w obie strony daleko."),
        ),
        "residual-ratio": (
            _("Chwiejność"),
            _("Ile razy oceny odchodzą od spodziewanych bardziej niż u pozostałych. Odbiega, gdy dużo powyżej 1."),
        ),
        "halo": (
            _("Rozrzut ocen w audycie"),
            _("O ile bardziej (+) albo mniej (−) różnią się pozycje jednego arkusza. Odbiega, gdy są zbyt podobne."),
        ),
        "middle-marks": (
            _("Oceny ze środka skali"),
            _("O ile częściej (+) albo rzadziej (−) pada środek skali. Odbiega, gdy dużo częściej."),
        ),
        "score-spread": (
            _("Rozrzut wyników"),
            _("Ile razy wyniki instytucji różnią się bardziej niż u pozostałych. Odbiega, gdy dużo poniżej 1."),
        ),
        "longest-run": (
            _("Ciągi takich samych odpowiedzi"),
            _("O ile dłuższy (+) albo krótszy (−) jest najdłuższy ciąg w sekcji. Odbiega, gdy dużo dłuższy."),
        ),
        "all-same": (
            _("Arkusze z jedną odpowiedzią"),
            _("W jakiej części audytów wszystkie skale mają jedną ocenę. Odbiega, gdy częściej niż przypadkiem."),
        ),
        "speed": (
            _("Tempo"),
            _("Czas wypełniania wobec pozostałych: 0,5 to połowa ich czasu. Odbiega, gdy dużo krócej."),
        ),
        "not-applicable": (
            _("„Nie dotyczy”"),
            _("O ile częściej (+) albo rzadziej (−) pozycje są pomijane. Odbiega, gdy dużo częściej."),
        ),
    }


_SHARES = {"halo", "middle-marks", "longest-run", "not-applicable"}
_RATIOS = {"residual-ratio", "score-spread", "speed"}


def index_value(name: str, value: float | None) -> str:
    """A value in the unit its index is read in."""
    if value is None:
        return "–"
    if name == "severity":
        return _("%(value)s pkt") % {"value": plus_or_minus(value)}
    if name in _SHARES:
        return _("%(value)s p.p.") % {"value": plus_or_minus(100 * value)}
    if name in _RATIOS:
        return f"{number(value, 2)} ×"
    return f"{number(100 * value, 0)} %"


def index_verdict(index: Index) -> tuple[str, str]:
    """Tone and words: does it lie beyond its limit, not, or can it not be told yet."""
    if index.value is None or (index.z is None and index.probability is None):
        return "neutral", _("za mało danych")
    return ("warn", _("odbiega")) if index.is_beyond else ("good", _("w normie"))


def coefficient_words(value: float | None) -> tuple[str, str]:
    """Tone and words of a coefficient whose usual aim is 0.8 (Krippendorff's limits)."""
    if value is None:
        return "", _("nie da się policzyć")
    if value >= DEPENDABLE:
        return "good", _("można na niej polegać (cel: 0,8)")
    if value >= TENTATIVE:
        return "", _("wystarcza do ostrożnych wniosków (cel: 0,8)")
    return "warn", _("za niska, by na niej polegać (cel: 0,8)")


def needed_words(needed: int | None, now: int) -> str:
    """How many audits of an institution would reach the aim."""
    if needed is None:
        return _("oceny nie odróżniają instytucji od siebie, więc żadna liczba audytów nie wystarczy")
    if needed <= now:
        return _("cel jest osiągnięty; najmniejsza wystarczająca liczba audytów: %(n)s") % {"n": needed}
    words = ngettext(
        "potrzeba %(n)s audytu każdej instytucji (teraz %(now)s)",
        "potrzeba %(n)s audytów każdej instytucji (teraz %(now)s)",
        needed,
    )
    return words % {"n": needed, "now": now}


def strata_words(found: Separation | None) -> str:
    """How many levels of quality the scores tell apart."""
    if found is None or found.strata is None:
        return _("nie da się jeszcze policzyć")
    levels = floor(found.strata)
    if levels < 2:
        return _("oceny nie rozdzielają instytucji nawet na dwa poziomy jakości")
    return _("oceny rozróżniają poziomy jakości: %(n)s") % {"n": levels}


def alpha_words(found: Alpha) -> tuple[str, str]:
    """Tone and words of one alpha, also of one that cannot be computed."""
    if found.undefined == "no-pairs":
        return "", _("żadnej instytucji nie widziało w jednym kanale dwoje jurorów")
    if found.undefined:
        return "", _("wszystkie oceny są takie same, więc zgodności nie da się odróżnić od przypadku")
    return coefficient_words(found.alpha)


def absent_words(absent: str) -> str:
    """Why there is no model yet, and what will make it possible."""
    return {
        "institutions": _("Potrzebne są zatwierdzone audyty co najmniej dwóch instytucji."),
        "jurors": _("Potrzebne są zatwierdzone audyty co najmniej dwojga jurorów."),
        "audits": _(
            "Audytów jest za mało, żeby odróżnić surowość jurora od jakości instytucji. Pomogą kolejne zatwierdzone "
            "audyty: każdy juror w kilku instytucjach, każda instytucja u kilku jurorów."
        ),
    }.get(absent, _("Z tych audytów modelu nie da się dopasować. Pomogą kolejne zatwierdzone audyty."))


def caution_words(code: str) -> str:
    """A warning of the model, for the office."""
    return {
        "constant": _("Wszystkie wyniki są takie same, więc nie ma czego porównywać."),
        "boundary": _("Jedna ze składowych rozrzutu wyszła równa zeru: tych różnic w ocenach prawie nie widać."),
        "no-residual": _("Model tłumaczy każdy wynik co do joty, więc o błędach nic nie mówi. Audytów jest za mało."),
        "disconnected": _(
            "Audyty rozpadają się na części bez wspólnego jurora. Surowość można porównywać tylko wewnątrz części; "
            "pomoże juror z jednej części wysłany do instytucji z drugiej."
        ),
        "confounded": _(
            "Każdy juror albo każda instytucja ma własne kanały, więc różnic między nimi nie da się odróżnić od "
            "średnich kanałów. Pomoże juror, który oceni instytucje w kilku kanałach."
        ),
        "not-independent": _(
            "U części instytucji poprawka wychodzi inaczej, gdy liczyć ją drugim sposobem (stałe efekty). "
            "Surowi jurorzy mogli trafiać częściej do lepszych albo do gorszych instytucji: "
            "przydział nie był dość losowy."
        ),
    }.get(code, "")


def audits_missing(profile: JurorProfile, least: int) -> str:
    """Why a juror has no indices yet."""
    words = _("zatwierdzone audyty: %(n)s; do porównania z innymi potrzeba co najmniej %(least)s")
    return words % {"n": profile.audits, "least": least}
