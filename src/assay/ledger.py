"""Proof that nothing was changed: a hash chain, Merkle tree heads with proofs (RFC 9162), a verifiable draw.

An entry is sealed with a salt first, and only its seal is chained or put in a tree. Erasing the entry and its
salt leaves the chain whole and tells nothing about what the entry was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from assay.canonical import canonical
from assay.exact import FieldError

GENESIS: Final = "0" * 64
_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"
_SPACE: Final = 2**256


class LedgerError(FieldError):
    """A chain, tree, proof or draw that cannot be read; `field` names the part."""


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _digest_bytes(value: str, field: str) -> bytes:
    try:
        raw = bytes.fromhex(value)
    except (ValueError, TypeError):
        raise LedgerError(field, "must be hexadecimal text") from None
    if len(raw) != 32 or len(value) != 64:
        raise LedgerError(field, "must be 64 hexadecimal digits")
    return raw


def seal(entry: object, salt: bytes = b"") -> str:
    """SHA-256 (hex) of the salt's length, the salt and the entry's canonical JSON.

    Use 16 random bytes of salt where the entry may have to be erased. Raises CanonicalError.
    """
    return _sha256(len(salt).to_bytes(4, "big") + salt + canonical(entry)).hex()


def chain(previous: str, entry: object, salt: bytes = b"") -> str:
    """The chain's next hash after `previous` (64 hex digits; GENESIS before the first entry)."""
    return chain_seal(previous, seal(entry, salt))


def chain_seal(previous: str, sealed: str) -> str:
    """The chain's next hash from an entry's seal alone, as when the entry itself has been erased."""
    return _sha256(_NODE + _digest_bytes(previous, "previous") + _digest_bytes(sealed, "seal")).hex()


@dataclass(frozen=True)
class Link:
    """One link as kept: the entry's seal, the chain's hash after it, the entry and salt unless erased."""

    seal: str
    hash: str
    entry: object = None
    salt: bytes = b""
    is_erased: bool = False


def first_broken(links: Iterable[Link], start: str = GENESIS) -> int | None:
    """The index of the first link that does not follow from those before, None when the chain is whole."""
    previous = start
    for index, link in enumerate(links):
        if not link.is_erased and seal(link.entry, link.salt) != link.seal:
            return index
        try:
            expected = chain_seal(previous, link.seal)
        except LedgerError:
            return index
        if expected != link.hash:
            return index
        previous = link.hash
    return None


def leaf_hash(data: bytes) -> bytes:
    """RFC 9162 2.1.1: SHA-256 of 0x00 and the leaf's data."""
    return _sha256(_LEAF + data)


def _node_hash(left: bytes, right: bytes) -> bytes:
    return _sha256(_NODE + left + right)


def _split(size: int) -> int:
    """The largest power of two below `size` (size at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


class _Tree:
    """Hashes of the leaves with every complete subtree hashed once."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.size = len(leaves)
        self._levels = [[leaf_hash(leaf) for leaf in leaves]]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            self._levels.append([_node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])

    def head(self, low: int, high: int) -> bytes:
        """MTH of the leaves low..high-1, where low is a multiple of the subtree's width."""
        size = high - low
        if size & (size - 1) == 0:
            level = size.bit_length() - 1
            return self._levels[level][low >> level]
        middle = low + _split(size)
        return _node_hash(self.head(low, middle), self.head(middle, high))


def merkle_root(leaves: Sequence[bytes]) -> str:
    """The Merkle tree head (hex) of the leaves' data; SHA-256 of nothing for no leaves. RFC 9162 2.1.1."""
    if not leaves:
        return _sha256(b"").hex()
    return _Tree(leaves).head(0, len(leaves)).hex()


def inclusion_path(leaves: Sequence[bytes], index: int) -> tuple[str, ...]:
    """The audit path (hex, bottom first) of the leaf at `index`. RFC 9162 2.1.3. Raises LedgerError."""
    if not 0 <= index < len(leaves):
        raise LedgerError("index", f"must be from 0 to {len(leaves) - 1}" if leaves else "there are no leaves")
    tree = _Tree(leaves)
    path: list[bytes] = []
    low, high = 0, len(leaves)
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(tree.head(middle, high))
            high = middle
        else:
            path.append(tree.head(low, middle))
            low = middle
    return tuple(node.hex() for node in reversed(path))


