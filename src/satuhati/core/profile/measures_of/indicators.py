"""Measures read from counts of services and outcomes: the latest period on record."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import polars as pl

from satuhati.core.indicators.compute import Count, compute
from satuhati.core.indicators.definitions import INDICATORS, POKTAN_PARTS
from satuhati.core.profile.context import Context, finding, no_finding
from satuhati.core.profile.kinds import general
from satuhati.schema.acting import PERIOD
from satuhati.schema.measures import Measure


def _days(period: str) -> dict[str, date]:
    """First and last day of a period such as ``2026`` or ``2026-11``."""
    year = int(period[:4])
    if len(period) < 7:
        return {"start": date(year, 1, 1), "end": date(year, 12, 31)}
    month = int(period[5:7])
    return {
        "start": date(year, month, 1),
        "end": date(year, month, monthrange(year, month)[1]),
    }


def _begun(ctx: Context) -> pl.DataFrame:
    """Rows of a readable period that has begun by the date."""
    readable = pl.col("period").str.contains(PERIOD)
    rows = ctx.dated(ctx["indicators"].filter(readable))
    began = pl.col("period").str.slice(0, 4).str.to_integer(strict=False)
    month = pl.col("period").str.slice(5, 2).str.to_integer(strict=False).fill_null(1)
    return rows.filter(
        (began < pl.col("as_of").dt.year())
        | ((began == pl.col("as_of").dt.year()) & (month <= pl.col("as_of").dt.month()))
    )


@general("indicator")
def latest_indicator(ctx: Context, measure: Measure, code: str) -> pl.DataFrame:
    """The indicator of the latest period that has begun by the date.

    Activity-group participation (``poktan``) adds up all groups. Rows of areas and services are
    added up; the formulas are those of :mod:`satuhati.core.indicators`.
    """
    codes = ("poktan", *POKTAN_PARTS) if code == "poktan" else (code,)
    if code not in INDICATORS:
        return no_finding()
    rows = ctx.once("indicators", lambda: _begun(ctx)).filter(pl.col("indicator").is_in(codes))
    if rows.height == 0:
        return no_finding()
    rows = rows.filter(pl.col("period") == pl.col("period").max().over("community"))
    found = []
    for (community,), group in rows.group_by(["community"], maintain_order=True):
        counts = [
            Count(code, r["period"], r["numerator"], r["denominator"], r["value"], r["source"])
            for r in group.iter_rows(named=True)
        ]
        period = group["period"][0]
        value = compute(counts).indicators.get(code, {}).get(period)
        if value is None or value.value is None:
            continue
        found.append(
            {
                "community": community,
                "raw": value.value,
                "numerator": value.numerator,
                "denominator": value.denominator,
                "n": 1,
                **_days(period),
                "table": "indicators",
                "ids": sorted(group["id"].to_list()),
                "rows": group.height,
            }
        )
    return finding(pl.DataFrame(found)) if found else no_finding()
