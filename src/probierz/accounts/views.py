"""Pages of the account: where to start, one's profile, an invitation."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_ratelimit.core import is_ratelimited

from probierz.accounts import actions, queries, roles, rules
from probierz.accounts.forms import NewAccountForm, ProfileForm
from probierz.accounts.models import Invitation
from probierz.base import audiences
from probierz.base.actions import PLATFORM

INVITATION_RATE = "20/5m"


@never_cache
@login_required
def start(request: HttpRequest) -> HttpResponse:
    mine = audiences.audiences_of(request.user)
    homes = {audience: f"/{prefix}/" for prefix, audience in audiences.PREFIXES.items()}
    if len(mine) == 1:
        return redirect(homes[mine[0]])
    if not mine:
        return redirect("institution-new")
    return render(request, "accounts/start.html", {"homes": {audience: homes[audience] for audience in mine}})


@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    user = request.user
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        actions.change_profile(actor=user, **form.cleaned_data)
        language = form.cleaned_data["language"]
        with translation.override(language):
            messages.success(request, _("Zapisano zmiany w profilu."))
        response = redirect("account-profile")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=settings.SESSION_COOKIE_AGE, samesite="Lax"
        )
        return response
    return render(request, "accounts/profile.html", {"form": form})


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    if _asks_too_often(request):
        return render(request, "429.html", status=429)
    found = queries.invitation_by_token(token)
    if found is None:
        return render(request, "accounts/invitation_closed.html", {"verdict": None}, status=404)
    is_open = rules.is_invitation_open(found)
    if not is_open:
        return render(request, "accounts/invitation_closed.html", {"verdict": is_open}, status=410)
    if request.user.is_authenticated:
        return _answer_signed_in(request, found, token)
    if queries.has_account(found.email):
        return render(request, "accounts/invitation.html", _context(request, found, sign_in=True))
    return _open_account(request, found, token)


def _answer_signed_in(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    verdict = rules.can_accept(request.user, found)
    if request.method == "POST" and verdict:
        actions.accept_invitation(actor=request.user, token=token)
        messages.success(request, _("Zaproszenie zostało przyjęte."))
        return redirect("start")
    return render(request, "accounts/invitation.html", _context(request, found, verdict=verdict))


def _open_account(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    form = NewAccountForm(request.POST or None, email=found.email, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        user = actions.open_account_by_invitation(actor=PLATFORM, token=token, **form.cleaned_data)
        messages.success(request, _("Konto jest gotowe, a zaproszenie przyjęte."))
        return perform_login(request, user, redirect_url=reverse("start"))
    return render(request, "accounts/invitation.html", _context(request, found, form=form))


def _context(request: HttpRequest, found: Invitation, **more: object) -> dict[str, object]:
    return {"invitation": found, "role_label": roles.label_of(found.role), "here": request.get_full_path(), **more}


def _asks_too_often(request: HttpRequest) -> bool:
    return bool(is_ratelimited(request, group="invitation", key="ip", rate=INVITATION_RATE, increment=True))
