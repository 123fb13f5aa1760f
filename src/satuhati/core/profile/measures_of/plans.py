"""Measures read from documents and registers: plans, budgets, norms, assets, requests."""

from __future__ import annotations

import polars as pl

from satuhati.core.profile.context import Context, finding, no_finding, share
from satuhati.core.profile.kinds import registered
from satuhati.schema.measures import Measure


def _in_force(ctx: Context) -> pl.DataFrame:
    """Plans in force on the date: ``community, plan``."""
    plans = ctx.dated(ctx["plans"])
    current = plans.filter(pl.col("end").is_null() | (pl.col("end") >= pl.col("as_of")))
    return current.select("community", plan="id")


def _planned(ctx: Context) -> pl.DataFrame:
    """Activities of plans in force."""
    return ctx["activities"].join(_in_force(ctx), on=["community", "plan"], how="semi")


@registered("share", "problems_planned")
def problems_planned(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    goals = ctx["goals"].select("community", "problem", goal="id")
    acted = ctx["activities"].select("community", "goal").drop_nulls().unique()
    planned = (
        goals.join(acted, on=["community", "goal"], how="semi")
        .select("community", id="problem")
        .unique()
        .with_columns(ok=pl.lit(True))
    )
    rows = ctx.within(ctx["problems"], "named_on", measure.months)
    rows = rows.join(planned, on=["community", "id"], how="left")
    rows = rows.with_columns(ok=pl.col("ok").fill_null(False))
    return share(rows, measure.interval, table="problems", date="named_on")


def _money(ctx: Context) -> pl.DataFrame:
    """Budget lines of activities of plans in force, with the activity's area."""

    def lines() -> pl.DataFrame:
        activities = _planned(ctx).select("community", "area", activity="id")
        return ctx["budget_lines"].join(activities, on=["community", "activity"])

    return ctx.once("money", lines)


@registered("share", "budget_secured")
def budget_secured(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    lines = _money(ctx).with_columns(
        ok=pl.min_horizontal(pl.col("secured").fill_null(0.0), "needed")
    )
    plans = _in_force(ctx).group_by("community").agg(plans=pl.len().cast(pl.Int64))
    found = share(lines, measure.interval, table="budget_lines", of="needed")
    found = found.join(plans, on="community").with_columns(n=pl.col("plans"))
    return finding(found)


@registered("share", "funds_inside")
def funds_inside(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    lines = _money(ctx).filter(pl.col("secured") > 0)
    lines = lines.with_columns(ok=pl.when(pl.col("inside")).then(pl.col("secured")).otherwise(0.0))
    return share(lines, measure.interval, table="budget_lines", of="secured")


@registered("count", "fund_sources")
def fund_sources(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    lines = _money(ctx)
    got = lines.filter((pl.col("secured") > 0) & pl.col("source").is_not_null())
    counted = got.group_by("community").agg(
        raw=pl.col("source").n_unique().cast(pl.Float64), ids=pl.col("id").sort()
    )
    everyone = lines.select("community").unique()
    return finding(
        everyone.join(counted, on="community", how="left").with_columns(
            raw=pl.col("raw").fill_null(0.0),
            n=pl.lit(1),
            rows=pl.col("ids").list.len().fill_null(0),
            ids=pl.col("ids").fill_null([]),
            table=pl.lit("budget_lines"),
        )
    )


@registered("share", "budget_areas")
def budget_areas(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    """RW that have an activity with money secured; an RT counts for its RW."""
    areas = ctx["areas"]
    wards = areas.filter(pl.col("level") == "rw").select("community", ward="id")
    of_ward = pl.concat(
        [
            wards.with_columns(area=pl.col("ward")),
            areas.select("community", ward="parent", area="id").join(
                wards, on=["community", "ward"], how="semi"
            ),
        ]
    )
    funded = (
        _money(ctx)
        .filter(pl.col("secured") > 0)
        .join(of_ward, on=["community", "area"])
        .group_by("community", "ward")
        .agg(ok=pl.lit(True))
    )
    anywhere = _money(ctx).select("community").unique()
    rows = (
        wards.join(anywhere, on="community", how="semi")
        .join(funded, on=["community", "ward"], how="left")
        .with_columns(ok=pl.col("ok").fill_null(False), id=pl.col("ward"))
    )
    return share(rows, measure.interval, table="areas")


@registered("share", "continued_activities")
def continued(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    rows = ctx.within(
        ctx["activities"].filter(pl.col("continued").is_not_null()),
        "money_ended",
        measure.months,
    )
    return share(rows, measure.interval, table="activities", ok="continued", date="money_ended")


@registered("share", "activities_done")
def activities_done(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    rows = ctx.within(ctx["activities"], "planned_for", measure.months)
    rows = rows.with_columns(ok=pl.col("done_on").is_not_null())
    return share(rows, measure.interval, table="activities", date="planned_for")


@registered("share", "joint_activities")
def joint_activities(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    sectors = (
        ctx["activity_partners"]
        .group_by("community", pl.col("activity").alias("id"))
        .agg(sectors=pl.col("sector").n_unique())
    )
    rows = ctx.within(ctx["activities"], "done_on", measure.months)
    rows = rows.join(sectors, on=["community", "id"], how="inner")
    rows = rows.with_columns(ok=pl.col("sectors") >= 2)
    return share(rows, measure.interval, table="activities", date="done_on")


@registered("count", "plan_sections")
def plan_sections(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    plans = _in_force(ctx)
    if plans.height == 0:
        return no_finding()
    named = pl.concat(
        [ctx[t].select("community", "plan", "section") for t in ("problems", "activities")]
    )
    covered = (
        named.join(plans, on=["community", "plan"], how="semi")
        .drop_nulls("section")
        .group_by("community")
        .agg(raw=pl.col("section").n_unique().cast(pl.Float64))
    )
    found = plans.group_by("community").agg(ids=pl.col("plan").sort(), n=pl.len(), rows=pl.len())
    return finding(
        found.join(covered, on="community", how="left").with_columns(
            raw=pl.col("raw").fill_null(0.0), table=pl.lit("plans")
        )
    )


@registered("share", "norms_invoked")
def norms_invoked(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    invoked = (
        ctx.within(ctx["norm_events"].filter(pl.col("event") == "invoked"), "date", measure.months)
        .select("community", id="norm")
        .unique()
        .with_columns(ok=pl.lit(True))
    )
    rules = ctx.dated(ctx["norms"].filter(pl.col("kind") == "written")).filter(
        pl.col("until").is_null() | (pl.col("until") >= pl.col("as_of"))
    )
    rows = rules.join(invoked, on=["community", "id"], how="left")
    rows = rows.with_columns(ok=pl.col("ok").fill_null(False))
    return share(rows, measure.interval, table="norms")


@registered("share", "values_kept")
def values_kept(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    """Kept over kept and broken; counts only where two observers have watched."""
    values = ctx["norms"].filter(pl.col("kind") == "unwritten").select("community", norm="id")
    seen = ctx.within(
        ctx["norm_events"].filter(pl.col("event").is_in(["kept", "broken"])),
        "date",
        measure.months,
    ).join(values, on=["community", "norm"], how="semi")
    two = (
        seen.group_by("community")
        .agg(observers=pl.col("observer").drop_nulls().n_unique())
        .filter(pl.col("observers") >= 2)
    )
    rows = seen.join(two, on="community", how="semi")
    rows = rows.with_columns(ok=pl.col("event") == "kept")
    return share(rows, measure.interval, table="norm_events", date="date")


@registered("share", "assets_used")
def assets_used(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    rows = ctx["assets"].filter(pl.col("direction") == "offered")
    rows = rows.with_columns(ok=pl.col("used_on").is_not_null())
    return share(rows, measure.interval, table="assets", date="since")


@registered("share", "requests_answered")
def requests_answered(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    rows = ctx.within(ctx["requests"], "asked_on", measure.months)
    rows = rows.with_columns(ok=pl.col("answered_on").is_not_null())
    return share(rows, measure.interval, table="requests", date="asked_on")
