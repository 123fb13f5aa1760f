"""The reference pages are what the code makes, and say something about everything."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from satuhati.schema import ANSWER_KEYS, TABLES
from satuhati.schema.choices import choice_label, strand_label

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "scripts" / "make_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "page", ["tables.md", "commands.md", "problems.md", "roles.md", "measures.md", "settings.md"]
)
def test_reference_pages_are_what_the_code_makes(generator: ModuleType, page: str) -> None:
    written = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    assert written == generator.pages()[page], "run: make docs"


def test_check_fails_where_a_page_is_stale(
    generator: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generator, "REFERENCE", tmp_path)
    assert generator.main(["--check"]) == 1
    assert list(tmp_path.iterdir()) == []
    assert generator.main([]) == 0
    assert generator.main(["--check"]) == 0


def test_the_readme_names_every_command() -> None:
    """In its table: a command of two words, those of one group after each other with a dot."""
    reference = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    commands = {" ".join(c.split()[:2]) for c in re.findall(r"(?m)^### satuhati (.+)$", reference)}
    assert len(commands) > 30
    named: set[str] = set()
    for cell in re.findall(r"(?m)^\| (`.+?`) \|", (ROOT / "README.md").read_text("utf-8")):
        group = ""
        for part in re.split("[`·]+", cell):
            words = re.findall(r"[a-z]+", re.sub(r"\[.*|[A-Z]+.*|--.*", "", part))
            if words[:1] == ["satuhati"]:
                group = words[1] if len(words) > 2 else ""
                words = words[2:] or words[1:]
            named.add(" ".join([group, *words]).strip())
    assert not commands - named


def test_every_table_choice_and_strand_has_words_in_both_languages() -> None:
    tables = [*((t.name, t.columns) for t in TABLES.values()), ("answers", ANSWER_KEYS)]
    for table, columns in tables:
        for column in columns:
            assert column.label.id
            assert column.label.en
            assert bool(column.meaning.id) == bool(column.meaning.en), (table, column.name)
            for code in column.choices:
                assert all(choice_label(table, column.name, code)), (table, column.name, code)
    for table in TABLES.values():
        assert all(table.meaning)
        assert all(strand_label(table.strand))
    with pytest.raises(KeyError):
        choice_label("actors", "kind", "tidak ada")
