"""An application that came on paper: the office types it in and registers it on the institution's behalf."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from probierz.applications import actions, cards, forms, pages, queries, rules
from probierz.applications.models import Application, ApplicationFile
from probierz.applications.readiness import Readiness
from probierz.base.clock import now
from probierz.editions.models import Edition
from probierz.editions.queries import editions_visible_to


def _edition(request: HttpRequest, programme: str, edition: str) -> Edition:
    return get_object_or_404(editions_visible_to(request.user), slug=edition, programme__slug=programme)


def _paper(request: HttpRequest, programme: str, edition: str, key: Any) -> Application:
    found = _edition(request, programme, edition)
    return get_object_or_404(queries.applications_in_office(request.user, found), key=key, is_entered_by_office=True)


def enter(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    rules.can_enter_on_paper(request.user, found).require()
    form = forms.PaperForm(found, queries.institutions_without_application(found), request.POST or None)
    if request.method == "POST" and form.is_valid() and form.institution is not None:
        started = actions.enter_on_paper(
            edition=found,
            institution=form.institution,
            category=form.cleaned_data["category"],
            received_on=form.cleaned_data["received_on"],
            actor=request.user,
        )
        return redirect("office-application-form", programme=programme, edition=edition, key=started.key)
    context = {"edition": found, "programme": found.programme, "form": form}
    return render(request, "applications/office/enter.html", context)


def form(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    """The whole form, the declarations and the scan on one page."""
    application = _paper(request, programme, edition, key)
    rules.can_edit(request.user, application).require()
    context = cards.paper(request.user, application)
    return render(request, "applications/office/form.html", context)


@require_POST
def autosave(request: HttpRequest, programme: str, edition: str, key: Any) -> JsonResponse:
    application = _paper(request, programme, edition, key)
    verdict = rules.can_edit(request.user, application)
    if not verdict:
        return JsonResponse({"code": verdict.code, "message": str(verdict.message)}, status=403)
    status, answer = pages.autosave(application, request.POST, request.user, now())
    return JsonResponse(answer, status=status)


@require_POST
def save(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    """One section posted without a script."""
    application = _paper(request, programme, edition, key)
    page = pages.SectionPage(application, request.POST.get("section", ""))
    saved = page.keep(request.POST, request.user, now())
    if saved.conflicts:
        messages.warning(
            request, _("Ktoś zmienił w tym czasie te same pola. Zostały jego odpowiedzi, proszę je sprawdzić.")
        )
    return redirect("office-application-form", programme=programme, edition=edition, key=key)


@require_POST
def declare(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    application = _paper(request, programme, edition, key)
    form = forms.DeclarationsForm(Readiness(application), request.POST)
    if form.is_valid():
        actions.declare(
            application=application,
            given=form.given,
            staff_informed_on=form.staff_informed_on,
            actor=request.user,
        )
        messages.success(request, _("Oświadczenia zapisano."))
    return redirect("office-application-form", programme=programme, edition=edition, key=key)


@require_POST
def upload(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    application = _paper(request, programme, edition, key)
    kind = ApplicationFile.Kind.SIGNED_FORM
    form = forms.UploadForm(kind, request.POST, request.FILES)
    if form.is_valid():
        actions.add_file(application=application, upload=form.upload, kind=kind, actor=request.user)
        messages.success(request, _("Dodano skan podpisanego zgłoszenia."))
        return redirect("office-application-form", programme=programme, edition=edition, key=key)
    context = {**cards.paper(request.user, application), "upload": form}
    return render(request, "applications/office/form.html", context, status=422)


@require_POST
def register(request: HttpRequest, programme: str, edition: str, key: Any) -> HttpResponse:
    application = _paper(request, programme, edition, key)
    if application.state == Application.State.DRAFT:
        sent = actions.submit_application(application=application, actor=request.user)
        messages.success(request, _("Zarejestrowano zgłoszenie %(number)s.") % {"number": sent.number})
    elif application.state == Application.State.COMPLETION:
        actions.answer_completion(application=application, answer="", actor=request.user)
        messages.success(request, _("Zapisano uzupełnienie zgłoszenia."))
    return redirect("office-application", programme=programme, edition=edition, key=key)
