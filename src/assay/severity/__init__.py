"""Fair jurors: a crossed mixed model tells an institution's quality from its jurors' severity, and says how surely.

    score = mean of the channel + scenario + institution + juror + residual

REML for the variances, BLUP for the effects (Henderson 1975; Patterson and Thompson 1971; Bates, Mächler, Bolker and
Walker 2015 for the criterion as it is counted here).
"""

from assay.severity.fit import Caution, Institutions, Jurors, SeverityFit, Variances, fit
from assay.severity.ratings import Ratings, SeverityError

__all__ = [
    "Caution",
    "Institutions",
    "Jurors",
    "Ratings",
    "SeverityError",
    "SeverityFit",
    "Variances",
    "fit",
]
