"""Meetings in calendar programs: read by vobject and by khal, a calendar client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import vobject
from django.test import Client
from django_scopes import scope
from khal_client import Khal

from satuhati.web.meetings.actions import edit_meeting, plan_meeting, set_schedule
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.schedule import Rule, dates_of
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

BASE = "/k/melati/rapat/"


def events(answer: object) -> list[vobject.base.Component]:
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = vobject.readOne(answer.content.decode())
    return list(getattr(calendar, "vevent_list", []))


def test_one_meeting_for_ones_own_calendar(
    community: Community, client_of: Callable[[str], Client], outsider: Client,
    by: Callable[..., Who],
) -> None:  # fmt: skip
    with scope(community=community):
        made = plan_meeting(
            by=by("secretary"), kind="pokja", date=dt.date(2028, 2, 29), time="22:00",
            title="Rapat; malam,\r\nsekali", place="RPTRA",
        )  # fmt: skip
    Community.objects.filter(pk=community.pk).update(meeting_minutes=180, time_zone="WITA")
    client = client_of("member")
    address = f"{BASE}{made.public_id}/kalender.ics"
    assert f'href="{address}"' in client.get(f"{BASE}{made.public_id}/").content.decode()
    answer = client.get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="rapat-2028-02-29.ics"'
    (event,) = events(answer)
    assert event.summary.value == "Rapat; malam, sekali"
    assert event.location.value == "RPTRA"
    assert event.uid.value == "r0001.melati@satuhati"
    assert event.url.value.endswith(f"{BASE}r0001/")
    assert str(event.dtstart.value) == "2028-02-29 22:00:00+08:00"
    assert str(event.dtend.value) == "2028-03-01 01:00:00+08:00", "past midnight"
    assert event.sequence.value == "0"
    assert [a.trigger.value for a in event.valarm_list] == [
        dt.timedelta(days=-1), dt.timedelta(hours=-1),
    ]  # fmt: skip
    assert outsider.get(address).status_code == 404
    for role in ("overseer", "researcher"):
        assert client_of(role).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert client.get(f"{BASE}r9999/kalender.ics").status_code == 404


def test_a_change_has_the_next_sequence_and_a_cancelled_one_says_so(
    community: Community, client_of: Callable[[str], Client], by: Callable[..., Who]
) -> None:
    who = by("secretary")
    day = today_in(community) + dt.timedelta(days=9)
    with scope(community=community):
        made = plan_meeting(by=who, kind="pokja", date=day)
        edit_meeting(by=who, meeting=made, revision=0, fields={"status": "cancelled"})
    client = client_of("member")
    assert "kalender.ics" in client.get(f"{BASE}{made.public_id}/").content.decode()
    (event,) = events(client.get(f"{BASE}{made.public_id}/kalender.ics"))
    assert (event.status.value, event.sequence.value) == ("CANCELLED", "1")
    assert event.dtstart.value == day, "no hour: the whole day"
    assert event.dtend.value == day + dt.timedelta(days=1)
    assert not hasattr(event, "valarm_list")
    with scope(community=community):
        Meeting.objects.update(status="held")
    assert "kalender.ics" not in client.get(f"{BASE}{made.public_id}/").content.decode()


@pytest.fixture
def schedule(community: Community, by: Callable[..., Who]) -> MeetingSeries:
    """Second Tuesdays of a year at 19.30, as the page sets it."""
    rule = Rule("monthly", 2, 2, 1170)
    start = today_in(community) + dt.timedelta(days=1)
    with scope(community=community):
        return set_schedule(
            by=by("secretary"),
            fields={"name": "Rapat bulanan", "kind": "pokja", "frequency": "monthly",
                    "rule": rule.words().id, "start": start},
            dates=[d.date for d in dates_of(rule, start, "id")], time="19:30", place="RPTRA",
        )  # fmt: skip


def test_a_schedule_in_khal_is_exactly_its_meetings(
    community: Community, schedule: MeetingSeries, by: Callable[..., Who], tmp_path: Path,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    """Moved, called off, taken out, at another hour, extra, without an hour: khal shows each."""
    who = by("secretary")
    with scope(community=community):
        planned = list(Meeting.objects.order_by("date"))

        def change(meeting: Meeting, **fields: object) -> None:
            edit_meeting(by=who, meeting=meeting, revision=meeting.revision, fields=fields)

        change(planned[1], date=planned[1].date + dt.timedelta(days=2))
        change(planned[2], status="cancelled")
        change(planned[3], time="09:00", place="Balai warga")
        planned[4].delete()
        change(planned[5], time=None)
        plan_meeting(by=who, kind="pokja", series=schedule, time="16:00", title="Tambahan",
                     date=planned[6].date + dt.timedelta(days=3))  # fmt: skip
        meetings = list(Meeting.objects.order_by("date", "time"))
    answer = client_of("member").get(f"{BASE}jadwal/{schedule.public_id}/kalender.ics")
    text = answer.content.decode()
    assert "RRULE:FREQ=MONTHLY;UNTIL=" in text
    assert "BYDAY=2TU" in text
    assert text.count("BEGIN:VEVENT") < len(meetings), "the rule stands for most of them"
    khal = Khal(tmp_path / "khal", "Asia/Jakarta")
    khal.take_in(answer.content)
    shown = khal.events(str(today_in(community)), 500)
    wanted = [
        [f"{m.date} {m.time or '00:00'}", m.title, m.place or "",
         "CANCELLED" if m.status == "cancelled" else "CONFIRMED"]
        for m in meetings
    ]  # fmt: skip
    assert sorted([e[0], e[2], e[3], e[4].strip()] for e in shown) == sorted(wanted)
    assert {bool(e[5].strip()) for e in shown if e[4].strip() == "CONFIRMED"} == {True}, "alarms"


def test_a_schedule_in_words_of_its_own_is_its_meetings_one_by_one(
    community: Community, schedule: MeetingSeries, client_of: Callable[[str], Client],
    outsider: Client,
) -> None:  # fmt: skip
    with scope(community=community):
        MeetingSeries.objects.update(rule="Sehabis panen")
        n = Meeting.objects.count()
    address = f"{BASE}jadwal/{schedule.public_id}/kalender.ics"
    found = events(client_of("member").get(address))
    assert len(found) == n
    assert len({e.uid.value for e in found}) == n
    assert outsider.get(address).status_code == 404
    assert client_of("overseer").get(address).status_code == 404
