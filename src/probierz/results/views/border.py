"""The border zone: one more audit, in one click."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from probierz.audits.actions import order_extra_audit
from probierz.base.clock import WARSAW, last_day_before
from probierz.base.wording import span_words
from probierz.editions.queries import editions_visible_to
from probierz.results import queries, rules
from probierz.results.models import Result


@require_POST
def order(request: HttpRequest, programme: str, edition: str, key: str, application: str) -> HttpResponse:
    found = get_object_or_404(editions_visible_to(request.user), programme__slug=programme, slug=edition)
    calculation = get_object_or_404(queries.calculations_visible_to(request.user), key=key, edition=found)
    result = get_object_or_404(queries.result_in(calculation, application))
    rules.can_order_extra(request.user, calculation).require()
    queries.border_of(result).verdict.require()
    search = queries.extra_search(result)
    if search.visit is None:
        messages.warning(request, f"{search.why} {search.mend}")
    else:
        _order(request, result)
    return redirect("office-result", programme=programme, edition=edition, key=key, application=application)


def _order(request: HttpRequest, result: Result) -> None:
    made = order_extra_audit(
        application=result.application,
        channels=queries.channels_for_extra(result),
        most=queries.most_extra_audits(result.calculation),
        actor=request.user,
    )
    words = _("Dodatkowy audyt zlecony: %(juror)s, kanał: %(channel)s, %(window)s. E-mail do jurora jest w drodze.")
    window = span_words(made.opens_at.astimezone(WARSAW).date(), last_day_before(made.closes_at))
    given = {"juror": made.juror.pseudonym, "channel": made.get_channel_display(), "window": window}
    messages.success(request, words % given)
