"""The dates of a fixed schedule: a rule one can remember, kept off closed times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from satuhati.core.meetings import calendar, recurrence
from satuhati.core.meetings.calendar import Rule, Slot, beside, fixed_dates
from satuhati.core.meetings.closures import closed_in_indonesia
from satuhati.core.meetings.recurrence import date_of, read_words
from satuhati.text import Language
from satuhati.web.meetings.models import Meeting, MeetingSeries

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


def off_closed(frequency: str, date: dt.date, minute: int) -> dt.date:
    """The date, or the nearest free week of its month where it is closed."""
    closed = closed_in_indonesia([date.year])
    return beside(date, minute, closed, moves=frequency != "weekly").date


def rule_of(series: MeetingSeries) -> Rule | None:
    """The rule of a schedule by its words; ``None`` where they are a person's own."""
    read = read_words(series.rule or "")
    return Rule(read[0].frequency, read[0].weekday, read[0].nth, read[1]) if read else None


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
    done = by_rule_date(recurrence.plain(rule), meetings)
    start = max(today, max(done) + dt.timedelta(days=1)) if done else max(today, series.start)
    return dates_of(rule, start, lang)
