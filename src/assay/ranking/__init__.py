"""Who stands where, how sure that is, what breaks a tie, and what a threshold would do.

Places go by published points (`places`); what can be said of them comes from joint draws of the institutions'
quality (`posterior`), from independent normal errors (`normal`), or from a region that holds for all ranks at
once (`joint`); `policies` tells what a licence threshold and a first stage would do.
"""

from assay.ranking.joint import joint_rank_intervals
from assay.ranking.normal import RankEstimates, expected_ranks, independent_draws, independent_ranks
from assay.ranking.places import TIE_RULES, RankingError, Standing, Standings, places, reaches, standings
from assay.ranking.policies import Consequence, advances, consequences, threshold_probabilities
from assay.ranking.posterior import RankPosterior, better, groups, posterior_ranks
from assay.ranking.ties import CLEARLY_BETTER, PRIZE_TIE_RULES, TieBreak, TieEvidence, TieStep, break_tie

__all__ = [
    "CLEARLY_BETTER",
    "PRIZE_TIE_RULES",
    "TIE_RULES",
    "Consequence",
    "RankEstimates",
    "RankPosterior",
    "RankingError",
    "Standing",
    "Standings",
    "TieBreak",
    "TieEvidence",
    "TieStep",
    "advances",
    "better",
    "break_tie",
    "consequences",
    "expected_ranks",
    "groups",
    "independent_draws",
    "independent_ranks",
    "joint_rank_intervals",
    "places",
    "posterior_ranks",
    "reaches",
    "standings",
    "threshold_probabilities",
]
