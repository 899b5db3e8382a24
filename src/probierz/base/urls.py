from django.urls import path

from probierz.base import views

public = [
    path("healthz", views.healthz, name="healthz"),
]
office = [
    path("dziennik/", views.journal, name="office-journal"),
    path("wzornik/", views.styleguide, name="office-styleguide"),
]
demo = [
    path("", views.mailbox, name="demo-mailbox"),
    path("<uuid:key>/", views.mailbox_message, name="demo-message"),
]
