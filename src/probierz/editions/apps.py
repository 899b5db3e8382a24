from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "probierz.editions"
    label = "editions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from probierz.base import audiences
        from probierz.editions import queries
        from probierz.instruments import editors

        audiences.register("office", queries.is_office)
        editors.register(queries.is_working_office)
