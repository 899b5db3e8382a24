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

    plan = AllocationPlan.objects.filter(pk=plan_id).first()
    if plan is None:
        return False
    try:
        fill_plan(plan=plan, actor=PLATFORM)
    except NotAllowed:
        return False
    return True
