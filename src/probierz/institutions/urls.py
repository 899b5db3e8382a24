"""Paths of the room, one list per audience."""

from django.urls import path, re_path

from probierz.institutions.views import imports, panel, parts
from probierz.institutions.views import office as register

_PART = r"^instytucje/(?P<institution>[0-9a-f-]{36})/(?P<slug>punkty|kontakty)/"


def _part_paths(audience: str) -> list:
    extra = {"audience": audience}
    save, remove = f"{audience}-institution-part", f"{audience}-institution-part-remove"
    return [
        re_path(_PART + r"$", parts.save_part, extra, name=save),
        re_path(_PART + r"(?P<pk>\d+)/$", parts.save_part, extra, name=save),
        re_path(_PART + r"(?P<pk>\d+)/usun/$", parts.remove_part, extra, name=remove),
    ]


public: list = [
    path("rejestracja-instytucji/", panel.new_institution, name="institution-new"),
]
office: list = [
    path("instytucje/", register.institutions, name="office-institutions"),
    path("instytucje/nowa/", register.new_institution, name="office-institution-new"),
    path("instytucje/eksport.csv", register.export_institutions, name="office-institutions-export"),
    path("instytucje/duplikaty/", register.duplicates, name="office-institutions-duplicates"),
    path("instytucje/polacz/", register.merge, name="office-institutions-merge"),
    path("instytucje/wczytaj/", imports.upload, name="office-institutions-import"),
    path("instytucje/wczytaj/wzor.csv", imports.template, name="office-institutions-template"),
    path("instytucje/wczytaj/<uuid:batch>/", imports.preview, name="office-institutions-import-preview"),
    path("instytucje/wczytaj/<uuid:batch>/przyjmij/", imports.take, name="office-institutions-import-take"),
    path("instytucje/wczytaj/<uuid:batch>/odrzuc/", imports.abandon, name="office-institutions-import-abandon"),
    path("instytucje/<uuid:institution>/", register.institution, name="office-institution"),
    path("instytucje/<uuid:institution>/edycja/", register.edit_institution, name="office-institution-edit"),
    path("instytucje/<uuid:institution>/zapros/", register.invite_representative, name="office-institution-invite"),
    path(
        "instytucje/<uuid:institution>/zaproszenia/<int:pk>/odwolaj/",
        register.revoke_invitation,
        name="office-institution-invitation-revoke",
    ),
    re_path(
        r"^instytucje/(?P<institution>[0-9a-f-]{36})/przedstawiciele/(?P<pk>\d+)/(?P<answer>zatwierdz|odrzuc)/$",
        register.decide_representation,
        name="office-representative-decide",
    ),
    path(
        "instytucje/<uuid:institution>/przedstawiciele/<int:pk>/odbierz/",
        register.end_representation,
        name="office-representative-end",
    ),
    *_part_paths("office"),
]
institution: list = [
    path("instytucje/", panel.institutions, name="panel-institutions"),
    path("instytucje/nowa/", panel.new_institution, name="panel-institution-new"),
    path("instytucje/<uuid:institution>/", panel.institution, name="panel-institution"),
    path("instytucje/<uuid:institution>/zapros/", panel.invite_colleague, name="panel-institution-invite"),
    *_part_paths("panel"),
]
juror: list = []
