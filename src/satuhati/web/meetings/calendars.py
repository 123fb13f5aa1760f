"""Meetings as calendar files: one meeting, a schedule, and what a community's feed holds."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from satuhati.core.meetings.recurrence import rrule_of
from satuhati.formats.calendarfile import DAY_AND_HOUR, Event, Recurring, calendar_bytes
from satuhati.schema.choices import choice_label
from satuhati.text import Language
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.queries import get_meeting_for, get_series_meetings_for
from satuhati.web.meetings.schedule import by_rule_date, day_rule, rule_dates, rule_of
from satuhati.web.tenancy.clock import today_in, zone_of
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.pages import page

KIND = "text/calendar; charset=utf-8"


def uid_of(community: Community, public_id: str) -> str:
    """The same for ever, also on another server; it names a row and nobody."""
    return f"{public_id}.{community.code}@satuhati"


def event_of(community: Community, meeting: Meeting, lang: Language, *, url: str = "") -> Event:
    """A meeting on a calendar: a whole day if it has no hour. Names nobody who comes."""
    start: dt.datetime | dt.date = meeting.date
    end: dt.datetime | dt.date = meeting.date
    if meeting.time:
        start, end = _hours(community, meeting.date, meeting.time)
    label = choice_label("meetings", "kind", meeting.kind)(lang)
    return Event(
        uid=uid_of(community, meeting.public_id),
        start=start,
        end=end,
        title=_line(meeting.title or label),
        place=_line(meeting.place or ""),
        description=f"{label} · {community.name}",
        url=url,
        cancelled=meeting.status == "cancelled",
        sequence=meeting.revision,
        alarms=DAY_AND_HOUR if meeting.status == "planned" else (),
    )


def _hours(community: Community, day: dt.date, time: str) -> tuple[dt.datetime, dt.datetime]:
    """From its hour until as long after as meetings here take, also past midnight."""
    hour, minute = time.split(":")
    start = dt.datetime.combine(day, dt.time(int(hour), int(minute)))
    return start, start + dt.timedelta(minutes=community.meeting_minutes)


def _line(text: str) -> str:
    return " ".join(text.split())


def schedule_events(
    community: Community, series: MeetingSeries, meetings: Sequence[Meeting], lang: Language
) -> tuple[list[Recurring], list[Event]]:
    """The meetings of a schedule as its rule with exceptions, and those outside the rule.

    The meetings are what is true: a date of the rule without one is an exception, one that was
    moved, called off or has another hour stands in the place of its date, and an extra one stands
    alone. Without a rule that can be read all stand alone.
    """
    rule = rule_of(series)
    # One without an hour is none of them: a day cannot stand in the place of an hour.
    found = by_rule_date(rule, [m for m in meetings if m.time]) if rule else {}
    placed = {m.pk for m in found.values()}
    alone = [event_of(community, m, lang) for m in meetings if m.pk not in placed]
    if rule is None or not found:
        return [], alone
    days, uid = sorted(found), uid_of(community, series.public_id)
    usual = Counter((m.title, m.place) for m in found.values()).most_common(1)[0][0]

    def by_rule(day: dt.date) -> Event:
        meeting = Meeting(
            public_id=series.public_id, kind=series.kind, date=day, time=rule.slot.clock,
            status="planned", title=usual[0] or series.name, place=usual[1],
            revision=community.data_version,
        )  # fmt: skip
        return event_of(community, meeting, lang)

    instead = []
    for day, meeting in found.items():
        here, plain = event_of(community, meeting, lang), by_rule(day)
        same = (here.start, here.title, here.place, here.cancelled) == (
            plain.start, plain.title, plain.place, False,
        )  # fmt: skip
        if not same:
            instead.append((day, _replaced(here, uid, community)))
    without = tuple(d for d in rule_dates(day_rule(rule), days[0], days[-1]) if d not in found)
    one = Recurring(rrule_of(day_rule(rule)), by_rule(days[0]), days[-1], without, tuple(instead))
    return [one], alone


def _replaced(event: Event, uid: str, community: Community) -> Event:
    """The event under the uid of the schedule; its version is that of all the records."""
    return Event(
        uid, event.start, event.end, event.title, event.place, event.description,
        cancelled=event.cancelled, sequence=community.data_version, alarms=event.alarms,
    )  # fmt: skip


def _file(
    request: HttpRequest, name: str, events: Sequence[Event], recurring: Sequence[Recurring] = ()
) -> HttpResponse:
    community = request.who.community
    data = calendar_bytes(
        events, name=community.name, zone=zone_of(community)[0], stamp=timezone.now(),
        recurring=recurring,
    )  # fmt: skip
    answer = HttpResponse(data, content_type=KIND)
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


def whole_address(request: HttpRequest, name: str, *args: Any) -> str:
    """An address as it may be sent to somebody."""
    base = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
    return base + reverse(name, args=args)


@page("meetings.view", methods=("GET",))
def meeting_calendar(request: HttpRequest, meeting: str) -> HttpResponse:
    """One meeting, to put into one's calendar."""
    who = request.who
    found = get_meeting_for(who, meeting)
    if found is None:
        raise Http404
    url = whole_address(request, "meeting", who.community.code, found.public_id)
    event = event_of(who.community, found, request.lang, url=url)
    return _file(request, f"rapat-{found.date}", [event])


@page("meetings.view", methods=("GET",))
def schedule_calendar(request: HttpRequest, series: str) -> HttpResponse:
    """A schedule, to put into one's calendar: an event that repeats, with what differs."""
    who = request.who
    found = get_object_or_404(MeetingSeries.objects.all(), public_id=series)
    meetings = get_series_meetings_for(who, found, today_in(who.community))
    recurring, alone = schedule_events(who.community, found, meetings, request.lang)
    return _file(request, f"jadwal-{found.start}", alone, recurring)