def verify_inclusion(root: str, *, size: int, index: int, leaf: bytes, path: Sequence[str]) -> bool:
    """Whether the path proves the leaf's data at `index` of the tree of `size`. RFC 9162 2.1.3.2."""
    head = _digest_bytes(root, "root")
    nodes = [_digest_bytes(node, f"path[{i}]") for i, node in enumerate(path)]
    if not 0 <= index < size:
        return False
    number, last = index, size - 1
    found = leaf_hash(leaf)
    for node in nodes:
        if last == 0:
            return False
        if number & 1 or number == last:
            found = _node_hash(node, found)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = _node_hash(found, node)
        number, last = number >> 1, last >> 1
    return last == 0 and found == head


def consistency_path(leaves: Sequence[bytes], first: int) -> tuple[str, ...]:
    """The proof (hex) that the tree of the first `first` leaves is a prefix of the whole. RFC 9162 2.1.4."""
    if not 1 <= first <= len(leaves):
        raise LedgerError("first", f"must be from 1 to {len(leaves)}" if leaves else "there are no leaves")
    tree = _Tree(leaves)
    path: list[bytes] = []
    low, high, known = 0, len(leaves), True
    while first != high:
        middle = low + _split(high - low)
        if first <= middle:
            path.append(tree.head(middle, high))
            high = middle
        else:
            path.append(tree.head(low, middle))
            low, known = middle, False
    if not known:
        path.append(tree.head(low, high))
    return tuple(node.hex() for node in reversed(path))


def verify_consistency(*, first: int, size: int, first_root: str, root: str, path: Sequence[str]) -> bool:
    """Whether the path proves the tree of `first` leaves a prefix of that of `size`. RFC 9162 2.1.4.2."""
    old, new = _digest_bytes(first_root, "first_root"), _digest_bytes(root, "root")
    nodes = [_digest_bytes(node, f"path[{i}]") for i, node in enumerate(path)]
    if not 1 <= first <= size:
        return False
    if first == size:
        return not nodes and old == new
    if first & (first - 1) == 0:
        nodes.insert(0, old)
    return bool(nodes) and _joined(nodes, first - 1, size - 1) == (old, new)


def _joined(nodes: Sequence[bytes], number: int, last: int) -> tuple[bytes, bytes] | None:
    """Both roots as the proof's nodes give them, None when their count does not fit."""
    while number & 1:
        number, last = number >> 1, last >> 1
    old = new = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            return None
        if number & 1 or number == last:
            old, new = _node_hash(node, old), _node_hash(node, new)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            new = _node_hash(new, node)
        number, last = number >> 1, last >> 1
    return (old, new) if last == 0 else None


def draw(pool: Iterable[str], *, tag: str, seed: bytes) -> tuple[str, ...]:
    """The pool in an order anyone can recompute: ids sorted, then Fisher-Yates from the last place down.

    Each place i takes j uniform on 0..i from SHA-256(seed | "|" | tag | "|" | counter, 8 bytes big-endian);
    one counter runs through the draw, and a value at or above floor(2^256 / (i+1)) * (i+1) is rejected.
    Raises LedgerError when an id stands twice.
    """
    order = sorted(pool)
    for before, after in pairwise(order):
        if before == after:
            raise LedgerError("pool", f"{before[:80]} stands twice")
    prefix = seed + b"|" + tag.encode() + b"|"
    counter = 0
    for place in range(len(order) - 1, 0, -1):
        limit = _SPACE // (place + 1) * (place + 1)
        value = limit
        while value >= limit:
            value = int.from_bytes(_sha256(prefix + counter.to_bytes(8, "big")), "big")
            counter += 1
        other = value % (place + 1)
        order[place], order[other] = order[other], order[place]
    return tuple(order)
