"""The server is killed while a juror's answers pour in: every acknowledged one is there when it comes back."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from site_under_test import Site

pytestmark = pytest.mark.browser
TESTS = str(Path(__file__).resolve().parent.parent)
SETTING = f"""
import json, sys
sys.path.insert(0, {TESTS!r})
from django.conf import settings
from django.test import Client
from factories_audits import AuditFactory, open_assignment
from factories_editions import EditionFactory
audit = AuditFactory(assignment=open_assignment(EditionFactory(fieldwork_open=True)))
client = Client()
client.force_login(audit.assignment.juror.user)
client.get("/jury/", headers={{"host": "127.0.0.1"}})
page = client.get(f"/jury/audyt/{{audit.key}}/", headers={{"host": "127.0.0.1"}})
print(json.dumps({{"audit": str(audit.key), "cookies": {{name: kept.value for name, kept in client.cookies.items()}}}}))
"""
COUNTING = """
import json
from probierz.audits.models import Audit, SavedMark
audit = Audit.objects.get()
kept = list(SavedMark.objects.values_list("client_key", flat=True))
print(json.dumps({"kept": kept, "revision": audit.revision, "marks": audit.marks}))
"""


def told(site: Site, code: str) -> dict:
    return json.loads(site.manage("shell", "--no-imports", "-v", "0", "-c", code).strip().splitlines()[-1])


class Phone:
    """Sends one answer after another to one question and remembers which were acknowledged."""

    def __init__(self, site: Site, setting: dict, item: str, marks: list[str]) -> None:
        self.item, self.marks = item, marks
        self.url = f"{site.url}/jury/audyt/{setting['audit']}/odpowiedz/"
        cookies = setting["cookies"]
        self.headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": cookies["csrftoken"],
        }
        self.revision, self.acknowledged, self.sent = 0, [], 0

    def tap(self) -> bool:
        """False when there was no answer."""
        key = f"klucz-{self.item}-{self.sent:06}"
        mark = self.marks[self.sent % len(self.marks)]
        body = {"item": self.item, "mark": mark, "revision": self.revision, "client_key": key}
        body["at"] = "2030-01-01T00:00:00Z"
        request = urllib.request.Request(self.url, json.dumps(body).encode(), self.headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                self.revision = json.loads(answer.read())["revision"]
        except urllib.error.HTTPError:
            raise
        except (OSError, urllib.error.URLError):
            return False
        self.acknowledged.append(key)
        self.sent += 1
        return True

    def tap_until_silence(self) -> None:
        while self.tap():
            pass


def wait_until_heard(phones: list[Phone], at_least: int) -> None:
    deadline = time.monotonic() + 60
    while min(phone.sent for phone in phones) < at_least:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_nothing_acknowledged_is_lost(empty_site: Site):
    setting = told(empty_site, SETTING)
    phones = [Phone(empty_site, setting, "T6", ["Kolejka.", "Spokój."]), Phone(empty_site, setting, "T3", ["1", "2"])]
    for cut in range(2):
        empty_site.start()
        hands = [threading.Thread(target=phone.tap_until_silence) for phone in phones]
        for hand in hands:
            hand.start()
        wait_until_heard(phones, at_least=4 * (cut + 1))
        empty_site.cut_the_power()
        for hand in hands:
            hand.join()
        found = told(empty_site, COUNTING)
        acknowledged = {key for phone in phones for key in phone.acknowledged}
        assert acknowledged - set(found["kept"]) == set()
        assert len(found["kept"]) == found["revision"]
    empty_site.start()
    assert [phone.tap() for phone in phones] == [True, True]
    found = told(empty_site, COUNTING)
    last = [phone.marks[(phone.sent - 1) % 2] for phone in phones]
    assert [found["marks"]["T6"], found["marks"]["T3"]] == last
