"""What others than the office see: only what is published, each institution only its own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from probierz.base.audiences import belongs
from probierz.editions.models import Edition
from probierz.institutions.models import Representative
from probierz.institutions.queries import institutions_represented_by
from probierz.results.models import Publication, RankingReport, Result


def results_visible_to(user: Any) -> QuerySet[Result]:
    """Published results of the institutions a user represents. Nothing before the publication."""
    if not belongs(user, "institution"):
        return Result.objects.none()
    return (
        Result.objects.filter(
            application__institution__in=institutions_represented_by(user),
            calculation__publication__published_at__isnull=False,
        )
        .select_related("application__institution", "application__category", "calculation__edition__programme")
        .select_related("calculation__publication")
        .defer("calculation__protocol")
        .order_by("-calculation__publication__published_at", "application__institution__name", "pk")
    )


def reports_visible_to(user: Any) -> QuerySet[RankingReport]:
    """Reports that go with the results a user may see."""
    return RankingReport.objects.filter(
        publication__published_at__isnull=False, application__institution__in=institutions_represented_by(user)
    ).select_related("publication__edition__programme", "application__institution")


def report_of(user: Any, result: Result) -> RankingReport | None:
    return reports_visible_to(user).filter(application=result.application_id).first()


def public_publication(programme: str, edition: str) -> Publication | None:
    """The publication of an edition anybody may see, with its calculation."""
    return (
        Publication.objects.filter(
            edition__programme__slug=programme,
            edition__slug=edition,
            edition__is_public=True,
            published_at__isnull=False,
        )
        .select_related("calculation", "edition__programme")
        .first()
    )


def published_results(edition: Edition) -> QuerySet[Result]:
    """Every result of the published calculation of an edition, for the room above."""
    return (
        Result.objects.filter(calculation__publication__edition=edition)
        .exclude(calculation__publication__published_at=None)
        .select_related("application__institution", "calculation__publication")
        .defer("calculation__protocol", "calculation__benchmarks")
    )


def report_to_make(report_id: int) -> RankingReport | None:
    return (
        RankingReport.objects.select_related(
            "publication__edition__programme", "application__institution", "application__category"
        )
        .filter(pk=report_id)
        .first()
    )


def result_of_report(report: RankingReport) -> Result:
    return (
        Result.objects.select_related(
            "application__institution", "application__category", "calculation__edition__programme"
        )
        .select_related("calculation__publication")
        .defer("calculation__protocol")
        .get(calculation__publication=report.publication_id, application=report.application_id)
    )


def addresses_of(publication: Publication) -> list[tuple[str, Any]]:
    """Where the news goes: to each representative, or to the institution's general address when it has none."""
    applications = {
        result.application.institution_id: result.application.institution
        for result in publication.calculation.results.select_related("application__institution").defer("detail")
    }
    found: list[tuple[str, Any]] = []
    told = set()
    active = Representative.objects.filter(institution__in=applications, is_active=True, user__is_active=True)
    for one in active.select_related("user").order_by("institution", "pk"):
        told.add(one.institution_id)
        found.append((one.user.email, applications[one.institution_id]))
    found += [(one.email, one) for key, one in applications.items() if key not in told and one.email]
    return found
