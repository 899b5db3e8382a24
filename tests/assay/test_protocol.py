"""The protocol: written, verified, tampered with, compared."""

import json
from copy import deepcopy
from decimal import Decimal

import pytest

from assay.protocol import canonical, digest
from assay.protocol.build import ProtocolError, build, pseudonym, pseudonymise
from assay.protocol.compare import diff
from assay.protocol.verify import verify
from assay.rulebook import Rulebook
from assay.scorecards import Scorecard
from engine_samples import EMAIL, VISIT, audit, rules

CARDS = {card["key"]: Scorecard.from_definition(card) for card in (VISIT, EMAIL)}
SALT = b"kept by the office"
AUDITS = [
    audit("a1", "Urząd X", S5="Pani Anna była miła"),
    audit("a2", "Urząd X", channel="email", E1="7"),
    audit("b1", "Urząd Y", S1="2"),
    audit("b2", "Urząd Y", channel="email", E2="2/3"),
    audit("c1", "Urząd Z") | {"overrides": {"P1": {"from": "no", "to": "yes", "reason": "Zdjęcie z audytu Jana"}}},
]


def protocol(audits=AUDITS, book=None, **named):
    rulebook = Rulebook.from_dict(book or rules())
    hidden = pseudonymise(audits, salt=SALT)
    return build(rulebook, CARDS, hidden, rulebook.compute(hidden, CARDS, **named))


def test_a_protocol_written_and_read_back_holds():
    written = canonical(protocol())
    found = verify(json.loads(written))
    assert (found.is_valid, found.differences, found.institutions, found.audits) == (True, (), 3, 5)
    assert found.digest == digest(json.loads(written))


def test_it_names_nobody_and_keeps_no_free_text():
    written = canonical(protocol()).decode()
    for word in ("Urząd", "juror-a1", "Anna", "Jana", '"S5":"', '"a1"'):
        assert word not in written
    assert '"from":"no","to":"yes"' in written


def test_pseudonyms_need_the_salt():
    assert pseudonym("juror", "7", b"a") != pseudonym("juror", "7", b"b") != pseudonym("institution", "7", b"b")
    assert pseudonym("juror", "7", b"a").startswith("J-")


def test_the_order_of_audits_does_not_change_a_byte():
    assert canonical(protocol(AUDITS[::-1])) == canonical(protocol())


def test_channels_an_institution_lacks_are_part_of_the_inputs():
    key = pseudonym("institution", "Urząd Z", SALT)
    found = protocol(without={key: ["email"]})
    assert verify(found).is_valid
    assert [entry["without"] for entry in found["institutions"] if entry["key"] == key] == [["email"]]


def _tampered(path, value):
    fresh = json.loads(canonical(protocol()))
    place = fresh
    *parents, last = path
    for name in parents:
        place = place[name]
    place[last] = value
    return fresh


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("outcome", "institutions", 0, "published"), "99.99", "outcome.institutions[0].published"),
        (("outcome", "institutions", 0, "decision"), "grant?", "outcome.institutions[0].decision"),
        (
            ("outcome", "institutions", 0, "places", "overall", "place"),
            7,
            "outcome.institutions[0].places.overall.place",
        ),
        (("outcome", "audits", 0, "score"), "12.3", "outcome.audits[0].score"),
        (("outcome", "audits", 0, "score"), None, "outcome.audits[0].score"),
        (("rulebook", "licence", "threshold"), "10", "outcome.institutions[0].conditions[0].required"),
        (("digests", "rulebook"), "0" * 64, "digests.rulebook"),
    ],
)
def test_tampering_is_found_and_named(path, value, field):
    found = verify(_tampered(path, value))
    assert found.is_valid is False
    assert field in [difference.field for difference in found.differences]


def test_a_changed_mark_is_found():
    fresh = json.loads(canonical(protocol()))
    entry = next(entry for entry in fresh["audits"] if entry["marks"].get("S1") == "2")
    entry["marks"]["S1"] = "5"
    assert verify(fresh).is_valid is False


