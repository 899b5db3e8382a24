"""The office's pages: licences with their states and events, certificates, statuettes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from probierz.awards import actions, printing, queries, rules
from probierz.awards.forms import AwardForm, GrantForm, LicenceFilter, ReasonForm
from probierz.awards.models import Licence
from probierz.base.clock import today
from probierz.base.downloads import as_download
from probierz.editions.models import Edition
from probierz.editions.queries import editions_visible_to

PAGE = 50
CHANGES = {
    "zawies": (actions.suspend_licence, gettext_lazy("Licencję zawieszono. Posiadacz dostanie e-mail.")),
    "przywroc": (actions.restore_licence, gettext_lazy("Licencję przywrócono. Posiadacz dostanie e-mail.")),
    "cofnij": (actions.withdraw_licence, gettext_lazy("Licencję cofnięto. Posiadacz dostanie e-mail.")),
}


def _edition(request: HttpRequest, programme: str, edition: str) -> Edition:
    return get_object_or_404(editions_visible_to(request.user), programme__slug=programme, slug=edition)


def _licence(request: HttpRequest, edition: Edition, number: str) -> Licence:
    return get_object_or_404(queries.licences_of_office(request.user), number=number, edition=edition)


def _back(edition: Edition, name: str = "office-awards", **kwargs: Any) -> HttpResponse:
    return redirect(name, programme=edition.programme.slug, edition=edition.slug, **kwargs)


@require_GET
def awards(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    form = LicenceFilter(request.GET)
    day = today()
    page = Paginator(queries.licences_in(found, **form.criteria()), PAGE).get_page(request.GET.get("strona"))
    context = {
        "edition": found,
        "programme": found.programme,
        "form": form,
        "page": page,
        "rows": [{"licence": one, "state": one.state_on(day)} for one in page],
        "counts": queries.counts_of(found),
        "waiting": queries.waiting_for_licence(found),
        "awards": queries.awards_of(found),
        "grant_form": GrantForm(initial={"valid_from": day}),
        "can_grant": rules.can_grant(request.user, found),
        "can_publish": rules.can_publish_awards(request.user, found),
        "can_give": rules.can_give_award(request.user, found),
    }
    return render(request, "awards/office/awards.html", context)


@require_POST
def grant(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    form = GrantForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Licencji nie przyznano: proszę podać dzień, od którego są ważne."))
        return _back(found)
    granted = actions.grant_licences(edition=found, actor=request.user, valid_from=form.cleaned_data["valid_from"])
    words = ngettext("Przyznano %(n)s licencję.", "Przyznane licencje: %(n)s.", len(granted))
    messages.success(request, words % {"n": len(granted)} + " " + _("Dokumenty powstają w tle."))
    return _back(found)


@require_GET
def certificates(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    context = {"edition": found, "programme": found.programme, "counts": queries.counts_of(found)}
    context["can_grant"] = rules.can_grant(request.user, found)
    return render(request, "awards/office/_certificates.html", context)


@require_POST
def queue_certificates(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    waiting = actions.queue_certificates(edition=found, actor=request.user)
    words = ngettext("W kolejce jest %(n)s dokument.", "Dokumenty w kolejce: %(n)s.", waiting)
    messages.success(request, words % {"n": waiting})
    return _back(found)


@require_GET
def licence(request: HttpRequest, programme: str, edition: str, number: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    one = _licence(request, found, number)
    context = {
        "edition": found,
        "programme": found.programme,
        "licence": one,
        "state": one.state_on(today()),
        "address": printing.verification_url(one),
        "streak": printing.streak_words(one.in_a_row),
        "events": _life_of(one),
        "reason_forms": {name: ReasonForm(auto_id=f"{name}_%s") for name in CHANGES},
        "can_suspend": rules.can_suspend(request.user, one),
        "can_restore": rules.can_restore(request.user, one),
        "can_withdraw": rules.can_withdraw(request.user, one),
    }
    return render(request, "awards/office/licence.html", context)


def _life_of(one: Licence) -> list[dict[str, Any]]:
    return [
        {"at": event.at, "title": event.get_kind_display(), "text": event.reason, "state": "done"}
        for event in one.events.all()
    ]


@require_POST
def change(request: HttpRequest, programme: str, edition: str, number: str, what: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    one = _licence(request, found, number)
    if what not in CHANGES:
        raise Http404
    action, words = CHANGES[what]
    form = ReasonForm(request.POST)
    if form.is_valid():
        action(licence=one, reason=form.cleaned_data["reason"], actor=request.user)
        messages.success(request, words)
    else:
        messages.error(request, _("Niczego nie zmieniono: uzasadnienie musi mieć co najmniej 10 znaków."))
    return _back(found, "office-licence", number=one.number)


@require_GET
def certificate(request: HttpRequest, programme: str, edition: str, number: str) -> HttpResponse:
    one = _licence(request, _edition(request, programme, edition), number)
    if not one.certificate:
        raise Http404
    with one.certificate.open("rb") as file:
        content = file.read()
    return as_download(content, name=printing.certificate_name(one), content_type="application/pdf")


def give(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    rules.can_give_award(request.user, found).require()
    form = AwardForm(request.POST or None, edition=found, candidates=queries.candidates_of(found))
    if form.is_valid():
        given = form.cleaned_data
        actions.give_award(
            edition=found,
            application=given["application"],
            award_key=given["award"],
            reason=given["reason"],
            actor=request.user,
        )
        messages.success(request, _("Nagrodę zapisano. Publicznie pojawi się po ogłoszeniu nagród."))
        return _back(found)
    context = {"edition": found, "programme": found.programme, "form": form}
    return render(request, "awards/office/give.html", context)


@require_POST
def take_back(request: HttpRequest, programme: str, edition: str, key: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    award = get_object_or_404(queries.awards_of_office(request.user), key=key, edition=found)
    actions.take_back_award(award=award, actor=request.user)
    messages.success(request, _("Nagrodę usunięto, zanim ktokolwiek się o niej dowiedział."))
    return _back(found)


@require_POST
def publish(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    told = actions.publish_awards(edition=found, actor=request.user)
    words = ngettext("Ogłoszono %(n)s nagrodę.", "Ogłoszone nagrody: %(n)s.", len(told))
    messages.success(request, words % {"n": len(told)})
    return _back(found)
