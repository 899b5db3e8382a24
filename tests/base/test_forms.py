from datetime import date

from probierz.base.forms import JournalFilter


def test_a_filter_gives_only_what_was_asked():
    form = JournalFilter({"text": "gmina", "since": "2025-10-01", "until": ""})
    assert form.criteria() == {"text": "gmina", "since": date(2025, 10, 1)}


def test_a_date_that_is_none_is_left_out():
    assert JournalFilter({"since": "wczoraj"}).criteria() == {}
