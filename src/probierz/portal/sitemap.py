"""The addresses that search engines should know: what is meant for everybody, and nothing that names a person."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from probierz.editions.models import Programme

ALWAYS = ["public-home", "public-laureates", "public-verify", "public-accessibility", "public-privacy"]


def addresses(programmes: Iterable[Programme]) -> list[str]:
    paths = [reverse(name) for name in ALWAYS]
    for programme in programmes:
        paths.append(reverse("public-programme", args=[programme.slug]))
        for edition in programme.editions.all():
            here = [programme.slug, edition.slug]
            paths += [reverse(name, args=here) for name in ("public-edition", "public-criteria", "public-rules")]
    return [f"{settings.SITE_URL}{path}" for path in paths]
