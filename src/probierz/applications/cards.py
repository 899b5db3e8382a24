"""What the office's pages show of applications."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from probierz.applications import entry_form, forms, pages, queries, rules
from probierz.applications.models import Application, ApplicationFile, FormalCheck, FormalPoint
from probierz.applications.readiness import Readiness, completion_days
from probierz.applications.seen import Seen
from probierz.base.clock import now
from probierz.base.working_days import statutory_end
from probierz.editions.models import Edition, Stage
from probierz.editions.rules import stage_of

State = Application.State


def place(application: Application, edition: Edition | None = None) -> dict[str, Any]:
    edition = edition or application.edition
    return {"programme": edition.programme.slug, "edition": edition.slug, "key": application.key}


def row(application: Application, edition: Edition) -> dict[str, Any]:
    """One line of the edition's list; costs no query."""
    moment = now()
    request = application.open_request if application.state == State.COMPLETION else None
    return {
        "application": application,
        "url": reverse("office-application", kwargs=place(application, edition)),
        "due_at": request.due_at if request else None,
        "is_overdue": request is not None and moment >= request.due_at,
    }


def stats(edition: Edition) -> list[dict[str, Any]]:
    """How many are in each state, each leading to its list."""
    counted = queries.counts_by_state(edition)
    shown = [
        {"value": counted[State.SUBMITTED], "label": _("do oceny formalnej"), "state": State.SUBMITTED},
        {"value": counted[State.COMPLETION], "label": _("wezwano do uzupełnienia"), "state": State.COMPLETION},
        {"value": counted[State.ACCEPTED], "label": _("przyjęte"), "state": State.ACCEPTED},
        {"value": counted[State.DRAFT], "label": _("w przygotowaniu"), "state": State.DRAFT},
        {"value": counted[State.REJECTED] + counted[State.WITHDRAWN], "label": _("odrzucone i wycofane"), "state": ""},
    ]
    late = queries.overdue_count(edition)
    if late:
        late_stat = {"value": late, "label": _("uzupełnienie po terminie"), "state": "overdue", "tone": "bad"}
        shown.insert(2, late_stat)
    for entry in shown:
        entry["url"] = f"?state={entry['state']}" if entry["state"] else ""
    return shown


def card(user: Any, application: Application) -> dict[str, Any]:
    check = queries.formal_check_of(application)
    readiness = Readiness(application)
    return {
        **_around(application),
        "readiness": readiness,
        "is_overdue": application.is_overdue(now()),
        "sections": pages.answers_in_words(application),
        "files": [pages.described(file) for file in _all_files(application)],
        "points": points(readiness, check),
        "check": check,
        "is_checked": not rules.has_unmet_points(application),
        "note_form": forms.NoteForm(initial={"note": check.note if check else ""}),
        "withdraw_form": forms.WithdrawForm(),
        "timeline": pages.life(application, for_office=True),
        "requests": list(application.completion_requests.all()),
        "contacts": queries.contact_addresses(application),
        "can_check": rules.can_check(user, application),
        "can_accept": rules.can_accept(user, application),
        "can_reject": rules.can_reject(user, application),
        "can_request": rules.can_request_completion(user, application),
        "can_withdraw": rules.can_withdraw(user, application),
        "can_edit": rules.can_edit(user, application) if application.is_entered_by_office else None,
    }


def _all_files(application: Application) -> list[ApplicationFile]:
    return sorted(application.files.all(), key=lambda file: (file.replaced_at is not None, file.kind, -file.pk))


def _around(application: Application) -> dict[str, Any]:
    return {
        "application": application,
        "edition": application.edition,
        "programme": application.edition.programme,
        "place": place(application),
    }


def decision(user: Any, application: Application) -> dict[str, Any]:
    """For the page where a decision is written."""
    days = completion_days(application)
    return {
        **_around(application),
        "readiness": Readiness(application),
        "can_reject": rules.can_reject(user, application),
        "can_request": rules.can_request_completion(user, application),
        "days": days,
        "due_at": statutory_end(now(), days),
    }


