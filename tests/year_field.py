"""The second half of the year: jurors in the field, the office at its desk, the street at the end."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from people_of_the_year import Person
from probierz.base.clock import WARSAW
from probierz.config.demo.marks import fill
from site_under_test import SRC, Site
from year_call import EDITION, OFFICE, WIELISZEW

PLAN = """
import json
from probierz.jury.models import Assignment
print(json.dumps([
    {
        "key": str(row.key), "juror": row.juror.user.email, "channel": row.channel,
        "institution": row.application.institution.name, "opens": row.opens_at.isoformat(),
        "sheet": row.application.edition.channels.get(channel=row.channel).version.definition,
    }
    for row in Assignment.objects.filter(state="open").order_by("opens_at")
]))
"""
# The other audits, each done inside its own window by its own juror.
REST = """
import random
from datetime import timedelta
from probierz.audits import actions
from probierz.audits.actions import Answer
from probierz.audits.models import Audit
from probierz.base.clock import held_at
from probierz.config.demo.marks import fill
from probierz.jury.actions import declare
from probierz.jury.models import Assignment, Declaration
chance = random.Random("reszta roku")
for row in Assignment.objects.filter(state="open", audit=None).order_by("opens_at"):
    user, contact = row.juror.user, row.opens_at + timedelta(hours=11)
    if not Declaration.objects.filter(juror=row.juror, institution=row.application.institution).exists():
        with held_at(row.opens_at):
            declare(assignment=row, is_free=True, actor=user)
    with held_at(contact):
        audit = actions.start_audit(assignment=Assignment.objects.get(pk=row.pk), actor=user)
    marks, words = fill(audit.version.definition, 0.97, chance, "Pokazano też, gdzie czekać na swoją kolej.")
    with held_at(contact + timedelta(minutes=45)):
        actions.set_contact(audit=audit, contact_at=contact, actor=user)
        step = timedelta(minutes=40) / len(marks)
        answers = [
            Answer(item, mark, words.get(item, ""), 0, item, contact + step * (number + 1))
            for number, (item, mark) in enumerate(marks.items())
        ]
        actions.save_answers(audit=audit, answers=answers, actor=user)
    with held_at(contact + timedelta(hours=2)):
        actions.submit_audit(audit=Audit.objects.get(pk=audit.pk), actor=user)
