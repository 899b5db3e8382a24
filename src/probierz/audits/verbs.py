"""What is done to an audit, in the words of the journal."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "audit.started": _("Otwarto arkusz audytu"),
    "audit.submitted": _("Przesłano audyt"),
    "audit.returned": _("Zwrócono audyt do poprawy"),
    "audit.approved": _("Zatwierdzono audyt"),
    "audit.approved-many": _("Zatwierdzono audyty bez uwag"),
    "audit.rejected": _("Odrzucono audyt"),
    "audit.mark-overridden": _("Zmieniono ocenę w audycie"),
    "assignment.recognised": _("Zgłoszono rozpoznanie jurora"),
    "assignment.cannot": _("Oddano przydział"),
    "assignment.replaced": _("Wyznaczono następcę jurora"),
}
