"""The office's first page, a new edition, and the overview of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from probierz.base.clock import now, today
from probierz.base.rules import NotAllowed
from probierz.editions import actions, overview, queries, rules
from probierz.editions.forms import NewEditionForm
from probierz.editions.models import Edition
from probierz.instruments.actions import install_shipped_instruments


def edition_of(request: HttpRequest, programme: str, edition: str) -> Edition:
    found = queries.editions_visible_to(request.user).prefetch_related("stages")
    return get_object_or_404(found, programme__slug=programme, slug=edition)


def about(edition: Edition, **more: Any) -> dict[str, Any]:
    """What every page of an edition shows around its own content."""
    return {"edition": edition, "programme": edition.programme, **more}


def home(request: HttpRequest) -> HttpResponse:
    programmes = [
        {
            "programme": programme,
            "editions": [
                {"edition": edition, "open": queries.open_stages(edition), "next": queries.next_stage(edition)}
                for edition in programme.editions.all()
            ],
        }
        for programme in queries.programmes_with_editions(request.user)
    ]
    return render(request, "editions/office/home.html", {"programmes": programmes})


def new(request: HttpRequest) -> HttpResponse:
    editions = queries.editions_visible_to(request.user)
    form = NewEditionForm(request.POST or None, editions=editions, initial=queries.next_edition(editions, today()))
    if form.is_valid():
        try:
            created = _create(request, form)
        except NotAllowed as refusal:
            fields = {"number-taken": "number", "programme-taken": "programme_name"}
            form.add_error(fields.get(refusal.code), str(refusal.message))
        else:
            messages.success(request, _("Edycja jest gotowa. Proszę sprawdzić terminy i zasady."))
            return redirect("office-edition", programme=created.programme.slug, edition=created.slug)
    return render(request, "editions/office/new.html", {"form": form})


def _create(request: HttpRequest, form: NewEditionForm) -> Edition:
    if not form.preset_key:
        return actions.create_edition_from_last_year(source=form.last_year, actor=request.user, **form.values())
    if not queries.scorecards_ready(form.preset_key):
        install_shipped_instruments(actor=request.user)
    return actions.create_edition_from_preset(
        preset_key=form.preset_key, actor=request.user, new_programme=form.new_programme, **form.values()
    )


def edition(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found, moment = edition_of(request, programme, edition), now()
    context = about(
        found,
        steps=queries.steps_of(found, moment),
        open_stages=queries.open_stages(found, moment),
        next_stage=queries.next_stage(found, moment),
        sections=overview.sections(found, request.user),
        rulebook=queries.rulebook_state(found, moment),
        channels=queries.channels_of(found),
        may_run=rules.can_run(request.user, found),
    )
    return render(request, "editions/office/overview.html", context)
