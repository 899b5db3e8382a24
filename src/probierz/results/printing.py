"""The ranking report as a printed document. Says what the report knows; who judged and when, it does not know."""

from __future__ import annotations

import re
from fractions import Fraction

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from probierz.base import charts, documents
from probierz.base.clock import WARSAW, last_day_before, now
from probierz.base.polish import fold, roman
from probierz.base.print import data
from probierz.base.wording import count, day_words, decimal, percent, signed, span_words
from probierz.editions.models import Edition, Stage
from probierz.editions.rules import stage_of
from probierz.results import queries, wording
from probierz.results.models import RankingReport, Result
from probierz.results.report import ChannelFact, CriterionFact, ImprovementFact, RemarkFact, Report, report_of
from probierz.results.sureness import sureness_words

# On paper; the page shows them all.
MOST_REMARKS = 12


def report_pdf(report: RankingReport) -> bytes:
    """The same report always gives the same bytes: its date is that of the publication."""
    result = queries.result_of_report(report)
    with translation.override("pl"):
        facts = report_of(result)
        palette = charts.print_palette(result.calculation.edition.programme.accent)
        return documents.render(
            "ranking_report",
            printed(facts),
            title=_("Raport rankingowy: %(name)s") % {"name": result.application.institution.name},
            made_at=result.calculation.publication.published_at or now(),
            pictures={"profile": profile_chart(facts, palette=palette, width=charts.WIDE)},
        )


def file_name(result: Result) -> str:
    """Says whose and of which edition; nothing of the audits."""
    edition = result.calculation.edition
    holder = re.sub(r"\s+", "-", fold(result.application.institution.display_name))[:60]
    return f"raport-{edition.programme.slug}-{edition.slug}-{holder}.pdf"


def profile_chart(facts: Report, *, palette: charts.Palette, width: int) -> bytes:
    return str(profile_of(facts, palette=palette, width=width).svg).encode()


def profile_of(
    facts: Report, *, key: str = "profil", palette: charts.Palette = charts.PAGE, width: int = charts.WIDE
) -> charts.Chart:
    rows = [
        charts.ProfileRow(wording.channel_name(channel.channel).capitalize(), channel.score, channel.mean)
        for channel in facts.channels
        if channel.score is not None
    ]
    return charts.profile(key, rows, title=_("Wynik w kanałach na tle kategorii"), palette=palette, width=width)


def printed(facts: Report) -> data.RankingReport:
    result = facts.result
    edition = result.calculation.edition
    programme = edition.programme
    category = result.application.category.name
    published_at = result.calculation.publication.published_at or now()
    place, place_of = _place(facts, category)
    return {
        "programme": {
            "name": programme.name,
            "accent": programme.accent,
            "organiser": programme.organiser_name,
            "address": _bare(programme.website),
        },
        "edition": _("%(number)s edycja, %(year)s") % {"number": roman(edition.number), "year": edition.year},
        "category": category,
        "holder": result.application.institution.name,
        "made": day_words(published_at),
        "points": wording.figure(facts.points) if facts.points else "",
        "points_of": _("na 100 punktów rankingowych"),
        "place": place,
        "place_of": place_of,
        "decision": wording.decision_told(facts.decision).capitalize(),
        "summary": summary_words(facts),
        "stats": _stats(facts),
        "profile_words": _profile_words(facts),
        "channels": [_channel(channel) for channel in facts.channels if channel.score is not None],
        "strengths": [_strength(fact) for fact in facts.strengths],
        "improvements": [_improvement(fact) for fact in facts.improvements],
        "remarks": [
            {"channel": wording.channel_name(one.channel).capitalize(), "text": one.text}
            for one in _most_telling(facts.remarks)
        ],
        "audits": _audits(facts, edition),
        "method": [*method_words(facts), *sureness_words(facts)],
        "verification": _verification(result),
    }


