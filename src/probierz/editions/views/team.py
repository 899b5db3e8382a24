"""The programme's words and colours, and the people of its office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from probierz.base.rules import NotAllowed
from probierz.editions import actions, queries, rules
from probierz.editions.forms import InviteForm, ProgrammeForm, RoleForm
from probierz.editions.models import Programme


def _programme(request: HttpRequest, slug: str) -> Programme:
    return get_object_or_404(queries.programmes_visible_to(request.user), slug=slug)


def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found = _programme(request, slug)
    form = ProgrammeForm(request.POST or None, instance=_programme(request, slug))
    if form.is_valid():
        actions.update_programme(programme=found, values=form.cleaned_data, actor=request.user)
        messages.success(request, _("Dane konkursu zapisane."))
        return redirect("office-programme", slug=slug)
    context = {"programme": found, "form": form, "may_lead": rules.can_lead(request.user, found)}
    return render(request, "editions/office/programme.html", context)


def team(request: HttpRequest, slug: str) -> HttpResponse:
    found = _programme(request, slug)
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            actions.invite_office_member(programme=found, actor=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Wysłano zaproszenie."))
            return redirect("office-team", slug=slug)
    context = {
        "programme": found,
        "members": [
            (member, RoleForm(initial={"role": member.role}, prefix=f"m{member.pk}"))
            for member in queries.office_of(found)
        ],
        "invitations": queries.open_invitations(found),
        "form": form,
        "may_lead": rules.can_lead(request.user, found),
    }
    return render(request, "editions/office/team.html", context)


@require_POST
def role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    member = get_object_or_404(queries.office_of(_programme(request, slug)), pk=pk)
    form = RoleForm(request.POST, prefix=f"m{member.pk}")
    if form.is_valid():
        actions.change_member_role(member=member, role=form.cleaned_data["role"], actor=request.user)
        messages.success(request, _("Zmieniono rolę."))
    return redirect("office-team", slug=slug)


@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    member = get_object_or_404(queries.office_of(_programme(request, slug)), pk=pk)
    leaves_self = member.user_id == request.user.pk
    actions.remove_office_member(member=member, actor=request.user)
    messages.success(request, _("Ta osoba nie należy już do biura."))
    return redirect("start") if leaves_self else redirect("office-team", slug=slug)


@require_POST
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _programme(request, slug)
    invitation = next((entry for entry in queries.open_invitations(found) if entry.pk == pk), None)
    if invitation is None:
        raise NotAllowed("not-open", _("To zaproszenie nie czeka już na odpowiedź."))
    actions.revoke_office_invitation(programme=found, invitation=invitation, actor=request.user)
    messages.success(request, _("Zaproszenie jest nieważne."))
    return redirect("office-team", slug=slug)
