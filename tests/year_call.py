"""The first half of the year: a contest is opened, institutions enter it, the office checks who came."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from people_of_the_year import Person, warsaw

EDITION = "lider-zaufania-mieszkancow/2025"
OFFICE = f"/biuro/konkurs/{EDITION}"
LAST_CALL = warsaw("2025-10-24 23:50:00")
ONE_SECOND_LATE = warsaw("2025-10-25 00:00:01")

WIELISZEW = {
    "nip": "999-482-73-48",
    "kind": "gmina",
    "voivodeship": "14",
    "name": "Gmina Wieliszew",
    "regon": "999901181",
    "teryt": "1408052",
    "street": "ul. Modlińska 1",
    "postal_code": "05-135",
    "city": "Wieliszew",
    "email": "kontakt@wieliszew.example",
    "phone": "+48 000 100 008",
    "website": "https://www.wieliszew.example",
}
KETRZYN = {
    "nip": "9993516221",
    "kind": "urzad-pracy",
    "voivodeship": "28",
    "name": "Powiatowy Urząd Pracy w Kętrzynie",
    "regon": "991749147",
    "teryt": "2808011",
    "street": "ul. Pocztowa 11",
    "postal_code": "11-400",
    "city": "Kętrzyn",
    "email": "kontakt@pup-ketrzyn.example",
    "phone": "+48 000 100 006",
    "website": "https://www.pup-ketrzyn.example",
}
KODREM = {
    "nip": "9995988711",
    "kind": "tbs",
    "voivodeship": "20",
    "name": "Augustowskie Towarzystwo Budownictwa Społecznego „KODREM” Sp. z o.o.",
    "regon": "996508804",
    "krs": "0009969972",
    "teryt": "2001011",
    "street": "ul. Portowa 2",
    "postal_code": "16-300",
    "city": "Augustów",
    "email": "kontakt@kodrem.example",
    "phone": "+48 000 100 007",
    "website": "https://www.kodrem.example",
}
HOURS = "poniedziałek 8.00–17.30, wtorek–piątek 7.30–15.30"
ANSWERS = {
    "f-opening_hours": HOURS,
    "f-head_name": "Danuta Przykładowa",
    "f-head_role": "kierownik jednostki",
    "f-service_solutions": "Jedno stanowisko do wszystkich spraw i rezerwacja wizyt przez internet.",
    "f-staff_informed_on": "2025-10-06",
    "f-staff_informed_how": "pismem do wszystkich komórek",
    "f-contact_phone": "+48 000 100 008",
}


def register(person: Person, institution: dict[str, str]) -> None:
    """By NIP first; then what the register does not know yet."""
    person.goes("/rejestracja-instytucji/")
    person.fills(nip=institution["nip"])
    person.clicks("Dalej")
    person.sees("jest poprawny i nie ma go jeszcze w rejestrze")
    person.chooses(kind=institution["kind"], voivodeship=institution["voivodeship"])
    person.fills(**{name: text for name, text in institution.items() if name not in {"nip", "kind", "voivodeship"}})
    person.fills(capacity="upoważniony pracownik")
    person.clicks("Zarejestruj instytucję")
    person.sees("Instytucja jest zarejestrowana")


def start_an_application(person: Person) -> None:
    person.goes("/panel/zgloszenia/nowe/")
    person.clicks("Rozpocznij zgłoszenie")
    person.clicks("Rozpocznij zgłoszenie")
    person.sees("Części formularza" if person.page.viewport_size["width"] > 1000 else "Udział")


def leave_and_return(person: Person) -> None:
    """What was typed is kept before anybody presses anything."""
    page = person.page
    person.goes(page.url.rsplit("/", 2)[0] + "/kontakt/")
    page.fill("main [name=f-opening_hours]", HOURS)
    page.locator("main [name=f-opening_hours]").blur()
    expect(page.locator("[data-save-state]")).to_contain_text("Zapisano")
    page.reload()
    expect(page.locator("main [name=f-opening_hours]")).to_have_value(HOURS)
    person.goes(page.url.rsplit("/", 2)[0] + "/")


def fill_the_form(person: Person) -> None:
    """Section after section; what the register knows is there already."""
    page = person.page
    for _section in range(12):
        if "/formularz/" not in page.url:
            return
        for name, text in ANSWERS.items():
            field = page.locator(f"main [name='{name}']")
            if field.count() and not field.input_value():
                field.fill(text)
        _choose_and_tick(page)
        here = page.url
        person.clicks("Zapisz i przejdź dalej")
        page.wait_for_url(lambda url, here=here: url != here)
    raise AssertionError(page.locator("main").inner_text())


def _choose_and_tick(page: Page) -> None:
    for field in page.locator("main form select").all():
        if not field.input_value():
            field.select_option(index=1)
    for radio in page.locator("main form input[type=radio][value=no]").all():
        radio.check()
    for number in page.locator("main form [inputmode=numeric]").all():
        if not number.input_value():
            number.fill("120")
    _tick_untouched(page)


def _tick_untouched(page: Page) -> None:
    """Every box of a question that has none ticked yet: all the channels, for one."""
    for group in page.locator("main form fieldset").all():
        boxes = group.locator("input[type=checkbox]")
        if boxes.count() and not group.locator("input:checked").count():
            for box in boxes.all():
                box.check()


def sign(person: Person) -> None:
    """Prints the document, signs it with a pen, scans it and brings it back."""
    person.clicks("Przejdź do podpisu")
    printed = person.downloads("Pobierz zgłoszenie (PDF)")
    assert printed.startswith(b"%PDF")
    scan = {"name": "zgłoszenie podpisane.pdf", "mimeType": "application/pdf", "buffer": printed}
    person.page.locator("form", has=person.page.locator("[value=signed-form]")).locator("[type=file]").set_input_files(
        scan
    )
    person.clicks("Dodaj podpisany dokument")
    person.sees("Plik dodano")
    person.clicks("Przejdź do oświadczeń")


def declare(person: Person) -> None:
    for box in person.page.locator("main [type=checkbox]").all():
        box.check()
    date = person.page.locator("main [name=staff_informed_on]")
    if date.count():
        date.fill("2025-10-06")
    person.clicks("Zapisz i przejdź dalej")
    person.sees("Wysłanie zgłoszenia")


def submit(person: Person) -> str:
    """Sent: a number on the page, and the same number in the mail."""
    person.goes("/panel/zgloszenia/")
    person.clicks(person.institution)
    person.clicks("Wyślij zgłoszenie")
    person.clicks("Wyślij zgłoszenie")
    person.sees("Zgłoszenie złożono. Numer:")
    found = re.search(r"Numer: ([A-Z0-9/-]+[0-9])", person.page.locator("main").inner_text())
    assert found
    assert found.group(1) in person.mail(found.group(1))
    return found.group(1)


def accept(person: Person, institution: str) -> None:
    person.goes(f"{OFFICE}/zgloszenia/")
    person.clicks(institution)
    person.clicks("Potwierdź wszystkie punkty")
    person.confirms("Przyjmij zgłoszenie")
    person.sees("Zgłoszenie przyjęto")


def invite(person: Person, juror: Person) -> None:
    person.goes("/biuro/jurorzy/zapros/")
    person.fills(name=juror.name, email=juror.email)
    person.clicks("Wyślij zaproszenie")
    person.sees(f"Zaproszenie wysłano na adres {juror.email}")


def introduce(juror: Person, *, city: str, teryt: str) -> None:
    """The invitation, and what only the juror knows."""
    juror.accepts_the_invitation()
    juror.goes("/jury/profil/")
    juror.fills(city=city, teryt=teryt, max_audits="10")
    for box in juror.page.locator("main [type=checkbox]").all():
        box.check()
    juror.clicks("Zapisz profil")
    juror.sees("Profil zapisano")


def allocate(person: Person, institutions: list[str]) -> None:
    """A dry run that the office reads, and its publication."""
    person.goes(f"{OFFICE}/przydzialy/")
    person.chooses(repeat="2")
    person.fills(seed="drugie wydanie")
    person.clicks("Przygotuj propozycję")
    person.waits_for("Według instytucji")
    for institution in institutions:
        person.sees(institution)
    expect(person.page.locator("main tbody tr", has_text="puste")).to_have_count(0)
    person.clicks("Opublikuj przydziały")
    person.page.locator("dialog[open]").get_by_role("button", name="Opublikuj przydziały").click()
    person.sees("Opublikowano przydziały: 8")
