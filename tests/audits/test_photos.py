"""Photos on their way out."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from factories_audits import AuditFactory
from probierz.audits import photos
from probierz.audits.models import Evidence
from probierz.base.clock import now


def picture(size):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(("size", "small"), [((2400, 1200), (360, 180)), ((100, 80), (100, 80))])
def test_a_thumbnail_fits_and_never_grows(size, small):
    with Image.open(io.BytesIO(photos.thumbnail(picture(size)))) as made:
        assert made.size == small


@pytest.mark.django_db
def test_the_whole_photo_is_what_was_kept():
    content = picture((600, 400))
    kept = Evidence.objects.create(
        audit=AuditFactory(),
        file=ContentFile(content, name="x.jpg"),
        content_type="image/jpeg",
        size=len(content),
        sha256="0" * 64,
        added_at=now(),
    )
    assert photos.content_of(kept, is_thumbnail=False) == content
    assert len(photos.content_of(kept, is_thumbnail=True)) < len(content)
