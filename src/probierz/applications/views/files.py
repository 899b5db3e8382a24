"""Documents of an application: downloads behind permission only, for both audiences."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from probierz.applications import actions, printing, queries
from probierz.applications.models import Application
from probierz.base.downloads import as_download

PDF = "application/pdf"


def _mine(request: HttpRequest, key: Any) -> Application:
    return get_object_or_404(queries.applications_of_representative(request.user), key=key)


def _ours(request: HttpRequest, programme: str, edition: str, key: Any) -> Application:
    applications = queries.applications_visible_to(request.user)
    found = get_object_or_404(applications, key=key, edition__slug=edition, edition__programme__slug=programme)
    return get_object_or_404(queries.applications_in_office(request.user, found.edition), key=key)


@require_GET
def file(request: HttpRequest, key: Any, file: Any) -> HttpResponse:
    return _send(_mine(request, key), file)


@require_GET
def office_file(request: HttpRequest, programme: str, edition: str, key: Any, file: Any) -> HttpResponse:
    return _send(_ours(request, programme, edition, key), file)


def _send(application: Application, key: Any) -> HttpResponse:
    kept = get_object_or_404(application.files, key=key)
    with kept.file.open("rb") as stream:
        return as_download(stream.read(), name=kept.name, content_type=kept.content_type)


@require_POST
def remove(request: HttpRequest, key: Any, file: Any) -> HttpResponse:
    kept = get_object_or_404(_mine(request, key).files, key=file, replaced_at=None)
    actions.remove_file(file=kept, actor=request.user)
    messages.success(request, _("Załącznik usunięto."))
    return redirect("panel-application-sign", key=key)


@require_GET
def print_form(request: HttpRequest, key: Any) -> HttpResponse:
    application = actions.note_print(application=_mine(request, key), actor=request.user)
    return as_download(printing.form_pdf(application), name=printing.form_name(application), content_type=PDF)


@require_GET
def office_print_form(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    application = _ours(request, programme, edition, key)
    return as_download(printing.form_pdf(application), name=printing.form_name(application), content_type=PDF)


@require_GET
def confirmation(request: HttpRequest, key: Any) -> HttpResponse:
    application = get_object_or_404(queries.numbered_of_representative(request.user), key=key)
    content = printing.confirmation_pdf(application)
    return as_download(content, name=printing.confirmation_name(application), content_type=PDF)
