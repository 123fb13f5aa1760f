"""Calendar files, read back by vobject, which shares no code with what writes them."""

from __future__ import annotations

import datetime as dt

import vobject
from dateutil.rrule import rruleset, rrulestr
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.meetings.recurrence import rrule_of
from satuhati.formats.calendarfile import DAY_AND_HOUR, ZONES, Event, Recurring, calendar_bytes

STAMP = dt.datetime(2026, 11, 28, 12, 0, 30, 5, tzinfo=dt.UTC)
OFFSETS = {"WIB": 7, "WITA": 8, "WIT": 9}
# Any text a browser may send: no lone surrogates.
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)
HOURS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1)).map(  # noqa: DTZ001
    lambda d: d.replace(microsecond=0)
)
LENGTHS = st.integers(15, 1440).map(lambda n: dt.timedelta(minutes=n))


@st.composite
def events(draw: st.DrawFn) -> Event:
    start: dt.date
    if draw(st.booleans()):
        start = draw(HOURS)
        end = start + draw(LENGTHS)
    else:
        start = draw(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
        end = start + dt.timedelta(days=draw(st.integers(0, 3)))
    return Event(
        uid=f"r{draw(st.integers(0, 9999)):04d}.melati@satuhati", start=start, end=end,
        title=draw(TEXTS), place=draw(TEXTS), description=draw(TEXTS),
        cancelled=draw(st.booleans()), sequence=draw(st.integers(0, 999)),
        alarms=draw(st.sampled_from([(), DAY_AND_HOUR])),
    )  # fmt: skip


def printable(text: str) -> str:
    """What may stand in a calendar file of a text: line breaks of one kind, no control marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or (c >= " " and c != "\x7f"))


def read(data: bytes) -> list[vobject.base.Component]:
    found = list(vobject.readComponents(data.decode("utf-8")))
    assert len(found) == 1
    return found


def lines_are_right(data: bytes) -> None:
    """Each at most 75 octets, each ended by CR LF (RFC 5545, 3.1)."""
    assert data.endswith(b"\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line


@given(st.lists(events(), max_size=4), TEXTS, st.sampled_from(sorted(ZONES)))
def test_what_is_written_is_read_back_by_another(
    written: list[Event], name: str, zone: str
) -> None:
    data = calendar_bytes(written, name=name, zone=zone, stamp=STAMP)
    lines_are_right(data)
    (calendar,) = read(data)
    assert calendar.getChildValue("version") == "2.0"
    assert calendar.getChildValue("x_wr_calname", "").split() == printable(name).split()
    back = getattr(calendar, "vevent_list", [])
    assert len(back) == len(written)
    for event, found in zip(written, back, strict=True):
        assert found.uid.value == event.uid
        assert found.summary.value == printable(event.title)
        assert found.getChildValue("location", "") == printable(event.place)
        assert found.getChildValue("description", "") == printable(event.description)
        assert found.sequence.value == str(event.sequence)
        assert found.status.value == ("CANCELLED" if event.cancelled else "CONFIRMED")
        assert found.dtstamp.value == dt.datetime(2026, 11, 28, 12, 0, 30, tzinfo=dt.UTC)
        start, end = found.dtstart.value, found.dtend.value
        if event.all_day:
            assert (start, end) == (event.start, event.end + dt.timedelta(days=1))
            assert not isinstance(start, dt.datetime)
        else:
            assert (start.replace(tzinfo=None), end.replace(tzinfo=None)) == (
                event.start, event.end,
            )  # fmt: skip
            assert start.utcoffset() == dt.timedelta(hours=OFFSETS[zone])
        alarms = [a.trigger.value for a in getattr(found, "valarm_list", [])]
        wanted = [] if event.cancelled else [-a for a in event.alarms]
        assert alarms == wanted


def test_the_zone_stands_in_the_file() -> None:
    """A program that knows no such zone reads the offset from the file itself."""
    event = Event("a@x", dt.datetime(2026, 12, 8, 22), dt.datetime(2026, 12, 9, 1), "Malam")  # noqa: DTZ001
    for zone, hours in OFFSETS.items():
        data = calendar_bytes([event], name="K", zone=zone, stamp=STAMP).decode()
        assert f"TZNAME:{zone}\r\n" in data
        assert f"TZOFFSETTO:+0{hours}00\r\n" in data
        assert f"DTSTART;TZID={ZONES[zone]}:20261208T220000\r\n" in data
        assert f"DTEND;TZID={ZONES[zone]}:20261209T010000\r\n" in data, "past midnight"


def test_february_29_is_a_whole_day() -> None:
    day = dt.date(2028, 2, 29)
    data = calendar_bytes([Event("a@x", day, day, "Kabisat")], name="K", zone="WIT", stamp=STAMP)
    assert b"DTSTART;VALUE=DATE:20280229\r\n" in data
    assert b"DTEND;VALUE=DATE:20280301\r\n" in data


def test_the_same_events_are_the_same_bytes() -> None:
    event = Event("a@x", dt.date(2026, 1, 1), dt.date(2026, 1, 1), "A")
    made = [calendar_bytes([event], name="K", zone="WIB", stamp=STAMP) for _ in range(2)]
    assert made[0] == made[1]


def expanded(data: bytes) -> dict[dt.datetime, vobject.base.Component]:
    """Every date the file means, by its hour: vobject reads it, python-dateutil expands it."""
    back = read(data)[0].vevent_list
    (master,) = [e for e in back if hasattr(e, "rrule")]
    dates = rruleset()
    dates.rrule(rrulestr(master.rrule.value, dtstart=master.dtstart.value))
    for one in getattr(master, "exdate_list", []):
        for value in one.value:
            dates.exdate(value)
    found = dict.fromkeys(dates, master)
    for event in back:
        if hasattr(event, "recurrence_id"):
            del found[event.recurrence_id.value]  # it takes the place of a date there is
            found[event.dtstart.value] = event
    return {day.replace(tzinfo=None): event for day, event in found.items()}


@given(
    st.sampled_from(["monthly", "weekly", "quarterly"]), st.integers(1, 7),
    st.sampled_from([1, 2, 3, 4, -1]),
    st.sets(st.integers(1, 5), max_size=2), st.sets(st.integers(6, 10), max_size=3),
)  # fmt: skip
def test_a_rule_with_its_exceptions_means_exactly_its_meetings(
    frequency: str, weekday: int, nth: int, gone: set[int], moved: set[int]
) -> None:
    from satuhati.core.meetings.calendar import Slot, fixed_dates
    from satuhati.core.meetings.recurrence import DayRule

    rule = DayRule(frequency, weekday, nth if frequency != "weekly" else 1)
    days = [
        d
        for year in (2026, 2027, 2028)
        for d in fixed_dates(year, frequency, Slot(weekday, 0), nth)
    ][:12]  # fmt: skip
    hour = dt.time(19, 30)

    def event(day: dt.date, time: dt.time = hour, **more: object) -> Event:
        start = dt.datetime.combine(day, time)
        return Event("rr1@x", start, start + dt.timedelta(hours=2), "Rapat", **more)

    instead = tuple(
        (d, event(d + dt.timedelta(days=1), dt.time(9), sequence=2, cancelled=i % 2 == 0))
        for i, d in enumerate(days)
        if i in moved
    )
    one = Recurring(
        rrule_of(rule), event(days[0]), days[-1],
        tuple(d for i, d in enumerate(days) if i in gone), instead,
    )  # fmt: skip
    data = calendar_bytes([], name="K", zone="WITA", stamp=STAMP, recurring=[one])
    lines_are_right(data)
    kept = [d for i, d in enumerate(days) if i not in gone | moved]
    wanted = {dt.datetime.combine(d, hour) for d in kept}
    wanted |= {e.start for _, e in instead}
    back = expanded(data)
    assert set(back) == wanted
    assert {e.uid.value for e in back.values()} == {"rr1@x"}
    for _, e in instead:
        said = back[e.start].status.value
        assert said == ("CANCELLED" if e.cancelled else "CONFIRMED")
