"""How institutions enter: forms filled, signed and sent on the days people do it, mostly the last ones."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from probierz.accounts.models import User
from probierz.applications import actions as applications
from probierz.applications.entry_form import FieldSpec, fields_of
from probierz.applications.models import Application, ApplicationFile
from probierz.applications.printing import form_pdf
from probierz.applications.seen import Seen
from probierz.base.clock import WARSAW, held_at
from probierz.base.uploads import PDF, Upload
from probierz.config.demo.cast import Cast
from probierz.editions.models import Category, Edition
from probierz.institutions.models import Institution

SENTENCES = {
    "service_solutions": (
        "Mieszkaniec załatwia sprawę przy jednym stanowisku. Mamy system kolejkowy z rezerwacją wizyt przez internet, "
        "karty usług napisane prostym językiem i dyżur do godziny 17.30 w poniedziałki."
    ),
    "quality_policy": "Raz na kwartał omawiamy z pracownikami wyniki ankiet i skargi. Standard obsługi ma 12 punktów.",
    "staff_competence": "W ostatnim roku każdy pracownik okienka odbył szkolenie z obsługi i z prostego języka.",
    "communication": "Odpowiadamy na wiadomości w ciągu dwóch dni roboczych, także w mediach społecznościowych.",
    "accessibility": "Mamy koordynatora dostępności, pętlę indukcyjną i tłumacza języka migowego na życzenie.",
    "opening_hours": "poniedziałek 8.00–17.30, wtorek–czwartek 7.30–15.30, piątek 7.30–14.00",
    "staff_informed_how": "pismem do wszystkich komórek i na zebraniu pracowników",
}


def enter_edition(cast: Cast, edition: Edition, until: datetime) -> list[Application]:
    """Every institution but a few enters; those who plan to come after `until` have not come yet."""
    entered = []
    institutions = list(cast.institutions.values())
    for index, institution in enumerate(institutions):
        when = _sending_moment(cast, edition, index, len(institutions))
        started = when - timedelta(days=cast.chance.randint(1, 9), hours=cast.chance.randint(0, 5))
        started = max(started, edition.stages.get(kind="call").opens_at + timedelta(hours=9))
        if started >= until or index % 22 == 21:
            continue
        application = _start(cast, edition, institution, started)
        if when < until and index % 15 != 14:
            _send(cast, application, when)
        entered.append(application)
    return entered


def _sending_moment(cast: Cast, edition: Edition, index: int, of: int) -> datetime:
    """A third in good time, the rest in the last days; one in the last minute."""
    call = edition.stages.get(kind="call")
    if index == of - 2:
        return call.closes_at - timedelta(seconds=41)
    late = index % 3 != 0
    days = cast.chance.uniform(0.3, 6) if late else cast.chance.uniform(6, 30)
    moment = (call.closes_at - timedelta(days=days)).astimezone(WARSAW)
    return moment.replace(hour=cast.chance.randint(8, 15), minute=cast.chance.randint(0, 59))


def _start(cast: Cast, edition: Edition, institution: Institution, moment: datetime) -> Application:
    user = cast.representatives[institution.nip]
    with held_at(moment):
        application = applications.start_application(
            edition=edition, institution=institution, category=category_for(edition, institution), actor=user
        )
        answers = _answers(cast, application, user)
        applications.save_answers(application=application, changed=answers, seen=Seen(application.revision), actor=user)
    application.refresh_from_db()
    return application


def _send(cast: Cast, application: Application, moment: datetime) -> None:
    user = cast.representatives[application.institution.nip]
    with held_at(moment - timedelta(minutes=12)):
        given = [entry["key"] for entry in application.edition.declarations]
        told = moment.astimezone(WARSAW).date() - timedelta(days=7)
        application = applications.declare(application=application, given=given, actor=user, staff_informed_on=told)
        applications.note_print(application=application, actor=user)
        scan = form_pdf(application)
        upload = Upload("zgloszenie-podpisane.pdf", scan, PDF, hashlib.sha256(scan).hexdigest())
        applications.add_file(application=application, upload=upload, kind=ApplicationFile.Kind.SIGNED_FORM, actor=user)
    with held_at(moment):
        applications.submit_application(application=application, actor=user)


def category_for(edition: Edition, institution: Institution) -> Category:
    return next(entry for entry in edition.categories.all() if institution.kind in entry.institution_kinds)


def _answers(cast: Cast, application: Application, user: User) -> dict[str, Any]:
    known = application.answers
    fields = fields_of(application.edition.form_definition)
    wanted = {key: spec for key, spec in fields.items() if not known.get(key) and (spec.required or key in SENTENCES)}
    return {key: _answer(cast, application, user, spec) for key, spec in wanted.items()}


def _answer(cast: Cast, application: Application, user: User, spec: FieldSpec) -> Any:
    if spec.key in SENTENCES:
        return SENTENCES[spec.key]
    if spec.kind == "multichoice":
        return [value for value, _label in spec.choices]
    if spec.kind == "choice":
        return _earlier(cast, application) if spec.key == "earlier_editions" else spec.choices[0][0]
    by_kind = {
        "date": _day_told(application).isoformat(),
        "number": "1",
        "email": user.email,
        "phone": application.institution.phone,
        "url": application.institution.website,
        "checkbox": True,
    }
    by_key = {"head_name": user.name, "head_role": "kierownik jednostki", "contact_name": user.name}
    by_key |= {"postal_code": "00-901", "street": "pl. Centralny 1"}
    return by_key.get(spec.key) or by_kind.get(spec.kind, "nie dotyczy")


def _earlier(cast: Cast, application: Application) -> str:
    return "laureate" if application.institution in cast.laureates_of_2024 else "no"


def _day_told(application: Application) -> date:
    return application.created_at.astimezone(WARSAW).date() - timedelta(days=2)


def check_entries(cast: Cast, edition: Edition, entered: list[Application]) -> None:
    """The office's formal check: nearly all accepted, some after completion, one rejected, one withdrawn."""
    operator = cast.office["operator"]
    screening = edition.stages.get(kind="screening")
    submitted = [entry for entry in entered if _fresh(entry).state == Application.State.SUBMITTED]
    for index, application in enumerate(submitted):
        moment = screening.opens_at + timedelta(days=2 + index % 4, hours=10, minutes=index)
        application = _fresh(application)
        if index == 5:
            with held_at(moment):
                actor = cast.representatives[application.institution.nip]
                applications.withdraw_application(
                    application=application, reason="Remont siedziby w okresie audytów.", actor=actor
                )
            continue
        if index in {7, 19}:
            _complete(cast, application, moment)
        if index == 11:
            with held_at(moment):
                applications.reject_application(
                    application=application,
                    reason="Zgłoszenie podpisała osoba nieuprawniona, a instytucja nie wskazała innej.",
                    actor=operator,
                )
            continue
        with held_at(moment + timedelta(days=3)):
            applications.confirm_all_points(application=application, actor=operator)
            applications.accept_application(application=_fresh(application), actor=operator)


def _complete(cast: Cast, application: Application, moment: datetime) -> None:
    with held_at(moment):
        applications.issue_completion_request(
            application=application,
            what="Prosimy podać godziny otwarcia wszystkich punktów obsługi.",
            actor=cast.office["operator"],
        )
    with held_at(moment + timedelta(days=1, hours=3)):
        applications.answer_completion(
            application=_fresh(application),
            answer="Godziny otwarcia są wszędzie te same; uzupełniliśmy formularz.",
            actor=cast.representatives[application.institution.nip],
        )


def _fresh(application: Application) -> Application:
    return Application.objects.select_related("institution", "edition", "category").get(pk=application.pk)
