"""Every page of the site, each with an address that leads somewhere in the demo year of eight institutions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from probierz.accounts.models import User
from probierz.applications.models import Application
from probierz.audits.models import Audit, Evidence
from probierz.awards.models import Award, Licence
from probierz.base.clock import held_at
from probierz.config.demo import year
from probierz.editions.models import Edition, OfficeMember, Patron, Programme
from probierz.instruments.models import InstrumentVersion, ModelAnswer, Scenario
from probierz.jury.models import Juror
from probierz.results.models import Calculation

PREFIXES = {"biuro/": "office", "panel/": "institution", "jury/": "juror"}


@dataclass
class World:
    people: dict[str, User | None] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)


def lived_year(run_jobs: Callable[[], int]) -> World:
    """To be built, and used, with the clock held at `year.CLOCK["published"]`."""
    cast = year.live("published", lambda _: None, most=8)
    with held_at(year.CLOCK["published"]):
        run_jobs()
        return _described(cast)


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
