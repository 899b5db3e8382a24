"""Every public page, with data and without, as a stranger sees it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories_awards import AwardFactory, LicenceFactory, expired_licence
from factories_editions import EditionFactory, PatronFactory, ProgrammeFactory
from factories_institutions import InstitutionFactory, RepresentativeFactory
from factories_jury import JurorFactory
from factories_results import finished_edition, measured, published
from probierz.awards.models import Licence, LicenceEvent
from probierz.base.clock import end_of, held_at, now, start_of
from probierz.editions.models import Stage

pytestmark = pytest.mark.django_db

SITE = [
    "public-home",
    "public-laureates",
    "public-verify",
    "public-accessibility",
    "public-privacy",
    "public-robots",
    "public-sitemap",
]
OF_EDITION = ["public-edition", "public-criteria", "public-rules"]
MANDATORY = (
    "wstep podmiot zakres url data-publikacja data-aktualizacja status kontakt email telefon procedura "
    "data-sporzadzenie architektura komunikacja"
).split()


def text_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode().replace("\xa0", " ")


def full_edition(**fields):
    edition = EditionFactory(call_open=True, with_channels=True, **fields)
    PatronFactory(edition=edition, website="https://patron.example")
    JurorFactory(programme=edition.programme, is_public=True, bio="Uczy zarządzania.")
    licence = LicenceFactory(edition=edition)
    AwardFactory(application__edition=edition, application__institution=licence.institution, is_public=True)
    return edition


@pytest.mark.parametrize("name", SITE)
def test_pages_of_the_site_answer_without_any_data(client, name):
    text_of(client, reverse(name))


@pytest.mark.parametrize("name", SITE)
def test_pages_of_the_site_answer_with_data(client, name):
    full_edition()
    text_of(client, reverse(name))


@pytest.mark.parametrize("name", OF_EDITION)
def test_pages_of_an_edition_answer(client, name):
    edition = full_edition()
    bare = EditionFactory(programme=edition.programme, rulebook={}, who_may_enter="", licence_scope="")
    for one in (edition, bare):
        text_of(client, reverse(name, args=[edition.programme.slug, one.slug]))
    text_of(client, reverse("public-programme", args=[edition.programme.slug]))


def test_one_programme_is_shown_whole_and_several_as_a_list(client):
    edition = full_edition()
    assert text_of(client, "/").count(f'<h1 class="hero__title">{edition.programme.name}') == 1
    other = EditionFactory()
    page = text_of(client, "/")
    assert [page.count(f'href="/{one.programme.slug}/"') for one in (edition, other)] == [1, 1]


@pytest.mark.parametrize(
    "address", ["/nie-ma/", "/nie-ma/2025/", "/nie-ma/2025/kryteria/", "/nie-ma/2025/zasady/", "/nie-ma/2025/zglos/"]
)
def test_what_is_not_there_is_404(client, address):
    text_of(client, address, 404)


def test_a_hidden_edition_is_404(client):
    edition = EditionFactory(is_public=False)
    for name in [*OF_EDITION, "public-enter"]:
        text_of(client, reverse(name, args=[edition.programme.slug, edition.slug]), 404)
    text_of(client, reverse("public-programme", args=[edition.programme.slug]), 404)


def test_the_call_to_action_lives_as_long_as_the_call(client):
    edition = EditionFactory(calendar=True)
    programme = reverse("public-programme", args=[edition.programme.slug])
    enter = reverse("public-enter", args=[edition.programme.slug, edition.slug])
    call = edition.stages.get(kind=Stage.Kind.CALL)
    instant = timedelta(microseconds=1)
    for moment, times in [
        (call.opens_at - instant, 0),
        (call.opens_at, 2),
        (call.closes_at - instant, 2),
        (call.closes_at, 0),
    ]:
        with held_at(moment):
            assert text_of(client, programme).count(f'href="{enter}"') == times


def test_the_countdown_is_to_the_end_of_the_call(client):
    edition = EditionFactory(calendar=True)
    call = edition.stages.get(kind=Stage.Kind.CALL)
    with held_at(call.closes_at - timedelta(days=3, hours=4)):
        page = text_of(client, reverse("public-programme", args=[edition.programme.slug]))
    assert page.count(f'data-countdown="{call.closes_at.isoformat()}">zostało 3 dni 4 godz.</span>') == 1
    assert page.count("do 24 października 2025 r., godz. 24.00") == 1


def test_the_door_of_entry_depends_on_who_comes(client):
    edition = EditionFactory(call_open=True)
    enter = reverse("public-enter", args=[edition.programme.slug, edition.slug])
    assert client.get(enter).url == reverse("institution-new")
    client.force_login(RepresentativeFactory().user)
    assert client.get(enter).url == reverse("panel-application-new")
    edition.stages.update(closes_at=now())
    assert client.get(enter).url == reverse("public-edition", args=[edition.programme.slug, edition.slug])


def test_the_rules_are_printed_with_their_digest(client):
    edition = EditionFactory(calendar=True)
    address = reverse("public-rules", args=[edition.programme.slug, edition.slug])
    with held_at(start_of(edition.stages.get(kind="fieldwork").opens_at.date())):
        assert text_of(client, address).count("zamrożone</span>") == 0
    with held_at(end_of(edition.stages.get(kind="fieldwork").opens_at.date())):
        page = text_of(client, address)
    assert page.count("zamrożone</span>") == 1
    assert len(re.findall(r"<code>[0-9a-f]{64}</code>", page)) == 1
    assert page.count("Licencję otrzymuje instytucja, która zdobyła co najmniej") == 1


def test_criteria_tell_what_each_answer_earns(client):
    edition = EditionFactory(with_channels=True)
    page = text_of(client, reverse("public-criteria", args=[edition.programme.slug, edition.slug]))
    assert page.count("Czy ktoś odebrał telefon?") == 3
    assert page.count('id="visit"') == page.count('id="phone"') == page.count('id="email"') == 1


def test_the_published_protocol_is_linked(client):
    application = measured(finished_edition())
    here = [application.edition.programme.slug, application.edition.slug]
    link = f'href="{reverse("public-protocol", args=here)}"'
    assert text_of(client, reverse("public-rules", args=here)).count(link) == 0
    digest = published(application.edition).calculation.protocol_digest
    page = text_of(client, reverse("public-rules", args=here))
    assert (page.count(link), page.count(digest)) == (1, 1)


def test_the_register_is_searched_and_paged(client):
    edition = EditionFactory()
    for n in range(26):
        LicenceFactory(edition=edition, institution=InstitutionFactory(name=f"Gmina nr {n:02}", voivodeship="12"))
    LicenceFactory(institution=InstitutionFactory(name="Urząd w Łodzi", city="Łódź", voivodeship="10"))
    address = reverse("public-laureates")
    assert text_of(client, address).count('class="laureate"') == 24
    assert text_of(client, f"{address}?strona=2").count('class="laureate"') == 3
    page = text_of(client, f"{address}?szukaj=lodz")
    assert (page.count('class="laureate"'), page.count('aria-label="łódzkie: 1"')) == (1, 1)
    assert text_of(client, f"{address}?szukaj=lodz&wojewodztwo=12").count("Nikogo takiego nie ma w rejestrze") == 1
    assert text_of(client, f"{address}?widok=tabela").count('<th scope="row" class="table__main">') == 24


@pytest.mark.parametrize("address", ["/laureaci/", "/laureaci/?widok=tabela", "/", "/weryfikacja/"])
def test_as_many_queries_for_three_as_for_one(client, address):
    def grow():
        LicenceFactory(edition=edition)
        JurorFactory(programme=edition.programme, is_public=True)

    edition = EditionFactory(call_open=True)
    counted = []
    for _ in range(2):
        grow()
        with CaptureQueriesContext(connection) as found:
            text_of(client, address)
        counted.append(len(found))
        grow()
    assert counted[0] == counted[1]


def test_the_street_is_read_without_sessions(client):
    licence = LicenceFactory()
    for address in ("/laureaci/", f"/weryfikacja/{licence.number}/"):
        with CaptureQueriesContext(connection) as found:
            text_of(client, address)
        asked = " ".join(query["sql"] for query in found)
        assert ("django_session" in asked, "accounts_user" in asked) == (False, False)
        assert len(found) <= 6


def test_strangers_may_keep_a_page_and_the_signed_in_may_not(client):
    licence = LicenceFactory()
    address = reverse("public-licence", args=[licence.number])
    answer = client.get(address)
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert answer["Vary"] == "Cookie"
    assert list(answer.cookies) == []
    client.force_login(RepresentativeFactory().user)
    assert client.get(address)["Cache-Control"] == "private, no-cache"


def test_a_valid_licence_says_so_at_once(client):
    licence = LicenceFactory(earned_from={"audits": 5, "channels": ["visit", "phone"], "points": "82.40"})
    page = text_of(client, reverse("public-licence", args=[licence.number]))
    assert page.count("Licencja jest ważna") == 1
    assert page.count("5 zatwierdzonych audytów") == 1
    assert page.count('<strong class="number">82,40</strong>') == 1
    assert page.count("wizyta, telefon") == 1


@pytest.mark.parametrize(
    ("state", "words"), [("suspended", "Licencja jest zawieszona"), ("withdrawn", "Licencja została cofnięta")]
)
def test_a_licence_that_does_not_hold_says_why(client, state, words):
    licence = LicenceFactory(state=Licence.State(state))
    LicenceEvent.objects.create(licence=licence, kind=state, reason="Nieprawdziwe dane.", at=now())
    page = text_of(client, reverse("public-licence", args=[licence.number]))
    assert (page.count(words), page.count("Nieprawdziwe dane.")) == (1, 1)
    assert page.count("Licencja jest ważna") == 0


def test_an_expired_licence_says_until_when(client):
    page = text_of(client, reverse("public-licence", args=[expired_licence().number]))
    assert page.count("Licencja wygasła") == 1
    assert page.count('<strong><time datetime="2025-12-04">4 grudnia 2025 r.</time></strong>') == 1


@pytest.mark.parametrize("typed", ["LZM-2025-007", "lzm/2025/7", "lzm 2025 007"])
def test_a_number_may_be_typed_in_any_way(client, typed):
    licence = LicenceFactory(number="LZM-2025-007")
    answer = client.get(reverse("public-verify"), {"numer": typed})
    assert (answer.status_code, answer.url) == (302, f"/weryfikacja/{licence.number}/")


def test_small_letters_in_the_address_lead_to_the_licence(client):
    LicenceFactory(number="LZM-2025-007")
    assert client.get("/weryfikacja/lzm-2025-7/").url == "/weryfikacja/LZM-2025-007/"


def test_an_unknown_number_is_explained(client):
    assert text_of(client, "/weryfikacja/LZM-1999-001/", 404).count("Nie ma takiej licencji") == 2
    assert text_of(client, "/weryfikacja/?numer=<b>", 404).count("<b>") == 0
    assert text_of(client, "/weryfikacja/?numer=").count("Proszę wpisać numer licencji.") == 2


def test_the_declaration_has_each_mandatory_id_once(client):
    EditionFactory()
    page = text_of(client, reverse("public-accessibility"))
    assert [name for name in MANDATORY if page.count(f'id="a11y-{name}"') != 1] == []
    dates = re.findall(r'<time id="a11y-data-[a-z]+" datetime="(\d{4}-\d{2}-\d{2})">', page)
    assert len(dates) == 3


def test_the_privacy_notice_names_each_organiser(client):
    for name in ("Fundacja Pierwsza", "Fundacja Druga"):
        EditionFactory(programme=ProgrammeFactory(organiser_name=name))
    page = text_of(client, reverse("public-privacy"))
    assert [page.count(name) for name in ("Fundacja Pierwsza", "Fundacja Druga")] == [1, 1]


def test_only_reading_is_answered(client):
    assert client.post("/").status_code == 405


def test_robots_stay_out_of_the_work(client):
    lines = text_of(client, "/robots.txt").splitlines()
    assert lines[:4] == ["User-agent: *", "Disallow: /biuro/", "Disallow: /panel/", "Disallow: /jury/"]
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_the_language_can_be_chosen_without_a_session(client):
    answer = client.post("/jezyk/", {"language": "en", "next": "/laureaci/"})
    assert (answer.status_code, list(answer.cookies)) == (302, ["django_language"])
    assert client.get("/laureaci/")["Content-Language"] == "en"
    assert text_of(client, "/laureaci/").count('<html lang="en">') == 1
