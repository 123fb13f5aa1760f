"""Measures read from residents' questions and proposals."""

from __future__ import annotations

import polars as pl

from satuhati.core.profile.context import Context, share
from satuhati.core.profile.kinds import registered
from satuhati.schema.measures import Measure

REPLY_DAYS = 14


@registered("share", "questions_answered")
def questions_answered(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    """Answered within 14 days, of those answered or older than that."""
    asked = ctx.within(
        ctx["voices"].filter(pl.col("kind").is_in(["question", "complaint"])),
        "date",
        measure.months,
    )
    waited = (pl.coalesce("replied_on", "as_of") - pl.col("date")).dt.total_days()
    rows = (
        ctx.dated(asked)
        .with_columns(waited=waited)
        .filter(pl.col("replied_on").is_not_null() | (pl.col("waited") > REPLY_DAYS))
        .with_columns(ok=pl.col("replied_on").is_not_null() & (pl.col("waited") <= REPLY_DAYS))
    )
    return share(rows, measure.interval, table="voices", date="date")


@registered("share", "proposals_decided")
def proposals_decided(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    rows = ctx.within(
        ctx["voices"].filter(pl.col("kind") == "proposal"), "date", measure.months
    ).with_columns(ok=pl.col("decided_on").is_not_null() & pl.col("replied_on").is_not_null())
    return share(rows, measure.interval, table="voices", date="date")


@registered("share", "proposals_budget")
def proposals_in_budget(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    rows = ctx.within(
        ctx["voices"].filter(pl.col("kind") == "proposal"), "date", measure.months
    ).with_columns(ok=pl.col("stage").is_in(["budget", "realised"]).fill_null(False))
    return share(rows, measure.interval, table="voices", date="date")
