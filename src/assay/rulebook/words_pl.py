"""The rules in Polish, sentence by sentence, for a reader who runs a town hall, not a statistics office."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assay.exact import RoundingRule, text

if TYPE_CHECKING:
    from assay.rulebook.rules import Rulebook
    from assay.rulebook.schema import ChannelRule, GuardedRule

CHANNEL_NAMES: Final = {
    "visit": "Wizyta w instytucji",
    "phone": "Telefon",
    "email": "E-mail",
    "web": "Strona internetowa",
    "social": "Media społecznościowe",
}
_AWARD_KINDS: Final = {"statuette": "statuetka", "distinction": "wyróżnienie nadzwyczajne"}
_PRIZE_TIES: Final = {
    "p-better": "ponad 60% pewności, że jedna z instytucji jest lepsza (gdy policzono niepewność wyników)",
    "lowest-channel": "wyższy wynik w najsłabszym kanale",
    "audits": "większa liczba audytów",
    "lot": "jawne losowanie, które każdy może sprawdzić",
}


_NEEDS: Final = (
    "Poprawka wymaga co najmniej 8 jurorów i wystarczającej liczby audytów; gdy ich brakuje, punkty wynikają wprost "
    "z ocen w arkuszach. Ogłaszamy, który sposób zastosowaliśmy."
)
_OFFICIAL: Final = {
    "raw": [
        "Punkty wynikają wprost z ocen w arkuszach audytu, bez poprawki na surowość jurorów.",
        "Wynik w kanale to średnia z jego audytów, a punkty instytucji to średnia ważona wyników w kanałach.",
    ],
    "fair": [
        "Wynik każdego audytu poprawiamy o surowość jurora, oszacowaną ze wszystkich audytów edycji.",
        "Wynik w kanale to średnia z jego poprawionych audytów, a punkty instytucji to średnia ważona wyników "
        "w kanałach, nie mniej niż 0 i nie więcej niż 100.",
        _NEEDS,
    ],
    "blup": [
        "Wynik każdego audytu poprawiamy o surowość jurora, oszacowaną ze wszystkich audytów edycji.",
        "Punkty to najlepsze oszacowanie jakości instytucji: im mniej o niej wiadomo, tym bliżej średniej edycji; "
        "nie mniej niż 0 i nie więcej niż 100.",
        _NEEDS,
    ],
}


def sentences(rules: Rulebook) -> list[tuple[str, list[str]]]:
    """All rules as (heading, sentences)."""
    return [
        ("Punkty rankingowe", _points(rules)),
        ("Kanały kontaktu", [_channel(rules, key, rule) for key, rule in rules.channels.items()]),
        ("Kiedy audyt się liczy", _audit(rules)),
        ("Klasyfikacja", _ranked(rules)),
        ("Licencja Jakości", _licence(rules)),
        ("Miejsca i remisy", _standings(rules)),
        ("Co ogłaszamy", _published(rules)),
        ("Jak przebiegają audyty", _fieldwork(rules)),
        ("Ważność i opłata", _terms(rules)),
        ("Nagrody", _awards(rules)),
    ]


def _n(value: Fraction | int) -> str:
    return text(Fraction(value)).replace(".", ",")


def _percent(share: Fraction) -> str:
    return f"{_n(share * 100)}%"


def _many(count: int, one: str, few: str, many: str) -> str:
    """The number with its noun: 1 punkt, 2 punkty, 5 punktów, 22 punkty."""
    if count == 1:
        return f"{count} {one}"
    is_few = count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14}
    return f"{count} {few if is_few else many}"


def _one_or(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " i " + names[-1]


def _points(rules: Rulebook) -> list[str]:
    decimals = rules.points.decimals
    half = "w górę" if rules.points.mode == "half-up" else "do najbliższej cyfry parzystej"
    precision = f"z dokładnością do {_one_or(decimals, 'miejsca', 'miejsc')} po przecinku"
    return [
        "Wynik instytucji wyrażamy w punktach rankingowych od 0 do 100, "
        + (f"{precision}." if decimals else "w pełnych punktach."),
        f"Zaokrąglamy tylko raz, przy ogłoszeniu; połówki {half}.",
        *_OFFICIAL[rules.official_score],
    ]


def _channel(rules: Rulebook, key: str, rule: ChannelRule) -> str:
    total = sum((other.weight for other in rules.channels.values()), Fraction(0))
    exact = 100 * rule.weight / total
    share = Fraction(RoundingRule(1).apply(exact))
    about = "" if share == exact else "około "
    name = f"{CHANNEL_NAMES[key]}: waga {_n(rule.weight)} ({about}{_n(share)}% wyniku)"
    if rule.is_required:
        need = "kanał obowiązkowy, bez audytu w nim nie klasyfikujemy; jeśli instytucja go nie prowadzi"
    else:
        need = "kanał nieobowiązkowy; jeśli zabraknie w nim audytu"
    if rule.absent == "zero":
        lack = "otrzymuje w nim 0 punktów" if rule.is_required else "instytucja otrzymuje w nim 0 punktów"
    else:
        lack = "pomijamy go, a wagi pozostałych rosną proporcjonalnie"
    return f"{name}; {need}, {lack}."


def _audit(rules: Rulebook) -> list[str]:
    least = _percent(rules.audit.min_coverage)
    return [
        f"Audyt liczy się, gdy juror ocenił co najmniej {least} wagi arkusza; „nie dotyczy” nie jest oceną.",
        "Pozycje, które nie dotyczą instytucji, ani jej nie pomagają, ani nie szkodzą.",
        "Brak odpowiedzi w wyznaczonym czasie to 0 punktów, a nie „nie dotyczy”.",
    ]


def _ranked(rules: Rulebook) -> list[str]:
    ranked = rules.ranked
    audits = _many(ranked.min_audits, "audyt", "audyty", "audytów")
    jurors = _one_or(ranked.min_jurors, "jurora", "jurorów")
    channels = _one_or(ranked.min_channels, "kanale", "kanałach")
    return [
        f"Klasyfikujemy instytucję, która ma co najmniej {audits}, wykonane przez co najmniej {jurors} "
        f"w co najmniej {channels}.",
        "Pozostałe są nieklasyfikowane z powodu zbyt małej liczby danych; brakujących wyników nie zgadujemy.",
    ]


def _licence(rules: Rulebook) -> list[str]:
    licence = rules.licence
    threshold = _many_points(licence.threshold)
    if licence.guarded is not None:
        first = _guarded(licence.guarded, threshold)
    elif licence.policy == "simple":
        first = [f"Licencję otrzymuje instytucja, która zdobyła co najmniej {threshold}."]
    else:
        first = [
            f"Licencję otrzymuje instytucja, która zdobyła więcej niż {threshold} "
            "i więcej niż wynosi średnia jej kategorii."
        ]
    audits = _many(licence.min_audits, "audyt", "audyty", "audytów")
    found = [
        *first,
        f"Potrzebne są też co najmniej {audits} i wyniki z co najmniej "
        f"{_one_or(licence.min_channels, 'kanału', 'kanałów')}.",
    ]
    if licence.min_channel_score is None:
        found.append("Nie wymagamy najniższego wyniku w pojedynczym kanale.")
    else:
        found.append(f"W żadnym kanale wynik nie może być niższy niż {_many_points(licence.min_channel_score)}.")
    found.append(
        {
            "refuse": "Niespełnienie pozycji krytycznej ogranicza wynik audytu do pułapu podanego w arkuszu "
            "i wyklucza licencję.",
            "cap": "Niespełnienie pozycji krytycznej ogranicza wynik audytu do pułapu podanego w arkuszu, "
            "ale samo nie wyklucza licencji.",
            "ignore": "Niespełnienie pozycji krytycznej odnotowujemy w raporcie; nie zmienia ono wyniku "
            "ani prawa do licencji.",
        }[licence.critical]
    )
    return found


def _guarded(rule: GuardedRule, threshold: str) -> list[str]:
    audits = _many(rule.extra_audits, "dodatkowy audyt", "dodatkowe audyty", "dodatkowych audytów")
    return [
        f"Licencję otrzymuje instytucja, o której z pewnością co najmniej {_percent(rule.grant)} wiadomo, "
        f"że zasługuje na co najmniej {threshold}; gdy pewność wynosi najwyżej {_percent(rule.refuse)}, "
        "licencji nie przyznajemy.",
        f"Pomiędzy leży strefa graniczna: zlecamy w niej najwyżej {audits} jurorom, którzy tam jeszcze nie byli, "
        "a potem rozstrzyga pewność co najmniej 50%.",
    ]


def _many_points(value: Fraction) -> str:
    if value.denominator != 1:
        return f"{_n(value)} punktu"
    return _many(value.numerator, "punkt", "punkty", "punktów")


def _standings(rules: Rulebook) -> list[str]:
    names = {"category": "w kategoriach", "overall": "w klasyfikacji ogólnej"}
    scopes = [names[scope] for scope in rules.standings.scopes]
    first = f"Miejsca przyznajemy {_listed(scopes)}." if scopes else "Miejsc nie przyznajemy."
    found = [first, "Przy równych ogłoszonych punktach instytucje dzielą miejsce: 1, 2, 2, 4."]
    rules_of_ties = [_PRIZE_TIES[rule] for rule in rules.standings.prize_ties]
    if rules_of_ties:
        found.append("O nagrodzie, której nie można podzielić, rozstrzyga kolejno: " + "; ".join(rules_of_ties) + ".")
    else:
        found.append("Nagroda, którą zdobyło kilka instytucji z równą liczbą punktów, przypada im wszystkim.")
    return found


def _published(rules: Rulebook) -> list[str]:
    shown = rules.published
    return [
        "Instytucja poznaje swoje punkty." if shown.points_to_institution else "Instytucja nie poznaje swoich punktów.",
        "Instytucja poznaje swoje miejsce."
        if shown.place_to_institution
        else "Instytucja nie poznaje swojego miejsca.",
        "Punkty podajemy do publicznej wiadomości."
        if shown.points_public
        else "Punktów nie podajemy do publicznej wiadomości.",
        "Miejsca podajemy do publicznej wiadomości."
        if shown.places_public
        else "Miejsc nie podajemy do publicznej wiadomości.",
        "Publicznie wymieniamy tylko laureatów."
        if shown.only_laureates
        else "Publicznie wymieniamy wszystkich uczestników.",
    ]


def _fieldwork(rules: Rulebook) -> list[str]:
    work = rules.fieldwork
    gap = work.min_working_days_between
    days = _many(gap, "dzień roboczy", "dni robocze", "dni roboczych")
    completion = _many(work.completion_working_days, "dzień roboczy", "dni robocze", "dni roboczych")
    return [
        f"Juror składa sprawozdanie w ciągu {_one_or(work.report_hours, 'godziny', 'godzin')} od audytu.",
        f"Między dwoma audytami tej samej instytucji mija co najmniej {days}."
        if gap
        else "Odstępu między audytami tej samej instytucji nie wyznaczamy.",
        f"Jeden juror wykonuje najwyżej {_percent(work.max_share_of_juror)} audytów jednej instytucji.",
        f"Niezależnie oceniamy drugi raz {_percent(work.double_scored_share)} audytów."
        if work.double_scored_share
        else "Audytów nie oceniamy drugi raz.",
        f"Na uzupełnienie zgłoszenia instytucja ma {completion}.",
    ]


def _terms(rules: Rulebook) -> list[str]:
    terms = rules.licence_terms
    months = _many(terms.months, "miesiąc", "miesiące", "miesięcy")
    found = [f"Licencja jest ważna {months} od dnia przyznania."]
    if not terms.fee:
        return [*found, "Udział i licencja są bezpłatne."]
    if len(terms.fee) == 1:
        return [*found, f"Opłatę ponoszą tylko laureaci; wynosi ona {_money(terms.fee[0].net)} netto."]
    found.append("Opłatę ponoszą tylko laureaci, zależnie od liczby zatrudnionych; kwoty są netto.")
    for band in terms.fee:
        who = "Większe zatrudnienie" if band.up_to is None else f"Do {_one_or(band.up_to, 'osoby', 'osób')}"
        found.append(f"{who}: {_money(band.net)}.")
    return found


def _money(amount: Fraction) -> str:
    shown = _n(amount) if amount.denominator == 1 else str(RoundingRule(2).apply(amount)).replace(".", ",")
    return f"{shown} zł"


def _awards(rules: Rulebook) -> list[str]:
    if not rules.awards:
        return ["Poza licencją nie przyznajemy nagród."]
    found = []
    for award in rules.awards:
        count = "bez ograniczenia liczby" if award.most is None else f"najwyżej {award.most}"
        kind = _AWARD_KINDS[award.kind]
        name = award.title if award.title.casefold().startswith(kind) else f"{award.title} ({kind})"
        found.append(f"{name}: {count}, z pisemnym uzasadnieniem.")
    return found
