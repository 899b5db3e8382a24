"""The office's plan of who audits whom: settings, the proposal, changes by hand, publication."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from probierz.base import charts
from probierz.base.queries import entries_about
from probierz.base.rules import NotAllowed
from probierz.editions.models import Edition
from probierz.editions.queries import editions_visible_to
from probierz.jury import actions, picture, queries, rules
from probierz.jury.forms import PlanForm, RevisionForm, SeatForm
from probierz.jury.models import AllocationPlan, Juror

PAGE = 15


def _edition(request: HttpRequest, programme: str, edition: str) -> Edition:
    return get_object_or_404(editions_visible_to(request.user), programme__slug=programme, slug=edition)


def plan_of(request: HttpRequest, programme: str, edition: str, key: Any) -> AllocationPlan:
    plans = queries.plans_visible_to(request.user)
    return get_object_or_404(plans, key=key, edition__programme__slug=programme, edition__slug=edition)


def to(name: str, edition: Edition, **kwargs: Any) -> HttpResponse:
    return redirect(name, programme=edition.programme.slug, edition=edition.slug, **kwargs)


@require_GET
def allocation(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    return _hub(request, found, PlanForm(found))


def _hub(request: HttpRequest, edition: Edition, form: PlanForm) -> HttpResponse:
    published = queries.published_plan(edition)
    context = {
        "edition": edition,
        "programme": edition.programme,
        "form": form,
        "plan": queries.current_plan(edition),
        "published": published,
        "precision": queries.precision_figures(published) if published else None,
        "facts": queries.planning_facts(edition),
        "page": Paginator(queries.published_by_place(edition), PAGE).get_page(request.GET.get("strona")),
        "lost": queries.unreplaced_with_suggestions(edition),
        "can_propose": rules.can_propose_plan(request.user, edition),
    }
    return render(request, "jury/office/allocation.html", context)


@require_POST
def propose(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    form = PlanForm(found, request.POST)
    if not form.is_valid():
        return _hub(request, found, form)
    given = form.cleaned_data
    plan = actions.propose_plan(
        edition=found, per_channel=form.per_channel, repeat=given["repeat"], seed=given["seed"], actor=request.user
    )
    return to("office-allocation-plan", found, key=plan.key)


@require_GET
def plan(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    found = plan_of(request, programme, edition, key)
    context: dict[str, Any] = {"edition": found.edition, "programme": found.edition.programme, "plan": found}
    if found.state == AllocationPlan.State.PREPARING:
        template = "jury/office/_preparing.html" if request.headers.get("HX-Request") else "jury/office/preparing.html"
        return render(request, template, context)
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=200)
        answer["HX-Redirect"] = request.path
        return answer
    view = queries.plan_view(found)
    context |= {
        **_places(request, view),
        "can_change": rules.can_change_plan(request.user, found),
        "can_discard": rules.can_discard_plan(request.user, found),
        "can_publish": rules.can_publish_plan(request.user, found),
        "entries": entries_about(found),
        **exactness(found, view),
    }
    return render(request, "jury/office/plan.html", context)


def exactness(found: AllocationPlan, view: queries.PlanView | None = None) -> dict[str, Any]:
    """The planned precision of a plan with its picture; names need the plan's view."""
    precision = queries.precision_view(found, view) if view else queries.precision_figures(found)
    if not precision.is_judged:
        return {"precision": precision}
    tenths, edge = found.precision["tenths"], found.precision["edge"]
    chart = charts.for_page(lambda width, key: picture.errors(f"bledy{key}", tenths, edge, width=width))
    return {"precision": precision, "chart": chart, "chart_table": picture.errors("bledy", tenths, edge).table}


def _places(request: HttpRequest, view: queries.PlanView) -> dict[str, Any]:
    """The institutions asked for, on the page asked for or on the one that holds the seat just changed."""
    text, only = request.GET.get("text", ""), request.GET.get("tylko", "")
    places = view.matching(text=text, only=only)
    number = request.GET.get("strona", 1)
    if seat := request.GET.get("miejsce"):
        number = 1 + next((at for at, place in enumerate(places) if place.holds(seat)), 0) // PAGE
    return {"view": view, "page": Paginator(places, PAGE).get_page(number), "text": text, "only": only}


@require_GET
def seat(request: HttpRequest, programme: str, edition: str, key: Any, seat: str) -> HttpResponse:
    found = plan_of(request, programme, edition, key)
    rules.can_change_plan(request.user, found).require()
    return _seat_page(request, found, seat)


def _seat_page(request: HttpRequest, found: AllocationPlan, seat: str, refusal: str = "") -> HttpResponse:
    one = queries.seat_view(found, seat)
    if one is None:
        raise Http404
    context = {
        "edition": found.edition,
        "programme": found.edition.programme,
        "plan": found,
        "seat": one,
        "candidates": queries.candidates_for(found, one),
        "refusal": refusal,
    }
    return render(request, "jury/office/seat.html", context, status=409 if refusal else 200)


@require_GET
def check_seat(request: HttpRequest, programme: str, edition: str, key: Any, seat: str) -> HttpResponse:
    """At each choice: what would change, and what stands against it."""
    found = plan_of(request, programme, edition, key)
    one = queries.seat_view(found, seat)
    if one is None:
        raise Http404
    name = request.GET.get("juror", "")
    chosen = next((entry for entry in queries.candidates_for(found, one) if entry.candidate.name == name), None)
    scenario = queries.role_at(found, one, chosen.juror) if chosen and not chosen.problems else ""
    context = {"seat": one, "chosen": chosen, "scenario": scenario, "plan": found}
    return render(request, "jury/office/_check.html", context)


@require_POST
def assign(request: HttpRequest, programme: str, edition: str, key: Any, seat: str) -> HttpResponse:
    found = plan_of(request, programme, edition, key)
    form = SeatForm(request.POST)
    if not form.is_valid():
        return _seat_page(request, found, seat, _("Proszę wybrać osobę jeszcze raz."))
    try:
        juror = chosen_juror(request, found, form.cleaned_data["juror"])
        actions.assign_seat(
            plan=found, seat=seat, juror=juror, revision=form.cleaned_data["revision"], actor=request.user
        )
    except NotAllowed as refusal:
        return _seat_page(request, plan_of(request, programme, edition, key), seat, str(refusal.message))
    messages.success(request, _("Zmianę zapisano w propozycji."))
    answer = to("office-allocation-plan", found.edition, key=key)
    answer["Location"] += f"?miejsce={seat}#m-{seat}"
    return answer


def chosen_juror(request: HttpRequest, plan: AllocationPlan, name: str) -> Juror | None:
    if not name:
        return None
    return get_object_or_404(
        queries.jurors_visible_to(request.user), programme=plan.edition.programme_id, pseudonym=name
    )


@require_POST
def publish(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    found = plan_of(request, programme, edition, key)
    form = RevisionForm(request.POST)
    revision = form.cleaned_data["revision"] if form.is_valid() else -1
    actions.publish_plan(plan=found, revision=revision, actor=request.user)
    count = sum(1 for row in found.outcome["seats"] if row["juror"])
    words = ngettext("Opublikowano %(count)s przydział.", "Opublikowano przydziały: %(count)s.", count)
    told = _("Jurorzy dostali e-maile bez nazw instytucji.")
    messages.success(request, f"{words % {'count': count}} {told}")
    return to("office-allocation", found.edition)


@require_POST
def discard(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    found = plan_of(request, programme, edition, key)
    actions.discard_plan(plan=found, actor=request.user)
    messages.success(request, _("Propozycję odrzucono. Żaden przydział się nie zmienił."))
    return to("office-allocation", found.edition)
