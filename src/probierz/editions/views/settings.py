"""The edition's dates, description, categories, channels and patrons."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.editions import actions, queries, rules
from probierz.editions.forms import CategoryForm, ChannelsForm, EditionForm, PatronForm, StageForm
from probierz.editions.models import Edition, Stage
from probierz.editions.views.office import about, edition_of


def _to(name: str, edition: Edition) -> HttpResponse:
    return redirect(name, programme=edition.programme.slug, edition=edition.slug)


def dates(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found, moment = edition_of(request, programme, edition), now()
    steps = {step.stage.kind: step for step in queries.steps_of(found, moment)}
    rows = [(kind, label, steps.get(kind)) for kind, label in Stage.Kind.choices]
    context = about(found, rows=rows, may_run=rules.can_run(request.user, found))
    return render(request, "editions/office/dates.html", context)


def stage(request: HttpRequest, programme: str, edition: str, kind: str) -> HttpResponse:
    if kind not in Stage.Kind.values:
        raise Http404
    found = edition_of(request, programme, edition)
    existing = rules.stage_of(found, kind)
    form = StageForm(request.POST or None, stage=existing, kind=kind)
    if form.is_valid():
        try:
            changed = actions.change_stage(edition=found, kind=kind, actor=request.user, **form.values())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Zmieniono terminy etapu „%(stage)s”.") % {"stage": changed})
            return _to("office-edition-settings", found)
    label = Stage.Kind(kind).label
    return render(request, "editions/office/stage.html", about(found, form=form, stage=existing, label=label))


def description(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = edition_of(request, programme, edition)
    form = EditionForm(request.POST or None, instance=found)
    if form.is_valid():
        found = edition_of(request, programme, edition)
        try:
            actions.update_edition(edition=found, values=form.cleaned_data, actor=request.user)
        except NotAllowed as refusal:
            form.add_error("number" if refusal.code == "number-taken" else None, str(refusal.message))
        else:
            messages.success(request, _("Opis edycji zapisany."))
            return _to("office-edition-description", found)
    context = about(found, form=form, may_run=rules.can_run(request.user, found))
    return render(request, "editions/office/description.html", context)


def categories(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = edition_of(request, programme, edition)
    context = about(found, categories=queries.categories_of(found), may_run=rules.can_run(request.user, found))
    return render(request, "editions/office/categories.html", context)


def category(request: HttpRequest, programme: str, edition: str, key: str = "") -> HttpResponse:
    found = edition_of(request, programme, edition)
    existing = get_object_or_404(found.categories.all(), key=key) if key else None
    taken = tuple(entry.key for entry in found.categories.all())
    form = CategoryForm(request.POST or None, instance=existing, taken=taken)
    if form.is_valid():
        actions.save_category(edition=found, category=existing, values=form.values(), actor=request.user)
        messages.success(request, _("Kategoria zapisana."))
        return _to("office-edition-categories", found)
    return render(request, "editions/office/category.html", about(found, form=form, category=existing))


@require_POST
def remove_category(request: HttpRequest, programme: str, edition: str, key: str) -> HttpResponse:
    found = edition_of(request, programme, edition)
    existing = get_object_or_404(found.categories.all(), key=key)
    actions.remove_category(category=existing, actor=request.user)
    messages.success(request, _("Kategoria usunięta."))
    return _to("office-edition-categories", found)


def channels(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = edition_of(request, programme, edition)
    form = ChannelsForm(request.POST or None, edition=found)
    if form.is_valid():
        actions.save_channels(edition=found, versions=form.chosen(), actor=request.user)
        messages.success(request, _("Kanały zapisane. Proszę sprawdzić ich wagi w zasadach."))
        return _to("office-edition-rulebook", found)
    context = about(
        found,
        form=form,
        channels=queries.channels_of(found),
        may_change=rules.can_change_rulebook(request.user, found),
    )
    return render(request, "editions/office/channels.html", context)


def patrons(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = edition_of(request, programme, edition)
    context = about(found, groups=queries.patrons_of(found), may_run=rules.can_run(request.user, found))
    return render(request, "editions/office/patrons.html", context)


def patron(request: HttpRequest, programme: str, edition: str, pk: int | None = None) -> HttpResponse:
    found = edition_of(request, programme, edition)
    existing = get_object_or_404(found.patrons.all(), pk=pk) if pk else None
    form = PatronForm(request.POST or None, request.FILES or None, instance=existing)
    if form.is_valid():
        existing = found.patrons.get(pk=pk) if pk else None
        actions.save_patron(
            edition=found,
            patron=existing,
            values=form.values(),
            logo=form.cleaned_data["file"],
            actor=request.user,
        )
        messages.success(request, _("Zapisano patrona."))
        return _to("office-edition-patrons", found)
    return render(request, "editions/office/patron.html", about(found, form=form, patron=existing))


@require_POST
def remove_patron(request: HttpRequest, programme: str, edition: str, pk: int) -> HttpResponse:
    found = edition_of(request, programme, edition)
    existing = get_object_or_404(found.patrons.all(), pk=pk)
    actions.remove_patron(patron=existing, actor=request.user)
    messages.success(request, _("Usunięto patrona."))
    return _to("office-edition-patrons", found)
