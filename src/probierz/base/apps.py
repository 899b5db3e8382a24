from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class BaseConfig(AppConfig):
    name = "probierz.base"
    label = "base"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_make_cache_table, sender=self)


def _make_cache_table(*, using: str, **_: Any) -> None:
    """Rate limits are counted in the database, so that every process of a site counts together."""
    call_command("createcachetable", verbosity=0, database=using)
