"""The one catalogue: every running word of reports has its Indonesian, and the fields agree."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import satuhati
from satuhati.text import LOCALE_DIR

PACKAGE = Path(satuhati.__file__).parent


def is_translator(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id == "t") or (
        isinstance(node, ast.Attribute) and node.attr == "t"
    )


def messages() -> Iterator[tuple[str, str | None]]:
    """Every literal given to the translator in reports and commands."""
    for folder in ("reports", "cli"):
        for file in sorted((PACKAGE / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                plural = (
                    isinstance(node.func, ast.Attribute)
                    and node.func.attr == "plural"
                    and is_translator(node.func.value)
                )
                if plural:
                    one, many = node.args[0], node.args[1]
                    assert isinstance(one, ast.Constant)
                    assert isinstance(many, ast.Constant)
                    yield one.value, many.value
                elif is_translator(node.func):
                    assert isinstance(node.args[0], ast.Constant), (file, node.lineno)
                    yield node.args[0].value, None


def catalogue() -> gettext.NullTranslations:
    return gettext.translation("satuhati", LOCALE_DIR, languages=["id"])


def fields(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_no_message_lacks_its_indonesian() -> None:
    found = list(messages())
    assert len(found) > 250
    known = catalogue()._catalog
    missing = [one for one, many in found if one not in known and (one, 0) not in known]
    assert missing == []


def test_the_translation_fills_the_same_fields() -> None:
    known = catalogue()
    for one, many in messages():
        told = known.gettext(one) if many is None else known.ngettext(one, many, 2)
        assert told
        wanted = fields(one) if many is None else fields(many)
        assert fields(told) == wanted, one
