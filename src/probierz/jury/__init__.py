"""Jurors and whom they may judge.

Nouns: juror, declaration, conflict of interest, allocation plan, assignment. Nothing about an institution opens
to a juror before their declaration. A plan is a dry run until it is published; then it is assignments.
Who audits whom is known to the office and to the juror, to nobody else.
"""
