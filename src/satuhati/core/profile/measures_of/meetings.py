"""Measures read from the meeting calendar and the attendance list."""

from __future__ import annotations

import polars as pl

from satuhati.core.meetings.periods import DEFAULT_FREQUENCY
from satuhati.core.meetings.regularity import FREQUENCIES, regularity
from satuhati.core.profile.context import (
    PARTNER_SECTORS,
    Context,
    finding,
    no_finding,
    share,
)
from satuhati.core.profile.kinds import registered
from satuhati.schema.measures import Measure


def _recent_seats(ctx: Context, months: int | None) -> pl.DataFrame:
    return ctx.once(f"seats:{months}", lambda: ctx.within(ctx.seats, "date", months))


@registered("share", "participation")
def participation(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    """Present or represented, of all chances; members are the clusters, n counts meetings."""
    seats = _recent_seats(ctx, measure.months)
    return share(
        seats,
        measure.interval,
        table="attendance",
        ok="came",
        cluster="actor",
        date="date",
        n=pl.col("meeting").n_unique(),
    )


@registered("share", "sections_represented")
def sections_represented(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    """Sections with a member present or represented at half of the meetings or more."""
    seats = _recent_seats(ctx, measure.months).filter(pl.col("section").is_not_null())
    if seats.height == 0:
        return no_finding()
    per_meeting = seats.group_by("community", "section", "meeting").agg(
        came=pl.col("came").any(), date=pl.col("date").first()
    )
    sections = per_meeting.group_by("community", "section").agg(ok=pl.col("came").mean() >= 0.5)
    behind = seats.group_by("community").agg(
        n=pl.col("meeting").n_unique().cast(pl.Int64),
        ids=pl.col("id").drop_nulls().sort(),
        rows=pl.col("id").drop_nulls().len(),
        start=pl.col("date").min(),
        end=pl.col("date").max(),
    )
    totals = sections.group_by("community").agg(
        numerator=pl.col("ok").sum().cast(pl.Float64), denominator=pl.len().cast(pl.Float64)
    )
    return finding(
        totals.join(behind, on="community").with_columns(
            raw=pl.col("numerator") / pl.col("denominator") * 100, table=pl.lit("attendance")
        )
    )


@registered("share", "forum_sectors")
def forum_sectors(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    """Partner sectors present, over partner sectors in the register times forums held."""
    forums = ctx.within(
        ctx["meetings"].filter(
            (pl.col("status") == "held") & (pl.col("kind") == "cross_sector_forum")
        ),
        "date",
        measure.months,
    ).select("community", "date", meeting="id")
    known = ctx.sectors.filter(pl.col("sector").is_in(PARTNER_SECTORS))
    rows = (
        ctx["attendance"]
        .join(forums, on=["community", "meeting"], how="inner")
        .join(known.select("community", "actor", "sector"), on=["community", "actor"], how="inner")
        .with_columns(came=pl.col("status").is_in(["present", "represented"]))
    )
    listed = forums.join(ctx["attendance"], on=["community", "meeting"], how="semi")
    chances = listed.join(known.select("community", "sector").unique(), on="community", how="inner")
    if chances.height == 0:
        return no_finding()
    came = rows.group_by("community", "meeting", "sector").agg(
        came=pl.col("came").any(), ids=pl.col("id")
    )
    full = chances.join(came, on=["community", "meeting", "sector"], how="left").with_columns(
        came=pl.col("came").fill_null(False)
    )
    return finding(
        full.group_by("community")
        .agg(
            numerator=pl.col("came").sum().cast(pl.Float64),
            denominator=pl.len().cast(pl.Float64),
            n=pl.col("meeting").n_unique().cast(pl.Int64),
            ids=pl.col("ids").explode().drop_nulls().sort(),
            start=pl.col("date").min(),
            end=pl.col("date").max(),
        )
        .with_columns(
            raw=pl.col("numerator") / pl.col("denominator") * 100,
            rows=pl.col("ids").list.len(),
            table=pl.lit("attendance"),
        )
    )


@registered("share", "kerja_bakti")
def kerja_bakti(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    """Households taking part of households in the RT, over all work parties; events cluster."""
    events = ctx.within(
        ctx["meetings"].filter(
            (pl.col("kind") == "kerja_bakti")
            & (pl.col("status") == "held")
            & (pl.col("households_invited") > 0)
            & pl.col("households_present").is_not_null()
        ),
        "date",
        measure.months,
    ).with_columns(
        ok=pl.min_horizontal("households_present", "households_invited"), event=pl.col("id")
    )
    return share(
        events,
        measure.interval,
        table="meetings",
        of="households_invited",
        cluster="event",
        date="date",
    )


@registered("share", "spoke")
def spoke(ctx: Context, measure: Measure, sex: str) -> pl.DataFrame:
    """Attendees other than the chair who spoke, of those of one sex; people are the clusters.

    The chair is whoever held that post on the day: before and after, they are a member like others.
    """
    people = ctx["actors"].filter(pl.col("sex") == sex).select("community", actor="id")
    seats = _recent_seats(ctx, measure.months).filter(
        pl.col("came") & pl.col("spoke").is_not_null()
    )
    chairs = ctx.in_office(seats.drop("section"), "actor", "date").filter(
        pl.col("post_kind") == "chair"
    )
    rows = seats.join(people, on=["community", "actor"], how="semi").join(
        chairs, on=["community", "meeting", "actor"], how="anti"
    )
    return share(
        rows,
        measure.interval,
        table="attendance",
        ok="spoke",
        cluster="actor",
        date="date",
        n=pl.col("actor").n_unique(),
    )


@registered("share", "quorum")
def quorum(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    """Held meetings of a series with a quorum rule at which that share of members came."""
    rules = (
        ctx["meeting_series"]
        .filter(pl.col("quorum").is_not_null() & (pl.col("kind") == "pokja"))
        .select("community", "quorum", series="id")
    )
    meetings = ctx["meetings"].select("community", "series", meeting="id")
    ruled = meetings.join(rules, on=["community", "series"], how="inner")
    seats = _recent_seats(ctx, measure.months)
    rows = (
        seats.group_by("community", "meeting")
        .agg(came=pl.col("came").mean(), date=pl.col("date").first())
        .join(ruled, on=["community", "meeting"], how="inner")
        .with_columns(ok=pl.col("came") >= pl.col("quorum"), id=pl.col("meeting"))
    )
    return share(rows, measure.interval, table="meetings", date="date")


@registered("count", "regularity")
def regularity_of(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    """Periods that met the declared frequency with notice, of those due in the window.

    A community without a series alive on the date has no schedule, whatever it once had: it has
    no row here, and ``if_none`` decides (see ``evaluate``).
    """
    months = measure.months or 12
    alive = ctx.due_series.filter(pl.col("kind") == "pokja").select("community").unique()
    dated = ctx.dated(ctx["meeting_series"].filter(pl.col("kind") == "pokja")).join(
        alive, on="community", how="semi"
    )
    if dated.height == 0:
        return no_finding()
    default = pl.col("kind").replace_strict(DEFAULT_FREQUENCY, default="monthly")
    readable = pl.col("frequency").is_in(list(FREQUENCIES)).fill_null(False)
    # Each community has a window of its own: it becomes the life of its series.
    series = dated.select(
        "community",
        pl.col("id").alias("series"),
        pl.when(readable).then(pl.col("frequency")).otherwise(default).alias("frequency"),
        pl.max_horizontal(
            "start", pl.col("as_of").dt.offset_by(f"-{months}mo").dt.offset_by("1d")
        ).alias("start"),
        pl.min_horizontal(pl.col("end").fill_null(pl.col("as_of")), "as_of").alias("end"),
    )
    meetings = (
        ctx["meetings"]
        .filter((pl.col("status") == "held") & pl.col("series").is_not_null())
        .select(
            "community",
            "series",
            "date",
            "id",
            notice_days=(pl.col("date") - pl.col("notice_on")).dt.total_days(),
        )
    )
    first, last = series["start"].min(), series["end"].max()
    if not series.height or first is None or last is None or first > last:  # type: ignore[operator]
        return no_finding()
    counted = regularity(series, meetings.drop("id"), first, last)  # type: ignore[arg-type]
    behind = (
        ctx.within(ctx["meetings"].filter(pl.col("series").is_not_null()), "date", months)
        .group_by("community")
        .agg(ids=pl.col("id").sort(), start=pl.col("date").min(), end=pl.col("date").max())
    )
    return finding(
        counted.filter(pl.col("due") > 0)
        .join(behind, on="community", how="left")
        .with_columns(
            raw=pl.col("value") * 100,
            numerator=pl.col("met"),
            denominator=pl.col("due"),
            n=pl.col("due"),
            rows=pl.col("ids").list.len().fill_null(0),
            ids=pl.col("ids").fill_null([]),
            table=pl.lit("meetings"),
        )
    )
