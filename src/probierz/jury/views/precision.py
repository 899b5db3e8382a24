"""How exactly a plan would measure: where the figures come from, one more audit, swaps that help."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from probierz.applications.queries import applications_visible_to
from probierz.base.rules import NotAllowed
from probierz.jury import actions, queries, rules
from probierz.jury.forms import MoreForm, RevisionForm
from probierz.jury.views.plans import chosen_juror, exactness, plan_of, to


@require_GET
def explanation(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    plans = queries.plan_figures_visible_to(request.user)
    found = get_object_or_404(plans, key=key, edition__programme__slug=programme, edition__slug=edition)
    context = {"edition": found.edition, "programme": found.edition.programme, "plan": found, **exactness(found)}
    return render(request, "jury/office/precision.html", context)


@require_POST
def repair(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    found = plan_of(request, programme, edition, key)
    rules.can_change_plan(request.user, found).require()
    form = RevisionForm(request.POST)
    revision = form.cleaned_data["revision"] if form.is_valid() else -1
    mending = queries.mending_of(found)
    if mending is None or not mending.changes:
        messages.info(request, _("Nie znaleziono zamiany, która poprawiłaby powiązania. Propozycja się nie zmieniła."))
    else:
        actions.repair_plan(plan=found, mending=mending, revision=revision, actor=request.user)
        messages.success(request, _repaired(mending))
    answer = to("office-allocation-plan", found.edition, key=key)
    answer["Location"] += "#dokladnosc"
    return answer


def _repaired(mending: queries.Mending) -> str:
    seats = len(mending.changes)
    words = ngettext("Zmieniono jurora na %(n)s miejscu.", "Zmieniono jurorów na miejscach: %(n)s.", seats) % {
        "n": seats
    }
    before, after = (queries.error_in_words(pev) for pev in mending.worst)
    if before == after:
        same = _("Największy błąd pozostał %(error)s pkt, średni nieco zmalał.")
        return f"{words} {same % {'error': after}}"
    said = _("Największy błąd: przedtem %(before)s, teraz %(after)s pkt.")
    return f"{words} {said % {'before': before, 'after': after}}"


@require_POST
def add(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    """One more audit, where the page said it would help most."""
    found = plan_of(request, programme, edition, key)
    rules.can_change_plan(request.user, found).require()
    form = MoreForm(request.POST)
    if not form.is_valid():
        raise NotAllowed("unknown-seat", _("Tego miejsca nie ma w propozycji."))
    given = form.cleaned_data
    mine = applications_visible_to(request.user)
    application = get_object_or_404(mine, key=given["application"], edition=found.edition_id)
    plan = actions.add_seat(
        plan=found,
        application=application,
        channel=given["channel"],
        juror=chosen_juror(request, found, given["juror"]),
        revision=given["revision"],
        actor=request.user,
    )
    messages.success(request, _("Audyt dodano do propozycji."))
    seat = plan.outcome["seats"][-1]["id"]
    answer = to("office-allocation-plan", found.edition, key=key)
    answer["Location"] += f"?miejsce={seat}#m-{seat}"
    return answer
