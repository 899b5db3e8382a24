"""Measure, print, and keep in README.md: `python -m bench [--peers] [--only pages,street,papers,engine]`."""

from __future__ import annotations

import argparse
import io
import tempfile
from contextlib import redirect_stdout

from bench import keep, site

PARTS = ("pages", "street", "papers", "engine")
SIZES = (62, 500, 2500)
BEFORE = 600
REPORTS, CERTIFICATES = 100, 500


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="install and measure pretalx too")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of: {', '.join(PARTS)}")
    options = parser.parse_args()
    wanted = set(options.only.split(","))
    keep.keep("machine", keep.machine())
    if wanted - {"engine"}:
        with site.postgres() as folder, tempfile.TemporaryDirectory(prefix="probierz-bench-var-") as var:
            site.prepare(folder, var)
            _measure_site(wanted, folder if options.peers else "")
    if "engine" in wanted:
        _measure_engine(is_long=options.peers)


def _measure_site(wanted: set[str], peers_folder: str) -> None:
    from bench import data, pages, papers, street, year

    coordinator = data.begin()
    if wanted & {"street", "papers"}:
        year.finished_edition(BEFORE, coordinator)
    if "papers" in wanted:
        rows = [papers.measure("reports", REPORTS), papers.measure("certificates", CERTIFICATES)]
        keep.keep("papers", keep.table(papers.HEAD, rows))
    sizes = SIZES if "pages" in wanted else ()
    editions = [
        (size, data.make_edition("lzm-2025", number, size, coordinator)) for number, size in enumerate(sizes, 2)
    ]
    data.settle()
    with site.gunicorn("probierz.config.wsgi") as server:
        if "street" in wanted:
            keep.keep("street", f"{keep.table(street.HEAD, street.measure(server))}\n\n{street.caption()}")
        if editions:
            keep.keep("pages", keep.table(pages.HEAD, pages.measure(server, editions, coordinator)))
    if peers_folder and editions:
        _measure_peer(peers_folder, pages.HEAD)


def _measure_peer(folder: str, head: list[str]) -> None:
    from bench import pretalx

    try:
        keep.keep("pretalx", keep.table(head, pretalx.measure(folder)))
    except pretalx.NotInstalled as reason:
        print(reason)


def _measure_engine(*, is_long: bool) -> None:
    from bench import (
        bench_assay,
        engine_agreement,
        engine_allocation,
        engine_design,
        engine_opinion,
        engine_ranking,
        engine_severity,
    )

    printed = io.StringIO()
    with redirect_stdout(printed):
        bench_assay.main()
    keep.keep("engine", f"```\n{printed.getvalue().strip()}\n```")
    keep.keep("severity", keep.table(engine_severity.HEAD, engine_severity.rows(is_long=is_long)))
    keep.keep("allocation", keep.table(engine_allocation.HEAD, engine_allocation.rows()))
    keep.keep("design", keep.table(engine_design.HEAD, engine_design.rows()))
    for name, module in (("ranking", engine_ranking), ("agreement", engine_agreement), ("opinion", engine_opinion)):
        keep.keep(name, keep.table(["work", "processor time, s", "beside it"], [list(row) for row in module.rows()]))


if __name__ == "__main__":
    main()
