"""Dates of a memorable rule ("second Tuesday, 19.30"), kept off closed times, and its words.

Only arithmetic of the Gregorian calendar: no recurrence library, no time zone, no clock. A rule
names the first to fourth weekday of a month, or the last, which every month has; a fifth is never
proposed. What is closed is told by the caller (:mod:`satuhati.core.meetings.closures`).
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from satuhati.text import Text

WEEKDAYS = (
    Text("Senin", "Monday"), Text("Selasa", "Tuesday"), Text("Rabu", "Wednesday"),
    Text("Kamis", "Thursday"), Text("Jumat", "Friday"), Text("Sabtu", "Saturday"),
    Text("Minggu", "Sunday"),
)  # fmt: skip
ORDINALS = (
    Text("pertama", "First"), Text("kedua", "Second"), Text("ketiga", "Third"),
    Text("keempat", "Fourth"),
)  # fmt: skip
LAST = -1
"""``nth`` of the last of its weekday in a month: the fourth or the fifth."""
NTH = {**dict(enumerate(ORDINALS, 1)), LAST: Text("terakhir", "Last")}
"""Every ``nth`` a rule may have, in words."""

MONTHS = {
    "monthly": tuple(range(1, 13)),
    "quarterly": (1, 4, 7, 10),
    "half_yearly": (1, 7),
    "yearly": (1,),
}
"""Frequency → months that hold a meeting: the first of each calendar period of `regularity`."""

PERIODS = {
    "monthly": None,
    "quarterly": Text("awal triwulan", "first month of each quarter"),
    "half_yearly": Text("awal semester", "first month of each half-year"),
    "yearly": Text("bulan Januari", "January"),
}
WEEKS = 52

WEEK = dt.timedelta(days=7)
BESIDE = (1, -1, 2, -2, 3, -3, 4, -4)
"""Weeks by which a date on a closed time moves: the nearest first, later before earlier."""


class Slot(NamedTuple):
    """A weekly hour: ``weekday`` 1 (Monday) to 7, ``minute`` of the day 0 to 1439."""

    weekday: int
    minute: int

    @property
    def clock(self) -> str:
        """``19:30``, as files write it."""
        return f"{self.minute // 60:02d}:{self.minute % 60:02d}"

    def words(self) -> Text:
        """``Selasa 19.30``."""
        hour = self.clock.replace(":", ".")
        return Text(*(f"{day} {hour}" for day in WEEKDAYS[self.weekday - 1]))


class Window(NamedTuple):
    """When something else has its time: from ``first`` to ``last``, on ``weekday``, for meetings
    that start from minute ``since`` until before ``until``. Without dates: every week."""

    name: Text
    first: dt.date | None = None
    last: dt.date | None = None
    weekday: int | None = None
    since: int = 0
    until: int = 24 * 60

    def holds(self, date: dt.date, minute: int) -> bool:
        return (
            self.since <= minute < self.until
            and (self.weekday is None or date.isoweekday() == self.weekday)
            and (self.first is None or self.first <= date)
            and (self.last is None or date <= self.last)
        )


@dataclass(frozen=True, slots=True)
class Closed:
    """Times at which no meeting is held: whole ``days``, and ``windows`` of hours."""

    days: Mapping[dt.date, Text] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()

    def on(self, date: dt.date, minute: int) -> Text | None:
        """Why a meeting that starts then is not held; ``None`` when it can be."""
        if date in self.days:
            return self.days[date]
        return next((w.name for w in self.windows if w.holds(date, minute)), None)

    def weekly(self, slot: Slot) -> Text | None:
        """What closes this hour in every week of the year, if anything does."""
        for w in self.windows:
            unbound = w.first is None and w.last is None
            if unbound and w.weekday in (None, slot.weekday) and w.since <= slot.minute < w.until:
                return w.name
        return None


NOTHING_CLOSED = Closed()


@dataclass(frozen=True, slots=True)
class Rule:
    """``weekday`` 1 (Monday) to 7; ``nth`` 1 to 4 or :data:`LAST`, of no meaning weekly;
    ``minute`` of the day."""

    frequency: str
    weekday: int
    nth: int
    minute: int

    @property
    def slot(self) -> Slot:
        return Slot(self.weekday, self.minute)

    def words(self) -> Text:
        """``Selasa kedua, 19.30``."""
        return fixed_words(self.frequency, self.slot, self.nth)


class Day(NamedTuple):
    """A date of a rule. ``rule_date``: what the rule alone says; ``reason``: why not then, or,
    where no other week is free, what falls on this very day."""

    date: dt.date
    rule_date: dt.date
    reason: Text | None = None

    @property
    def moved(self) -> bool:
        return self.date != self.rule_date

    @property
    def closed(self) -> bool:
        """Whether the meeting cannot be held on this date either."""
        return self.reason is not None and not self.moved


def beside(
    date: dt.date,
    minute: int,
    closed: Closed,
    *,
    moves: bool = True,
    free: Callable[[dt.date], bool] = lambda _: True,
) -> Day:
    """The date itself or, where it is closed, the nearest week of the same month that is not.

    So every period keeps its meeting. With ``moves`` false (a weekly rule) or without such a week
    the date stays and is marked. ``free``: whether another date may be taken, say for the room.
    """
    reason = closed.on(date, minute)
    if reason is not None and moves:
        for weeks in BESIDE:
            other = date + weeks * WEEK
            same = other.month == date.month
            if same and closed.on(other, minute) is None and free(other):
                return Day(other, date, reason)
    return Day(date, date, reason)


def dates_of(rule: Rule, first: dt.date, last: dt.date, closed: Closed) -> tuple[Day, ...]:
    """The dates of a rule whose ``rule_date`` lies between two days, both included."""
    moves = rule.frequency != "weekly"
    return tuple(
        beside(date, rule.minute, closed, moves=moves)
        for year in range(first.year, last.year + 1)
        for date in fixed_dates(year, rule.frequency, rule.slot, rule.nth)
        if first <= date <= last
    )


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """The ``nth`` (1 to 4, or :data:`LAST`) ``weekday`` (1 = Monday) of a month.

    Raises :class:`ValueError` for any other ``nth``: not every month has a fifth.
    """
    if nth not in NTH:
        raise ValueError(nth)
    first = dt.date(year, month, 1)
    day = 1 + (weekday - first.isoweekday()) % 7
    if nth == LAST:
        fifth = day + 28
        return first.replace(day=fifth if fifth <= monthrange(year, month)[1] else day + 21)
    return first.replace(day=day + 7 * (nth - 1))


def fixed_dates(year: int, frequency: str, slot: Slot, nth: int) -> tuple[dt.date, ...]:
    """Every date of the rule in the year; ``weekly``: all 52 or 53 of that weekday."""
    if frequency != "weekly":
        return tuple(nth_weekday(year, m, slot.weekday, nth) for m in MONTHS[frequency])
    days = range(dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal() + 1)
    return tuple(d for d in map(dt.date.fromordinal, days) if d.isoweekday() == slot.weekday)


def rotating_date(year: int, frequency: str, period: int, slot: Slot, nth: int) -> dt.date:
    """The date of a rotation in one period (from 0 on) of :func:`n_rotating`, at a slot.

    ``weekly`` counts 52 blocks of seven days from 1 January: each holds every weekday once, and
    all lie in the year.
    """
    start = period_start(year, frequency, period)
    if frequency != "weekly":
        return nth_weekday(year, start.month, slot.weekday, nth)
    return start + dt.timedelta(days=(slot.weekday - start.isoweekday()) % 7)


def period_start(year: int, frequency: str, period: int) -> dt.date:
    """The first day of a period of a rotation."""
    if frequency != "weekly":
        return dt.date(year, MONTHS[frequency][period], 1)
    return dt.date(year, 1, 1) + period * WEEK


def rotating_dates(
    year: int, frequency: str, slots: Sequence[Slot], nth: int
) -> tuple[dt.date, ...]:
    """One date per period, each at its own slot; ``len(slots)`` = :func:`n_rotating`."""
    return tuple(rotating_date(year, frequency, k, s, nth) for k, s in enumerate(slots))


def n_rotating(frequency: str) -> int:
    """Number of dates of a rotation in a year."""
    return WEEKS if frequency == "weekly" else len(MONTHS[frequency])


def spread(counts: Sequence[int], n: int | None = None) -> tuple[int, ...]:
    """Take turns: index of the choice at each of ``n`` dates, as evenly as can be.

    ``n``: how many dates (default ``sum(counts)``, where each has its count in the end; for any
    other each keeps its share as nearly as can be). At every date the one furthest behind its
    share, ``count · k/T − taken``; the earlier on ties
    (the quota method of apportionment: Balinski & Young 1975, Am. Math. Monthly 82(7)).
    """
    total = sum(counts)
    taken = [0] * len(counts)
    out: list[int] = []
    for k in range(1, (total if n is None else n) + 1):
        i = max(range(len(counts)), key=lambda j: (counts[j] * k - taken[j] * total, -j))
        taken[i] += 1
        out.append(i)
    return tuple(out)


def _nth_words(slot: Slot, nth: int) -> Text:
    day, order = WEEKDAYS[slot.weekday - 1], NTH[nth]
    return Text(f"{day.id} {order.id}", f"{order.en} {day.en}")


def _period(frequency: str) -> Text:
    period = PERIODS[frequency]
    return Text("", "") if period is None else Text(f" {period.id}", f" of the {period.en}")


def fixed_words(frequency: str, slot: Slot, nth: int) -> Text:
    """``Selasa kedua, 19.30``; ``Setiap Selasa, 19.30``."""
    hour = slot.clock.replace(":", ".")
    if frequency == "weekly":
        day = WEEKDAYS[slot.weekday - 1]
        return Text(f"Setiap {day.id}, {hour}", f"Every {day.en}, {hour}")
    day, period = _nth_words(slot, nth), _period(frequency)
    if frequency == "yearly":
        period = Text(period.id, " of January")
    return Text(f"{day.id}{period.id}, {hour}", f"{day.en}{period.en}, {hour}")


def rotating_words(frequency: str, slots: Sequence[Slot], counts: Sequence[int], nth: int) -> Text:
    """``Bergilir: Selasa kedua 19.30 (7×), Minggu kedua 09.00 (5×)``; one slot alone is fixed."""
    used = [(s, c) for s, c in zip(slots, counts, strict=True) if c]
    if len(used) == 1:
        return fixed_words(frequency, used[0][0], nth)
    days = [s.words() if frequency == "weekly" else _nth_words(s, nth) for s, _ in used]
    hours = ["" if frequency == "weekly" else " " + s.clock.replace(":", ".") for s, _ in used]

    def listed(lang: int) -> str:
        parts = zip(days, hours, used, strict=True)
        return ", ".join(f"{day[lang]}{hour} ({count}×)" for day, hour, (_, count) in parts)

    period = Text("", "") if frequency == "weekly" else _period(frequency)
    opening = Text(f"Bergilir{period.id}", f"In turn{period.en}")
    return Text(f"{opening.id}: {listed(0)}", f"{opening.en}: {listed(1)}")
