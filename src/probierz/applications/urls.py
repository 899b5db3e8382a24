"""Paths of the room, one list per audience."""

from django.urls import URLPattern, include, path

from probierz.applications.views import files, paper
from probierz.applications.views import institution as views
from probierz.applications.views import office as office_views

_one = [
    path("", views.overview, name="panel-application"),
    path("formularz/", views.form, name="panel-application-form"),
    path("formularz/<slug:section>/", views.section, name="panel-application-section"),
    path("zapis/", views.autosave, name="panel-application-autosave"),
    path("podglad/", views.preview, name="panel-application-preview"),
    path("podpis/", views.sign, name="panel-application-sign"),
    path("druk.pdf", files.print_form, name="panel-application-print"),
    path("potwierdzenie.pdf", files.confirmation, name="panel-application-confirmation"),
    path("plik/<uuid:file>/", files.file, name="panel-application-file"),
    path("plik/<uuid:file>/usun/", files.remove, name="panel-application-file-remove"),
    path("oswiadczenia/", views.declarations, name="panel-application-declarations"),
    path("wyslij/", views.submit, name="panel-application-submit"),
    path("wycofaj/", views.withdraw, name="panel-application-withdraw"),
    path("uzupelnienie/", views.answer_completion, name="panel-application-completion"),
]
_card = [
    path("", office_views.application, name="office-application"),
    path("ocena/", office_views.check, name="office-application-check"),
    path("ocena/wszystkie/", office_views.confirm_all, name="office-application-confirm-all"),
    path("notatka/", office_views.note, name="office-application-note"),
    path("przyjmij/", office_views.accept, name="office-application-accept"),
    path("odrzuc/", office_views.reject, name="office-application-reject"),
    path("wezwij/", office_views.request_completion, name="office-application-request"),
    path("wycofaj/", office_views.withdraw, name="office-application-withdraw"),
    path("plik/<uuid:file>/", files.office_file, name="office-application-file"),
    path("druk.pdf", files.office_print_form, name="office-application-print"),
    path("formularz/", paper.form, name="office-application-form"),
    path("formularz/zapis/", paper.autosave, name="office-application-autosave"),
    path("formularz/czesc/", paper.save, name="office-application-save"),
    path("formularz/oswiadczenia/", paper.declare, name="office-application-declare"),
    path("formularz/skan/", paper.upload, name="office-application-upload"),
    path("formularz/zarejestruj/", paper.register, name="office-application-register"),
]

public: list[URLPattern] = []
office = [
    path(
        "konkurs/<slug:programme>/<slug:edition>/",
        include(
            [
                path("zgloszenia/", office_views.applications, name="office-applications"),
                path("zgloszenia.csv", office_views.applications_csv, name="office-applications-csv"),
                path("zgloszenia/na-papierze/", paper.enter, name="office-application-enter"),
                path("zgloszenia/<uuid:key>/", include(_card)),
            ]
        ),
    ),
]
institution = [
    path("zgloszenia/", views.applications, name="panel-applications"),
    path("zgloszenia/nowe/", views.new, name="panel-application-new"),
    path("zgloszenia/nowe/<uuid:edition>/<uuid:institution>/", views.start, name="panel-application-start"),
    path("zgloszenia/<uuid:key>/", include(_one)),
]
juror: list[URLPattern] = []
