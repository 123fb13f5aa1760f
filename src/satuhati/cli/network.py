"""``satuhati network``: ties among people and organisations.

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from satuhati.cli import (
    network_batch,
    network_compare,
    network_convert,
    network_draw,
    network_qap,
)
from satuhati.cli._common import Json, Lang, guarded, print_json, words
from satuhati.cli._networks import Relation, Undirected, Wave
from satuhati.cli.network_roster import read_answered
from satuhati.cli.network_show import show
from satuhati.errors import InputError, Problem

if TYPE_CHECKING:
    from satuhati.core.networks.network import Network
    from satuhati.formats.tables import TextTable


def register(app: typer.Typer) -> None:
    network = typer.Typer(
        no_args_is_help=True, help="Ties: density, reciprocity, brokers, groups, cutpoints."
    )
    network.command("describe")(describe_command)
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
    from satuhati.core.networks.describe import describe
    from satuhati.core.results import plain
    from satuhati.formats.tables import read_table
    from satuhati.formats.ties import read_actors, read_network

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


def _option(option: str, value: str, why: str) -> Problem:
    return Problem("option_invalid", fields={"option": option, "value": value, "why": why})
