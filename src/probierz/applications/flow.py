"""Where an application is on its way, and what comes next: the same words on every page that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from probierz.applications.models import Application
from probierz.applications.readiness import Readiness
from probierz.base.clock import now
from probierz.base.wording import count, day_words, until_words
from probierz.editions.models import Stage
from probierz.editions.rules import stage_of

State = Application.State


@dataclass(frozen=True)
class Next:
    """What comes next: in words, until when, and the one place to go."""

    title: str
    text: str = ""
    url: str = ""
    label: str = ""
    until: datetime | None = None
    tone: str = "info"


def address(name: str, application: Application, **more: Any) -> str:
    return reverse(f"panel-{name}", kwargs={"key": application.key, **more})


def steps(readiness: Readiness, here: int | None = None) -> list[dict[str, Any]]:
    """The four steps of the institution's way, each with its state and address."""
    application = readiness.application
    missing = readiness.missing_in_form
    notes = [
        _("gotowe") if not missing else _("zostało: %(n)s") % {"n": count(missing, _("pole"), _("pola"), _("pól"))},
        _signature_note(readiness),
        _("gotowe") if readiness.are_declarations_done else "",
        application.number,
    ]
    done = [readiness.is_form_done, readiness.is_signed, readiness.are_declarations_done, bool(application.number)]
    names = ["application-form", "application-sign", "application-declarations", "application-submit"]
    labels = [_("Formularz"), _("Podpis"), _("Oświadczenia"), _("Wysłanie")]
    current = readiness.next_step if here is None else here
    return [
        {
            "label": labels[index],
            "url": address(names[index], application),
            "note": notes[index],
            "state": "current" if index == current else "done" if done[index] else "todo",
        }
        for index in range(4)
    ]


def current_step(readiness: Readiness) -> dict[str, Any]:
    """The step to go on with, with the words for its button."""
    calls = [_("Wypełnij formularz"), _("Podpisz zgłoszenie"), _("Złóż oświadczenia"), _("Wyślij zgłoszenie")]
    return {**steps(readiness)[readiness.next_step], "call": calls[readiness.next_step]}


def _signature_note(readiness: Readiness) -> str:
    if readiness.is_signed_outdated:
        return _("treść zmieniono po podpisaniu")
    return _("dodano plik") if readiness.is_signed else ""


def what_next(application: Application, moment: datetime | None = None) -> Next:
    """For the institution: in the list, on the application's page and in the panel."""
    say = {
        State.DRAFT: _next_of_draft,
        State.SUBMITTED: _next_of_submitted,
        State.COMPLETION: _next_of_completion,
        State.ACCEPTED: _next_of_accepted,
        State.REJECTED: _next_of_rejected,
        State.WITHDRAWN: _next_of_withdrawn,
    }[State(application.state)]
    return say(application, moment or now())


def _next_of_draft(application: Application, moment: datetime) -> Next:
    call = stage_of(application.edition, Stage.Kind.CALL)
    if call is None or call.is_over(moment):
        return Next(
            _("Nabór się zakończył"),
            _("Zgłoszenia nie złożono w terminie. Odpowiedzi zostają u Państwa do wglądu."),
            tone="warn",
        )
    return Next(
        _("Dokończ i wyślij zgłoszenie"),
        _("Cztery kroki: formularz, podpis, oświadczenia, wysłanie. Wszystko zapisuje się od razu."),
        address("application", application),
        _("Kontynuuj"),
        call.closes_at,
    )


def _next_of_submitted(application: Application, moment: datetime) -> Next:
    screening = stage_of(application.edition, Stage.Kind.SCREENING)
    finish = _("Ocenę formalną kończymy")
    until = f" {finish} {until_words(screening.closes_at)}." if screening else ""
    return Next(
        _("Sprawdzamy zgłoszenie"),
        _("Biuro konkursu prowadzi ocenę formalną. Nie trzeba nic robić: o wyniku napiszemy e-mailem.") + until,
        tone="good",
    )


def _next_of_completion(application: Application, moment: datetime) -> Next:
    request = application.open_request
    if request is None or moment >= request.due_at:
        return Next(
            _("Termin uzupełnienia minął"),
            _("O tym, co dalej, rozstrzygnie biuro konkursu. W razie pytań proszę o kontakt."),
            tone="bad",
        )
    return Next(
        _("Uzupełnij zgłoszenie"),
        _("Biuro konkursu poprosiło o uzupełnienie. Po zmianach trzeba wysłać odpowiedź."),
        address("application", application),
        _("Przejdź do uzupełnienia"),
        request.due_at,
        "warn",
    )


def _next_of_accepted(application: Application, moment: datetime) -> Next:
    fieldwork = stage_of(application.edition, Stage.Kind.FIELDWORK)
    if fieldwork is None or fieldwork.is_over(moment):
        return Next(
            _("Audyty się zakończyły"),
            _("Wyniki i raport będą w zakładce „Wyniki i raporty”. O ich ogłoszeniu piszemy e-mailem."),
            tone="good",
        )
    text = _("Jurorzy przyjdą, zadzwonią i napiszą jako zwykli klienci. Terminów nie zdradzamy.")
    if not fieldwork.is_open(moment):
        text += " " + _("Audyty zaczną się %(day)s.") % {"day": day_words(fieldwork.opens_at)}
    return Next(_("Zgłoszenie przyjęto, czas na audyty"), text, tone="good")


def _next_of_rejected(application: Application, moment: datetime) -> Next:
    return Next(
        _("Zgłoszenie odrzucono"),
        _("Uzasadnienie jest na stronie zgłoszenia. W razie pytań proszę o kontakt."),
        tone="bad",
    )


def _next_of_withdrawn(application: Application, moment: datetime) -> Next:
    call = stage_of(application.edition, Stage.Kind.CALL)
    if call is not None and call.is_open(moment):
        return Next(
            _("Zgłoszenie wycofano"),
            _("Dopóki trwa nabór, można złożyć nowe."),
            reverse("panel-application-new"),
            _("Nowe zgłoszenie"),
            tone="neutral",
        )
    return Next(_("Zgłoszenie wycofano"), _("Zapraszamy do udziału w kolejnej edycji."), tone="neutral")
