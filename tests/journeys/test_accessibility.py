"""axe-core finds nothing on any kind of page, in the light and in the dark; none scrolls sideways on any screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from probierz.config.demo import year
from probierz.config.demo.cast import PASSWORD
from site_under_test import Site

pytestmark = pytest.mark.browser

PROGRAMME = "/lider-zaufania-mieszkancow/"
EDITION = f"{PROGRAMME}2025/"
OFFICE = f"/biuro/konkurs{EDITION}"
COORDINATOR = "joanna.wierzbicka@biuro-lzm.example"
REPRESENTATIVE = "anna.zielonka@mbp-wroclaw.example"
JUROR = "agnieszka.rutkowska@muzeum-torun.example"

PAGES = {
    "": [
        "/",
        PROGRAMME,
        EDITION,
        f"{EDITION}kryteria/",
        f"{EDITION}zasady/",
        "/laureaci/",
        "/weryfikacja/",
        "/weryfikacja/LZM-2025-001/",
        "/weryfikacja/NIE-MA-TAKIEJ/",
        "/deklaracja-dostepnosci/",
        "/prywatnosc/",
        "/konto/login/",
        "/konto/signup/",
        "/poczta-demo/",
        "/nie-ma-takiej-strony/",
    ],
    COORDINATOR: [
        "/biuro/",
        "/biuro/nowa-edycja/",
        OFFICE,
        f"{OFFICE}zgloszenia/",
        f"{OFFICE}przydzialy/",
        f"{OFFICE}audyty/",
        f"{OFFICE}wyniki/",
        f"{OFFICE}nagrody/",
        f"{OFFICE}nagrody/licencja/LZM-2025-001/",
        f"{OFFICE}ustawienia/",
        f"{OFFICE}ustawienia/zasady/",
        "/biuro/instytucje/",
        "/biuro/instytucje/nowa/",
        "/biuro/instytucje/wczytaj/",
        "/biuro/jurorzy/",
        "/biuro/arkusze/",
        "/biuro/scenariusze/",
        "/biuro/dziennik/",
        "/biuro/wzornik/",
    ],
    REPRESENTATIVE: [
        "/panel/",
        "/panel/zgloszenia/",
        "/panel/wyniki/",
        "/panel/licencje/",
        "/panel/instytucje/",
    ],
    JUROR: ["/jury/", "/jury/oswiadczenia/", "/jury/profil/"],
}
# Lists whose first entry opens a page of its own kind, and what opens further from there.
FIRST_ON = {
    COORDINATOR: [
        (f"{OFFICE}zgloszenia/", "main tbody a"),
        (f"{OFFICE}audyty/", "main tbody a"),
        (f"{OFFICE}wyniki/", "main tbody a"),
        ("/biuro/instytucje/", "main tbody a"),
        ("/biuro/jurorzy/", "main tbody a"),
        ("/biuro/arkusze/", "main tbody a", "main a[href$='/proba/']"),
        ("/biuro/scenariusze/", "main tbody a, main h2 a, main h3 a"),
    ],
    REPRESENTATIVE: [("/panel/zgloszenia/", "main h2 a, main h3 a"), ("/panel/wyniki/", "main h2 a, main h3 a")],
}
SIZES = [("light", 390, 844), ("dark", 1440, 900)]
TABLET = 768


@pytest.fixture(scope="module")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("demo"))
    site.manage("demo", "--stage", "published", "--institutions", "6")
    site.manage("collectstatic", "-v", "0", "--no-input")
    site.travel_to(year.CLOCK["published"])
    yield site
    site.stop()


@pytest.mark.parametrize(("scheme", "width", "height"), SIZES)
@pytest.mark.parametrize("who", PAGES, ids=lambda who: who.partition("@")[0] or "passer-by")
def test_axe_finds_nothing(browser: Browser, demo_site: Site, who: str, scheme: str, width: int, height: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="pl-PL", reduced_motion="reduce"
    )
    page = context.new_page()
    if who:
        sign_in(page, demo_site, who)
    found = [problem for path in PAGES[who] for problem in look_at(page, demo_site.url + path, width)]
    for path, *selectors in FIRST_ON.get(who, []):
        page.goto(demo_site.url + path)
        for selector in selectors:
            address = page.locator(selector).first.get_attribute("href")
            found += look_at(page, demo_site.url + str(address), width)
    context.close()
    assert found == [], "\n".join(found)


def sign_in(page: Page, site: Site, who: str) -> None:
    page.goto(f"{site.url}/konto/login/")
    page.get_by_label("Adres e-mail").first.fill(who)
    page.get_by_label("Hasło").first.fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").first.click()
    page.wait_for_url(lambda url: "/konto/" not in url)


def look_at(page: Page, url: str, width: int) -> list[str]:
    """What axe finds, and whether the page scrolls sideways."""
    page.goto(url)
    problems = [
        f"{url}: {violation['id']} {violation['nodes'][0]['html'][:160]}"
        for violation in Axe().run(page).response["violations"]
    ]
    size = page.viewport_size
    for wide in (width, TABLET):
        page.set_viewport_size({"width": wide, "height": size["height"]})
        if page.evaluate("document.documentElement.scrollWidth") > wide:
            problems.append(f"{url}: scrolls sideways at {wide} px")
    page.set_viewport_size(size)
    return problems
