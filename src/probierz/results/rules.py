"""May they? Calculating is daily work; sealing and publishing are the coordinator's, once, and in their time."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from probierz.base.clock import now
from probierz.base.rules import YES, Verdict, no
from probierz.base.wording import until_words
from probierz.editions.models import Edition, Stage
from probierz.editions.rules import can_decide, can_run, stage_of
from probierz.results.models import Calculation, Publication, Result


def _publication_of(edition: Edition) -> Publication | None:
    return Publication.objects.filter(edition=edition).first()


def can_calculate(user: Any, edition: Edition) -> Verdict:
    return can_run(user, edition)


def can_seal(user: Any, calculation: Calculation) -> Verdict:
    """Sealing says: this one. Until it is published the office may still seal another."""
    allowed = can_decide(user, calculation.edition)
    if not allowed:
        return allowed
    publication = _publication_of(calculation.edition)
    if publication and publication.is_public:
        return no("published", _("Wyniki tej edycji są już ogłoszone. Ogłoszonych wyników się nie zmienia."))
    if publication and publication.calculation_id == calculation.pk:
        return no("sealed", _("To obliczenie jest już zapieczętowane."))
    fieldwork = stage_of(calculation.edition, Stage.Kind.FIELDWORK)
    if fieldwork and not fieldwork.is_over(now()):
        words = _("Audyty trwają %(until)s. Wyniki można zapieczętować dopiero potem.")
        return no("fieldwork-open", words % {"until": until_words(fieldwork.closes_at)})
    return YES


def can_publish(user: Any, edition: Edition) -> Verdict:
    allowed = can_decide(user, edition)
    if not allowed:
        return allowed
    publication = _publication_of(edition)
    if publication is None:
        return no("not-sealed", _("Najpierw trzeba zapieczętować obliczenie, które ma stać się wynikiem."))
    if publication.is_public:
        return no("published", _("Wyniki tej edycji są już ogłoszone."))
    announcement = stage_of(edition, Stage.Kind.ANNOUNCEMENT)
    if announcement and now() < announcement.opens_at:
        return no("too-early", _("Ogłoszenie wyników otwiera dopiero etap „Ogłoszenie wyników” w kalendarzu edycji."))
    return YES


def can_order_extra(user: Any, calculation: Calculation) -> Verdict:
    """Extra audits follow the newest calculation, and only while their outcome can still become the result."""
    edition = calculation.edition
    allowed = can_run(user, edition)
    if not allowed:
        return allowed
    publication = _publication_of(edition)
    if publication and publication.is_public:
        return no("published", _("Wyniki tej edycji są już ogłoszone. Ogłoszonych wyników się nie zmienia."))
    if Calculation.objects.filter(edition=edition).values_list("pk", flat=True).first() != calculation.pk:
        words = _("To nie jest najnowsze obliczenie. Dodatkowe audyty zleca się z najnowszego.")
        return no("old-calculation", words)
    announcement = stage_of(edition, Stage.Kind.ANNOUNCEMENT)
    if announcement and now() >= announcement.opens_at:
        words = _("Trwa już etap „Ogłoszenie wyników”, więc dodatkowy audyt nie zdąży się odbyć.")
        return no("announced", words)
    return YES


def can_order_extra_for(result: Result, *, ordered: int, approved: int, most: int) -> Verdict:
    """Whether this institution needs one more audit: in the border zone, none on the way, none still to be counted."""
    if result.decision != Result.Decision.BORDER:
        return no(
            "not-border", _("Ta instytucja nie jest w strefie granicznej, więc dodatkowy audyt nie jest potrzebny.")
        )
    if ordered > approved:
        return no("already-ordered", _("Dodatkowy audyt jest zlecony. Po jego zatwierdzeniu trzeba obliczyć ponownie."))
    if approved > result.detail.get("extra", 0):
        return no("not-counted", _("Dodatkowy audyt jest zatwierdzony. Trzeba obliczyć ponownie."))
    if ordered >= most:
        return no("enough", _("Dodatkowych audytów było już tyle, ile pozwalają zasady."))
    return YES


def can_queue_reports(user: Any, edition: Edition) -> Verdict:
    allowed = can_run(user, edition)
    if not allowed:
        return allowed
    publication = _publication_of(edition)
    if publication is None or not publication.is_public:
        return no("not-published", _("Raporty powstają po ogłoszeniu wyników."))
    return YES
