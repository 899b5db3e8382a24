"""Every change of an application."""

from probierz.applications.actions.deciding import (
    accept_application,
    confirm_all_points,
    issue_completion_request,
    mark_formal_point,
    note_on_check,
    reject_application,
)
from probierz.applications.actions.drafting import (
    Saved,
    declare,
    enter_on_paper,
    note_print,
    save_answers,
    start_application,
)
from probierz.applications.actions.files import add_file, remove_file
from probierz.applications.actions.sending import answer_completion, submit_application, withdraw_application

__all__ = [
    "Saved",
    "accept_application",
    "add_file",
    "answer_completion",
    "confirm_all_points",
    "declare",
    "enter_on_paper",
    "issue_completion_request",
    "mark_formal_point",
    "note_on_check",
    "note_print",
    "reject_application",
    "remove_file",
    "save_answers",
    "start_application",
    "submit_application",
    "withdraw_application",
]
