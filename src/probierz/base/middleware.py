"""The first fence: a page answers only its audience. And refusals become pages that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from probierz.base import audiences
from probierz.base.rules import NotAllowed

Answer = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Polish, unless the visitor chose otherwise: what a browser says of itself is not a choice."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.answer(request)
        response.headers.setdefault("Content-Language", language)
        return response


class AudienceMiddleware:
    """Strangers get 404, a passer-by is asked to sign in, and a second factor is asked for where it is required."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if getattr(request, "audience", "public") != "public":
            patch_cache_control(response, private=True, no_store=True)
            patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        audience = audiences.of_path(request.path_info)
        request.audience = audience  # type: ignore[attr-defined]
        if audience == "public":
            return None
        if not request.user.is_authenticated:
            return self._to_sign_in(request)
        if not audiences.belongs(request.user, audience):
            raise Http404
        if audience in settings.MFA_REQUIRED_FOR and not request.user.has_second_factor:
            return HttpResponseRedirect(f"{reverse('mfa_index')}?wymagane=1")
        return None

    def _to_sign_in(self, request: HttpRequest) -> HttpResponse:
        target = f"{reverse('account_login')}?{REDIRECT_FIELD_NAME}={quote(request.get_full_path())}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": target})
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"code": "signed-out", "sign_in": target}, status=401)
        return HttpResponseRedirect(target)


class RefusalMiddleware:
    """A refused action is an answer (409), not a crash."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotAllowed):
            return None
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"code": exception.code, "message": str(exception.message)}, status=409)
        context = {"code": exception.code, "message": exception.message}
        return render(request, "refusal.html", context, status=409)
