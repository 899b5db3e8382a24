from __future__ import annotations

import io
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from assay.rulebook import Rulebook, RulebookError
from factories_editions import RULEBOOK, EditionFactory, ProgrammeFactory
from factories_instruments import InstrumentVersionFactory
from probierz.editions import presets
from probierz.editions.forms import (
    CategoryForm,
    ChannelsForm,
    NewEditionForm,
    PatronForm,
    ProgrammeForm,
    RulebookEditor,
    StageForm,
)
from probierz.editions.forms.fields import PercentText, as_percent, plain
from probierz.editions.forms.rulebook import reason_in_words
from probierz.editions.models import Edition, Stage


def posted_back(editor: RulebookEditor) -> dict[str, Any]:
    """What a browser sends when the form is opened and saved untouched."""
    data: dict[str, Any] = {}
    management = [rows.management_form for rows in editor.rows.values()]
    for form in [*editor.forms, *management]:
        for bound in form:
            value = bound.value()
            if hasattr(bound.field, "prepare_value"):
                value = bound.field.prepare_value(value)
            if value is not None and value is not False:
                data[bound.html_name] = "on" if value is True else value
    return data


def edited(rulebook: dict[str, Any], **changes: Any) -> RulebookEditor:
    opened = RulebookEditor(rulebook=rulebook, before="d")
    return RulebookEditor(rulebook=rulebook, before="d", data={**posted_back(opened), **changes})


@pytest.mark.parametrize(
    "rulebook",
    [RULEBOOK, *(preset["rulebook"] for preset in presets.all_presets().values())],
    ids=["small", *presets.all_presets()],
)
def test_rules_saved_untouched_stay_the_same_rules(rulebook):
    editor = edited(rulebook)
    assert editor.is_valid() is True, [form.errors for form in editor.forms]
    assert Rulebook.from_dict(editor.result()).digest() == Rulebook.from_dict(rulebook).digest()


def test_every_field_reaches_the_rules():
    changes: dict[str, Any] = {
        "decimals": "1",
        "rounding": "half-even",
        "weight_visit": "12,5",
        "required_email": "on",
        "absent_phone": "zero",
        "min_coverage": "65",
        "ranked_min_audits": "4",
        "licence_min_audits": "5",
        "policy": "above-mean",
        "threshold": "72,5",
        "min_channel_score": "35",
        "critical": "refuse",
        "scopes": ["overall"],
        "tie_1": "lot",
        "tie_2": "",
        "tie_3": "",
        "published": ["points_public"],
        "report_hours": "24",
        "max_share_of_juror": "33,5",
        "months": "24",
        "awards-1-title": "Wyróżnienie Nadzwyczajne",
        "awards-1-kind": "distinction",
        "awards-1-max": "3",
        "fee-0-up_to": "20",
        "fee-0-net": "3500",
        "fee-1-net": "6900,50",
    }
    editor = edited(RULEBOOK, **changes)
    assert editor.is_valid() is True, [form.errors for form in editor.forms]
    rules = editor.result()
    assert rules["points"] == {"scale": "0-100", "decimals": 1, "rounding": "half-even"}
    assert rules["channels"]["visit"]["weight"] == "12.5"
    assert (rules["channels"]["email"]["required"], rules["channels"]["phone"]["absent"]) == (True, "zero")
    assert (rules["audit"]["min_coverage"], rules["fieldwork"]["max_share_of_juror"]) == ("0.65", "0.335")
    assert (rules["ranked"]["min_audits"], rules["licence"]["min_audits"]) == (4, 5)
    assert rules["licence"] | {"min_audits": 0, "min_channels": 0} == {
        "policy": "above-mean",
        "threshold": "72.5",
        "min_audits": 0,
        "min_channels": 0,
        "min_channel_score": "35",
        "critical": "refuse",
    }
    assert rules["standings"] == {"scopes": ["overall"], "ties": ["share"], "prize_ties": ["lot"]}
    assert [name for name, is_on in rules["published"].items() if is_on] == ["points_public"]
    assert rules["licence_terms"] == {"months": 24, "fee": [{"up_to": 20, "net": "3500"}, {"net": "6900.50"}]}
    assert rules["awards"][1] == {
        "key": "wyroznienie-nadzwyczajne",
        "title": "Wyróżnienie Nadzwyczajne",
        "kind": "distinction",
        "max": 3,
    }
    Rulebook.from_dict(rules)


@pytest.mark.parametrize("score", ["raw", "fair", "blup"])
def test_the_official_score_is_chosen(score):
    editor = edited(RULEBOOK, official_score=score)
    assert editor.is_valid() is True
    assert Rulebook.from_dict(editor.result()).official_score == score


