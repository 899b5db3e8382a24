"""A believable year of the contest, lived through the same actions that people use, at the dates they would."""
