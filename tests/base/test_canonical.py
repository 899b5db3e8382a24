import pytest
from hypothesis import given
from hypothesis import strategies as st

import assay.canonical
from probierz.base.canonical import canonical


def test_one_value_one_form():
    assert canonical({"b": 1, "a": ["ż", None]}) == '{"a":["ż",null],"b":1}'.encode()


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="Out of range"):
        canonical(float("nan"))


TEXT = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=12)
PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT


@given(st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4)))
def test_text_and_whole_numbers_are_written_as_the_engine_writes_them(value):
    assert canonical(value) == assay.canonical.canonical(value)


@pytest.mark.parametrize("value", [1.0, 1e16, 2**53 + 1, {"\ue000": 1, "\U0001f600": 2}, {1: "a"}])
def test_what_old_digests_cover_and_the_engine_writes_otherwise(value):
    try:
        written = assay.canonical.canonical(value)
    except assay.canonical.CanonicalError:
        written = b""
    assert canonical(value) != written
