"""Do it: grant, suspend, restore, withdraw; give statuettes; keep certificates."""

from probierz.awards.actions.distinguishing import give_award, publish_awards, take_back_award
from probierz.awards.actions.granting import grant_licences, queue_certificates, record_past_licence
from probierz.awards.actions.standing import (
    restore_licence,
    store_certificate,
    suspend_licence,
    withdraw_licence,
)

__all__ = [
    "give_award",
    "grant_licences",
    "publish_awards",
    "queue_certificates",
    "record_past_licence",
    "restore_licence",
    "store_certificate",
    "suspend_licence",
    "take_back_award",
    "withdraw_licence",
]
