"""Where static files lie: under names with the digest of their content, worked out once in each process."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class KeptAddresses(CompressedManifestStaticFilesStorage):
    """A page names some thirty files and the manifest is read once a process, so an address is made once too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: dict[str | None, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        if name not in self._kept:
            self._kept[name] = super().url(name, force)
        return self._kept[name]
