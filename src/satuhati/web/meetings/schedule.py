"""The dates of a fixed schedule: a rule one can remember, kept off closed times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from satuhati.core.meetings import calendar
from satuhati.core.meetings.calendar import Rule
from satuhati.core.meetings.recurrence import DayRule, TurnRule, date_of, read_turns, read_words
from satuhati.text import Language
from satuhati.web.meetings.local_days import closed_for
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.tenancy.models import Community

__all__ = [
    "FREQUENCIES",
    "Day",
    "Rule",
    "beside_closed",
    "by_rule_date",
    "dates_of",
    "day_rule",
    "next_year",
    "off_closed",
    "rule_dates",
    "rule_of",
    "turns_of",
]

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


def dates_of(
    rule: Rule, start: dt.date, lang: Language, community: Community | None = None
) -> tuple[Day, ...]:
    """The dates of a rule from ``start`` on, one year of them, as ``meeting rhythm`` has them.

    A date on a national holiday, a Ramadan evening or a local day moves by weeks within its month
    (a week later, or earlier in the month's last days): the period keeps its meeting. A weekly
    rule keeps its day, which is marked; so does a month without a free week.
    """
    last = start + dt.timedelta(days=LONGEST_TIME - 1)
    closed = closed_for(community, range(start.year, last.year + 1))
    return tuple(
        Day(day.date, day.rule_date, "" if day.reason is None else day.reason(lang))
        for day in calendar.dates_of(rule, start, last, closed)
    )


def off_closed(
    frequency: str, date: dt.date, minute: int, community: Community | None = None
) -> dt.date:
    """A date of a rule, or the nearest free week of its month where it is closed."""
    return beside_closed(frequency, date, minute, community).date


def beside_closed(
    frequency: str, date: dt.date, minute: int, community: Community | None = None
) -> calendar.Day:
    """The same with the reason."""
    closed = closed_for(community, [date.year])
    return calendar.beside(date, minute, closed, moves=frequency != "weekly")


def day_rule(rule: Rule) -> DayRule:
    """The rule without its hour."""
    return DayRule(rule.frequency, rule.weekday, rule.nth)


def rule_of(series: MeetingSeries) -> Rule | None:
    """The rule of a schedule by its words; ``None`` where they are a person's own."""
    read = read_words(series.rule or "")
    return Rule(*read[0], read[1]) if read else None


def turns_of(series: MeetingSeries) -> TurnRule | None:
    """The hours that take turns in a schedule by its words; ``None`` where they do not."""
    return read_turns(series.rule or "")


def rule_dates(rule: DayRule, first: dt.date, last: dt.date) -> list[dt.date]:
    """The rule's own dates between two days, both included, holidays or not."""
    slot = calendar.Slot(rule.weekday, 0)
    years = range(first.year, last.year + 1)
    every = (d for y in years for d in calendar.fixed_dates(y, rule.frequency, slot, rule.nth))
    return [d for d in every if first <= d <= last]


def by_rule_date(rule: Rule, meetings: Sequence[Meeting]) -> dict[dt.date, Meeting]:
    """The meeting of each date of the rule.

    One that is on the date itself comes first, then one that was moved from it, then one where it
    was put off a closed time, then another of the same month (week): so an extra meeting is of no
    date unless it is the only one there.
    """
    plain = day_rule(rule)
    offers: list[tuple[int, dt.date, Meeting]] = []
    for meeting in meetings:
        day = date_of(plain, meeting.planned_for or meeting.date)
        if not rule_dates(plain, day, day):
            continue
        if day in (meeting.date, meeting.planned_for):
            rank = 0 if day == meeting.date else 1
        else:
            rank = 2 if off_closed(rule.frequency, day, rule.minute) == meeting.date else 3
        offers.append((rank, day, meeting))
    found: dict[dt.date, Meeting] = {}
    for _, day, meeting in sorted(offers, key=lambda offer: offer[0]):
        found.setdefault(day, meeting)
    return dict(sorted(found.items()))


def next_year(
    series: MeetingSeries, meetings: Sequence[Meeting], today: dt.date, lang: Language
) -> tuple[Day, ...]:
    """A year more of a schedule by its rule, after what it planned; none without a rule."""
    rule = rule_of(series)
    if rule is None:
        return ()
    done = by_rule_date(rule, meetings)
    start = max(today, max(done) + dt.timedelta(days=1)) if done else max(today, series.start)
    return dates_of(rule, start, lang, series.community)
