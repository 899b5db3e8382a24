"""One canonical file with inputs, rules, engine version and outputs; recompute and compare."""

from assay.canonical import CanonicalError, canonical, digest

__all__ = ["CanonicalError", "canonical", "digest"]
