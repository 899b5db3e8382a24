from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar
from PIL import Image

from assay.ranking import consequences
from assay.ranking.assumed import Assumption, assumed_contest
from factories_accounts import UserFactory
from factories_editions import (
    CategoryFactory,
    EditionFactory,
    OfficeMemberFactory,
    PatronFactory,
    ProgrammeFactory,
    office_user,
)
from probierz.base.clock import held_at
from probierz.editions import overview, queries
from probierz.editions.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(call_open=True, with_channels=True)


@pytest.fixture
def office(client, edition):
    client.force_login(office_user(edition))
    return client


def here(name: str, edition: Edition, *more: object) -> str:
    return reverse(name, args=[edition.programme.slug, edition.slug, *more])


def pages(edition: Edition) -> list[str]:
    category, patron = CategoryFactory(edition=edition), PatronFactory(edition=edition)
    names = ["", "-settings", "-description", "-categories", "-category-new", "-channels", "-rulebook", "-patrons"]
    return [
        reverse("office-home"),
        reverse("office-edition-new"),
        reverse("office-programme", args=[edition.programme.slug]),
        reverse("office-team", args=[edition.programme.slug]),
        *(here(f"office-edition{name}", edition) for name in [*names, "-patron-new"]),
        here("office-edition-stage", edition, "gala"),
        here("office-edition-category", edition, category.key),
        here("office-edition-patron", edition, patron.pk),
        *(here("office-edition-rulebook-why", edition, topic) for topic in ("oficjalne-punkty", "licencja", "remisy")),
        here("office-edition-rulebook-why", edition, "skutki"),
    ]


def test_every_page_answers_the_office(office, edition):
    urls = pages(edition)
    assert [(url, office.get(url).status_code) for url in urls] == [(url, 200) for url in urls]


def test_every_page_answers_an_observer(client, edition):
    client.force_login(office_user(edition, "observer"))
    urls = pages(edition)
    assert [(url, client.get(url).status_code) for url in urls] == [(url, 200) for url in urls]


def test_strangers_and_other_offices_find_nothing(client, edition):
    urls = pages(edition)
    assert {client.get(url).status_code for url in urls} == {302}
    client.force_login(UserFactory())
    assert {client.get(url).status_code for url in urls} == {404}
    client.force_login(office_user())
    assert {client.get(url).status_code for url in urls[2:]} == {404}


def test_an_edition_from_a_preset_in_one_form(client):
    client.force_login(office_user())
    data = {"source": "preset:lzm-2025", "number": "2", "year": "2025"}
    response = client.post(
        reverse("office-edition-new"), {**data, "call_opens_on": "2025-09-17", "call_closes_on": "2025-10-24"}
    )
    created = Edition.objects.get(preset="lzm-2025")
    assert response["Location"] == here("office-edition", created)
    assert client.get(response["Location"]).status_code == 200


def test_a_number_that_is_taken_is_refused_at_its_field(office, edition):
    data = {"source": f"edition:{edition.key}", "number": str(edition.number), "year": "2026"}
    response = office.post(
        reverse("office-edition-new"), {**data, "call_opens_on": "2026-09-17", "call_closes_on": "2026-10-24"}
    )
    assert "Edycja o tym numerze już istnieje" in response.content.decode()


def test_the_overview_shows_what_upper_rooms_say(office, edition, monkeypatch):
    monkeypatch.setattr(overview, "_sources", {})
    overview.register("applications", lambda edition, user: [overview.Card("zgłoszeń", 62)], "Zgłoszenia w liczbach")
    page = office.get(here("office-edition", edition)).content.decode()
    assert "Zgłoszenia w liczbach" in page
    assert "nabór zgłoszeń" in page


def test_dates_are_changed(office, edition):
    office.post(
        here("office-edition-stage", edition, "gala"),
        {"first": "2027-03-13", "last": "2027-03-13", "place": "Uniwersytet Warszawski"},
    )
    gala = edition.stages.get(kind="gala")
    assert (gala.opens_at.isoformat(), gala.place) == ("2027-03-12T23:00:00+00:00", "Uniwersytet Warszawski")
    assert office.get(here("office-edition-stage", edition, "party")).status_code == 404


def test_categories_are_written_and_removed(office, edition):
    url = here("office-edition-category-new", edition)
    office.post(url, {"name": "Powiaty", "institution_kinds": ["powiat"], "position": "0"})
    category = edition.categories.get()
    assert (category.key, category.name) == ("powiaty", "Powiaty")
    office.post(here("office-edition-category-remove", edition, category.key))
    assert edition.categories.count() == 0


