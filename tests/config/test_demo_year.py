"""The demo's year, lived by a smaller cast through the real actions, leaves a site as a real year would."""

from __future__ import annotations

import csv
import shutil

import pytest
from django.core.management import CommandError, call_command

from factories_accounts import UserFactory
from probierz.accounts.models import User
from probierz.applications.models import Application
from probierz.audits.models import Audit
from probierz.base import audiences
from probierz.base.journal import verify_chain
from probierz.base.models import JournalEntry
from probierz.config.demo import cast as casting
from probierz.config.demo import year
from probierz.editions.models import Edition
from probierz.jury.models import Assignment, Conflict, Juror
from probierz.results.models import Calculation, Publication

pytestmark = pytest.mark.django_db
INSTITUTIONS, JURORS = 6, 8


@pytest.fixture
def small_cast(tmp_path, monkeypatch):
    """The shipped files cut to the first institutions and jurors."""
    folder = tmp_path / "demo"
    shutil.copytree(casting.DATA, folder)
    places = casting.rows("institutions.csv")[:INSTITUTIONS]
    nips = {place["nip"] for place in places}
    people = casting.rows("people.csv")
    kept = [person for person in people if person["role"] == "office" or person["institution_nip"] in nips]
    kept += [person for person in people if person["role"] == "juror"][:JURORS]
    for name, rows in (("institutions.csv", places), ("people.csv", kept)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    monkeypatch.setattr(casting, "DATA", folder)


def live(stage: str) -> tuple[casting.Cast, list[str]]:
    said: list[str] = []
    return year.live(stage, said.append), said


def test_a_year_lived_to_its_results(small_cast):
    cast, said = live("results")
    edition = Edition.objects.get(year=2025)
    assert said[-1] == "Obliczenie wyników"
    assert len(cast.institutions) == INSTITUTIONS
    assert verify_chain().is_whole
    assert JournalEntry.objects.filter(at__gt=year.CLOCK["results"]).count() == 0
    assert Calculation.objects.filter(edition=edition).count() == 2
    assert Publication.objects.get(edition=edition).published_at is None
    assert Audit.objects.filter(state=Audit.State.SUBMITTED).count() == 0
    approved = Audit.objects.filter(state=Audit.State.APPROVED)
    assert approved.count() > INSTITUTIONS
    assert all(audit.assignment.window_is_open(audit.contact_at) for audit in approved.select_related("assignment"))
    bound = set(Conflict.objects.values_list("juror", "institution"))
    sent = Assignment.objects.exclude(state=Assignment.State.CANCELLED)
    assert bound & set(sent.values_list("juror", "application__institution")) == set()
    assert Juror.objects.filter(state=Juror.State.ACTIVE).count() == JURORS


def test_during_the_call_some_have_sent_and_some_have_not(small_cast):
    cast, _said = live("call")
    entered = Application.objects.filter(edition__year=2025)
    assert 0 < entered.count() <= INSTITUTIONS
    assert set(entered.values_list("state", flat=True)) <= {"draft", "submitted"}
    assert Assignment.objects.count() == 0
    assert [audiences.audiences_of(user) for user in cast.office.values()] == [["office"]] * 3


def test_the_demo_is_built_only_where_it_may_be(settings):
    with pytest.raises(CommandError, match="tylko w trybie pokazowym"):
        call_command("demo")


def test_the_demo_touches_no_database_that_is_in_use(settings):
    settings.DEMO = True
    UserFactory()

    with pytest.raises(CommandError, match="są już konta"):
        call_command("demo")

    assert User.objects.count() == 1
