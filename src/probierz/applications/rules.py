"""May they? The state, the clock and the role decide; a refusal says what is kept and what to do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from probierz.applications.lateness import late_for_call, late_for_completion
from probierz.applications.models import Application, FormalCheck, FormalPoint
from probierz.applications.readiness import Readiness
from probierz.base.clock import now
from probierz.base.rules import YES, Verdict, no
from probierz.base.wording import until_words
from probierz.editions.models import Edition, Stage
from probierz.editions.rules import can_run, stage_is_open, stage_of
from probierz.institutions.models import Institution

State = Application.State


def is_representative_of(user: Any, institution: Institution) -> bool:
    return bool(user.representations.filter(institution=institution, is_active=True).exists())


def can_start(user: Any, edition: Edition, institution: Institution, moment: datetime | None = None) -> Verdict:
    if not is_representative_of(user, institution):
        return no("not-representative", _("Zgłoszenie może rozpocząć przedstawiciel instytucji."))
    return _call_is_open(edition, moment or now())


def can_enter_on_paper(user: Any, edition: Edition) -> Verdict:
    """The office may type in what came on paper until it goes into the field."""
    return can_run(user, edition) and _before_results(edition)


def can_edit(user: Any, application: Application, moment: datetime | None = None) -> Verdict:
    """Change answers, files and declarations. What came on paper the office types in, also after the call."""
    is_own = is_representative_of(user, application.institution)
    if not is_own and application.is_entered_by_office:
        verdict = can_run(user, application.edition)
    else:
        verdict = YES if is_own else no("not-representative", _("To może zrobić przedstawiciel instytucji."))
    if not verdict:
        return verdict
    if application.state == State.COMPLETION:
        return _within_completion_term(application, moment or now())
    verdict = _is_draft(application)
    return verdict and (_call_is_open(application.edition, moment or now()) if is_own else YES)


def can_submit(user: Any, application: Application, moment: datetime | None = None) -> Verdict:
    if application.state not in {State.DRAFT, State.COMPLETION}:
        return no(
            "already-submitted",
            _("Zgłoszenie jest już złożone pod numerem %(number)s.") % {"number": application.number or "–"},
        )
    if application.state == State.COMPLETION:
        return no("in-completion", _("Zgłoszenie jest złożone. Proszę odpowiedzieć na wezwanie do uzupełnienia."))
    verdict = can_edit(user, application, moment)
    return verdict and _is_complete(application)


def can_answer_completion(user: Any, application: Application, moment: datetime | None = None) -> Verdict:
    if application.state != State.COMPLETION:
        return no("no-request", _("Nie ma otwartego wezwania do uzupełnienia. Być może odpowiedź już wysłano."))
    verdict = can_edit(user, application, moment)
    return verdict and _is_complete(application)


def can_withdraw(user: Any, application: Application) -> Verdict:
    if not application.is_live:
        return no("not-live", _("To zgłoszenie jest już zamknięte."))
    if not is_representative_of(user, application.institution):
        return can_run(user, application.edition)
    if application.state == State.ACCEPTED and _fieldwork_began(application.edition):
        return no("in-field", _("Trwają już audyty. Wycofanie proszę uzgodnić z biurem konkursu."))
    return YES


def can_check(user: Any, application: Application) -> Verdict:
    """Work on the formal check's list."""
    if application.state not in {State.SUBMITTED, State.COMPLETION}:
        return no(
            "not-submitted", _("Ocenę formalną prowadzi się dla zgłoszenia złożonego i jeszcze nierozstrzygniętego.")
        )
    return can_run(user, application.edition) and _before_results(application.edition)


def has_unmet_points(application: Application) -> bool:
    """Some point of the formal check is not confirmed."""
    check = FormalCheck.objects.filter(application=application).first()
    points = check.points if check else {}
    return any(points.get(point) != FormalCheck.MET for point in FormalPoint.values)


def can_request_completion(user: Any, application: Application) -> Verdict:
    if application.state != State.SUBMITTED:
        return no(
            "not-submitted", _("Wezwać można do uzupełnienia zgłoszenia złożonego, na które nie ma otwartego wezwania.")
        )
    return can_run(user, application.edition) and _before_results(application.edition)


def can_accept(user: Any, application: Application) -> Verdict:
    if application.state != State.SUBMITTED:
        return no("not-submitted", _("Przyjąć można tylko zgłoszenie złożone, bez otwartego wezwania."))
    verdict = can_run(user, application.edition) and _before_results(application.edition)
    if verdict and has_unmet_points(application):
        return no("unchecked", _("Najpierw proszę potwierdzić wszystkie punkty oceny formalnej."))
    return verdict


def can_reject(user: Any, application: Application) -> Verdict:
    if application.state not in {State.SUBMITTED, State.COMPLETION}:
        return no("not-submitted", _("Odrzucić można tylko zgłoszenie złożone i jeszcze nierozstrzygnięte."))
    verdict = can_run(user, application.edition) and _before_results(application.edition)
    request = application.open_request
    if verdict and request is not None and now() < request.due_at:
        return no(
            "term-runs",
            _("Termin uzupełnienia jeszcze biegnie (%(until)s).") % {"until": until_words(request.due_at)},
        )
    return verdict


def _call_is_open(edition: Edition, moment: datetime) -> Verdict:
    if stage_is_open(edition, Stage.Kind.CALL, moment):
        return YES
    call = stage_of(edition, Stage.Kind.CALL)
    if call is None or moment < call.opens_at:
        return no("call-not-open", _("Nabór zgłoszeń jeszcze się nie rozpoczął."))
    return no("late", late_for_call(call, moment))


def _within_completion_term(application: Application, moment: datetime) -> Verdict:
    request = application.open_request
    if request is None:
        return no("no-request", _("Nie ma otwartego wezwania do uzupełnienia."))
    if moment < request.due_at:
        return YES
    return no("late", late_for_completion(request.due_at, moment))


def _is_draft(application: Application) -> Verdict:
    if application.state == State.DRAFT:
        return YES
    return no("not-draft", _("Złożonego zgłoszenia nie można już zmieniać."))


def _is_complete(application: Application) -> Verdict:
    faults = Readiness(application).faults
    if not faults:
        return YES
    return no("incomplete", _("Zgłoszenie nie jest jeszcze gotowe. ") + " ".join(faults))


def _before_results(edition: Edition) -> Verdict:
    fieldwork = stage_of(edition, Stage.Kind.FIELDWORK)
    if fieldwork is None or not fieldwork.is_over(now()):
        return YES
    return no("fieldwork-closed", _("Etap audytów się zakończył; rozstrzygnięć o zgłoszeniach już się nie zmienia."))


def _fieldwork_began(edition: Edition) -> bool:
    fieldwork = stage_of(edition, Stage.Kind.FIELDWORK)
    return fieldwork is not None and now() >= fieldwork.opens_at
