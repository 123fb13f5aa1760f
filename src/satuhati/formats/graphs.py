"""Networks with their attributes, to and from CSV, GraphML and GEXF by extension.

Text in, text out: what a cell said is what it says after any number of conversions. Columns of
numbers and of true/false are declared as such in XML, so that igraph and NetworkX read
them typed; in this module they stay text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats.atomic import write_all
from satuhati.formats.csvtext import MAX_MB, read_bytes
from satuhati.formats.graphxml import Parsed, from_gexf, from_graphml, to_gexf, to_graphml
from satuhati.formats.guard import guard_name, unguard_name
from satuhati.formats.tables import EXTENSIONS, TextTable, read_table

XML = (".graphml", ".gexf")
ENDS = ("source", "target")
LABELS = ("relation", "wave")  # a pair may be tied once for each of these

Column = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """Actors and ties, each with columns of text (``None`` = missing).

    ``ties`` are pairs of ids. A pair may return in another relation or wave, not otherwise.
    """

    directed: bool
    ids: tuple[str, ...]
    actors: Mapping[str, Column]
    ties: tuple[tuple[str, str], ...]
    columns: Mapping[str, Column]
    warnings: tuple[Doubt, ...] = field(default=(), compare=False)


def is_xml(path: Path) -> bool:
    return path.name.lower().endswith(XML)


def read_graph(path: Path, actors: Path | None = None, *, directed: bool = True) -> Graph:
    """A network from a file; ``actors`` and ``directed`` are for tables of ties only.

    Raises :class:`InputError` for an unknown extension, XML that is broken or declares entities,
    a tie to oneself or to an actor that is not there, a repeated actor, a weight that is not
    above zero, or directed and undirected ties in one file.
    """
    name = path.name.lower()
    if name.endswith(XML):
        data = read_bytes(path, MAX_MB)
        parsed = (from_graphml if name.endswith(".graphml") else from_gexf)(data, path.name)
        return _checked(parsed, path.name)
    if not name.endswith(EXTENSIONS):
        raise _unknown(path, (*EXTENSIONS, *XML))
    return _from_tables(read_table(path), None if actors is None else read_table(actors), directed)


def write_graph(graph: Graph, path: Path, actors: Path | None = None) -> tuple[Doubt, ...]:
    """Write the network whole or not at all; what a table cannot hold is said.

    ``actors`` is where a table of actors goes when ``path`` is ``.csv``. Raises
    :class:`InputError` for an unknown extension, text that XML or CSV cannot hold, and files
    that cannot be written.
    """
    name = path.name.lower()
    if name.endswith(XML):
        parsed = Parsed(graph.directed, graph.ids, graph.actors, graph.ties, graph.columns)
        make = to_graphml if name.endswith(".graphml") else to_gexf
        write_all({path: make(parsed, path.name)})
        return ()
    if not name.endswith(".csv"):
        raise _unknown(path, (".csv", *XML))
    doubts = _lost(graph, actors is not None)
    _csv_ids(graph.ids, path.name)
    ends = {"source": [a for a, _ in graph.ties], "target": [b for _, b in graph.ties]}
    files = {path: _csv(ends, graph.columns, path.name)}
    if actors is not None:
        files[actors] = _csv({"id": graph.ids}, graph.actors, actors.name)
    write_all(files)
    return doubts


def _unknown(path: Path, known: Sequence[str]) -> InputError:
    fields = {"extension": path.suffix, "known": ", ".join(known)}
    return InputError(Problem("unsupported_extension", path.name, fields=fields))


# -- tables ------------------------------------------------------------------------------


def _from_tables(ties: TextTable, actors: TextTable | None, directed: bool) -> Graph:
    ties.require(*ENDS)
    problems: list[Problem] = []
    ends: list[list[str]] = []
    for column in ENDS:
        cells = ties.cells[column]
        problems += [
            Problem("value_required", ties.name, line, column)
            for line, cell in zip(ties.lines, cells, strict=True)
            if cell is None
        ]
        ends.append([unguard_name(cell or "") for cell in cells])
    doubts = list(ties.doubts)
    ids: tuple[str, ...]
    columns: dict[str, Column] = {}
    if actors is None:
        ids = tuple(dict.fromkeys(x for pair in zip(*ends, strict=True) for x in pair if x))
        doubts.append(Doubt("actors_unlisted"))
    else:
        actors.require("id")
        ids = tuple(unguard_name(x) for x in actors.texts("id", required=True) if x is not None)
        columns = _columns(actors, ("id",))
        doubts += actors.doubts
        first: dict[str, int] = {}
        for line, actor in zip(actors.lines, ids, strict=True):
            if first.setdefault(actor, line) != line:
                fields = {"id": actor, "first": first[actor]}
                problems.append(Problem("actor_repeated", actors.name, line, "id", fields))
    if problems:
        raise InputError(problems)
    parsed = Parsed(
        directed, ids, columns, tuple(zip(*ends, strict=True)), _columns(ties, ENDS)
    )  # fmt: skip
    listed = actors.name if actors is not None else ties.name
    return _checked(parsed, ties.name, ties.lines, listed, tuple(doubts))


def _columns(table: TextTable, without: Sequence[str]) -> dict[str, Column]:
    return {
        unguard_name(name): tuple(None if x is None else unguard_name(x) for x in table.cells[name])
        for name in table.header
        if name not in without
    }


def _plain(text: str) -> bool:
    """Whether a cell of CSV with this text is read as this text."""
    return text not in ("", "NA") and text == text.strip() and "\0" not in text


def _csv_ids(ids: Sequence[str], name: str) -> None:
    # An empty cell and NA are missing, and outer blanks fall off, when a table is read.
    bad = [x for x in ids if not _plain(x)]
    if bad:
        raise InputError([Problem("graph_id_csv", name, fields={"id": x}) for x in bad])


def _csv(keys: Mapping[str, Sequence[str]], columns: Mapping[str, Column], name: str) -> bytes:
    """RFC 4180, guarded against formulas; ``keys`` are the ids and come first."""
    twice = [Problem("column_repeated", name, 1, c, {"name": c}) for c in columns if c in keys]
    odd = [Problem("graph_id_csv", name, 1, fields={"id": c}) for c in columns if not _plain(c)]
    if twice or odd:
        raise InputError(twice + odd)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard_name(c) for c in (*keys, *columns)])
    cells: list[list[str]] = [
        ["" if x is None else guard_name(x) for x in column]
        for column in (*keys.values(), *columns.values())
    ]
    writer.writerows(zip(*cells, strict=True))
    return out.getvalue().encode()


def _lost(graph: Graph, listed: bool) -> tuple[Doubt, ...]:
    """What a table of ties does not tell."""
    doubts = []
    if not graph.directed:
        doubts.append(Doubt("graph_direction_lost"))
    tied = {x for pair in graph.ties for x in pair}
    alone = sum(x not in tied for x in graph.ids)
    if not listed and (alone or graph.actors):
        doubts.append(Doubt("graph_actors_lost", {"n": alone, "columns": len(graph.actors)}))
    cells = [x for c in (*graph.actors.values(), *graph.columns.values()) for x in c]
    odd = sum(x is not None and not _plain(x) for x in cells)
    if odd:
        doubts.append(Doubt("graph_cells_trimmed", {"n": odd}))
    return tuple(doubts)


# -- what any network must be ------------------------------------------------------------


def _checked(
    parsed: Parsed,
    name: str,
    lines: Sequence[int] | None = None,
    listed: str | None = None,
    doubts: tuple[Doubt, ...] = (),
) -> Graph:
    known = set(parsed.ids)
    problems: list[Problem] = []
    if len(known) < len(parsed.ids):
        seen: set[str] = set()
        repeated = [x for x in parsed.ids if x in seen or seen.add(x)]  # type: ignore[func-returns-value]
        problems += [Problem("graph_actor_repeated", name, fields={"id": x}) for x in repeated]
    weights = parsed.columns.get("weight")
    keys: dict[tuple[str | None, ...], None] = {}
    keep: list[int] = []
    labels = [parsed.columns[c] for c in LABELS if c in parsed.columns]
    for i, (a, b) in enumerate(parsed.ties):
        row = None if lines is None else lines[i]
        for column, actor in zip(ENDS, (a, b), strict=True):
            if actor not in known:
                fields = {"id": actor, "actors": listed or name}
                problems.append(Problem("tie_unknown_actor", name, row, column, fields))
        if a == b:
            problems.append(Problem("tie_to_self", name, row, "target", {"id": a}))
        if weights is not None and not _positive(weights[i]):
            fields = {"value": weights[i] or ""}
            problems.append(Problem("tie_weight", name, row, "weight", fields))
        ends = (a, b) if parsed.directed or a < b else (b, a)
        key = (*ends, *(column[i] for column in labels))
        if key not in keys:
            keys[key] = None
            keep.append(i)
    if problems:
        raise InputError(problems)
    if len(keep) < len(parsed.ties):
        doubts = (*doubts, Doubt("ties_repeated", {"n": len(parsed.ties) - len(keep)}))
    return Graph(
        parsed.directed,
        parsed.ids,
        parsed.actors,
        tuple(parsed.ties[i] for i in keep),
        {name: tuple(column[i] for i in keep) for name, column in parsed.columns.items()},
        doubts,
    )


def _positive(weight: str | None) -> bool:
    if weight is None:
        return True
    try:
        return 0 < float(weight) < float("inf")
    except ValueError:
        return False
