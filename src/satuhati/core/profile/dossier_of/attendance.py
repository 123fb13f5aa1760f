"""Attendance of the last twelve months, by subgroup, and the calendar of three years."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import polars as pl

from satuhati.core.meetings.participation import (
    participation,
    subgroup_participation,
)
from satuhati.core.profile.context import Context, wards
from satuhati.core.profile.dossier import (
    MeetingMark,
    Participation,
    Subgroup,
)
from satuhati.core.profile.dossier_of.shared import hidden, interval_of

WINDOW_MONTHS = 12
CALENDAR_MONTHS = 36


def participation_of(ctx: Context, as_of: date) -> Participation | None:
    """Attendance of the last twelve months, by subgroup; the calendar goes back three years.

    Subgroups of fewer than five members are suppressed, with as many more as it takes that none
    can be had by subtraction. Sections are posts held in public, and are not suppressed.
    """
    seats = ctx.within(ctx.seats, "date", WINDOW_MONTHS)
    calendar = _calendar(ctx)
    if seats.height == 0:
        return None if not calendar else _empty_participation(as_of, calendar)
    came = pl.when(pl.col("came")).then(pl.coalesce("status", pl.lit("present")))
    rows = seats.select(
        "community",
        "meeting",
        member="actor",
        status=came.otherwise(pl.coalesce("status", pl.lit("absent"))),
        order="date",
    )
    figures = participation(rows)
    overall = figures.communities.row(0, named=True)
    sections = seats.group_by("section").agg(came=pl.col("came").any()).drop_nulls("section")
    reasons = Counter(
        ctx["attendance"]
        .join(seats.select("community", "id"), on=["community", "id"], how="semi")["reason"]
        .drop_nulls()
        .to_list()
    )
    first = seats["date"].min()
    return Participation(
        start=first if isinstance(first, date) else as_of,
        end=as_of,
        meetings=overall["meetings"],
        members=overall["members"],
        rate=overall["value"],
        interval=interval_of(overall),
        gini=overall["gini"],
        top20_share=overall["top20_share"],
        subgroups=_subgroups(ctx, figures.members, seats),
        reasons=dict(sorted(reasons.items(), key=lambda e: (-e[1], e[0]))),
        calendar=calendar,
        never_present_sections=tuple(sorted(sections.filter(~pl.col("came"))["section"])),
    )


def _empty_participation(as_of: date, calendar: tuple[MeetingMark, ...]) -> Participation:
    return Participation(
        start=as_of - timedelta(days=365),
        end=as_of,
        meetings=0,
        members=0,
        rate=None,
        interval=None,
        gini=None,
        top20_share=None,
        subgroups=(),
        reasons={},
        calendar=calendar,
        never_present_sections=(),
    )


def _calendar(ctx: Context) -> tuple[MeetingMark, ...]:
    seats = (
        ctx.seats.group_by("community", "meeting")
        .agg(invited=pl.len(), present=pl.col("came").sum())
        .rename({"meeting": "id"})
    )
    shown = ctx.within(
        ctx["meetings"].filter(pl.col("kind").is_in(["pokja", "cross_sector_forum"])),
        "date",
        CALENDAR_MONTHS,
    )
    rows = shown.join(seats, on=["community", "id"], how="left").sort("date", "id")
    return tuple(
        MeetingMark(r["date"], r["kind"], r["status"], r["invited"] or 0, r["present"] or 0)
        for r in rows.iter_rows(named=True)
    )


def _subgroups(ctx: Context, members: pl.DataFrame, seats: pl.DataFrame) -> tuple[Subgroup, ...]:
    ward_of = wards(ctx["areas"]).select("community", "area", rw="ward_name")
    people = (
        ctx["actors"]
        .join(ward_of, on=["community", "area"], how="left")
        .select("community", "sex", "age_band", "schooling", "rw", member="id")
        .join(
            seats.select("community", "section", member="actor").unique(["community", "member"]),
            on=["community", "member"],
            how="inner",
        )
    )
    groupings = ("section", "sex", "age_band", "schooling", "rw")
    table = subgroup_participation(members, people, groupings)
    out = []
    for grouping in groupings:
        rows = [
            r
            for r in table.filter(pl.col("attribute") == grouping).iter_rows(named=True)
            if r["group"] is not None
        ]
        hide_each = (
            [False] * len(rows) if grouping == "section" else hidden([r["members"] for r in rows])
        )
        residents = _resident_shares(ctx, grouping)
        total = sum(r["members"] for r in rows)
        for row, hide in zip(rows, hide_each, strict=True):
            out.append(
                Subgroup(
                    grouping=grouping,
                    group=row["group"],
                    members=None if hide else row["members"],
                    invited=None if hide else row["n"],
                    present=None if hide else row["attended"],
                    rate=None if hide else row["value"],
                    interval=None if hide else interval_of(row),
                    residents_share=residents.get(row["group"]),
                    active_share=None if hide or not total else row["members"] / total,
                )
            )
    return tuple(out)


def _resident_shares(ctx: Context, grouping: str) -> dict[str, float]:
    """Share of adult residents of each group, at the latest count that tells it."""
    column = {"rw": "area"}.get(grouping, grouping)
    residents = ctx["residents"]
    if column not in residents.columns:
        return {}
    known = residents.drop_nulls(column)
    if grouping == "rw":
        known = known.join(wards(ctx["areas"]), on=["community", "area"]).with_columns(
            area=pl.col("ward_name")
        )
    if grouping == "age_band":
        known = known.filter(pl.col("age_band") != "0-14")
    if known.height == 0:
        return {}
    known = known.filter(pl.col("year") == known["year"].max())
    counts = known.group_by(column).agg(pl.col("count").sum())
    total = counts["count"].sum()
    return {g: n / total for g, n in counts.iter_rows()} if total else {}
