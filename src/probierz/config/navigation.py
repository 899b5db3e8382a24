"""What every page knows: its audience, the ways on from here, the programme and edition it is about."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from probierz.base import audiences, clock

Link = dict[str, Any]


def page_context(request: HttpRequest) -> dict[str, Any]:
    audience = audiences.of_path(request.path_info)
    match = getattr(request, "resolver_match", None)
    kwargs = match.kwargs if match else {}
    user = getattr(request, "user", None)
    return {
        "audience": audience,
        "nav": _ways(request, audience, kwargs),
        "foot_nav": _foot(),
        "my_audiences": audiences.audiences_of(user) if user is not None and user.is_authenticated else [],
        "demo": settings.DEMO,
        "clock_shifted": clock.now() if clock.is_shifted() else None,
        "server_now": clock.now(),
    }


def _ways(request: HttpRequest, audience: str, kwargs: dict[str, Any]) -> list[Link]:
    ways = {"office": _office, "institution": _institution, "juror": _juror}.get(audience, _public)
    links = ways(getattr(request, "edition_here", kwargs))
    for link in links:
        link["current"] = bool(link["url"]) and _is_current(request.path_info, link)
    return links


def _is_current(path: str, link: Link) -> bool:
    starts = [link["url"], *link.get("also", ())]
    return path == link["url"] or (not link.get("exact") and path.startswith(tuple(filter(None, starts))))


def _public(kwargs: dict[str, Any]) -> list[Link]:
    """The edition's pages come first where the address, or the page itself, says which edition it is about."""
    links = [_link(_("Konkursy"), "public-home", "home", exact=True)]
    if "programme" in kwargs and "edition" in kwargs:
        here = {"programme": kwargs["programme"], "edition": kwargs["edition"]}
        links = [
            _link(_("Konkurs"), "public-programme", "home", {"programme": here["programme"]}, exact=True),
            _link(_("Edycja"), "public-edition", "calendar", here, exact=True),
            _link(_("Kryteria"), "public-criteria", "list", here),
            _link(_("Zasady"), "public-rules", "scales", here),
        ]
    return links + [
        _link(_("Laureaci"), "public-laureates", "trophy"),
        _link(_("Weryfikacja licencji"), "public-verify", "shield"),
    ]


def _foot() -> list[Link]:
    return [
        _link(_("Deklaracja dostępności"), "public-accessibility", "eye"),
        _link(_("Prywatność"), "public-privacy", "lock"),
    ]


def _office(kwargs: dict[str, Any]) -> list[Link]:
    links = []
    if "programme" in kwargs and "edition" in kwargs:
        here = {"programme": kwargs["programme"], "edition": kwargs["edition"]}
        links += [
            _link(_("Przegląd edycji"), "office-edition", "map", here, exact=True, group=_("Edycja")),
            _link(_("Zgłoszenia"), "office-applications", "inbox", here),
            _link(_("Przydziały"), "office-allocation", "scales", here),
            _link(_("Audyty"), "office-audits", "check-circle", here),
            _link(_("Jakość jury"), "office-jury-quality", "eye", here),
            _link(_("Wyniki"), "office-results", "chart", here, also=[_address("office-sensitivity", **here)]),
            _link(_("Licencje i nagrody"), "office-awards", "seal", here),
            _link(_("Zasady i terminy"), "office-edition-settings", "settings", here),
        ]
    return links + [
        _link(_("Konkursy i edycje"), "office-home", "archive", exact=True, group=_("Wspólne")),
        _link(_("Instytucje"), "office-institutions", "building"),
        _link(_("Jury"), "office-jurors", "users"),
        _link(_("Arkusze"), "office-instruments", "list"),
        _link(_("Scenariusze"), "office-scenarios", "eye-off"),
        _link(_("Dziennik"), "office-journal", "book"),
    ]


def _institution(kwargs: dict[str, Any]) -> list[Link]:
    return [
        _link(_("Start"), "panel-home", "home", exact=True),
        _link(_("Zgłoszenia"), "panel-applications", "inbox"),
        _link(_("Wyniki i raporty"), "panel-results", "chart"),
        _link(_("Licencje"), "panel-licences", "seal"),
        _link(_("Dane instytucji"), "panel-institutions", "building"),
    ]


def _juror(kwargs: dict[str, Any]) -> list[Link]:
    return [
        _link(_("Mój dzień"), "jury-home", "calendar", exact=True),
        _link(_("Oświadczenia"), "jury-declarations", "shield"),
        _link(_("Profil"), "jury-profile", "user"),
    ]


def _link(label: str, name: str, icon: str, kwargs: dict[str, Any] | None = None, **more: Any) -> Link:
    return {"label": label, "url": _address(name, **(kwargs or {})), "icon": icon, **more}


@lru_cache(maxsize=1024)
def _address(name: str, **kwargs: str) -> str:
    """The same dozen on every page of an edition."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
