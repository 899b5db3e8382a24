"""How the jury comes together: invited, described by themselves, allocated by a seed, and declared."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from probierz.accounts.actions import accept_invitation
from probierz.base.clock import held_at
from probierz.base.models import OutgoingMail
from probierz.config.demo.cast import Cast, make_user, rows
from probierz.editions.models import Edition
from probierz.instruments.models import Channel
from probierz.jury import actions as jury
from probierz.jury.models import Assignment, Declaration, Juror

SEED = "7e3a1f0c5b2d4968a1c3e5f70918273a"
LISTS = ("life_situations", "channels")
TEXTS = ("city", "teryt", "employer_name", "employer_nip")


def gather(cast: Cast, edition: Edition) -> None:
    operator = cast.office["operator"]
    opened = edition.stages.get(kind="call").opens_at + timedelta(days=5)
    for number, person in enumerate(row for row in rows("people.csv") if row["role"] == "juror"):
        moment = opened + timedelta(hours=number)
        with held_at(moment):
            juror = jury.invite_juror(
                programme=edition.programme,
                name=person["name"],
                email=person["email"],
                kind=person["juror_kind"],
                actor=operator,
            )
            user = make_user(person["name"], person["email"])
        with held_at(moment + timedelta(hours=30)):
            accept_invitation(actor=user, token=_token_sent_to(person["email"]))
            profile: dict[str, Any] = {name: person[name] for name in TEXTS}
            profile |= {name: [word for word in person[name].split(";") if word] for name in LISTS}
            profile["max_audits"] = int(person["max_audits"])
            jury.update_profile(juror=Juror.objects.get(pk=juror.pk), changes=profile, actor=user)
        with held_at(moment + timedelta(hours=40)):
            changes = {
                "is_public": person["is_public"] == "tak",
                "bio": person["bio"],
                "min_audits": int(person["min_audits"]),
            }
            jury.edit_juror(juror=Juror.objects.get(pk=juror.pk), changes=changes, actor=operator)


def _token_sent_to(email: str) -> str:
    """The juror opens the link in the message, as anybody would."""
    message = OutgoingMail.objects.filter(to=email).latest("created_at")
    found = re.search(r"/zaproszenie/([^/\s]+)/", message.body)
    assert found, message.body
    return found.group(1)


def allocate(cast: Cast, edition: Edition) -> None:
    fieldwork = edition.stages.get(kind="fieldwork")
    operator = cast.office["operator"]
    with held_at(fieldwork.opens_at - timedelta(days=1, hours=11)):
        plan = jury.propose_plan(
            edition=edition, per_channel=dict.fromkeys(Channel.values, 1), seed=SEED, actor=operator
        )
    with held_at(fieldwork.opens_at + timedelta(hours=8)):
        plan.refresh_from_db()
        jury.publish_plan(plan=plan, revision=plan.revision, actor=cast.office["coordinator"])


def declare(cast: Cast, edition: Edition, until: datetime) -> None:
    """Each juror says of each institution whether anything binds them; the last few have not yet."""
    waiting = (
        Assignment.objects.filter(application__edition=edition)
        .exclude(state__in=[Assignment.State.CANCELLED, Assignment.State.PLANNED])
        .select_related("juror__user", "application__institution")
        .order_by("opens_at", "pk")
    )
    for number, assignment in enumerate(waiting):
        moment = min(assignment.created_at + timedelta(hours=20 + number % 50), assignment.opens_at)
        moment = max(moment, assignment.created_at + timedelta(minutes=5))
        known = Declaration.objects.filter(
            juror=assignment.juror, institution=assignment.application.institution, edition=edition
        ).exists()
        if known or moment >= until or (assignment.opens_at > until and number % 3 == 0):
            continue
        assert assignment.juror.user is not None
        with held_at(moment):
            jury.declare(assignment=assignment, is_free=True, actor=assignment.juror.user)
