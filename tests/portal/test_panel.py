import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories_accounts import UserFactory
from factories_applications import ApplicationFactory
from factories_awards import LicenceFactory
from factories_editions import EditionFactory
from factories_institutions import InstitutionFactory, RepresentativeFactory
from factories_results import finished_edition, measured, published
from probierz.institutions.models import Institution
from probierz.portal.queries import panel

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return RepresentativeFactory().user


def institution_of(user):
    return user.representations.get().institution


def test_an_open_call_waits_for_an_institution_without_an_application(person):
    edition = EditionFactory(call_open=True)
    [call] = panel.home_of(person).calls
    assert (call.edition, call.institution) == (edition, institution_of(person))


def test_a_call_that_is_entered_is_not_offered_again(person):
    edition = EditionFactory(call_open=True)
    application = ApplicationFactory(edition=edition, institution=institution_of(person))
    home = panel.home_of(person)
    assert home.calls == []
    assert [row["application"] for row in home.applications] == [application]


def test_after_a_withdrawal_the_call_is_open_again(person):
    edition = EditionFactory(call_open=True)
    ApplicationFactory(edition=edition, institution=institution_of(person), withdrawn=True)
    assert len(panel.home_of(person).calls) == 1


def test_the_page_says_what_comes_next(client, person):
    application = ApplicationFactory(institution=institution_of(person))
    client.force_login(person)
    page = client.get(reverse("panel-home")).content.decode()
    assert page.count(reverse("panel-application", kwargs={"key": application.key})) == 2
    assert page.count("Dokończ i\xa0wyślij zgłoszenie") == 1


def test_results_are_not_there_before_they_are_published():
    application = measured(finished_edition())
    person = RepresentativeFactory(institution=application.institution).user
    assert panel.home_of(person).results == []
    published(application.edition)
    assert [result.application for result in panel.home_of(person).results] == [application]


def test_the_page_shows_results_and_licences(client, person):
    application = measured(finished_edition())
    RepresentativeFactory(institution=application.institution, user=person)
    published(application.edition)
    licence = LicenceFactory(institution=application.institution)
    client.force_login(person)
    page = client.get(reverse("panel-home")).content.decode()
    assert page.count(reverse("panel-result", kwargs={"key": application.key})) == 1
    assert page.count(reverse("public-licence", args=[licence.number])) == 1


def test_nothing_of_others_is_there(client, person):
    foreign = ApplicationFactory(institution=InstitutionFactory(name="Cudza Instytucja", short_name=""))
    LicenceFactory(institution=foreign.institution)
    client.force_login(person)
    page = client.get(reverse("panel-home")).content.decode()
    assert page.count("Cudza") == 0


def test_no_institution_yet(client, person):
    main = InstitutionFactory()
    Institution.objects.filter(representatives__user=person).update(merged_into=main)
    client.force_login(person)
    page = client.get(reverse("panel-home")).content.decode()
    assert page.count("Nie ma jeszcze instytucji") == 1


def test_strangers(client):
    assert client.get(reverse("panel-home")).status_code == 302
    client.force_login(UserFactory())
    assert client.get(reverse("panel-home")).status_code == 404


def test_as_many_queries_for_three_as_for_one(client, person, django_assert_num_queries):
    def grow(institution):
        edition = EditionFactory(call_open=True)
        ApplicationFactory(edition=edition, institution=institution)
        LicenceFactory(institution=institution, edition=edition)

    grow(institution_of(person))
    with CaptureQueriesContext(connection) as one:
        panel_of_one = panel.home_of(person)
        assert len(panel_of_one.applications) == 1
    for _ in range(2):
        grow(RepresentativeFactory(user=person).institution)
    with django_assert_num_queries(len(one)):
        assert len(panel.home_of(person).applications) == 3
