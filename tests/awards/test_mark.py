import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image

from probierz.awards.mark import SHAPES, VARIANTS, MarkOf, logo_pack, mark_png, mark_svg, pack_name, rules_of_use

MARK = MarkOf(
    kind="Licencja Jakości",
    award="Lider Zaufania Mieszkańców",
    year="2025",
    number="LZM/2025/0007",
    accent="#0b4f8a",
    holder="Miejska Biblioteka Publiczna im. Tadeusza Różewicza we Wrocławiu",
    valid="od 4 grudnia 2025 r. do 3 grudnia 2026 r.",
    address="www.lider-mieszkancow.pl/weryfikacja/LZM-2025-0007/",
    organiser="Biuro Konkursu, aplikacja@lider-mieszkancow.pl",
)
SVG = "{http://www.w3.org/2000/svg}"


def colours(svg):
    root = ElementTree.fromstring(svg)
    return {part.get(paint) for part in root.iter() for paint in ("fill", "stroke")} - {None, "none"}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_mark_needs_no_font_and_has_a_name(shape, variant):
    svg = mark_svg(MARK, shape=shape, variant=variant)
    root = ElementTree.fromstring(svg)
    assert list(root.iter(f"{SVG}text")) == []
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "Licencja Jakości „Lider Zaufania Mieszkańców” 2025, numer LZM/2025/0007"
    assert svg == mark_svg(MARK, shape=shape, variant=variant)


def test_each_variant_keeps_to_its_colours():
    assert colours(mark_svg(MARK, variant="white")) == {"#ffffff"}
    assert colours(mark_svg(MARK, variant="mono")) == {"#ffffff", "#14181f"}
    assert "#0b4f8a" in colours(mark_svg(MARK, variant="colour"))


def test_every_licence_has_its_own_mark():
    other = replace(MARK, number="LZM/2025/0008")
    assert mark_svg(MARK) != mark_svg(other)


@pytest.mark.parametrize("variant", VARIANTS)
def test_png_stands_on_a_transparent_ground(variant):
    picture = Image.open(io.BytesIO(mark_png(MARK, variant=variant)))
    assert picture.width == picture.height == 1080
    assert picture.mode == "RGBA"
    assert picture.getpixel((0, 0))[3] == 0
    assert picture.getchannel("A").getextrema() == (0, 255)


def test_long_words_still_fit_the_ring():
    long = replace(MARK, award="Najlepszy Wydział Obsługi Mieszkańców Miasta Stołecznego Warszawy i Okolic")
    picture = Image.open(io.BytesIO(mark_png(long, ppi=72)))
    assert picture.size == (108, 108)


def test_the_pack_is_whole_and_the_same_each_time():
    pack = logo_pack(MARK)
    assert pack == logo_pack(MARK)
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        names = opened.namelist()
        assert opened.testzip() is None
        assert opened.read("README.txt").decode() == rules_of_use(MARK)
    assert names == [
        "README.txt",
        *sorted(f"png/{shape}-{variant}.png" for shape in SHAPES.values() for variant in VARIANTS.values()),
        *sorted(f"svg/{shape}-{variant}.svg" for shape in SHAPES.values() for variant in VARIANTS.values()),
    ]
    assert pack_name(MARK) == "znak-lzm-2025-0007.zip"


def test_the_rules_of_use_name_the_licence():
    head = rules_of_use(MARK).splitlines()[:5]
    assert head == [
        "Licencja Jakości „Lider Zaufania Mieszkańców”, 2025",
        "Numer: LZM/2025/0007",
        "Dla: Miejska Biblioteka Publiczna im. Tadeusza Różewicza we Wrocławiu",
        "Ważna: od 4 grudnia 2025 r. do 3 grudnia 2026 r.",
        "Sprawdzenie ważności: www.lider-mieszkancow.pl/weryfikacja/LZM-2025-0007/",
    ]
