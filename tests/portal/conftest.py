"""A page read in English must not leave the next test in English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def polish_again() -> Iterator[None]:
    yield
    translation.deactivate()
