"""Calendar periods of a declared frequency, one series at a time and without data frames.

The same periods as :mod:`satuhati.core.meetings.regularity` counts for all communities at once
(a test holds them against each other): weeks from Monday, months, quarters, half-years, years.
"""

from __future__ import annotations

import datetime as dt

MONTHS_OF = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
COUNTABLE = ("weekly", *MONTHS_OF)
DEFAULT_FREQUENCY = {"pokja": "monthly", "cross_sector_forum": "quarterly"}
"""What a series that declares no countable frequency is read at; others monthly."""
DAY = dt.timedelta(days=1)

Period = tuple[dt.date, dt.date]
"""First and last day."""


def frequency_of(kind: str, frequency: str | None) -> str:
    """The frequency a series is read at."""
    if frequency in COUNTABLE:
        return str(frequency)
    return DEFAULT_FREQUENCY.get(kind, "monthly")


def period_of(frequency: str, day: dt.date) -> Period:
    """The period a day lies in. Raises :class:`KeyError` for a frequency that has none."""
    if frequency == "weekly":
        first = day - dt.timedelta(days=day.weekday())
        return first, first + 6 * DAY
    months = MONTHS_OF[frequency]
    month = (day.month - 1) // months * months + 1
    first = dt.date(day.year, month, 1)
    after = month + months
    end = dt.date(day.year + (after > 12), (after - 1) % 12 + 1, 1)
    return first, end - DAY


def periods_due(frequency: str, start: dt.date, end: dt.date) -> list[Period]:
    """The periods that lie wholly between two days, both included, in their order."""
    found = []
    day = start
    while day <= end:
        first, last = period_of(frequency, day)
        if first >= start and last <= end:
            found.append((first, last))
        day = last + DAY
    return found
