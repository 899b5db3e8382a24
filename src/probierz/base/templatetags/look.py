"""The components of every page as template tags; a template builtin, so no page needs to load it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from probierz.base import polish, verbs, wording
from probierz.base.clock import now
from probierz.base.templatetags.fields import field_context, summary_of

register = template.Library()

SHAPES = {
    "neutral": '<svg viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4.5"/></svg>',
    "info": '<svg viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4.5"/>'
    '<path d="M6 1.5a4.5 4.5 0 0 1 0 9Z" fill="currentColor"/></svg>',
    "good": '<svg viewBox="0 0 12 12" aria-hidden="true"><path d="m1.5 6.5 3 3 6-7"/></svg>',
    "warn": '<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M6 1.5 11 10.5H1Z"/></svg>',
    "bad": '<svg viewBox="0 0 12 12" aria-hidden="true"><path d="m2 2 8 8M10 2l-8 8"/></svg>',
    "accent": '<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M6 1 11 6 6 11 1 6Z"/></svg>',
}

ABSENT = "\N{EN DASH}"
_TAG = re.compile(r"(<[^>]*>)")
_END = "\ue000"

TONES = {
    "good": "accepted active approved confirmed declared-clear done grant granted met positive published restored "
    "sent signed valid yes",
    "info": "assigned filling in-progress invited open preview queued running scheduled submitted under-review",
    "warn": "border completion conflict declared detected due missing not-classified returned suspended unconfirmed "
    "waiting",
    "bad": "annulled broken cover-blown failed invalid late negative overdue refuse refused rejected unmet no",
    "accent": "current frozen laureate new sealed statuette distinction",
}
TONE_OF = {state: tone for tone, states in TONES.items() for state in states.split()}


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    return _drawn(name, str(label), size)


@lru_cache(maxsize=2048)
def _drawn(name: str, label: str, size: str) -> SafeString:
    """Pages draw the same few icons over and over: a list of fifty rows, two hundred of them."""
    css = f"icon icon--{size}" if size else "icon"
    sprite = static("base/icons.svg")
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="{}" {}><use href="{}#{}"/></svg>', css, spoken, sprite, name)


@register.simple_tag
def badge(state: Any, label: Any = "", tone: str = "") -> SafeString:
    key = tone or str(state).lower().replace("_", "-")
    tone = key if key in SHAPES else TONE_OF.get(key, "neutral")
    shape = mark_safe(SHAPES[tone])
    return format_html('<span class="badge badge--{}">{}{}</span>', tone, shape, label or state)


@register.inclusion_tag("base/parts/stat.html")
def stat(value: Any, label: str, **options: Any) -> dict[str, Any]:
    return {"value": wording.figure(value), "label": label, **options}


@register.simple_block_tag
def page_header(content: str, title: str, lead: str = "") -> SafeString:
    return render_to_string("base/parts/page_header.html", {"title": title, "lead": lead, "actions": content})


def _pairs(parts: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Label, address, label, address ...; a last label may stand alone."""
    labels, urls = parts[::2], [*parts[1::2], ""]
    return [{"label": label, "url": url} for label, url in zip(labels, urls, strict=False)]


@register.inclusion_tag("base/parts/breadcrumbs.html")
def breadcrumbs(*parts: Any) -> dict[str, Any]:
    return {"items": _pairs(parts)}


@register.inclusion_tag("base/parts/tabs.html")
def tabs(*parts: Any, current: str = "", label: str = "") -> dict[str, Any]:
    items = _pairs(parts)
    for item in items:
        item["current"] = current in (item["url"], item["label"])
    return {"items": items, "label": label or _("Widoki")}


@register.inclusion_tag("base/parts/steps.html")
def steps(items: Iterable[Any], current: int = -1, row: bool = False, label: str = "") -> dict[str, Any]:
    shown = []
    for index, item in enumerate(items):
        step = dict(item) if isinstance(item, dict) else {"label": item}
        if not step.get("state"):
            step["state"] = "done" if index < current else "current" if index == current else "todo"
        shown.append(step)
    return {"items": shown, "row": row, "label": label or _("Etapy")}


