"""Do the raters agree, how many audits would be enough, and whose marks are unlike everyone else's."""

from assay.agreement.coincidence import Alpha, alpha, alpha_of_table
from assay.agreement.errors import AgreementError
from assay.agreement.generalizability import Design, Variances, audits_needed, d_study, design, g_study
from assay.agreement.intraclass import Intraclass, MeanSquares, intraclass, mean_squares
from assay.agreement.measures import Audit, ItemMark
from assay.agreement.profile import Index, JurorProfile, juror_profiles
from assay.agreement.readings import METRICS
from assay.agreement.separation import Separation, separation

__all__ = [
    "METRICS",
    "AgreementError",
    "Alpha",
    "Audit",
    "Design",
    "Index",
    "Intraclass",
    "ItemMark",
    "JurorProfile",
    "MeanSquares",
    "Separation",
    "Variances",
    "alpha",
    "alpha_of_table",
    "audits_needed",
    "d_study",
    "design",
    "g_study",
    "intraclass",
    "juror_profiles",
    "mean_squares",
    "separation",
]
