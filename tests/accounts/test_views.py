"""The pages are tried through their addresses in test_urls; here is what a browser must not be sent."""

import re

import pytest
from django.urls import reverse


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_pages_of_sign_in_run_under_the_strict_policy(client, db, name):
    answer = client.get(reverse(name))
    page = answer.content.decode()
    assert re.findall(r'\sstyle="|\son\w+="|<style', page) == []
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
