"""The representative's side: my institutions, their data, a new one by NIP."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from probierz.accounts.queries import open_invitations
from probierz.institutions import actions, queries
from probierz.institutions.forms import (
    ContactDataForm,
    InviteRepresentativeForm,
    NipForm,
    RegistrationForm,
    RequestForm,
)
from probierz.institutions.models import Institution
from probierz.institutions.representation import ROLE
from probierz.institutions.views.parts import parts_context


@require_GET
def institutions(request: HttpRequest) -> HttpResponse:
    return render(
        request, "institutions/panel/list.html", {"representations": queries.representations_of(request.user)}
    )


def institution(request: HttpRequest, institution: UUID) -> HttpResponse:
    found = get_object_or_404(queries.institutions_represented_by(request.user), key=institution)
    form = ContactDataForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.update_contact_data(actor=request.user, institution=found, data=form.data_for_action())
        messages.success(request, _("Zapisano dane instytucji."))
        return redirect("panel-institution", institution=found.key)
    return render(request, "institutions/panel/institution.html", _page(found, form=form))


@require_POST
def invite_colleague(request: HttpRequest, institution: UUID) -> HttpResponse:
    found = get_object_or_404(queries.institutions_represented_by(request.user), key=institution)
    form = InviteRepresentativeForm(request.POST)
    if not form.is_valid():
        return render(request, "institutions/panel/institution.html", _page(found, invite_form=form), status=422)
    actions.invite_representative(actor=request.user, institution=found, **form.cleaned_data)
    messages.success(request, _("Zaproszenie zostało wysłane."))
    return redirect("panel-institution", institution=found.key)


@never_cache
@login_required
def new_institution(request: HttpRequest) -> HttpResponse:
    """By NIP first: the register may know it already. Then the rest of the data, or a request for access."""
    form = NipForm(request.GET if "nip" in request.GET else None)
    if not form.is_bound or not form.is_valid():
        waiting = [each for each in queries.representations_of(request.user) if each.is_waiting]
        return render(request, "institutions/panel/new_nip.html", {"form": form, "waiting": waiting})
    known = queries.institution_by_nip(form.cleaned_data["nip"])
    if known is not None:
        return _ask_for_access(request, known)
    return _register(request, form.cleaned_data["nip"])


def _ask_for_access(request: HttpRequest, known: Institution) -> HttpResponse:
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.request_representation(actor=request.user, institution=known, **form.cleaned_data)
        messages.success(request, _("Prośba została wysłana. O decyzji biura konkursu powiadomimy e-mailem."))
        return redirect("institution-new")
    return render(request, "institutions/panel/new_known.html", {"form": form, "institution": known})


def _register(request: HttpRequest, nip: str) -> HttpResponse:
    form = RegistrationForm(request.POST or None, initial={"nip": nip})
    if request.method == "POST" and form.is_valid():
        created = actions.register_institution(
            actor=request.user, data=form.data_for_action(), capacity=form.cleaned_data["capacity"]
        )
        messages.success(request, _("Instytucja jest zarejestrowana. Mogą Państwo rozpocząć zgłoszenie."))
        return redirect("panel-institution", institution=created.key)
    return render(request, "institutions/panel/new_data.html", {"form": form, "nip": nip})


def _page(found: Institution, **more: object) -> dict[str, object]:
    return {
        "institution": found,
        "form": ContactDataForm(instance=found),
        "invite_form": InviteRepresentativeForm(),
        "representatives": queries.representatives_of(found),
        "invitations": open_invitations(ROLE, str(found.key)),
        **parts_context(found, "panel"),
        **more,
    }
