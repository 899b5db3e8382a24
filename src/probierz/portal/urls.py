"""Paths of the room, one list per audience. The programmes' own addresses come last: they take any word."""

from django.urls import path

from probierz.portal.views import licences, notices, panel
from probierz.portal.views import programmes as street

public = [
    path("", street.home, name="public-home"),
    path("laureaci/", licences.laureates, name="public-laureates"),
    path("weryfikacja/", licences.verify, name="public-verify"),
    path("weryfikacja/<slug:number>/", licences.licence, name="public-licence"),
    path("deklaracja-dostepnosci/", notices.accessibility, name="public-accessibility"),
    path("prywatnosc/", notices.privacy, name="public-privacy"),
    path("robots.txt", notices.robots, name="public-robots"),
    path("sitemap.xml", notices.site_map, name="public-sitemap"),
    path("<slug:programme>/", street.programme, name="public-programme"),
    path("<slug:programme>/<slug:edition>/", street.edition, name="public-edition"),
    path("<slug:programme>/<slug:edition>/kryteria/", street.criteria, name="public-criteria"),
    path("<slug:programme>/<slug:edition>/zasady/", street.rules, name="public-rules"),
    path("<slug:programme>/<slug:edition>/zglos/", street.enter, name="public-enter"),
]
office: list = []
institution = [
    path("", panel.home, name="panel-home"),
]
juror: list = []
