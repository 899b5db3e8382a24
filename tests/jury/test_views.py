"""The pages: the office's register and plans, the juror's profile and words; strangers meet nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories_accounts import UserFactory
from factories_editions import EditionFactory, office_user
from factories_institutions import RepresentativeFactory
from factories_jury import AssignmentFactory, ConflictFactory, JurorFactory, planned_edition, proposed_plan
from probierz.jury import actions
from probierz.jury.models import AllocationPlan, Assignment, Conflict, Juror

pytestmark = pytest.mark.django_db


def at(name, edition, **kwargs):
    return reverse(name, kwargs={"programme": edition.programme.slug, "edition": edition.slug, **kwargs})


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def edition():
    return planned_edition(institutions=2, jurors=3)


@pytest.fixture
def office(client, edition):
    user = office_user(edition)
    client.force_login(user)
    return client


def test_the_register_is_searched_without_diacritics_and_filtered(office, edition):
    juror = JurorFactory(programme=edition.programme, name="Żaneta Śliwińska", channels=["web"], state="resting")
    page = office.get(reverse("office-jurors"), {"text": "zaneta sliw", "state": "resting", "channel": "web"})
    assert [found.pk for found in page.context["page"].object_list] == [juror.pk]
    nobody = office.get(reverse("office-jurors"), {"text": "nikt taki"})
    assert "Nikt nie pasuje" in nobody.content.decode()


def test_an_office_sees_only_the_jurors_of_its_programmes(office, edition):
    stranger = JurorFactory()
    listed = office.get(reverse("office-jurors")).context["page"].object_list
    assert stranger not in listed
    assert len(listed) == 3
    assert office.get(reverse("office-juror", kwargs={"key": stranger.key})).status_code == 404


def test_inviting_from_the_page(office, edition):
    data = {"programme": edition.programme.pk, "name": "Ewa Nowa", "email": "ewa@x.example", "kind": "scholar"}
    answer = office.post(reverse("office-juror-invite"), data)
    juror = Juror.objects.get(email="ewa@x.example")
    assert answer.url == reverse("office-juror", kwargs={"key": juror.key})
    assert "zaproszony" in office.get(answer.url).content.decode()
    assert office.post(reverse("office-juror-invite"), data).status_code == 409
    again = office.post(reverse("office-juror-invite-again", kwargs={"key": juror.key}))
    assert again.status_code == 302


def test_the_card_edits_rests_and_keeps_conflicts(office, edition):
    juror, place = edition.programme.jurors.first(), edition.applications.first().institution
    key = {"key": juror.key}
    data = {"name": "Ada", "email": juror.email, "kind": "client", "min_audits": 1, "max_audits": 4, "bio": ""}
    assert office.post(reverse("office-juror-edit", kwargs=key), data).status_code == 302
    office.post(reverse("office-juror-rest", kwargs=key))
    juror.refresh_from_db()
    assert (juror.name, juror.max_audits, juror.state) == ("Ada", 4, "resting")
    office.post(reverse("office-juror-activate", kwargs=key))
    bad = office.post(reverse("office-juror-conflict", kwargs=key), {"institution": place.pk, "reason": "other"})
    assert bad.status_code == 200
    office.post(
        reverse("office-juror-conflict", kwargs=key), {"institution": place.pk, "reason": "other", "note": "znajomość"}
    )
    conflict = Conflict.objects.get()
    lift = reverse("office-juror-conflict-lift", kwargs={**key, "conflict": conflict.pk})
    office.post(lift, {"reason": "krótko"})
    conflict.refresh_from_db()
    assert conflict.lifted_at is None
    office.post(lift, {"reason": "To była pomyłka w nazwisku."})
    conflict.refresh_from_db()
    assert conflict.lifted_at is not None
    assert "pomyłka w nazwisku" in office.get(reverse("office-juror", kwargs=key)).content.decode()


def test_a_plan_from_the_form_to_publication(office, edition):
    data = {"channel_visit": "1", "channel_phone": "1", "channel_email": "0", "repeat": "1", "seed": "2025"}
    answer = office.post(at("office-allocation-propose", edition), data)
    plan = AllocationPlan.objects.get()
    assert answer.url == at("office-allocation-plan", edition, key=plan.key)
    page = office.get(answer.url).content.decode()
    assert plan.digest in page
    assert "Opublikuj przydziały" in page
    published = office.post(at("office-allocation-publish", edition, key=plan.key), {"revision": 0})
    assert published.url == at("office-allocation", edition)
    assert Assignment.objects.count() == 4
    assert edition.applications.first().institution.name in office.get(published.url).content.decode()
    assert "w\u00a0chwili publikacji" in office.get(answer.url).content.decode()


def test_a_plan_that_wants_nothing_is_sent_back(office, edition):
    data = {"channel_visit": "0", "channel_phone": "0", "channel_email": "0", "repeat": "1"}
    page = office.post(at("office-allocation-propose", edition), data)
    assert "przynajmniej jeden audyt" in page.content.decode()
    assert AllocationPlan.objects.count() == 0


def test_a_plan_being_prepared_shows_that_and_then_opens(office, edition):
    plan = proposed_plan(edition)
    AllocationPlan.objects.update(state="preparing")
    url = at("office-allocation-plan", edition, key=plan.key)
    assert "Układamy plan" in office.get(url).content.decode()
    assert "<html" not in office.get(url, headers={"HX-Request": "true"}).content.decode()
    AllocationPlan.objects.update(state="draft")
    assert office.get(url, headers={"HX-Request": "true"})["HX-Redirect"] == url


def test_a_seat_is_changed_by_hand_with_a_check_at_each_choice(office, edition):
    plan = proposed_plan(edition)
    seat = plan.outcome["seats"][0]
    taken = {row["juror"] for row in plan.outcome["seats"] if row["application"] == seat["application"]}
    (free,) = [name for name in plan.inputs["jurors"] if name not in taken]
    other = next(name for name in taken if name != seat["juror"])
    where = {"key": plan.key, "seat": seat["id"]}
    page = office.get(at("office-allocation-seat", edition, **where))
    assert [entry.juror.pseudonym for entry in page.context["candidates"] if entry.problems] == [other]
    checked = office.get(at("office-allocation-check", edition, **where), {"juror": free})
    assert f"{free} może" in checked.content.decode()
    refused = office.get(at("office-allocation-check", edition, **where), {"juror": other})
    assert f"{other} nie może" in refused.content.decode()

    wrong = office.post(at("office-allocation-assign", edition, **where), {"juror": other, "revision": 0})
    assert wrong.status_code == 409
    assert "Nie zapisano zmiany" in wrong.content.decode()
    right = office.post(at("office-allocation-assign", edition, **where), {"juror": free, "revision": 0})
    assert right.status_code == 302
    plan.refresh_from_db()
    assert plan.outcome["seats"][0]["juror"] == free
    late = office.post(at("office-allocation-assign", edition, **where), {"juror": "", "revision": 0})
    assert "w innej karcie" in late.content.decode()
    filtered = office.get(at("office-allocation-plan", edition, key=plan.key), {"tylko": "reczne", "text": free})
    assert len(filtered.context["page"].object_list) == 1


def test_a_discarded_plan_says_so(office, edition):
    plan = proposed_plan(edition)
    assert office.post(at("office-allocation-discard", edition, key=plan.key)).status_code == 302
    assert "nie opublikowano" in office.get(at("office-allocation-plan", edition, key=plan.key)).content.decode()


def test_an_observer_reads_and_changes_nothing(client, edition):
    plan = proposed_plan(edition)
    client.force_login(office_user(edition, "observer"))
    page = client.get(at("office-allocation-plan", edition, key=plan.key))
    assert page.status_code == 200
    assert "Opublikuj" not in page.content.decode()
    assert client.post(at("office-allocation-discard", edition, key=plan.key)).status_code == 409
    seat = plan.outcome["seats"][0]["id"]
    assert client.get(at("office-allocation-seat", edition, key=plan.key, seat=seat)).status_code == 409


def test_what_lost_its_juror_comes_with_a_suggestion(office, edition):
    plan = proposed_plan(edition)
    actions.publish_plan(plan=plan, revision=0, actor=office_user(edition))
    lost = Assignment.objects.first()
    actions.declare(assignment=lost, is_free=False, relation="rodzina", actor=lost.juror.user)
    rows = office.get(at("office-allocation", edition)).context["lost"]
    assert [row.pk for row, _juror in rows] == [lost.pk]
    assert rows[0][1].pk not in {row.juror_id for row in Assignment.objects.filter(application=lost.application)}


def test_the_overview_of_an_edition_counts_jurors_and_assignments(office, edition):
    page = office.get(at("office-edition", edition)).content.decode()
    assert "Przydziały" in page
    assert at("office-allocation", edition) in page


@pytest.fixture
def juror(client):
    assignment = AssignmentFactory(declared=False)
    client.force_login(assignment.juror.user)
    return client, assignment


def test_the_juror_says_a_word_and_goes_on_to_the_task(juror):
    client, assignment = juror
    institution = assignment.application.institution
    waiting = client.get(reverse("jury-declarations")).content.decode()
    assert institution.name in waiting
    url = reverse("jury-declaration", kwargs={"key": assignment.key})
    page = client.get(url).content.decode()
    assert institution.city in page
    assert institution.street not in page
    assert assignment.scenario.title not in page
    answer = client.post(url, {"word": "free"})
    assert answer.url == reverse("jury-assignment", kwargs={"key": assignment.key})
    assert client.get(url).url == reverse("jury-declarations")
    assert "nic nie łączy" in client.get(reverse("jury-declarations")).content.decode()


def test_the_juror_steps_back_and_must_say_why(juror):
    client, assignment = juror
    url = reverse("jury-declaration", kwargs={"key": assignment.key})
    assert "Proszę napisać" in client.post(url, {"word": "conflict", "relation": ""}).content.decode()
    assert client.post(url, {"word": "conflict", "relation": "Mój pracodawca."}).status_code == 302
    assignment.refresh_from_db()
    assert assignment.state == Assignment.State.CANCELLED


def test_the_juror_keeps_a_profile(juror):
    client, assignment = juror
    person = assignment.juror
    data = {
        "kind": "scholar",
        "city": "Gdynia",
        "teryt": "2262011",
        "employer_name": "",
        "employer_nip": "",
        "life_situations": ["kierowca"],
        "channels": ["phone"],
        "max_audits": "5",
    }
    assert client.post(reverse("jury-profile"), {**data, "teryt": "1"}).status_code == 200
    answer = client.post(reverse("jury-profile"), data)
    assert answer.url == reverse("jury-profile-of", kwargs={"key": person.key})
    person.refresh_from_db()
    assert (person.city, person.life_situations, person.channels) == ("Gdynia", ["kierowca"], ["phone"])


def test_a_juror_of_two_programmes_has_two_profiles(juror):
    client, assignment = juror
    second = JurorFactory(user=assignment.juror.user)
    page = client.get(reverse("jury-profile-of", kwargs={"key": second.key}))
    assert page.context["juror"] == second
    assert len(page.context["juries"]) == 2


def test_a_juror_meets_nothing_of_others(juror):
    client, _assignment = juror
    other = AssignmentFactory(declared=False)
    assert client.get(reverse("jury-declaration", kwargs={"key": other.key})).status_code == 404
    assert client.post(reverse("jury-declaration", kwargs={"key": other.key}), {"word": "free"}).status_code == 404
    assert client.get(reverse("jury-profile-of", kwargs={"key": other.juror.key})).status_code == 404
    assert other.application.institution.name not in client.get(reverse("jury-declarations")).content.decode()


def office_pages(edition, plan, juror):
    seat = {"key": plan.key, "seat": plan.outcome["seats"][0]["id"]}
    return [
        reverse("office-jurors"),
        reverse("office-juror-invite"),
        reverse("office-juror", kwargs={"key": juror.key}),
        reverse("office-juror-edit", kwargs={"key": juror.key}),
        at("office-allocation", edition),
        at("office-allocation-plan", edition, key=plan.key),
        at("office-allocation-seat", edition, **seat),
        at("office-allocation-check", edition, **seat),
    ]


def test_strangers_meet_nothing(client, edition):
    plan, juror = proposed_plan(edition), edition.programme.jurors.first()
    pages = office_pages(edition, plan, juror)
    assert {client.get(url).status_code for url in pages} == {302}
    representative = RepresentativeFactory(institution=edition.applications.first().institution).user
    for user in (UserFactory(), juror.user, representative):
        client.force_login(user)
        assert {client.get(url).status_code for url in pages} == {404}
    client.force_login(office_user(EditionFactory()))
    mine_too = {reverse("office-jurors"), reverse("office-juror-invite")}
    assert {client.get(url).status_code for url in pages if url not in mine_too} == {404}
    client.force_login(representative)
    assert client.get(reverse("jury-declarations")).status_code == 404


def test_the_register_takes_the_same_queries_for_one_and_three(client):
    numbers = []
    for count in (1, 3):
        edition = EditionFactory()
        for _ in range(count):
            ConflictFactory(juror=AssignmentFactory(juror__programme=edition.programme).juror)
        client.force_login(office_user(edition))
        numbers.append(queries_of(client, reverse("office-jurors")))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("published", [False, True])
def test_plans_take_the_same_queries_for_one_and_three(client, published):
    numbers = []
    for count in (1, 3):
        edition = planned_edition(institutions=count, jurors=4)
        office = office_user(edition)
        plan = proposed_plan(edition, actor=office)
        if published:
            actions.publish_plan(plan=plan, revision=0, actor=office)
            for row in list(Assignment.objects.filter(plan=plan, channel="phone")):
                actions.declare(assignment=row, is_free=False, relation="x", actor=row.juror.user)
        client.force_login(office)
        name = "office-allocation" if published else "office-allocation-plan"
        numbers.append(queries_of(client, at(name, edition, **({} if published else {"key": plan.key}))))
    assert numbers[0] == numbers[1]


def test_words_take_the_same_queries_for_one_and_three(client):
    numbers = []
    for count in (1, 3):
        juror = JurorFactory()
        for _ in range(count):
            AssignmentFactory(juror=juror, declared=False)
            AssignmentFactory(juror=juror)
        client.force_login(juror.user)
        numbers.append(queries_of(client, reverse("jury-declarations")))
    assert numbers[0] == numbers[1]
