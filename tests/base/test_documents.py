import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from typing import get_type_hints

import pikepdf
import pypdfium2
import pytest
import typst
from PIL import Image

import printed_samples as samples
from probierz.base import documents
from probierz.base.print import data as shapes

NAMES = sorted(samples.SAMPLES)
PAGES = {"application": 2, "certificate": 1, "certificate-short": 1, "confirmation": 1}
PAGES |= {"ranking_report": 5, "rules": 1}


@cache
def printed(name):
    return samples.SAMPLES[name]()


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def words(content):
    pdf = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def figures(node, found):
    if isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == "/Figure":
            found.append(str(node.get("/Alt")))
        figures(node.get("/K"), found)
    elif isinstance(node, pikepdf.Array):
        for child in node:
            figures(child, found)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_document_is_tagged_titled_polish_and_archival(name):
    with opened(printed(name)) as pdf:
        assert str(pdf.Root.Lang).split("-")[0].lower() == "pl"
        assert bool(pdf.Root.MarkInfo.Marked) is True
        assert "/StructTreeRoot" in pdf.Root
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] != ""
            assert metadata["dc:creator"] == [samples.PROGRAMME["organiser"]]
            assert metadata["pdfaid:part"] == "2"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["pdfuaid:part"] == "1"
        assert len(pdf.pages) == PAGES[name]


@pytest.mark.parametrize("name", NAMES)
def test_the_same_input_gives_the_same_bytes(name):
    assert samples.SAMPLES[name]() == printed(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_only_time_in_the_file_is_the_time_of_making(name):
    with opened(printed(name)) as pdf, pdf.open_metadata() as metadata:
        assert {metadata["xmp:CreateDate"], metadata["xmp:ModifyDate"]} == {"2025-12-01T09:30:00+00:00"}


@pytest.mark.parametrize("name", NAMES)
def test_only_our_typeface_is_used_and_no_glyph_is_missing(name):
    with opened(printed(name)) as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}
    assert [font for font in fonts if "AtkinsonHyperlegibleNext" not in font] == []
    assert "\ufffd" not in words(printed(name))


def test_pictures_carry_their_alternative_text():
    with opened(printed("certificate")) as pdf:
        assert figures(pdf.Root.StructTreeRoot.K, []) == [
            "Kod QR prowadzący do strony weryfikacji licencji: www.lider-mieszkancow.pl/weryfikacja/LZM-2025-0007/"
        ]
    with opened(printed("ranking_report")) as pdf:
        assert figures(pdf.Root.StructTreeRoot.K, []) == [samples.REPORT["profile_words"]]


def test_polish_letters_are_words_in_the_file():
    text = words(printed("certificate"))
    assert "Jakości" in text
    assert "Brzęczyszczykiewicz-Łęcka" in text


def test_no_preposition_is_left_at_a_line_end():
    text = words(printed("ranking_report")) + words(printed("rules"))
    orphans = [line for line in text.splitlines() if line.rstrip().split(" ")[-1] in set("aiowuzAIOWUZ")]
    assert orphans == []


def test_a_fallen_document_is_refused_not_printed():
    with pytest.raises(typst.TypstError, match="document title"):
        documents.render("rules", samples.RULES, title="", made_at=samples.MADE_AT)


def test_a_draft_says_so_and_an_unticked_declaration_too():
    text = words(printed("application"))
    assert "Kod szkicu" in text
    assert text.count("(niezaznaczone)") == 1
    final = {**samples.APPLICATION, "is_draft": False}
    sent = documents.render("application", final, title="Zgłoszenie", made_at=samples.MADE_AT)
    assert "Numer zgłoszenia" in words(sent)


def test_a_report_without_points_and_place_prints_none():
    silent = {**samples.REPORT, "points": "", "place": "", "decision": "", "remarks": []}
    chart = samples.charts.profile("p", samples.PROFILE, title="Profil")
    content = documents.render(
        "ranking_report",
        silent,
        title="Raport",
        made_at=samples.MADE_AT,
        pictures={"profile": chart.svg.encode()},
    )
    text = words(content)
    assert "81,37" not in text
    assert "miejsce" not in text.replace("dwóch miejsc", "")
    assert "Uwagi jurorów" not in text


def test_a_photograph_travels_as_a_picture():
    logo = io.BytesIO()
    Image.new("RGB", (300, 100), "#0b4f8a").save(logo, "PNG")
    content = documents.render(
        "rules", samples.RULES, title="Zasady", made_at=samples.MADE_AT, pictures={"logo": logo.getvalue()}
    )
    with opened(content) as pdf:
        assert figures(pdf.Root.StructTreeRoot.K, []) == ["Logo: Lider Zaufania Mieszkańców"]


def test_threads_do_not_mix_their_papers():
    def title_of(number):
        made = documents.render(
            "confirmation",
            {**samples.CONFIRMATION, "number": f"LZM/2025/{number:04}"},
            title=f"Potwierdzenie {number}",
            made_at=samples.MADE_AT,
        )
        return f"LZM/2025/{number:04}" in words(made)

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(title_of, range(8)))
    assert made == [True] * 8


def test_the_moment_of_making_decides_the_bytes():
    later = datetime(2026, 1, 1, tzinfo=UTC)
    again = documents.render("rules", samples.RULES, title="Zasady i punktacja", made_at=later)
    assert again != printed("rules")


def test_a_qr_code_is_a_drawing_with_a_quiet_zone():
    drawn = documents.qr_code("https://example.org/weryfikacja/1/").decode()
    assert drawn.startswith("<svg")
    assert drawn == documents.qr_code("https://example.org/weryfikacja/1/").decode()


@pytest.mark.parametrize(
    ("sample", "shape"),
    [
        (samples.APPLICATION, shapes.Application),
        (samples.CONFIRMATION, shapes.Confirmation),
        (samples.CERTIFICATE, shapes.Certificate),
        (samples.REPORT, shapes.RankingReport),
        (samples.RULES, shapes.Rules),
    ],
)
def test_samples_have_the_declared_shape(sample, shape):
    assert set(sample) == set(get_type_hints(shape))
