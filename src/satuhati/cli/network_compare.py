"""``satuhati network compare``: two waves of one network.

Core and formats are imported inside the command: only a command that runs pays their start-up.
"""

from __future__ import annotations

from dataclasses import replace
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
from satuhati.cli._networks import Relation, Undirected
from satuhati.cli.network_roster import read_answered
from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import Translator, name_some

if TYPE_CHECKING:
    from satuhati.core.networks.waves import FigureChange, TieChange, WaveComparison


@guarded
def compare_command(
    wave1: Annotated[Path, typer.Argument(help="Ties of the first wave: source,target.")],
    wave2: Annotated[Path, typer.Argument(help="Ties of the second wave.")],
    actors1: Annotated[
        Path | None, typer.Option("--actors1", help="Actors (id) of the first wave.")
    ] = None,
    actors2: Annotated[
        Path | None, typer.Option("--actors2", help="Actors (id) of the second wave.")
    ] = None,
    roster1: Annotated[
        Path | None,
        typer.Option("--roster1", help="Everyone asked in the first wave: id, answered (yes/no)."),
    ] = None,
    roster2: Annotated[
        Path | None, typer.Option("--roster2", help="Everyone asked in the second wave.")
    ] = None,
    relation: Relation = None,
    undirected: Undirected = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Compare two waves: ties kept, new and gone, among everyone and among stable actors.

    Actors are the same when their ids are. Give the list of actors of each wave, so that someone
    without ties is told from someone who left; and both rosters, so that someone who did not answer
    is told from someone who gave up all ties.

    Example: satuhati network compare 2025.csv 2026.csv --actors1 who25.csv --actors2 who26.csv
    """
    from satuhati.core.networks.waves import compare_waves
    from satuhati.formats.tables import read_table
    from satuhati.formats.ties import read_actors, read_network

    t = words(lang)
    if (roster1 is None) != (roster2 is None):
        one, other = ("--roster2", "--roster1") if roster1 is None else ("--roster1", "--roster2")
        given = roster1 or roster2
        fields = {"option": one, "value": given.name if given else "", "why": f"{other} ROSTER?"}
        raise InputError(Problem("option_invalid", fields=fields))
    if roster1 is not None and undirected:
        fields = {"option": "--roster1", "value": roster1.name, "why": "--undirected"}
        raise InputError(Problem("option_invalid", fields=fields))
    told: list[Doubt] = []
    networks, answered = [], []
    for ties, actors, roster in ((wave1, actors1, roster1), (wave2, actors2, roster2)):
        who = None if actors is None else read_actors(read_table(actors), None)
        if roster is not None:
            table = read_table(roster)
            asked = read_actors(table, None)
            who = who or asked
            flags = read_answered(table, who.ids, asked.ids, who.file)
            answered.append({one for one, yes in zip(who.ids, flags, strict=True) if yes})
        network, doubts = read_network(
            read_table(ties), who, relation=relation, directed=not undirected
        )
        networks.append(network)
        told += [d for d in doubts if d.code != "actors_unlisted" and d not in told]
    if (actors1 is None or actors2 is None) and not answered:
        told.append(Doubt("waves_unlisted"))
    result = compare_waves(*networks, answered=(answered[0], answered[1]) if answered else None)
    result = replace(result, warnings=(*told, *result.warnings))
    if json:
        print_json(result, t.lang)
        return
    _show(result, t)


def _show(result: WaveComparison, t: Translator) -> None:
    actors = result.actors
    rows = [
        (t("Actors, first wave"), t.number(actors.first, 0)),
        (t("Actors, second wave"), t.number(actors.second, 0)),
        (t("In both waves"), t.number(actors.stable, 0)),
        (t("Joined"), _who(actors.joined, t)),
        (t("Left"), _who(actors.left, t)),
        (t("New ties that touch someone who joined"), t.number(result.new_with_joiners, 0)),
        (t("Ties gone that touch someone who left"), t.number(result.gone_with_leavers, 0)),
    ]
    print_table(t("Actors of two waves"), (t("Figure"), t("Value")), rows, right=(1,))
    print_table(
        t("Ties of two waves"),
        (t("Among"), t("Kept"), t("New"), t("Gone"), t("Jaccard index")),
        [
            _ties(t("Everyone"), result.ties, t),
            _ties(t("Actors in both waves"), result.ties_stable, t),
            *(
                [_ties(t("Told by the {n} who answered twice", n=t.number(result.told_twice)),
                       result.ties_told, t)]
                if result.ties_told else []
            ),
        ],
        right=(1, 2, 3, 4),
    )  # fmt: skip
    print_table(
        t("Change"),
        (t("Figure"), t("First wave"), t("Second wave"), t("Change")),
        [
            _change(t("Density"), result.density, t),
            _change(t("Density, actors in both waves"), result.density_stable, t),
            _change(t("Reciprocity, of ties"), result.reciprocity_edgewise, t),
            _change(t("Reciprocity, actors in both waves"), result.reciprocity_edgewise_stable, t),
        ],
        right=(1, 2, 3),
    )
    print_warnings(result.warnings, t)


def _who(ids: tuple[str, ...], t: Translator) -> str:
    return f"{t.number(len(ids), 0)}: {name_some(ids)}" if ids else t.number(0, 0)


def _ties(name: str, ties: TieChange, t: Translator) -> tuple[str, ...]:
    counts = (t.number(x, 0) for x in (ties.kept, ties.new, ties.gone))
    return (name, *counts, t.number(ties.jaccard, 3))


def _change(name: str, figure: FigureChange, t: Translator) -> tuple[str, ...]:
    return (name, *(t.number(x, 3) for x in (figure.first, figure.second, figure.change)))
