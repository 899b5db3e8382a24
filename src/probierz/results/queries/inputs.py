"""What a calculation takes from the rooms below."""

from __future__ import annotations

from collections import Counter
from typing import Any

from assay.rulebook import Rulebook
from assay.scorecards import Scorecard
from probierz.applications.models import Application
from probierz.audits.models import Audit
from probierz.audits.queries import ApprovedAudit, approved_audits
from probierz.editions.models import Edition
from probierz.instruments.models import Channel, InstrumentVersion
from probierz.results.computing import Inputs
from probierz.results.remarks import remarks_in, shuffled


def applications_in(edition: Edition) -> list[Application]:
    """Who is measured: accepted and not withdrawn."""
    found = Application.objects.filter(edition=edition, state=Application.State.ACCEPTED)
    return list(found.select_related("category", "institution").order_by("pk"))


def inputs_of(edition: Edition, applications: list[Application]) -> Inputs:
    rulebook = Rulebook.from_dict(edition.rulebook)
    categories = {str(entry.key): entry.category.key for entry in applications}
    approved = [audit for audit in approved_audits(edition) if audit.application_key in categories]
    definitions = {audit.version_digest: audit.definition for audit in approved}
    return Inputs(
        rulebook=rulebook,
        scorecards={digest: Scorecard.from_definition(found) for digest, found in sorted(definitions.items())},
        audits=[_entry(audit, categories) for audit in approved],
        categories=categories,
        extra=dict(Counter(audit.application_key for audit in approved if audit.is_extra)),
        without={str(entry.key): lacking for entry in applications if (lacking := channels_lacking(entry, rulebook))},
    )


def channels_lacking(application: Application, rulebook: Rulebook) -> tuple[str, ...]:
    """Channels in which the institution does not serve residents: by its own word, or because it has no profile."""
    said = application.answers.get("channels")
    lacking = {channel for channel in rulebook.channels if isinstance(said, list) and said and channel not in said}
    if not application.institution.social and Channel.SOCIAL in rulebook.channels:
        lacking.add(Channel.SOCIAL.value)
    return tuple(sorted(lacking))


def _entry(audit: ApprovedAudit, categories: dict[str, str]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "key": audit.key,
        "institution": audit.application_key,
        "category": categories[audit.application_key],
        "juror": audit.juror_pseudonym,
        "channel": audit.channel,
        "instrument": audit.version_digest,
        "marks": audit.marks,
    }
    changes: dict[str, dict[str, str]] = {}
    for change in audit.overrides:
        first = changes.get(change["item"], {"from": change["was"]})
        changes[change["item"]] = {"from": first["from"], "to": change["now_is"], "reason": change["reason"]}
    return entry | {"overrides": changes} if changes else entry


def remarks_of(edition: Edition) -> dict[str, list[dict[str, str]]]:
    """What jurors wrote about each application, anonymised."""
    audits = (
        Audit.objects.filter(state=Audit.State.APPROVED, assignment__application__edition=edition)
        .values_list("assignment__application__key", "version", "marks", "comments", "assignment__juror__name")
        .order_by("key")
    )
    definitions: dict[int, dict[str, Any]] = {}
    found: dict[str, list[dict[str, str]]] = {}
    for application, version, marks, comments, name in audits.iterator(chunk_size=2000):
        if version not in definitions:
            definitions[version] = InstrumentVersion.objects.get(pk=version).definition
        found.setdefault(str(application), []).extend(remarks_in(definitions[version], marks, comments, [name]))
    return {application: shuffled(remarks) for application, remarks in found.items()}
