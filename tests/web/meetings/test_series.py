"""This meeting, this and the following, or all of its schedule."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django_scopes import scope

from satuhati.core.meetings.closures import closed_in_indonesia
from satuhati.core.meetings.recurrence import DayRule, date_of
from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings.actions import edit_meeting, plan_meeting, set_schedule
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.schedule import Rule, dates_of
from satuhati.web.meetings.series_actions import change_from
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

BASE = "/k/melati/rapat/"
SEEN = re.compile(r'name="seen" value="(\w+)"')
Make = Callable[..., MeetingSeries]


@pytest.fixture
def make(community: Community, by: Callable[..., Who]) -> Make:
    """``make(frequency, weekday, nth)``: a schedule of a year from tomorrow on."""
    who = by("secretary")

    def schedule(frequency: str = "monthly", weekday: int = 2, nth: int = 2) -> MeetingSeries:
        rule = Rule(frequency, weekday, nth, 1170)
        start = today_in(community) + dt.timedelta(days=1)
        with scope(community=community):
            return set_schedule(
                by=who,
                fields={"name": "Rapat bulanan", "kind": "pokja", "frequency": frequency,
                        "rule": rule.words().id, "start": start},
                dates=[d.date for d in dates_of(rule, start, "id")], time="19:30", place="RPTRA",
            )  # fmt: skip

    return schedule


def rows(community: Community) -> list[Meeting]:
    with scope(community=community):
        return list(Meeting.objects.order_by("date", "pk"))


def save(client: Client, meeting: Meeting, **more: str) -> object:
    """Open the form of a meeting, send it with what was changed, and agree to what it would do."""
    address = f"{BASE}{meeting.public_id}/ubah/"
    page = client.get(address).content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision is not None
    form = {
        "kind": meeting.kind, "status": meeting.status, "date": str(meeting.date),
        "time": meeting.time or "", "title": meeting.title or "", "place": meeting.place or "",
        "series": meeting.series.public_id if meeting.series_id else "",
        "notice_on": str(meeting.notice_on or ""), "revision": revision.group(1), "opened": "{}",
        **more,
    }  # fmt: skip
    answer = client.post(address, form, follow=True)
    seen = SEEN.search(answer.content.decode())
    if seen is None:
        return answer
    return client.post(address, {**form, "seen": seen[1]}, follow=True)


def text_of(answer: object) -> str:
    return answer.content.decode()


def test_the_choice_is_asked_of_a_meeting_of_a_schedule_to_come_only(
    community: Community, make: Make, client_of: Callable[[str], Client], by: Callable[..., Who]
) -> None:
    make()
    with scope(community=community):
        alone = plan_meeting(by=by("secretary"), kind="pokja", date=dt.date(2027, 1, 1))
        Meeting.objects.filter(pk=rows(community)[0].pk).update(status="held")
    client = client_of("secretary")
    held, planned = (r for r in (rows(community)[0], rows(community)[3]))
    shown = {
        m.public_id: 'name="reach"' in client.get(f"{BASE}{m.public_id}/ubah/").content.decode()
        for m in (held, planned, alone)
    }
    assert shown == {held.public_id: False, planned.public_id: True, alone.public_id: False}


def test_only_this_one(
    community: Community, make: Make, client_of: Callable[[str], Client]
) -> None:
    make()
    before = rows(community)
    target = before[2].date + dt.timedelta(days=2)
    client = client_of("secretary")
    for reach, status in (("", 400), ("every", 400), ("this", 200)):
        answer = save(client, before[2], date=str(target), time="16:00", reach=reach)
        assert answer.status_code == status
    after = rows(community)
    assert [(m.date, m.time) for m in after if m.pk != before[2].pk] == [
        (m.date, "19:30") for m in before if m.pk != before[2].pk
    ]
    changed = next(m for m in after if m.pk == before[2].pk)
    assert (changed.date, changed.time, changed.planned_for) == (target, "16:00", before[2].date)
    with scope(community=community):
        assert MeetingSeries.objects.get().rule == "Selasa kedua, 19.30"


def test_this_and_the_following_by_a_new_rule(
    community: Community, make: Make, client_of: Callable[[str], Client]
) -> None:
    make()
    before = rows(community)
    new = date_of(DayRule("monthly", 4, 3), before[3].date)  # the third Thursday of that month
    with scope(community=community):
        Meeting.objects.filter(pk=before[5].pk).update(notice_on=today_in(community))
    answer = save(client_of("secretary"), before[3], date=str(new), time="16:00",
                  place="Balai warga", reach="following", along="1")  # fmt: skip
    said = text_of(answer)
    later = len(before) - 4
    assert f"{later} rapat lain dari jadwal ini ikut berubah" in said
    assert "sudah terlanjur diundang" in said
    after = {m.pk: m for m in rows(community)}
    for old in before[:3]:
        assert (after[old.pk].date, after[old.pk].time) == (old.date, "19:30")
        assert after[old.pk].revision == 0
    for old in before[3:]:
        m = after[old.pk]
        rule_day = date_of(DayRule("monthly", 4, 3), old.date)
        if old.pk == before[3].pk:
            assert m.date == new
        elif closed_in_indonesia([rule_day.year]).on(rule_day, 16 * 60):
            assert m.date != rule_day
            assert m.date.isoweekday() == 4
            assert m.date.month == rule_day.month
        else:
            assert m.date == rule_day
        assert (m.time, m.place, m.planned_for) == ("16:00", "Balai warga", old.date)
    with scope(community=community):
        assert MeetingSeries.objects.get().rule == "Kamis ketiga, 16.00"
    entry = AuditEntry.objects.get(action="schedule.change")
    assert entry.details["rows"] == later
    assert "Balai" not in str(entry.details)


def test_the_day_it_was_first_planned_for_is_kept_through_every_change(
    community: Community, make: Make, client_of: Callable[[str], Client]
) -> None:
    make()
    client, before = client_of("secretary"), rows(community)
    for weekday, nth in ((4, 3), (1, 1)):
        meeting = next(m for m in rows(community) if m.pk == before[2].pk)
        day = date_of(DayRule("monthly", weekday, nth), meeting.date)
        save(client, meeting, date=str(day), reach="all", time="10:00")
    after = {m.pk: m for m in rows(community)}
    assert [after[m.pk].planned_for for m in before if after[m.pk].date != m.date] == [
        m.date for m in before if after[m.pk].date != m.date
    ]
    moved = [m for m in before if after[m.pk].date != m.date]
    assert len(moved) >= len(before) - 1
    with scope(community=community):
        assert MeetingSeries.objects.get().rule == "Senin pertama, 10.00"


def test_all_to_come_leave_what_was_held_or_called_off(
    community: Community, make: Make, client_of: Callable[[str], Client]
) -> None:
    make()
    before = rows(community)
    with scope(community=community):
        Meeting.objects.filter(pk=before[0].pk).update(status="held")
        Meeting.objects.filter(pk=before[1].pk).update(status="cancelled")
        past = today_in(community) - dt.timedelta(days=3)
        Meeting.objects.filter(pk=before[2].pk).update(date=past)
    save(client_of("secretary"), before[6], time="08:00", reach="all")
    after = {m.pk: m for m in rows(community)}
    assert [after[m.pk].time for m in before[:3]] == ["19:30"] * 3
    assert {after[m.pk].time for m in before[3:]} == {"08:00"}
    assert {after[m.pk].planned_for for m in before} == {None}, "no day has changed"
    with scope(community=community):
        assert MeetingSeries.objects.get().rule == "Selasa kedua, 08.00"


def test_a_second_tap_and_a_second_person_change_nothing_twice(
    community: Community, make: Make, by: Callable[..., Who]
) -> None:
    make()
    who, today = by("secretary"), today_in(community)
    given = {"by": who, "reach": "following", "today": today}
    with scope(community=community):
        first, same = (Meeting.objects.get(pk=rows(community)[1].pk) for _ in range(2))
        done = change_from(meeting=first, revision=0, fields={"time": "16:00"}, **given)
        assert done.others == len(rows(community)) - 2
        saved = rows(community)
        with pytest.raises(ChangedMeanwhileError):
            change_from(meeting=same, revision=0, fields={"time": "10:00"}, **given)
        assert [(m.time, m.revision) for m in rows(community)] == [
            (m.time, m.revision) for m in saved
        ], "nothing of the second is saved"
        again = Meeting.objects.get(pk=first.pk)
        assert change_from(meeting=again, revision=1, fields={"time": "16:00"}, **given).others == 0
        with pytest.raises(NotAllowedError):
            change_from(meeting=again, revision=1, fields={}, **{**given, "by": by("member")})


def test_somebody_who_saved_meanwhile_is_shown_and_the_choice_stays(
    community: Community, make: Make, client_of: Callable[[str], Client], by: Callable[..., Who]
) -> None:
    make()
    meeting = rows(community)[1]
    with scope(community=community):
        edit_meeting(by=by("secretary"), meeting=meeting, revision=0, fields={"place": "Masjid"})
    client = client_of("secretary")
    form = {"kind": "pokja", "status": "planned", "date": str(meeting.date), "time": "16:00",
            "revision": "0", "opened": "{}", "reach": "following"}  # fmt: skip
    page = client.post(f"{BASE}{meeting.public_id}/ubah/", form)
    assert "Masjid" in page.content.decode()
    assert re.search(r'value="following"[^>]*checked', page.content.decode())
    assert {m.time for m in rows(community)} == {"19:30"}


@pytest.mark.parametrize(
    ("frequency", "shift", "said"),
    [("monthly", 28, "bulan yang sama"), ("weekly", 7, "pekan yang sama"),
     ("weekly", -7, "pekan yang sama")],
)  # fmt: skip
def test_a_day_that_is_no_rule_is_said_and_nothing_saved(
    frequency: str, shift: int, said: str, community: Community, make: Make,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    make(frequency)
    meeting = rows(community)[1]
    day = meeting.date + dt.timedelta(days=shift)
    before = [(m.pk, m.date) for m in rows(community)]
    answer = save(client_of("secretary"), meeting, date=str(day), reach="following")
    assert answer.status_code == 400
    assert said in text_of(answer)
    assert [(m.pk, m.date) for m in rows(community)] == before
    # Alone it may go there.
    assert save(client_of("secretary"), meeting, date=str(day), reach="this").status_code == 200
    assert (meeting.pk, day) in [(m.pk, m.date) for m in rows(community)]


def test_a_fifth_weekday_is_read_as_the_last(
    community: Community, make: Make, client_of: Callable[[str], Client]
) -> None:
    make()
    before = rows(community)
    meeting = next(m for m in before if m.date.month in (1, 3, 5))
    day = meeting.date.replace(day=30)  # always a fifth weekday
    save(client_of("secretary"), meeting, date=str(day), time="09:00", reach="all")
    after = {m.pk: m.date for m in rows(community)}
    closed = closed_in_indonesia(range(day.year - 1, day.year + 3))
    for m in before:
        last = date_of(DayRule("monthly", day.isoweekday(), -1), m.date)
        if m.pk == meeting.pk or not closed.on(last, 9 * 60):
            assert after[m.pk] == (day if m.pk == meeting.pk else last)
    with scope(community=community):
        assert "terakhir, 09.00" in (MeetingSeries.objects.get().rule or "")


def test_an_extra_meeting_keeps_its_day_and_no_day_gets_two(
    community: Community, make: Make, client_of: Callable[[str], Client], by: Callable[..., Who]
) -> None:
    series = make()
    who, before = by("secretary"), rows(community)
    third = DayRule("monthly", 4, 3)
    taken = date_of(third, before[4].date)
    with scope(community=community):
        extra = plan_meeting(by=who, kind="pokja", series=series, time="19:30", place="RPTRA",
                             date=before[3].date - dt.timedelta(days=1))  # fmt: skip
        plan_meeting(by=who, kind="pokja", date=taken)
    new = date_of(third, before[1].date)
    said = text_of(save(client_of("secretary"), before[1], date=str(new), reach="following"))
    after = {m.pk: m for m in rows(community)}
    assert after[extra.pk].date == extra.date
    assert after[before[4].pk].date == before[4].date, "another meeting is on the new day"
    assert "tetap pada harinya" in said
    days = [m.date for m in rows(community)]
    assert len(days) == len(set(days))


def test_a_weekly_schedule_changes_its_weekday(
    community: Community, make: Make, client_of: Callable[[str], Client]
) -> None:
    make("weekly")
    before = rows(community)
    save(client_of("secretary"), before[10], reach="following",
         date=str(before[10].date + dt.timedelta(days=3)))  # fmt: skip
    after = {m.pk: m.date for m in rows(community)}
    assert all(after[m.pk] == m.date for m in before[:10])
    assert all(after[m.pk] == m.date + dt.timedelta(days=3) for m in before[10:])
    with scope(community=community):
        assert MeetingSeries.objects.get().rule == "Setiap Jumat, 19.30"


def test_a_schedule_without_a_frequency_shifts_by_days(
    community: Community, make: Make, client_of: Callable[[str], Client]
) -> None:
    make()
    with scope(community=community):
        MeetingSeries.objects.update(frequency="other", rule="Sehabis panen")
    before = rows(community)
    save(client_of("secretary"), before[2], reach="following",
         date=str(before[2].date + dt.timedelta(days=28)))  # fmt: skip
    after = {m.pk: m.date for m in rows(community)}
    assert [after[m.pk] - m.date for m in before] == [
        dt.timedelta(days=28 if i > 1 else 0) for i in range(len(before))
    ]
    with scope(community=community):
        assert MeetingSeries.objects.get().rule == "Sehabis panen"


def test_outsiders_and_members_change_no_schedule(
    community: Community, make: Make, client_of: Callable[[str], Client], outsider: Client
) -> None:
    make()
    meeting = rows(community)[1]
    form = {"kind": "pokja", "status": "planned", "date": str(meeting.date), "time": "03:00",
            "revision": "0", "reach": "all"}  # fmt: skip
    for client in (outsider, client_of("member"), client_of("overseer")):
        assert client.post(f"{BASE}{meeting.public_id}/ubah/", form).status_code == 404
    assert {m.time for m in rows(community)} == {"19:30"}
