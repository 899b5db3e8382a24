"""One incognito contact by one juror through one channel, with its filled scorecard.

Nouns: audit, evidence, override. The juror fills it on a phone, each tap saved; the office checks, returns,
approves or rejects. Institutions never enter this room.
"""
