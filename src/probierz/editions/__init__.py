"""A programme's year: edition, categories, stages, rulebook, calendar, patrons, and the office that runs it.

A stage opens and closes what may be done, by the clock alone. The rulebook is data that the engine computes
with and that prints itself in words; it is frozen when fieldwork opens. The office enters; the public reads.
"""
