"""Paths of the room, one list per audience."""

from django.urls import include, path

from probierz.jury.views import juror as field
from probierz.jury.views import office as views
from probierz.jury.views import plans, precision

_juror = [
    path("", views.juror, name="office-juror"),
    path("zmien/", views.edit, name="office-juror-edit"),
    path("zapros-ponownie/", views.invite_again, name="office-juror-invite-again"),
    path("przerwa/", views.rest, name="office-juror-rest"),
    path("powrot/", views.activate, name="office-juror-activate"),
    path("konflikt/", views.add_conflict, name="office-juror-conflict"),
    path("konflikt/<int:conflict>/znies/", views.lift_conflict, name="office-juror-conflict-lift"),
]
_plan = [
    path("", plans.plan, name="office-allocation-plan"),
    path("dokladnosc/", precision.explanation, name="office-allocation-precision"),
    path("popraw/", precision.repair, name="office-allocation-repair"),
    path("dodaj/", precision.add, name="office-allocation-add"),
    path("opublikuj/", plans.publish, name="office-allocation-publish"),
    path("odrzuc/", plans.discard, name="office-allocation-discard"),
    path("miejsce/<slug:seat>/", plans.seat, name="office-allocation-seat"),
    path("miejsce/<slug:seat>/sprawdz/", plans.check_seat, name="office-allocation-check"),
    path("miejsce/<slug:seat>/zapisz/", plans.assign, name="office-allocation-assign"),
]

public: list = []
office = [
    path("jurorzy/", views.jurors, name="office-jurors"),
    path("jurorzy/zapros/", views.invite, name="office-juror-invite"),
    path("jurorzy/<uuid:key>/", include(_juror)),
    path(
        "konkurs/<slug:programme>/<slug:edition>/przydzialy/",
        include(
            [
                path("", plans.allocation, name="office-allocation"),
                path("przygotuj/", plans.propose, name="office-allocation-propose"),
                path("<uuid:key>/", include(_plan)),
            ]
        ),
    ),
]
institution: list = []
juror = [
    path("profil/", field.profile, name="jury-profile"),
    path("profil/<uuid:key>/", field.profile, name="jury-profile-of"),
    path("oswiadczenia/", field.declarations, name="jury-declarations"),
    path("oswiadczenia/<uuid:key>/", field.declaration, name="jury-declaration"),
]
