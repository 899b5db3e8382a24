"""The office's pages: all audits of an edition, one audit side by side, decisions, successors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from probierz.audits import actions, checks, photos, queries, rules, scorecard
from probierz.audits.comparison import parts_of
from probierz.audits.forms import ApprovalForm, AuditFilter, MarkForm, ReasonForm, ReplacementForm
from probierz.audits.models import Audit
from probierz.base.clock import WARSAW, today
from probierz.base.downloads import as_download
from probierz.base.queries import entries_about
from probierz.editions import rules as editions
from probierz.editions.models import Edition
from probierz.editions.queries import editions_visible_to
from probierz.jury.queries import replacements_for

PAGE = 50


def _edition(request: HttpRequest, programme: str, edition: str) -> Edition:
    return get_object_or_404(editions_visible_to(request.user), programme__slug=programme, slug=edition)


def _audit(request: HttpRequest, edition: Edition, key: str) -> Audit:
    return get_object_or_404(queries.audits_visible_to(request.user), key=key, assignment__application__edition=edition)


def _back(edition: Edition, name: str = "office-audits", **kwargs: Any) -> HttpResponse:
    answer: HttpResponse = redirect(name, programme=edition.programme.slug, edition=edition.slug, **kwargs)
    return answer


@require_GET
def audits(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    form = AuditFilter(request.GET)
    rows = queries.rows_of(found, **form.criteria())
    context = {
        "edition": found,
        "programme": found.programme,
        "form": form,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("strona")),
        "counts": queries.counts_of(found),
        "can_run": editions.can_run(request.user, found),
    }
    return render(request, "audits/office/audits.html", context)


@require_GET
def audit(request: HttpRequest, programme: str, edition: str, key: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    one = _audit(request, found, key)
    score, noticed = scorecard.score_of(one), checks.findings(one)
    contact_on = one.contact_at.astimezone(WARSAW).date() if one.contact_at else None
    context = {
        "edition": found,
        "programme": found.programme,
        "audit": one,
        "assignment": one.assignment,
        "institution": one.assignment.application.institution,
        "score": score,
        "parts": parts_of(one, score, noticed),
        "findings": noticed,
        "answer": queries.model_answer_for(one.assignment, contact_on),
        "can_validate": rules.can_validate(request.user, one),
        "can_override": rules.can_override(request.user, one),
        "can_replace": rules.can_replace(request.user, one.assignment),
        "return_form": ReasonForm(auto_id="return_%s"),
        "reject_form": ReasonForm(auto_id="reject_%s"),
        "approval_form": ApprovalForm(auto_id="approve_%s"),
        "entries": entries_about(one),
    }
    return render(request, "audits/office/audit.html", context)


@require_POST
def give_back(request: HttpRequest, **where: str) -> HttpResponse:
    said = _("Audyt zwrócono jurorowi. Powód wysłaliśmy e-mailem.")
    return _decide(request, where, ReasonForm(request.POST), actions.return_audit, said)


@require_POST
def approve(request: HttpRequest, **where: str) -> HttpResponse:
    said = _("Audyt zatwierdzono. Wejdzie do obliczenia wyników.")
    return _decide(request, where, ApprovalForm(request.POST), actions.approve_audit, said)


@require_POST
def reject(request: HttpRequest, **where: str) -> HttpResponse:
    said = _("Audyt odrzucono. Teraz można wyznaczyć osobę, która go powtórzy.")
    return _decide(request, where, ReasonForm(request.POST), actions.reject_audit, said)


def _decide(
    request: HttpRequest, where: dict[str, str], form: Form, act: Callable[..., Audit], said: str
) -> HttpResponse:
    """A decision with its reason; after a rejection the next step is a successor."""
    edition = _edition(request, where["programme"], where["edition"])
    if not form.is_valid():
        messages.error(request, _("Decyzji nie zapisano: uzasadnienie musi mieć co najmniej 10 znaków."))
        return _back(edition, "office-audit", key=where["key"])
    audit = act(audit=_audit(request, edition, where["key"]), reason=form.cleaned_data["reason"], actor=request.user)
    messages.success(request, said)
    if audit.state == Audit.State.REJECTED:
        return _back(edition, "office-audit-replace", key=audit.assignment.key)
    return _back(edition)


@require_POST
def approve_many(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    editions.can_run(request.user, found).require()
    chosen = queries.chosen_audits(request.user, found, request.POST.getlist("ids"))
    approved = actions.approve_audits(edition=found, audits=chosen, actor=request.user)
    words = ngettext("Zatwierdzono %(count)s audyt.", "Zatwierdzono audyty: %(count)s.", len(approved))
    left = len(chosen) - len(approved)
    messages.success(request, words % {"count": len(approved)})
    if left:
        messages.warning(request, _("Bez zmian zostało: %(left)s. Te audyty trzeba obejrzeć.") % {"left": left})
    return _back(found)


def override(request: HttpRequest, programme: str, edition: str, key: str, item: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    one = _audit(request, found, key)
    rules.can_override(request.user, one).require()
    entry = scorecard.item_of(one.version.definition, item)
    if entry is None or entry["kind"] in {"text", "photo"}:
        return _back(found, "office-audit", key=key)
    form = MarkForm(request.POST or None, item=entry)
    if form.is_valid():
        given = form.cleaned_data
        actions.override_mark(audit=one, item_key=item, mark=given["mark"], reason=given["reason"], actor=request.user)
        messages.success(request, _("Ocenę zmieniono. Ocena jurora została zachowana obok."))
        return _back(found, "office-audit", key=key)
    context = {"edition": found, "programme": found.programme, "audit": one, "form": form, "item": entry}
    context["text"] = scorecard.in_words(entry, "text")
    context["mark"] = scorecard.mark_words(entry, one.marks.get(item, ""), one.version.definition)
    return render(request, "audits/office/override.html", context)


def replace(request: HttpRequest, programme: str, edition: str, key: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    assignment = get_object_or_404(queries.assignments_visible_to(request.user), key=key, application__edition=found)
    rules.can_replace(request.user, assignment).require()
    jurors = replacements_for(assignment)
    initial = {"opens_on": today(), "scenario": assignment.scenario_id}
    form = ReplacementForm(request.POST or None, assignment=assignment, jurors=jurors, initial=initial)
    if form.is_valid():
        opens_at, closes_at = form.window()
        actions.replace_assignment(
            assignment=assignment,
            juror=form.cleaned_data["juror"],
            scenario=form.cleaned_data["scenario"],
            opens_at=opens_at,
            closes_at=closes_at,
            actor=request.user,
        )
        messages.success(request, _("Wyznaczono następcę. Wiadomość już do niego idzie."))
        return _back(found)
    context = {"edition": found, "programme": found.programme, "assignment": assignment, "form": form}
    return render(request, "audits/office/replace.html", context | {"jurors": jurors})


@require_GET
def evidence(request: HttpRequest, programme: str, edition: str, key: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    kept = get_object_or_404(
        queries.evidence_visible_to(request.user), key=key, audit__assignment__application__edition=found
    )
    rules.can_see_evidence(request.user, kept).require()
    content = photos.content_of(kept, is_thumbnail="mini" in request.GET)
    return as_download(content, name=f"{kept.key}.jpg", content_type=kept.content_type, inline=True)
