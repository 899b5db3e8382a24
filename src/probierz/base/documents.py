"""Printed documents: a designed template, plain data and pictures in; a tagged, archival PDF out.

The same input always gives the same bytes: the moment of making is an argument, never the clock.
"""

import base64
import functools
import io
import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import segno
import typst
from PIL import Image

from probierz.base.polish import unbroken

PRINT = Path(__file__).parent / "print"
Standard = Literal["a-2a+ua-1", "ua-1"]


class _Press:
    """One template with its compiler; a compiler serves one thread at a time."""

    def __init__(self, template: str) -> None:
        self._lock = threading.Lock()
        self._compiler = typst.Compiler(PRINT / f"{template}.typ", root=PRINT, font_paths=_fonts())

    def run(self, inputs: dict[str, str], **options: Any) -> bytes:
        with self._lock:
            made = self._compiler.compile(sys_inputs=inputs, **options)
        # Without an output path the typesetter always answers with the paper itself; sheets come as a list.
        assert made is not None
        return made[0] if isinstance(made, list) else made


@functools.cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(PRINT / "fonts")])


@functools.cache
def _press(template: str) -> _Press:
    return _Press(template)


def render(
    template: str,
    data: Mapping[str, Any],
    *,
    title: str,
    made_at: datetime,
    pictures: Mapping[str, bytes] | None = None,
    standard: Standard = "a-2a+ua-1",
) -> bytes:
    """A PDF from `print/<template>.typ`; the shape of `data` is in `print/data.py`."""
    return _press(template).run(
        _inputs({**data, "title": title}, pictures or {}),
        format="pdf",
        pdf_standards=standard.split("+"),
        timestamp=made_at.astimezone(UTC).replace(microsecond=0),
    )


def draw_svg(template: str, data: Mapping[str, Any]) -> bytes:
    """A drawing with its letters turned into outlines, so that it needs no font where it is used."""
    return _press(template).run(_inputs(data, {}), format="svg")


def draw_png(template: str, data: Mapping[str, Any], *, ppi: float) -> bytes:
    return _press(template).run(_inputs(data, {}), format="png", ppi=ppi)


def qr_code(text: str) -> bytes:
    """As SVG, with the quiet zone; the error level survives a sticker's scratches."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False, svgns=True)
    return drawn.getvalue()


def _inputs(data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> dict[str, str]:
    drawn = {name: _as_svg(content) for name, content in pictures.items()}
    return {
        "data": json.dumps(_typeset(data), ensure_ascii=False, sort_keys=True),
        "pictures": json.dumps(drawn, ensure_ascii=False, sort_keys=True),
    }


def _typeset(value: Any) -> Any:
    if isinstance(value, str):
        return unbroken(value)
    if isinstance(value, Mapping):
        return {key: _typeset(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_typeset(part) for part in value]
    return value


def _as_svg(content: bytes) -> str:
    """The typesetter takes text only, so a photograph travels inside an SVG."""
    if b"<svg" in content[:1000]:
        return content.decode()
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
        kind = Image.MIME[picture.format or "PNG"]
    body = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' viewBox="0 0 {width} {height}"><image width="{width}" height="{height}"'
        f' xlink:href="data:{kind};base64,{body}"/></svg>'
    )
