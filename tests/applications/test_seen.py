from __future__ import annotations

import pytest

from probierz.applications.seen import Seen


@pytest.mark.parametrize("text", ["0", "7", "7.opis:9.www:10"])
def test_it_reads_what_it_wrote(text):
    assert str(Seen.parse(text)) == text


@pytest.mark.parametrize("text", ["", "nonsense", "-3", "7.x", "7.:5", "7.x:y"])
def test_nonsense_has_seen_nothing_more(text):
    assert Seen.parse(text).own == {}


def test_what_was_missed_stays_missed_after_a_save_elsewhere():
    seen = Seen(1).after({"www": 3}, {"opis": 2, "www": 3})
    assert seen.missed("opis", {"opis": 2, "www": 3}) is True
    assert seen.missed("www", {"opis": 2, "www": 3}) is False


def test_it_grows_simple_when_nothing_was_missed():
    assert str(Seen(1).after({"www": 2}, {"opis": 1, "www": 2})) == "2"