@register.inclusion_tag("base/parts/field.html")
def field(bound: BoundField, **options: str) -> dict[str, Any]:
    return field_context(bound, **options)


@register.inclusion_tag("base/parts/form_fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, Any]:
    return {"form": form}


@register.inclusion_tag("base/parts/form_errors.html")
def form_errors(*sources: Any, focus: bool = True) -> dict[str, Any]:
    forms_here: list[forms.BaseForm] = []
    for source in sources:
        forms_here += [source] if hasattr(source, "non_field_errors") else list(source or [])
    return {"errors": summary_of(*forms_here), "focus": focus}


# Inside a {% for %} block Django reads {% empty %} as its own clause; there the same part is called empty_state.
@register.inclusion_tag("base/parts/empty.html", name="empty_state")
@register.inclusion_tag("base/parts/empty.html")
def empty(icon: str, title: str, text: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    return {"icon": icon, "title": title, "text": text, "url": url, "label": label}


@register.simple_tag(takes_context=True)
def qs(context: Context, **changes: Any) -> str:
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return query.urlencode()


@register.inclusion_tag("base/parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Any, param: str = "strona") -> dict[str, Any]:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [
        {"number": number, "query": qs(context, **{param: number}) if isinstance(number, int) else ""}
        for number in numbers
    ]
    around = {}
    if page.has_previous():
        around["previous"] = qs(context, **{param: page.previous_page_number()})
    if page.has_next():
        around["next"] = qs(context, **{param: page.next_page_number()})
    return {"page": page, "links": links, **around}


@register.inclusion_tag("base/parts/sort_th.html", takes_context=True)
def sort_th(context: Context, key: str, label: str, numeric: bool = False, param: str = "sort") -> dict[str, Any]:
    chosen = context["request"].GET.get(param, "")
    order = {key: "ascending", f"-{key}": "descending"}.get(chosen, "none")
    following = f"-{key}" if order == "ascending" else key
    query = qs(context, **{param: following, "strona": None})
    return {"label": label, "numeric": numeric, "order": order, "query": query}


def _share(value: Any, most: Any) -> str:
    """Where a value lies on the bar, as a percentage that SVG understands."""
    part = Fraction(str(value)) / Fraction(str(most)) * 100
    return f"{polish.rounded(min(max(part, Fraction(0)), Fraction(100)), 2):f}%"


@register.inclusion_tag("base/parts/score_bar.html")
def score_bar(value: Any, low: Any = None, high: Any = None, **options: Any) -> dict[str, Any]:
    most = options.get("max", 100)
    places = options.get("places", 1)
    context: dict[str, Any] = {"label": options.get("label", ""), "why": options.get("why", "")}
    given = {"value": value, "low": low, "high": high}
    given |= {name: options.get(name) for name in ("threshold", "mean")}
    for name, number in given.items():
        if number is not None:
            context[name] = wording.decimal(number, places)
            context[f"{name}_at"] = _share(number, most)
    return context | {"max": wording.figure(most)}


@register.inclusion_tag("base/parts/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    return {"entries": entries}


@register.inclusion_tag("base/parts/deadline.html")
def deadline(closes_at: datetime) -> dict[str, Any]:
    left = closes_at - now()
    is_past = left.total_seconds() <= 0
    state = "past" if is_past else "soon" if left.days < 3 else "far"
    words = wording.left_words(abs(left))
    return {"at": closes_at, "words": wording.until_words(closes_at), "left": words, "state": state}


def _time(moment: date | datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), words)


@register.simple_tag
def pl_date(day: date | None) -> SafeString | str:
    return _time(day, wording.day_words(day)) if day else wording.NOTHING


@register.simple_tag
def pl_datetime(moment: datetime | None, seconds: bool = False) -> SafeString | str:
    return _time(moment, wording.moment_words(moment, seconds=seconds)) if moment else wording.NOTHING


@register.simple_tag
def date_range(starts: date | datetime, ends: date | datetime) -> str:
    return wording.span_words(starts, ends)


@register.inclusion_tag("base/parts/person.html")
def person(name: str, role: str = "", photo: str = "", url: str = "") -> dict[str, Any]:
    words = [word for word in str(name).replace(".", " ").split() if word[:1].isupper()]
    initials = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words))
    return {"name": name, "role": role, "photo": photo, "url": url, "initials": initials}


