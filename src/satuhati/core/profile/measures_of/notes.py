"""Field notes: which way the coded passages of independent sources point."""

from __future__ import annotations

import polars as pl

from satuhati.core.profile.context import Context, finding, no_finding
from satuhati.core.profile.kinds import general
from satuhati.schema.measures import Measure

LEANING = 0.75
"""The share of sources that must lean one way before the machine proposes that direction."""


def coded_passages(ctx: Context) -> pl.DataFrame:
    """Each coding with its code's cell and its source.

    ``community, id`` (coding), ``component, level, direction, excerpt, source, population,
    source_kind, source_title, date, text``.
    """
    codes = ctx["codes"].select("community", "component", "level", code="id")
    excerpts = ctx["excerpts"].select("community", "source", "text", excerpt="id")
    sources = ctx["sources"].select(
        "community", "population", "date", source="id", source_kind="kind", source_title="title"
    )
    return (
        ctx["codings"]
        .join(codes, on=["community", "code"])
        .join(excerpts, on=["community", "excerpt"])
        .join(sources, on=["community", "source"])
    )


def _directions(ctx: Context) -> None:
    """Compute the field notes of every cell at once; each goes into the memo by its cell."""
    ctx.memo["notes"] = pl.DataFrame()
    cell = ["component", "level"]
    rows = coded_passages(ctx).drop_nulls(cell)
    if rows.height == 0:
        return
    told = _of_cells(ctx, rows, ["community", *cell, "population"])
    for (component, level), part in told.partition_by(
        cell, as_dict=True, include_key=False
    ).items():
        ctx.memo[f"notes:{component}:{level}"] = finding(part)


def _of_cells(ctx: Context, rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    lean = pl.col("direction").replace_strict(
        {"supports": 1, "mixed": 0, "contradicts": -1}, return_dtype=pl.Int64
    )
    passages = rows.group_by(*keys, "source", "excerpt").agg(
        lean=lean.sum().sign(), ids=pl.col("id"), date=pl.col("date").first()
    )
    of_source = pl.col("lean").sum().over(*keys, "source").sign()
    passages = passages.with_columns(source_lean=of_source)
    sources = (
        passages.unique([*keys, "source"])
        .group_by(keys)
        .agg(
            n=pl.len().cast(pl.Int64),
            up=(pl.col("source_lean") > 0).mean(),
            down=(pl.col("source_lean") < 0).mean(),
        )
    )
    counts = passages.group_by(keys).agg(
        supports=(pl.col("lean") > 0).sum(),
        mixed=(pl.col("lean") == 0).sum(),
        contradicts=(pl.col("lean") < 0).sum(),
        ids=pl.col("ids").explode().sort(),
        start=pl.col("date").min(),
        end=pl.col("date").max(),
    )
    placed = (
        ctx["placements"]
        .sort("date", "id")
        .group_by(keys, maintain_order=True)
        .agg(placed=pl.col("direction").last(), reason=pl.col("reason").last())
    )
    proposed = (
        pl.when(pl.col("up") >= LEANING)
        .then(pl.lit("supports"))
        .when(pl.col("down") >= LEANING)
        .then(pl.lit("contradicts"))
        .otherwise(pl.lit("mixed"))
    )
    return (
        sources.join(counts, on=keys)
        .join(placed, on=keys, how="left")
        .with_columns(
            direction=pl.coalesce("placed", proposed),
            rows=pl.col("ids").list.len(),
            table=pl.lit("codings"),
        )
    )


@general("fieldnotes")
def field_notes(ctx: Context, measure: Measure, component: str) -> pl.DataFrame:
    """Direction of the passages of a cell, per population of the source that spoke.

    n is the number of independent sources (a focus group is one). A passage coded by several
    coders counts once, by the direction most of them gave it (mixed, if they tie). The analyst's
    placement, the latest, decides the direction; without one the machine proposes ``supports``
    or ``contradicts`` when the passages of at least three quarters of the sources lean that way,
    and ``mixed`` otherwise.
    """
    if "notes" not in ctx.memo:
        _directions(ctx)
    found = ctx.memo.get(f"notes:{component}:{measure.level}")
    return no_finding() if found is None else found
