"""``satuhati network batch``: the figures of very many small networks.

Core and formats are imported inside the command: only a command that runs pays their start-up.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from satuhati.cli._networks import Relation, Undirected
from satuhati.errors import InputError, Problem

if TYPE_CHECKING:
    from satuhati.core.networks.many import ManyFigures

FIGURES = ("actors", "ties", "isolates", "density", "reciprocity_edgewise", "transitivity",
           "components", "constraint", "ei_index")  # fmt: skip
WHOLE = ("actors", "ties", "isolates", "components")
SPREAD = ("lowest", "median", "highest")
OUT = (".parquet", ".csv")


@guarded
def batch_command(
    ties: Annotated[
        Path, typer.Argument(help="Ties: source,target and the column that tells networks apart.")
    ],
    by: Annotated[str, typer.Option("--by", help="Column of TIES (and ACTORS): which network.")],
    out: Annotated[Path, typer.Option("--out", help="A row per network: .parquet or .csv.")],
    actors: Annotated[
        Path | None,
        typer.Option("--actors", help="Actors: that column, id, and a group; isolates count."),
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", help="Column of ACTORS that holds each one's group.")
    ] = None,
    relation: Relation = None,
    undirected: Undirected = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Describe very many small networks at once: one row of figures for each.

    The figures are those of ``network describe``; constraint is the mean over actors with ties.
    One that cannot be had is left empty. The extra `fast` computes hundreds of thousands of
    networks several times as fast.

    Example: satuhati network batch ties.csv --by village --undirected --out metrics.parquet
    """
    from satuhati.core.networks.many import describe_many
    from satuhati.formats.atomic import write_all
    from satuhati.formats.manyties import read_many

    t = words(lang)
    if group is not None and actors is None:
        fields = {"option": "--group", "value": group, "why": "--actors ACTORS?"}
        raise InputError(Problem("option_invalid", fields=fields))
    if out.suffix.lower() not in OUT:
        fields = {"extension": out.suffix, "known": ", ".join(OUT)}
        raise InputError(Problem("unsupported_extension", out.name, fields=fields))
    parent_exists(out, "--out")
    read = read_many(ties, by, actors, group=group, relation=relation, directed=not undirected)
    found = describe_many(read.networks)
    write_all({out: _file(by, read.names, found, out.suffix.lower())})
    figures = {name: _spread(getattr(found, name)) for name in FIGURES}
    result = {
        "networks": len(read.names),
        "actors": int(found.actors.sum()),
        "ties": int(found.ties.sum()),
        "figures": figures,
        "written": [out.name],
        "warnings": read.warnings,
    }
    if json:
        print_json(result, t.lang)
        return
    names = {
        "actors": t("Actors"), "ties": t("Ties"), "isolates": t("Actors without ties"),
        "density": t("Density"), "reciprocity_edgewise": t("Reciprocity, of ties"),
        "transitivity": t("Transitivity"), "components": t("Components"),
        "constraint": t("Constraint"), "ei_index": t("E-I index (−1 inside, +1 between)"),
    }  # fmt: skip
    print_table(
        t("{n} networks", n=t.number(len(read.names), 0)),
        (t("Figure"), t("Lowest"), t("Median"), t("Highest"), t("Not to be had")),
        [
            (names[name], *(t.number(f[k], 0 if name in WHOLE else 3) for k in SPREAD),
             t.number(f["missing"], 0))
            for name, f in figures.items()
        ],
        right=(1, 2, 3, 4),
    )  # fmt: skip
    print_warnings(read.warnings, t)


def _spread(values: Any) -> dict[str, Any]:
    """Lowest, median and highest of what is known."""
    import numpy as np

    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    some = bool(known.size)
    return {
        "lowest": float(known.min()) if some else None,
        "median": float(np.median(known)) if some else None,
        "highest": float(known.max()) if some else None,
        "missing": len(values) - known.size,
    }


def _file(by: str, names: tuple[str, ...], found: ManyFigures, suffix: str) -> bytes:
    import io

    import polars as pl

    columns = {name: pl.Series(name, getattr(found, name)) for name in FIGURES}
    frame = pl.DataFrame({by: names, **{k: v for k, v in columns.items() if k != by}})
    frame = frame.with_columns(pl.selectors.float().fill_nan(None))
    held = io.BytesIO()
    if suffix == ".parquet":
        frame.write_parquet(held)
    else:
        frame.write_csv(held)
    return held.getvalue()