def _place(facts: Report, category: str) -> tuple[str, str]:
    """The place and what it is among; both empty when there is none."""
    place = facts.places.get("category") or facts.places.get("overall")
    if not place:
        return "", ""
    among = count(place["among"], _("instytucji"), _("instytucji"), _("instytucji"))
    words = _("wśród %(among)s w kategorii „%(category)s”") if "category" in facts.places else _("wśród %(among)s")
    return _("%(place)s. miejsce") % {"place": place["place"]}, words % {"among": among, "category": category}


def summary_words(facts: Report) -> str:
    """Two sentences: where it is strongest, and what would bring most."""
    scored = [channel for channel in facts.channels if channel.score is not None]
    if not scored:
        return _("Nie ma jeszcze zaliczonych audytów, z których można by ułożyć raport.")
    best = max(scored, key=lambda channel: channel.score or 0)
    words = _("Najmocniejszy kanał to %(channel)s: %(score)s na 100.") % {
        "channel": wording.channel_name(best.channel),
        "score": decimal(best.score or 0, 1),
    }
    if facts.improvements:
        first = facts.improvements[0]
        words += " " + _("Najwięcej można zyskać w kanale %(channel)s, w części „%(section)s”.") % {
            "channel": wording.channel_name(first.channel),
            "section": first.section,
        }
    return words


def _stats(facts: Report) -> list[data.Stat]:
    found: list[data.Stat] = []
    if facts.points and facts.mean is not None:
        difference = Fraction(facts.points) - facts.mean
        found.append(
            {
                "label": _("Na tle średniej kategorii"),
                "value": signed(difference, 1),
                "unit": _("pkt"),
                "note": _("Średnia z %(n)s: %(mean)s pkt.")
                % {
                    "n": count(facts.in_category, _("instytucji"), _("instytucji"), _("instytucji")),
                    "mean": decimal(facts.mean, 1),
                },
            }
        )
    channels = sum(1 for channel in facts.channels if channel.state == "scored")
    found.append(
        {
            "label": _("Audyty liczone do wyniku"),
            "value": str(facts.audits),
            "unit": _("z %(total)s") % {"total": facts.audits + facts.left_out},
            "note": ngettext("W %(n)s kanale.", "W %(n)s kanałach.", channels) % {"n": channels},
        }
    )
    if facts.improvements:
        total = sum((fact.gain for fact in facts.improvements), Fraction(0))
        found.append(
            {
                "label": _("Do odzyskania"),
                "value": signed(total, 1),
                "unit": _("pkt"),
                "note": _("Tyle dają razem zmiany wymienione dalej."),
            }
        )
    return found


def _profile_words(facts: Report) -> str:
    parts = []
    for channel in facts.channels:
        if channel.score is None:
            continue
        words = f"{wording.channel_name(channel.channel)} {decimal(channel.score, 1)}"
        if channel.mean is not None:
            words += " " + _("przy średniej %(mean)s") % {"mean": decimal(channel.mean, 1)}
        parts.append(words)
    return "; ".join(parts) + "."


def _most_telling(remarks: tuple[RemarkFact, ...]) -> list[RemarkFact]:
    """The longest remarks, each once, in their own order."""
    once = list({remark.text: remark for remark in remarks}.values())
    chosen = sorted(once, key=lambda remark: -len(remark.text))[:MOST_REMARKS]
    return [remark for remark in once if remark in chosen]


def _channel(fact: ChannelFact) -> data.ChannelPart:
    return {
        "title": wording.channel_name(fact.channel).capitalize(),
        "score": _figure(fact.score),
        "mean": _figure(fact.mean),
        "weight": percent(fact.weight),
        "criteria": [_criterion(one) for one in fact.criteria if one.weight],
    }


def _criterion(fact: CriterionFact) -> data.CriterionLine:
    return {
        "title": fact.title,
        "weight": percent(fact.weight),
        "score": _figure(fact.score) if fact.score is not None else _("nie dotyczy"),
        "mean": _figure(fact.mean),
        "difference": "" if fact.difference is None else signed(fact.difference, 1),
    }


