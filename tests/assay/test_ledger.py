"""Chains, trees and draws, against published vectors and against tampering."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.ledger import (
    GENESIS,
    LedgerError,
    Link,
    chain,
    chain_seal,
    consistency_path,
    draw,
    first_broken,
    inclusion_path,
    merkle_root,
    seal,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_tree_heads_of_the_reference_leaves(size):
    """The Certificate Transparency reference tree (RFC 6962, unchanged in RFC 9162): heads of sizes 0 to 8."""
    assert merkle_root(LEAVES[:size]) == ROOTS[size]


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [
        (0, 1, []),
        (
            0,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
    ],
)
def test_inclusion_paths_of_the_reference_tree(index, size, path):
    """Inclusion proofs of the Certificate Transparency reference tree."""
    assert list(inclusion_path(LEAVES[:size], index)) == path
    assert verify_inclusion(ROOTS[size], size=size, index=index, leaf=LEAVES[index], path=path)


@pytest.mark.parametrize(
    ("first", "size", "path"),
    [
        (
            2,
            5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
        (
            6,
            8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (4, 8, ["6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    ],
)
def test_consistency_paths_of_the_reference_tree(first, size, path):
    """Consistency proofs of the Certificate Transparency reference tree."""
    assert list(consistency_path(LEAVES[:size], first)) == path
    assert verify_consistency(first=first, size=size, first_root=ROOTS[first], root=ROOTS[size], path=path)


def _leaves(size):
    return [bytes([size, index]) for index in range(size)]


def test_every_proof_of_every_small_tree_verifies_and_no_mangled_one_does():
    for size in range(1, 20):
        leaves = _leaves(size)
        root = merkle_root(leaves)
        for index in range(size):
            path = inclusion_path(leaves, index)
            assert verify_inclusion(root, size=size, index=index, leaf=leaves[index], path=path)
            wrong = [(index, b"x", path), (size, leaves[index], path), (index, leaves[index], (*path, GENESIS))]
            wrong += [(index, leaves[index], path[:-1])] if path else []
            wrong += [((index + 1) % size, leaves[index], path)] if size > 1 else []
            assert not any(verify_inclusion(root, size=size, index=at, leaf=leaf, path=bad) for at, leaf, bad in wrong)


def test_every_consistency_proof_of_every_small_tree():
    for size in range(1, 17):
        root = merkle_root(_leaves(20)[:size])
        for first in range(1, size + 1):
            old = merkle_root(_leaves(20)[:first])
            path = consistency_path(_leaves(20)[:size], first)

            def holds(bad, old=old, first=first, root=root, size=size):
                return verify_consistency(first=first, size=size, first_root=old, root=root, path=bad)

            assert holds(path)
            assert not holds((*path, GENESIS))
            assert not (path and holds(path[:-1]))
            assert not verify_consistency(first=first, size=size, first_root=GENESIS, root=root, path=path)
            assert not verify_consistency(first=first, size=size, first_root=old, root=GENESIS, path=path)


def test_proofs_that_cannot_be_are_refused():
    for index in (-1, 8):
        with pytest.raises(LedgerError):
            inclusion_path(LEAVES, index)
    for first in (0, 9):
        with pytest.raises(LedgerError):
            consistency_path(LEAVES, first)
    with pytest.raises(LedgerError) as refused:
        verify_inclusion(ROOTS[2], size=2, index=0, leaf=b"", path=["xyz"])
    assert refused.value.field == "path[0]"
    assert not verify_consistency(first=3, size=2, first_root=ROOTS[3], root=ROOTS[2], path=[])


def _chain(entries):
    links, previous = [], GENESIS
    for number, entry in enumerate(entries):
        salt = number.to_bytes(16, "big")
        previous = chain(previous, entry, salt)
        links.append(Link(seal(entry, salt), previous, entry, salt))
    return links


@given(st.lists(st.dictionaries(st.text(max_size=4), st.integers(0, 9)), min_size=1, max_size=6), st.data())
def test_the_first_broken_link_is_found(entries, data):
    links = _chain(entries)
    assert first_broken(links) is None
    at = data.draw(st.integers(0, len(links) - 1))
    changed = [*links]
    changed[at] = Link(links[at].seal, links[at].hash, {"changed": 10}, links[at].salt)
    assert first_broken(changed) == at
    resealed = Link(seal({"changed": 10}), links[at].hash, {"changed": 10})
    assert first_broken([*links[:at], resealed, *links[at + 1 :]]) == at
    without = [*links[:at], *links[at + 1 :]]
    assert first_broken(without) == (at if at < len(without) else None)


def test_erasing_an_entry_leaves_the_chain_whole():
    links = _chain([{"who": "Anna"}, {"who": "Jan"}, {"who": "Ewa"}])
    links[1] = Link(links[1].seal, links[1].hash, is_erased=True)
    assert first_broken(links) is None
    links[1] = Link(seal("other"), links[1].hash, is_erased=True)
    assert first_broken(links) == 1


def test_chain_formula():
    sealed = hashlib.sha256((1).to_bytes(4, "big") + b"s" + b'{"a":1}').hexdigest()
    expected = hashlib.sha256(b"\x01" + bytes(32) + bytes.fromhex(sealed)).hexdigest()
    assert (seal({"a": 1}, b"s"), chain(GENESIS, {"a": 1}, b"s")) == (sealed, expected)
    assert chain_seal(GENESIS, sealed) == expected
    with pytest.raises(LedgerError):
        chain("0", {})


def test_draw_follows_its_published_formula():
    """The order recomputed here step by step from the formula that docs/assay.md publishes."""
    order, counter = ["a", "b", "c", "d", "e"], 0
    for place in (4, 3, 2, 1):
        while True:
            digest = hashlib.sha256(bytes.fromhex("00ff") + b"|gala|" + counter.to_bytes(8, "big")).digest()
            counter += 1
            value = int.from_bytes(digest, "big")
            if value < 2**256 // (place + 1) * (place + 1):
                break
        other = value % (place + 1)
        order[place], order[other] = order[other], order[place]
    assert draw("edcba", tag="gala", seed=bytes.fromhex("00ff")) == tuple(order)


def test_draws_are_fair_enough_and_differ_by_tag():
    firsts = [draw("abc", tag=str(number), seed=b"s")[0] for number in range(3000)]
    assert all(900 < firsts.count(key) < 1100 for key in "abc")


def test_draw_refuses_an_id_twice_and_admits_an_empty_pool():
    with pytest.raises(LedgerError):
        draw(["a", "a"], tag="", seed=b"")
    assert draw([], tag="", seed=b"") == ()


@given(st.lists(st.text(max_size=3), unique=True, max_size=9), st.randoms())
def test_order_of_the_pool_does_not_matter(pool, random):
    mixed = list(pool)
    random.shuffle(mixed)
    assert draw(mixed, tag="t", seed=b"s") == draw(pool, tag="t", seed=b"s")
    assert sorted(draw(pool, tag="t", seed=b"s")) == sorted(pool)
