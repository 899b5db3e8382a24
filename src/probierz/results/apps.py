from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResultsConfig(AppConfig):
    name = "probierz.results"
    label = "results"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from probierz.editions import consequences, overview
        from probierz.jury import variances
        from probierz.results import queries
        from probierz.results.queries.evidence import evidence_for

        overview.register("results", queries.overview_cards, _("Wyniki"))
        consequences.register(evidence_for)
        variances.register(queries.last_spread)