print(Audit.objects.filter(state="submitted").count())
"""


def told(site: Site, code: str) -> Any:
    return json.loads(site.manage("shell", "--no-imports", "-v", "0", "-c", code).strip().splitlines()[-1])


def open_the_sheet(juror: Person, task: dict[str, Any], noon: datetime) -> None:
    """The word first, then the institution, the role and the model answer; then the sheet."""
    juror.goes("/jury/")
    juror.sees("Przydział poufny")
    assert task["institution"] not in juror.page.locator("main").inner_text()
    juror.goes(f"/jury/oswiadczenia/{task['key']}/")
    juror.clicks("Nic mnie nie łączy, otwórz zadanie")
    juror.sees("O co pytać")
    juror.sees("Arkusz przesyłamy w ciągu 48 godzin od kontaktu")
    juror.clicks("Otwórz arkusz")
    contact = (noon - timedelta(minutes=50)).astimezone(WARSAW)
    juror.page.fill("[name=contact_on]", f"{contact:%Y-%m-%d}")
    juror.page.fill("[name=contact_time]", f"{contact:%H:%M}")
    juror.page.locator("[name=contact_time]").blur()
    is_saved(juror.page)
    juror.clicks("Dalej")


def is_saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_contain_text("Zapisano", timeout=20_000)


def fill_the_sheet(juror: Person, task: dict[str, Any], after_first_section: Any) -> None:
    """Tap by tap. After the first section something happens to the server."""
    page = juror.page
    marks, words = fill(task["sheet"], 0.97, random.Random("pierwszy audyt"), "Rozmowa była krótka i rzeczowa.")
    for number, section in enumerate(task["sheet"]["sections"]):
        items = [item["key"] for item in section["items"] if item["key"] in marks]
        if not items:
            continue
        page.locator(f"[data-step='sekcja-{section['key']}']").click()
        for item in items:
            _tap(page, item, marks[item], words.get(item, ""))
        is_saved(page)
        if number == 0:
            after_first_section(items[0], marks[items[0]])
    page.locator("[data-step]").last.click()
    juror.clicks("Podsumowanie")
    juror.sees("Wszystko jest")
    juror.clicks("Prześlij audyt do biura")
    juror.sees("Audyt przesłano do biura")


def _tap(page: Page, item: str, mark: str, words: str) -> None:
    question = page.locator(f"[data-item='{item}']")
    expect(question).to_be_visible()
    choice = question.locator(f"label.choice:has(input[value='{mark}'])")
    if choice.count():
        choice.click()
    elif question.get_attribute("data-look") == "count":
        for name, text in zip(("got", "of"), mark.split("/"), strict=True):
            question.locator(f"[name='{name}:{item}']").fill(text)
    else:
        question.locator(f"[name='mark:{item}']").fill(mark)
        question.locator(f"[name='mark:{item}']").blur()
    if words:
        box = question.locator(f"[name='comment:{item}']")
        if not box.is_visible():
            question.locator("summary").click()
        box.fill(words)
        box.blur()


def approve_the_audits(person: Person, first: str) -> None:
    """The first on its own page, those without a remark in one go, the rest each with a reason."""
    person.goes(f"{OFFICE}/audyty/?kanal=phone&stan=submitted")
    person.clicks(first)
    person.sees("Sprawdzenie automatyczne")
    person.confirms("Zatwierdź audyt", reason="Sprawdzono z uwagami jurora.")
    waiting = f"{OFFICE}/audyty/?stan=submitted"
    person.goes(waiting)
    person.page.get_by_label("Zaznacz wszystkie").check()
    person.clicks("Zatwierdź audyty bez uwag")
    person.sees("Audyty")
    for _audit in range(10):
        person.goes(waiting)
        rows = person.page.locator("main tbody th a")
        if not rows.count():
            return
        rows.first.click()
        person.confirms("Zatwierdź audyt", reason="Sprawdzono z uwagami jurora.")
    raise AssertionError("there are still audits to approve")


def calculate_and_seal(person: Person) -> None:
    person.goes(f"{OFFICE}/wyniki/")
    person.confirms("Oblicz wyniki")
    person.sees(WIELISZEW["name"])
    ask_where_from(person, WIELISZEW["name"])
    person.confirms("Zapieczętuj")
    person.sees("Wyniki są zapieczętowane")


def ask_where_from(person: Person, institution: str) -> None:
    """Points pressed in the table open the calculation they come from."""
    row = person.page.locator("main tbody tr", has_text=institution).first
    row.locator("td[data-label=Punkty] a").click()
    drawer = person.page.locator("dialog[open]")
    expect(drawer.locator("#skad-punkty")).to_be_in_viewport()
    person.page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


def announce(person: Person) -> str:
    """Results, then licences. The number of the first licence."""
    person.goes(f"{OFFICE}/wyniki/")
    person.confirms("Ogłoś wyniki")
    person.sees("Wyniki są ogłoszone")
    person.goes(f"{OFFICE}/nagrody/")
    person.confirms("Przyznaj licencje", valid_from="2026-02-09")
    row = person.page.locator("main tbody tr", has_text=WIELISZEW["name"]).first
    return row.locator("td").first.inner_text().strip()


def read_the_report(person: Person) -> None:
    assert "wynik" in person.mail("wynik").lower()
    person.goes("/panel/wyniki/")
    person.clicks(person.institution)
    person.sees("Skąd te punkty")
    person.waits_for("Pobierz raport PDF")
    assert person.downloads("Pobierz raport PDF").startswith(b"%PDF")
    person.goes("/panel/licencje/")
    person.waits_for("Pobierz dokument")
    assert person.downloads("Pobierz dokument").startswith(b"%PDF")


def recompute(person: Person, folder: Path) -> dict[str, Any]:
    """What anybody may do with the public protocol, without our database."""
    protocol = folder / "protokol.json"
    protocol.write_bytes(person.context.request.get(f"/{EDITION}/protokol.json").body())
    command = [sys.executable, "-m", "assay", "verify", str(protocol)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(SRC)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def verify(person: Person, number: str, verdict: str) -> None:
    person.goes("/weryfikacja/")
    person.page.locator("main form input:not([type=hidden])").first.fill(number)
    person.page.keyboard.press("Enter")
    person.page.wait_for_url(f"**/weryfikacja/{number}/")
    person.sees(verdict)
    person.sees(WIELISZEW["name"])
