from django.apps import AppConfig


class JuryConfig(AppConfig):
    name = "probierz.jury"
    label = "jury"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from probierz.base import audiences
        from probierz.jury import queries

        audiences.register("juror", queries.is_juror)
