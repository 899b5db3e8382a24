"""A page read in English must not leave the next test in English; nor a kept page the next one without its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.utils import translation

IN_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages-of-the-test"}


@pytest.fixture(autouse=True)
def polish_again() -> Iterator[None]:
    yield
    translation.deactivate()


@pytest.fixture
def pages_in_memory(settings) -> Iterator[None]:
    """Public pages are kept, as they are on a site that runs."""
    settings.CACHES = {**settings.CACHES, "pages": IN_MEMORY}
    yield
    caches["pages"].clear()
