"""The dates of a fixed schedule: a rule one can remember, kept off closed times."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from satuhati.core.meetings import calendar
from satuhati.core.meetings.calendar import Rule
from satuhati.core.meetings.closures import closed_in_indonesia
from satuhati.text import Language

__all__ = ["FREQUENCIES", "Day", "Rule", "dates_of"]

FREQUENCIES = ("weekly", "monthly", "quarterly", "half_yearly", "yearly")
LONGEST_TIME = 365


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the schedule. ``rule_date``: what the rule alone says; ``holiday``: why not then,
    or, where no other week is free, what falls on this day."""

    date: dt.date
    rule_date: dt.date
    holiday: str = ""

    @property
    def moved(self) -> bool:
        return self.date != self.rule_date


def dates_of(rule: Rule, start: dt.date, lang: Language) -> tuple[Day, ...]:
    """The dates of a rule from ``start`` on, one year of them, as ``meeting rhythm`` has them.

    A date on a national holiday or a Ramadan evening moves by weeks within its month (a week later,
    or earlier in the month's last days): the period keeps its meeting. A weekly rule keeps its day,
    which is marked; so does a month without a free week.
    """
    last = start + dt.timedelta(days=LONGEST_TIME - 1)
    closed = closed_in_indonesia(range(start.year, last.year + 1))
    return tuple(
        Day(day.date, day.rule_date, "" if day.reason is None else day.reason(lang))
        for day in calendar.dates_of(rule, start, last, closed)
    )
