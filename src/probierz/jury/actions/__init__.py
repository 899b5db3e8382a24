"""Do it: jurors, their words, conflicts, plans."""

from probierz.jury.actions.allocation import (
    add_seat,
    assign_seat,
    discard_plan,
    fill_plan,
    propose_plan,
    publish_plan,
    repair_plan,
)
from probierz.jury.actions.conflicts import add_conflict, declare, detect_conflicts, lift_conflict
from probierz.jury.actions.jurors import (
    activate_juror,
    edit_juror,
    invite_again,
    invite_juror,
    rest_juror,
    update_profile,
)

__all__ = [
    "activate_juror",
    "add_conflict",
    "add_seat",
    "assign_seat",
    "declare",
    "detect_conflicts",
    "discard_plan",
    "edit_juror",
    "fill_plan",
    "invite_again",
    "invite_juror",
    "lift_conflict",
    "propose_plan",
    "publish_plan",
    "repair_plan",
    "rest_juror",
    "update_profile",
]
