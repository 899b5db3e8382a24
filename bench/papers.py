"""Ranking reports and certificates as PDF: how many a second, and how much memory the process that makes them takes.

Each kind is made in a process of its own, for its peak is its own: `python -m bench.papers reports 100`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

HEAD = ["paper", "made", "per second", "processor of one, ms", "kB", "peak MB"]
LABELS = {"reports": "ranking report", "certificates": "certificate"}


def measure(kind: str, count: int) -> list[str]:
    command = [sys.executable, "-m", "bench.papers", kind, str(count)]
    answer = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    each = answer["seconds"] / answer["made"]
    figures = [f"{1 / each:.1f}", f"{answer['cpu'] / answer['made'] * 1000:.0f}"]
    figures += [f"{answer['kilobytes']:.0f}", f"{answer['peak_mb']:.0f}"]
    return [LABELS[kind], str(answer["made"]), *figures]


def _reports(count: int) -> Iterator[Callable[[], bytes]]:
    from probierz.results.models import RankingReport
    from probierz.results.printing import report_pdf
    from probierz.results.queries import report_to_make

    for key in list(RankingReport.objects.order_by("pk").values_list("pk", flat=True)[:count]):
        yield lambda key=key: report_pdf(report_to_make(key))


def _certificates(count: int) -> Iterator[Callable[[], bytes]]:
    from probierz.awards.models import Licence
    from probierz.awards.printing import certificate_pdf

    for licence in Licence.objects.select_related("edition__programme", "institution").order_by("pk")[:count]:
        yield lambda licence=licence: certificate_pdf(licence)


def _make(papers: Iterable[Callable[[], bytes]]) -> dict[str, float]:
    sizes, start, used = [], time.perf_counter(), time.process_time()
    for paper in papers:
        sizes.append(len(paper()))
    return {
        "made": len(sizes),
        "seconds": time.perf_counter() - start,
        "kilobytes": sum(sizes) / len(sizes) / 1024,
        "cpu": time.process_time() - used,
        "peak_mb": _peak_mb(),
    }


def _peak_mb() -> float:
    # getrusage would answer with the peak of the process that started this one, when that was larger.
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    import django

    django.setup()
    kind, count = sys.argv[1], int(sys.argv[2])
    print(json.dumps(_make({"reports": _reports, "certificates": _certificates}[kind](count))))


if __name__ == "__main__":
    main()
