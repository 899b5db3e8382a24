import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from probierz.base import uploads

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def photo(size=(60, 40), orientation=6) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Aparat sąsiada"
    exif[0x8825] = {1: "N", 2: (52.0, 13.0, 0.0)}
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def accept(content, name="zgloszenie.pdf", allowed=(uploads.PDF, uploads.JPEG), limit=1000):
    return uploads.accept(io.BytesIO(content), name=name, allowed=allowed, max_bytes=limit)


def test_a_pdf_is_taken_with_its_digest():
    upload = accept(PDF)
    assert (upload.content_type, upload.name, upload.size) == ("application/pdf", "zgloszenie.pdf", len(PDF))
    assert len(upload.sha256) == 64


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"x" * 1001, "too-large"),
        (b"MZ\x90\x00 a program", "wrong-type"),
        (b"<html><script>alert(1)</script></html>", "wrong-type"),
        (b"\x89PNG\r\n\x1a\n....", "wrong-type"),
    ],
)
def test_what_is_not_a_document_is_refused(content, code):
    with pytest.raises(ValidationError) as refusal:
        accept(content)
    assert refusal.value.code == code


def test_a_lying_name_gets_the_extension_of_its_content():
    assert accept(PDF, name="../../etc/zdjęcie.exe").name == "zdjęcie.pdf"
    assert accept(PDF, name="..\\..\\<script>.html").name == "_script_.pdf"


def test_a_photo_is_turned_and_loses_its_metadata():
    clean = uploads.clean_photo(photo())
    with Image.open(io.BytesIO(clean)) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (40, 60), {})
    assert b"Aparat" not in clean


def test_a_photo_is_made_small_enough():
    with Image.open(io.BytesIO(uploads.clean_photo(photo((5000, 1000), 1)))) as picture:
        assert picture.size == (2400, 480)


@pytest.mark.parametrize("content", [PDF, b"\xff\xd8\xff broken", photo()[:200]])
def test_a_broken_photo_is_explained(content):
    with pytest.raises(ValidationError) as refusal:
        uploads.clean_photo(content)
    assert refusal.value.code == "unreadable"
