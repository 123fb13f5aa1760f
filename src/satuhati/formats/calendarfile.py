"""Calendar files (iCalendar, RFC 5545): plain events to bytes that any calendar program reads.

Times stand in one of the three Indonesian zones, with its ``VTIMEZONE`` beside them; these zones
know no summer time. An event's ``uid`` is the caller's: it must stay the same as long as the
event is the same, and must name nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Timezone, TimezoneStandard
from icalendar import Event as Component
from icalendar.prop import vDuration, vRecur, vText

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
"""Indonesian zones by the names people use."""

DAY_AND_HOUR = (dt.timedelta(days=1), dt.timedelta(hours=1))
"""How long before an event its alarms ring."""

PRODUCT = "-//Satu Hati//Satu Hati//ID"


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a calendar.

    ``start`` and ``end`` are both days (an all-day event; ``end`` is its last day) or both hours
    without a zone, read in the zone of the file. ``end`` may lie on the next day. ``sequence``
    rises whenever the event changes, so that programs put the newer in place of the older.
    """

    uid: str
    start: dt.datetime | dt.date
    end: dt.datetime | dt.date
    title: str
    place: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False
    sequence: int = 0
    alarms: Sequence[dt.timedelta] = field(default=DAY_AND_HOUR)

    @property
    def all_day(self) -> bool:
        """Whether it has a day and no hour."""
        return not isinstance(self.start, dt.datetime)


@dataclass(frozen=True, slots=True)
class Recurring:
    """A rule and what became of its dates: told to programs as one event that repeats.

    ``rule``: the value of an ``RRULE`` without its end (``FREQ=MONTHLY;BYDAY=2TU``). ``first`` is
    the event of the rule's first date, ``until`` its last date. ``without`` are dates of the rule
    on which nothing is; ``instead`` gives, for dates of the rule, the event that takes its place
    (moved, another hour, called off). All have the uid of ``first``.
    """

    rule: str
    first: Event
    until: dt.date
    without: tuple[dt.date, ...] = ()
    instead: tuple[tuple[dt.date, Event], ...] = ()


def calendar_bytes(
    events: Iterable[Event],
    *,
    name: str,
    zone: str,
    stamp: dt.datetime,
    recurring: Iterable[Recurring] = (),
    refresh: dt.timedelta | None = None,
) -> bytes:
    """The file: folded lines, each ended by CR LF, in UTF-8.

    ``zone`` is one of :data:`ZONES`; ``stamp`` (aware) says when the file was made; ``refresh``
    how often a program that subscribes may ask for it again. Control
    characters other than line breaks are left out of texts: RFC 5545 allows none.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # Not in the standard, but what calendar programs call the file by.
    calendar.add("x-wr-calname", vText(" ".join(_clean(name).split())))
    calendar.add("x-wr-timezone", ZONES[zone])
    if refresh is not None:
        calendar.add("refresh-interval", vDuration(refresh), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(refresh))  # the same, as older programs ask it
    calendar.add_component(_timezone(zone))
    for event in events:
        calendar.add_component(_component(event, zone, stamp))
    for one in recurring:
        for component in _repeated(one, zone, stamp):
            calendar.add_component(component)
    data: bytes = calendar.to_ical()
    return data


def _timezone(zone: str) -> Any:
    """The zone as it has been since 1988: one offset, no summer time."""
    here = ZoneInfo(ZONES[zone])
    offset = dt.datetime(2000, 1, 1, tzinfo=here).utcoffset()
    made = Timezone()
    made.add("tzid", ZONES[zone])
    standard = TimezoneStandard()
    standard.add("dtstart", dt.datetime(1988, 1, 1))  # noqa: DTZ001 (local, as the standard asks)
    standard.add("tzoffsetfrom", offset)
    standard.add("tzoffsetto", offset)
    standard.add("tzname", zone)
    made.add_component(standard)
    return made


def _component(event: Event, zone: str, stamp: dt.datetime) -> Any:
    made = Component()
    made.add("uid", event.uid)
    made.add("dtstamp", stamp.astimezone(dt.UTC).replace(microsecond=0))
    made.add("dtstart", _when(event.start, zone))
    # The end of an all-day event is the day after its last, by the standard.
    end = event.end + dt.timedelta(days=1) if event.all_day else event.end
    made.add("dtend", _when(end, zone))
    made.add("summary", _clean(event.title))
    for key, value in (("location", event.place), ("description", event.description)):
        if value:
            made.add(key, _clean(value))
    if event.url:
        made.add("url", event.url)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("sequence", event.sequence)
    if not event.cancelled:
        for before in event.alarms:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", -before)
            alarm.add("description", _clean(event.title))
            made.add_component(alarm)
    return made


def _repeated(one: Recurring, zone: str, stamp: dt.datetime) -> list[Any]:
    """The event that repeats, and one for each date that differs."""

    def at(day: dt.date) -> dt.datetime | dt.date:
        """The rule's own hour of a date: by it a program finds which one is meant."""
        if isinstance(one.first.start, dt.datetime):
            return dt.datetime.combine(day, one.first.start.time())
        return day

    master = _component(one.first, zone, stamp)
    rule = vRecur.from_ical(one.rule)
    last = at(one.until)
    # UNTIL of an hour is told in UTC, that of a day as a day (RFC 5545, 3.3.10).
    rule["UNTIL"] = [
        _when(last, zone).astimezone(dt.UTC) if isinstance(last, dt.datetime) else last
    ]
    master.add("rrule", rule)
    for day in one.without:
        master.add("exdate", _when(at(day), zone), parameters=_value(one.first))
    made = [master]
    for day, event in one.instead:
        component = _component(event, zone, stamp)
        component.add("recurrence-id", _when(at(day), zone))
        made.append(component)
    return made


def _value(event: Event) -> dict[str, str]:
    return {"VALUE": "DATE"} if event.all_day else {}


def _when(value: dt.datetime | dt.date, zone: str) -> Any:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=ZoneInfo(ZONES[zone]))
    return value


def _clean(text: str) -> str:
    """Without control characters, which no calendar file may hold; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or (c >= " " and c != "\x7f"))
