from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories_accounts import UserFactory
from factories_editions import office_user
from factories_instruments import InstrumentVersionFactory, ModelAnswerFactory, ScenarioFactory
from probierz.base.models import JournalEntry
from probierz.instruments.models import Instrument, InstrumentVersion, Scenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(office_user())
    return client


def pages() -> list[str]:
    published, draft = InstrumentVersionFactory(), InstrumentVersionFactory(draft=True)
    scenario = ModelAnswerFactory().scenario
    answer = scenario.model_answers.get()
    names = ["version", "changes", "trial", "copy"]
    drafts = ["edit", "head", "publish", "section-new"]
    return [
        reverse("office-instruments"),
        reverse("office-instrument", args=[published.instrument.key]),
        *(reverse(f"office-instrument-{name}", args=[published.key]) for name in names),
        *(reverse(f"office-instrument-{name}", args=[draft.key]) for name in drafts),
        reverse("office-instrument-section", args=[draft.key, "rozmowa"]),
        reverse("office-instrument-item-new", args=[draft.key, "rozmowa"]),
        reverse("office-instrument-item", args=[draft.key, "rozmowa", "T4"]),
        reverse("office-scenarios"),
        reverse("office-scenario-new"),
        reverse("office-scenario", args=[scenario.key]),
        reverse("office-scenario-edit", args=[scenario.key]),
        reverse("office-scenario-answer-new", args=[scenario.key]),
        reverse("office-scenario-answer", args=[scenario.key, answer.pk]),
    ]


def test_every_page_answers_the_office(office):
    urls = pages()
    assert [(url, office.get(url).status_code) for url in urls] == [(url, 200) for url in urls]


def test_a_stranger_gets_404_and_a_passer_by_is_asked_to_sign_in(client):
    urls = pages()
    assert {client.get(url).status_code for url in urls} == {302}
    client.force_login(UserFactory())
    assert {client.get(url).status_code for url in urls} == {404}


def test_an_observer_is_told_why_not(client):
    client.force_login(office_user(role="observer"))
    draft = InstrumentVersionFactory(draft=True)
    response = client.get(reverse("office-instrument-head", args=[draft.key]))
    assert response.status_code == 409
    assert "Obserwator" in response.content.decode()


def test_installing_the_shipped_scorecards(office):
    assert office.post(reverse("office-instruments-install")).status_code == 302
    assert Instrument.objects.count() == 5


def test_a_new_version_from_editing_to_publishing(office):
    source = InstrumentVersionFactory()
    office.post(reverse("office-instrument-start", args=[source.instrument.key]))
    draft = InstrumentVersion.objects.get(state="draft")
    office.post(
        reverse("office-instrument-section", args=[draft.key, "rozmowa"]),
        {"title": "Rozmowa z urzędnikiem", "weight": "70", "revision": "0"},
    )
    office.post(reverse("office-instrument-rearrange", args=[draft.key]), {"move": "item-up:T4", "revision": "1"})
    draft.refresh_from_db()
    assert [item["key"] for item in draft.definition["sections"][1]["items"]] == ["T4", "T3", "T5", "T6"]
    page = office.get(reverse("office-instrument-publish", args=[draft.key])).content.decode()
    assert "Rozmowa z urzędnikiem" in page
    office.post(reverse("office-instrument-publish", args=[draft.key]), {"revision": "2"})
    draft.refresh_from_db()
    assert draft.state == "published"


