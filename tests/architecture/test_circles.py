"""No two modules import each other, not even inside functions or for types alone."""

from __future__ import annotations

import ast
from pathlib import Path

import igraph

SOURCE = Path(__file__).resolve().parents[2] / "src"


def imports_of(file: Path, modules: set[str]) -> set[str]:
    """The modules of ours that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= parts & modules or {node.module}
    return found & modules


def circles(ties: list[tuple[str, str]]) -> list[list[str]]:
    graph = igraph.Graph.TupleList(ties, directed=True)
    parts = graph.connected_components(mode="strong")
    return [sorted(graph.vs[part]["name"]) for part in parts if len(part) > 1]


def test_no_module_is_imported_by_what_it_imports() -> None:
    files = {
        ".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): file
        for file in (SOURCE / "satuhati").rglob("*.py")
    }
    ties = [(name, other) for name, file in files.items()
            for other in imports_of(file, set(files)) if other != name]  # fmt: skip
    assert len(ties) > 1000
    assert circles(ties) == []


def test_a_circle_would_be_seen() -> None:
    assert circles([("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")]) == [["a", "b", "c"]]
