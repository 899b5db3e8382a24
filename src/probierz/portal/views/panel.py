"""The institution's first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from probierz.base.clock import today
from probierz.portal.queries import panel


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    found = panel.home_of(request.user)
    licences = [{"licence": licence, "state": licence.state_on(today())} for licence in found.licences]
    return render(request, "portal/panel/home.html", {"home": found, "licences": licences})
