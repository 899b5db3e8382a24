"""How far apart institutions, jurors and single audits are: from an earlier edition when an upper room knows, else
a stated assumption.

variances.register(source)                    # in AppConfig.ready
def source(edition) -> Spread | None          # a constant number of queries
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from assay.design import DesignError, VarianceComponents
from probierz.editions.models import Edition


@dataclass(frozen=True)
class Spread:
    """Variances in squared points of one audit; `source` names the edition they come from, "" when assumed."""

    institution: float
    juror: float
    residual: float
    source: str = ""

    @property
    def components(self) -> VarianceComponents:
        return VarianceComponents(self.institution, self.juror, self.residual)

    @property
    def is_usable(self) -> bool:
        """Whether a plan can be judged by them: an estimate may lie at 0."""
        try:
            found = self.components
        except DesignError:
            return False
        return bool(found.institution and found.juror)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


# Standard deviations of 9, 4 and 7 points.
ASSUMED = Spread(81.0, 16.0, 49.0)

Source = Callable[[Edition], Spread | None]
_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def spread_for(edition: Edition) -> Spread:
    """What to plan an edition with."""
    found = (source(edition) for source in _sources)
    return next((spread for spread in found if spread is not None and spread.is_usable), ASSUMED)
