"""The ways on from a page: those of its audience, of the edition it is about, and the one where the visitor stands."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import resolve

from factories_editions import office_user
from probierz.config.navigation import page_context


@pytest.fixture
def context_of(rf: RequestFactory):
    def run(path, user=None):
        request = rf.get(path)
        request.user = user or AnonymousUser()
        request.resolver_match = resolve(path)
        return page_context(request)

    return run


def names(context):
    return [link["label"] for link in context["nav"]]


def current(context):
    return [link["label"] for link in context["nav"] if link["current"]]


@pytest.mark.parametrize("path", ["/", "/biuro/", "/biuro/konkurs/lzm/2025/", "/panel/", "/jury/", "/lzm/2025/"])
def test_every_way_leads_somewhere(context_of, path):
    assert [link["label"] for link in context_of(path)["nav"] if not link["url"]] == []


def test_the_public_sees_the_contests_the_register_and_the_foot(context_of):
    context = context_of("/")
    assert names(context) == ["Konkursy", "Laureaci", "Weryfikacja licencji"]
    assert [link["label"] for link in context["foot_nav"]] == ["Deklaracja dostępności", "Prywatność"]
    assert (context["audience"], current(context), context["my_audiences"]) == ("public", ["Konkursy"], [])


def test_an_editions_public_page_adds_the_ways_within_it(context_of):
    context = context_of("/lzm/2025/")
    assert names(context)[:4] == ["Konkurs", "Edycja", "Kryteria", "Zasady"]
    assert current(context) == ["Edycja"]


def test_the_offices_ways_within_an_edition_come_before_the_shared_registers(context_of):
    context = context_of("/biuro/konkurs/lzm/2025/")
    groups = [link["group"] for link in context["nav"] if "group" in link]
    assert (groups, current(context)) == (["Edycja", "Wspólne"], ["Przegląd edycji"])
    assert names(context_of("/biuro/"))[0] == "Konkursy i edycje"
    assert [link["label"] for link in context["foot_nav"]] == ["Deklaracja dostępności", "Prywatność"]


def test_institutions_and_jurors_have_ways_of_their_own(context_of):
    assert names(context_of("/panel/")) == ["Start", "Zgłoszenia", "Wyniki i raporty", "Licencje", "Dane instytucji"]
    assert names(context_of("/jury/")) == ["Mój dzień", "Oświadczenia", "Profil"]


@pytest.mark.django_db
def test_a_signed_in_person_learns_their_audiences(context_of):
    assert context_of("/", office_user())["my_audiences"] == ["office"]
