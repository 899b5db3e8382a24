"""Public pages say the same to everybody, so anybody on the way may keep them for a minute."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

SECONDS = 60


def same_for_everybody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only towards a browser that has brought nothing but its language: who is signed in, or waits for a message,
    gets a page of their own.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        is_stranger = set(request.COOKIES) <= {settings.LANGUAGE_COOKIE_NAME}
        if request.method in {"GET", "HEAD"} and is_stranger and not response.cookies:
            patch_cache_control(response, public=True, max_age=SECONDS)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer
