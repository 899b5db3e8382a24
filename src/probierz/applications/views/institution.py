"""The institution's way: start, form, signature, declarations, sending; and what comes after."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from probierz.applications import actions, flow, forms, pages, queries, rules
from probierz.applications.models import Application, ApplicationFile
from probierz.applications.readiness import Readiness
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.editions.queries import public_editions
from probierz.institutions.queries import institutions_represented_by

SIGNED = ApplicationFile.Kind.SIGNED_FORM
ATTACHMENT = ApplicationFile.Kind.ATTACHMENT


def _mine(request: HttpRequest, key: Any) -> Application:
    return get_object_or_404(queries.applications_of_representative(request.user), key=key)


@require_GET
def applications(request: HttpRequest) -> HttpResponse:
    mine = queries.applications_of_representative(request.user).order_by("-created_at", "-pk")
    rows = [{"application": application, "next": flow.what_next(application)} for application in mine]
    return render(request, "applications/institution/list.html", {"rows": rows})


@require_GET
def new(request: HttpRequest) -> HttpResponse:
    offers = pages.offers(queries.editions_open_for_entry(), list(institutions_represented_by(request.user)))
    return render(request, "applications/institution/new.html", {"offers": offers})


def start(request: HttpRequest, edition: Any, institution: Any) -> HttpResponse:
    arrived = now()
    chosen = get_object_or_404(public_editions(), key=edition)
    body = get_object_or_404(institutions_represented_by(request.user), key=institution)
    existing = queries.live_application(chosen, body)
    if existing is not None:
        messages.info(request, _("Ta instytucja ma już zgłoszenie w tej edycji. Oto ono."))
        return redirect("panel-application", key=existing.key)
    rules.can_start(request.user, chosen, body, arrived).require()
    suggested = queries.suggested_category(chosen, body)
    form = forms.StartForm(chosen, request.POST or None, initial={"category": suggested})
    if request.method == "POST" and form.is_valid():
        started = actions.start_application(
            edition=chosen,
            institution=body,
            category=form.cleaned_data["category"],
            actor=request.user,
            moment=arrived,
        )
        return redirect("panel-application-form", key=started.key)
    context = {"form": form, "edition": chosen, "institution": body, "suggested": suggested}
    return render(request, "applications/institution/start.html", context)


@require_GET
def overview(request: HttpRequest, key: Any) -> HttpResponse:
    application = _mine(request, key)
    return render(request, "applications/institution/overview.html", pages.overview(request.user, application))


@require_GET
def form(request: HttpRequest, key: Any) -> HttpResponse:
    """To the first section that lacks something."""
    application = _mine(request, key)
    states = Readiness(application).sections
    target = next((state for state in states if not state.is_done), states[0] if states else None)
    if target is None:
        return redirect("panel-application-sign", key=key)
    return redirect("panel-application-section", key=key, section=target.section.key)


def section(request: HttpRequest, key: Any, section: str) -> HttpResponse:
    arrived = now()
    application = _mine(request, key)
    page = pages.SectionPage(application, section)
    if page.state is None:
        raise Http404
    if request.method == "POST":
        rules.can_edit(request.user, application, arrived).require()
        saved = page.keep(request.POST, request.user, arrived)
        if not saved.conflicts:
            return redirect(page.following_url)
        return render(request, "applications/institution/section.html", page.conflicting(saved), status=409)
    is_editable = bool(rules.can_edit(request.user, application, arrived))
    return render(request, "applications/institution/section.html", page.context(is_editable))


@require_POST
def autosave(request: HttpRequest, key: Any) -> JsonResponse:
    arrived = now()
    application = _mine(request, key)
    verdict = rules.can_edit(request.user, application, arrived)
    if not verdict:
        return JsonResponse({"code": verdict.code, "message": str(verdict.message)}, status=403)
    status, answer = pages.autosave(application, request.POST, request.user, arrived)
    return JsonResponse(answer, status=status)


@require_GET
def preview(request: HttpRequest, key: Any) -> HttpResponse:
    application = _mine(request, key)
    context = {"application": application, "edition": application.edition, "readiness": Readiness(application)}
    context["sections"] = pages.answers_in_words(application)
    return render(request, "applications/institution/preview.html", context)


def sign(request: HttpRequest, key: Any) -> HttpResponse:
    arrived = now()
    application = _mine(request, key)
    kind = ATTACHMENT if request.POST.get("kind") == ATTACHMENT else SIGNED
    upload = forms.UploadForm(kind, request.POST or None, request.FILES or None)
    if request.method == "POST":
        rules.can_edit(request.user, application, arrived).require()
        if upload.is_valid():
            actions.add_file(
                application=application, upload=upload.upload, kind=kind, actor=request.user, moment=arrived
            )
            messages.success(request, _("Plik dodano. Poniżej widać, co udało się w nim odczytać."))
            return redirect("panel-application-sign", key=key)
    context = pages.signing(request.user, application, upload, kind)
    status = 422 if upload.is_bound and not upload.is_valid() else 200
    return render(request, "applications/institution/sign.html", context, status=status)


def declarations(request: HttpRequest, key: Any) -> HttpResponse:
    application = _mine(request, key)
    readiness = Readiness(application)
    form = forms.DeclarationsForm(readiness, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.declare(
            application=application,
            given=form.given,
            staff_informed_on=form.staff_informed_on,
            actor=request.user,
        )
        return redirect("panel-application-submit", key=key)
    context = {**pages.step(request.user, application, 2), "form": form}
    return render(request, "applications/institution/declarations.html", context)


def submit(request: HttpRequest, key: Any) -> HttpResponse:
    arrived = now()
    application = _mine(request, key)
    if request.method == "POST" and application.state == Application.State.DRAFT:
        try:
            sent = actions.submit_application(application=application, actor=request.user, moment=arrived)
        except NotAllowed as refusal:
            if refusal.code != "already-submitted":
                raise
        else:
            messages.success(request, _("Zgłoszenie złożono. Numer: %(number)s.") % {"number": sent.number})
        return redirect("panel-application", key=key)
    if application.state != Application.State.DRAFT:
        return redirect("panel-application", key=key)
    context = pages.step(request.user, application, 3)
    context["verdict"] = rules.can_submit(request.user, application, arrived)
    return render(request, "applications/institution/submit.html", context)


@require_POST
def withdraw(request: HttpRequest, key: Any) -> HttpResponse:
    application = _mine(request, key)
    form = forms.WithdrawForm(request.POST)
    if form.is_valid():
        actions.withdraw_application(application=application, reason=form.cleaned_data["reason"], actor=request.user)
        messages.success(request, _("Zgłoszenie wycofano."))
    return redirect("panel-application", key=key)


@require_POST
def answer_completion(request: HttpRequest, key: Any) -> HttpResponse:
    arrived = now()
    application = _mine(request, key)
    form = forms.AnswerForm(request.POST)
    if form.is_valid() and application.state == Application.State.COMPLETION:
        actions.answer_completion(
            application=application, answer=form.cleaned_data["answer"], actor=request.user, moment=arrived
        )
        messages.success(request, _("Odpowiedź wysłano. Biuro konkursu sprawdzi uzupełnione zgłoszenie."))
    return redirect("panel-application", key=key)
