from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from factories_institutions import nip_number, regon_number
from probierz.institutions import identifiers


def fault(check, text):
    with pytest.raises(ValidationError) as caught:
        check(text)
    return caught.value.code


# Przerośl: a gmina and its urząd, two bodies with their own numbers.
@pytest.mark.parametrize(
    "text", ["8442142221", "844-214-22-21", " 844 214 22 21 ", "PL8442142221", "NIP: 844-214-22-21", "844–214–22–21"]
)
def test_a_nip_is_normalised(text):
    assert identifiers.checked_nip(text) == "8442142221"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("844214222", "length"),
        ("84421422211", "length"),
        ("8442142222", "checksum"),
        ("8441125159", "checksum"),
        ("844214222O", "stray"),
        ("0000000000", "zeros"),
        ("ABC", "stray"),
    ],
)
def test_what_is_wrong_with_a_nip(text, code):
    assert fault(identifiers.checked_nip, text) == code


def test_a_fault_is_said_in_words():
    with pytest.raises(ValidationError) as caught:
        identifiers.checked_nip("844-214-22-2")
    assert caught.value.messages == ["NIP ma 10 cyfr; liczba wpisanych: 9."]
    with pytest.raises(ValidationError) as caught:
        identifiers.checked_nip("8442142212")
    assert caught.value.messages == ["Cyfra kontrolna NIP się nie zgadza: proszę sprawdzić, czy nie przestawiono cyfr."]


@given(st.integers(0, 5_000_000), st.integers(0, 8))
def test_two_swapped_digits_of_a_nip_are_noticed(n, place):
    nip = nip_number(n)
    swapped = nip[:place] + nip[place + 1] + nip[place] + nip[place + 2 :]
    if swapped == nip:
        assert identifiers.checked_nip(swapped) == nip
    elif swapped.strip("0"):
        assert fault(identifiers.checked_nip, swapped) == "checksum"


@pytest.mark.parametrize("text", ["790670912", "000539615", "790 670 912", "REGON 790670912", "12345678512347"])
def test_a_good_regon(text):
    assert len(identifiers.checked_regon(text)) in (9, 14)


@pytest.mark.parametrize(
    ("text", "code"),
    [("79067091", "length"), ("790670913", "checksum"), ("12345678512348", "checksum"), ("000000000", "zeros")],
)
def test_what_is_wrong_with_a_regon(text, code):
    assert fault(identifiers.checked_regon, text) == code


@given(st.integers(0, 80_000_000))
def test_every_regon_of_the_series_passes(n):
    assert identifiers.checked_regon(regon_number(n)) == regon_number(n)


def test_a_krs_keeps_its_zeros():
    assert identifiers.checked_krs("KRS 0000 123 456") == "0000123456"
    assert fault(identifiers.checked_krs, "123456") == "length"
    assert fault(identifiers.checked_krs, "0000000000") == "zeros"


@pytest.mark.parametrize("text", ["2213011", "1465011", "2213000", "2200000", "22 13 01 1", "3063011"])
def test_a_good_teryt_code(text):
    assert identifiers.checked_teryt(text) == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("221301", "length"),
        ("22130", "length"),
        ("2313011", "voivodeship"),
        ("2200011", "county"),
        ("2213010", "gmina"),
        ("2213016", "gmina"),
        ("2213001", "gmina"),
    ],
)
def test_what_is_wrong_with_a_teryt_code(text, code):
    assert fault(identifiers.checked_teryt, text) == code


def test_what_a_code_names():
    assert [identifiers.territory_level(code) for code in ("2200000", "2213000", "2213011")] == (
        ["voivodeship", "county", "gmina"]
    )


@pytest.mark.parametrize(
    "text", ["AE:PL-50419-15057-VDGUG-25", "ae:pl-72422-98772-atidw-24 ", "AE:PL–90075–94799–GARAS–26"]
)
def test_a_good_address_for_e_delivery(text):
    assert identifiers.checked_ade(text)[:6] == "AE:PL-"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("AE:PL-50419-15057-VDGUG-26", "checksum"),
        ("AE:PL-12345-67890-ABCDE-12", "checksum"),
        ("50419-15057-VDGUG-25", "shape"),
        ("urzad@gmina.example", "shape"),
    ],
)
def test_what_is_wrong_with_an_address_for_e_delivery(text, code):
    assert fault(identifiers.checked_ade, text) == code
