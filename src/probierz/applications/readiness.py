"""What an application still lacks before it may be sent, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from probierz.applications import entry_form
from probierz.applications.models import Application, ApplicationFile
from probierz.base.clock import today
from probierz.editions.models import Edition

# A field with these choices says in which category the institution competes.
CATEGORIES = "edition.categories"
# A field with this key says when the staff were told; without it the declarations' page asks.
STAFF_INFORMED = "staff_informed_on"
DEFAULT_COMPLETION_DAYS = 7


@dataclass(frozen=True)
class SectionState:
    section: entry_form.SectionSpec
    filled: int
    faults: dict[str, list[str]]

    @property
    def total(self) -> int:
        return len(self.section.fields)

    @property
    def is_done(self) -> bool:
        return not self.faults

    @property
    def is_untouched(self) -> bool:
        """Nothing in it is needed and nothing was given."""
        return self.is_done and self.filled == 0

    @property
    def faulty(self) -> list[tuple[entry_form.FieldSpec, list[str]]]:
        return [(field, self.faults[field.key]) for field in self.section.fields if field.key in self.faults]


class Readiness:
    """Looks at an application as it is now; asks the database at most once for its files."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.edition = application.edition

    @cached_property
    def sections(self) -> list[SectionState]:
        return [self._section(section) for section in sections_of(self.edition)]

    def _section(self, section: entry_form.SectionSpec) -> SectionState:
        answers = self.application.answers
        filled = sum(not entry_form.is_blank(answers.get(field.key)) for field in section.fields)
        faults = entry_form.faults_in(section, answers)
        asks_staff_date = any(field.key == STAFF_INFORMED for field in section.fields)
        if asks_staff_date and str(answers.get(STAFF_INFORMED, "")) > today().isoformat():
            said = _("Ta data jeszcze nie nadeszła. Proszę podać dzień, w którym pracownicy już o tym usłyszeli.")
            faults.setdefault(STAFF_INFORMED, []).append(said)
        return SectionState(section, filled, faults)

    @property
    def missing_in_form(self) -> int:
        return sum(len(state.faults) for state in self.sections)

    @property
    def is_form_done(self) -> bool:
        return self.missing_in_form == 0

    @cached_property
    def signed_file(self) -> ApplicationFile | None:
        return next(
            (
                file
                for file in self.application.files.all()
                if file.kind == ApplicationFile.Kind.SIGNED_FORM and file.replaced_at is None
            ),
            None,
        )

    @property
    def is_signed(self) -> bool:
        return self.signed_file is not None

    @cached_property
    def content_digest(self) -> str:
        return content_digest(self.application)

    @property
    def is_print_outdated(self) -> bool:
        """The form was changed after its print was downloaded."""
        return bool(self.application.printed_digest) and self.application.printed_digest != self.content_digest

    @property
    def is_signed_outdated(self) -> bool:
        """The signed document is of another content than the form now has."""
        signed = self.signed_file
        return signed is not None and bool(signed.form_digest) and signed.form_digest != self.content_digest

    @property
    def missing_declarations(self) -> list[dict[str, Any]]:
        given = self.application.declarations
        wanted = [entry for entry in self.edition.declarations if entry.get("required", True)]
        return [entry for entry in wanted if entry["key"] not in given]

    @cached_property
    def asks_staff_date(self) -> bool:
        """The form itself does not ask when the staff were told."""
        return STAFF_INFORMED not in entry_form.fields_of(self.edition.form_definition)

    @property
    def are_declarations_done(self) -> bool:
        return not self.missing_declarations and not self.lacks_staff_date

    @property
    def lacks_staff_date(self) -> bool:
        return self.asks_staff_date and self.application.staff_informed_on is None

    @property
    def is_complete(self) -> bool:
        return self.is_form_done and self.is_signed and self.are_declarations_done

    @property
    def next_step(self) -> int:
        """0 form, 1 signature, 2 declarations, 3 sending."""
        done = [self.is_form_done, self.is_signed, self.are_declarations_done]
        return next((index for index, is_done in enumerate(done) if not is_done), 3)

    @property
    def faults(self) -> list[str]:
        """What is missing, one sentence each."""
        found = [
            _("Formularz, część „%(section)s”: brakuje lub wymaga poprawy %(count)s.")
            % {"section": state.section.title, "count": len(state.faults)}
            for state in self.sections
            if state.faults
        ]
        if not self.is_signed:
            found.append(_("Brakuje podpisanego zgłoszenia."))
        if self.missing_declarations:
            found.append(_("Nie złożono wszystkich oświadczeń."))
        if self.lacks_staff_date:
            found.append(_("Brakuje daty, kiedy poinformowano pracowników."))
        return found


def sections_of(edition: Edition) -> tuple[entry_form.SectionSpec, ...]:
    """The sections of an edition's form, with the choices that the edition itself gives."""
    categories = [(category.key, category.name) for category in edition.categories.all()]
    return entry_form.sections_of(edition.form_definition, {CATEGORIES: categories})


def content_digest(application: Application) -> str:
    about = {"institution": application.institution.nip, "category": application.category.key}
    return entry_form.content_digest(application.edition.form_definition, application.answers, about)


def completion_days(application: Application) -> int:
    """The term of a completion request, in working days, by the edition's rulebook."""
    return int(
        application.edition.rulebook.get("fieldwork", {}).get("completion_working_days", DEFAULT_COMPLETION_DAYS)
    )
