"""A proposed plan in the office's hands: who could sit where, what stands against it, and a change by hand."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from probierz.base.canonical import canonical
from probierz.jury.solving import NO_WINDOW, NOBODY, Costs

Row = dict[str, Any]


@dataclass(frozen=True)
class Candidate:
    """A juror for a seat, with what stands against them (nothing, if they may sit there)."""

    name: str
    problems: tuple[str, ...]
    parts: Mapping[str, int]
    load: int
    most: int

    @property
    def cost(self) -> int:
        return sum(self.parts.values())


class Proposal:
    """The stored inputs and outcome of a plan. `bound` and `away` are what has come to light since."""

    def __init__(
        self,
        inputs: Mapping[str, Any],
        outcome: Mapping[str, Any],
        *,
        bound: Collection[tuple[str, str]] = (),
        away: Collection[str] = (),
    ) -> None:
        self.inputs = inputs
        self.rows: list[Row] = list(outcome["seats"])
        self._by_id = {row["id"]: row for row in self.rows}
        self._excluded = {(application, name): why for application, name, why in inputs["excluded"]}
        self._excluded.update({(application, name): "conflict" for application, name in bound})
        self._away, self._bound = set(away), set(bound)
        self.loads = Counter(row["juror"] for row in self.rows if row["juror"])
        self._here: dict[tuple[str, str], list[Row]] = {}
        self._at: dict[str, list[Row]] = {}
        self._costs = Costs(inputs)
        self._share = Fraction(inputs["max_share"])
        for row in self.rows:
            self._at.setdefault(row["application"], []).append(row)
            if row["juror"]:
                self._here.setdefault((row["application"], row["juror"]), []).append(row)

    def row(self, seat: str) -> Row | None:
        return self._by_id.get(seat)

    def rows_at(self, application: str) -> list[Row]:
        return self._at.get(application, [])

    def problems(self, row: Row, name: str) -> tuple[str, ...]:
        """Codes of what forbids a juror at a seat, the gravest first."""
        person = self.inputs["jurors"].get(name)
        if person is None or name in self._away:
            return ("away",)
        others = [other for other in self._here.get((row["application"], name), []) if other["id"] != row["id"]]
        checks = [
            (self._excluded.get((row["application"], name), ""), (row["application"], name) in self._excluded),
            (NO_WINDOW, not row["from"]),
            ("channel", row["channel"] not in person["channels"]),
            ("legend", row["channel"] in person["channels"] and self.offer(row) not in person["offers"]),
            ("same-channel", any(other["channel"] == row["channel"] for other in others)),
            ("repeat", len(others) >= self._limit(row["application"])),
            ("full", self._load_without(row, name) >= person["most"]),
        ]
        return tuple(code for code, stands in checks if stands)

    def problems_since(self, row: Row) -> tuple[str, ...]:
        """What has come to light against the juror of a seat; all else was checked when they were seated."""
        is_new = row["juror"] in self._away or (row["application"], row["juror"]) in self._bound
        return self.problems(row, row["juror"]) if is_new else ()

    def problems_of_more(self, application: str, channel: str, name: str) -> tuple[str, ...]:
        """What forbids a juror one more audit of an institution, on a seat that is not in the plan yet."""
        kind = next((row["kind"] for row in self.rows_at(application)), "")
        row = {"id": "", "application": application, "channel": channel, "kind": kind, "from": "found later"}
        return self.problems({**row, "juror": NOBODY}, name)

    def parts(self, row: Row, name: str) -> dict[str, int]:
        """What a juror at a seat costs and why."""
        return self._costs.parts(row["application"], self.offer(row), name)

    def steady_cost(self, row: Row, name: str) -> int:
        """The cost without its random part."""
        return self._costs.steady(row["application"], self.offer(row), name)

    def candidates(self, row: Row) -> list[Candidate]:
        """Every juror for a seat: those who may first, the cheapest first."""
        found = [
            Candidate(
                name,
                self.problems(row, name),
                self.parts(row, name),
                self.loads[name],
                person["most"],
            )
            for name, person in self.inputs["jurors"].items()
        ]
        return sorted(found, key=lambda one: (bool(one.problems), one.cost, one.name))

    def broken(self) -> list[tuple[Row, tuple[str, ...]]]:
        """Filled seats against which something stands now."""
        judged = ((row, self.problems(row, row["juror"])) for row in self.rows if row["juror"])
        return [(row, problems) for row, problems in judged if problems]

    def place(self, row: Row, name: str, scenarios: Sequence[str]) -> None:
        """Put a juror on a seat, in the first role not yet played at the institution; NOBODY empties it."""
        row.update(juror=name, by_hand=True, parts={}, scenario="", cost=0)
        row.pop("mended", None)
        if name == NOBODY:
            row["why_not"] = {"by-hand": 1}
            return
        played = {other["scenario"] for other in self.rows_at(row["application"])}
        fresh = [key for key in scenarios if key not in played]
        parts = self.parts(row, name)
        row.update(parts=parts, cost=sum(parts.values()), why_not={}, scenario=next(iter([*fresh, *scenarios]), ""))

    def offer(self, row: Row) -> str:
        return f"{row['channel']}/{row['kind']}"

    def _limit(self, application: str) -> int:
        wanted = len(self.rows_at(application))
        most = wanted * self._share.numerator // self._share.denominator
        return min(self.inputs["repeat"], max(1, most))

    def _load_without(self, row: Row, name: str) -> int:
        return self.loads[name] - (row["juror"] == name)


def digest_of(inputs: Mapping[str, Any], outcome: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical({"inputs": inputs, "outcome": outcome})).hexdigest()
