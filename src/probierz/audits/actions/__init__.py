"""What is done to an audit: the juror fills and sends it, the office decides."""

from probierz.audits.actions.extra import order_extra_audit
from probierz.audits.actions.filling import (
    Answer,
    Outcome,
    add_photo,
    remove_photo,
    save_answers,
    set_contact,
    start_audit,
    submit_audit,
)
from probierz.audits.actions.obstacles import decline_assignment, replace_assignment, report_recognised
from probierz.audits.actions.validation import (
    approve_audit,
    approve_audits,
    override_mark,
    reject_audit,
    return_audit,
)

__all__ = [
    "Answer",
    "Outcome",
    "add_photo",
    "approve_audit",
    "approve_audits",
    "decline_assignment",
    "order_extra_audit",
    "override_mark",
    "reject_audit",
    "remove_photo",
    "replace_assignment",
    "report_recognised",
    "return_audit",
    "save_answers",
    "set_contact",
    "start_audit",
    "submit_audit",
]
