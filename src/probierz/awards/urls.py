"""Paths of the room, one list per audience. The public's pages are the portal's."""

from __future__ import annotations

from django.urls import path

from probierz.awards.views import office as desk
from probierz.awards.views import panel

public: list = []

_HERE = "konkurs/<slug:programme>/<slug:edition>/nagrody/"

office = [
    path(_HERE, desk.awards, name="office-awards"),
    path(f"{_HERE}przyznaj/", desk.grant, name="office-licences-grant"),
    path(f"{_HERE}dokumenty/", desk.certificates, name="office-certificates"),
    path(f"{_HERE}dokumenty/przygotuj/", desk.queue_certificates, name="office-certificates-queue"),
    path(f"{_HERE}nagroda/", desk.give, name="office-award-give"),
    path(f"{_HERE}nagroda/ogloszenie/", desk.publish, name="office-awards-publish"),
    path(f"{_HERE}nagroda/<uuid:key>/usun/", desk.take_back, name="office-award-take-back"),
    path(f"{_HERE}licencja/<slug:number>/", desk.licence, name="office-licence"),
    path(f"{_HERE}licencja/<slug:number>/dokument.pdf", desk.certificate, name="office-certificate"),
    path(f"{_HERE}licencja/<slug:number>/<slug:what>/", desk.change, name="office-licence-change"),
]

institution = [
    path("licencje/", panel.licences, name="panel-licences"),
    path("licencje/<slug:number>/dokument.pdf", panel.certificate, name="panel-certificate"),
    path("licencje/<slug:number>/znak.zip", panel.logo_pack, name="panel-logo-pack"),
]

juror: list = []
