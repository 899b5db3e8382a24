"""People of a journey: each in a browser of their own, each with a mailbox, on a desk or on a phone."""

from __future__ import annotations

import re
import time
from datetime import datetime

from playwright.sync_api import Browser, Locator, Page, expect

from probierz.base.clock import WARSAW
from site_under_test import Site

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PASSWORD = "miedziany tramwaj o świcie"
PATIENCE = 20


def warsaw(text: str) -> datetime:
    """`2025-10-24 23:59:30`, as the clock on a Polish wall says it."""
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


class Person:
    """Somebody who sees only what the page says: goes, reads, fills in, clicks."""

    def __init__(
        self, site: Site, browser: Browser, name: str, email: str, *, institution: str = "", on_phone: bool = False
    ) -> None:
        self.site, self.name, self.email, self.institution = site, name, email, institution
        self.context = browser.new_context(
            base_url=site.url,
            locale="pl-PL",
            timezone_id="Europe/Warsaw",
            viewport=PHONE if on_phone else DESK,
            has_touch=on_phone,
        )
        self.context.set_default_timeout(PATIENCE * 1000)
        self.page: Page = self.context.new_page()

    def goes(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"

    def clicks(self, words: str, *, within: Locator | None = None) -> None:
        """The button or the link with these words, whichever is there."""
        place = within or self.page.locator("body")
        shown = re.compile(rf"^\s*{re.escape(words)}")
        found = place.get_by_role("button", name=shown).or_(place.get_by_role("link", name=shown))
        found.locator("visible=true").first.click()

    def confirms(self, words: str, **fields: str) -> None:
        """A button that asks again before it acts."""
        self.clicks(words)
        dialog = self.page.locator("dialog[open]")
        for name, value in fields.items():
            dialog.locator(f"[name={name}]").fill(value)
        dialog.locator("button[type=submit]").click()
        expect(dialog).to_have_count(0)

    def fills(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"main [name='{name}']").fill(value)

    def chooses(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"main select[name='{name}']").select_option(value)

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words, timeout=PATIENCE * 1000)

    def downloads(self, words: str) -> bytes:
        with self.page.expect_download() as waiting:
            self.clicks(words)
        return waiting.value.path().read_bytes()

    def signs_up(self) -> None:
        self.goes("/konto/signup/")
        self.fills(name=self.name, email=self.email, password1=PASSWORD)
        self.page.get_by_label("Zakładam konto jako").check()
        self.clicks("Załóż konto")
        self.sees("Proszę")
        self.opens_the_link(self.mail("potwierdzić adres"), r"/konto/confirm-email/[^\s/]+/")
        self.clicks("Potwierdź adres")

    def accepts_the_invitation(self) -> None:
        self.opens_the_link(self.mail("Zaproszenie"), r"/zaproszenie/[^\s/]+/")
        self.fills(name=self.name, password=PASSWORD)
        self.clicks("Załóż konto i przyjmij zaproszenie")
        self.sees("zaproszenie przyjęte")

    def opens_the_link(self, mail: str, pattern: str) -> None:
        found = re.search(pattern, mail)
        assert found, mail
        self.goes(found.group(0))

    def mail(self, subject: str) -> str:
        """The newest message to this person with such words in its subject; it may take the worker a moment."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.page.goto("/poczta-demo/")
            mine = self.page.locator("tr", has_text=self.email).get_by_role("link", name=subject)
            if mine.count():
                mine.first.click()
                return self.page.locator("main").inner_text()
            time.sleep(0.3)
        raise AssertionError(f"{self.email} has no message about {subject!r}")

    def waits_for(self, words: str, *, selector: str = "main") -> None:
        """What a background job brings: the page is looked at again until it is there."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if words in self.page.locator(selector).inner_text():
                return
            time.sleep(0.5)
            self.page.reload()
        self.sees(words)

    def leaves(self) -> None:
        self.context.close()
