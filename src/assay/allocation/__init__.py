"""Who judges or visits whom: an exact optimum under hard limits, and for what cannot be met, why and what mends it."""

from assay.allocation.plan import Plan, PlannedSeat, UnmetSeat, plan, random_cost
from assay.allocation.problem import Allocation, AllocationError, Juror, Task, Unmet
from assay.allocation.solve import allocate

__all__ = [
    "Allocation",
    "AllocationError",
    "Juror",
    "Plan",
    "PlannedSeat",
    "Task",
    "Unmet",
    "UnmetSeat",
    "allocate",
    "plan",
    "random_cost",
]
