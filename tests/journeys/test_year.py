"""The whole year: Anna opens the II edition on an empty site, and a passer-by verifies the licence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from people_of_the_year import Person, warsaw
from probierz.base.clock import WARSAW
from site_under_test import Site
from year_call import (
    EDITION,
    KETRZYN,
    KODREM,
    LAST_CALL,
    OFFICE,
    ONE_SECOND_LATE,
    WIELISZEW,
    accept,
    allocate,
    declare,
    fill_the_form,
    introduce,
    invite,
    leave_and_return,
    register,
    sign,
    start_an_application,
    submit,
)
from year_field import (
    PLAN,
    REST,
    announce,
    approve_the_audits,
    calculate_and_seal,
    fill_the_sheet,
    open_the_sheet,
    read_the_report,
    recompute,
    told,
    verify,
)

pytestmark = pytest.mark.browser


class Year:
    """The site, and everybody who takes part in the contest."""

    def __init__(self, site: Site, browser: Browser) -> None:
        self.site = site
        self.facts: dict[str, Any] = {}
        self.anna = Person(site, browser, "Anna Wzorcowa", "anna@konkurs.example")
        self.wieliszew = Person(
            site, browser, "Danuta Przykładowa", "danuta@wieliszew.example", institution=WIELISZEW["name"]
        )
        self.ketrzyn = Person(
            site, browser, "Jan Testowy", "jan@pup-ketrzyn.example", institution=KETRZYN["name"], on_phone=True
        )
        self.kodrem = Person(site, browser, "Ewa Spóźniona", "ewa@kodrem.example", institution=KODREM["name"])
        self.ada = Person(site, browser, "Ada Cicha", "ada@jury.example", on_phone=True)
        self.bruno = Person(site, browser, "Bruno Bystry", "bruno@jury.example", on_phone=True)
        self.celina = Person(site, browser, "Celina Uważna", "celina@jury.example", on_phone=True)
        self.passer_by = Person(site, browser, "Przechodzień", "", on_phone=True)
        self.other_passer_by = Person(site, browser, "Przechodząca", "", on_phone=True)

    @property
    def jury(self) -> list[Person]:
        return [self.ada, self.bruno, self.celina]


def an_office_on_an_empty_site(year: Year) -> None:
    year.site.travel_to(warsaw("2025-10-13 10:00:00"))
    anna = year.anna
    anna.signs_up()
    year.site.manage("begin", "lzm-2025", anna.email)
    anna.goes(f"{OFFICE}/")
    year.passer_by.goes(f"/{EDITION}/zasady/")
    year.passer_by.sees("75")


def institutions_enter(year: Year) -> None:
    for person, institution in ((year.wieliszew, WIELISZEW), (year.ketrzyn, KETRZYN), (year.kodrem, KODREM)):
        person.signs_up()
        register(person, institution)
        start_an_application(person)
        if person is year.wieliszew:
            leave_and_return(person)
        fill_the_form(person)
        sign(person)
        declare(person)


def the_call_closes(year: Year) -> None:
    """Two are in time. The third presses the button one second after midnight."""
    year.site.travel_to(LAST_CALL)
    for person in (year.wieliszew, year.ketrzyn):
        submit(person)
    late = year.kodrem
    late.goes("/panel/zgloszenia/")
    late.clicks("Augustowskie")
    late.clicks("Wyślij zgłoszenie")
    year.site.travel_to(ONE_SECOND_LATE)
    late.clicks("Wyślij zgłoszenie")
    late.sees("Nabór trwał do 24 października 2025 r., godz. 24.00")
    late.sees("Czas serwera w chwili próby: 25 października 2025 r., godz. 00:0")


def the_office_checks_and_allocates(year: Year) -> None:
    year.site.travel_to(warsaw("2025-11-07 09:00:00"))
    for institution in (WIELISZEW["name"], KETRZYN["name"]):
        accept(year.anna, institution)
    homes = (("Gdynia", "2262011"), ("Lublin", "0663011"), ("Opole", "1661011"))
    for juror, (city, teryt) in zip(year.jury, homes, strict=True):
        invite(year.anna, juror)
        introduce(juror, city=city, teryt=teryt)
    allocate(year.anna, [WIELISZEW["name"], KETRZYN["name"]])


def a_juror_goes_incognito(year: Year) -> None:
    """One audit through the phone, from the word to the office; the power goes once and nothing is lost."""
    task = next(row for row in told(year.site, PLAN) if row["channel"] == "phone")
    noon = (datetime.fromisoformat(task["opens"]).astimezone(WARSAW) + timedelta(days=1)).replace(hour=12, minute=0)
    year.site.travel_to(noon)
    juror = next(person for person in year.jury if person.email == task["juror"])
    open_the_sheet(juror, task, noon)

    def lights_go_out(item: str, mark: str) -> None:
        year.site.cut_the_power()
        year.site.start()
        juror.page.reload()
        expect(juror.page.locator(f"[data-item='{item}'] input[value='{mark}']")).to_be_checked()

    fill_the_sheet(juror, task, lights_go_out)
    year.facts["audited"] = task["institution"]


def the_rest_of_the_audits(year: Year) -> None:
    year.site.travel_to(warsaw("2026-01-26 09:00:00"))
    assert told(year.site, REST) == 8


def the_office_calculates(year: Year) -> None:
    approve_the_audits(year.anna, year.facts["audited"])
    calculate_and_seal(year.anna)


def the_year_is_announced(year: Year) -> None:
    year.site.travel_to(warsaw("2026-02-09 10:00:00"))
    number = announce(year.anna)
    read_the_report(year.wieliszew)
    recomputed = recompute(year.passer_by, year.site.folder)
    assert (recomputed["valid"], recomputed["institutions"], recomputed["audits"]) == (True, 2, 8)
    verify(year.passer_by, number, "Licencja jest ważna")
    year.anna.goes(f"{OFFICE}/nagrody/licencja/{number}/")
    year.anna.confirms("Zawieś licencję", reason="Do wyjaśnienia skargi na użycie znaku.")
    verify(year.other_passer_by, number, "Licencja jest zawieszona")
    year.site.manage("journal", "verify")


CHAPTERS: list[Callable[[Year], None]] = [
    an_office_on_an_empty_site,
    institutions_enter,
    the_call_closes,
    the_office_checks_and_allocates,
    a_juror_goes_incognito,
    the_rest_of_the_audits,
    the_office_calculates,
    the_year_is_announced,
]


def test_from_the_call_to_the_verified_licence(empty_site: Site, browser: Browser):
    year = Year(empty_site, browser)
    for chapter in CHAPTERS:
        chapter(year)
