"""Paths of the room, one list per audience."""

from django.urls import URLPattern, path

from probierz.editions.views import office as pages
from probierz.editions.views import public as open_pages
from probierz.editions.views import rulebook, settings, team

_here = "konkurs/<slug:programme>/<slug:edition>/"
_set = f"{_here}ustawienia/"

public = [
    path("marka/<slug:slug>.css", open_pages.brand_css, name="public-brand-css"),
    path("<slug:programme>/<slug:edition>/kalendarz.ics", open_pages.calendar_feed, name="public-calendar"),
    path("<slug:programme>/<slug:edition>/zasady.pdf", open_pages.rules_pdf, name="public-rules-pdf"),
    path("<slug:programme>/<slug:edition>/patroni/<int:pk>.png", open_pages.patron_logo, name="public-patron-logo"),
]
office = [
    path("", pages.home, name="office-home"),
    path("nowa-edycja/", pages.new, name="office-edition-new"),
    path("konkurs/<slug:slug>/", team.programme, name="office-programme"),
    path("konkurs/<slug:slug>/zespol/", team.team, name="office-team"),
    path("konkurs/<slug:slug>/zespol/<int:pk>/rola/", team.role, name="office-team-role"),
    path("konkurs/<slug:slug>/zespol/<int:pk>/usun/", team.remove, name="office-team-remove"),
    path("konkurs/<slug:slug>/zespol/zaproszenia/<int:pk>/cofnij/", team.revoke, name="office-team-revoke"),
    path(_here, pages.edition, name="office-edition"),
    path(_set, settings.dates, name="office-edition-settings"),
    path(f"{_set}etapy/<slug:kind>/", settings.stage, name="office-edition-stage"),
    path(f"{_set}opis/", settings.description, name="office-edition-description"),
    path(f"{_set}kategorie/", settings.categories, name="office-edition-categories"),
    path(f"{_set}kategorie/nowa/", settings.category, name="office-edition-category-new"),
    path(f"{_set}kategorie/<slug:key>/", settings.category, name="office-edition-category"),
    path(f"{_set}kategorie/<slug:key>/usun/", settings.remove_category, name="office-edition-category-remove"),
    path(f"{_set}kanaly/", settings.channels, name="office-edition-channels"),
    path(f"{_set}zasady/", rulebook.rulebook, name="office-edition-rulebook"),
    path(f"{_set}zasady/podglad/", rulebook.preview, name="office-edition-rulebook-preview"),
    path(f"{_set}zasady/skutki/", rulebook.foresee, name="office-edition-rulebook-consequences"),
    path(f"{_set}zasady/skad/<slug:topic>/", rulebook.explanation, name="office-edition-rulebook-why"),
    path(f"{_set}zasady/zamroz/", rulebook.freeze, name="office-edition-rulebook-freeze"),
    path(f"{_set}patroni/", settings.patrons, name="office-edition-patrons"),
    path(f"{_set}patroni/nowy/", settings.patron, name="office-edition-patron-new"),
    path(f"{_set}patroni/<int:pk>/", settings.patron, name="office-edition-patron"),
    path(f"{_set}patroni/<int:pk>/usun/", settings.remove_patron, name="office-edition-patron-remove"),
]
institution: list[URLPattern] = []
juror: list[URLPattern] = []
