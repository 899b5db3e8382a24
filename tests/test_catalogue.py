"""Every word marked for translation is in the English catalogue, with the same places to fill in."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parent.parent / "src/probierz"
CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
TEXT = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(n?)(?:gettext|_)\({TEXT}(?:,\s*{TEXT})?")
PLACE = re.compile(r"%\((\w+)\)[sdf]|(?<!%)%[sd]")


def entries() -> Iterator[dict[str, str]]:
    """What the catalogue says, without its heading."""
    for entry in CATALOGUE.read_text(encoding="utf-8").split("\n\n")[1:]:
        assert not re.search(r"^#(,.*fuzzy|~)", entry, flags=re.MULTILINE), entry
        parts = re.findall(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n?)+)', entry, flags=re.MULTILINE)
        yield {name: "".join(ast.literal_eval(line) for line in text.splitlines()) for name, text in parts}


def english_of(texts: dict[str, str]) -> list[str]:
    """One text, or one for each number."""
    return [text for name, text in texts.items() if name.startswith("msgstr")]


def written_in_python() -> Iterator[tuple[str, str]]:
    for file in sorted(ROOT.rglob("*.py")):
        if "migrations" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", first.value


def written_in_templates() -> Iterator[tuple[str, str]]:
    for file in sorted([*ROOT.rglob("*.html"), *ROOT.rglob("*.txt")]):
        if "templates" in file.parts:
            for call in IN_TEMPLATE.finditer(templatize(file.read_text(encoding="utf-8"))):
                yield str(file.relative_to(ROOT)), ast.literal_eval(call.group(2))


def test_everything_said_in_polish_is_said_in_english():
    english = {texts["msgid"]: english_of(texts) for texts in entries()}
    said = [*written_in_python(), *written_in_templates()]
    assert len(said) > 4000
    assert [(where, words) for where, words in said if not all(english.get(words, [""]))] == []


def test_nothing_is_kept_that_is_said_no_more():
    said = {words for _where, words in [*written_in_python(), *written_in_templates()]}
    assert [texts["msgid"] for texts in entries() if texts["msgid"] not in said] == []


def test_english_fills_in_what_polish_does():
    """An English singular may say "one" without the figure; nothing may ask for what is not given."""
    wrong = []
    for texts in entries():
        wanted = _places(texts.get("msgid_plural", texts["msgid"]))
        for number, text in enumerate(english_of(texts)):
            is_singular = "msgid_plural" in texts and number == 0
            if _places(text) != wanted and not (is_singular and _places(text) < wanted):
                wrong.append((texts["msgid"], text))
    assert wrong == []


def _places(text: str) -> set[str]:
    return {found.group() for found in PLACE.finditer(text)}


def test_the_compiled_catalogue_is_as_fresh_as_its_source():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = []
    for texts in entries():
        polish, many = texts["msgid"], texts.get("msgid_plural")
        said = [compiled.ngettext(polish, many, n) for n in (1, 2)] if many else [compiled.gettext(polish)]
        if said != english_of(texts):
            stale.append(polish)
    assert stale == []
