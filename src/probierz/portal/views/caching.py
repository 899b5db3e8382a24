"""Public pages say the same to everybody, so we keep them ready for a minute; whoever else keeps them asks us first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

from probierz.portal.queries import kept

View = Callable[..., HttpResponse]


def same_for_everybody(view: View) -> View:
    """Only towards a browser that has brought nothing but its language: who is signed in, or waits for a message,
    gets a page of their own.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_stranger = set(request.COOKIES) <= {settings.LANGUAGE_COOKIE_NAME}
        if request.method in {"GET", "HEAD"} and is_stranger:
            response = _kept_or_made(request, lambda: view(request, *args, **kwargs))
        else:
            response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer


def _kept_or_made(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Kept in the memory of this process under the head of the journal: any action makes every page new at once."""
    cache, standing = caches["pages"], kept.standing()
    key = _key(request, standing)
    page = cache.get(key)
    if page is not None:
        return HttpResponse(page[0], headers=page[1])
    with kept.held(standing):
        response = make()
    if response.cookies:
        patch_cache_control(response, private=True, no_cache=True)
        return response
    # A licence suspended now must not look valid for another minute in a browser that saw it before.
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    if response.status_code == 200 and not response.streaming:
        cache.set(key, (response.content, dict(response.headers)), kept.SECONDS)
    return response


def _key(request: HttpRequest, standing: str) -> str:
    address = [request.get_host(), request.scheme or "", request.get_full_path()]
    return hashlib.sha256("\n".join([*address, get_language() or "", standing]).encode()).hexdigest()
