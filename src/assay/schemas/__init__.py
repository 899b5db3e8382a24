"""The JSON Schemas (draft 2020-12) of what the commands take and give."""

from __future__ import annotations

import json
from importlib.resources import files

from assay.exact import FieldError


def schemas_of(command: str) -> dict[str, object]:
    """{"input": schema, "output": schema} of a command such as "score" or "ledger draw".

    Raises FieldError for a command that has none.
    """
    name = command.replace(" ", "-")
    folder = files(__package__)
    known = sorted(
        entry.name[: -len(".input.json")] for entry in folder.iterdir() if entry.name.endswith(".input.json")
    )
    if name not in known:
        raise FieldError("schema", "must be followed by one of: " + ", ".join(known))
    return {side: json.loads((folder / f"{name}.{side}.json").read_text("utf-8")) for side in ("input", "output")}
