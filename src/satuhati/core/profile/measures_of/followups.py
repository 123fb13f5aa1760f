"""Measures read from decisions, follow-ups, their partners, and seats with deputies."""

from __future__ import annotations

import polars as pl

from satuhati.core.profile.context import NOT_EXPECTED, Context, finding, no_finding, share
from satuhati.core.profile.kinds import registered
from satuhati.schema.measures import Measure


def _open(ctx: Context, months: int | None) -> pl.DataFrame:
    """Follow-ups agreed in the window and not dropped, with their date."""

    def agreed() -> pl.DataFrame:
        rows = ctx.within(ctx["followups"], "agreed_on", months)
        return ctx.dated(rows.filter(pl.col("dropped_on").is_null()))

    return ctx.once(f"followups:{months}", agreed)


def _due(rows: pl.DataFrame) -> pl.DataFrame:
    """Those whose due date has passed, or that are done already."""
    return rows.filter((pl.col("due") <= pl.col("as_of")) | pl.col("done_on").is_not_null())


def _organisations(ctx: Context, rows: pl.DataFrame, roles: tuple[str, ...]) -> pl.DataFrame:
    """``community, id, organizations, sectors``: who stands behind each follow-up.

    A person without an organisation stands for the organisation of their sector.
    """
    owners = rows.select("community", "id", actor="owner")
    partners = (
        ctx["followup_partners"]
        .filter(pl.col("role").is_in(roles))
        .select("community", "actor", id="followup")
    )
    behind = pl.concat(
        [owners, partners.join(rows, on=["community", "id"], how="semi").select(owners.columns)]
    ).join(ctx.sectors, on=["community", "actor"], how="left")
    own = pl.when(pl.col("kind") == "person").then(pl.lit(None)).otherwise(pl.col("actor"))
    organisation = pl.coalesce(own, "organization", pl.format("sector:{}", "sector"))
    return behind.group_by("community", "id").agg(
        organizations=organisation.drop_nulls().n_unique(),
        sectors=pl.col("sector").drop_nulls().n_unique(),
    )


@registered("share", "followups_on_time")
def on_time(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    rows = _open(ctx, measure.months).filter(pl.col("due") <= pl.col("as_of"))
    rows = rows.with_columns(ok=(pl.col("done_on") <= pl.col("due")).fill_null(False))
    return share(rows, measure.interval, table="followups", date="agreed_on")


@registered("share", "followups_others")
def owned_by_others(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    rows = _open(ctx, measure.months)
    leading = (
        ctx.in_office(rows, "owner", "agreed_on")
        .filter(pl.col("post_kind").is_in(["chair", "secretary"]))
        .select("community", "id")
        .unique()
        .with_columns(leads=pl.lit(True))
    )
    rows = rows.join(leading, on=["community", "id"], how="left")
    rows = rows.with_columns(ok=~pl.col("leads").fill_null(False))
    return share(rows, measure.interval, table="followups", date="agreed_on")


@registered("share", "practice_done")
def practice_done(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    rows = _due(_open(ctx, measure.months).filter(pl.col("kind") == "practice"))
    rows = rows.with_columns(ok=pl.col("done_on").is_not_null())
    return share(rows, measure.interval, table="followups", date="agreed_on")


@registered("share", "decisions_finished")
def decisions_finished(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    meetings = ctx["meetings"].select("community", "date", meeting="id")
    decisions = ctx.within(
        ctx["decisions"].join(meetings, on=["community", "meeting"]), "date", measure.months
    )
    done = (
        ctx["followups"]
        .filter(pl.col("done_on").is_not_null() & pl.col("decision").is_not_null())
        .select("community", id="decision")
        .unique()
        .with_columns(finished=pl.lit(True))
    )
    rows = decisions.join(done, on=["community", "id"], how="left")
    rows = rows.with_columns(ok=pl.col("finished").fill_null(False))
    return share(rows, measure.interval, table="decisions", date="date")


@registered("share", "shared_followups")
def shared_finished(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    rows = _open(ctx, measure.months)
    behind = _organisations(ctx, rows, ("shares",)).filter(pl.col("organizations") >= 2)
    rows = rows.join(behind, on=["community", "id"], how="semi")
    rows = rows.with_columns(ok=pl.col("done_on").is_not_null())
    return share(rows, measure.interval, table="followups", date="agreed_on")


@registered("share", "leader_coordinates")
def leader_coordinates(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    """Cross-sector follow-ups called for by whoever was chair then, and closed."""
    rows = _open(ctx, measure.months)
    behind = _organisations(ctx, rows, ("shares", "helps")).filter(pl.col("sectors") >= 2)
    rows = rows.join(behind, on=["community", "id"], how="semi")
    called = (
        ctx.in_office(rows, "caller", "agreed_on")
        .filter(pl.col("post_kind") == "chair")
        .unique(["community", "id"], keep="first", maintain_order=True)
        .with_columns(ok=pl.col("done_on").is_not_null())
    )
    return share(called, measure.interval, table="followups", date="agreed_on")


@registered("share", "exchanges_delivered")
def exchanges_delivered(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    followups = ctx["followups"].select("community", "agreed_on", followup="id")
    rows = ctx.within(
        ctx["followup_partners"]
        .filter(pl.col("promised") & pl.col("delivered").is_not_null())
        .join(followups, on=["community", "followup"]),
        "agreed_on",
        measure.months,
    )
    return share(
        rows, measure.interval, table="followup_partners", ok="delivered", date="agreed_on"
    )


@registered("count", "youth_tasks")
def youth_tasks(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    youth = ctx["actors"].filter(pl.col("age_band") == "15-24").select("community", owner="id")
    tasks = ctx.within(ctx["followups"], "agreed_on", measure.months)
    held = tasks.join(youth, on=["community", "owner"], how="semi")
    everyone = tasks.select("community").unique()
    counted = held.group_by("community").agg(
        raw=pl.col("owner").n_unique().cast(pl.Float64), ids=pl.col("id").sort()
    )
    return finding(
        everyone.join(counted, on="community", how="left").with_columns(
            raw=pl.col("raw").fill_null(0.0),
            n=pl.col("raw").fill_null(0.0).cast(pl.Int64).clip(lower_bound=1),
            rows=pl.col("ids").list.len().fill_null(0),
            ids=pl.col("ids").fill_null([]),
            table=pl.lit("followups"),
        )
    )


@registered("share", "deputies")
def deputies(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    posts = ctx.members_now.filter(~pl.col("post_kind").is_in(NOT_EXPECTED))
    if posts.height == 0:
        return no_finding()
    rows = posts.with_columns(ok=pl.col("deputy").is_not_null())
    return share(rows, measure.interval, table="terms")
