"""Every page as every role: its audience gets an answer, everybody else is told that there is no such page.

The world is the demo year with eight institutions, so that every page has something it could leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from probierz.accounts.models import User
from probierz.applications.models import Application
from probierz.audits.models import Audit, Evidence
from probierz.awards.models import Award, Licence
from probierz.base.clock import held_at
from probierz.config.demo import year
from probierz.editions.models import Edition, OfficeMember, Patron, Programme
from probierz.instruments.models import InstrumentVersion, ModelAnswer, Scenario
from probierz.jury.models import Assignment, Juror
from probierz.results.models import Calculation

PREFIXES = {"biuro/": "office", "panel/": "institution", "jury/": "juror"}
ANSWERS = {200, 302, 405, 409, 422}
# Pages that everyone in some office sees, whatever their programme: the shared registers.
SHARED = ("office-institution", "office-representative", "office-instrument", "office-scenario", "office-journal")
SHARED += ("office-styleguide", "office-home", "office-edition-new", "office-jurors", "office-juror-invite")


@dataclass
class World:
    people: dict[str, User | None] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def world(run_jobs) -> Iterator[World]:
    cast = year.live("published", lambda _: None, most=8)
    with held_at(year.CLOCK["published"]):
        run_jobs()
        yield _described(cast)


def _described(cast: Any) -> World:
    edition = Edition.objects.get(year=2025)
    licence = Licence.objects.filter(edition=edition).order_by("number").first()
    audit = Audit.objects.filter(assignment__application__edition=edition, evidence__isnull=False).first()
    mine = licence.application
    assignment = audit.assignment
    foreign = User.objects.create_user("obca@biuro.example", "x", name="Olga Obca")
    other = Programme.objects.create(
        slug="inny-konkurs", name="Inny konkurs", short_name="IK", contact_email="ik@example.org"
    )
    OfficeMember.objects.create(user=foreign, programme=other, role="coordinator", since=year.FOUNDED)
    people = {
        "passer-by": None,
        "stranger": User.objects.create_user("nikt@example.org", "x", name="Nikt Ważny"),
        "coordinator": cast.office["coordinator"],
        "observer": cast.office["observer"],
        "foreign office": foreign,
        "representative": cast.representatives[mine.institution.nip],
        "other representative": next(user for nip, user in cast.representatives.items() if nip != mine.institution.nip),
        "juror": assignment.juror.user,
        "other juror": Juror.objects.exclude(pk=assignment.juror_id).exclude(user=None).first().user,
    }
    things = {
        "edition": edition,
        "licence": licence,
        "audit": audit,
        "assignment": assignment,
        "application": mine,
        "draft": Application.objects.exclude(pk=mine.pk).first(),
        "evidence": Evidence.objects.filter(audit=audit).first(),
        "calculation": Calculation.objects.filter(publication__isnull=False).get(),
        "trial": Calculation.objects.filter(publication__isnull=True).first(),
        "plan": edition.allocation_plans.first(),
        "version": InstrumentVersion.objects.first(),
        "scenario": Scenario.objects.filter(model_answers__isnull=False).first(),
        "answer": ModelAnswer.objects.first(),
        "award": Award.objects.first(),
        "patron": Patron.objects.first(),
        "juror": assignment.juror,
    }
    return World(people, things)


def arguments(name: str, wanted: set[str], things: dict[str, Any]) -> dict[str, Any]:
    """An existing thing for each part of the address."""
    edition, application, version = things["edition"], things["application"], things["version"]
    section = version.definition["sections"][0]
    known = {
        "programme": edition.programme.slug,
        "edition": application.edition.key if name == "panel-application-start" else edition.slug,
        "institution": application.institution.key,
        "batch": application.key,
        "number": things["licence"].number,
        "application": application.key,
        "other": things["trial"].key,
        "file": application.files.first().key,
        "kind": "gala",
        "what": "zawies",
        "topic": "miejsca" if "sensitivity" in name else "skutki",
        "section": edition.form_definition["sections"][0]["key"] if name.startswith("panel-") else section["key"],
        "item": section["items"][0]["key"],
        "seat": things["plan"].outcome["seats"][0]["id"],
        "conflict": 1,
        "token": "nie-ma-takiego",
        "pk": things["patron"].pk if "patron" in name else things["answer"].pk,
        "slug": edition.programme.slug,
        "key": _key(name, things),
    }
    if name.startswith(("office-institution", "panel-institution")):
        known |= {"slug": "kontakty", "pk": 1}
    return {part: known[part] for part in wanted}


def _key(name: str, things: dict[str, Any]) -> Any:
    by_start = {
        "office-instrument-": things["version"].key,
        "office-instrument": things["version"].instrument.key,
        "office-scenario": things["answer"].scenario.key,
        "office-edition-category": things["edition"].categories.first().key,
        "office-juror": things["juror"].key,
        "office-jury-quality": things["juror"].key,
        "office-allocation": things["plan"].key,
        "office-audit-evidence": things["evidence"].key,
        "office-audit-replace": things["assignment"].key,
        "office-audit": things["audit"].key,
        "office-award-take-back": things["award"].key,
        "office-calculation": things["calculation"].key,
        "office-seal": things["calculation"].key,
        "office-protocol": things["calculation"].key,
        "office-compare": things["calculation"].key,
        "office-result": things["calculation"].key,
        "jury-profile-of": things["juror"].key,
        "jury-audit-start": things["assignment"].key,
        "jury-audit": things["audit"].key,
        "jury-evidence": things["evidence"].key,
        "jury": things["assignment"].key,
    }
    if name == "office-instrument-start":
        return things["version"].instrument.key
    return next((key for start, key in by_start.items() if name.startswith(start)), things["application"].key)


def patterns() -> Iterator[tuple[str, str, set[str]]]:
    """Audience, name and the parts of the address of every page but sign-in's own and the rescue's."""

    def walk(resolver: URLResolver, path: str, parts: set[str]) -> Iterator[tuple[str, URLPattern, set[str]]]:
        for entry in resolver.url_patterns:
            here = parts | set(entry.pattern.converters)
            if isinstance(entry, URLPattern):
                yield path + str(entry.pattern), entry, here
            elif entry.app_name != "admin" and str(entry.pattern) != "konto/":
                yield from walk(entry, path + str(entry.pattern), here)

    for path, pattern, parts in walk(get_resolver(), "", set()):
        audience = next((name for prefix, name in PREFIXES.items() if path.startswith(prefix)), "public")
        yield audience, pattern.name, parts


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
