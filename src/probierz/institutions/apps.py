from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "probierz.institutions"
    label = "institutions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from probierz.base import audiences
        from probierz.institutions import queries

        audiences.register("institution", queries.is_representative)
