"""A programme's colours: whether they can be read, and the stylesheet that brings them to its pages."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _

from probierz.base.wording import decimal

LEAST_CONTRAST = 4.5
WHITE = "#ffffff"


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def problems(accent: str, accent_ink: str) -> dict[str, str]:
    """What cannot be read, by field; empty when all can."""
    found = {}
    on_white = contrast(accent, WHITE)
    if on_white < LEAST_CONTRAST:
        found["accent"] = _(
            "Tego koloru nie da się czytać na białym tle: kontrast wynosi %(ratio)s : 1, a musi wynosić co najmniej "
            "4,5 : 1. Proszę wybrać ciemniejszy odcień."
        ) % {"ratio": _shown(on_white)}
    on_accent = contrast(accent, accent_ink)
    if on_accent < LEAST_CONTRAST:
        found["accent_ink"] = _(
            "Tekst w tym kolorze zlewa się z kolorem wiodącym: kontrast wynosi %(ratio)s : 1, a musi wynosić co "
            "najmniej 4,5 : 1."
        ) % {"ratio": _shown(on_accent)}
    return found


def _shown(ratio: float) -> str:
    # Cut, not rounded: 4,49 must not read as 4,5.
    return decimal(Fraction(int(ratio * 10), 10), 1)


def soft(accent: str, share: float = 0.12) -> str:
    """The accent mixed with white, for quiet grounds."""
    mixed = (round(255 + (int(accent[at : at + 2], 16) - 255) * share) for at in (1, 3, 5))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def stylesheet(accent: str, accent_ink: str) -> str:
    return (
        "@layer tokens {\n"
        "  :root {\n"
        f"    --accent: {accent.lower()};\n"
        f"    --accent-ink: {accent_ink.lower()};\n"
        f"    --accent-soft: {soft(accent)};\n"
        "  }\n"
        "}\n"
    )
