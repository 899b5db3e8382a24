"""Kept photos on their way out: whole, or small enough for a list."""

from __future__ import annotations

import io

from PIL import Image

from probierz.audits.models import Evidence

THUMBNAIL_SIDE = 360


def content_of(evidence: Evidence, *, is_thumbnail: bool) -> bytes:
    with evidence.file.open("rb") as file:
        content: bytes = file.read()
    return thumbnail(content) if is_thumbnail else content


def thumbnail(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as picture:
        picture.draft("RGB", (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        picture.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=75)
        return out.getvalue()
