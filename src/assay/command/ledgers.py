"""`ledger root`, `prove`, `verify` and `draw`."""

from __future__ import annotations

from typing import Any

from assay.command.reading import CommandError
from assay.fields import Fields
from assay.ledger import (
    LedgerError,
    consistency_path,
    draw,
    inclusion_path,
    merkle_root,
    verify_consistency,
    verify_inclusion,
)


def root_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError).only(("leaves",))
    return {"root": merkle_root(_leaves(fields))}


def prove_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError).only(("leaves", "index", "first"))
    leaves = _leaves(fields)
    if fields.has("index") == fields.has("first"):
        raise fields.refuse("index", "give either index or first")
    try:
        if fields.has("index"):
            return {"path": list(inclusion_path(leaves, fields.whole("index")))}
        return {"path": list(consistency_path(leaves, fields.whole("first")))}
    except LedgerError as problem:
        raise CommandError(problem.field, problem.reason) from None


def verify_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError)
    root, path = fields.text("root"), list(fields.items("path"))
    for index, node in enumerate(path):
        if not isinstance(node, str):
            raise fields.refuse(f"path[{index}]", "must be text")
    size = fields.whole("size", least=1, most=2**62)
    try:
        if "first" in fields.values:
            fields.only(("first", "size", "first_root", "root", "path"))
            first, first_root = fields.whole("first", least=1, most=2**62), fields.text("first_root")
            valid = verify_consistency(first=first, size=size, first_root=first_root, root=root, path=path)
        else:
            fields.only(("root", "size", "index", "leaf", "path"))
            index, leaf = fields.whole("index", most=2**62), _leaf(fields)
            valid = verify_inclusion(root, size=size, index=index, leaf=leaf, path=path)
    except LedgerError as problem:
        raise CommandError(problem.field, problem.reason) from None
    return {"valid": valid}


def draw_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError).only(("pool", "tag", "seed"))
    seed = _bytes(fields, "seed", fields.text("seed"))
    pool = fields.texts("pool")
    for name, text in (*((f"pool[{index}]", key) for index, key in enumerate(pool)), ("tag", fields.text("tag"))):
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise fields.refuse(name, "has a lone surrogate")
    return {"order": list(draw(pool, tag=fields.text("tag"), seed=seed))}


def _leaves(fields: Fields) -> list[bytes]:
    return [_bytes(fields, f"leaves[{index}]", leaf) for index, leaf in enumerate(fields.items("leaves"))]


def _leaf(fields: Fields) -> bytes:
    if not fields.has("leaf"):
        raise fields.refuse("leaf", "is missing")
    return _bytes(fields, "leaf", fields.values["leaf"])


def _bytes(fields: Fields, name: str, value: object) -> bytes:
    try:
        if not isinstance(value, str) or value != "".join(value.split()):
            raise ValueError
        return bytes.fromhex(value)
    except ValueError:
        raise fields.refuse(name, "must be hexadecimal text") from None