def test_a_guarded_licence_takes_its_numbers_and_others_leave_them():
    changes = {"policy": "guarded", "guarded_grant": "97,5", "guarded_refuse": "2,5", "guarded_extra_audits": "3"}
    editor = edited(RULEBOOK, **changes)
    assert editor.is_valid() is True, editor.form.errors
    rules = editor.result()
    assert rules["licence"]["guarded"] == {"grant": "0.975", "refuse": "0.025", "extra_audits": 3}
    assert Rulebook.from_dict(rules).licence.policy == "guarded"
    saved = Rulebook.from_dict(rules).to_dict()
    again = edited(saved)
    assert again.is_valid() is True
    assert Rulebook.from_dict(again.result()).to_dict() == saved
    back = edited(saved, policy="simple")
    assert back.is_valid() is True
    assert "guarded" not in back.result()["licence"]


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"guarded_grant": ""}, "guarded_grant", "Przy tym sposobie przyznawania ta liczba jest potrzebna."),
        ({"guarded_extra_audits": "0"}, "guarded_extra_audits", "Upewnij się, że ta wartość jest większa lub równa 1."),
        ({"guarded_grant": "dużo"}, "guarded_grant", "Proszę wpisać liczbę, np. 30 albo 12,5."),
        ({"guarded_grant": "120"}, "guarded_grant", "Proszę podać od 0 do 100 procent."),
        ({"guarded_grant": "50"}, "guarded_grant", "Proszę podać więcej niż 50 i mniej niż 100 procent."),
        ({"guarded_refuse": "50"}, "guarded_refuse", "Proszę podać więcej niż 0 i mniej niż 50 procent."),
        ({"guarded_grant": "97,55"}, "guarded_grant", "Wystarczy jedno miejsce po przecinku, np. 97,5."),
    ],
)
def test_nonsense_in_a_guarded_licence_is_told_at_its_field(change, field, words):
    editor = edited(RULEBOOK, policy="guarded", **change)
    if editor.is_valid():
        with pytest.raises(RulebookError) as refused:
            Rulebook.from_dict(editor.result())
        editor.refuse(refused.value.field, refused.value.reason)
    assert {name: list(errors) for name, errors in editor.form.errors.items()} == {field: [words]}


def test_nonsense_beside_another_policy_does_not_stop_it():
    editor = edited(RULEBOOK, policy="simple", guarded_grant="", guarded_refuse="", guarded_extra_audits="")
    assert editor.is_valid() is True


def test_certainty_may_break_a_tie_for_a_prize_at_any_step():
    editor = edited(RULEBOOK, tie_1="audits", tie_2="p-better", tie_3="lowest-channel", tie_4="lot")
    assert editor.is_valid() is True
    ties = Rulebook.from_dict(editor.result()).standings.prize_ties
    assert ties == ("audits", "p-better", "lowest-channel", "lot")


def test_a_removed_award_is_gone():
    editor = edited(RULEBOOK, **{"awards-0-DELETE": "on"})
    assert editor.is_valid() is True
    assert editor.result()["awards"] == []


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("licence.threshold", "threshold"),
        ("ranked.min_channels", "ranked_min_channels"),
        ("licence.min_channels", "licence_min_channels"),
        ("channels.visit.weight", "weight_visit"),
        ("standings.prize_ties", "tie_1"),
        ("official_score", "official_score"),
        ("licence.guarded.grant", "guarded_grant"),
        ("licence.guarded.refuse", "guarded_refuse"),
        ("licence.guarded.extra_audits", "guarded_extra_audits"),
        ("schema", "__all__"),
    ],
)
def test_a_refusal_of_the_engine_lands_at_its_field(path, field):
    editor = edited(RULEBOOK)
    assert editor.is_valid() is True
    editor.refuse(path, "must be above 0")
    assert list(editor.form.errors) == [field]


def test_a_refusal_about_a_row_lands_in_the_row():
    editor = edited(RULEBOOK)
    assert editor.is_valid() is True
    editor.refuse("awards[0].title", "must not be empty")
    assert list(editor.awards.forms[0].errors) == ["title"]


def test_reasons_are_polish():
    assert reason_in_words("must be from 1 to 3") == "Proszę podać liczbę od 1 do 3."
    assert reason_in_words("must not be above 100") == "Najwyższa dozwolona wartość to 100."
    assert reason_in_words("else") == "Z tą wartością nie da się policzyć wyników."


