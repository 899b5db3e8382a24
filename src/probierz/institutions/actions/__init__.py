"""Do it: keep the register, its units, contacts and representatives; import, merge, load the territories."""

from probierz.institutions.actions.importing import (
    abandon_import,
    import_institutions,
    load_territories,
    prepare_import,
)
from probierz.institutions.actions.merging import merge_institutions
from probierz.institutions.actions.parts import remove_contact, remove_unit, save_contact, save_unit
from probierz.institutions.actions.people import (
    decide_representation,
    end_representation,
    invite_representative,
    request_representation,
    revoke_representative_invitation,
)
from probierz.institutions.actions.register import (
    create_institution,
    register_institution,
    update_contact_data,
    update_institution,
)

__all__ = [
    "abandon_import",
    "create_institution",
    "decide_representation",
    "end_representation",
    "import_institutions",
    "invite_representative",
    "load_territories",
    "merge_institutions",
    "prepare_import",
    "register_institution",
    "remove_contact",
    "remove_unit",
    "request_representation",
    "revoke_representative_invitation",
    "save_contact",
    "save_unit",
    "update_contact_data",
    "update_institution",
]
