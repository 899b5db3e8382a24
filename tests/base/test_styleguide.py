from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from probierz.base.styleguide import samples


def test_the_pattern_book_shows_every_component():
    request = RequestFactory().get("/biuro/wzornik/")
    request.user = AnonymousUser()
    shown = render_to_string("base/styleguide.html", samples(), request)
    for part in (
        "stat",
        "steps",
        "timeline",
        "table",
        "empty",
        "errors",
        "drop",
        "conflict",
        "tree",
        "validity",
        "pages",
    ):
        assert f'class="{part}' in shown
    assert shown.count("<h1>") == 1
