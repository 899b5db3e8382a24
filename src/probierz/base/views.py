"""Pages of the base: health, the journal, error pages, the demo's mailbox, the pattern book."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from probierz.base import queries
from probierz.base.forms import JournalFilter
from probierz.base.styleguide import samples


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "waiting_jobs": queries.waiting_jobs()})


def journal(request: HttpRequest) -> HttpResponse:
    form = JournalFilter(request.GET)
    entries = queries.journal_entries(**form.criteria())
    page = Paginator(entries, 50).get_page(request.GET.get("strona"))
    return render(request, "base/office/journal.html", {"form": form, "page": page, "head": queries.journal_head()})


def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "base/styleguide.html", samples())


def mailbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.outgoing_mail(), 30).get_page(request.GET.get("strona"))
    return render(request, "base/demo/mailbox.html", {"page": page})


def mailbox_message(request: HttpRequest, key: str) -> HttpResponse:
    message = queries.mail_by_key(key)
    if message is None:
        raise Http404
    return render(request, "base/demo/message.html", {"message": message})


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
