"""The rules: the form, the live preview in words, the freeze."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assay.rulebook import Rulebook, RulebookError
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.editions import actions, queries, rules
from probierz.editions.actions.rulebook import RulebookRefused
from probierz.editions.forms import RulebookEditor
from probierz.editions.forms.fields import plain, with_value
from probierz.editions.models import Edition
from probierz.editions.views.office import about, edition_of


def rulebook(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found, moment = edition_of(request, programme, edition), now()
    state = queries.rulebook_state(found, moment)
    editor = RulebookEditor(rulebook=found.rulebook, before=state.digest, data=request.POST or None)
    if request.method == "POST" and editor.is_valid() and _saved(request, found, editor):
        messages.success(request, _("Zasady zapisane."))
        return redirect("office-edition-rulebook", programme=programme, edition=edition)
    context = about(
        found,
        editor=editor,
        state=state,
        sentences=queries.rulebook_sentences(found),
        weights=_weights(found.rulebook["channels"]),
        may_change=rules.can_change_rulebook(request.user, found, moment),
        may_freeze=rules.can_decide(request.user, found) and not state.is_frozen,
    )
    return render(request, "editions/office/rulebook.html", context)


def _saved(request: HttpRequest, edition: Edition, editor: RulebookEditor) -> bool:
    try:
        actions.save_rulebook(edition=edition, rulebook=editor.result(), before=editor.before, actor=request.user)
    except RulebookRefused as refusal:
        editor.refuse(refusal.field, refusal.reason)
        return False
    except NotAllowed as refusal:
        if refusal.code != "stale":
            raise
        editor.form.add_error(None, str(refusal.message))
        digest = queries.rulebook_state(edition).digest
        editor.form.data = with_value(editor.form.data, "before", digest)
        return False
    return True


@require_POST
def preview(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The rules in words as they would read; nothing is saved."""
    found = edition_of(request, programme, edition)
    editor = RulebookEditor(rulebook=found.rulebook, before="", data=request.POST)
    context: dict[str, object] = {"edition": found}
    if editor.is_valid():
        result = editor.result()
        context["weights"] = _weights(result["channels"])
        try:
            context["sentences"] = Rulebook.from_dict(result).sentences("pl")
        except RulebookError as refusal:
            editor.refuse(refusal.field, refusal.reason)
    context["errors"] = [error for form in editor.forms for errors in form.errors.values() for error in errors]
    return render(request, "editions/office/_sentences.html", context)


@require_POST
def freeze(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = edition_of(request, programme, edition)
    actions.freeze_rulebook(edition=found, actor=request.user)
    messages.success(request, _("Zasady są zamrożone, a ich suma SHA-256 jest publiczna."))
    return redirect("office-edition-rulebook", programme=programme, edition=edition)


def _weights(channels: dict[str, dict[str, str]]) -> str:
    """The sum of the weights, for the eye: it need not be 100, but usually is."""
    return plain(sum((Decimal(str(rule["weight"])) for rule in channels.values()), Decimal(0)))
