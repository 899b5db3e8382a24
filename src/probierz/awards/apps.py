from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    name = "probierz.awards"
    label = "awards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from probierz.awards import queries
        from probierz.editions import overview

        overview.register("awards", queries.overview_cards, _("Licencje i nagrody"))
