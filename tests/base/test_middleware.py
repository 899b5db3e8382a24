import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils.translation import get_language

from probierz.base.middleware import AudienceMiddleware, RefusalMiddleware
from probierz.base.rules import NotAllowed


class Stranger:
    is_authenticated = True
    is_active = True
    has_second_factor = False

    class _None:
        def filter(self, **_):
            return self

        def exclude(self, **_):
            return self

        def exists(self):
            return False

    offices = representations = juries = _None()


class Anonymous:
    is_authenticated = False


def guard(path, user, **headers):
    request = RequestFactory().get(path, headers=headers)
    request.user = user
    return AudienceMiddleware(lambda r: HttpResponse()).process_view(request, None, (), {})


def test_public_pages_answer_everyone():
    assert guard("/laureaci/", Anonymous()) is None


@pytest.mark.parametrize("path", ["/biuro/", "/panel/zgloszenia/", "/jury/", "/biuro/cokolwiek/"])
def test_a_stranger_is_told_there_is_no_such_page(path):
    with pytest.raises(Http404):
        guard(path, Stranger())


def test_a_passer_by_is_asked_to_sign_in_and_brought_back():
    response = guard("/biuro/dziennik/?strona=2", Anonymous())
    assert (response.status_code, response.url) == (302, "/konto/login/?next=/biuro/dziennik/%3Fstrona%3D2")


def test_a_background_request_is_told_so_in_its_own_way():
    assert guard("/panel/", Anonymous(), HX_Request="true").headers["HX-Redirect"] == "/konto/login/?next=/panel/"
    assert guard("/panel/", Anonymous(), accept="application/json").status_code == 401


def test_a_refusal_is_an_answer_for_programs_too():
    request = RequestFactory().get("/", headers={"accept": "application/json"})
    answer = RefusalMiddleware(lambda r: HttpResponse()).process_exception(request, NotAllowed("closed", "Zamknięte."))
    assert (answer.status_code, answer.content) == (409, b'{"code": "closed", "message": "Zamkni\\u0119te."}')


def test_other_faults_are_not_hidden():
    request = RequestFactory().get("/")
    assert RefusalMiddleware(lambda r: HttpResponse()).process_exception(request, ValueError()) is None


@pytest.mark.parametrize(
    ("cookie", "language"), [("", "pl"), ("en", "en"), ("pl", "pl"), ("de", "pl"), ("<script>", "pl")]
)
def test_a_page_is_in_polish_unless_the_visitor_chose_otherwise(client, db, cookie, language):
    client.cookies["django_language"] = cookie
    answer = client.get("/konto/login/", headers={"Accept-Language": "en-GB"})
    assert answer["Content-Language"] == language
    assert answer.content.decode().count(f'<html lang="{language}">') == 1
    assert get_language() == "pl"
