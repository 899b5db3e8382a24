from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from probierz.base import polish, wording

N = polish.NBSP


@pytest.mark.parametrize(
    ("n", "form"),
    [
        *((0, "punktów"), (1, "punkt"), (2, "punkty"), (4, "punkty"), (5, "punktów"), (11, "punktów")),
        *(
            (12, "punktów"),
            (14, "punktów"),
            (21, "punktów"),
            (22, "punkty"),
            (112, "punktów"),
            (1002, "punkty"),
        ),
        *((-1, "punkt"), (Decimal("2.5"), "punktu"), (Decimal("3.0"), "punkty"), (Fraction(1, 2), "punktu")),
    ],
)
def test_plural_has_three_forms_and_one_for_parts(n, form):
    assert polish.plural(n, "punkt", "punkty", "punktów", "punktu") == form


def test_a_part_without_its_own_form_takes_the_few():
    assert polish.plural(Fraction(3, 2), "dzień", "dni", "dni") == "dni"


def test_count_ties_the_number_to_its_noun():
    assert polish.count(12, "audyt", "audyty", "audytów") == f"12{N}audytów"


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("78.345"), 2, "78,35"),
        (Decimal("0.005"), 2, "0,01"),
        (Fraction(2, 3), 2, "0,67"),
        (Fraction(1, 8), 2, "0,13"),
        (Fraction(-1, 8), 2, "−0,13"),
        (Fraction(-1, 1000), 2, "0,00"),
        (100, 1, "100,0"),
        (Decimal("2500"), 0, "2500"),
        (12500, 2, f"12{N}500,00"),
        (1234567, 0, f"1{N}234{N}567"),
    ],
)
def test_decimal_comma_rounds_halves_away_from_zero(value, places, text):
    assert polish.decimal_comma(value, places) == text


def test_rounding_never_passes_through_a_float():
    assert polish.rounded(Fraction(10**18 * 2 + 1, 2), 0) == Decimal(10**18 + 1)


@pytest.mark.parametrize(("value", "text"), [("2.4", "+2,4"), ("-2.4", "−2,4"), ("0.04", "0,0")])
def test_signed(value, text):
    assert wording.signed(Decimal(value), 1) == text


def test_figures_of_everyday():
    assert wording.percent(Fraction(13, 62)) == f"21{N}%"
    assert polish.money(Decimal("2500")) == f"2500{N}zł"
    assert polish.money(Decimal("12500.5")) == f"12{N}500,50{N}zł"
    assert polish.whole_number(-12500) == f"−12{N}500"


def test_dates_in_the_genitive():
    assert polish.date_in_words(date(2025, 10, 24)) == f"24{N}października 2025{N}r."
    assert polish.date_in_words(datetime(2025, 10, 24, 22, 30, tzinfo=UTC)) == f"25{N}października 2025{N}r."


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2012, 10, 22), date(2012, 11, 5), f"22{N}października – 5{N}listopada 2012{N}r."),
        (date(2025, 11, 3), date(2025, 11, 28), f"3–28{N}listopada 2025{N}r."),
        (date(2025, 11, 3), date(2026, 1, 9), f"3{N}listopada 2025{N}r. – 9{N}stycznia 2026{N}r."),
        (date(2025, 11, 3), date(2025, 11, 3), f"3{N}listopada 2025{N}r."),
    ],
)
def test_a_window_of_days_is_said_once(first, last, text):
    assert polish.dates_in_words(first, last) == text


