"""Dates of a memorable rule ("second Tuesday, 19.30") in one year, and the rule in words.

Only arithmetic of the Gregorian calendar: no recurrence library, no time zone, no clock. A rule
names the first to fourth weekday of a month, which every month has; a fifth is never proposed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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

FIXED_HOLIDAYS = {
    (1, 1): Text("Tahun Baru", "New Year's Day"),
    (5, 1): Text("Hari Buruh", "Labour Day"),
    (6, 1): Text("Hari Lahir Pancasila", "Pancasila Day"),
    (8, 17): Text("Hari Kemerdekaan", "Independence Day"),
    (12, 25): Text("Natal", "Christmas"),
}
"""National holidays on the same day every year. Feasts of other calendars are not computed."""


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


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """The ``nth`` (1 to 4) ``weekday`` (1 = Monday) of a month.

    Raises :class:`ValueError` for any other ``nth``: not every month has a fifth.
    """
    if not 1 <= nth <= len(ORDINALS):
        raise ValueError(nth)
    first = dt.date(year, month, 1)
    return first.replace(day=1 + (weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def fixed_dates(year: int, frequency: str, slot: Slot, nth: int) -> tuple[dt.date, ...]:
    """Every date of the rule in the year; ``weekly``: all 52 or 53 of that weekday."""
    if frequency != "weekly":
        return tuple(nth_weekday(year, m, slot.weekday, nth) for m in MONTHS[frequency])
    days = range(dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal() + 1)
    return tuple(d for d in map(dt.date.fromordinal, days) if d.isoweekday() == slot.weekday)


def rotating_dates(
    year: int, frequency: str, slots: Sequence[Slot], nth: int
) -> tuple[dt.date, ...]:
    """One date per period, each at its own slot; ``len(slots)`` = :func:`n_rotating`.

    ``weekly`` counts 52 blocks of seven days from 1 January: each holds every weekday once, and
    all lie in the year.
    """
    if frequency != "weekly":
        months = MONTHS[frequency]
        return tuple(
            nth_weekday(year, m, s.weekday, nth) for m, s in zip(months, slots, strict=True)
        )
    start = dt.date(year, 1, 1)
    return tuple(
        start + dt.timedelta(days=7 * k + (s.weekday - start.isoweekday()) % 7)
        for k, s in enumerate(slots)
    )


def n_rotating(frequency: str) -> int:
    """Number of dates of a rotation in a year."""
    return WEEKS if frequency == "weekly" else len(MONTHS[frequency])


def spread(counts: Sequence[int]) -> tuple[int, ...]:
    """Take turns: index of the choice at each of ``sum(counts)`` dates, as evenly as can be.

    At every date the one furthest behind its share, ``count · k/T − taken``; the earlier on ties
    (the quota method of apportionment: Balinski & Young 1975, Am. Math. Monthly 82(7)).
    """
    total = sum(counts)
    taken = [0] * len(counts)
    out: list[int] = []
    for k in range(1, total + 1):
        i = max(range(len(counts)), key=lambda j: (counts[j] * k - taken[j] * total, -j))
        taken[i] += 1
        out.append(i)
    return tuple(out)


def _nth_words(slot: Slot, nth: int) -> Text:
    day, order = WEEKDAYS[slot.weekday - 1], ORDINALS[nth - 1]
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
