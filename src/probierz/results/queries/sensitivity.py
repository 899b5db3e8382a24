"""What the page of a result's sensitivity stands on: the calculation that counts, assessed once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from probierz.editions.models import Edition
from probierz.results.models import Calculation, Result
from probierz.results.queries.evidence import calculation_that_counts
from probierz.results.queries.office import results_of
from probierz.results.sensitivity import Robustness, assess


def robustness_of(edition: Edition) -> tuple[Calculation, Robustness] | None:
    """Of the published or sealed calculation, else of the newest; None before the first."""
    calculation = calculation_that_counts(edition)
    if calculation is None:
        return None
    return calculation, _assessed(calculation.pk, calculation.protocol_digest)


@lru_cache(maxsize=4)
def _assessed(pk: int, digest: str) -> Robustness:
    """A calculation never changes, so that its digest names the answer for good."""
    return assess(Calculation.objects.values_list("protocol", flat=True).get(pk=pk, protocol_digest=digest))


def results_by_pseudonym(calculation: Calculation, pseudonyms: Iterable[str]) -> dict[str, Result]:
    """The results behind the names of a protocol."""
    found = results_of(calculation).filter(pseudonym__in=list(pseudonyms))
    return {result.pseudonym: result for result in found}
