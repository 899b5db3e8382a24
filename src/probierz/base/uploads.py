"""Uploads: known by their content, not their name; limited, hashed, and photos re-encoded."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

MEGABYTE = 1024 * 1024
PDF, JPEG, PNG, WEBP, HEIC = "application/pdf", "image/jpeg", "image/png", "image/webp", "image/heic"
XML_SIGNATURE = "application/xml"
EXTENSIONS = {PDF: "pdf", JPEG: "jpg", PNG: "png", WEBP: "webp", XML_SIGNATURE: "xml"}
# A photo of 50 megapixels is more than any phone's; more is an attempt to exhaust memory.
MAX_PIXELS = 50_000_000
MAX_SIDE = 2400


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes
    content_type: str
    sha256: str

    @property
    def size(self) -> int:
        return len(self.content)


def accept(file: IO[bytes], *, name: str, allowed: tuple[str, ...], max_bytes: int) -> Upload:
    """Read an upload whole, refuse what is too large, empty, or not what it may be by its content."""
    content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise ValidationError(
            _("Plik jest większy niż %(limit)s MB. Proszę go zmniejszyć i dodać ponownie."),
            code="too-large",
            params={"limit": max_bytes // MEGABYTE},
        )
    if not content:
        raise ValidationError(_("Plik jest pusty. Proszę wybrać właściwy plik."), code="empty")
    content_type = sniff(content)
    if content_type not in allowed:
        kinds = ", ".join(EXTENSIONS[kind].upper() for kind in allowed if kind in EXTENSIONS)
        raise ValidationError(
            _("Treść tego pliku nie jest żadnym z dozwolonych rodzajów: %(kinds)s. Nazwa pliku nie wystarcza."),
            code="wrong-type",
            params={"kinds": kinds},
        )
    return Upload(safe_name(name, content_type), content, content_type, hashlib.sha256(content).hexdigest())


def sniff(content: bytes) -> str:
    """The media type by content; empty when it is none that we take."""
    if content[:1024].lstrip(b"\xef\xbb\xbf\x00\t\r\n ").startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content.lstrip(b"\xef\xbb\xbf\t\r\n ").startswith((b"<?xml", b"<ds:Signature", b"<Signature")):
        return XML_SIGNATURE
    return ""


def safe_name(name: str, content_type: str) -> str:
    """A file name without path, control characters or a lying extension."""
    stem = PurePath(name.replace("\\", "/")).stem
    stem = unicodedata.normalize("NFC", stem)
    stem = re.sub(r"[^\w .()-]", "_", stem).strip(" .")[:80] or "plik"
    return f"{stem}.{EXTENSIONS.get(content_type, 'bin')}"


def clean_photo(content: bytes) -> bytes:
    """Re-encode a photo as JPEG: upright, at most 2400 px a side, its metadata (place, time, device) gone."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(_("Zdjęcie ma zbyt wiele pikseli. Proszę zrobić je w mniejszej rozdzielczości."))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError) as fault:
        raise ValidationError(
            _("Tego zdjęcia nie da się odczytać. Proszę zrobić je jeszcze raz."), code="unreadable"
        ) from fault
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