def test_an_uncertain_tie_rule_of_a_preset_is_kept():
    rulebook = deepcopy(RULEBOOK)
    rulebook["standings"]["prize_ties"] = ["p-better", "lot"]
    editor = edited(rulebook)
    assert editor.is_valid() is True
    assert editor.result()["standings"]["prize_ties"] == ["p-better", "lot"]


@pytest.mark.parametrize(("typed", "share"), [("70", "0.7"), ("12,5", "0.125"), ("100", "1"), ("0", "0")])
def test_percents_and_shares(typed, share):
    assert PercentText().clean(typed) == share
    assert as_percent(share) == typed.replace(",", ".")
    assert plain(Decimal("10")) == "10"


def test_a_stage_is_days_on_the_screen_and_instants_below():
    stage = Stage(
        kind="call",
        opens_at=datetime(2025, 9, 16, 22, 0, tzinfo=UTC),
        closes_at=datetime(2025, 10, 24, 22, 0, tzinfo=UTC),
    )
    form = StageForm(stage=stage, kind="call")
    assert (form.initial["first"], form.initial["last"]) == (date(2025, 9, 17), date(2025, 10, 24))
    assert "place" not in form.fields
    form = StageForm({"first": "2025-10-26", "last": "2025-10-26"}, stage=None, kind="screening")
    assert form.is_valid() is True
    assert (form.values()["closes_at"] - form.values()["opens_at"]).total_seconds() == 25 * 3600
    assert list(StageForm({"first": "2025-10-26", "last": "2025-10-25"}, stage=None, kind="call").errors) == ["last"]


@pytest.mark.django_db
def test_a_new_edition_offers_last_year_before_the_presets():
    edition = EditionFactory()
    form = NewEditionForm(editions=Edition.objects.all())
    assert [value for value, _label in form.fields["source"].choices] == [
        f"edition:{edition.key}",
        "preset:lzm-2025",
        "preset:lzm-2024",
    ]
    data = {"number": "3", "year": "2026", "call_opens_on": "2026-09-17", "call_closes_on": "2026-10-23"}
    form = NewEditionForm({**data, "source": f"edition:{edition.key}"}, editions=Edition.objects.all())
    assert form.is_valid() is True
    assert (form.preset_key, form.last_year) == ("", edition)
    assert form.values()["call"] == (date(2026, 9, 17), date(2026, 10, 23))
    wrong = NewEditionForm({**data, "call_closes_on": "2026-09-16"}, editions=Edition.objects.all())
    assert "call_closes_on" in wrong.errors
    fourth = {**data, "source": f"edition:{edition.key}", "programme_name": "Biblioteka na Szóstkę"}
    assert sorted(NewEditionForm(fourth, editions=Edition.objects.all()).errors) == ["short_name", "source"]


@pytest.mark.django_db
def test_channels_offer_published_versions_of_their_own_channel():
    edition = EditionFactory(with_channels=True)
    InstrumentVersionFactory(instrument__channel="phone", draft=True)
    form = ChannelsForm(edition=edition)
    assert len(form.fields["phone"].choices) == 2
    assert len(form.fields["web"].choices) == 1
    assert ChannelsForm({}, edition=edition).is_valid() is False


@pytest.mark.django_db
def test_a_new_category_gets_a_free_key():
    data = {"name": "Gminy i miasta", "institution_kinds": ["gmina"], "position": "0"}
    form = CategoryForm(data, taken=("gminy-i-miasta",))
    assert form.is_valid() is True
    assert form.values()["key"] == "gminy-i-miasta-2"


def file_of(content: bytes, name: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def test_a_logo_is_known_by_its_content():
    data = {"kind": "media", "name": "Gazeta", "position": "0"}
    out = io.BytesIO()
    Image.new("RGB", (10, 10)).save(out, "PNG")
    assert PatronForm(data, file_of(out.getvalue(), "logo.txt")).is_valid() is True
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    assert list(PatronForm(data, file_of(drawing, "logo.png")).errors) == ["file"]
    assert list(PatronForm(data, file_of(b"\x89PNG\r\n\x1a\nbroken", "logo.png")).errors) == ["file"]


@pytest.mark.django_db
def test_unreadable_colours_are_refused_at_their_fields():
    programme = ProgrammeFactory()
    data = {name: getattr(programme, name) for name in ProgrammeForm.base_fields}
    assert ProgrammeForm(data, instance=programme).is_valid() is True
    form = ProgrammeForm({**data, "accent": "#ffd700"}, instance=programme)
    assert sorted(form.errors) == ["accent", "accent_ink"]