@pytest.mark.parametrize(
    ("closes_at", "text"),
    [
        (datetime(2024, 9, 27, 22, 0, tzinfo=UTC), f"do 27{N}września 2024{N}r., godz.{N}24.00"),
        (datetime(2025, 10, 24, 22, 0, tzinfo=UTC), f"do 24{N}października 2025{N}r., godz.{N}24.00"),
        (datetime(2025, 10, 26, 23, 0, tzinfo=UTC), f"do 26{N}października 2025{N}r., godz.{N}24.00"),
        (datetime(2025, 12, 1, 13, 5, tzinfo=UTC), f"do 1{N}grudnia 2025{N}r., godz.{N}14.05"),
    ],
)
def test_midnight_belongs_to_the_day_before(closes_at, text):
    assert polish.until_in_words(closes_at) == text


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(days=3, hours=4, minutes=9), f"3{N}dni 4{N}godz."),
        (timedelta(days=1), f"1{N}dzień"),
        (timedelta(hours=4, minutes=12), f"4{N}godz. 12{N}min"),
        (timedelta(hours=2), f"2{N}godz."),
        (timedelta(minutes=12, seconds=59), f"12{N}min"),
        (timedelta(seconds=20), f"mniej niż 1{N}min"),
        (timedelta(seconds=-20), f"mniej niż 1{N}min"),
    ],
)
def test_time_left_in_its_two_largest_parts(span, text):
    assert polish.time_left(span) == text


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("Miasto i Gmina w Polsce", f"Miasto i{N}Gmina w{N}Polsce"),
        ("i w z domu", f"i{N}w{N}z{N}domu"),
        ("(a w nawiasie)", f"(a{N}w{N}nawiasie)"),
        ("do 24 października 2025 r.", f"do 24{N}października 2025{N}r."),
        ("12 500 zł i 3 pkt", f"12{N}500{N}zł i{N}3{N}pkt"),
        ("art. 63 ust. 1 KPA", f"art.{N}63 ust.{N}1 KPA"),
        ("lata 2024 2025", "lata 2024 2025"),
        ("kawa u Zofii", f"kawa u{N}Zofii"),
    ],
)
def test_unbroken_leaves_no_orphan(text, tied):
    assert polish.unbroken(text) == tied


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Starogard Gdański", "starogard gdanski"),
        ("ŻÓŁĆ, gęślą jaźń", "zolc gesla jazn"),
        ("Miejska Biblioteka im. T. Różewicza", "miejska biblioteka im t rozewicza"),
        ("Urz¹d Miasta P³oñsk", "urzad miasta plonsk"),
        ("Å‚Ã³dÅº", "lodz"),
        ("Krakéw", "krakow"),
        ("R6zewicza", "rozewicza"),
        ("Szczegoétowe", "szczegotowe"),
        ("Café Rynek 6", "cafe rynek 6"),
        ("  Gmina\tOsiek (1) ", "gmina osiek 1"),
    ],
)
def test_fold_forgives(text, folded):
    assert polish.fold(text) == folded


@pytest.mark.parametrize(
    ("right", "misread"),
    [
        ("Miasto Płońsk", "Miasto Ptonsk"),
        ("Młodzieżowe Centrum Kultury w Legnicy", "Mtodziezowe Centrum Kultury w Legnicy"),
        (
            "Miejska Biblioteka Publiczna im. Tadeusza Różewicza we Wrocławiu",
            "Miejska Biblioteka Publiczna im. Tadeusza R6zewicza we\nWroctawiu",
        ),
        ("Warszawskie Muzeum Komputerów", "Warszawskie Muzeum Komputeréw"),
        ("Powiatowy Urząd Pracy w Kętrzynie", "Powiatowy Urzad Pracy w\nKetrzynie"),
        (
            "Augustowskie Towarzystwo Budownictwa Społecznego „KODREM”",
            "Augustowskie Towarzystwo Budownictwa Spotecznego ,,KODREM?”",
        ),
        ("realną korzyścią", "realng korzyscig"),
    ],
)
def test_a_scanned_name_has_the_skeleton_of_the_right_one(right, misread):
    assert polish.skeleton(misread) == polish.skeleton(right)


def test_skeletons_keep_different_places_apart():
    names = ["Płock", "Płońsk", "Wieliszew", "Starogard Gdański", "Augustów", "Kętrzyn", "Legnica", "Kraków"]
    assert len({polish.skeleton(name) for name in names}) == len(names)


def test_polish_alphabetical_order():
    names = [
        "Żyrardów",
        "zamość",
        "Ćmielów",
        "Łódź",
        "cieszyn",
        "Lublin",
        "Ząbki",
        "Zabrze",
        "Świdnica",
        "Łąck",
    ]
    assert sorted(names, key=polish.sort_key) == (
        ["cieszyn", "Ćmielów", "Lublin", "Łąck", "Łódź", "Świdnica", "Zabrze", "zamość", "Ząbki", "Żyrardów"]
    )


def test_order_of_figures_and_foreign_letters():
    assert sorted(["Szkoła nr 10", "Szkoła nr 2", "Szkoła"], key=polish.sort_key) == (
        ["Szkoła", "Szkoła nr 2", "Szkoła nr 10"]
    )
    assert sorted(["Zürich", "Zug", "Zurawia"], key=polish.sort_key) == ["Zug", "Zurawia", "Zürich"]


@pytest.mark.parametrize(("n", "text"), [(1, "I"), (2, "II"), (4, "IV"), (9, "IX"), (2024, "MMXXIV")])
def test_roman(n, text):
    assert polish.roman(n) == text


def test_no_roman_numeral_for_nothing():
    with pytest.raises(ValueError, match="no Roman numeral for 0"):
        polish.roman(0)


def test_nip_as_printed():
    assert polish.nip("526 021 02 28") == "526-021-02-28"
    assert polish.nip("123") == "123"


def test_every_polish_letter_is_in_the_print_fonts():
    fonts = Path(polish.__file__).parent / "print" / "fonts"
    assert sorted(path.stem.rpartition("-")[2] for path in fonts.glob("*.ttf")) == (
        ["Bold", "ExtraBold", "Italic", "Medium", "Regular", "SemiBold"]
    )
    assert (fonts / "OFL.txt").read_text().count("SIL OPEN FONT LICENSE") == 1
