"""Who has heard of each service: the funnel, by area and by channel."""

from __future__ import annotations

from datetime import date

import polars as pl

from satuhati.core.intervals import wilson
from satuhati.core.outreach.cascade import STAGES, complete_persons
from satuhati.core.profile.context import Context, wards
from satuhati.core.profile.dossier import (
    AreaShare,
    Funnel,
    Step,
)
from satuhati.core.profile.dossier_of.shared import hidden, interval_of
from satuhati.core.profile.measures_of.awareness import latest_count
from satuhati.core.shares import share_with_clusters
from satuhati.core.suppression import THRESHOLD, suppress_two_way


def funnels_of(ctx: Context) -> tuple[Funnel, ...]:
    rows = latest_count(ctx)
    if rows.height == 0:
        return ()
    out = []
    for _, group in rows.sort("service", "frame").group_by(
        ["service", "frame"], maintain_order=True
    ):
        persons = bool((group["asked"] == 1).all())
        group = complete_persons(group) if persons else group
        out.append(_funnel(ctx, group))
    return tuple(out)


def _funnel(ctx: Context, group: pl.DataFrame) -> Funnel:
    first = group.row(0, named=True)
    group = group.with_columns(cluster=pl.coalesce("area", "id"))
    steps = []
    for stage in STAGES:
        known = group.filter(pl.col(stage).is_not_null())
        if known.height == 0:
            steps.append(Step(stage, None, None, None))
            continue
        found = share_with_clusters(known, [], stage, "cluster", trials="asked").row(0, named=True)
        n = int(found["successes"])
        told = not 0 < n < THRESHOLD
        steps.append(
            Step(stage, n, found["value"], interval_of(found))
            if told
            else Step(stage, None, None, None)
        )
    start, end = group["date"].min(), group["date"].max()
    return Funnel(
        service=first["service"],
        service_name=first["subject_name"],
        frame=first["frame"],
        start=start if isinstance(start, date) else first["date"],
        end=end if isinstance(end, date) else first["date"],
        asked=int(group["asked"].sum()),
        steps=tuple(steps),
        areas=_area_shares(ctx, group),
        channels=_channels(group),
    )


def _area_shares(ctx: Context, group: pl.DataFrame) -> tuple[AreaShare, ...]:
    """By RW. Small areas, and as many more as it takes, are hidden: the total is printed."""
    per_ward = (
        group.join(wards(ctx["areas"]), on=["community", "area"], how="inner")
        .group_by("ward", "ward_name")
        .agg(pl.col("asked").sum(), pl.col("heard").sum())
        .sort("ward_name", "ward")
    )
    rows = per_ward.rows(named=True)
    if not rows:
        return ()
    table = [[r["heard"], r["asked"] - r["heard"]] for r in rows]
    hide = suppress_two_way(table)
    out = []
    for i, row in enumerate(rows):
        is_hidden = bool(hide.cells[i].any() or hide.rows[i])
        asked, heard = row["asked"], row["heard"]
        out.append(
            AreaShare(
                area=row["ward"],
                area_name=row["ward_name"],
                asked=None if hide.rows[i] else asked,
                heard=None if is_hidden else heard,
                share=None if is_hidden or not asked else heard / asked,
                interval=None if is_hidden else wilson(heard, asked),
                at_least_half=None if asked < THRESHOLD else heard * 2 >= asked,
            )
        )
    return tuple(out)


def _channels(group: pl.DataFrame) -> tuple[tuple[str, int | None], ...]:
    counted = (
        group.filter(pl.col("heard") > 0)
        .group_by(pl.col("channel").fill_null("unknown"))
        .agg(n=pl.col("heard").sum())
        .sort("n", "channel", descending=[True, False])
    )
    if counted.height == 0:
        return ()
    hide_each = hidden(counted["n"].to_list())
    return tuple(
        (channel, None if hide else n)
        for (channel, n), hide in zip(counted.iter_rows(), hide_each, strict=True)
    )
