"""Ties of very many networks in one file, read without a Python object per cell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from satuhati.core.networks.many import ManyNetworks
from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats.csvtext import read_bytes
from satuhati.formats.tables import EXTENSIONS

MAX_MB = 2000
RESERVED = ("source", "target", "id", "weight")
"""Columns that say something else than which network a row belongs to."""
PROBLEMS_SHOWN = 20
"""Bad rows told at once: of millions of rows nobody reads more."""


@dataclass(frozen=True, slots=True, eq=False)
class ManyRead:
    """The networks of a file, what each is called, and doubts about how they were read."""

    names: tuple[str, ...]
    networks: ManyNetworks
    warnings: tuple[Doubt, ...]


def read_many(
    ties: Path,
    by: str,
    actors: Path | None = None,
    *,
    group: str | None = None,
    relation: str | None = None,
    directed: bool = True,
) -> ManyRead:
    """Networks of a table of ties, one for each value of ``by``, in order of first appearance.

    ``actors`` has ``by`` and ``id``, so that those without ties count; networks without any tie
    are in it too. Raises :class:`InputError` as the other readers of ties do, naming the first
    bad rows.
    """
    if by in RESERVED:
        fields = {"option": "--by", "value": by, "why": ", ".join(RESERVED)}
        raise InputError(Problem("option_invalid", fields=fields))
    table = _read(ties)
    columns = [by, "source", "target"]
    _require(table, ties.name, *columns)
    doubts: list[Doubt] = []
    problems: list[Problem] = []
    for column in columns:
        problems += _rows(table, table[column].is_null(), ties.name, column, "value_required")
    problems += _rows(table, table["source"] == table["target"], ties.name, "target",
                      "tie_to_self", "source", "id")  # fmt: skip
    if "weight" in table.columns:
        weight = table["weight"].cast(pl.Float64, strict=False)
        bad = table["weight"].is_null() | weight.is_null() | ~(weight > 0) | weight.is_infinite()
        problems += _rows(table, bad, ties.name, "weight", "tie_weight", "weight", "value")
        doubts.append(Doubt("ties_weights_unused"))
    if relation is not None:
        _require(table, ties.name, "relation")
        if not (table["relation"] == relation).any():
            known = ", ".join(sorted(table["relation"].drop_nulls().unique().to_list())[:12])
            fields = {"option": "--relation", "value": relation, "why": known or "–"}
            raise InputError(Problem("option_invalid", fields=fields))
    if problems:
        raise InputError(sorted(problems, key=lambda p: p.row or 0)[:PROBLEMS_SHOWN])
    wanted = table if relation is None else table.filter(pl.col("relation") == relation)
    who = _who(table, by, actors, group)
    if actors is None:
        doubts.append(Doubt("actors_unlisted"))
    names = who[by].unique(maintain_order=True)
    code = pl.DataFrame({by: names, "_network": np.arange(names.len(), dtype=np.int64)})
    who = who.join(code, on=by, how="left", maintain_order="left").sort(
        "_network", maintain_order=True
    )
    sizes = np.bincount(who["_network"].to_numpy(), minlength=names.len()).astype(np.int64)
    first = np.concatenate([[0], np.cumsum(sizes)])
    spot = np.arange(who.height, dtype=np.int64) - first[who["_network"].to_numpy()]
    place = who.select(by, "id", "_network").with_columns(_spot=pl.Series(spot))
    found: dict[str, npt.NDArray[np.int64]] = {}
    network: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)
    for column in ("source", "target"):
        met = wanted.select(by, column, "_row").join(
            place, left_on=[by, column], right_on=[by, "id"], how="left", maintain_order="left"
        )
        if actors is not None:
            unknown = _rows(met, met["_spot"].is_null(), ties.name, column, "tie_unknown_actor",
                            column, "id", actors=actors.name)  # fmt: skip
            if unknown:
                raise InputError(unknown)
        found[column] = met["_spot"].to_numpy().astype(np.int64)
        network = met["_network"].to_numpy().astype(np.int64)
    groups = None
    if group is not None:
        labels = who[group].cast(pl.Categorical).to_physical()
        groups = labels.cast(pl.Int64).fill_null(-1).to_numpy()
        missing = int((groups < 0).sum())
        if missing:
            doubts.append(Doubt("group_unknown", {"n": missing}))
    many = ManyNetworks(sizes, network, found["source"], found["target"], groups, directed)
    return ManyRead(tuple(names.to_list()), many, tuple(doubts))


def _read(path: Path) -> pl.DataFrame:
    """A table of text; an empty cell or ``NA`` is missing, outer blanks are stripped."""
    if not path.name.endswith(EXTENSIONS):
        fields = {"extension": path.suffix, "known": ", ".join(EXTENSIONS)}
        raise InputError(Problem("unsupported_extension", path.name, fields=fields))
    data = read_bytes(path, MAX_MB)
    try:
        if path.name.endswith(".parquet"):
            table = pl.read_parquet(data).select(pl.all().cast(pl.String))
        else:
            head = data[:4096].split(b"\n", 1)[0]
            mark = max(",;\t", key=lambda c: head.count(c.encode()))
            table = pl.read_csv(data, separator=mark, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        why = type(error).__name__
        raise InputError(Problem("file_unreadable", path.name, fields={"why": why})) from None
    except BaseException as error:  # Polars panics derive from BaseException
        if type(error).__name__ != "PanicException":
            raise
        raise InputError(Problem("file_unreadable", path.name, fields={"why": "Polars"})) from None
    first = 1 if path.name.endswith(".parquet") else 2  # a spreadsheet counts the header
    text = pl.all().str.strip_chars()
    return (
        table.rename(str.strip)
        .with_columns(text)
        .with_columns(
            pl.when(pl.all().is_in(["", "NA"])).then(None).otherwise(pl.all()).name.keep()
        )
        .with_row_index("_row", offset=first)
    )


def _require(table: pl.DataFrame, name: str, *columns: str) -> None:
    missing = [c for c in columns if c not in table.columns]
    if missing:
        raise InputError([Problem("column_missing", name, 1, c, {"name": c}) for c in missing])


def _rows(
    table: pl.DataFrame, bad: pl.Series, name: str, column: str, code: str,
    shown: str | None = None, field: str = "", **more: Any,
) -> list[Problem]:  # fmt: skip
    """One problem for each of the first bad rows."""
    found = table.filter(bad.fill_null(False)).head(PROBLEMS_SHOWN)
    return [
        Problem(code, name, row["_row"], column,
                {} if shown is None else {field: row[shown] or "", **more})
        for row in found.iter_rows(named=True)
    ]  # fmt: skip


def _who(table: pl.DataFrame, by: str, actors: Path | None, group: str | None) -> pl.DataFrame:
    """Actors of every network, each once: those listed, or those tied."""
    if actors is None:
        sides = [
            table.select(by, pl.col(side).alias("id"), "_row") for side in ("source", "target")
        ]
        return pl.concat(sides).sort("_row", maintain_order=True).unique(
            [by, "id"], keep="first", maintain_order=True
        )  # fmt: skip
    who = _read(actors)
    wanted = [by, "id", *(() if group is None else (group,))]
    _require(who, actors.name, *wanted)
    problems: list[Problem] = []
    for column in (by, "id"):
        problems += _rows(who, who[column].is_null(), actors.name, column, "value_required")
    again = who.with_columns(_first=pl.col("_row").min().over([by, "id"]))
    twice = again.filter(pl.col("_row") != pl.col("_first")).head(PROBLEMS_SHOWN)
    problems += [
        Problem("actor_repeated", actors.name, row["_row"], "id",
                {"id": row["id"] or "", "first": row["_first"]})
        for row in twice.iter_rows(named=True)
    ]  # fmt: skip
    if problems:
        raise InputError(sorted(problems, key=lambda p: p.row or 0)[:PROBLEMS_SHOWN])
    return who.select(*wanted)
