"""Days and hours of the place at which nothing is planned: a feast of the village, the pengajian.

A setting of the community, one a line: ``2027-03-22 Sedekah bumi`` for a day, ``Kamis 18.00-21.00
pengajian`` for an hour of every week. Planning avoids them as it avoids national holidays.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from satuhati.core.meetings.calendar import WEEKDAYS, Closed, Window
from satuhati.core.meetings.closures import closed_in_indonesia
from satuhati.text import Text
from satuhati.web.tenancy.models import Community

DAY = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\S.*)")
HOURS = re.compile(r"([A-Za-z']+)\s+(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})\s+(\S.*)")
NAMES = {name.casefold(): n for n, day in enumerate(WEEKDAYS, 1) for name in day}
LONGEST, MOST = 100, 60


@dataclass(slots=True)
class LocalDays:
    """What the lines say; ``wrong``: the number and text of each line that says nothing."""

    days: dict[dt.date, Text] = field(default_factory=dict)
    windows: list[Window] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)


def read_local_days(text: str) -> LocalDays:
    """Days and weekly hours by their lines; empty lines are skipped."""
    found = LocalDays()
    for n, raw in enumerate(text.splitlines(), 1):
        line = " ".join(raw.split())
        if line and (n > MOST or not _read(line, found)):
            found.wrong.append((n, line[:LONGEST]))
    return found


def _read(line: str, found: LocalDays) -> bool:
    if len(line) > LONGEST:
        return False
    if day := DAY.fullmatch(line):
        try:
            found.days[dt.date.fromisoformat(day[1])] = Text(day[2], day[2])
        except ValueError:
            return False
        return True
    if hours := HOURS.fullmatch(line):
        weekday = NAMES.get(hours[1].casefold())
        since, until = (60 * int(hours[n]) + int(hours[n + 1]) for n in (2, 4))
        minutes = max(int(hours[3]), int(hours[5]))
        if weekday is None or minutes > 59 or not since < until <= 24 * 60:
            return False
        name = Text(hours[6], hours[6])
        found.windows.append(Window(name, None, None, weekday, since, until))
        return True
    return False


def closed_for(community: Community | None, years: Iterable[int]) -> Closed:
    """When nothing is planned in a community in these years."""
    local = read_local_days(community.local_days) if community is not None else LocalDays()
    return closed_in_indonesia([*years], days=local.days, windows=local.windows)
