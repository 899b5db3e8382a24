from django.apps import AppConfig


class JuryConfig(AppConfig):
    name = "probierz.jury"
    label = "jury"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from probierz.accounts import roles
        from probierz.base import audiences
        from probierz.editions import overview
        from probierz.jury import joining, queries

        audiences.register("juror", queries.is_juror)
        roles.register(joining.ROLE, _("juror"), joining.take_up)
        overview.register("jury", queries.overview_cards, _("Jury"))