def item_data(**changes):
    data = {"key": "T7", "text": "Czy pożegnano rozmówcę?", "kind": "yes_no", "weight": "1", "points": "1"}
    data |= {"scored": "on", "revision": "0"}
    for prefix in ("options", "bands", "utility"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return data | changes


def test_an_item_is_added(office):
    draft = InstrumentVersionFactory(draft=True)
    response = office.post(reverse("office-instrument-item-new", args=[draft.key, "rozmowa"]), item_data())
    assert response["Location"].endswith("#pozycja-T7")
    draft.refresh_from_db()
    assert draft.definition["sections"][1]["items"][-1] == {
        "key": "T7",
        "kind": "yes_no",
        "text": "Czy pożegnano rozmówcę?",
    }


def test_a_wrong_item_is_refused_with_what_was_typed(office):
    draft = InstrumentVersionFactory(draft=True)
    url = reverse("office-instrument-item-new", args=[draft.key, "rozmowa"])
    response = office.post(url, item_data(key="T1", comment_on="może"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Ten symbol już występuje" in page
    assert "Czy pożegnano rozmówcę?" in page
    draft.refresh_from_db()
    assert draft.revision == 0


def test_the_second_browser_keeps_its_words_and_can_save_them(office):
    draft = InstrumentVersionFactory(draft=True)
    url = reverse("office-instrument-section", args=[draft.key, "rozmowa"])
    office.post(url, {"title": "Pierwsza", "weight": "60", "revision": "0"})
    response = office.post(url, {"title": "Druga", "weight": "60", "revision": "0"})
    page = response.content.decode()
    assert "Ktoś zmienił" in page
    assert 'value="Druga"' in page
    office.post(url, {"title": "Druga", "weight": "60", "revision": "1"})
    draft.refresh_from_db()
    assert draft.definition["sections"][1]["title"] == "Druga"


def test_a_trial_fill_shows_the_score_and_keeps_nothing(office):
    version = InstrumentVersionFactory()
    entries = JournalEntry.objects.count()
    url = reverse("office-instrument-trial", args=[version.key])
    data = {"mark:T1": "yes", "mark:T2": "15", "mark:T3": "3", "mark:T4": "no", "special:T5": "na"}
    page = office.post(url, data, headers={"HX-Request": "true"}).content.decode()
    assert "50,0" in page
    assert "krytyczna (T4)" in page
    assert "<html" not in page
    assert JournalEntry.objects.count() == entries


def test_a_trial_follows_skip_logic_and_survives_nonsense(office):
    version = InstrumentVersionFactory()
    url = reverse("office-instrument-trial", args=[version.key])
    hidden = office.post(url, {"mark:T1": "no"}, headers={"HX-Request": "true"}).content.decode()
    assert 'data-hidden-items="T2 T3 T4 T5 T6"' in hidden
    odd = office.post(url, {"mark:T1": "yes", "mark:T2": "długo"}).content.decode()
    assert "Tych odpowiedzi nie da się policzyć: T2." in odd


def test_an_unlawful_scenario_is_refused_on_the_page(office):
    data = {
        "title": "Wniosek",
        "channels": ["email"],
        "form": "application",
        "role": "r",
        "question": "q",
        "revision": 0,
    }
    response = office.post(reverse("office-scenario-new"), data)
    assert "art. 63" in response.content.decode()
    assert Scenario.objects.count() == 0


def test_a_scenario_and_its_answer_are_written(office):
    data = {"title": "Wniosek", "channels": ["visit"], "form": "question", "role": "r", "question": "q", "revision": 0}
    office.post(reverse("office-scenario-new"), data)
    scenario = Scenario.objects.get()
    data = {"points": "Bezpłatnie | ustawa", "valid_from": "2025-01-01"}
    office.post(reverse("office-scenario-answer-new", args=[scenario.key]), data)
    assert scenario.model_answers.get().points == [{"point": "Bezpłatnie", "source": "ustawa"}]


def test_an_answer_that_ends_soon_is_shown(office, settings):
    answer = ModelAnswerFactory()
    answer.valid_until = answer.valid_from
    answer.save()
    page = office.get(reverse("office-scenario", args=[answer.scenario.key])).content.decode()
    assert "Na dziś nie ma odpowiedzi wzorcowej" in page


@pytest.mark.parametrize(
    ("name", "make"),
    [("office-instruments", lambda: InstrumentVersionFactory()), ("office-scenarios", lambda: ModelAnswerFactory())],
)
def test_a_list_asks_as_often_for_three_rows_as_for_one(office, name, make):
    make()
    office.get(reverse(name))
    with CaptureQueriesContext(connection) as one:
        office.get(reverse(name))
    make()
    make()
    with CaptureQueriesContext(connection) as three:
        office.get(reverse(name))
    assert len(three) == len(one)


def test_a_scenario_opened_in_two_browsers(office):
    scenario = ScenarioFactory()
    url = reverse("office-scenario-edit", args=[scenario.key])
    data = {"title": "A", "channels": ["visit"], "form": "question", "role": "r", "question": "q", "revision": 0}
    office.post(url, data)
    page = office.post(url, {**data, "title": "B"}).content.decode()
    assert "Ktoś zmienił" in page
    assert 'value="B"' in page
