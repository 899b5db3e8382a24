"""The juror's pages: the day, the briefing, the scorecard, the summary."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from probierz.audits import actions, photos, queries, rules, scorecard
from probierz.audits.forms import AnswerForm, ContactForm, PhotoForm, ReasonForm, answers_in
from probierz.audits.models import Audit
from probierz.audits.questions import sections_of
from probierz.base.clock import WARSAW, now
from probierz.base.downloads import as_download
from probierz.base.rules import NotAllowed
from probierz.jury.models import Assignment


def home(request: HttpRequest) -> HttpResponse:
    groups = queries.tasks_of(request.user)
    return render(request, "audits/juror/home.html", {"groups": groups, "nothing": not any(groups.values())})


def _opened(request: HttpRequest, key: str) -> Assignment | HttpResponse:
    """The juror's assignment, or the way to the declaration that must come first."""
    assignment = get_object_or_404(queries.assignments_of(request.user), key=key)
    verdict = rules.can_open_assignment(request.user, assignment)
    if verdict.code == "not-declared":
        return redirect("jury-declaration", key=assignment.key)
    verdict.require()
    return assignment


@require_GET
def assignment(request: HttpRequest, key: str) -> HttpResponse:
    found = _opened(request, key)
    if isinstance(found, HttpResponse):
        return found
    audit = getattr(found, "audit", None)
    contact_on = audit.contact_at.astimezone(WARSAW).date() if audit and audit.contact_at else None
    context = {
        "assignment": found,
        "audit": audit,
        "institution": found.application.institution,
        "answer": queries.model_answer_for(found, contact_on),
        "can_start": rules.can_start_audit(request.user, found),
        "can_decline": rules.can_decline(request.user, found),
        "can_report": rules.can_report_obstacle(request.user, found),
        "report_hours": found.application.edition.rulebook.get("fieldwork", {}).get("report_hours", 48),
        "recognised_form": ReasonForm(auto_id="recognised_%s"),
        "decline_form": ReasonForm(auto_id="decline_%s"),
    }
    return render(request, "audits/juror/assignment.html", context)


@require_POST
def start(request: HttpRequest, key: str) -> HttpResponse:
    found = _opened(request, key)
    if isinstance(found, HttpResponse):
        return found
    audit = actions.start_audit(assignment=found, actor=request.user)
    return redirect("jury-audit", key=audit.key)


@require_POST
def recognised(request: HttpRequest, key: str) -> HttpResponse:
    return _step_back(request, key, actions.report_recognised)


@require_POST
def decline(request: HttpRequest, key: str) -> HttpResponse:
    return _step_back(request, key, actions.decline_assignment)


def _step_back(request: HttpRequest, key: str, act: Any) -> HttpResponse:
    found = get_object_or_404(queries.assignments_of(request.user), key=key)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Proszę napisać, co się stało: co najmniej jedno pełne zdanie."))
        return redirect("jury-assignment", key=key)
    act(assignment=found, reason=form.cleaned_data["reason"], actor=request.user)
    messages.success(request, _("Dziękujemy. Biuro już wie i wyznaczy inną osobę."))
    return redirect("jury-home")


def _own(request: HttpRequest, key: str) -> Audit:
    """The juror's audit; the office's right to see it does not open the juror's form."""
    audit = get_object_or_404(queries.audits_visible_to(request.user), key=key, assignment__juror__user=request.user)
    rules.can_open_assignment(request.user, audit.assignment).require()
    return audit


def audit(request: HttpRequest, key: str) -> HttpResponse:
    found = _own(request, key)
    if request.method == "POST":
        answers = answers_in(request.POST, found)
        actions.save_answers(audit=found, answers=answers, actor=request.user)
        return redirect("jury-audit-summary", key=key)
    if not found.is_open_to_juror:
        return redirect("jury-audit-summary", key=key)
    context = {
        "audit": found,
        "assignment": found.assignment,
        "institution": found.assignment.application.institution,
        "sections": sections_of(found),
        "progress": scorecard.progress(found.version, found.marks),
        "intro": scorecard.in_words(found.version.definition, "intro"),
        "contact": ContactForm.of(found),
    }
    return render(request, "audits/juror/audit.html", context)


