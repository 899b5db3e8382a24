"""The picture of planned errors, by its numbers."""

from __future__ import annotations

import re
from itertools import pairwise

from probierz.jury import picture
from probierz.jury.picture import Band


def test_bands_are_even_and_hold_everybody():
    assert picture.bands({"61": 12}, 70) == [Band(61, 62, 12)]
    assert picture.bands({"61": 2, "63": 1}, 70) == [Band(61, 62, 2), Band(62, 63, 0), Band(63, 64, 1)]
    assert 71 in {band.start for band in picture.bands({"40": 1, "62": 5, "99": 2}, 71)}
    wide = picture.bands({"40": 1, "62": 5, "99": 2}, 71)
    assert (wide[0].start, wide[-1].end, {band.end - band.start for band in wide}) == (36, 101, {5})
    assert sum(band.count for band in wide) == 8


def test_columns_are_as_tall_as_their_counts_and_those_beyond_the_limit_are_dark():
    chart = picture.errors("k", {"50": 8, "55": 4, "90": 2}, 70, width=680)
    heights = re.findall(r'<rect class="(chart-\w+)"[^>]* height="([\d.]+)"', chart.svg)
    assert heights == [("chart-value", "96.0"), ("chart-value", "48.0"), ("chart-own", "24.0")]
    assert "uwaga od ±7,0" in chart.svg
    assert chart.table.rows[0] == ("±5,0–5,5", "8")
    assert '<desc id="k-desc">±5,0–5,5: 8; ±5,5–6,0: 4; ±9,0–9,5: 2.</desc>' in chart.svg


def test_the_edges_that_are_written_never_touch():
    chart = picture.errors("k", {str(tenth): 1 for tenth in range(40, 100, 5)}, 80, width=340)
    places = [float(x) for x in re.findall(r'<text x="([\d.]+)" y="158.0"', chart.svg)]
    assert min(after - before for before, after in pairwise(places)) > 40
