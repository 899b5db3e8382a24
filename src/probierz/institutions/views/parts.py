"""Units and contacts, edited in place on the office's card and on the representative's page alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from probierz.institutions import actions, queries
from probierz.institutions.forms import ContactForm, UnitForm
from probierz.institutions.models import Institution


@dataclass(frozen=True)
class Part:
    """A kind of rows that hang on an institution, and the words for them."""

    name: str
    form: type[ModelForm]
    title: str | Promise
    add: str | Promise
    empty: str | Promise

    def rows(self, institution: Institution) -> QuerySet[Any]:
        return queries.units_of(institution) if self.name == "unit" else queries.contacts_of(institution)


UNITS = Part("unit", UnitForm, _("Punkty obsługi"), _("Dodaj punkt"), _("Nie wpisano jeszcze punktów obsługi."))
CONTACTS = Part(
    "contact", ContactForm, _("Osoby do kontaktu"), _("Dodaj osobę"), _("Nie wpisano jeszcze osób do kontaktu.")
)
PARTS = {"punkty": UNITS, "kontakty": CONTACTS}
HOMES = {"office": "office-institution", "panel": "panel-institution"}


def parts_context(institution: Institution, audience: str) -> dict[str, Any]:
    sections = [part_context(slug, institution, audience) for slug in PARTS]
    return {"parts": sections, "part_audience": audience}


def part_context(
    slug: str, institution: Institution, audience: str, bound: tuple[int | None, ModelForm] | None = None
) -> dict[str, Any]:
    """One section: every row with its own form, one empty form, and the form that failed in its place."""
    part = PARTS[slug]
    failed_pk, failed = bound or (0, None)
    rows = [
        (
            row,
            failed
            if failed is not None and row.pk == failed_pk
            else part.form(instance=row, prefix=f"{slug}-{row.pk}"),
        )
        for row in part.rows(institution)
    ]
    new = failed if failed is not None and failed_pk is None else part.form(prefix=f"{slug}-new")
    return {
        "slug": slug,
        "part": part,
        "rows": rows,
        "new": new,
        "institution": institution,
        "save_url": f"{audience}-institution-part",
        "remove_url": f"{audience}-institution-part-remove",
        "home_url": HOMES[audience],
    }


@require_POST
def save_part(request: HttpRequest, institution: UUID, slug: str, audience: str, pk: int | None = None) -> HttpResponse:
    found = get_object_or_404(queries.institutions_visible_to(request.user), key=institution)
    part = _part(slug)
    row = get_object_or_404(part.rows(found), pk=pk) if pk else None
    form = part.form(request.POST, instance=row, prefix=f"{slug}-{pk or 'new'}")
    if not form.is_valid():
        return _section(request, part_context(slug, found, audience, (pk, form)), status=422)
    save = actions.save_unit if part is UNITS else actions.save_contact
    save(actor=request.user, institution=found, data=form.cleaned_data, **{part.name: row})
    return _done(request, slug, found, audience)


@require_POST
def remove_part(request: HttpRequest, institution: UUID, slug: str, audience: str, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.institutions_visible_to(request.user), key=institution)
    part = _part(slug)
    row = get_object_or_404(part.rows(found), pk=pk)
    remove = actions.remove_unit if part is UNITS else actions.remove_contact
    remove(actor=request.user, **{part.name: row})
    return _done(request, slug, found, audience)


def _part(slug: str) -> Part:
    if slug not in PARTS:
        raise Http404
    return PARTS[slug]


def _done(request: HttpRequest, slug: str, institution: Institution, audience: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return _section(request, part_context(slug, institution, audience))
    return redirect(HOMES[audience], institution=institution.key)


def _section(request: HttpRequest, section: dict[str, Any], status: int = 200) -> HttpResponse:
    template = (
        "institutions/parts/_section.html" if request.headers.get("HX-Request") else "institutions/parts/page.html"
    )
    return render(request, template, section, status=status)