def test_scores_hold_within_a_millionth():
    fresh = protocol()
    scores = [entry for entry in fresh["outcome"]["audits"] if "." in (entry["score"] or "")]
    scores[0]["score"] = scores[0]["score"][:-6]
    assert [found.field for found in verify(fresh).differences] == ["digests.outcome"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda found: found.update(format="other"), "format"),
        (lambda found: found.update(extra=1), "extra"),
        (lambda found: found.pop("audits"), "audits"),
        (lambda found: found["audits"][0].update(institution="nobody"), "audits[0].institution"),
        (lambda found: found["audits"][0].update(marks={}), "audits[0].marks"),
        (lambda found: found["rulebook"].pop("audit"), "audit"),
        (lambda found: found["rulebook"]["licence"].update(threshold="75.0"), "rulebook"),
        (lambda found: found["institutions"].append(found["institutions"][0]), "institutions[3].key"),
    ],
)
def test_what_is_not_a_protocol_is_refused(change, field):
    fresh = deepcopy(protocol())
    change(fresh)
    with pytest.raises(ProtocolError) as refused:
        verify(fresh)
    assert refused.value.field == field


def test_an_audit_without_an_outcome_cannot_be_written():
    rulebook = Rulebook.from_dict(rules())
    with pytest.raises(ProtocolError):
        build(rulebook, CARDS, AUDITS, rulebook.compute(AUDITS[:2], CARDS))


def test_the_same_protocol_has_no_difference():
    assert diff(protocol(), protocol()) == {
        "same": True,
        "rules": [],
        "scorecards": {"added": [], "removed": [], "changed": []},
        "institutions": [],
    }


def test_a_difference_names_institutions_and_why():
    changed = [*AUDITS[:2], audit("b1", "Urząd Y", S1="5"), *AUDITS[3:], audit("c2", "Urząd Z", channel="email")]
    found = diff(protocol(), protocol(changed))
    by_key = {entry["key"]: entry for entry in found["institutions"]}
    x, y, z = (pseudonym("institution", f"Urząd {name}", SALT) for name in "XYZ")
    assert by_key[x]["why"] == []
    assert set(by_key[x]["changes"]) == {"place_category", "place_overall"}
    assert by_key[y]["why"] == [
        {"audit": pseudonym("audit", "b1", SALT), "change": "marks", "items": {"S1": ["2", "5"]}}
    ]
    assert by_key[z]["why"] == [{"audit": pseudonym("audit", "c2", SALT), "change": "added"}]
    assert by_key[z]["changes"]["decision"] == ["not-classified", "grant"]
    back = diff(protocol(changed), protocol())
    assert [entry["why"] for entry in back["institutions"] if entry["key"] == z] == [
        [{"audit": pseudonym("audit", "c2", SALT), "change": "removed"}]
    ]


def test_a_difference_of_rules_is_shown_by_path():
    found = diff(protocol(), protocol(book=rules(licence__threshold="80", fieldwork__report_hours=24)))
    assert found["rules"] == [
        {"field": "fieldwork.report_hours", "before": 48, "after": 24},
        {"field": "licence.threshold", "before": "75", "after": "80"},
    ]


@pytest.mark.parametrize("part", ["outcome", "digests"])
def test_a_protocol_without_a_part_is_refused(part):
    for change in ({part: None}, {}):
        with pytest.raises(ProtocolError, match=f"^{part}: is missing"):
            verify({name: value for name, value in protocol().items() if name != part} | change)


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("rulebook", "published"), Decimal("1.5"), "before.rulebook.published"),
        (("rulebook", "published"), "\ud800", "before.text"),
        (("outcome", "institutions", 0, "places"), 3, "before.outcome.institutions[0].places"),
        (("outcome", "institutions", 0, "places", "category"), [1], "before.outcome.institutions[0].places.category"),
    ],
)
def test_a_difference_from_what_is_no_protocol_is_refused(path, value, field):
    with pytest.raises(ProtocolError) as refused:
        diff(_tampered(path, value), protocol())
    assert refused.value.field == field
