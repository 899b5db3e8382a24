"""Tables printed and kept: each replaces the text between its markers in README.md."""

from __future__ import annotations

import os
import platform
import re
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

README = Path(__file__).with_name("README.md")
PACKAGES = ("django", "gunicorn", "psycopg", "typst", "numpy", "ortools")


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in [head, *rows]]
    rule = "|" + "|".join("---" if index == 0 else "---:" for index in range(len(head))) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def keep(name: str, text: str) -> None:
    """Print it, and put it into the README with the day and the load of the machine."""
    print(f"\n== {name}\n{text}\n", flush=True)
    dated = f"{text}\n\n*{date.today().isoformat()}; load of the machine {os.getloadavg()[0]:.1f}.*"
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    kept = README.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(start)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(kept):
        raise RuntimeError(f"README.md has no place for {name}")
    README.write_text(pattern.sub(lambda _: f"{start}\n{dated}\n{end}", kept), encoding="utf-8")


def machine() -> str:
    """One line: what it was measured on."""
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    found = ", ".join(f"{package} {_version(package)}" for package in PACKAGES)
    return (
        f"{model or platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB; "
        f"Python {platform.python_version()}, {found}."
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
