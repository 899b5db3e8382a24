"""Changes of programmes and editions."""

from probierz.editions.actions.office import (
    change_member_role,
    invite_office_member,
    remove_office_member,
    revoke_office_invitation,
    update_programme,
)
from probierz.editions.actions.opening import create_edition_from_last_year, create_edition_from_preset
from probierz.editions.actions.rulebook import ensure_rulebook_frozen, freeze_rulebook, save_rulebook
from probierz.editions.actions.settings import (
    change_stage,
    remove_category,
    remove_patron,
    save_category,
    save_channels,
    save_patron,
    update_edition,
)

__all__ = [
    "change_member_role",
    "change_stage",
    "create_edition_from_last_year",
    "create_edition_from_preset",
    "ensure_rulebook_frozen",
    "freeze_rulebook",
    "invite_office_member",
    "remove_category",
    "remove_office_member",
    "remove_patron",
    "revoke_office_invitation",
    "save_category",
    "save_channels",
    "save_patron",
    "save_rulebook",
    "update_edition",
    "update_programme",
]
