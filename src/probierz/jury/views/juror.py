"""The juror's own pages: the profile, and the word that opens an institution."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from probierz.jury import actions, queries, rules
from probierz.jury.forms import ProfileForm, WordForm
from probierz.jury.models import Juror


def profile(request: HttpRequest, key: Any = None) -> HttpResponse:
    mine = list(queries.juries_of(request.user))
    found = get_object_or_404(queries.juries_of(request.user), key=key or mine[0].key)
    form = ProfileForm(request.POST or None, instance=_again(request, found))
    if form.is_valid():
        actions.update_profile(juror=found, changes=form.cleaned_data, actor=request.user)
        messages.success(request, _("Profil zapisano."))
        return redirect("jury-profile-of", key=found.key)
    return render(request, "jury/juror/profile.html", {"form": form, "juror": found, "juries": mine})


def _again(request: HttpRequest, juror: Juror) -> Juror:
    """A second copy for the form to write on, so that the action sees what has changed."""
    return get_object_or_404(queries.juries_of(request.user), key=juror.key)


@require_GET
def declarations(request: HttpRequest) -> HttpResponse:
    context = {"waiting": queries.waiting_words(request.user), "given": queries.given_words(request.user)}
    return render(request, "jury/juror/declarations.html", context)


def declaration(request: HttpRequest, key: Any) -> HttpResponse:
    own = queries.assignments_visible_to(request.user)
    assignment = get_object_or_404(own, key=key, juror__user=request.user)
    if request.method != "POST":
        allowed = rules.can_declare(request.user, assignment)
        if allowed.code == "already-declared":
            return redirect("jury-declarations")
        allowed.require()
        return render(request, "jury/juror/declaration.html", {"assignment": assignment, "form": WordForm()})
    if request.POST.get("word") == "free":
        actions.declare(assignment=assignment, is_free=True, actor=request.user)
        return redirect("jury-assignment", key=assignment.key)
    form = WordForm(request.POST)
    if not form.is_valid():
        context = {"assignment": assignment, "form": form, "in_conflict": True}
        return render(request, "jury/juror/declaration.html", context)
    relation = form.cleaned_data["relation"]
    actions.declare(assignment=assignment, is_free=False, relation=relation, actor=request.user)
    messages.success(request, _("Dziękujemy. Tę instytucję audytuje ktoś inny. Szczegóły zna tylko biuro."))
    return redirect("jury-declarations")
