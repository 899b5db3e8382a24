"""Who judges or visits whom: an exact optimum under hard limits, and for what cannot be met, why and what mends it."""

from assay.allocation.arrays import ArrayAllocation, allocate_arrays
from assay.allocation.days import DayPlan, DayTask, Slot, UnmetDays, spread_days
from assay.allocation.plan import Plan, PlannedSeat, UnmetSeat, plan, random_cost
from assay.allocation.problem import Allocation, AllocationError, Juror, Task, Unmet
from assay.allocation.solve import allocate

__all__ = [
    "Allocation",
    "AllocationError",
    "ArrayAllocation",
    "DayPlan",
    "DayTask",
    "Juror",
    "Plan",
    "PlannedSeat",
    "Slot",
    "Task",
    "Unmet",
    "UnmetDays",
    "UnmetSeat",
    "allocate",
    "allocate_arrays",
    "plan",
    "random_cost",
    "spread_days",
]
