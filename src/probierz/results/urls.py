"""Paths of the room, one list per audience."""

from __future__ import annotations

from django.urls import path

from probierz.results.views import border, jury, panel
from probierz.results.views import office as desk
from probierz.results.views import public as street
from probierz.results.views import sensitivity as doubts

public = [
    path("<slug:programme>/<slug:edition>/protokol.json", street.protocol, name="public-protocol"),
]

_HERE = "konkurs/<slug:programme>/<slug:edition>/wyniki/"
_JURY = "konkurs/<slug:programme>/<slug:edition>/jakosc-jury/"
_DOUBTS = "konkurs/<slug:programme>/<slug:edition>/wrazliwosc/"

office = [
    path(_HERE, desk.results, name="office-results"),
    path(f"{_HERE}oblicz/", desk.calculate, name="office-calculate"),
    path(f"{_HERE}oglos/", desk.publish, name="office-publish"),
    path(f"{_HERE}raporty/", desk.reports, name="office-reports"),
    path(f"{_HERE}raporty/przygotuj/", desk.queue_reports, name="office-reports-queue"),
    path(f"{_HERE}<uuid:key>/", desk.results, name="office-calculation"),
    path(f"{_HERE}<uuid:key>/zapieczetuj/", desk.seal, name="office-seal"),
    path(f"{_HERE}<uuid:key>/protokol.json", desk.protocol, name="office-protocol"),
    path(f"{_HERE}<uuid:key>/porownaj/<uuid:other>/", desk.compare, name="office-compare"),
    path(f"{_HERE}<uuid:key>/instytucja/<uuid:application>/", desk.result, name="office-result"),
    path(f"{_HERE}<uuid:key>/instytucja/<uuid:application>/dodatkowy-audyt/", border.order, name="office-extra-audit"),
    path(_DOUBTS, doubts.sensitivity, name="office-sensitivity"),
    path(f"{_DOUBTS}skad/<slug:topic>/", doubts.explanation, name="office-sensitivity-why"),
    path(f"{_DOUBTS}<uuid:application>/", doubts.institution, name="office-sensitivity-institution"),
    path(_JURY, jury.quality, name="office-jury-quality"),
    path(f"{_JURY}<uuid:key>/", jury.juror, name="office-jury-quality-juror"),
]

institution = [
    path("wyniki/", panel.results, name="panel-results"),
    path("wyniki/<uuid:key>/", panel.result, name="panel-result"),
    path("wyniki/<uuid:key>/raport.pdf", panel.report, name="panel-report"),
]

juror: list = []
