"""The office's register of jurors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from probierz.base.queries import entries_about
from probierz.editions.queries import programmes_visible_to
from probierz.instruments.models import Channel
from probierz.jury import actions, queries, rules
from probierz.jury.forms import ConflictForm, InviteForm, JurorFilter, JurorForm, LiftForm
from probierz.jury.models import Juror

PAGE = 50


def _juror(request: HttpRequest, key: Any) -> Juror:
    return get_object_or_404(queries.jurors_visible_to(request.user), key=key)


@require_GET
def jurors(request: HttpRequest) -> HttpResponse:
    form = JurorFilter(request.GET)
    criteria = form.criteria()
    found = queries.jurors_matching(request.user, **criteria)
    programmes = list(programmes_visible_to(request.user))
    context = {
        "form": form,
        "is_filtered": bool(criteria),
        "page": Paginator(found, PAGE).get_page(request.GET.get("strona")),
        "channels": dict(Channel.choices),
        "many_programmes": len(programmes) > 1,
    }
    return render(request, "jury/office/jurors.html", context)


def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(programmes_visible_to(request.user), request.POST or None)
    if form.is_valid():
        juror = actions.invite_juror(actor=request.user, **form.cleaned_data)
        words = _("Zaproszenie wysłano na adres %(email)s. Pseudonim w konkursie: %(pseudonym)s.")
        messages.success(request, words % {"email": juror.email, "pseudonym": juror.pseudonym})
        return redirect("office-juror", key=juror.key)
    return render(request, "jury/office/invite.html", {"form": form})


@require_GET
def juror(request: HttpRequest, key: Any) -> HttpResponse:
    return _card(request, _juror(request, key))


def _card(request: HttpRequest, found: Juror, conflict_form: ConflictForm | None = None) -> HttpResponse:
    context = {
        "juror": found,
        "programme": found.programme,
        "card": queries.card_of(request.user, found),
        "can_run": rules.can_run_jury(request.user, found.programme),
        "can_invite_again": rules.can_invite_again(request.user, found),
        "can_rest": rules.can_rest(request.user, found),
        "can_activate": rules.can_activate(request.user, found),
        "conflict_form": conflict_form or ConflictForm(found.programme),
        "lift_form": LiftForm(auto_id="lift_%s"),
        "entries": entries_about(found),
    }
    return render(request, "jury/office/juror.html", context)


def edit(request: HttpRequest, key: Any) -> HttpResponse:
    found = _juror(request, key)
    rules.can_run_jury(request.user, found.programme).require()
    form = JurorForm(request.POST or None, instance=_juror(request, key))
    if form.is_valid():
        actions.edit_juror(juror=found, changes=form.cleaned_data, actor=request.user)
        messages.success(request, _("Zmiany zapisano."))
        return redirect("office-juror", key=key)
    return render(request, "jury/office/edit.html", {"form": form, "juror": found})


@require_POST
def invite_again(request: HttpRequest, key: Any) -> HttpResponse:
    juror = actions.invite_again(juror=_juror(request, key), actor=request.user)
    messages.success(request, _("Nowe zaproszenie wysłano na adres %(email)s.") % {"email": juror.email})
    return redirect("office-juror", key=key)


@require_POST
def rest(request: HttpRequest, key: Any) -> HttpResponse:
    actions.rest_juror(juror=_juror(request, key), actor=request.user)
    messages.success(request, _("Ta osoba nie będzie brana pod uwagę w kolejnych planach."))
    return redirect("office-juror", key=key)


@require_POST
def activate(request: HttpRequest, key: Any) -> HttpResponse:
    actions.activate_juror(juror=_juror(request, key), actor=request.user)
    messages.success(request, _("Ta osoba znów bierze udział w pracach jury."))
    return redirect("office-juror", key=key)


@require_POST
def add_conflict(request: HttpRequest, key: Any) -> HttpResponse:
    found = _juror(request, key)
    form = ConflictForm(found.programme, request.POST)
    if not form.is_valid():
        return _card(request, found, form)
    actions.add_conflict(juror=found, actor=request.user, **form.cleaned_data)
    messages.success(request, _("Konflikt zapisano. Przydziały tej osoby w tej instytucji odwołano."))
    return redirect("office-juror", key=key)


@require_POST
def lift_conflict(request: HttpRequest, key: Any, conflict: int) -> HttpResponse:
    found = _juror(request, key)
    one = get_object_or_404(queries.conflicts_visible_to(request.user), juror=found, pk=conflict)
    form = LiftForm(request.POST)
    if form.is_valid():
        actions.lift_conflict(conflict=one, reason=form.cleaned_data["reason"], actor=request.user)
        messages.success(request, _("Konflikt zniesiono. Uzasadnienie zostaje przy jurorze."))
    else:
        messages.error(request, _("Konfliktu nie zniesiono: uzasadnienie musi mieć co najmniej 10 znaków."))
    return redirect("office-juror", key=key)
