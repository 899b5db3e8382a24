"""One canonical file with inputs, rules, engine version and outputs; recompute and compare.

The file is canonical JSON (RFC 8785). Institutions, jurors and audits go by pseudonyms, free text and photos are
not in it, and anyone can recompute every score, place and decision from it.
"""

from assay.canonical import CanonicalError, canonical, digest
from assay.protocol.build import FORMAT, ProtocolError, build, pseudonym, pseudonymise
from assay.protocol.compare import diff
from assay.protocol.verify import Difference, Verification, verify

__all__ = [
    "FORMAT",
    "CanonicalError",
    "Difference",
    "ProtocolError",
    "Verification",
    "build",
    "canonical",
    "diff",
    "digest",
    "pseudonym",
    "pseudonymise",
    "verify",
]