def test_the_description_is_written(office, edition):
    data = {"number": "4", "year": "2025", "who_may_enter": "Biblioteki", "licence_scope": "obsługa"}
    office.post(here("office-edition-description", edition), data)
    edition.refresh_from_db()
    assert (edition.number, edition.who_may_enter, edition.is_public) == (4, "Biblioteki", False)


def test_a_number_of_another_edition_is_refused(office, edition):
    other = EditionFactory(programme=edition.programme, number=edition.number + 1)
    data = {"number": str(other.number), "year": "2025", "who_may_enter": "Biblioteki", "licence_scope": "obsługa"}
    response = office.post(here("office-edition-description", edition), data)
    assert "Edycja o tym numerze już istnieje" in response.content.decode()


def test_channels_are_chosen(office, edition):
    version = queries.version_of(edition, "phone")
    office.post(here("office-edition-channels", edition), {"phone": str(version.key)})
    edition.refresh_from_db()
    assert list(edition.rulebook["channels"]) == ["phone"]


def rules_data(client, edition, **changes):
    editor = client.get(here("office-edition-rulebook", edition)).context["editor"]
    data = {}
    for form in [*editor.forms, *(rows.management_form for rows in editor.rows.values())]:
        for bound in form:
            value = bound.value()
            value = bound.field.prepare_value(value) if hasattr(bound.field, "prepare_value") else value
            if value is not None and value is not False:
                data[bound.html_name] = "on" if value is True else value
    return data | changes


def test_rules_are_saved_through_the_form(office, edition):
    data = rules_data(office, edition, threshold="81,5")
    response = office.post(here("office-edition-rulebook", edition), data)
    assert response.status_code == 302
    edition.refresh_from_db()
    assert edition.rulebook["licence"]["threshold"] == "81.5"
    stale = office.post(here("office-edition-rulebook", edition), {**data, "threshold": "60"})
    assert "Ktoś zmienił zasady" in stale.content.decode()


def test_rules_the_engine_refuses_come_back_with_what_was_typed(office, edition):
    response = office.post(here("office-edition-rulebook", edition), rules_data(office, edition, threshold="150"))
    page = response.content.decode()
    assert "Najwyższa dozwolona wartość to 100." in page
    assert 'value="150"' in page


def test_the_preview_speaks_without_saving(office, edition):
    url = here("office-edition-rulebook-preview", edition)
    page = office.post(url, rules_data(office, edition, threshold="81,5")).content.decode()
    assert "81,5" in page
    assert "Suma wag kanałów: 100" in page
    wrong = office.post(url, rules_data(office, edition, threshold="150")).content.decode()
    assert "Tych zasad nie można zapisać" in wrong
    edition.refresh_from_db()
    assert edition.rulebook["licence"]["threshold"] == "75"


def test_consequences_are_counted_as_rules_are_typed_and_nothing_is_saved(office, edition):
    url = here("office-edition-rulebook-consequences", edition)
    data = rules_data(office, edition, threshold="81,5", policy="guarded")
    part = office.post(url, data, headers={"HX-Request": "true"})
    assert [one.policy for one in part.context["outlook"].policies] == ["simple", "guarded", "above-mean"]
    assert part.context["outlook"].chosen == foreseen_by_hand("guarded", 81.5)
    assert 'id="skutki-zdanie" hx-swap-oob="innerHTML"><p>Próg 81,5.' in part.content.decode()
    whole = office.post(url, data).content.decode()
    assert ("<html" in whole, 'value="81,5"' in whole, "Założenie, nie dane" in whole) == (True, True, True)
    wrong = office.post(url, {**data, "threshold": "150"}, headers={"HX-Request": "true"}).content.decode()
    assert "Najwyższa dozwolona wartość to 100." in wrong
    edition.refresh_from_db()
    assert edition.rulebook["licence"]["threshold"] == "75"


def foreseen_by_hand(policy, threshold):
    made = assumed_contest(Assumption(audits=3), is_fair=False)
    points = [round(float(value), 2) for value in made.points]
    (found,) = consequences([*made.estimates], [made.se] * 100, [threshold], policy=policy, points=points)
    return found


def test_a_topic_nobody_asks_about_is_not_found(office, edition):
    assert office.get(here("office-edition-rulebook-why", edition, "pogoda")).status_code == 404


def test_consequences_are_for_the_edition_s_office(client, edition):
    url = here("office-edition-rulebook-consequences", edition)
    client.force_login(office_user())
    assert (client.post(url).status_code, client.get(url).status_code) == (404, 405)


def test_frozen_rules_are_only_read(client):
    edition = EditionFactory(calendar=True, with_channels=True)
    client.force_login(office_user(edition))
    with held_at(edition.stages.get(kind="fieldwork").opens_at):
        page = client.get(here("office-edition-rulebook", edition)).content.decode()
        assert "zamrożone" in page
        assert 'name="threshold"' not in page
        assert client.post(here("office-edition-rulebook-freeze", edition)).status_code == 302


