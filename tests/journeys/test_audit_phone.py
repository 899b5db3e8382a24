"""The audit form in a real browser: no network, a reload, two browsers, a photo, the way to the office."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from factories_audits import AuditFactory, open_assignment
from factories_editions import EditionFactory
from probierz.audits.models import Audit, Evidence, SavedMark
from probierz.base.clock import WARSAW, now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
SAVED = "Zapisano"


@pytest.fixture
def audit():
    edition = EditionFactory(fieldwork_open=True)
    return AuditFactory(assignment=open_assignment(edition))


@pytest.fixture
def sign_in(audit, live_server) -> Callable[[BrowserContext], None]:
    def sign(context: BrowserContext) -> None:
        client = Client()
        client.force_login(audit.assignment.juror.user)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])

    return sign


@pytest.fixture
def phone(page: Page, sign_in, audit, live_server) -> Page:
    page.set_viewport_size(PHONE)
    sign_in(page.context)
    page.goto(f"{live_server.url}/jury/audyt/{audit.key}/#sekcja-dostepnosc")
    return page


def answer(page: Page, item: str, words: str) -> None:
    page.locator(f"[data-item='{item}'] label.choice", has_text=words).first.click()


def state(page: Page):
    return page.locator("[data-save-state]")


def test_every_tap_is_saved_and_opens_the_next_question(phone, audit):
    expect(phone.locator("[data-item='T2']")).to_be_hidden()
    answer(phone, "T1", "Tak")
    expect(phone.locator("[data-item='T2']")).to_be_visible()
    expect(state(phone)).to_contain_text(SAVED)
    phone.fill("[name='mark:T2']", "7,5")
    phone.locator("[name='mark:T2']").blur()
    expect(phone.locator("[data-progress-words]")).to_have_text("2 / 5")
    expect(state(phone)).to_contain_text(SAVED)
    audit.refresh_from_db()
    assert audit.marks == {"T1": "yes", "T2": "7.5"}


def test_nothing_is_lost_without_a_network_and_through_a_reload(phone, audit, live_server):
    phone.route("**/odpowiedz/", lambda route: route.abort())
    answer(phone, "T1", "Tak")
    expect(state(phone)).to_contain_text("zapisane na tym telefonie")
    phone.fill("[name='mark:T2']", "12")
    phone.locator("[name='mark:T2']").blur()
    assert SavedMark.objects.count() == 0
    phone.reload()
    expect(phone.locator("[name='mark:T2']")).to_have_value("12")
    expect(phone.locator("[data-item='T1'] input[value='yes']")).to_be_checked()
    phone.unroute("**/odpowiedz/")
    phone.reload()
    expect(state(phone)).to_contain_text(SAVED)
    assert list(SavedMark.objects.order_by("pk").values_list("item_key", "mark")) == [("T1", "yes"), ("T2", "12")]


def test_an_answer_whose_receipt_was_lost_is_not_kept_twice(phone, audit):
    lost = []

    def lose(route) -> None:
        if not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    phone.route("**/odpowiedz/", lose)
    answer(phone, "T1", "Nie")
    expect(state(phone)).to_contain_text(SAVED, timeout=10_000)
    assert (len(lost), SavedMark.objects.count()) == (1, 1)


def test_two_browsers_are_asked_which_answer_stays(phone, audit, browser, sign_in, live_server):
    laptop = browser.new_context(locale="pl-PL")
    sign_in(laptop)
    other = laptop.new_page()
    other.goto(f"{live_server.url}/jury/audyt/{audit.key}/#sekcja-dostepnosc")
    answer(phone, "T1", "Tak")
    expect(state(phone)).to_contain_text(SAVED)
    answer(other, "T1", "Nie")
    clash = other.locator(".conflict")
    expect(clash).to_contain_text("Tak")
    expect(clash).to_contain_text("Nie")
    clash.get_by_role("button", name="Zostaw moją wersję").click()
    expect(state(other)).to_contain_text(SAVED)
    audit.refresh_from_db()
    assert audit.marks == {"T1": "no"}
    laptop.close()


def test_the_other_answer_can_be_taken(phone, audit, live_server):
    Audit.objects.filter(pk=audit.pk).update(
        marks={"T1": "no"}, comments={"T1": "Zajęte."}, item_revisions={"T1": 1}, revision=1
    )
    answer(phone, "T1", "Tak")
    phone.get_by_role("button", name="Weź wersję z serwera").click()
    expect(phone.locator("[data-item='T1'] input[value='no']")).to_be_checked()
    expect(phone.locator("[name='comment:T1']")).to_have_value("Zajęte.")
    audit.refresh_from_db()
    assert audit.marks == {"T1": "no"}


def test_a_stopwatch_measures_the_ringing(phone, audit):
    answer(phone, "T1", "Tak")
    watch = phone.locator("[data-item='T2'] [data-stopwatch]")
    watch.get_by_role("button", name="Start").click()
    phone.wait_for_timeout(1200)
    watch.get_by_role("button", name="Stop").click()
    expect(phone.locator("[name='mark:T2']")).to_have_value("1")
    expect(state(phone)).to_contain_text(SAVED)
    audit.refresh_from_db()
    assert audit.marks["T2"] == "1"


def test_a_photo_waits_for_the_network(phone, audit):
    audit.version.definition["sections"][0]["items"][0]["evidence_on"] = ["no"]
    audit.version.save()
    phone.reload()
    out = io.BytesIO()
    Image.new("RGB", (3000, 2000), "teal").save(out, "JPEG")
    file = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
    phone.route("**/zdjecie/", lambda route: route.abort())
    phone.set_input_files("[data-item='T1'] [data-photo-input]", file)
    expect(phone.locator("[data-waiting]")).to_be_visible()
    phone.unroute("**/zdjecie/")
    phone.reload()
    expect(phone.locator("[data-photo]")).to_have_count(1)
    photo = Evidence.objects.get()
    with Image.open(photo.file) as kept:
        assert max(kept.size) == 2000
    phone.get_by_role("button", name="Usuń zdjęcie").click()
    expect(phone.locator("[data-photo]")).to_have_count(0)
    assert Evidence.objects.count() == 0


def test_from_the_contact_to_the_office(phone, audit, live_server):
    phone.goto(f"{live_server.url}/jury/audyt/{audit.key}/")
    phone.fill("[name=contact_on]", "2020-01-01")
    phone.fill("[name=contact_time]", "10:00")
    expect(phone.locator("[data-contact-error]")).to_contain_text("oknie")
    at = (now() - timedelta(hours=1)).astimezone(WARSAW)
    phone.fill("[name=contact_on]", f"{at:%Y-%m-%d}")
    phone.fill("[name=contact_time]", f"{at:%H:%M}")
    expect(state(phone)).to_contain_text(SAVED)
    phone.get_by_role("button", name="Dalej").click()
    answer(phone, "T1", "Nie")
    expect(phone.get_by_text("Uwaga (potrzebna przy tej odpowiedzi)")).to_be_visible()
    phone.get_by_role("link", name="Podsumowanie").click()
    phone.get_by_role("link", name="Czy ktoś odebrał telefon?").click()
    phone.fill("[name='comment:T1']", "Trzy próby, nikt nie odebrał.")
    phone.get_by_role("link", name="Podsumowanie").click()
    phone.get_by_role("button", name="Prześlij audyt do biura").click()
    expect(phone.get_by_text("Audyt przesłano do biura")).to_be_visible()
    audit.refresh_from_db()
    assert (audit.state, audit.marks) == ("submitted", {"T1": "no"})


def test_the_summary_does_not_send_what_has_not_arrived(phone, audit, live_server):
    phone.route("**/odpowiedz/", lambda route: route.abort())
    answer(phone, "T1", "Nie")
    expect(state(phone)).to_contain_text("zapisane na tym telefonie")
    phone.goto(f"{live_server.url}/jury/audyt/{audit.key}/podsumowanie/")
    expect(phone.get_by_text("Nie wszystko jest już wysłane")).to_be_visible()
