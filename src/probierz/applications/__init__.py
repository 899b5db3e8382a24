"""An institution enters a category of an edition.

Nouns: application, file, formal check, completion request. Representatives fill, sign and submit; the office
checks, asks for completion, accepts or rejects. Late is late to the millisecond.
"""
