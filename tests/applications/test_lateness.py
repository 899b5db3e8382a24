from __future__ import annotations

from datetime import UTC, datetime

from factories_editions import StageFactory
from probierz.applications import lateness

CLOSED = datetime(2025, 10, 24, 22, 0, tzinfo=UTC)


def test_lateness_is_told_to_the_millisecond_by_the_servers_clock():
    call = StageFactory.build(edition=None, opens_at=datetime(2025, 9, 17, tzinfo=UTC), closes_at=CLOSED)
    words = lateness.late_for_call(call, CLOSED.replace(microsecond=7_900)).replace("\u00a0", " ")
    assert words == (
        "Nabór trwał do 24 października 2025 r., godz. 24.00. "
        "Czas serwera w chwili próby: 25 października 2025 r., godz. 00:00:00,007. "
        "Odpowiedzi i pliki zostają u Państwa w wersji roboczej, ale nie można jej już zmienić ani złożyć."
    )


def test_a_late_completion_says_what_is_kept():
    words = lateness.late_for_completion(CLOSED, CLOSED).replace("\u00a0", " ")
    assert words.startswith("Uzupełnienie można było wysłać do 24 października 2025 r., godz. 24.00.")


def test_a_moment_to_the_second_is_in_polish_time():
    assert lateness.to_the_second(CLOSED).replace("\u00a0", " ") == "25 października 2025 r., godz. 00:00:00"
