"""The mark that a licence's holder may show: drawn for one licence, with its year and number, and packed."""

import io
import zipfile
from dataclasses import dataclass
from html import escape
from typing import Literal

from probierz.base import documents
from probierz.base.polish import unbroken

Shape = Literal["seal", "lockup"]
Variant = Literal["colour", "mono", "white"]
SHAPES: dict[Shape, str] = {"seal": "znak", "lockup": "znak-poziomy"}
VARIANTS: dict[Variant, str] = {"colour": "kolor", "mono": "jednobarwny", "white": "bialy"}
PNG_PPI = 720
STILL = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class MarkOf:
    """What a mark says. `kind` and `award` stand in the ring: Licencja Jakości, Lider Zaufania Mieszkańców."""

    kind: str
    award: str
    year: str
    number: str
    accent: str
    holder: str
    valid: str
    address: str
    organiser: str


def mark_svg(mark: MarkOf, *, shape: Shape = "seal", variant: Variant = "colour") -> bytes:
    """With a title, so that a screen reader names it wherever it is put."""
    drawn = documents.draw_svg("mark", _data(mark, shape, variant)).decode()
    head, body = drawn.split(">", 1)
    title = escape(f"{mark.kind} „{mark.award}” {mark.year}, numer {mark.number}")
    return f'{head} role="img"><title>{title}</title>{body}'.encode()


def mark_png(mark: MarkOf, *, shape: Shape = "seal", variant: Variant = "colour", ppi: float = PNG_PPI) -> bytes:
    """On a transparent ground."""
    return documents.draw_png("mark", _data(mark, shape, variant), ppi=ppi)


def logo_pack(mark: MarkOf) -> bytes:
    """A ZIP with every shape and variant as SVG and PNG and the rules of use; the same licence, the same bytes."""
    files = {"README.txt": rules_of_use(mark).encode()}
    for shape, shape_name in SHAPES.items():
        for variant, variant_name in VARIANTS.items():
            name = f"{shape_name}-{variant_name}"
            files[f"svg/{name}.svg"] = mark_svg(mark, shape=shape, variant=variant)
            files[f"png/{name}.png"] = mark_png(mark, shape=shape, variant=variant)
    return _packed(files)


def pack_name(mark: MarkOf) -> str:
    return f"znak-{mark.number.replace('/', '-').lower()}.zip"


def rules_of_use(mark: MarkOf) -> str:
    return unbroken(_RULES.format(mark=mark)).replace("\u00a0", " ")


def _data(mark: MarkOf, shape: Shape, variant: Variant) -> dict[str, str]:
    return {
        "kind": mark.kind,
        "award": mark.award,
        "year": mark.year,
        "number": mark.number,
        "accent": mark.accent,
        "shape": shape,
        "variant": variant,
    }


def _packed(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            pack.writestr(entry, files[name])
    return packed.getvalue()


_RULES = """\
{mark.kind} „{mark.award}”, {mark.year}
Numer: {mark.number}
Dla: {mark.holder}
Ważna: {mark.valid}
Sprawdzenie ważności: {mark.address}

CO JEST W PACZCE
  svg/  pliki wektorowe: do druku, na stronę internetową, na tablice; litery są zamienione na krzywe
  png/  pliki z przezroczystym tłem: do mediów społecznościowych i prezentacji

  znak-*             znak okrągły
  znak-poziomy-*     znak z nazwą, do stopek i papieru firmowego
  *-kolor            na jasnym tle
  *-jednobarwny      do druku jednym kolorem, na jasnym tle
  *-bialy            na ciemnym tle

JAK UŻYWAĆ ZNAKU
  1. Znaku może używać wyłącznie instytucja wymieniona wyżej, w czasie ważności licencji.
  2. Znak dotyczy zakresu podanego w licencji. Proszę nie umieszczać go przy usługach spoza tego zakresu.
  3. Proszę zostawić wokół znaku wolne pole równe co najmniej jednej dziesiątej jego szerokości.
  4. Najmniejsza szerokość znaku okrągłego: 25 mm w druku, 96 pikseli na ekranie; poziomego: 60 mm i 240 pikseli.
  5. Proszę nie zmieniać barw, proporcji, roku ani numeru i nie usuwać żadnej części znaku.
  6. Na stronie internetowej znak powinien prowadzić do adresu weryfikacji i mieć tekst alternatywny:
     „{mark.kind} „{mark.award}” {mark.year}, numer {mark.number}”.
  7. Po wygaśnięciu, zawieszeniu lub cofnięciu licencji znak należy usunąć z materiałów.

Pytania: {mark.organiser}
"""
