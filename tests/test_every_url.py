"""Every page as every role: its audience gets an answer, everybody else is told that there is no such page.

The world is the demo year with eight institutions, so that every page has something it could leak.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from every_page import World, arguments, lived_year, patterns
from probierz.accounts.models import User
from probierz.awards.models import Licence
from probierz.base.clock import held_at
from probierz.config.demo import year
from probierz.editions.models import Edition
from probierz.jury.models import Assignment
from probierz.results.models import Calculation

ANSWERS = {200, 302, 405, 409, 422}
# Pages that everyone in some office sees, whatever their programme: the shared registers.
SHARED = ("office-institution", "office-representative", "office-instrument", "office-scenario", "office-journal")
SHARED += ("office-styleguide", "office-home", "office-edition-new", "office-jurors", "office-juror-invite")


@pytest.fixture
def world(run_jobs) -> Iterator[World]:
    found = lived_year(run_jobs)
    with held_at(year.CLOCK["published"]):
        yield found


MEMBERS = {
    "office": {"coordinator", "observer", "foreign office"},
    "institution": {"representative", "other representative"},
    "juror": {"juror", "other juror"},
}
OWNERS = {"office": {"coordinator", "observer"}, "institution": {"representative"}, "juror": {"juror"}}
# Without a thing in the address a page is of its audience as a whole; there is nothing of somebody else's on it.


def browser_of(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def status(client: Client, url: str, role: str) -> int:
    found = client.get(url).status_code
    if found == 405 and role == "foreign office":
        # It only takes changes: an empty one by a stranger must meet the same wall.
        return client.post(url).status_code
    return found


def expected(audience: str, name: str, wanted: set[str], role: str) -> set[int]:
    if audience == "public":
        return ANSWERS | ({404, 410} if name == "invitation" else set())
    if role == "passer-by":
        return {302}
    if role not in MEMBERS[audience]:
        return {404}
    if role in OWNERS[audience]:
        return ANSWERS
    if audience == "office":
        return ANSWERS | {404} if name.startswith(SHARED) else {404}
    return {404, 405} if wanted else ANSWERS


# Addresses whose thing does not exist in this world, so that even its owner is told so.
NOT_IN_THIS_WORLD = {
    "office-institutions-import-preview",
    "office-institution-part",
    "panel-institution-part",
    "office-application-form",  # only for what came on paper
    "public-patron-logo",  # the demo's patrons have none
}


def test_every_page_answers_its_audience_and_nobody_else(world):
    wrong = []
    browsers = {role: browser_of(user) for role, user in world.people.items()}
    for audience, name, wanted in patterns():
        url = reverse(name, kwargs=arguments(name, wanted, world.things))
        for role, client in browsers.items():
            allowed = expected(audience, name, wanted, role)
            if name in NOT_IN_THIS_WORLD:
                allowed = allowed | {404}
            found = status(client, url, role)
            if found not in allowed:
                wrong.append(f"{name} as {role}: {found}, not {sorted(allowed)} ({url})")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("stage", year.STAGES)
def test_each_stage_of_the_demo_still_builds(db, stage):
    cast = year.live(stage, lambda _: None, most=7)
    assert len(cast.institutions) == 7
    edition = Edition.objects.get(year=2025)
    counts = {
        "call": (0, 0, 0),
        "fieldwork": (1, 0, 0),
        "results": (1, 1, 0),
        "published": (1, 1, 1),
    }[stage]
    found = (
        Assignment.objects.filter(application__edition=edition).exists(),
        Calculation.objects.filter(edition=edition).exists(),
        Licence.objects.filter(edition=edition).exists(),
    )
    assert tuple(map(int, found)) == counts