@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    found = _own(request, key)
    form = AnswerForm(_json(request))
    if not form.is_valid():
        return JsonResponse({"code": "bad-request", "errors": form.errors}, status=400)
    try:
        outcome = actions.save_answers(audit=found, answers=[form.answer()], actor=request.user)[0]
    except NotAllowed as refusal:
        if refusal.code != "bad-mark":
            raise
        return JsonResponse({"code": "bad-mark", "message": str(refusal.message)}, status=422)
    body = {"item": outcome.item_key, "mark": outcome.mark, "comment": outcome.comment, "revision": outcome.revision}
    if outcome.is_conflict:
        item = scorecard.item_of(found.version.definition, outcome.item_key) or {}
        words = scorecard.mark_words(item, outcome.mark, found.version.definition)
        return JsonResponse({"code": "conflict", "words": words, **body}, status=409)
    return JsonResponse(body | _state_of(_own(request, key)))


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        data = json.loads(request.body)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _state_of(found: Audit) -> dict[str, Any]:
    """What the phone shows after a save."""
    progress = scorecard.progress(found.version, found.marks)
    return {
        "saved_at": now().astimezone(WARSAW).strftime("%H:%M"),
        "visible": scorecard.visible(found.version, found.marks),
        "answered": progress.answered,
        "total": progress.total,
    }


@require_POST
def contact(request: HttpRequest, key: str) -> HttpResponse:
    found = _own(request, key)
    form = ContactForm(_json(request))
    if not form.is_valid():
        return JsonResponse({"code": "contact-unclear", "message": _("Proszę podać datę i godzinę.")}, status=422)
    try:
        found = actions.set_contact(audit=found, contact_at=form.contact_at(), actor=request.user)
    except NotAllowed as refusal:
        if not refusal.code.startswith("contact-"):
            raise
        return JsonResponse({"code": refusal.code, "message": str(refusal.message)}, status=422)
    return JsonResponse(_state_of(found))


@require_POST
def photo(request: HttpRequest, key: str) -> HttpResponse:
    found = _own(request, key)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        message = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"code": "bad-photo", "message": message}, status=422)
    given = form.cleaned_data
    try:
        kept = actions.add_photo(
            audit=found,
            item_key=given["item"],
            content=given["photo"],
            client_key=given["client_key"],
            actor=request.user,
        )
    except ValidationError as fault:
        return JsonResponse({"code": "bad-photo", "message": " ".join(fault.messages)}, status=422)
    html = render_to_string("audits/juror/_photo.html", {"photo": kept}, request)
    return JsonResponse({"html": html, "saved_at": now().astimezone(WARSAW).strftime("%H:%M")})


@require_POST
def remove_photo(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(
        queries.evidence_visible_to(request.user), key=key, audit__assignment__juror__user=request.user
    )
    audit = actions.remove_photo(evidence=found, actor=request.user)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"removed": True})
    return redirect("jury-audit", key=audit.key)


@require_GET
def evidence(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(
        queries.evidence_visible_to(request.user), key=key, audit__assignment__juror__user=request.user
    )
    rules.can_see_evidence(request.user, found).require()
    content = photos.content_of(found, is_thumbnail="mini" in request.GET)
    return as_download(content, name=f"{found.key}.jpg", content_type=found.content_type, inline=True)


@require_GET
def summary(request: HttpRequest, key: str) -> HttpResponse:
    found = _own(request, key)
    context = {
        "audit": found,
        "assignment": found.assignment,
        "institution": found.assignment.application.institution,
        "gaps": scorecard.gaps(found),
        "progress": scorecard.progress(found.version, found.marks),
        "is_late": found.is_late(now()),
        "photos": found.evidence.all(),
    }
    return render(request, "audits/juror/summary.html", context)


@require_POST
def submit(request: HttpRequest, key: str) -> HttpResponse:
    found = _own(request, key)
    if found.is_open_to_juror:
        found = actions.submit_audit(audit=found, actor=request.user)
    messages.success(request, _("Audyt przesłano do biura. Dziękujemy za pracę w terenie."))
    return redirect("jury-home")
