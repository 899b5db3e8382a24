"""Scenarios (legends) and their dated right answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from probierz.base.clock import today
from probierz.instruments import actions, queries, rules
from probierz.instruments.forms import AnswerForm, ScenarioFilter, ScenarioForm
from probierz.instruments.forms.fields import with_value


def scenarios(request: HttpRequest) -> HttpResponse:
    form = ScenarioFilter(request.GET)
    found = queries.scenarios_matching(request.user, **form.criteria())
    rows = [(scenario, *queries.answer_state(scenario, today())) for scenario in found]
    context = {"form": form, "rows": rows, "may_edit": rules.can_edit(request.user)}
    return render(request, "instruments/office/scenarios.html", context)


def scenario(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(queries.scenarios_visible_to(request.user), key=key)
    state, days = queries.answer_state(found, today())
    context = {
        "scenario": found,
        "facts": queries.scenario_facts(found),
        "answers": [(answer, queries.is_in_force(answer, today())) for answer in found.model_answers.all()],
        "state": state,
        "days": days,
        "legal": rules.is_scenario_legal(found.form, found.channels),
        "may_edit": rules.can_edit(request.user),
    }
    return render(request, "instruments/office/scenario.html", context)


def edit(request: HttpRequest, key: str = "") -> HttpResponse:
    rules.can_edit(request.user).require()
    found = get_object_or_404(queries.scenarios_visible_to(request.user), key=key) if key else None
    initial = {name: getattr(found, name) for name in ScenarioForm.base_fields} if found else {"revision": 0}
    form = ScenarioForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            saved = actions.save_scenario(
                scenario=found,
                key=found.key if found else form.free_key(),
                values=form.values(),
                revision=form.cleaned_data["revision"],
                actor=request.user,
            )
        except actions.StaleRevision as refusal:
            form.add_error(None, str(refusal.message))
            form.data = with_value(form.data, "revision", refusal.revision)
        else:
            messages.success(request, _("Scenariusz zapisany."))
            return redirect("office-scenario", key=saved.key)
    return render(request, "instruments/office/scenario_form.html", {"form": form, "scenario": found})


def answer(request: HttpRequest, key: str, pk: int | None = None) -> HttpResponse:
    rules.can_edit(request.user).require()
    found = get_object_or_404(queries.scenarios_visible_to(request.user), key=key)
    existing = get_object_or_404(found.model_answers.all(), pk=pk) if pk else None
    latest = existing or found.model_answers.first()
    initial = {
        "points": AnswerForm.lines_of(latest.points) if latest else [],
        "valid_from": existing.valid_from if existing else today(),
        "valid_until": existing.valid_until if existing else None,
    }
    form = AnswerForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.save_model_answer(scenario=found, answer=existing, values=form.values(), actor=request.user)
        messages.success(request, _("Odpowiedź wzorcowa zapisana."))
        return redirect("office-scenario", key=found.key)
    context = {"form": form, "scenario": found, "answer": existing}
    return render(request, "instruments/office/answer_form.html", context)


@require_POST
def remove_answer(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.scenarios_visible_to(request.user), key=key)
    existing = get_object_or_404(found.model_answers.all(), pk=pk)
    actions.remove_model_answer(answer=existing, actor=request.user)
    messages.success(request, _("Odpowiedź wzorcowa usunięta."))
    return redirect("office-scenario", key=found.key)
