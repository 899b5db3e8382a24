"""Paths of the room, one list per audience."""

from django.urls import URLPattern, path

from probierz.instruments.views import editor, scenarios, sheets

_version = "arkusze/wersja/<uuid:key>/"

public: list[URLPattern] = []
office = [
    path("arkusze/", sheets.instruments, name="office-instruments"),
    path("arkusze/dostarczone/", sheets.install, name="office-instruments-install"),
    path(_version, sheets.version, name="office-instrument-version"),
    path(f"{_version}zmiany/", sheets.changes, name="office-instrument-changes"),
    path(f"{_version}proba/", sheets.trial, name="office-instrument-trial"),
    path(f"{_version}kopia/", sheets.copy, name="office-instrument-copy"),
    path(f"{_version}publikacja/", sheets.publish, name="office-instrument-publish"),
    path(f"{_version}porzuc/", sheets.discard, name="office-instrument-discard"),
    path(f"{_version}edycja/", editor.editor, name="office-instrument-edit"),
    path(f"{_version}edycja/naglowek/", editor.head, name="office-instrument-head"),
    path(f"{_version}edycja/kolejnosc/", editor.rearrange, name="office-instrument-rearrange"),
    path(f"{_version}edycja/sekcja/", editor.section, name="office-instrument-section-new"),
    path(f"{_version}edycja/sekcja/<str:section>/", editor.section, name="office-instrument-section"),
    path(f"{_version}edycja/sekcja/<str:section>/pozycja/", editor.item, name="office-instrument-item-new"),
    path(f"{_version}edycja/sekcja/<str:section>/pozycja/<str:item>/", editor.item, name="office-instrument-item"),
    path("arkusze/<slug:key>/", sheets.instrument, name="office-instrument"),
    path("arkusze/<slug:key>/nowa-wersja/", sheets.start, name="office-instrument-start"),
    path("scenariusze/", scenarios.scenarios, name="office-scenarios"),
    path("scenariusze/nowy/", scenarios.edit, name="office-scenario-new"),
    path("scenariusze/<slug:key>/", scenarios.scenario, name="office-scenario"),
    path("scenariusze/<slug:key>/edycja/", scenarios.edit, name="office-scenario-edit"),
    path("scenariusze/<slug:key>/odpowiedz/", scenarios.answer, name="office-scenario-answer-new"),
    path("scenariusze/<slug:key>/odpowiedz/<int:pk>/", scenarios.answer, name="office-scenario-answer"),
    path(
        "scenariusze/<slug:key>/odpowiedz/<int:pk>/usun/",
        scenarios.remove_answer,
        name="office-scenario-answer-remove",
    ),
]
institution: list[URLPattern] = []
juror: list[URLPattern] = []
