"""Paths of the room, one list per audience. An institution has none."""

from __future__ import annotations

from django.urls import URLPattern, path

from probierz.audits.views import juror as field
from probierz.audits.views import office as desk

public: list[URLPattern] = []
institution: list[URLPattern] = []

juror = [
    path("", field.home, name="jury-home"),
    path("przydzial/<uuid:key>/", field.assignment, name="jury-assignment"),
    path("przydzial/<uuid:key>/zacznij/", field.start, name="jury-audit-start"),
    path("przydzial/<uuid:key>/rozpoznano/", field.recognised, name="jury-recognised"),
    path("przydzial/<uuid:key>/rezygnacja/", field.decline, name="jury-decline"),
    path("audyt/<uuid:key>/", field.audit, name="jury-audit"),
    path("audyt/<uuid:key>/odpowiedz/", field.answer, name="jury-audit-answer"),
    path("audyt/<uuid:key>/kontakt/", field.contact, name="jury-audit-contact"),
    path("audyt/<uuid:key>/zdjecie/", field.photo, name="jury-audit-photo"),
    path("audyt/<uuid:key>/podsumowanie/", field.summary, name="jury-audit-summary"),
    path("audyt/<uuid:key>/przeslij/", field.submit, name="jury-audit-submit"),
    path("dowod/<uuid:key>/", field.evidence, name="jury-evidence"),
    path("dowod/<uuid:key>/usun/", field.remove_photo, name="jury-evidence-remove"),
]

_HERE = "konkurs/<slug:programme>/<slug:edition>/audyty/"

office = [
    path(_HERE, desk.audits, name="office-audits"),
    path(f"{_HERE}zatwierdz/", desk.approve_many, name="office-audits-approve"),
    path(f"{_HERE}<uuid:key>/", desk.audit, name="office-audit"),
    path(f"{_HERE}<uuid:key>/zwroc/", desk.give_back, name="office-audit-return"),
    path(f"{_HERE}<uuid:key>/zatwierdz/", desk.approve, name="office-audit-approve"),
    path(f"{_HERE}<uuid:key>/odrzuc/", desk.reject, name="office-audit-reject"),
    path(f"{_HERE}<uuid:key>/ocena/<slug:item>/", desk.override, name="office-audit-override"),
    path(f"{_HERE}nastepca/<uuid:key>/", desk.replace, name="office-audit-replace"),
    path(f"{_HERE}dowod/<uuid:key>/", desk.evidence, name="office-audit-evidence"),
]
