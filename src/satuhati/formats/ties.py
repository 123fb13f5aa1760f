"""Ties and actors of one network from plain tables, every bad row reported at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from satuhati.core.networks.network import Network, from_pairs
from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats.tables import TextTable
from satuhati.text import Text, name_some

WHOLE = Text("bilangan bulat", "a whole number")


@dataclass(frozen=True, slots=True)
class Actors:
    """The list of actors, if one was given: its file, ids, and each one's group."""

    file: str
    ids: tuple[str, ...]
    groups: tuple[str | None, ...] | None
    doubts: tuple[Doubt, ...]
    authority: tuple[int | None, ...] | None = None


def read_actors(table: TextTable, group: str | None, authority: str | None = None) -> Actors:
    """Ids, groups and standing; a missing or repeated id is an error with its row."""
    table.require("id", *(column for column in (group, authority) if column is not None))
    ids = [x for x in table.texts("id", required=True) if x is not None]
    first: dict[str, int] = {}
    problems = []
    for line, actor in zip(table.lines, ids, strict=True):
        if first.setdefault(actor, line) != line:
            fields = {"id": actor, "first": first[actor]}
            problems.append(Problem("actor_repeated", table.name, line, "id", fields))
    if problems:
        raise InputError(problems)
    groups = None if group is None else tuple(table.texts(group))
    ranks = None
    if authority is not None:
        given = table.numbers(authority).tolist()
        odd = [
            Problem("value_type", table.name, line, authority,
                    {"value": f"{x:g}", "expected": WHOLE, "example": "2"})
            for line, x in zip(table.lines, given, strict=True) if x == x and x != int(x)
        ]  # fmt: skip
        if odd:
            raise InputError(odd)
        ranks = tuple(None if x != x else int(x) for x in given)
    return Actors(table.name, tuple(ids), groups, table.doubts, ranks)


def read_network(
    table: TextTable,
    roster: Actors | None,
    *,
    relation: str | None = None,
    wave: str | None = None,
    directed: bool = True,
) -> tuple[Network, tuple[Doubt, ...]]:
    """The network of a tie list, every bad row reported at once; doubts on how it was read."""
    table.require("source", "target")
    problems = _bad_rows(table, roster)
    if "weight" in table.cells:
        problems += _bad_weights(table)
    if problems:
        raise InputError(sorted(problems, key=lambda p: p.row or 0))
    doubts: list[Doubt] = list(table.doubts) + ([] if roster is None else list(roster.doubts))
    keep = np.ones(table.n_rows, dtype=np.bool_)
    labels: list[list[str | None]] = []
    for column, wanted in (("relation", relation), ("wave", wave)):
        kept, more = _select(table, column, wanted)
        keep &= kept
        doubts.extend(more)
        labels.append(table.cells.get(column, [None] * table.n_rows))
    if directed and set(table.cells.get("directed", ())) == {"false"}:
        doubts.append(Doubt("ties_without_direction", {"file": table.name}))
    if "weight" in table.cells:
        doubts.append(Doubt("ties_weights_unused"))
    if roster is None:
        doubts.append(Doubt("actors_unlisted"))
    rows = [int(i) for i in np.flatnonzero(keep)]
    source = [str(table.cells["source"][i]) for i in rows]
    target = [str(table.cells["target"][i]) for i in rows]
    network, _ = from_pairs(
        source, target, None if roster is None else roster.ids, directed=directed
    )
    # A pair that returns in another relation or wave is part of the union, not a repeat.
    seen = {
        (a, b, *(column[i] for column in labels)) if directed or a < b
        else (b, a, *(column[i] for column in labels))
        for i, a, b in zip(rows, source, target, strict=True)
    }  # fmt: skip
    if len(seen) < len(rows):
        doubts.append(Doubt("ties_repeated", {"n": len(rows) - len(seen)}))
    return network, tuple(doubts)


def _bad_rows(table: TextTable, roster: Actors | None) -> list[Problem]:
    known = None if roster is None else set(roster.ids)
    problems = []
    ends = zip(table.lines, table.cells["source"], table.cells["target"], strict=True)
    for line, a, b in ends:
        for column, actor in (("source", a), ("target", b)):
            if actor is None:
                problems.append(Problem("value_required", table.name, line, column))
            elif known is not None and actor not in known:
                fields = {"id": actor, "actors": roster.file if roster else ""}
                problems.append(Problem("tie_unknown_actor", table.name, line, column, fields))
        if a is not None and a == b:
            problems.append(Problem("tie_to_self", table.name, line, "target", {"id": a}))
    return problems


def _bad_weights(table: TextTable) -> list[Problem]:
    try:
        weights = table.numbers("weight")
    except InputError as error:
        return list(error.problems)
    return [
        Problem("tie_weight", table.name, line, "weight", {"value": f"{w:g}"})
        for line, w in zip(table.lines, weights, strict=True)
        if w <= 0
    ]


def _select(
    table: TextTable, column: str, wanted: str | None
) -> tuple[npt.NDArray[np.bool_], list[Doubt]]:
    """Which rows belong to the relation or wave asked for; without one, all, with a doubt."""
    everything = np.ones(table.n_rows, dtype=np.bool_)
    if column not in table.cells:
        if wanted is not None:
            table.require(column)
        return everything, []
    cells = table.cells[column]
    known = sorted({c for c in cells if c is not None})
    if wanted is None:
        if len(known) < 2:
            return everything, []
        code = "ties_union_relations" if column == "relation" else "ties_union_waves"
        return everything, [Doubt(code, {"n": len(known), "names": name_some(known)})]
    if wanted not in known:
        fields = {"option": f"--{column}", "value": wanted, "why": name_some(known) or "–"}
        raise InputError(Problem("option_invalid", fields=fields))
    blank = sum(c is None for c in cells)
    doubt = [Doubt("ties_unlabelled", {"n": blank, "column": column})] if blank else []
    return np.array([c == wanted for c in cells], dtype=np.bool_), doubt
