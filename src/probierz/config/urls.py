"""Every path of the site. Each room keeps one list per audience; the first word of a path names the audience."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from probierz.accounts import urls as accounts
from probierz.applications import urls as applications
from probierz.audits import urls as audits
from probierz.awards import urls as awards
from probierz.base import urls as base
from probierz.editions import urls as editions
from probierz.institutions import urls as institutions
from probierz.instruments import urls as instruments
from probierz.jury import urls as jury
from probierz.portal import urls as portal
from probierz.results import urls as results

ROOMS = [
    base,
    accounts,
    institutions,
    instruments,
    editions,
    applications,
    jury,
    audits,
    results,
    awards,
    portal,
]
PREFIXES = {"office": "biuro/", "institution": "panel/", "juror": "jury/"}


def _lists(audience: str) -> list:
    return [entry for room in ROOMS for entry in getattr(room, audience, [])]


urlpatterns = [
    *(path(prefix, include(_lists(audience))) for audience, prefix in PREFIXES.items()),
    path("konto/", include("allauth.urls")),
    path("zaplecze/", admin.site.urls),
    *([path("poczta-demo/", include(base.demo))] if settings.DEMO else []),
    *_lists("public"),
]

handler403 = "probierz.base.views.forbidden"
handler404 = "probierz.base.views.not_found"
handler500 = "probierz.base.views.failed"
