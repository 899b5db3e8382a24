"""The rules: the form, the live preview in words, the freeze."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from assay.rulebook import Rulebook, RulebookError
from probierz.base.charts import WIDE, Chart, for_page
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.base.wording import language
from probierz.editions import actions, consequences, queries, rules
from probierz.editions.actions.rulebook import RulebookRefused
from probierz.editions.curve import consequence_curve
from probierz.editions.forms import RulebookEditor
from probierz.editions.forms.fields import plain, with_value
from probierz.editions.models import Edition
from probierz.editions.views.office import about, edition_of

SHORT_POLICIES = {
    "simple": gettext_lazy("sam próg"),
    "guarded": gettext_lazy("próg z pewnością"),
    "above-mean": gettext_lazy("próg i średnia kategorii"),
}
TOPICS = {
    "oficjalne-punkty": gettext_lazy("Które punkty są oficjalne"),
    "licencja": gettext_lazy("Komu przyznajemy licencję"),
    "remisy": gettext_lazy("Kto dostaje nagrodę przy remisie"),
    "skutki": gettext_lazy("Skąd liczby na wykresie skutków"),
}


def rulebook(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = edition_of(request, programme, edition)
    state = queries.rulebook_state(found, now())
    editor = RulebookEditor(rulebook=found.rulebook, before=state.digest, data=request.POST or None)
    if request.method == "POST" and editor.is_valid() and _saved(request, found, editor):
        messages.success(request, _("Zasady zapisane."))
        return redirect("office-edition-rulebook", programme=programme, edition=edition)
    return _page(request, found, editor, queries.rulebook_of(found))


def _page(request: HttpRequest, edition: Edition, editor: RulebookEditor, shown: Rulebook | None) -> HttpResponse:
    """The editor; `shown` are the rules whose words and consequences stand beside it."""
    moment = now()
    state = queries.rulebook_state(edition, moment)
    may_change = rules.can_change_rulebook(request.user, edition, moment)
    context = about(
        edition,
        editor=editor,
        state=state,
        sentences=shown.sentences(language()) if shown else [],
        weights=_weights(shown.to_dict()["channels"]) if shown else "",
        may_change=may_change,
        may_freeze=rules.can_decide(request.user, edition) and not state.is_frozen,
        **(_consequences(edition, shown) if may_change else {}),
    )
    return render(request, "editions/office/rulebook.html", context)


def _consequences(edition: Edition, shown: Rulebook | None) -> dict[str, Any]:
    if shown is None:
        return {}
    outlook = consequences.outlook(edition, shown)

    def draw(width: int, suffix: str) -> Chart:
        title = _("Ile licencji i ile pomyłek przy każdym progu")
        return consequence_curve(
            f"skutki{suffix}", outlook.curve, threshold=outlook.threshold, title=title, width=width
        )

    return {
        "outlook": outlook,
        "curve": for_page(draw),
        "curve_table": draw(WIDE, "").table,
        "policy_names": SHORT_POLICIES,
        "threshold_places": 0 if outlook.threshold.denominator == 1 else 1,
    }


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
    context: dict[str, Any] = {"edition": found}
    read = _read(editor)
    if read is not None:
        context |= {"sentences": read.sentences(language()), "weights": _weights(read.to_dict()["channels"])}
    context["errors"] = _errors(editor)
    return render(request, "editions/office/_sentences.html", context)


@require_POST
def foresee(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """What the licence's rules would do as they are typed; nothing is saved. Without JavaScript, the whole page."""
    found = edition_of(request, programme, edition)
    editor = RulebookEditor(rulebook=found.rulebook, before="", data=request.POST)
    read = _read(editor)
    if request.headers.get("HX-Request") != "true":
        return _page(request, found, editor, read)
    context = about(found, errors=_errors(editor), **_consequences(found, read))
    return render(request, "editions/office/_consequences_again.html", context)


@require_GET
def explanation(request: HttpRequest, programme: str, edition: str, topic: str) -> HttpResponse:
    """„Skąd to?” of the editor: what a choice means and where its numbers come from."""
    if topic not in TOPICS:
        raise Http404
    found = edition_of(request, programme, edition)
    context = about(found, topic=topic, heading=TOPICS[topic])
    if topic == "skutki":
        context |= _consequences(found, queries.rulebook_of(found))
    return render(request, "editions/office/why.html", context)


def _read(editor: RulebookEditor) -> Rulebook | None:
    """The rules as typed; None when they cannot stand, with the reason at its field."""
    if not editor.is_valid():
        return None
    try:
        return Rulebook.from_dict(editor.result())
    except RulebookError as refusal:
        editor.refuse(refusal.field, refusal.reason)
        return None


def _errors(editor: RulebookEditor) -> list[str]:
    return [str(error) for form in editor.forms for errors in form.errors.values() for error in errors]


@require_POST
def freeze(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = edition_of(request, programme, edition)
    actions.freeze_rulebook(edition=found, actor=request.user)
    messages.success(request, _("Zasady są zamrożone, a ich suma SHA-256 jest publiczna."))
    return redirect("office-edition-rulebook", programme=programme, edition=edition)


def _weights(channels: Any) -> str:
    """The sum of the weights, for the eye: it need not be 100, but usually is."""
    return plain(sum((Decimal(str(rule["weight"])) for rule in channels.values()), Decimal(0)))
