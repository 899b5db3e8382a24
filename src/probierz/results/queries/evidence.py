"""What earlier calculations know of institutions' quality, for choosing the next rules."""

from __future__ import annotations

from fractions import Fraction

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from assay.rulebook.schema import OFFICIAL_SCORES
from probierz.editions.consequences import Evidence
from probierz.editions.models import Edition
from probierz.results.models import Calculation, Publication, Result
from probierz.results.queries.office import HEAVY


def evidence_for(edition: Edition) -> Evidence | None:
    """From the last earlier edition of the programme whose quality was estimated, else from this edition's own."""
    earlier = Q(year__lt=edition.year) | Q(year=edition.year, number__lt=edition.number)
    same = Edition.objects.filter(programme=edition.programme_id, calculations__isnull=False).select_related(
        "programme"
    )
    for candidate in same.filter(earlier).order_by("-year", "-number").distinct()[:3]:
        found = _evidence_in(candidate, edition)
        if found is not None:
            return found
    return _evidence_in(edition, edition)


def _evidence_in(edition: Edition, asking: Edition) -> Evidence | None:
    calculation = calculation_that_counts(edition)
    if calculation is None:
        return None
    rows = Result.objects.filter(calculation=calculation).exclude(decision=Result.Decision.NOT_CLASSIFIED)
    kept = [
        (category, estimates)
        for category, estimates in rows.order_by("pk").values_list(
            "application__category__key", "detail__summary__estimates"
        )
        if estimates
    ]
    if not kept:
        return None
    is_own = edition.pk == asking.pk
    words = _("obliczenie tej edycji") if is_own else _("obliczenie edycji: %(edition)s") % {"edition": edition}
    return Evidence(
        estimates=tuple(float(found["blup"]) for _category, found in kept),
        errors=tuple(float(found["se"]) for _category, found in kept),
        points={score: tuple(Fraction(found[score]) for _category, found in kept) for score in OFFICIAL_SCORES},
        categories=tuple(category for category, _found in kept),
        source=words,
        url=reverse("office-calculation", args=[edition.programme.slug, edition.slug, calculation.key]),
    )


def calculation_that_counts(edition: Edition) -> Calculation | None:
    """The published or sealed one, else the newest."""
    publication = Publication.objects.filter(edition=edition).values_list("calculation", flat=True).first()
    found = Calculation.objects.filter(edition=edition).defer(*HEAVY)
    return found.filter(pk=publication).first() if publication else found.first()
