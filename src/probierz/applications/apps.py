from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "probierz.applications"
    label = "applications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from probierz.applications.overview import overview_cards
        from probierz.editions import overview

        overview.register("applications", overview_cards, _("Zgłoszenia"))
