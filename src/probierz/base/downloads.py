"""Files leave only through a view that has checked the permission, as downloads that a browser will not run."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse


def as_download(content: bytes, *, name: str, content_type: str, inline: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    kind = "inline" if inline and content_type in {"image/jpeg", "image/png"} else "attachment"
    response["Content-Disposition"] = f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
