import pytest

from probierz.base.canonical import canonical


def test_one_value_one_form():
    assert canonical({"b": 1, "a": ["ż", None]}) == '{"a":["ż",null],"b":1}'.encode()


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="Out of range"):
        canonical(float("nan"))
