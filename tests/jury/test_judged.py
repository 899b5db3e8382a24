"""The planned precision on the office's pages: words, audiences, buttons that work."""

from __future__ import annotations

import pytest
from django.urls import reverse

from factories_accounts import UserFactory
from factories_editions import office_user
from factories_jury import planned_edition, proposed_plan
from probierz.jury import actions
from probierz.jury.models import AllocationPlan
from probierz.jury.queries.judged import error_in_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return proposed_plan(planned_edition(institutions=6, jurors=6), per_channel={"web": 1, "phone": 1})


@pytest.fixture
def office(client, plan):
    client.force_login(office_user(plan.edition))
    return client


def at(plan, name="plan"):
    edition = plan.edition
    where = {"programme": edition.programme.slug, "edition": edition.slug, "key": plan.key}
    return reverse(f"office-allocation-{name}", kwargs=where)


def test_error_in_words():
    assert error_in_words(16.0) == "±6,6"


def test_the_page_says_how_exact_and_on_what_assumption(office, plan):
    page = office.get(at(plan)).content.decode()
    assert f"z dokładnością do około {error_in_words(plan.precision['typical'])} pkt" in page
    assert "przyjęto rozrzut: instytucji 9 pkt, jurorów 4 pkt, reszty 7 pkt" in page
    assert ("Popraw powiązania" in page, "Dodaj do propozycji" in page) == (True, True)
    why = office.get(at(plan, "precision")).content.decode()
    assert ("data-explanation" in why, "wartość Fiedlera" in why, "wartość Fiedlera" in page) == (True, True, False)


def test_the_button_mends_and_says_what_it_did(office, plan):
    answer = office.post(at(plan, "repair"), {"revision": 0}, follow=True)
    plan.refresh_from_db()
    words = [str(message) for message in answer.context["messages"]]
    assert answer.redirect_chain[0][0].endswith("#dokladnosc")
    assert words[0].startswith("Zmieniono juror" if plan.revision else "Nie znaleziono zamiany")


def test_one_more_audit_from_the_page(office, plan):
    link = next(row for row in plan.precision["links"] if row["from"])
    given = {"revision": 0, **{name: link[name] for name in ("application", "juror", "channel")}}
    answer = office.post(at(plan, "add"), given)
    plan.refresh_from_db()
    seat = plan.outcome["seats"][-1]
    assert (answer.status_code, seat["juror"], plan.revision) == (302, link["juror"], 1)
    assert answer.url.endswith(f"#m-{seat['id']}")
    assert office.post(at(plan, "add"), {"revision": 1}).status_code == 409
    stranger = {**given, "revision": 1, "juror": "nikt"}
    assert office.post(at(plan, "add"), stranger).status_code == 404


def test_a_published_plan_keeps_what_was_planned_and_the_hub_says_it(office, plan):
    member = office_user(plan.edition)
    actions.publish_plan(plan=plan, revision=0, actor=member)
    page = office.get(at(plan)).content.decode()
    assert ("Planowana dokładność" in page, "Popraw powiązania" in page) == (True, False)
    edition = plan.edition
    hub = office.get(
        reverse("office-allocation", kwargs={"programme": edition.programme.slug, "edition": edition.slug})
    )
    assert error_in_words(plan.precision["worst"]) in hub.content.decode()
    assert office.post(at(plan, "repair"), {"revision": 0}).status_code == 409


@pytest.mark.parametrize(
    ("institutions", "jurors", "said"), [(1, 1, "co najmniej dwóch jurorów"), (2, 0, "co najmniej dwóch jurorów")]
)
def test_little_data_is_said_kindly(client, institutions, jurors, said):
    plan = proposed_plan(planned_edition(institutions=institutions, jurors=jurors))
    client.force_login(office_user(plan.edition))
    page = client.get(at(plan))
    assert (page.status_code, said in page.content.decode()) == (200, True)
    assert "Popraw powiązania" not in page.content.decode()
    assert client.get(at(plan, "precision")).status_code == 200
    assert client.post(at(plan, "repair"), {"revision": 0}).status_code == 302


def test_a_plan_from_before_says_so(office, plan):
    AllocationPlan.objects.update(precision={})
    assert "zanim program obliczał" in office.get(at(plan)).content.decode()
    assert office.get(at(plan, "precision")).status_code == 200


def test_strangers_meet_nothing_and_observers_change_nothing(client, plan):
    client.force_login(office_user())
    for name, verb in (("precision", client.get), ("repair", client.post), ("add", client.post)):
        assert verb(at(plan, name)).status_code == 404
    client.force_login(UserFactory())
    assert client.get(at(plan, "precision")).status_code == 404
    client.force_login(office_user(plan.edition, "observer"))
    assert client.get(at(plan, "precision")).status_code == 200
    assert client.post(at(plan, "repair"), {"revision": 0}).status_code == 409
    assert client.post(at(plan, "add"), {"revision": 0}).status_code == 409
