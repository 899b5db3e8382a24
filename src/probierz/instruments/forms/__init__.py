from probierz.instruments.forms.items import ItemEditor
from probierz.instruments.forms.scenarios import AnswerForm, ScenarioFilter, ScenarioForm
from probierz.instruments.forms.sheets import CopyForm, HeadForm, SectionForm

__all__ = ["AnswerForm", "CopyForm", "HeadForm", "ItemEditor", "ScenarioFilter", "ScenarioForm", "SectionForm"]
