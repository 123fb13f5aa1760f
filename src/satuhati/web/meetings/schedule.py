"""The dates of a fixed schedule: a rule one can remember, kept off national holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import holidays

from satuhati.core.meetings import recurrence
from satuhati.core.meetings.calendar import Slot, fixed_dates, fixed_words
from satuhati.core.meetings.recurrence import date_of, read_words
from satuhati.text import Language, Text
from satuhati.web.meetings.models import Meeting, MeetingSeries

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

    def plain(self) -> recurrence.Rule:
        """The rule without its hour."""
        return recurrence.Rule(self.frequency, self.weekday, self.nth)

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


def rule_of(series: MeetingSeries) -> Rule | None:
    """The rule of a schedule by its words; ``None`` where they are a person's own."""
    read = read_words(series.rule or "")
    return Rule(*read[0], read[1]) if read else None


def rule_dates(rule: recurrence.Rule, first: dt.date, last: dt.date) -> list[dt.date]:
    """The rule's own dates between two days, both included, holidays or not."""
    slot = Slot(rule.weekday, 0)
    years = range(first.year, last.year + 1)
    every = (d for y in years for d in fixed_dates(y, rule.frequency, slot, rule.nth))
    return [d for d in every if first <= d <= last]


def by_rule_date(rule: recurrence.Rule, meetings: Sequence[Meeting]) -> dict[dt.date, Meeting]:
    """The meeting of each date of the rule: the one on it before one that was moved away.

    An extra meeting is of none, unless it is the only one of its month (week).
    """
    found: dict[dt.date, Meeting] = {}
    for meeting in meetings:
        if rule_dates(rule, meeting.date, meeting.date):
            found.setdefault(meeting.date, meeting)
    placed = {m.pk for m in found.values()}
    for meeting in meetings:
        day = date_of(rule, meeting.planned_for or meeting.date)
        if meeting.pk not in placed and rule_dates(rule, day, day):
            found.setdefault(day, meeting)
    return dict(sorted(found.items()))


def next_year(
    series: MeetingSeries, meetings: Sequence[Meeting], today: dt.date, lang: Language
) -> tuple[Day, ...]:
    """A year more of a schedule by its rule, after what it planned; none without a rule."""
    rule = rule_of(series)
    if rule is None:
        return ()
    done = by_rule_date(rule.plain(), meetings)
    start = max(today, max(done) + dt.timedelta(days=1)) if done else max(today, series.start)
    return dates_of(rule, start, lang)