def test_a_patron_with_a_logo(office, edition, client):
    out = io.BytesIO()
    Image.new("RGB", (300, 100), "#884400").save(out, "JPEG")
    data = {"kind": "media", "name": "Gazeta", "website": "https://gazeta.example", "position": "0"}
    office.post(
        here("office-edition-patron-new", edition), {**data, "file": SimpleUploadedFile("logo.jpg", out.getvalue())}
    )
    patron = edition.patrons.get()
    client.logout()
    response = client.get(here("public-patron-logo", edition, patron.pk))
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    client.force_login(office_user(edition))
    client.post(here("office-edition-patron", edition, patron.pk), {**data, "name": "Inna"})
    patron.refresh_from_db()
    assert (patron.name, bool(patron.logo)) == ("Inna", True)
    client.post(here("office-edition-patron-remove", edition, patron.pk))
    assert edition.patrons.count() == 0


def test_the_programme_and_its_colours(office, edition):
    url = reverse("office-programme", args=[edition.programme.slug])
    form = office.get(url).context["form"]
    data = {bound.html_name: bound.value() or "" for bound in form}
    wrong = office.post(url, {**data, "accent": "#ffee00"}).content.decode()
    assert "kontrast" in wrong
    office.post(url, {**data, "accent": "#0b5c8f"})
    css = office.get(reverse("public-brand-css", args=[edition.programme.slug])).content.decode()
    assert "--accent: #0b5c8f;" in css


def test_the_office_is_put_together(office, edition):
    slug = edition.programme.slug
    team = reverse("office-team", args=[slug])
    office.post(team, {"name": "Ewa Nowa", "email": "ewa@biuro.example", "role": "operator"})
    (invitation,) = queries.open_invitations(edition.programme)
    assert "ewa@biuro.example" in office.get(team).content.decode()
    office.post(reverse("office-team-revoke", args=[slug, invitation.pk]))
    assert queries.open_invitations(edition.programme) == []
    member = OfficeMemberFactory(programme=edition.programme, role="operator")
    office.post(reverse("office-team-role", args=[slug, member.pk]), {f"m{member.pk}-role": "observer"})
    member.refresh_from_db()
    assert member.role == "observer"
    office.post(reverse("office-team-remove", args=[slug, member.pk]))
    assert queries.office_of(edition.programme).count() == 1


def test_another_office_cannot_touch_a_member(client, edition):
    member = OfficeMemberFactory(programme=edition.programme)
    client.force_login(office_user())
    url = reverse("office-team-remove", args=[edition.programme.slug, member.pk])
    assert client.post(url).status_code == 404


def test_an_observer_saves_nothing(client, edition):
    client.force_login(office_user(edition, "observer"))
    response = client.post(
        here("office-edition-description", edition), {"number": "4", "year": "2025", "who_may_enter": "X"}
    )
    assert "Obserwator ma tylko wgląd" in response.content.decode()
    edition.refresh_from_db()
    assert edition.who_may_enter == "Gminy, powiaty i urzędy."


def test_what_the_public_may_fetch(client):
    edition = EditionFactory(calendar=True)
    feed = client.get(here("public-calendar", edition))
    assert feed["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(Calendar.from_ical(feed.content).walk("VEVENT")) == 6
    assert client.get(here("public-rules-pdf", edition)).content.startswith(b"%PDF-")
    assert client.get(reverse("public-brand-css", args=["nie-ma"])).status_code == 404


def test_a_hidden_edition_is_hidden_from_the_public(client):
    edition = EditionFactory(calendar=True, is_public=False)
    patron = PatronFactory(edition=edition)
    urls = [
        here("public-calendar", edition),
        here("public-rules-pdf", edition),
        here("public-patron-logo", edition, patron.pk),
    ]
    assert {client.get(url).status_code for url in urls} == {404}


def test_lists_ask_as_often_for_three_rows_as_for_one(client):
    programme = ProgrammeFactory()
    client.force_login(OfficeMemberFactory(programme=programme).user)

    def make():
        edition = EditionFactory(programme=programme, call_open=True)
        CategoryFactory(edition=first)
        PatronFactory(edition=first)
        OfficeMemberFactory(programme=programme)
        return edition

    first = EditionFactory(programme=programme, call_open=True)
    make()
    urls = [
        reverse("office-home"),
        here("office-edition-categories", first),
        here("office-edition-patrons", first),
        reverse("office-team", args=[programme.slug]),
    ]
    assert queries_for(client, urls) == queries_after(client, urls, make)


def queries_for(client, urls):
    counts = []
    for url in urls:
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        counts.append(len(captured))
    return counts


def queries_after(client, urls, make):
    make()
    make()
    return queries_for(client, urls)
