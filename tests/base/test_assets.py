"""Addresses of static files are worked out once, and are those of the manifest."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from probierz.base.assets import KeptAddresses


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "probierz.base.assets.KeptAddresses"}}
    call_command("collectstatic", verbosity=0, interactive=False)
    return KeptAddresses()


def test_an_address_carries_the_digest_and_stays(collected):
    address = collected.url("base/css/tokens.css")
    name = collected.stored_name("base/css/tokens.css")
    assert (address, name.startswith("base/css/tokens."), name.endswith(".css")) == (f"/static/{name}", True, True)

    collected.hashed_files = {}

    assert collected.url("base/css/tokens.css") == address


def test_an_unknown_file_has_no_address(collected):
    with pytest.raises(ValueError):
        collected.url("base/css/no-such-file.css")
