import pytest

pytestmark = pytest.mark.django_db


def test_health(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "waiting_jobs": 0})


@pytest.mark.parametrize("path", ["/biuro/dziennik/", "/biuro/wzornik/"])
def test_office_pages_are_not_for_passers_by(client, path):
    assert client.get(path).status_code == 302
