"""The house rules that a program can hold; the arrows between rooms are import-linter's (see pyproject.toml)."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

SRC = Path(__file__).resolve().parent.parent / "src"
TESTS = SRC.parent / "tests"
FLOORS = ["base", "accounts", "institutions", "instruments", "editions", "applications", "jury", "audits"]
FLOORS += ["results", "awards", "portal", "config"]
ROOMS = FLOORS[1:-1]
DOORS = {"models", "rules", "queries", "actions"}
# A registry is a door of its own: upper rooms register there what a lower room must not know.
REGISTRIES = {"accounts.roles", "editions.consequences", "editions.overview", "instruments.editors", "jury.variances"}
NEEDS_NO_TEST = {"__init__", "__main__", "apps", "urls", "admin", "wsgi", "models"}
ORM_VERBS = {"objects", "filter", "exclude", "save", "delete", "create", "update", "bulk_create", "select_for_update"}


def modules(of: str = "probierz") -> Iterator[tuple[Path, str]]:
    for file in sorted((SRC / of).rglob("*.py")):
        if "migrations" not in file.parts:
            yield file, ".".join(file.relative_to(SRC).with_suffix("").parts)


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_a_room_is_entered_by_its_doors():
    trespasses = []
    for file, name in modules():
        room = name.split(".")[1]
        for imported in imports_of(file):
            parts = imported.split(".")
            if parts[0] != "probierz" or len(parts) < 3 or parts[1] == room or parts[1] not in ROOMS:
                continue
            if room == "config" or parts[2] in DOORS or ".".join(parts[1:3]) in REGISTRIES:
                continue
            trespasses.append(f"{name} -> {imported}")
    assert trespasses == []


def test_foreign_keys_point_down():
    upward = []
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in FLOORS:
            continue
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            target = field.related_model._meta.app_label
            if target in FLOORS and FLOORS.index(target) > FLOORS.index(room):
                upward.append(f"{model._meta.label}.{field.name} -> {target}")
    assert upward == []


def test_a_view_speaks_no_orm():
    slips = []
    for file, name in modules():
        parts = name.split(".")
        if parts[1] in ROOMS + ["base"] and "views" in parts[2:]:
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Attribute) and node.attr in ORM_VERBS:
                    slips.append(f"{name}:{node.lineno} .{node.attr}")
                if isinstance(node, ast.Name) and node.id == "transaction":
                    slips.append(f"{name}:{node.lineno} transaction")
    assert slips == []


def test_every_url_has_an_audience():
    prefixes = {"biuro/": "office-", "panel/": "panel-", "jury/": "jury-"}
    wrong = []
    for path, pattern in walk(get_resolver()):
        for prefix, start in prefixes.items():
            if path.startswith(prefix) != (pattern.name or "").startswith(start):
                wrong.append(f"{path} {pattern.name}")
    assert wrong == []


def walk(resolver: URLResolver, path: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin":
                yield from walk(entry, path + str(entry.pattern))
        else:
            yield path + str(entry.pattern), entry


def public_functions(door: str) -> Iterator[tuple[str, object]]:
    for _file, name in modules():
        parts = name.split(".")
        if parts[1] in ROOMS and len(parts) > 2 and parts[2] == door:
            module = importlib.import_module(name.removesuffix(".__init__"))
            for key, value in vars(module).items():
                if inspect.isfunction(value) and value.__module__ == module.__name__ and not key.startswith("_"):
                    yield f"{module.__name__}.{key}", value


@pytest.mark.parametrize(("name", "function"), list(public_functions("actions")))
def test_a_public_action_is_journalled_and_keyword_only(name, function):
    # The decorator itself refuses an action that leaves no entry or more than one (tests/base/test_actions.py).
    assert getattr(function, "is_action", False) or getattr(function, "is_draft", False)
    kinds = {parameter.kind for parameter in inspect.signature(function).parameters.values()}
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}
    assert "actor" in inspect.signature(function).parameters


@pytest.mark.parametrize(("name", "function"), list(public_functions("rules")))
def test_rules_are_questions(name, function):
    assert name.rsplit(".", 1)[1].startswith(("can_", "is_", "has_", "stage_", "require_"))


@cache
def _imported_by_tests_of(room):
    return {found for test in room.rglob("test_*.py") for found in imports_of(test)}


def test_every_module_has_its_test_file():
    """`tests/<room>/test_<module>.py`, a test of the room importing the module, or one of the sub-package it is in."""
    missing = []
    for file, name in [*modules("assay"), *modules("probierz")]:
        if file.stem in NEEDS_NO_TEST or "commands" in file.parts or file.parent.name == "views":
            continue
        inside = name.split(".")[1 if name.startswith("assay") else 2 :]
        room = TESTS / (name.split(".")[0] if name.startswith("assay") else name.split(".")[1])
        imported = _imported_by_tests_of(room)
        is_named = any(list(room.rglob(f"test_{part}*.py")) for part in inside)
        if not is_named and not any(found.startswith(name) for found in imported):
            missing.append(name)
    assert missing == []


def test_no_file_over_400_lines():
    long = [name for file, name in [*modules("assay"), *modules()] if len(file.read_text().splitlines()) > 400]
    assert long == []
