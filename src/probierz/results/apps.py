from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResultsConfig(AppConfig):
    name = "probierz.results"
    label = "results"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from probierz.base import verbs
        from probierz.editions import overview
        from probierz.results import queries

        verbs.register(
            {
                "results.calculated": _("obliczono wyniki"),
                "results.sealed": _("zapieczętowano wyniki"),
                "results.published": _("ogłoszono wyniki"),
                "results.reports-queued": _("zlecono brakujące raporty"),
                "results.report-made": _("przygotowano raport rankingowy"),
            }
        )
        overview.register("results", queries.overview_cards, _("Wyniki"))