def _strength(fact: CriterionFact) -> data.Strength:
    words = _("%(score)s na 100.") % {"score": _figure(fact.score)}
    if fact.mean is not None:
        words = _("%(score)s na 100; średnia kategorii %(mean)s.") % {
            "score": _figure(fact.score),
            "mean": _figure(fact.mean),
        }
    return {
        "title": fact.title.removesuffix("."),
        "place": wording.channel_name(fact.channel).capitalize(),
        "detail": words,
    }


def _improvement(fact: ImprovementFact) -> data.Improvement:
    return {
        "title": fact.title.removesuffix("."),
        "place": f"{wording.channel_name(fact.channel).capitalize()} · {fact.section}",
        "detail": lost_words(fact),
        "gain": signed(fact.gain, 1) if fact.gain >= Fraction(1, 20) else signed(fact.gain, 2),
    }


def lost_words(fact: ImprovementFact) -> str:
    if fact.asked_in == 1:
        return _("Punkty stracono w jedynym audycie, który o to pytał.")
    return _("Punkty stracono w %(lost)s z %(asked)s audytów.") % {"lost": fact.lost_in, "asked": fact.asked_in}


def _audits(facts: Report, edition: Edition) -> list[data.AuditLine]:
    """The window is that of the whole stage, the same for everyone: no contact can be told from it."""
    fieldwork = stage_of(edition, Stage.Kind.FIELDWORK)
    window = ""
    if fieldwork:
        first = fieldwork.opens_at.astimezone(WARSAW).date()
        window = span_words(first, last_day_before(fieldwork.closes_at))
    return [
        {
            "channel": wording.channel_name(channel.channel).capitalize(),
            "window": window,
            "note": count(channel.audits, _("audyt zaliczony"), _("audyty zaliczone"), _("audytów zaliczonych")),
        }
        for channel in facts.channels
        if channel.audits
    ]


def method_words(facts: Report) -> list[str]:
    decimals = facts.outcome.rulebook.points.decimals
    return [
        _(
            "Każdy audyt to jeden anonimowy kontakt. Juror wypełnia arkusz, którego kryteria i wagi są publiczne. "
            "Pozycja, która nie ma zastosowania, nie obniża wyniku."
        ),
        _(
            "Wynik kanału to średnia jego audytów, a punkty rankingowe to średnia kanałów ważona podanymi wagami. "
            "Zaokrąglamy raz, przy publikacji, %(precision)s."
        )
        % {"precision": _precision(decimals)},
        _(
            "Przy każdym obszarze do poprawy podajemy, o ile wzrosłyby punkty, gdyby ta jedna pozycja miała komplet, "
            "a reszta pozostała bez zmian."
        ),
        _(
            "Raport nie mówi, kto, skąd i kiedy dokładnie się z Państwem kontaktował. "
            "Wyników nie wolno używać przeciwko pracownikom."
        ),
    ]


def _precision(decimals: int) -> str:
    if not decimals:
        return _("do pełnych punktów")
    return ngettext("do %(n)s miejsca po przecinku", "do %(n)s miejsc po przecinku", decimals) % {"n": decimals}


def _verification(result: Result) -> data.Verification:
    edition = result.calculation.edition
    address = f"{settings.SITE_URL}/{edition.programme.slug}/{edition.slug}/protokol.json"
    return {
        "words": [
            _("Wynik może sprawdzić każdy. Protokół zawiera zasady, arkusze, oceny i wyniki, bez nazw i nazwisk."),
            _("W protokole Państwa instytucja występuje jako %(pseudonym)s.") % {"pseudonym": result.pseudonym},
        ],
        "command": "python -m assay verify protokol.json",
        "digest": result.calculation.protocol_digest,
        "address": _bare(address),
    }


def _figure(value: Fraction | None) -> str:
    return "–" if value is None else decimal(value, 1)


def _bare(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://")
