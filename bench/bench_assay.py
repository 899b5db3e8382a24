"""How fast the engine is: import, scoring one by one and by columns, a full calculation, and how it grows.

PYTHONPATH=src python -m bench.bench_assay
"""

from __future__ import annotations

import random
import subprocess
import sys
from typing import Any

from assay.protocol import build, verify
from assay.rulebook import Rulebook
from assay.scorecards import Scorecard, score, score_columns
from bench.clock import seconds

RULES = {
    "schema": 1,
    "points": {"scale": "0-100", "decimals": 2, "rounding": "half-up"},
    "channels": {"visit": {"weight": "1", "required": True, "absent": "exclude"}},
    "audit": {"min_coverage": "0.5", "no_answer": "zero"},
    "official_score": "raw",
    "ranked": {"min_audits": 3, "min_jurors": 2, "min_channels": 1},
    "licence": {
        "policy": "simple",
        "threshold": "60",
        "min_audits": 4,
        "min_channels": 1,
        "min_channel_score": None,
        "critical": "refuse",
    },
    "standings": {"scopes": ["category", "overall"], "ties": ["share"], "prize_ties": ["lot"]},
    "published": dict.fromkeys(
        ("points_to_institution", "place_to_institution", "points_public", "places_public", "only_laureates"), True
    ),
    "fieldwork": {
        "report_hours": 48,
        "min_working_days_between": 5,
        "max_share_of_juror": "0.5",
        "double_scored_share": "0.1",
        "completion_working_days": 7,
    },
    "licence_terms": {"months": 12, "fee": []},
    "awards": [],
}


GOOD_MARKS = {"scale": ("2", "3", "4", "5"), "yes_no": ("yes", "yes", "no")}


def card(items: int) -> Scorecard:
    """A scorecard of five sections: scales, yes/no with "not applicable", and one critical item."""
    sections = []
    for number in range(5):
        entries: list[dict[str, Any]] = []
        for index in range(number, items, 5):
            key = f"i{index}"
            if index % 3:
                entries.append({"key": key, "kind": "yes_no", "not_applicable": index % 2 == 0})
            else:
                options = [{"mark": str(mark), "points": str(mark - 1)} for mark in range(1, 6)]
                entries.append({"key": key, "kind": "scale", "options": options, "critical": index == 3})
        sections.append({"key": f"s{number}", "weight": str(10 + 5 * number), "items": entries})
    return Scorecard.from_definition({"key": "bench", "channel": "visit", "sections": sections})


def audits(sheet: Scorecard, institutions: int, each: int) -> list[dict[str, Any]]:
    """Seeded audits: every institution audited `each` times by jurors of a pool."""
    chance = random.Random(2025)
    found = []
    for place in range(institutions):
        for number in range(each):
            marks = {
                item.key: chance.choice("2345" if item.kind == "scale" else ("yes", "yes", "no"))
                for item in sheet.items
            }
            found.append(
                {
                    "key": f"a{place}-{number}",
                    "institution": f"i{place}",
                    "category": f"c{place % 7}",
                    "juror": f"j{chance.randrange(300)}",
                    "channel": "visit",
                    "instrument": "bench",
                    "marks": marks,
                }
            )
    return found


def mark_columns(sheet: Scorecard, count: int) -> dict[str, list[str]]:
    """Seeded marks of so many audits, a column per item."""
    chance = random.Random(2025)
    return {item.key: chance.choices(GOOD_MARKS[item.kind], k=count) for item in sheet.items}


def _columns() -> None:
    """In a function of its own: forty million marks kept alive would slow whatever is measured after."""
    print("\nscoring by columns, 40 items (aim under 10 s at 1,000,000)")
    narrow = card(40)
    for count in (1_000, 10_000, 100_000, 1_000_000):
        columns = mark_columns(narrow, count)
        took = seconds(lambda columns=columns: score_columns(narrow, columns), 1 if count > 100_000 else 3)
        print(f"  {count:>9} audits  {took:7.3f} s")


def main() -> None:
    """Print the table."""
    start = (
        "import time; t = time.process_time(); import assay.rulebook, assay.protocol; print(time.process_time() - t)"
    )
    imported = min(
        float(subprocess.run([sys.executable, "-c", start], capture_output=True, check=True).stdout) for _ in range(3)
    )
    print(f"import assay: {imported * 1000:.1f} ms (aim 150)")

    wide = card(97)
    entries = [entry["marks"] for entry in audits(wide, 185, 7)]
    print(f"scoring {len(entries)} audits x 97 items: {seconds(lambda: [score(wide, one) for one in entries]):.3f} s")

    _columns()

    print("\nfull calculation, 8 audits x 40 items (aim under 2 s at 2,500)")
    sheet = card(40)
    rulebook = Rulebook.from_dict(RULES)
    for count in (125, 500, 2500, 5000):
        given = audits(sheet, count, 8)
        took = seconds(lambda given=given: rulebook.compute(given, {"bench": sheet}))
        print(f"  {count:>6} institutions  {len(given):>6} audits  {took:7.3f} s")
        if count == 2500:
            outcome = rulebook.compute(given, {"bench": sheet})
            protocol = build(rulebook, {"bench": sheet}, given, outcome)
            tree = seconds(lambda outcome=outcome: outcome.tree("i7"))
            print(
                f"         one institution's tree {tree * 1000:.1f} ms, verifying the protocol "
                f"{seconds(lambda protocol=protocol: verify(protocol)):.2f} s"
            )


if __name__ == "__main__":
    main()
