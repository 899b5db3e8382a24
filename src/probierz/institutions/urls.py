"""Paths of the room, one list per audience."""

from django.urls import path

from probierz.institutions.views import imports, panel, parts
from probierz.institutions.views import office as register

_INSTITUTION = "instytucje/<uuid:institution>"
_REPRESENTATIVE = f"{_INSTITUTION}/przedstawiciele/<int:pk>"


def _part_paths(audience: str) -> list:
    """Units and contacts, edited on the page of one audience or the other."""
    here, extra = f"{_INSTITUTION}/wpisy/<slug:slug>", {"audience": audience}
    save, remove = f"{audience}-institution-part", f"{audience}-institution-part-remove"
    return [
        path(f"{here}/", parts.save_part, extra, name=save),
        path(f"{here}/<int:pk>/", parts.save_part, extra, name=save),
        path(f"{here}/<int:pk>/usun/", parts.remove_part, extra, name=remove),
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
    path(f"{_INSTITUTION}/", register.institution, name="office-institution"),
    path(f"{_INSTITUTION}/edycja/", register.edit_institution, name="office-institution-edit"),
    path(f"{_INSTITUTION}/zapros/", register.invite_representative, name="office-institution-invite"),
    path(
        f"{_INSTITUTION}/zaproszenia/<int:pk>/odwolaj/",
        register.revoke_invitation,
        name="office-institution-invitation-revoke",
    ),
    path(f"{_REPRESENTATIVE}/zatwierdz/", register.approve_representation, name="office-representative-approve"),
    path(f"{_REPRESENTATIVE}/odrzuc/", register.refuse_representation, name="office-representative-refuse"),
    path(f"{_REPRESENTATIVE}/odbierz/", register.end_representation, name="office-representative-end"),
    *_part_paths("office"),
]
institution: list = [
    path("instytucje/", panel.institutions, name="panel-institutions"),
    path("instytucje/nowa/", panel.new_institution, name="panel-institution-new"),
    path(f"{_INSTITUTION}/", panel.institution, name="panel-institution"),
    path(f"{_INSTITUTION}/zapros/", panel.invite_colleague, name="panel-institution-invite"),
    *_part_paths("panel"),
]
juror: list = []
