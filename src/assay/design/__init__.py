"""How well a plan of audits would tell institutions from jurors, from who meets whom alone, before fieldwork."""

from assay.design.incidence import Component, Design, DesignError
from assay.design.links import Link, weak_links
from assay.design.precision import VarianceComponents
from assay.design.repair import Repaired, Reseated, repair, reseat

__all__ = [
    "Component",
    "Design",
    "DesignError",
    "Link",
    "Repaired",
    "Reseated",
    "VarianceComponents",
    "repair",
    "reseat",
    "weak_links",
]
