"""The office's register: list, card, entry, duplicates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from probierz.accounts.queries import open_invitations
from probierz.base.clock import today
from probierz.base.downloads import as_download
from probierz.institutions import actions, export, queries
from probierz.institutions.forms import InstitutionForm, InviteRepresentativeForm, MergeForm, RegisterFilter
from probierz.institutions.history import history_of
from probierz.institutions.models import Institution, Representative
from probierz.institutions.representation import ROLE
from probierz.institutions.views.parts import parts_context

PAGE_SIZE = 50


@require_GET
def institutions(request: HttpRequest) -> HttpResponse:
    form = RegisterFilter(request.GET)
    found = queries.register(request.user, **form.criteria())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("strona"))
    context = {"form": form, "page": page, "waiting": queries.waiting_requests(), "is_filtered": bool(form.criteria())}
    return render(request, "institutions/office/list.html", context)


@require_GET
def export_institutions(request: HttpRequest) -> HttpResponse:
    found = queries.register(request.user, **RegisterFilter(request.GET).criteria())
    name = f"instytucje-{today().isoformat()}.csv"
    return as_download(export.as_csv(found).encode(), name=name, content_type="text/csv; charset=utf-8")


@require_GET
def institution(request: HttpRequest, institution: UUID) -> HttpResponse:
    found = _card_of(request, institution)
    if found.merged_into is not None:
        return render(request, "institutions/office/merged.html", {"institution": found})
    return render(request, "institutions/office/card.html", card_context(request, found))


def card_context(request: HttpRequest, found: Institution, **more: Any) -> dict[str, Any]:
    return {
        "institution": found,
        "representatives": queries.representatives_of(found),
        "invitations": open_invitations(ROLE, str(found.key)),
        "invite_form": InviteRepresentativeForm(),
        "history": history_of(found),
        **parts_context(found, "office"),
        **more,
    }


def new_institution(request: HttpRequest) -> HttpResponse:
    form = InstitutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        created = actions.create_institution(actor=request.user, data=form.data_for_action())
        messages.success(request, _("Instytucja jest w rejestrze."))
        return redirect("office-institution", institution=created.key)
    return render(request, "institutions/office/edit.html", {"form": form})


def edit_institution(request: HttpRequest, institution: UUID) -> HttpResponse:
    found = get_object_or_404(queries.institutions_visible_to(request.user), key=institution)
    form = InstitutionForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.update_institution(actor=request.user, institution=found, data=form.data_for_action())
        messages.success(request, _("Zapisano zmiany."))
        return redirect("office-institution", institution=found.key)
    return render(request, "institutions/office/edit.html", {"form": form, "institution": found})


@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    return render(request, "institutions/office/duplicates.html", {"groups": queries.likely_duplicates(request.user)})


def merge(request: HttpRequest) -> HttpResponse:
    form = MergeForm(request.POST or request.GET, user=request.user)
    if not form.is_valid():
        messages.error(request, _("Proszę wskazać dwie różne instytucje z rejestru."))
        return redirect("office-institutions-duplicates")
    kept, merged = form.cleaned_data["kept"], form.cleaned_data["merged"]
    if request.method == "POST":
        actions.merge_institutions(actor=request.user, kept=kept, merged=merged)
        messages.success(request, _("Instytucje połączono w jedną."))
        return redirect("office-institution", institution=kept.key)
    return render(request, "institutions/office/merge.html", {"kept": kept, "merged": merged})


@require_POST
def invite_representative(request: HttpRequest, institution: UUID) -> HttpResponse:
    found = get_object_or_404(queries.institutions_visible_to(request.user), key=institution)
    form = InviteRepresentativeForm(request.POST)
    if not form.is_valid():
        return render(
            request, "institutions/office/card.html", card_context(request, found, invite_form=form), status=422
        )
    actions.invite_representative(actor=request.user, institution=found, **form.cleaned_data)
    messages.success(request, _("Zaproszenie zostało wysłane."))
    return redirect("office-institution", institution=found.key)


@require_POST
def revoke_invitation(request: HttpRequest, institution: UUID, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.institutions_visible_to(request.user), key=institution)
    invitation = get_object_or_404(open_invitations(ROLE, str(found.key)), pk=pk)
    actions.revoke_representative_invitation(actor=request.user, institution=found, invitation=invitation)
    messages.success(request, _("Zaproszenie zostało odwołane."))
    return redirect("office-institution", institution=found.key)


@require_POST
def approve_representation(request: HttpRequest, institution: UUID, pk: int) -> HttpResponse:
    representative = _representative(request, institution, pk)
    actions.decide_representation(actor=request.user, representative=representative, is_approved=True)
    messages.success(request, _("Dostęp przyznano."))
    return redirect("office-institution", institution=institution)


@require_POST
def refuse_representation(request: HttpRequest, institution: UUID, pk: int) -> HttpResponse:
    representative = _representative(request, institution, pk)
    actions.decide_representation(actor=request.user, representative=representative, is_approved=False)
    messages.success(request, _("Prośbę odrzucono."))
    return redirect("office-institution", institution=institution)


@require_POST
def end_representation(request: HttpRequest, institution: UUID, pk: int) -> HttpResponse:
    representative = _representative(request, institution, pk)
    actions.end_representation(actor=request.user, representative=representative)
    messages.success(request, _("Dostęp został odebrany."))
    return redirect("office-institution", institution=institution)


def _representative(request: HttpRequest, institution: UUID, pk: int) -> Representative:
    found = get_object_or_404(queries.institutions_visible_to(request.user), key=institution)
    return get_object_or_404(queries.representatives_of(found), pk=pk)


def _card_of(request: HttpRequest, key: UUID) -> Institution:
    cards = queries.institutions_with_merged_visible_to(request.user).select_related("merged_into")
    return get_object_or_404(cards, key=key)
