"""``satuhati network qap``: one relation explained by others.

Core and formats are imported inside the command: only a command that runs pays their start-up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from satuhati.cli._common import (
    Json,
    Lang,
    guarded,
    print_json,
    print_table,
    print_warnings,
    words,
)
from satuhati.cli._networks import Undirected
from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import Translator, name_some

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from satuhati.core.networks.qap import NetworkRegression
    from satuhati.formats.tables import TextTable
    from satuhati.formats.ties import Actors

    Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Relation:
    """One file: its actors in their order, its values, and whether it names every actor."""

    file: str
    ids: tuple[str, ...]
    values: Matrix
    square: bool
    doubts: tuple[Doubt, ...]


@guarded
def qap_command(
    dependent: Annotated[
        Path,
        typer.Argument(help="The relation to explain: ties (source,target) or a square table."),
    ],
    predictors: Annotated[
        list[Path], typer.Argument(help="Relations that may explain it, read the same way.")
    ],
    actors: Annotated[
        Path | None, typer.Option("--actors", help="Actors (id): those without ties count too.")
    ] = None,
    undirected: Undirected = False,
    permutations: Annotated[
        int, typer.Option("--permutations", min=0, help="Permutations of the actors.")
    ] = 2000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the permutations.")] = 1,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Test whether one relation goes with others (QAP; MRQAP, double semi-partialling).

    Each file is a list of ties (source,target) or a square table whose header names the actors
    and whose rows follow the same order. A predictor is called by its file's name.

    Example: satuhati network qap advice.csv friendship.csv reports.csv --seed 1 --json
    """
    from satuhati.core.networks.qap import mrqap
    from satuhati.formats.tables import read_table
    from satuhati.formats.ties import read_actors

    t = words(lang)
    names = [stem(path) for path in predictors]
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        fields = {"option": "PREDICTOR", "value": twice[0], "why": "2 ×"}
        raise InputError(Problem("option_invalid", fields=fields))
    roster = None if actors is None else read_actors(read_table(actors), None)
    relations = [
        read_relation(read_table(path), roster, directed=not undirected)
        for path in (dependent, *predictors)
    ]
    ids, doubts = common_actors(relations, roster)
    placed = [place(relation, ids) for relation in relations]
    result = mrqap(
        placed[0], dict(zip(names, placed[1:], strict=True)),
        directed=not undirected, permutations=permutations, seed=seed,
    )  # fmt: skip
    told: list[Doubt] = []
    for doubt in (*(d for r in relations for d in r.doubts), *doubts, *result.warnings):
        if doubt not in told:
            told.append(doubt)
    result = replace(result, warnings=tuple(told))
    if json:
        print_json(result, t.lang)
        return
    _show(result, t)


def stem(path: Path) -> str:
    """The file's name without its extension; ``.csv.gz`` is one extension."""
    return Path(path.stem).stem if path.suffix == ".gz" else path.stem


def read_relation(table: TextTable, roster: Actors | None, *, directed: bool) -> Relation:
    """Ties or a square table, told apart by the header; every bad cell is reported at once."""
    from satuhati.core.networks.qap import adjacency
    from satuhati.formats.matrix import is_tie_list, square
    from satuhati.formats.ties import read_network

    if is_tie_list(table):
        network, doubts = read_network(table, roster, directed=directed)
        # Actors are compared across the files below; a missing list is told there, once.
        told = tuple(d for d in doubts if d.code != "actors_unlisted")
        return Relation(table.name, network.ids, adjacency(network), False, told)
    ids, values = square(table)
    if not directed and (values != values.T).any():
        i, j = ((values != values.T).nonzero()[k][0] for k in (0, 1))
        fields = {"a": ids[i], "b": ids[j]}
        raise InputError(Problem("matrix_not_symmetric", table.name, fields=fields))
    return Relation(table.name, ids, values, True, table.doubts)


def common_actors(
    relations: Sequence[Relation], roster: Actors | None
) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    """The actors all relations are about.

    A list of actors and every square table name all of them, so these must agree; a list of
    ties names only those with ties, and must name no one else.
    """
    complete = [(r.file, r.ids) for r in relations if r.square]
    if roster is not None:
        complete.insert(0, (roster.file, roster.ids))
    if not complete:
        ids = tuple(dict.fromkeys(actor for r in relations for actor in r.ids))
        doubts = [Doubt("actors_unlisted")]
        for r in relations:
            absent = [actor for actor in ids if actor not in set(r.ids)]
            if absent:
                fields = {"file": r.file, "n": len(absent), "names": name_some(absent)}
                doubts.append(Doubt("qap_actors_absent", fields))
        return ids, tuple(doubts)
    file, ids = complete[0]
    known = set(ids)
    problems = []
    for r in relations:
        extra = [actor for actor in r.ids if actor not in known]
        missing = [actor for actor in ids if actor not in set(r.ids)] if r.square else []
        for code, who in (("actors_extra", extra), ("actors_missing", missing)):
            if who:
                fields = {"names": name_some(who), "other": file}
                problems.append(Problem(code, r.file, fields=fields))
    if problems:
        raise InputError(problems)
    return ids, ()


def place(relation: Relation, ids: tuple[str, ...]) -> Matrix:
    """The relation's values with the actors in the order of ``ids``; absent actors have none."""
    import numpy as np

    spot = {actor: i for i, actor in enumerate(ids)}
    at = np.array([spot[actor] for actor in relation.ids], dtype=np.int64)
    out = np.zeros((len(ids), len(ids)))
    out[np.ix_(at, at)] = relation.values
    return out


def _show(result: NetworkRegression, t: Translator) -> None:
    rows = [
        (
            t("(intercept)") if term == "(intercept)" else term,
            t.number(result.correlation.get(term), 3),
            t.number(value, 4),
            t.number(result.t[term], 2),
            t.number(result.p[term], 4),
        )
        for term, value in result.coefficients.items()
    ]
    print_table(
        t("Relation explained by relations"),
        (t("Relation"), t("Correlation"), t("Coefficient"), "t", "p"),
        rows,
        right=(1, 2, 3, 4),
    )
    print(
        t(
            "R² {r_squared} · actors {n} · permutations {permutations}",
            r_squared=t.number(result.r_squared, 4),
            n=t.number(result.n, 0),
            permutations=t.number(result.permutations, 0),
        )
    )
    print_warnings(result.warnings, t)
