"""The look keeps its promises: nothing inline, contrast, icons that exist, modules small enough to read."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.template import engines

SOURCE = Path(__file__).resolve().parents[2] / "src" / "probierz"
STATIC = SOURCE / "base" / "static" / "base"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
STYLES = {file.name: file.read_text() for file in sorted((STATIC / "css").glob("*.css"))}
TOKENS = STYLES["tokens.css"]
INLINE = re.compile(r'\sstyle\s*=|\son[a-z]+\s*=\s*["\']|<style|<script(?![^>]*\ssrc=)|javascript:')


def ids(files):
    return [str(file.relative_to(SOURCE)) for file in files]


@pytest.mark.parametrize("file", TEMPLATES, ids=ids(TEMPLATES))
def test_nothing_is_inline(file):
    assert INLINE.findall(file.read_text()) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=ids(TEMPLATES))
def test_every_named_icon_is_drawn(file):
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    used = set(re.findall(r'{% icon "([^"]+)"', file.read_text()))
    used |= set(re.findall(r'{% empty "([^"]+)"', file.read_text()))
    assert used - drawn == set()


@pytest.mark.parametrize("name", ["page", "shell_public", "shell_work", "shell_field", "styleguide"])
def test_the_shells_compile(name):
    assert engines["django"].get_template(f"base/{name}.html")


def test_every_style_sheet_is_linked_once():
    linked = re.findall(r"base/css/([\w-]+\.css)", (SOURCE / "base/templates/base/_styles.html").read_text())
    assert sorted(linked) == sorted(STYLES)


def test_every_token_used_is_defined():
    defined = set(re.findall(r"(--[\w-]+)\s*:", TOKENS))
    used = {name for text in STYLES.values() for name in re.findall(r"var\((--[\w-]+)", text)}
    assert used - defined == set()


def test_modules_and_style_sheets_stay_short():
    long = [file.name for file in STATIC.rglob("*.js") if len(file.read_text().splitlines()) >= 150]
    long += [name for name, text in STYLES.items() if len(text.splitlines()) > 600]
    assert long == []


def theme(start: str) -> dict[str, str]:
    after = TOKENS[TOKENS.index(start) :]
    return dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6});", after[: after.index("}")]))


LIGHT = theme("color-scheme: light;")
DARK = LIGHT | theme("color-scheme: dark;")


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT_PAIRS = [
    *[(ink, ground) for ink in ("--ink", "--ink-2", "--ink-3") for ground in ("--paper", "--ground", "--sunk")],
    *[(f"--{tone}", f"--{tone}-soft") for tone in ("good", "warn", "bad", "info")],
    *[(f"--{tone}", "--paper") for tone in ("good", "warn", "bad", "info")],
    *[("--ink", f"--{tone}-soft") for tone in ("good", "warn", "bad", "info")],
    ("--accent-ink", "--accent"),
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_is_readable(tokens, ink, ground):
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_controls_are_seen(tokens):
    assert contrast(tokens["--line-strong"], tokens["--paper"]) >= 3


def test_both_ways_to_darkness_say_the_same():
    for chosen, asked in zip(
        TOKENS.split('data-theme="dark"]')[1:], TOKENS.split('not([data-theme="light"])')[1:], strict=True
    ):
        lines = [re.findall(r"(--[\w-]+: .+);", text[: text.index("}")]) for text in (chosen, asked)]
        assert lines[0] == lines[1]


def test_the_type_scale_is_one_ratio():
    steps = [float(size) for size in re.findall(r"--step-\d:\s*([\d.]+)rem", TOKENS)]
    assert [round(high / low, 2) for low, high in pairwise(steps)] == [1.2] * (len(steps) - 1)
