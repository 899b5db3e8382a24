from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "probierz.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
