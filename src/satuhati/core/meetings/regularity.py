"""Regularity: the calendar periods that met the declared frequency, of those that were due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from satuhati.core.meetings.notice import NOTICE_DAYS

FREQUENCIES = {
    "weekly": "1w",
    "monthly": "1mo",
    "quarterly": "3mo",
    "half_yearly": "6mo",
    "yearly": "1y",
}
"""Declared frequency → calendar period. Weeks start on Monday; half-years on 1 January, 1 July."""


def _by_frequency(of: Callable[[str], pl.Expr]) -> pl.Expr:
    """Of each calendar's expression, the one of this row's frequency."""
    return pl.coalesce(
        pl.when(pl.col("frequency") == name).then(of(every)) for name, every in FREQUENCIES.items()
    )


def due_periods(series: pl.DataFrame, start: date, end: date) -> pl.DataFrame:
    """Every calendar period due: wholly inside both the window and the life of its series.

    ``series``: ``community, series, frequency`` (a key of :data:`FREQUENCIES`; others give no
    period), ``start, end`` (dates, null: open). Returns ``community, series, frequency,
    period_start, period_end`` (inclusive), one row a period.
    """
    keys = ["community", "series", "frequency"]
    lives = (
        series.filter(pl.col("frequency").is_in(list(FREQUENCIES)))
        .select(
            *keys,
            pl.max_horizontal(pl.col("start").cast(pl.Date), pl.lit(start)).alias("_from"),
            pl.min_horizontal(pl.col("end").cast(pl.Date), pl.lit(end)).alias("_to"),
        )
        .filter(pl.col("_from") <= pl.col("_to"))
    )
    frames = []
    for name, every in FREQUENCIES.items():  # five calendars; communities stay set-based
        one = lives.filter(pl.col("frequency") == name)
        frames.append(
            one.with_columns(
                pl.date_ranges(pl.col("_from").dt.truncate(every), pl.col("_to"), every).alias(
                    "period_start"
                )
            ).explode("period_start")
        )
    periods = pl.concat(frames).with_columns(
        _by_frequency(lambda every: pl.col("period_start").dt.offset_by(every))
        .dt.offset_by("-1d")
        .alias("period_end")
    )
    return periods.filter(
        (pl.col("period_start") >= pl.col("_from")) & (pl.col("period_end") <= pl.col("_to"))
    ).select(*keys, "period_start", "period_end")


def regularity(
    series: pl.DataFrame,
    meetings: pl.DataFrame,
    start: date,
    end: date,
    *,
    notice_days: int = NOTICE_DAYS,
) -> pl.DataFrame:
    """Periods that met the declared frequency of those due, for every community at once.

    ``series`` as in :func:`due_periods`; ``meetings`` are those *held*: ``community, series,
    date, notice_days`` (days between invitation and meeting, null: not known). A period is met
    when at least one meeting of its series was held in it with at least ``notice_days`` days'
    notice; unknown notice is no notice. Two meetings in one period meet it once.

    Returns a row per community that has a series or a meeting, sorted: ``community``, ``series``
    (with a countable frequency), ``uncountable`` (series whose frequency is none of ours),
    ``due``, ``met`` (with notice), ``met_any`` (whatever the notice), ``notice_unknown`` (due
    periods met only by meetings of unknown notice), ``value`` and ``value_any`` (proportions).
    ``value`` is 0 where no series is on record, whatever was held, and null where series exist
    but no period was due. Nothing is estimated: all periods are counted, so there is no interval.

    The window is [``start``, ``end``], both days included; a period cut by it, or by the start or
    end of the series, is not due. Definition: the row ``regularity`` of ``schema/measures.csv``.
    """
    keys = ["community", "series"]
    periods = due_periods(series, start, end)
    known = series.select(*keys, "frequency").unique()
    held = (
        meetings.select(
            *keys,
            pl.col("date").cast(pl.Date),
            pl.col("notice_days").cast(pl.Float64).alias("_notice"),
        )
        .filter(pl.col("date").is_between(start, end))
        .join(known, on=keys, how="inner")
        .with_columns(
            _by_frequency(lambda every: pl.col("date").dt.truncate(every)).alias("period_start")
        )
        .group_by([*keys, "frequency", "period_start"])
        .agg(
            (pl.col("_notice") >= notice_days).fill_null(False).any().alias("_met"),
            pl.col("_notice").is_null().all().alias("_unknown"),
            pl.lit(True).alias("_any"),
        )
    )
    met = (
        periods.join(held, on=[*keys, "frequency", "period_start"], how="left")
        .group_by("community")
        .agg(
            pl.len().cast(pl.Int64).alias("due"),
            pl.col("_met").fill_null(False).sum().cast(pl.Int64).alias("met"),
            pl.col("_any").fill_null(False).sum().cast(pl.Int64).alias("met_any"),
            pl.col("_unknown").fill_null(False).sum().cast(pl.Int64).alias("notice_unknown"),
        )
    )
    countable = pl.col("frequency").is_in(list(FREQUENCIES)).fill_null(False)
    declared = series.group_by("community").agg(
        countable.sum().cast(pl.Int64).alias("series"),
        (~countable).sum().cast(pl.Int64).alias("uncountable"),
    )
    everyone = pl.concat([series.select("community"), meetings.select("community")]).unique()
    counts = ["series", "uncountable", "due", "met", "met_any", "notice_unknown"]
    out = (
        everyone.join(declared, on="community", how="left")
        .join(met, on="community", how="left")
        .with_columns(pl.col(counts).fill_null(0))
    )
    none = (pl.col("series") == 0) & (pl.col("uncountable") == 0)

    def share(of: str) -> pl.Expr:
        return pl.when(none).then(0.0).when(pl.col("due") > 0).then(pl.col(of) / pl.col("due"))

    return (
        out.with_columns(share("met").alias("value"), share("met_any").alias("value_any"))
        .select("community", *counts, "value", "value_any")
        .sort("community")
    )
