"""What is won, and who may see it."""

from probierz.awards.queries.office import (
    Counts,
    awards_of,
    awards_of_office,
    candidates_of,
    counts_of,
    in_state,
    licence_to_print,
    licences_in,
    licences_of_office,
    numbers_in,
    overview_cards,
    streaks_before,
    waiting_for_licence,
)
from probierz.awards.queries.public import (
    awards_visible_to,
    licence_by_number,
    licences_visible_to,
    public_awards,
    public_licences,
)

__all__ = [
    "Counts",
    "awards_of",
    "awards_of_office",
    "awards_visible_to",
    "candidates_of",
    "counts_of",
    "in_state",
    "licence_by_number",
    "licence_to_print",
    "licences_in",
    "licences_of_office",
    "licences_visible_to",
    "numbers_in",
    "overview_cards",
    "public_awards",
    "public_licences",
    "streaks_before",
    "waiting_for_licence",
]
