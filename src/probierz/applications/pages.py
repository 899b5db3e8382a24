"""What the institution's pages show: put together from the form, the readiness and the rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from probierz.applications import actions, entry_form, flow, forms, queries, rules
from probierz.applications.actions import Saved
from probierz.applications.models import Application, ApplicationFile
from probierz.applications.readiness import Readiness, SectionState, sections_of
from probierz.applications.seen import Seen
from probierz.applications.signatures import SignatureReport
from probierz.base.clock import WARSAW, now
from probierz.base.verbs import in_words
from probierz.editions.models import Edition
from probierz.institutions.models import Institution

OFFICE_ONLY = {"application.point-checked", "application.checked", "application.noted"}


def offers(editions: Iterable[Edition], institutions: Iterable[Institution]) -> list[dict[str, Any]]:
    """Each open edition with each of the user's institutions: a new application, or the one that is there."""
    return [
        {
            "edition": edition,
            "institution": institution,
            "category": queries.suggested_category(edition, institution),
            "existing": queries.live_application(edition, institution),
            "until": next(stage.closes_at for stage in edition.stages.all() if stage.kind == "call"),
        }
        for edition in editions
        for institution in institutions
    ]


def step(user: Any, application: Application, here: int) -> dict[str, Any]:
    """What each step's page needs: the step bar, what lacks, whether anything may still be changed."""
    readiness = Readiness(application)
    can_edit = rules.can_edit(user, application)
    return {
        "application": application,
        "edition": application.edition,
        "programme": application.edition.programme,
        "readiness": readiness,
        "steps": flow.steps(readiness, here),
        "next": flow.what_next(application),
        "can_edit": can_edit,
    }


def overview(user: Any, application: Application) -> dict[str, Any]:
    context = step(user, application, -1)
    context["steps"] = flow.steps(context["readiness"])
    context["current_step"] = flow.current_step(context["readiness"])
    context["files"] = [described(file) for file in queries.current_files(application)]
    context["timeline"] = life(application, for_office=False)
    context["steps_to_mend"] = flow.steps(context["readiness"], -1)[:3]
    context["asked"] = application.open_request
    context["completion_verdict"] = rules.can_answer_completion(user, application)
    context["can_withdraw"] = rules.can_withdraw(user, application)
    context["withdraw_form"] = forms.WithdrawForm()
    context["answer_form"] = forms.AnswerForm()
    return context


def signing(user: Any, application: Application, upload: forms.UploadForm, kind: str) -> dict[str, Any]:
    context = step(user, application, 1)
    signed_kind, attached_kind = ApplicationFile.Kind.SIGNED_FORM, ApplicationFile.Kind.ATTACHMENT
    is_signed = kind == signed_kind
    context["signed_upload"] = upload if is_signed else forms.UploadForm(signed_kind)
    context["attached_upload"] = forms.UploadForm(attached_kind) if is_signed else upload
    signed = context["readiness"].signed_file
    context["signed"] = described(signed) if signed else None
    context["attachments"] = [
        described(file) for file in queries.current_files(application) if file.kind == attached_kind
    ]
    return context


def described(file: ApplicationFile) -> dict[str, Any]:
    return {"file": file, "report": SignatureReport.from_json(file.signatures)}


def life(application: Application, *, for_office: bool) -> list[dict[str, Any]]:
    """The journal's entries about an application, oldest first; the office's own work is not the institution's."""
    return [
        {
            "at": entry.at,
            "title": in_words(entry.verb),
            "who": entry.actor_name if for_office else "",
        }
        for entry in queries.life_of(application)
        if for_office or entry.verb not in OFFICE_ONLY
    ]


def answers_in_words(application: Application) -> list[dict[str, Any]]:
    return [
        {
            "section": section,
            "rows": [
                {"label": field.label, "words": entry_form.words_of(field, application.answers.get(field.key))}
                for field in section.fields
            ],
        }
        for section in sections_of(application.edition)
    ]


def base_of(section: entry_form.SectionSpec, answers: Any) -> str:
    """Digests of the answers a page shows, so that a whole posted section tells what the person changed in it."""
    return " ".join(
        f"{field.key}:{entry_form.answer_digest(answers.get(field.key, field.empty))}" for field in section.fields
    )


