from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditsConfig(AppConfig):
    name = "probierz.audits"
    label = "audits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from probierz.audits import queries
        from probierz.editions import overview

        overview.register("audits", queries.overview_cards, _("Audyty"))
