"""One byte form for one JSON value, so that its digest means something. Why it is not the engine's: ARCHITECTURE.md."""

from __future__ import annotations

import json
from typing import Any


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
