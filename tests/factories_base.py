"""Actors for tests of the floor on which no room stands yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Somebody:
    journal_key: str = "11111111-1111-4111-8111-111111111111"
    journal_name: str = "Anna Próbna"


@dataclass(frozen=True)
class Thing:
    key: str = "rzecz-1"

    def __str__(self) -> str:
        return "Rzecz pierwsza"
