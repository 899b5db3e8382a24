"""The editor of a draft: its head, its sections, its items, and their order."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from probierz.instruments import actions, definitions, queries, rendering, rules, wording
from probierz.instruments.forms import HeadForm, ItemEditor, SectionForm
from probierz.instruments.forms.fields import with_value
from probierz.instruments.models import InstrumentVersion

_MOVES = {
    "section-up": (definitions.moved_section, -1),
    "section-down": (definitions.moved_section, 1),
    "item-up": (definitions.moved_item, -1),
    "item-down": (definitions.moved_item, 1),
}
_REMOVALS = {"section-remove": definitions.without_section, "item-remove": definitions.without_item}


def editor(request: HttpRequest, key: str) -> HttpResponse:
    version = _draft(request, key)
    problem = definitions.problem_of(version.definition)
    context = {
        "version": version,
        "instrument": version.instrument,
        "sections": rendering.outline_of(version.definition),
        "problem": wording.said_problem(problem),
        "broken": problem,
        "may_edit": rules.can_edit_version(request.user, version),
    }
    return render(request, "instruments/office/editor.html", context)


def head(request: HttpRequest, key: str) -> HttpResponse:
    version = _draft(request, key)
    form = HeadForm(request.POST or None, initial={**version.definition, "revision": version.revision})
    if form.is_valid():
        changed = definitions.with_head(version.definition, form.values())
        if _saved(request, version, form, changed, _("nagłówek")):
            return redirect("office-instrument-edit", key=version.key)
    return render(request, "instruments/office/head.html", _about(version, form=form))


def section(request: HttpRequest, key: str, section: str = "") -> HttpResponse:
    version = _draft(request, key)
    existing = definitions.section_of(version.definition, section) if section else {}
    if existing is None:
        raise Http404
    form = SectionForm(
        request.POST or None,
        initial={**existing, "revision": version.revision},
        is_new=not section,
        taken=tuple(entry["key"] for entry in version.definition.get("sections", [])),
    )
    if form.is_valid():
        values = form.values()
        wanted = section or values.pop("key")
        changed = definitions.with_section(version.definition, wanted, values)
        if _saved(request, version, form, changed, _("sekcja %(key)s") % {"key": wanted}):
            return _back(version, f"sekcja-{wanted}")
    return render(request, "instruments/office/section.html", _about(version, form=form, section=existing))


def item(request: HttpRequest, key: str, section: str, item: str = "") -> HttpResponse:
    version = _draft(request, key)
    if definitions.section_of(version.definition, section) is None:
        raise Http404
    existing = definitions.item_of(version.definition, item) if item else None
    if item and existing is None:
        raise Http404
    fresh = {"key": definitions.free_item_key(version.definition, section), "kind": "yes_no"}
    form = ItemEditor(
        item=existing or fresh,
        earlier=definitions.items_before(version.definition, item or None),
        revision=version.revision,
        data=request.POST or None,
    )
    if request.method == "POST" and form.is_valid() and _item_saved(request, version, form, section, item):
        return _back(version, f"pozycja-{form.item()['key']}")
    return render(request, "instruments/office/item.html", _about(version, editor=form, item=existing, section=section))


def _item_saved(request: HttpRequest, version: InstrumentVersion, form: ItemEditor, section: str, item: str) -> bool:
    wanted = form.item()
    changed = definitions.with_item(version.definition, section, item, wanted)
    problem = definitions.problem_of(changed)
    if problem is not None and problem.item == wanted["key"]:
        form.refuse(problem)
        return False
    return _saved(request, version, form.form, changed, _("pozycja %(key)s") % {"key": wanted["key"]})


@require_POST
def rearrange(request: HttpRequest, key: str) -> HttpResponse:
    version = _draft(request, key)
    move, _sep, target = request.POST.get("move", "").partition(":")
    if move in _MOVES:
        function, by = _MOVES[move]
        changed = function(version.definition, target, by)
    elif move in _REMOVALS:
        changed = _REMOVALS[move](version.definition, target)
    else:
        raise Http404
    revision = int(request.POST.get("revision") or -1)
    actions.save_definition(
        version=version, definition=changed, revision=revision, change=f"{move} {target}", actor=request.user
    )
    kind = "sekcja" if move.startswith("section") else "pozycja"
    return _back(version, "" if move in _REMOVALS else f"{kind}-{target}")


def _saved(request: HttpRequest, version: InstrumentVersion, form: Form, changed: dict[str, Any], change: str) -> bool:
    """Save a changed draft; when somebody else was first, say so on the form and let the next save through."""
    try:
        actions.save_definition(
            version=version,
            definition=changed,
            revision=form.cleaned_data["revision"],
            change=change,
            actor=request.user,
        )
    except actions.StaleRevision as refusal:
        form.add_error(None, str(refusal.message))
        form.data = with_value(form.data, "revision", refusal.revision)
        return False
    messages.success(request, _("Zapisano: %(change)s.") % {"change": change})
    return True


def _draft(request: HttpRequest, key: str) -> InstrumentVersion:
    version = get_object_or_404(queries.versions_visible_to(request.user), key=key)
    rules.can_edit_version(request.user, version).require()
    return version


def _about(version: InstrumentVersion, **more: Any) -> dict[str, Any]:
    return {"version": version, "instrument": version.instrument, **more}


def _back(version: InstrumentVersion, anchor: str) -> HttpResponse:
    response = redirect("office-instrument-edit", key=version.key)
    if anchor:
        response["Location"] += f"#{anchor}"
    return response
