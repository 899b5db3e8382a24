from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "probierz.institutions"
    label = "institutions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from probierz.accounts import roles
        from probierz.base import audiences
        from probierz.institutions import queries, representation

        audiences.register("institution", queries.is_representative)
        roles.register(
            representation.ROLE,
            _("przedstawiciel instytucji"),
            representation.take_up,
            may_invite=representation.may_invite,
        )
