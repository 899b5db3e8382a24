"""One writer at a time: an action works on the row as it is, not as the page last saw it."""

from __future__ import annotations

from probierz.applications.models import Application


def _locked(application: Application) -> Application:
    """The same application, fresh and locked until the action ends."""
    Application.objects.select_for_update().get(pk=application.pk)
    return Application.objects.select_related("edition__programme", "category", "institution").get(pk=application.pk)
