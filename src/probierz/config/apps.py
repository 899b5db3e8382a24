from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "probierz.config"
    label = "config"
