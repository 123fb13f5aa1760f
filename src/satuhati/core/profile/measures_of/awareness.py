"""Measures read from the awareness ledger: who has heard of, and been to, each key service."""

from __future__ import annotations

import polars as pl

from satuhati.core.profile.context import Context, finding, no_finding, share, wards
from satuhati.core.profile.kinds import registered
from satuhati.schema.measures import Measure

SMALLEST_AREA = 5
ONE_COUNT_MONTHS = 6
"""Rows without a wave belong to one count when they lie within half a year of the latest."""


def latest_count(ctx: Context) -> pl.DataFrame:
    """Rows of the latest count per key service and sampling frame, with the service's name.

    Without any service marked as key, all services take part. Frames are never pooled.
    """
    return ctx.once("awareness", lambda: _latest_count(ctx))


def _latest_count(ctx: Context) -> pl.DataFrame:
    services = ctx["services"].select("community", "key", service="id", subject_name="name")
    some_key = pl.col("key").fill_null(False).any().over("community")
    services = services.filter(pl.col("key").fill_null(False) | ~some_key).drop("key")
    rows = ctx["awareness"].join(services, on=["community", "service"], how="inner")
    group = ["community", "service", "frame"]
    wave = pl.col("wave").fill_null(0)
    rows = rows.filter((wave == wave.max().over(group)) & (pl.col("asked") > 0))
    first_day = pl.col("date").max().over(group).dt.offset_by(f"-{ONE_COUNT_MONTHS}mo")
    return rows.filter(pl.col("wave").is_not_null() | (pl.col("date") > first_day))


def _stage(ctx: Context, measure: Measure, stage: str) -> pl.DataFrame:
    rows = latest_count(ctx).filter(pl.col(stage).is_not_null())
    if rows.height == 0:
        return no_finding()
    rows = rows.with_columns(
        ok=pl.col(stage),
        subject="service",
        cluster=pl.coalesce("area", "id"),
        # A row of fewer than five people must not be traceable by itself.
        id=pl.when(pl.col("asked") >= SMALLEST_AREA).then(pl.col("id")),
    )
    found = share(
        rows,
        measure.interval,
        table="awareness",
        by=("community", "subject", "subject_name", "frame"),
        of="asked",
        cluster="cluster",
        date="date",
        n=pl.col("asked").sum(),
    )
    counted = rows.group_by("community", "subject", "frame").agg(all_rows=pl.len())
    return finding(
        found.join(counted, on=["community", "subject", "frame"]).with_columns(
            rows="all_rows", record=pl.format("awareness:{}", "frame")
        )
    )


@registered("share", "service_heard")
def heard(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    return _stage(ctx, measure, "heard")


@registered("share", "service_visited")
def visited(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    return _stage(ctx, measure, "visited")


@registered("share", "areas_heard")
def areas_heard(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    """RW where at least half of those asked have heard, of RW with five or more asked."""
    rows = latest_count(ctx).join(wards(ctx["areas"]), on=["community", "area"], how="inner")
    if rows.height == 0:
        return no_finding()
    by = ("community", "service", "subject_name", "frame")
    per_ward = (
        rows.group_by(*by, "ward")
        .agg(
            pl.col("asked").sum(),
            pl.col("heard").sum(),
            start=pl.col("date").min(),
            end=pl.col("date").max(),
        )
        .filter(pl.col("asked") >= SMALLEST_AREA)
        .with_columns(ok=pl.col("heard") * 2 >= pl.col("asked"), id=pl.col("ward"))
    )
    found = share(
        per_ward.rename({"service": "subject"}),
        measure.interval,
        table="areas",
        by=("community", "subject", "subject_name", "frame"),
        date="start",
    )
    return finding(found.with_columns(record=pl.format("awareness:{}", "frame")))
