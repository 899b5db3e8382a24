"""Paths of the room, one list per audience."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from probierz.accounts import views

public: list = [
    path("start/", views.start, name="start"),
    path("konto/profil/", views.profile, name="account-profile"),
    path("zaproszenie/<str:token>/", views.invitation, name="invitation"),
    # Without a token, so that public pages need no cookie and may be cached; it sets the language and nothing else.
    path("jezyk/", csrf_exempt(set_language), name="set_language"),
]
office: list = []
institution: list = []
juror: list = []
