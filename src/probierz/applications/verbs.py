"""What is done to an application, in the words of the journal."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "application.started": _("Rozpoczęto zgłoszenie"),
    "application.submitted": _("Złożono zgłoszenie"),
    "application.declared": _("Złożono oświadczenia"),
    "application.file-added": _("Dodano plik"),
    "application.file-removed": _("Usunięto załącznik"),
    "application.completion-requested": _("Wezwano do uzupełnienia"),
    "application.completed": _("Wysłano uzupełnienie"),
    "application.accepted": _("Przyjęto zgłoszenie"),
    "application.rejected": _("Odrzucono zgłoszenie"),
    "application.withdrawn": _("Wycofano zgłoszenie"),
    "application.point-checked": _("Oceniono punkt formalny"),
    "application.checked": _("Potwierdzono wszystkie punkty formalne"),
    "application.noted": _("Zmieniono notatkę biura"),
}
