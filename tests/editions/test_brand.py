from __future__ import annotations

import pytest

from probierz.editions import brand


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # The grey that WCAG's own examples give as the lightest that passes on white.
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_contrast_is_that_of_wcag(first, second, ratio):
    assert round(brand.contrast(first, second), 2) == ratio
    assert brand.contrast(first, second) == brand.contrast(second, first)


def test_what_cannot_be_read_is_named():
    assert brand.problems("#767676", "#ffffff") == {}
    found = brand.problems("#ffd700", "#ffffff")
    assert list(found) == ["accent", "accent_ink"]
    assert "1,4 : 1" in found["accent"]
    assert "4,4 : 1" in brand.problems("#777777", "#000000")["accent"]
    assert list(brand.problems("#14466b", "#333333")) == ["accent_ink"]


def test_the_stylesheet_sets_three_tokens():
    assert brand.soft("#000000", 0.1) == "#e6e6e6"
    assert brand.stylesheet("#14466B", "#FFFFFF") == (
        "@layer tokens {\n  :root {\n    --accent: #14466b;\n    --accent-ink: #ffffff;\n"
        "    --accent-soft: #e3e9ed;\n  }\n}\n"
    )
