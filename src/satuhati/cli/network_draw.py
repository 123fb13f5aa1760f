"""``satuhati network draw``: the map of ties as one SVG.

Core, formats and reports are imported inside the command: only a command that runs pays their
start-up.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from satuhati.cli._common import (
    Json,
    Lang,
    guarded,
    parent_exists,
    print_json,
    print_table,
    print_warnings,
    words,
)
from satuhati.cli._networks import Relation, Wave
from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import name_some


@guarded
def draw_command(
    ties: Annotated[Path, typer.Argument(help="Ties: source,target and optionally relation,wave.")],
    out: Annotated[Path, typer.Option("--out", help="Where the map goes: a file ending in .svg.")],
    actors: Annotated[
        Path | None,
        typer.Option("--actors", help="Actors: id and attributes; those without ties are drawn."),
    ] = None,
    group: Annotated[
        str | None,
        typer.Option("--group", help="Column of ACTORS with the sector: shape and colour."),
    ] = None,
    relation: Relation = None,
    wave: Wave = None,
    labels: Annotated[
        bool, typer.Option("--labels/--no-labels", help="Write the ids where there is room.")
    ] = True,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the places.")] = 0,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Draw the map of ties: sectors by shape and colour, size by number of contacts.

    With --group a legend stands below. Direction is not drawn. Sectors are pokja, warga,
    pemerintah, swasta, lembaga; an actor of another group is a small cross. A label that would
    cover something is left out.

    Example: satuhati network draw ties.csv --actors actors.csv --group sector --out map.svg
    """
    from satuhati.core.networks.layout import layout
    from satuhati.core.networks.network import indegree, without_direction
    from satuhati.formats.atomic import write_all
    from satuhati.formats.tables import read_table
    from satuhati.formats.ties import read_actors, read_network
    from satuhati.reports.maps import Key, Node, network_map
    from satuhati.reports.marks import SECTOR_COLOURS
    from satuhati.reports.words import sector

    t = words(lang)
    if group is not None and actors is None:
        fields = {"option": "--group", "value": group, "why": "--actors ACTORS?"}
        raise InputError(Problem("option_invalid", fields=fields))
    if out.suffix.lower() != ".svg":
        fields = {"extension": out.suffix, "known": ".svg"}
        raise InputError(Problem("unsupported_extension", out.name, fields=fields))
    parent_exists(out, "--out")
    who = None if actors is None else read_actors(read_table(actors), group)
    network, doubts = read_network(read_table(ties), who, relation=relation, wave=wave)
    flat = without_direction(network)
    sectors = who.groups if who is not None and who.groups is not None else (None,) * network.n
    others = sorted({s for s in sectors if s is not None and s not in SECTOR_COLOURS})
    told = [*doubts]
    if others:
        told.append(Doubt("map_groups_other", {"names": name_some(others)}))
    if not flat.m:
        told.append(Doubt("network_empty", {"n": flat.n}))
    nodes = [
        Node(float(x), float(y), int(degree), sector, _drawable(actor) if labels else None)
        for (x, y), degree, sector, actor in zip(
            layout(flat, seed=seed), indegree(flat), sectors, flat.ids, strict=True
        )
    ]
    label = t("Map of ties: actors {n}, ties {m}", n=flat.n, m=flat.m)
    there = [s for s in SECTOR_COLOURS if s in sectors]
    keys = [Key(s, sector(s, t.lang)) for s in there]
    if there and len(there) < len(set(sectors)):
        keys.append(Key(None, t("another group, or none")))
    if keys and not all(node.degree for node in nodes):
        keys.append(Key("warga", t("hollow: no tie known"), hollow=True))
    ends = [(int(a), int(b), 1) for a, b in flat.edges]
    picture = str(network_map(nodes, ends, label, keys=keys))
    write_all({out: ('<?xml version="1.0" encoding="UTF-8"?>\n' + picture + "\n").encode()})
    result = {"actors": flat.n, "ties": flat.m, "written": [out.name], "warnings": told}
    if json:
        print_json(result, t.lang)
        return
    rows = [(t("Actors"), t.number(flat.n, 0)), (t("Ties"), t.number(flat.m, 0))]
    print_table(out.name, (t("Figure"), t("Value")), rows, right=(1,))
    print_warnings(told, t)


def _drawable(text: str) -> str:
    """SVG, being XML, cannot hold control characters."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