class SectionPage:
    """One section of the form: shown, saved whole (without a script), or in conflict with somebody's change."""

    def __init__(self, application: Application, key: str) -> None:
        self.application = application
        self.readiness = Readiness(application)
        states = self.readiness.sections
        self.state = next((state for state in states if state.section.key == key), None)
        self.states = states

    @property
    def section(self) -> entry_form.SectionSpec:
        return self._found.section

    @property
    def _found(self) -> SectionState:
        if self.state is None:
            raise LookupError("no such section")
        return self.state

    @property
    def following_url(self) -> str:
        keys = [state.section.key for state in self.states]
        after = keys[keys.index(self.section.key) + 1 :]
        if after:
            return flow.address("application-section", self.application, section=after[0])
        return flow.address("application-preview", self.application)

    def keep(self, data: Any, user: Any, moment: datetime) -> Saved:
        """A whole section posted: what differs from what its page had shown is what the person changed."""
        shown = dict(part.split(":", 1) for part in str(data.get("base", "")).split(" ") if ":" in part)
        given = entry_form.given_answers(self.section.fields, data)
        self.given = given
        changed = {key: value for key, value in given.items() if entry_form.answer_digest(value) != shown.get(key)}
        return actions.save_answers(
            application=self.application,
            changed=changed,
            seen=Seen.parse(data.get("revision", "")),
            actor=user,
            moment=moment,
        )

    def context(self, is_editable: bool) -> dict[str, Any]:
        answers = self.application.answers
        is_started = any(self.application.answer_revisions.get(field.key) for field in self.section.fields)
        form = entry_form.SectionForm.showing(self.section, answers)
        context = self._around(form, Seen(self.application.revision), answers)
        context["is_editable"] = is_editable
        context["faults"] = self._found.faulty if is_started else []
        return context

    def conflicting(self, saved: Saved) -> dict[str, Any]:
        """Both versions: the person's in the form, the other beside it; a second press keeps the person's."""
        fields = {field.key: field for field in self.section.fields}
        form = entry_form.SectionForm.showing(self.section, self.given)
        context = self._around(form, saved.seen, saved.application.answers)
        context["is_editable"] = True
        context["conflicts"] = [
            {"field": fields[key], "words": entry_form.words_of(fields[key], value) or _("(puste)")}
            for key, value in saved.conflicts.items()
        ]
        return context

    def _around(self, form: entry_form.SectionForm, seen: Seen, answers: Any) -> dict[str, Any]:
        return {
            "application": self.application,
            "edition": self.application.edition,
            "programme": self.application.edition.programme,
            "readiness": self.readiness,
            "steps": flow.steps(self.readiness, 0),
            "section": self.section,
            "states": self.states,
            "form": form,
            "seen": str(seen),
            "base": base_of(self.section, answers),
            "following_url": self.following_url,
        }


def autosave(application: Application, data: Any, user: Any, moment: datetime) -> tuple[int, dict[str, Any]]:
    """The answer to one autosave: 200 saved, or 409 with what is on the server in the fields that were sent."""
    known = {field.name: field for section in sections_of(application.edition) for field in section.fields}
    sent = [known[name] for name in dict.fromkeys(data.getlist("changed")) if name in known]
    saved = actions.save_answers(
        application=application,
        changed=entry_form.given_answers(sent, data),
        seen=Seen.parse(data.get("revision", "")),
        actor=user,
        moment=moment,
    )
    kept = saved.application.answers
    if saved.conflicts:
        shown = {field.name: _on_server(field, kept) for field in sent}
        return 409, {"revision": str(saved.seen), "fields": shown}
    readiness = Readiness(saved.application)
    faults = {key: messages for state in readiness.sections for key, messages in state.faults.items()}
    wrong = {
        field.name: faults[field.key]
        for field in sent
        if field.key in faults and not entry_form.is_blank(kept.get(field.key))
    }
    at = now().astimezone(WARSAW).strftime("%H:%M")
    return 200, {
        "revision": str(saved.seen),
        "saved_at": at,
        "errors": wrong,
        "missing": readiness.missing_in_form,
    }


def _on_server(field: entry_form.FieldSpec, answers: Any) -> dict[str, Any]:
    value = answers.get(field.key, field.empty)
    if field.kind == "checkbox":
        value = ["on"] if value else []
    return {"label": field.label, "value": value}
