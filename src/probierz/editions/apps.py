from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "probierz.editions"
    label = "editions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from probierz.accounts import roles
        from probierz.base import audiences
        from probierz.editions import queries
        from probierz.editions.actions import office
        from probierz.instruments import editors

        audiences.register("office", queries.is_office)
        editors.register(queries.is_working_office)
        roles.register("office", _("biuro konkursu"), on_accept=office._join_office)
