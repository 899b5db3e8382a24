"""An institution's pages: its own published results, each as a page and as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from probierz.base import charts
from probierz.base.downloads import as_download
from probierz.base.wording import decimal
from probierz.results import printing, queries, sureness, wording
from probierz.results.models import Result
from probierz.results.report import Report, report_of


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    return render(request, "results/panel/results.html", {"results": queries.results_visible_to(request.user)})


def _own(request: HttpRequest, key: str) -> Result:
    return get_object_or_404(queries.results_visible_to(request.user), application__key=key)


@require_GET
def result(request: HttpRequest, key: str) -> HttpResponse:
    found = _own(request, key)
    facts = report_of(found)
    edition = found.calculation.edition
    context = {
        "result": found,
        "facts": facts,
        "institution": found.application.institution,
        "published_edition": edition,
        "publication": found.calculation.publication,
        "chart": charts.for_page(lambda width, key: printing.profile_of(facts, key=f"profil{key}", width=width)),
        "chart_table": printing.profile_of(facts).table,
        "method": printing.method_words(facts),
        "summary": printing.summary_words(facts),
        "sureness": sureness.sureness_words(facts),
        "improvements": [(fact, printing.lost_words(fact)) for fact in facts.improvements],
        "report": queries.report_of(request.user, found),
        "reasons": wording.reasons(facts.summary["why_not_classified"]),
        **_notes(facts),
    }
    return render(request, "results/panel/result.html", context)


def _notes(facts: Report) -> dict[str, str]:
    """What stands beside each number, so that none is naked."""
    places = {
        f"{scope}_note": wording.among(facts.places[scope]["among"])
        for scope in ("category", "overall")
        if scope in facts.places
    }
    if facts.mean is None:
        return places
    words = _("średnia kategorii %(mean)s, instytucji: %(n)s")
    return places | {"mean_note": words % {"mean": decimal(facts.mean, 1), "n": facts.in_category}}


@require_GET
def report(request: HttpRequest, key: str) -> HttpResponse:
    found = _own(request, key)
    kept = queries.report_of(request.user, found)
    if kept is None or not kept.file:
        raise Http404
    with kept.file.open("rb") as file:
        content = file.read()
    return as_download(content, name=printing.file_name(found), content_type="application/pdf")
