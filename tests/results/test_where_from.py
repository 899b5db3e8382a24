"""„Skąd to?” on each number of a measurement: every figure in a cell or a tile opens an explanation that is there."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag

import pytest
from django.urls import reverse

from factories_editions import office_user
from factories_jury import planned_edition, proposed_plan
from factories_jury_quality import judged_edition
from factories_results import POOR, add_audit, calculated, crossed, finished_edition, published, representative_of
from probierz.editions.models import Edition

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Reading(HTMLParser):
    """A page's ids, and each number in a cell or a tile with the addresses that explain it or show what it counts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.numbers: list[tuple[str, list[str]]] = []
        self._open: list[tuple[str, str]] = []
        self._text, self._links = "", []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids.add(given.get("id", ""))
        names = (given.get("class") or "").split()
        kind = "tile" if "stat" in names else "cell" if tag == "td" and "num" in names else ""
        if kind:
            self._text, self._links = "", []
        if tag == "a":
            self._links.append(given["href"])
        if tag not in VOID:
            self._open.append((tag, kind))

    def handle_data(self, data):
        self._text += data

    def handle_endtag(self, tag):
        while self._open:
            last, kind = self._open.pop()
            if kind and re.search(r"\d", self._text):
                self.numbers.append((" ".join(self._text.split()), self._links))
            if last == tag:
                return


def look(client, address, least):
    """At least so many numbers are there, each says where it comes from, and what it points at exists."""
    found = Reading(client.get(address).content.decode())
    assert len(found.numbers) >= least
    assert [text for text, links in found.numbers if not links] == []
    pages = {"": found}
    for link in {link for _text, links in found.numbers for link in links}:
        page, part = urldefrag(link)
        if page not in pages:
            answer = client.get(page if page.startswith("/") else address + page)
            assert (link, answer.status_code) == (link, 200)
            pages[page] = Reading(answer.content.decode())
        assert (link, not part or part in pages[page].ids) == (link, True)


@pytest.fixture
def edition(db):
    found = finished_edition()
    places = crossed(found, 9)
    judged_edition(found)
    calculated(found)
    add_audit(places[0], "visit", POOR, juror=found.programme.jurors.last())
    return found


@pytest.fixture
def parts(edition):
    return {"programme": edition.programme.slug, "edition": edition.slug}


def signed_in(client, edition: Edition):
    client.force_login(office_user(edition))
    return client


def test_in_the_results_and_in_one_result(client, edition, parts):
    made = calculated(edition)
    signed_in(client, edition)
    look(client, reverse("office-results", kwargs=parts), 60)
    for result in made.results.all()[:2]:
        key = {"key": made.key, "application": result.application.key}
        look(client, reverse("office-result", kwargs=parts | key), 4)


def test_in_two_calculations_side_by_side(client, edition, parts):
    before, after = edition.calculations.get(), calculated(edition)
    signed_in(client, edition)
    look(client, reverse("office-compare", kwargs=parts | {"key": before.key, "other": after.key}), 1)


def test_in_the_quality_of_the_jury(client, edition, parts):
    signed_in(client, edition)
    look(client, reverse("office-jury-quality", kwargs=parts), 20)
    for juror in edition.programme.jurors.all()[:9:8]:
        look(client, reverse("office-jury-quality-juror", kwargs=parts | {"key": juror.key}), 6)


def test_in_what_the_result_hangs_on(client, edition, parts):
    made = calculated(edition)
    signed_in(client, edition)
    look(client, reverse("office-sensitivity", kwargs=parts), 40)
    one = made.results.filter(place__isnull=False).first().application.key
    look(client, reverse("office-sensitivity-institution", kwargs=parts | {"application": one}), 4)


def test_in_a_plan_before_the_fieldwork(client, db):
    plan = proposed_plan(planned_edition())
    edition = plan.edition
    signed_in(client, edition)
    parts = {"programme": edition.programme.slug, "edition": edition.slug, "key": plan.key}
    look(client, reverse("office-allocation-plan", kwargs=parts), 4)


def test_while_the_rules_are_chosen(client, db):
    edition = planned_edition()
    signed_in(client, edition)
    parts = {"programme": edition.programme.slug, "edition": edition.slug}
    look(client, reverse("office-edition-rulebook", kwargs=parts), 18)


def test_in_what_an_institution_reads(client, edition):
    publication = published(edition)
    result = publication.calculation.results.filter(place__isnull=False).first()
    client.force_login(representative_of(result.application))
    look(client, reverse("panel-result", kwargs={"key": result.application.key}), 6)
