"""Do the raters agree, how many audits would be enough, and whose marks are unlike everyone else's."""

from assay.agreement.coincidence import Alpha, alpha, alpha_of_table
from assay.agreement.errors import AgreementError
from assay.agreement.intraclass import Intraclass, MeanSquares, intraclass, mean_squares
from assay.agreement.readings import METRICS

__all__ = [
    "METRICS",
    "AgreementError",
    "Alpha",
    "Intraclass",
    "MeanSquares",
    "alpha",
    "alpha_of_table",
    "intraclass",
    "mean_squares",
]
