"""The dates of a proposed rhythm as a calendar file."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from satuhati.core.meetings.calendar import Slot

LENGTH = dt.timedelta(hours=2)
"""A meeting's length in the file: nobody is asked for it."""
NAMESPACE = uuid.UUID("7c1c3f0e-5d0b-5d57-9a0f-4b1f6f3a1c55")


class Zone(StrEnum):
    """The three Indonesian time zones by their names."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"


def write_calendar(
    out: Path, schedule: Sequence[tuple[dt.date, Slot]], *, title: str, pattern: str, zone: Zone,
    source: str,
) -> None:  # fmt: skip
    """Write a meeting for each date, whole or not at all.

    ``source`` (the name of the file the wishes came from), the year and the number of the date
    make its uid: a proposal computed again takes the place of the one before.
    Raises :class:`InputError` if the file cannot be written.
    """
    from satuhati.formats.atomic import write_all
    from satuhati.formats.calendarfile import Event, calendar_bytes

    events = []
    for number, (day, slot) in enumerate(schedule, 1):
        start = dt.datetime.combine(day, dt.time(slot.minute // 60, slot.minute % 60))
        uid = uuid.uuid5(NAMESPACE, f"{source}\n{day.year}\n{number}")
        events.append(Event(str(uid), start, start + LENGTH, title, description=pattern))
    stamp = dt.datetime.now(dt.UTC)
    write_all({out: calendar_bytes(events, name=title, zone=zone.value, stamp=stamp)})
