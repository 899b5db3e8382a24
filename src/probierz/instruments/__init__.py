"""What is asked, and against what a right answer is held.

Nouns: instrument (a scorecard), version, scenario (a legend), model answer. A published version never changes
and the first answer freezes it for good. The office writes; jurors fill; the public reads the criteria.
"""
