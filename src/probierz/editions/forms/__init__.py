from probierz.editions.forms.office import InviteForm, ProgrammeForm, RoleForm
from probierz.editions.forms.opening import NewEditionForm
from probierz.editions.forms.rulebook import RulebookEditor
from probierz.editions.forms.settings import CategoryForm, ChannelsForm, EditionForm, PatronForm, StageForm

__all__ = [
    "CategoryForm",
    "ChannelsForm",
    "EditionForm",
    "InviteForm",
    "NewEditionForm",
    "PatronForm",
    "ProgrammeForm",
    "RoleForm",
    "RulebookEditor",
    "StageForm",
]
