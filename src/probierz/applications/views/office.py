"""The office's work: the list of applications, one application's card, the formal check and the decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from probierz.applications import actions, cards, exports, forms, queries
from probierz.applications.models import Application, FormalPoint
from probierz.base.downloads import as_download
from probierz.editions.models import Edition
from probierz.editions.queries import editions_visible_to
from probierz.editions.rules import stage_of

PER_PAGE = 50


def _edition(request: HttpRequest, programme: str, edition: str) -> Edition:
    return get_object_or_404(editions_visible_to(request.user), slug=edition, programme__slug=programme)


def _ours(request: HttpRequest, programme: str, edition: str, key: Any) -> Application:
    found = _edition(request, programme, edition)
    return get_object_or_404(queries.applications_in_office(request.user, found), key=key)


def _to_card(application: Application) -> HttpResponse:
    edition = application.edition
    return redirect("office-application", programme=edition.programme.slug, edition=edition.slug, key=application.key)


def _chosen(request: HttpRequest, edition: Edition) -> tuple[forms.ApplicationFilter, Any]:
    filters = forms.ApplicationFilter(list(edition.categories.all()), request.GET)
    applications = queries.applications_in_office(request.user, edition)
    return filters, queries.as_rows(queries.matching(applications, **filters.criteria()))


@require_GET
def applications(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    filters, chosen = _chosen(request, found)
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("strona"))
    context = {
        "edition": found,
        "programme": found.programme,
        "call": stage_of(found, "call"),
        "filter": filters,
        "page": page,
        "rows": [cards.row(application, found) for application in page],
        "stats": cards.stats(found),
    }
    return render(request, "applications/office/list.html", context)


@require_GET
def applications_csv(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    _filters, chosen = _chosen(request, found)
    name = f"Zgłoszenia {found.programme.short_name} {found.year}.csv"
    return as_download(exports.applications_csv(chosen), name=name, content_type="text/csv; charset=utf-8")


@require_GET
def application(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    found = _ours(request, programme, edition, key)
    return render(request, "applications/office/card.html", cards.card(request.user, found))


@require_POST
def check(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    found = _ours(request, programme, edition, key)
    form = forms.PointForm(request.POST)
    if form.is_valid():
        actions.mark_formal_point(application=found, actor=request.user, **form.cleaned_data)
    if not request.headers.get("HX-Request"):
        return _to_card(found)
    fresh = _ours(request, programme, edition, key)
    return render(request, "applications/office/_check.html", cards.card(request.user, fresh))


@require_POST
def confirm_all(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    found = _ours(request, programme, edition, key)
    actions.confirm_all_points(application=found, actor=request.user)
    messages.success(
        request, _("Potwierdzono wszystkie punkty oceny formalnej (%(n)s).") % {"n": len(FormalPoint.values)}
    )
    return _to_card(found)


@require_POST
def note(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    found = _ours(request, programme, edition, key)
    form = forms.NoteForm(request.POST)
    if form.is_valid():
        actions.note_on_check(application=found, note=form.cleaned_data["note"], actor=request.user)
        messages.success(request, _("Notatkę zapisano."))
    return _to_card(found)


@require_POST
def accept(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    found = _ours(request, programme, edition, key)
    actions.accept_application(application=found, actor=request.user)
    messages.success(request, _("Zgłoszenie przyjęto. Instytucja dostanie e-mail."))
    return _to_card(found)


def reject(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    found = _ours(request, programme, edition, key)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.reject_application(application=found, reason=form.cleaned_data["reason"], actor=request.user)
        messages.success(request, _("Zgłoszenie odrzucono. Instytucja dostanie uzasadnienie e-mailem."))
        return _to_card(found)
    context = {**cards.decision(request.user, found), "form": form}
    return render(request, "applications/office/reject.html", context)


def request_completion(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    found = _ours(request, programme, edition, key)
    form = forms.CompletionRequestForm(request.POST or None, initial={"what": cards.proposed_request(found)})
    if request.method == "POST" and form.is_valid():
        actions.issue_completion_request(application=found, what=form.cleaned_data["what"], actor=request.user)
        messages.success(request, _("Wezwanie wysłano. Instytucja zobaczy je też na stronie zgłoszenia."))
        return _to_card(found)
    context = {**cards.decision(request.user, found), "form": form}
    return render(request, "applications/office/request.html", context)


@require_POST
def withdraw(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    found = _ours(request, programme, edition, key)
    form = forms.WithdrawForm(request.POST)
    if form.is_valid():
        actions.withdraw_application(application=found, reason=form.cleaned_data["reason"], actor=request.user)
        messages.success(request, _("Zgłoszenie wycofano w imieniu instytucji."))
    return _to_card(found)
