"""A file of institutions: uploaded, shown as it was understood, then taken whole or not at all."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from probierz.base.downloads import as_download
from probierz.institutions import actions, imports, queries
from probierz.institutions.forms import ImportForm

PAGE_SIZE = 100


def upload(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            table = imports.read_table(file.read(imports.MAX_BYTES + 1), file.name)
        except ValidationError as fault:
            form.add_error("file", fault)
        else:
            rows = imports.checked_rows(table)
            batch = actions.prepare_import(
                actor=request.user, file_name=table.file_name, sha256=table.sha256, rows=rows
            )
            if table.ignored_columns:
                text = _("Pominęliśmy kolumny, których nie znamy: %(columns)s.")
                messages.info(request, text % {"columns": ", ".join(table.ignored_columns)})
            return redirect("office-institutions-import-preview", batch=batch.key)
    batches = queries.import_batches_visible_to(request.user)[:10]
    return render(request, "institutions/office/import.html", {"form": form, "batches": batches})


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    name = "wzor-instytucje.csv"
    return as_download(imports.template_csv().encode(), name=name, content_type="text/csv; charset=utf-8")


@require_GET
def preview(request: HttpRequest, batch: UUID) -> HttpResponse:
    found = get_object_or_404(queries.import_batches_visible_to(request.user), key=batch)
    wrong = [row for row in found.rows if row["errors"]]
    rows = wrong if request.GET.get("rows") == "errors" else found.rows
    context = {
        "batch": found,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("strona")),
        "wrong": len(wrong),
        "known": sum(row["known"] for row in found.rows),
        "warned": sum(bool(row["warnings"]) for row in found.rows),
        "ready": sum(not row["errors"] and not row["known"] for row in found.rows),
    }
    return render(request, "institutions/office/import_preview.html", context)


@require_POST
def take(request: HttpRequest, batch: UUID) -> HttpResponse:
    found = get_object_or_404(queries.import_batches_visible_to(request.user), key=batch)
    actions.import_institutions(actor=request.user, batch=found)
    messages.success(request, _("Instytucje z pliku są w rejestrze."))
    return redirect("office-institutions")


@require_POST
def abandon(request: HttpRequest, batch: UUID) -> HttpResponse:
    found = get_object_or_404(queries.import_batches_visible_to(request.user), key=batch)
    actions.abandon_import(actor=request.user, batch=found)
    messages.success(request, _("Plik odrzucono. Rejestr się nie zmienił."))
    return redirect("office-institutions-import")
