"""The dates of a fixed schedule: a rule one can remember, kept off national holidays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import holidays

from satuhati.core.meetings.calendar import Slot, fixed_dates, fixed_words
from satuhati.text import Language, Text

FREQUENCIES = ("weekly", "monthly", "quarterly", "half_yearly", "yearly")
WEEK = dt.timedelta(days=7)
LONGEST_TIME = 365


@dataclass(frozen=True, slots=True)
class Rule:
    """``weekday`` 1 (Monday) to 7; ``nth`` 1 to 4, of no meaning weekly; ``minute`` of the day."""

    frequency: str
    weekday: int
    nth: int
    minute: int

    def words(self) -> Text:
        """``Selasa kedua, 19.30``."""
        return fixed_words(self.frequency, Slot(self.weekday, self.minute), self.nth)


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the schedule. ``rule_date``: what the rule alone says; ``holiday``: why not then,
    or, of a weekly rule, what falls on this day."""

    date: dt.date
    rule_date: dt.date
    holiday: str = ""

    @property
    def moved(self) -> bool:
        return self.date != self.rule_date


@lru_cache(maxsize=16)
def holidays_of(year: int, lang: Language) -> dict[dt.date, str]:
    """National holidays of a year; feasts that wait for a decree are estimates and say so."""
    language = "en_US" if lang == "en" else "id"
    return dict(holidays.country_holidays("ID", years=[year], language=language))


def dates_of(rule: Rule, start: dt.date, lang: Language) -> tuple[Day, ...]:
    """The dates of a rule from ``start`` on, one year of them.

    A date on a national holiday moves by a week within its month (a week later, or earlier in the
    month's last days): the period keeps its meeting. A weekly rule keeps its day, which is marked.
    """
    last = start + dt.timedelta(days=LONGEST_TIME - 1)
    slot = Slot(rule.weekday, rule.minute)
    found = []
    for year in range(start.year, last.year + 1):
        for date in fixed_dates(year, rule.frequency, slot, rule.nth):
            if not start <= date <= last:
                continue
            holiday = holidays_of(date.year, lang).get(date, "")
            found.append(Day(off_holidays(rule.frequency, date, lang), date, holiday))
    return tuple(found)


def off_holidays(frequency: str, date: dt.date, lang: Language) -> dt.date:
    """The date, or the nearest free week of its month (later before earlier) on a holiday."""
    if frequency == "weekly" or date not in holidays_of(date.year, lang):
        return date
    for weeks in (1, -1, 2, -2):
        other = date + weeks * WEEK
        if other.month == date.month and other not in holidays_of(other.year, lang):
            return other
    return date
