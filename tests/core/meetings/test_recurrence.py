"""The rule of a schedule: as RFC 5545 text, in words, and its periods."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.meetings.calendar import Slot, fixed_dates, fixed_words
from satuhati.core.meetings.periods import COUNTABLE, frequency_of, period_of, periods_due
from satuhati.core.meetings.recurrence import (
    FREQUENCIES,
    DayRule,
    date_of,
    read_rrule,
    read_words,
    rrule_of,
    rule_at,
)
from satuhati.core.meetings.regularity import due_periods

RULES = st.builds(
    DayRule, st.sampled_from(FREQUENCIES), st.integers(1, 7), st.sampled_from([1, 2, 3, 4, -1])
).map(lambda r: r._replace(nth=1) if r.frequency == "weekly" else r)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


@given(RULES, st.integers(1990, 2090))
def test_the_rule_gives_the_dates_that_dateutil_reads_from_it(rule: DayRule, year: int) -> None:
    """Checked by another hand: python-dateutil expands RFC 5545 rules."""
    start = dt.datetime(year, 1, 1)  # noqa: DTZ001
    end = dt.datetime(year, 12, 31, 23)  # noqa: DTZ001
    theirs = rrulestr(rrule_of(rule), dtstart=start).between(start, end, inc=True)
    ours = fixed_dates(year, rule.frequency, Slot(rule.weekday, 0), rule.nth)
    assert tuple(d.date() for d in theirs) == ours
    for day in ours:
        assert date_of(rule, day) == day
        assert rule_at(rule.frequency, day, rule) == rule


@given(RULES)
def test_a_rule_is_read_back_from_its_text(rule: DayRule) -> None:
    text = rrule_of(rule)
    assert read_rrule(text) == rule
    assert read_rrule(";".join(reversed(text.lower().split(";")))) == rule


@pytest.mark.parametrize(
    "other",
    ["", "FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=5TU", "FREQ=MONTHLY;BYDAY=2TU;INTERVAL=2",
     "FREQ=MONTHLY;BYDAY=2TU;COUNT=3", "FREQ=DAILY", "FREQ=YEARLY;BYMONTH=2;BYDAY=1MO", "halo"],
)  # fmt: skip
def test_a_rule_of_others_is_none_of_ours(other: str) -> None:
    assert read_rrule(other) is None


@given(RULES, st.integers(0, 1439), st.sampled_from(("id", "en")))
def test_a_rule_is_read_back_from_its_words(rule: DayRule, minute: int, lang: str) -> None:
    words = fixed_words(rule.frequency, Slot(rule.weekday, minute), rule.nth)(lang)
    assert read_words(words) == (rule, minute)
    assert read_words(words.upper().replace(".", ":")) == (rule, minute)


@given(st.text(max_size=60))
def test_any_words_are_read_or_left(text: str) -> None:
    read_words(text)
    read_rrule(text)


@pytest.mark.parametrize(
    "own", ["Sehabis panen", "Selasa kelima, 19.30", "Selasa kedua", "Selasa kedua, 24.00", "", ","]
)
def test_words_of_ones_own_are_no_rule(own: str) -> None:
    assert read_words(own) is None


def test_a_fifth_weekday_is_the_last() -> None:
    last = DayRule("monthly", 2, -1)
    assert rule_at("monthly", dt.date(2026, 12, 29)) == last, "the fifth Tuesday"
    assert rule_at("weekly", dt.date(2026, 12, 29)) == DayRule("weekly", 2, 1)
    assert rule_at("monthly", dt.date(2028, 2, 29)) == last, "the fifth Tuesday of a leap year"
    assert date_of(last, dt.date(2027, 2, 1)) == dt.date(2027, 2, 23)
    assert rule_at("monthly", dt.date(2027, 2, 23)) == DayRule("monthly", 2, 4)
    assert rule_at("monthly", dt.date(2027, 2, 25), last) == DayRule("monthly", 4, -1)
    assert date_of(DayRule("monthly", 2, 4), dt.date(2028, 2, 29)) == dt.date(2028, 2, 22)


@given(st.sampled_from(COUNTABLE), DAYS, st.integers(0, 900))
def test_periods_are_those_that_regularity_counts(
    frequency: str, start: dt.date, length: int
) -> None:
    end = start + dt.timedelta(days=length)
    series = pl.DataFrame(
        {"community": ["k"], "series": ["s"], "frequency": [frequency], "start": [start],
         "end": [None]},
        schema_overrides={"start": pl.Date, "end": pl.Date},
    )  # fmt: skip
    counted = due_periods(series, start, end).select("period_start", "period_end")
    assert periods_due(frequency, start, end) == sorted(counted.rows())
    first, last = period_of(frequency, start)
    assert first <= start <= last
    assert period_of(frequency, first) == period_of(frequency, last) == (first, last)


def test_a_series_without_frequency_is_read_at_its_default() -> None:
    assert frequency_of("pokja", None) == "monthly"
    assert frequency_of("cross_sector_forum", "other") == "quarterly"
    assert frequency_of("musyawarah", "half_yearly") == "half_yearly"
    assert frequency_of("musyawarah", None) == "monthly"
