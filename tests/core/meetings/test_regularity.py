"""Regularity against a naive day-by-day loop, and on dates where calendars are hard."""

from __future__ import annotations

import datetime as dt
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.meetings.regularity import FREQUENCIES, due_periods, regularity

SERIES = {
    "community": pl.String, "series": pl.String, "frequency": pl.String,
    "start": pl.Date, "end": pl.Date,
}  # fmt: skip
MEETINGS = {
    "community": pl.String, "series": pl.String, "date": pl.Date, "notice_days": pl.Int64
}  # fmt: skip


def frame(rows: list[tuple], schema: dict) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row")


def period_of(day: date, frequency: str) -> tuple[int, ...]:
    if frequency == "weekly":
        return day.isocalendar()[:2]
    months = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}[frequency]
    return (day.year, (day.month - 1) // months)


def naive_periods(frequency: str, first: date, last: date) -> list[list[date]]:
    """Whole periods between two days, found by walking through every day."""
    groups: dict[tuple[int, ...], list[date]] = {}
    day = first - dt.timedelta(days=400)
    while day <= last + dt.timedelta(days=400):
        groups.setdefault(period_of(day, frequency), []).append(day)
        day += dt.timedelta(days=1)
    return [g for g in list(groups.values())[1:-1] if g[0] >= first and g[-1] <= last]


days = st.dates(date(2023, 11, 1), date(2025, 3, 31))


@settings(deadline=None, max_examples=60)
@given(
    window=st.tuples(days, days).map(sorted),
    series=st.lists(
        st.tuples(
            st.sampled_from(["a", "b"]), st.sampled_from([*FREQUENCIES, "other"]),
            st.none() | days, st.none() | days,
        ),
        max_size=4,
    ),
    held=st.lists(
        st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 4), days,
                  st.none() | st.integers(0, 6)),
        max_size=25,
    ),
)  # fmt: skip
def test_regularity_equals_a_naive_loop(window, series, held):
    start, end = window
    named = [(c, f"s{i}", f, a, b) for i, (c, f, a, b) in enumerate(series)]
    meetings = [(c, f"s{i}", day, notice) for c, i, day, notice in held]
    got = regularity(frame(named, SERIES), frame(meetings, MEETINGS), start, end)
    communities = sorted({r[0] for r in named} | {r[0] for r in meetings})
    assert got["community"].to_list() == communities
    for row in got.iter_rows(named=True):
        c = row["community"]
        due = met = met_any = 0
        for owner, name, frequency, first, last in named:
            if owner != c or frequency == "other":
                continue
            lo, hi = max(first or start, start), min(last or end, end)
            for period in naive_periods(frequency, lo, hi) if lo <= hi else []:
                inside = [m for m in meetings if m[0] == c and m[1] == name and m[2] in period]
                due += 1
                met_any += bool(inside)
                met += any(m[3] is not None and m[3] >= 3 for m in inside)
        assert (row["due"], row["met"], row["met_any"]) == (due, met, met_any)
        own = [r for r in named if r[0] == c]
        expected = 0.0 if not own else (met / due if due else None)
        assert row["value"] == expected


def one(frequency: str, first: date, last: date) -> pl.DataFrame:
    series = frame([("a", "s", frequency, None, None)], SERIES)
    return due_periods(series, first, last).sort("period_start")


def test_february_of_a_leap_year_ends_on_the_29th():
    feb = one("monthly", date(2024, 2, 1), date(2024, 2, 29))
    assert feb.select("period_start", "period_end").rows() == [
        (date(2024, 2, 1), date(2024, 2, 29))
    ]
    assert one("monthly", date(2024, 2, 1), date(2024, 2, 28)).is_empty()
    assert one("monthly", date(2023, 2, 1), date(2023, 2, 28)).height == 1


def test_a_meeting_on_29_february_meets_its_month_quarter_half_and_year():
    for frequency in ("monthly", "quarterly", "half_yearly", "yearly"):
        got = regularity(
            frame([("a", "s", frequency, None, None)], SERIES),
            frame([("a", "s", date(2024, 2, 29), 3)], MEETINGS),
            date(2024, 1, 1),
            date(2024, 12, 31),
        ).row(0, named=True)
        due = {"monthly": 12, "quarterly": 4, "half_yearly": 2, "yearly": 1}[frequency]
        assert (got["due"], got["met"], got["value"]) == (due, 1, pytest.approx(1 / due))


def test_weeks_run_from_monday_over_the_new_year():
    got = one("weekly", date(2024, 12, 29), date(2025, 1, 6))
    assert got.select("period_start", "period_end").rows() == [
        (date(2024, 12, 30), date(2025, 1, 5))
    ]


def test_no_series_is_zero_whatever_was_held_but_nothing_due_is_unknown():
    held = frame([("a", None, date(2024, 3, 5), 9), ("b", "s", date(2024, 3, 5), 9)], MEETINGS)
    series = frame([("b", "s", "yearly", None, None)], SERIES)
    got = regularity(series, held, date(2024, 3, 1), date(2024, 3, 31))
    assert got["value"].to_list() == [0.0, None]


def test_notice_too_short_or_unknown_meets_no_period_but_is_seen():
    series = frame([("a", "s", "monthly", None, None)], SERIES)
    held = frame([("a", "s", date(2024, 1, 9), 2), ("a", "s", date(2024, 2, 9), None)], MEETINGS)
    got = regularity(series, held, date(2024, 1, 1), date(2024, 3, 31)).row(0, named=True)
    assert (got["due"], got["met"], got["met_any"], got["notice_unknown"]) == (3, 0, 2, 1)


def test_input_is_not_modified():
    series = frame([("a", "s", "monthly", None, None)], SERIES)
    held = frame([("a", "s", date(2024, 1, 9), 2)], MEETINGS)
    before = series.clone(), held.clone()
    regularity(series, held, date(2024, 1, 1), date(2024, 3, 31))
    assert series.equals(before[0])
    assert held.equals(before[1])
