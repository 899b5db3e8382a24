from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    name = "probierz.awards"
    label = "awards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from probierz.awards import queries
        from probierz.base import verbs
        from probierz.editions import overview

        verbs.register(
            {
                "awards.licences-granted": _("przyznano licencje"),
                "awards.past-licence-recorded": _("wpisano licencję wcześniejszej edycji"),
                "awards.licence-suspended": _("zawieszono licencję"),
                "awards.licence-restored": _("przywrócono licencję"),
                "awards.licence-withdrawn": _("cofnięto licencję"),
                "awards.certificates-queued": _("zlecono brakujące dokumenty licencji"),
                "awards.certificate-made": _("przygotowano dokument licencji"),
                "awards.award-given": _("przyznano nagrodę"),
                "awards.award-taken-back": _("usunięto nagrodę przed ogłoszeniem"),
                "awards.awards-published": _("ogłoszono nagrody"),
            }
        )
        overview.register("awards", queries.overview_cards, _("Licencje i nagrody"))
