"""Texts kept in two languages, in templates: {{ programme|said:"tagline" }}."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template

from probierz.base.clock import now
from probierz.editions.models import Edition, Stage
from probierz.portal import wording

register = template.Library()


@register.filter
def said(thing: Any, name: str) -> Any:
    return wording.said(thing, name)


@register.filter
def stage_name(stage: Stage) -> str:
    return wording.stage_name(stage)


@register.filter
def edition_name(edition: Edition) -> str:
    return wording.edition_name(edition)


@register.filter
def licence_name(edition: Edition) -> str:
    return wording.licence_name(edition)


@register.filter
def scope_words(edition: Edition) -> str:
    return wording.licence_scope(edition, edition.licence_scope)


@register.filter
def channel_words(key: str) -> str:
    return str(wording.CHANNELS.get(key, ""))


@register.filter
def day_words(day: date) -> str:
    """Without the <time> of {% pl_date %}, where the page sets its own."""
    return wording.day_words(day)


@register.filter
def until_words(moment: datetime) -> str:
    return wording.until_words(moment)


@register.filter
def left_words(moment: datetime) -> str:
    """From now to a moment ahead."""
    return wording.left_words(moment - now())
