"""The edition before: measured, published and licensed by the real actions, so that there is something to print."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bench.data import make_edition
from probierz.awards.actions import grant_licences
from probierz.base.clock import held_at
from probierz.editions.models import Edition
from probierz.results.actions import calculate, publish, seal


def finished_edition(size: int, coordinator: Any) -> Edition:
    edition = make_edition("lzm-2024", 1, size, coordinator, finished=True)
    announced = edition.stages.get(kind="announcement").opens_at + timedelta(days=10)
    with held_at(announced):
        seal(calculation=calculate(edition=edition, actor=coordinator), actor=coordinator)
        publish(edition=edition, actor=coordinator)
        grant_licences(edition=edition, actor=coordinator)
    return edition
