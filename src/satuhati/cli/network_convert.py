"""``satuhati network convert``: CSV, GraphML and GEXF.

Core and formats are imported inside the command: only a command that runs pays their start-up.
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
from satuhati.errors import InputError, Problem


@guarded
def convert_command(
    source: Annotated[
        Path, typer.Argument(metavar="IN", help="Ties (.csv, .parquet), .graphml or .gexf.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help=".csv, .graphml or .gexf.")],
    actors: Annotated[
        Path | None,
        typer.Option(
            "--actors",
            help="Table of actors (id and attributes): read beside a table of ties, otherwise "
            "written beside OUT.csv.",
        ),
    ] = None,
    undirected: Annotated[
        bool, typer.Option("--undirected", help="Read the ties of a table as going both ways.")
    ] = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Convert a network between CSV, GraphML and GEXF, by extension, with all its attributes.

    igraph (GraphML) and NetworkX read the result as it is. The direction of GraphML and GEXF comes
    from the file.

    Example: satuhati network convert ties.csv map.gexf --actors actors.csv
    """
    from satuhati.formats.graphs import is_xml, read_graph, write_graph

    t = words(lang)
    parent_exists(out, "OUT")
    if actors is not None and is_xml(source) and is_xml(out):
        fields = {"option": "--actors", "value": actors.name, "why": f"{source.name} → {out.name}"}
        raise InputError(Problem("option_invalid", fields=fields))
    beside = actors if is_xml(source) and not is_xml(out) else None
    if beside is not None:
        parent_exists(beside, "--actors")
    graph = read_graph(source, None if is_xml(source) else actors, directed=not undirected)
    doubts = write_graph(graph, out, beside)
    result = {
        "actors": len(graph.ids),
        "ties": len(graph.ties),
        "directed": graph.directed,
        "actor_columns": list(graph.actors),
        "tie_columns": list(graph.columns),
        "written": [path.name for path in (out, beside) if path is not None],
        "warnings": (*graph.warnings, *doubts),
    }
    if json:
        print_json(result, t.lang)
        return
    rows = [
        (t("Actors"), t.number(len(graph.ids), 0)),
        (t("Ties"), t.number(len(graph.ties), 0)),
        (t("Directed"), t("yes") if graph.directed else t("no")),
        (t("Columns of actors"), ", ".join(graph.actors) or "–"),
        (t("Columns of ties"), ", ".join(graph.columns) or "–"),
    ]
    print_table(out.name, (t("Figure"), t("Value")), rows, right=(1,))
    print_warnings((*graph.warnings, *doubts), t)