@register.inclusion_tag("base/parts/why.html")
def why(url: str, label: str = "") -> dict[str, Any]:
    return {"url": url, "label": label or _("Skąd to?")}


@register.simple_tag
def number(value: Any, url: str, part: str = "") -> SafeString | str:
    """A number to press: its explanation opens in the drawer, at the element with the id `part`."""
    if value in (None, "", ABSENT):
        return ABSENT
    where = f"{url}#{part}" if part else url
    return format_html('<a class="figure" href="{}" data-drawer title="{}">{}</a>', where, _("Skąd to?"), value)


@register.simple_block_tag(takes_context=True)
def confirm(context: Context, content: str, label: str, url: str, **options: Any) -> SafeString:
    """A button and the dialog that asks once more; what stands inside goes into the dialog's form."""
    key = sha256(f"{label}|{url}".encode()).hexdigest()[:10]
    shown = {"key": f"confirm-{key}", "label": label, "url": url, "content": content, **options}
    shown["csrf_token"] = context.get("csrf_token", "")
    return render_to_string("base/parts/confirm.html", shown)


@register.inclusion_tag("base/parts/copy.html")
def copy(text: str, label: str = "") -> dict[str, Any]:
    return {"text": text, "label": label or _("Kopiuj")}


@register.inclusion_tag("base/parts/save_state.html")
def save_state() -> dict[str, Any]:
    return {}


SHELLS = {"office": "work", "institution": "work", "juror": "field"}


@register.filter
def shell(audience: Any) -> str:
    """The shell of an audience's pages, for a page that all of them may meet."""
    return f"base/shell_{SHELLS.get(audience, 'public')}.html"


_labels: dict[tuple[str, str], dict[Any, Any]] = {}


@register.filter
def choice(row: Any, name: str) -> str:
    """What get_..._display says, without translating every choice for every row of a list."""
    value = getattr(row, name, "")
    if not value:
        return ""
    key = (row._meta.label, name)
    if key not in _labels:
        _labels[key] = dict(row._meta.get_field(name).flatchoices)
    return str(_labels[key].get(value, value))


@register.filter
def until_figures(closes_at: datetime) -> str:
    return wording.until_figures(closes_at)


@register.filter
def moment_figures(moment: datetime) -> str:
    return wording.moment_figures(moment)


@register.filter
def points(value: Any, places: int = 1) -> str:
    return wording.NOTHING if value is None or value == "" else wording.decimal(value, places)


@register.filter
def percent(share: Any, places: int = 0) -> str:
    if share is None or share == "":
        return wording.NOTHING
    exact = Decimal(str(share)) if isinstance(share, float) else share
    return wording.percent(exact, places)


@register.filter
def thousands(n: int | None) -> str:
    return wording.figure(n)


def _forms(words: str) -> tuple[str, str, str]:
    one, few, many = (word.strip() for word in words.split(","))
    return one, few, many


@register.filter
def plural_word(n: int, words: str) -> str:
    return wording.plural(n, *_forms(words))


@register.filter
def plural(n: int, words: str) -> str:
    return f"{wording.figure(n)}{polish.NBSP}{plural_word(n, words)}"


@register.filter
def nbsp(text: Any) -> str:
    return wording.unbroken(str(text))


@register.filter(is_safe=True)
def unbroken(markup: str) -> str:
    """The same for a piece of a page: only what stands between its tags."""
    parts = _TAG.split(markup)
    return "".join(
        part if part.startswith("<") else wording.unbroken(f"{part}{_END}").removesuffix(_END) for part in parts
    )


@register.filter
def nip(digits: str) -> str:
    return polish.nip(digits)


@register.filter
def roman(n: int) -> str:
    return polish.roman(int(n))


@register.filter
def filesize_pl(size: int) -> str:
    return wording.file_size(int(size))


@register.filter
def get(mapping: Any, key: Any) -> Any:
    return mapping.get(key, "") if mapping else ""


@register.filter
def verb_in_words(verb: str) -> str:
    return verbs.in_words(verb)
