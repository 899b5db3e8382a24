"""Scorecards: the list, a card, its versions, copying, publishing, a trial fill."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assay import scorecards
from probierz.base.clock import today
from probierz.base.rules import NotAllowed
from probierz.base.wording import language
from probierz.instruments import actions, definitions, differences, queries, rendering, rules, wording
from probierz.instruments.forms import CopyForm
from probierz.instruments.marks import read_comments, read_marks
from probierz.instruments.models import InstrumentVersion


def instruments(request: HttpRequest) -> HttpResponse:
    found = queries.instruments_visible_to(request.user)
    context = {"rows": queries.rows_of(found), "may_edit": rules.can_edit(request.user)}
    return render(request, "instruments/office/list.html", context)


@require_POST
def install(request: HttpRequest) -> HttpResponse:
    added = actions.install_shipped_instruments(actor=request.user)
    if added:
        messages.success(request, _("Dodano lub odświeżono arkusze: %(count)s.") % {"count": len(added)})
    else:
        messages.info(request, _("Arkusze i scenariusze dostarczone z programem są aktualne."))
    return redirect("office-instruments")


def instrument(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(queries.instruments_visible_to(request.user), key=key)
    versions = list(found.versions.all())
    newest = next((version for version in versions if not version.is_draft), None)
    context = {
        "instrument": found,
        "versions": versions,
        "newest": newest,
        "draft": next((version for version in versions if version.is_draft), None),
        "criteria": rendering.criteria_of(newest, language()) if newest else None,
        "may_edit": rules.can_edit(request.user),
        "may_start": rules.can_start_version(request.user, versions),
    }
    return render(request, "instruments/office/card.html", context)


@require_POST
def start(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(queries.instruments_visible_to(request.user), key=key)
    draft = actions.start_version(instrument=found, actor=request.user)
    messages.success(request, _("Otwarto wersję roboczą. Jurorzy i strona publiczna nadal widzą poprzednią."))
    return redirect("office-instrument-edit", key=draft.key)


def copy(request: HttpRequest, key: str) -> HttpResponse:
    version = _version(request, key)
    title = _("%(title)s (kopia)") % {"title": version.instrument.title}
    form = CopyForm(request.POST or None, initial={"title": title})
    if form.is_valid():
        draft = actions.copy_instrument(version=version, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Powstał nowy arkusz. Można w nim zmienić wszystko."))
        return redirect("office-instrument-edit", key=draft.key)
    return render(request, "instruments/office/copy.html", {"form": form, "version": version})


def version(request: HttpRequest, key: str) -> HttpResponse:
    found = _version(request, key)
    if found.is_draft:
        return redirect("office-instrument-edit", key=found.key)
    context = {"version": found, "instrument": found.instrument, "criteria": rendering.criteria_of(found, language())}
    return render(request, "instruments/office/version.html", context)


def changes(request: HttpRequest, key: str) -> HttpResponse:
    found = _version(request, key)
    before = queries.version_before(found)
    context = {
        "version": found,
        "instrument": found.instrument,
        "before": before,
        "differences": differences.between(before.definition if before else {}, found.definition),
    }
    return render(request, "instruments/office/changes.html", context)


def publish(request: HttpRequest, key: str) -> HttpResponse:
    found = _version(request, key)
    if request.method == "POST":
        revision = int(request.POST.get("revision") or -1)
        published = actions.publish_version(version=found, revision=revision, actor=request.user)
        messages.success(
            request, _("Opublikowano wersję %(number)s. Można jej użyć w edycji.") % {"number": published.number}
        )
        return redirect("office-instrument", key=published.instrument.key)
    before = queries.version_before(found)
    context = {
        "version": found,
        "instrument": found.instrument,
        "before": before,
        "problem": wording.said_problem(definitions.problem_of(found.definition)),
        "differences": differences.between(before.definition if before else {}, found.definition),
        "may_edit": rules.can_edit_version(request.user, found),
    }
    return render(request, "instruments/office/publish.html", context)


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    found = _version(request, key)
    left = actions.discard_draft(version=found, actor=request.user)
    messages.success(request, _("Wersja robocza została porzucona."))
    return redirect("office-instrument", key=left.key) if left.pk else redirect("office-instruments")


def trial(request: HttpRequest, key: str) -> HttpResponse:
    """Fill the real form and see the score move; nothing is kept."""
    found = _version(request, key)
    problem = definitions.problem_of(found.definition)
    if problem is not None:
        raise NotAllowed("not-valid", wording.said_problem(problem))
    card = definitions.card_of(found.definition)
    marks = read_marks(found.definition, request.POST)
    visible = scorecards.visible_items(card, marks)
    marks = {item: mark for item, mark in marks.items() if item in visible}
    refused = {problem.item: problem for problem in scorecards.check_marks(card, marks) if problem.code != "missing"}
    usable = {item: mark for item, mark in marks.items() if item not in refused}
    score = scorecards.score(card, usable, partial=True)
    context = {
        "version": found,
        "instrument": found.instrument,
        "parts": rendering.parts_of(
            found.definition,
            marks=marks,
            comments=read_comments(found.definition, request.POST),
            visible=visible,
            language=language(),
        ),
        "score": score,
        "tree": rendering.score_tree(found.definition, score, language()),
        "refused": sorted(refused),
        "hidden": [item.key for item in card.items if item.key not in visible],
        "answered": len(usable),
        "asked": len(visible),
        "today": today(),
    }
    name = "instruments/_trial_score.html" if request.headers.get("HX-Request") else "instruments/office/trial.html"
    return render(request, name, context)


def _version(request: HttpRequest, key: str) -> InstrumentVersion:
    return get_object_or_404(queries.versions_visible_to(request.user), key=key)
