"""``satuhati network``: ties among people and organisations.

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

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
    words,
)
from satuhati.cli._networks import Relation, Undirected, Wave
from satuhati.cli.network_roster import read_answered
from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import Text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from satuhati.core.networks.network import Network
    from satuhati.formats.tables import TextTable

TOP = 10
NAMES_SHOWN = 12
WHOLE = Text("bilangan bulat", "a whole number")


@dataclass(frozen=True, slots=True)
class Actors:
    """The list of actors, if one was given: its file, ids, and each one's group."""

    file: str
    ids: tuple[str, ...]
    groups: tuple[str | None, ...] | None
    doubts: tuple[Doubt, ...]
    authority: tuple[int | None, ...] | None = None


def register(app: typer.Typer) -> None:
    network = typer.Typer(
        no_args_is_help=True, help="Ties: density, reciprocity, brokers, groups, cutpoints."
    )
    network.command("describe")(describe_command)
    # These read ties as this module does, so they import it.
    from satuhati.cli import (
        network_batch,
        network_compare,
        network_convert,
        network_draw,
        network_qap,
    )

    network.command("qap")(network_qap.qap_command)
    network.command("batch")(network_batch.batch_command)
    network.command("compare")(network_compare.compare_command)
    network.command("convert")(network_convert.convert_command)
    network.command("draw")(network_draw.draw_command)
    app.add_typer(network, name="network")


@guarded
def describe_command(
    ties: Annotated[
        Path, typer.Argument(help="Ties: source,target and optionally relation,weight,wave.")
    ],
    actors: Annotated[
        Path | None,
        typer.Option("--actors", help="Actors: id and attributes; those without ties count."),
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", help="Column of ACTORS that holds each one's group.")
    ] = None,
    authority: Annotated[
        str | None,
        typer.Option(
            "--authority",
            help="Column of ACTORS with formal standing as a whole number (higher = higher): ties "
            "across it are linking.",
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            "--roster",
            help="Everyone asked: id and answered (yes/no). Shows what non-response may change.",
        ),
    ] = None,
    relation: Relation = None,
    wave: Wave = None,
    undirected: Undirected = False,
    permutations: Annotated[
        int, typer.Option("--permutations", min=0, help="Permutations for the E-I index.")
    ] = 999,
    bootstrap: Annotated[
        int,
        typer.Option(
            "--bootstrap", min=0, help="Draws of actors for intervals (1000, say); 0 for none."
        ),
    ] = 0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of permutations and draws.")] = 1,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Describe a network: the whole, each actor, and ties within and between groups.

    Ties are directed unless --undirected; a repeated pair counts once. Transitivity, components
    and cutpoints ignore direction; betweenness is raw.

    Example: satuhati network describe ties.csv --actors actors.csv --group sector --json
    """
    from satuhati.cli.network_show import show
    from satuhati.core.networks.describe import describe
    from satuhati.core.results import plain
    from satuhati.formats.tables import read_table

    t = words(lang)
    if group is not None and actors is None:
        raise InputError(_option("--group", group, "--actors ACTORS?"))
    if authority is not None and group is None:
        raise InputError(_option("--authority", authority, "--group COL?"))
    if bootstrap == 1:
        raise InputError(_option("--bootstrap", "1", "0, ≥ 2"))
    if roster is not None and undirected:
        raise InputError(_option("--roster", roster.name, "--undirected"))
    who = None if actors is None else read_actors(read_table(actors), group, authority)
    answered = None
    if roster is not None:
        table = read_table(roster)
        asked = read_actors(table, None)
        who = who or asked
        answered = read_answered(table, who.ids, asked.ids, who.file)
    table = read_table(ties)
    built, doubts = read_network(table, who, relation=relation, wave=wave, directed=not undirected)
    result = describe(
        built, None if who is None else who.groups, permutations=permutations, seed=seed,
        resamples=bootstrap, answered=answered, authority=None if who is None else who.authority,
    )  # fmt: skip
    result = replace(result, warnings=doubts + result.warnings)
    several = None if relation is not None else multiplexity(table, built, wave)
    if json:
        print_json({**plain(result), "multiplexity": several, "warnings": result.warnings}, t.lang)
        return
    show(result, several, t)


def multiplexity(
    table: TextTable, network: Network, wave: str | None
) -> dict[str, float | int | None] | None:
    """Pairs tied in two or more relations, of pairs tied in any; ``None`` of fewer relations."""
    from satuhati.core.networks.exchange import multiplex_pairs
    from satuhati.core.networks.network import from_pairs

    if "relation" not in table.cells:
        return None
    rows: dict[str, list[int]] = {}
    waves = table.cells.get("wave")
    for i, kind in enumerate(table.cells["relation"]):
        if kind is not None and (wave is None or (waves is not None and waves[i] == wave)):
            rows.setdefault(kind, []).append(i)
    if len(rows) < 2:
        return None
    ends = [[str(x) for x in table.cells[side]] for side in ("source", "target")]
    networks = {
        kind: from_pairs(
            [ends[0][i] for i in some],
            [ends[1][i] for i in some],
            network.ids,
            directed=network.directed,
        )[0]
        for kind, some in rows.items()
    }
    part = multiplex_pairs(networks)
    return {"relations": len(rows), "several": part.count, "pairs": part.of, "share": part.value}


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
    import numpy as np

    from satuhati.core.networks.network import from_pairs

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
    import numpy as np

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
        raise InputError(_option(f"--{column}", wanted, name_some(known) or "–"))
    blank = sum(c is None for c in cells)
    doubt = [Doubt("ties_unlabelled", {"n": blank, "column": column})] if blank else []
    return np.array([c == wanted for c in cells], dtype=np.bool_), doubt


def name_some(names: Sequence[str]) -> str:
    """The first names, and a sign that there are more."""
    more = ["…"] if len(names) > NAMES_SHOWN else []
    return ", ".join([*names[:NAMES_SHOWN], *more])


def _option(option: str, value: str, why: str) -> Problem:
    return Problem("option_invalid", fields={"option": option, "value": value, "why": why})
