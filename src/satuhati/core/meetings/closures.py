"""When no meeting is held in Indonesia: national holidays, Ramadan evenings, the Friday prayer.

National holidays come from the library ``holidays`` (moving feasts too: by decree where one is
out, otherwise estimated, which their name says). Ramadan is derived from its Idulfitri, so that the
two never disagree. Local days and market mornings are told by the group.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache

from satuhati.core.meetings.calendar import Closed, Window
from satuhati.text import Text

FRIDAY = 5
FRIDAY_PRAYER = Window(Text("salat Jumat", "the Friday prayer"), None, None, FRIDAY, 690, 780)
"""Start times from 11.30 until before 13.00: the widest span of the prayer in Indonesia."""

RAMADAN = Text("malam Ramadan", "an evening of Ramadan")
RAMADAN_HOURS = (17 * 60 + 30, 21 * 60)
"""Start times from before the breaking of the fast until tarawih is over; a setting."""
LONGEST_MONTH = 30

_EID = "Hari Raya Idul Fitri"


@lru_cache(maxsize=32)
def national_holidays(year: int) -> Mapping[dt.date, Text]:
    """National holidays of a year, in both languages, in order of date."""
    import holidays  # 60 ms and its tables: only where dates are looked at

    both = [
        holidays.country_holidays("ID", years=[year], language=language)
        for language in ("id", "en_US")
    ]
    return {day: Text(both[0][day], both[1][day]) for day in sorted(both[0])}


@lru_cache(maxsize=32)
def ramadan(year: int) -> tuple[tuple[dt.date, dt.date], ...]:
    """First and last evening of every Ramadan that touches a year.

    Tarawih begins on the evening before the first fast and the last evening is the one before
    Idulfitri. The month has 29 or 30 days, decided by sighting: 30 are counted, so that the first
    evening may be one too many and is never one too few.
    """
    found = []
    for one in (year, year + 1):
        for day, name in national_holidays(one).items():
            if name.id.startswith(_EID):
                first = day - dt.timedelta(days=LONGEST_MONTH + 1)
                if first.year <= year:
                    found.append((first, day - dt.timedelta(days=1)))
    return tuple(found)


def closed_in_indonesia(
    years: Sequence[int],
    *,
    holidays: bool = True,
    ramadan_hours: tuple[int, int] | None = RAMADAN_HOURS,
    friday_prayer: bool = True,
    days: Mapping[dt.date, Text] | None = None,
    windows: Sequence[Window] = (),
) -> Closed:
    """What is closed in these years, with what the group adds of its own (``days``, ``windows``).

    ``ramadan_hours``: start times (minutes of the day) that are closed on Ramadan evenings;
    ``None``: they are open.
    """
    closed: dict[dt.date, Text] = {}
    found = [FRIDAY_PRAYER] if friday_prayer else []
    for year in sorted(set(years)):
        if holidays:
            closed.update(national_holidays(year))
        if ramadan_hours is not None:
            for first, last in ramadan(year):
                window = Window(RAMADAN, first, last, None, *ramadan_hours)
                if window not in found:
                    found.append(window)
    return Closed({**closed, **(days or {})}, (*found, *windows))