def proposed_request(application: Application) -> str:
    """The points marked as not met, as a first version of the request."""
    check = queries.formal_check_of(application)
    labels = dict(FormalPoint.choices)
    unmet = [key for key, verdict in (check.points if check else {}).items() if verdict == FormalCheck.UNMET]
    return "\n".join(f"– {_REMEDIES.get(key) or labels.get(key, key)}" for key in unmet)


def points(readiness: Readiness, check: FormalCheck | None) -> list[dict[str, Any]]:
    """The checklist, each point with what the platform can tell by itself."""
    marks = check.points if check else {}
    return [
        {
            "key": point.value,
            "label": point.label,
            "verdict": marks.get(point.value, ""),
            "hint": _hint(point, readiness),
        }
        for point in FormalPoint
    ]


def _hint(point: FormalPoint, readiness: Readiness) -> str:
    application = readiness.application
    hints = {
        FormalPoint.ENTITLED: lambda: f"{application.institution.get_kind_display()} → {application.category}",
        FormalPoint.IN_TIME: lambda: _in_time(application),
        FormalPoint.COMPLETE: lambda: _("brak uwag") if readiness.is_form_done else _("są braki"),
        FormalPoint.SIGNED: lambda: _signed(readiness),
        FormalPoint.SAME: lambda: _same(readiness),
        FormalPoint.DECLARED: lambda: _("komplet") if not readiness.missing_declarations else _("są braki"),
        FormalPoint.STAFF: lambda: (
            f"{application.staff_informed_on:%d.%m.%Y}" if application.staff_informed_on else "–"
        ),
    }
    return str(hints[point]())


def _in_time(application: Application) -> str:
    if application.is_entered_by_office and application.received_on:
        return _("na papierze, wpłynęło %(day)s") % {"day": f"{application.received_on:%d.%m.%Y}"}
    call = stage_of(application.edition, Stage.Kind.CALL)
    if application.submitted_at is None or call is None:
        return "–"
    return _("w terminie") if application.submitted_at < call.closes_at else _("po terminie")


def _signed(readiness: Readiness) -> str:
    signed = readiness.signed_file
    return pages.described(signed)["report"].headline if signed else _("brak podpisanego zgłoszenia")


def _same(readiness: Readiness) -> str:
    signed = readiness.signed_file
    if signed is None:
        return "–"
    if readiness.is_signed_outdated:
        return _("formularz zmieniono po pobraniu dokumentu do podpisu")
    if not signed.form_digest:
        return _("dokumentu nie pobrano z systemu: proszę porównać")
    return _("od pobrania dokumentu nic nie zmieniono")


def paper(user: Any, application: Application) -> dict[str, Any]:
    readiness = Readiness(application)
    answers = application.answers
    sections = [
        {
            "section": state.section,
            "faults": state.faulty,
            "form": entry_form.SectionForm.showing(state.section, answers),
            "base": pages.base_of(state.section, answers),
        }
        for state in readiness.sections
    ]
    signed = readiness.signed_file
    is_completion = application.state == State.COMPLETION
    send = rules.can_answer_completion if is_completion else rules.can_submit
    return {
        **_around(application),
        "readiness": readiness,
        "is_completion": is_completion,
        "sections": sections,
        "seen": str(Seen(application.revision)),
        "declarations_form": forms.DeclarationsForm(readiness),
        "upload": forms.UploadForm(ApplicationFile.Kind.SIGNED_FORM),
        "signed": pages.described(signed) if signed else None,
        "can_submit": send(user, application),
    }


_REMEDIES = {
    FormalPoint.ENTITLED: gettext_lazy(
        "Proszę wskazać właściwą kategorię i potwierdzić, że instytucja może wziąć udział."
    ),
    FormalPoint.COMPLETE: gettext_lazy("Proszę uzupełnić brakujące pola formularza."),
    FormalPoint.SIGNED: gettext_lazy(
        "Proszę dołączyć zgłoszenie podpisane przez osobę uprawnioną do reprezentowania instytucji."
    ),
    FormalPoint.SAME: gettext_lazy(
        "Treść podpisanego dokumentu różni się od formularza. Proszę pobrać go ponownie i podpisać."
    ),
    FormalPoint.DECLARED: gettext_lazy("Proszę złożyć brakujące oświadczenia."),
    FormalPoint.STAFF: gettext_lazy("Proszę poinformować pracowników o audytach i podać datę."),
}
