"""What a change of several meetings will do is shown before it is saved, and then just that."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django_scopes import scope

from satuhati.core.meetings.recurrence import DayRule, date_of
from satuhati.web.letters.models import Letter
from satuhati.web.meetings.actions import edit_meeting, set_schedule
from satuhati.web.meetings.models import Meeting, MeetingSeries, Reply
from satuhati.web.meetings.schedule import Rule, dates_of
from satuhati.web.meetings.series_actions import NotAsSeenError, change_from
from satuhati.web.meetings.series_plan import plan_change
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

BASE = "/k/melati/rapat/"


@pytest.fixture
def keeper(by: Callable[..., Who]) -> Who:
    return by("secretary")


@pytest.fixture
def planned(community: Community, keeper: Who) -> list[Meeting]:
    """A year of second Tuesdays; people answered to the fourth and hold a letter to the fifth."""
    rule = Rule("monthly", 2, 2, 1170)
    start = today_in(community) + dt.timedelta(days=1)
    with scope(community=community):
        set_schedule(
            by=keeper, time="19:30", place="RPTRA",
            fields={"name": "Rapat bulanan", "kind": "pokja", "frequency": "monthly",
                    "rule": rule.words().id, "start": start},
            dates=[d.date for d in dates_of(rule, start, "id")],
        )  # fmt: skip
        found = list(Meeting.objects.order_by("date"))
        for n in (1, 2):
            who = Actor.objects.create(community=community, public_id=f"a{n}", kind="person")
            Reply.objects.create(community=community, meeting=found[3], actor=who, answer="present")
        Letter.objects.create(
            community=community, meeting=found[4].public_id, year=2026, number=7,
            printed="007/PKB/XI/2026", date=start, subject="Undangan", addressee="Anggota",
        )  # fmt: skip
        Letter.objects.create(
            community=community, meeting=found[5].public_id, year=2026, number=8,
            printed="008/PKB/XI/2026", date=start, subject="Undangan", addressee="Anggota",
            withdrawn_on=start,
        )  # fmt: skip
    return found


def sent(meeting: Meeting, **more: str) -> dict[str, str]:
    return {
        "kind": meeting.kind, "status": meeting.status, "date": str(meeting.date),
        "time": meeting.time or "", "title": meeting.title or "", "place": meeting.place or "",
        "revision": str(meeting.revision), "opened": "{}", "reach": "following", **more,
    }  # fmt: skip


def rows(community: Community) -> list[tuple[dt.date, str | None]]:
    with scope(community=community):
        return list(Meeting.objects.order_by("pk").values_list("date", "time"))


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def thursday(meeting: Meeting) -> dt.date:
    return date_of(DayRule("monthly", 4, 3), meeting.date)


def test_it_is_shown_first_and_saved_as_shown(
    planned: list[Meeting], community: Community, client_of: Callable[[str], Client]
) -> None:
    client, first = client_of("secretary"), planned[1]
    before = rows(community)
    address = f"{BASE}{first.public_id}/ubah/"
    page = client.post(address, sent(first, date=str(thursday(first)), time="16:00"))
    text = page.content.decode()
    assert page.status_code == 200
    assert rows(community) == before, "nothing is saved by looking"
    others = len(planned) - 4
    assert f"{others} rapat lain dari jadwal ini akan berubah" in text
    assert "Kamis ketiga, 16.00" in text
    assert "selama ini: Selasa kedua, 19.30" in text
    assert "2 jawaban" in text
    assert "surat 007/PKB/XI/2026" in text
    assert "008/PKB" not in text, "a letter that was withdrawn binds nobody"
    said = client.post(address, hidden(text), follow=True).content.decode()
    assert f"{others} rapat lain dari jadwal ini ikut berubah" in said
    assert "Tetap seperti semula, karena orang sudah diberi tahu" in said
    after = rows(community)
    for n, (old, new) in enumerate(zip(before, after, strict=True)):
        if n in (0, 3, 4):
            assert new == old, "earlier, or told of"
        else:
            assert new[1] == "16:00"
            assert new[0].isoweekday() == 4


def test_those_told_of_are_taken_along_where_that_is_ticked(
    planned: list[Meeting], community: Community, client_of: Callable[[str], Client]
) -> None:
    client, first = client_of("secretary"), planned[1]
    address = f"{BASE}{first.public_id}/ubah/"
    text = client.post(address, sent(first, time="16:00")).content.decode()
    said = client.post(address, {**hidden(text), "along": "1"}, follow=True).content.decode()
    assert f"{len(planned) - 2} rapat lain" in said
    assert "sudah terlanjur diundang" in said
    assert {time for _, time in rows(community)[1:]} == {"16:00"}


def test_closed_days_are_marked_before(
    planned: list[Meeting], community: Community, client_of: Callable[[str], Client]
) -> None:
    """A feast is on one new day: by a rule it moves to another week, by a new hour it stays."""
    client, first, feast = client_of("secretary"), planned[1], thursday(planned[6])
    address = f"{BASE}{first.public_id}/ubah/"
    community.local_days = f"{feast} Sedekah bumi\n{planned[7].date} Panen raya"
    community.save()
    text = client.post(address, sent(first, date=str(thursday(first)))).content.decode()
    assert "Sedekah bumi" in text
    assert "1 di antaranya jatuh pada hari yang tertutup" not in text
    text = client.post(address, sent(first, time="09:00")).content.decode()
    assert "1 di antaranya jatuh pada hari yang tertutup" in text
    assert "jatuh pada: Panen raya" in text


def test_what_changed_after_the_look_is_looked_at_again(
    planned: list[Meeting], community: Community, client_of: Callable[[str], Client], keeper: Who
) -> None:
    client, first = client_of("secretary"), planned[1]
    address = f"{BASE}{first.public_id}/ubah/"
    text = client.post(address, sent(first, time="16:00")).content.decode()
    with scope(community=community):
        other = Meeting.objects.get(pk=planned[8].pk)
        edit_meeting(by=keeper, meeting=other, revision=0, fields={"place": "Masjid"})
    before = rows(community)
    page = client.post(address, hidden(text))
    assert page.status_code == 200
    assert "Mohon lihat lagi" in page.content.decode()
    assert rows(community) == before
    # Another hour than the one that was looked at is not saved either.
    assert rows(community) == before
    page = client.post(address, {**hidden(page.content.decode()), "time": "17:00"})
    assert "Mohon lihat lagi" in page.content.decode()
    assert client.post(address, hidden(page.content.decode())).status_code == 302
    assert {time for _, time in rows(community)[5:]} == {"17:00"}


def test_while_it_is_filled_in_the_form_tells(
    planned: list[Meeting], community: Community, client_of: Callable[[str], Client],
    outsider: Client,
) -> None:  # fmt: skip
    client, first = client_of("secretary"), planned[1]
    there = f"{BASE}{first.public_id}/ubah/lihat/"
    form = client.get(f"{BASE}{first.public_id}/ubah/").content.decode()
    assert f'hx-post="{there}"' in form
    before = rows(community)
    part = client.post(there, sent(first, time="16:00")).content.decode()
    assert "<html" not in part
    assert "rapat lain dari jadwal ini akan berubah" in part
    for nothing in (
        sent(first, time="16:00", reach="this"), sent(first), sent(first, date="bukan tanggal"),
        sent(first, date=str(first.date + dt.timedelta(days=60))),
    ):  # fmt: skip
        assert client.post(there, nothing).content.decode().strip() == ""
    assert rows(community) == before
    # What was looked at there is saved at once.
    mark = re.search(r'name="seen" value="(\w+)"', part)
    assert mark
    address = f"{BASE}{first.public_id}/ubah/"
    assert client.post(address, sent(first, time="16:00", seen=mark[1])).status_code == 302
    assert rows(community)[6][1] == "16:00"
    for other in (outsider, client_of("member"), client_of("overseer")):
        assert other.post(there, sent(first, time="03:00")).status_code == 404
    assert client.post(f"{BASE}r9999/ubah/lihat/", sent(first)).status_code == 404


def test_held_and_called_off_ones_are_counted(
    planned: list[Meeting], community: Community, keeper: Who
) -> None:
    with scope(community=community):
        Meeting.objects.filter(pk=planned[2].pk).update(status="cancelled")
        Meeting.objects.filter(pk=planned[0].pk).update(status="held")
        given = {"who": keeper, "meeting": Meeting.objects.get(pk=planned[1].pk),
                 "fields": {"time": "08:00"}, "today": today_in(community)}  # fmt: skip
        following = plan_change(reach="following", along=False, **given)
        every = plan_change(reach="all", along=False, **given)
    assert (following.over, every.over) == (1, 2)
    assert len(following.bound) == 2
    assert following.mark() != every.mark()
    with scope(community=community), pytest.raises(NotAsSeenError):
        change_from(by=keeper, revision=0, reach="all", along=False, mark=following.mark(),
                    **{k: v for k, v in given.items() if k != "who"})  # fmt: skip
    assert {time for _, time in rows(community)} == {"19:30"}


def test_hours_in_turn_keep_their_days_and_take_the_new_hour(
    planned: list[Meeting], community: Community, keeper: Who
) -> None:
    with scope(community=community):
        MeetingSeries.objects.update(
            rule="Bergilir: Selasa kedua 19.30 (7×), Minggu kedua 09.00 (5×)"
        )
        meeting = Meeting.objects.get(pk=planned[1].pk)
        given = {"by": keeper, "meeting": meeting, "reach": "following",
                 "today": today_in(community)}  # fmt: skip
        change_from(revision=0, fields={"time": "16:00"}, **given)
        rule = MeetingSeries.objects.get().rule
        assert rule == "Bergilir: Selasa kedua 16.00 (7×), Minggu kedua 16.00 (5×)"
        meeting.refresh_from_db()
        change_from(revision=meeting.revision, fields={"date": thursday(meeting)}, **given)
        assert MeetingSeries.objects.get().rule == "Kamis ketiga, 16.00"


def test_the_plan_asks_the_same_of_few_and_many(
    planned: list[Meeting], community: Community, keeper: Who, django_assert_num_queries: object
) -> None:
    with scope(community=community):
        meeting = Meeting.objects.get(pk=planned[1].pk)
        for keep in (12, 4):
            Meeting.objects.filter(pk__in=[m.pk for m in planned[keep:]]).delete()
            with django_assert_num_queries(6):
                plan_change(keeper, meeting, {"time": "08:00"}, "following", today_in(community),
                            along=False)  # fmt: skip
