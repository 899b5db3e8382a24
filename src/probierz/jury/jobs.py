"""Background work of the room."""

from __future__ import annotations

from django_tasks import task

from probierz.base.actions import PLATFORM
from probierz.base.rules import NotAllowed


@task()
def prepare_plan(plan_id: int) -> bool:
    """Make a large plan. A plan put away meanwhile, or made before by a killed worker, is left alone."""
    from probierz.jury.actions import fill_plan
    from probierz.jury.models import AllocationPlan
    from probierz.jury.queries import compute_plan

    waiting = AllocationPlan.objects.filter(state=AllocationPlan.State.PREPARING)
    plan = waiting.select_related("edition__programme").filter(pk=plan_id).first()
    if plan is None:
        return False
    computed = compute_plan(plan)
    try:
        fill_plan(plan=plan, computed=computed, actor=PLATFORM)
    except NotAllowed:
        return False
    return True
