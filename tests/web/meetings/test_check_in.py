"""Checking in by QR code, turns of speaking, and days of the place that planning avoids."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from satuhati.web.answers.actions import make_links
from satuhati.web.answers.links import token_of
from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings import check_in
from satuhati.web.meetings.actions import plan_meeting
from satuhati.web.meetings.local_days import closed_for, read_local_days
from satuhati.web.meetings.models import CheckIn, Meeting
from satuhati.web.meetings.schedule import Rule, dates_of
from satuhati.web.personal import arriving
from satuhati.web.register.models import Actor, Post, Term
from satuhati.web.tenancy.clock import now_in, today_in
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

NAMES = ("Aminah Contoh", "Budi Contoh", "Citra Contoh")


def people(community: Community, keeper: Who) -> Meeting:
    """Three hold posts; a meeting today."""
    community.meeting_aids = True
    community.save()
    with scope(community=community):
        for n, name in enumerate(NAMES, 1):
            actor = Actor.objects.create(
                community=community, public_id=f"a{n}", name=name, kind="person", sector="pokja"
            )
            post = Post.objects.create(
                community=community, public_id=f"j{n}", name=f"Jabatan {n}", kind="member"
            )
            Term.objects.create(
                community=community, public_id=f"m{n}", post=post, actor=actor,
                start=dt.date(2020, 1, 1),
            )  # fmt: skip
        return plan_meeting(by=keeper, kind="pokja", date=today_in(community), title="Rapat")


@pytest.fixture
def keeper(by: Callable[..., Who]) -> Who:
    return by("secretary", name="Sekar Contoh")


@pytest.fixture
def meeting(community: Community, keeper: Who) -> Meeting:
    return people(community, keeper)


def code(meeting: Meeting) -> str:
    return f"/h/{check_in.check_in_token(meeting)}/"


def on_own_phone(client: Client, keeper: Who, community: Community, who: str = "a1") -> None:
    """The person opens their answer link on this phone once."""
    with scope(community=community):
        actor = Actor.objects.get(public_id=who)
        link = make_links(by=keeper, actors=[actor])[actor.pk]
    assert client.get(f"/j/{token_of(link)}/").status_code == 200


def rows(community: Community) -> list[tuple[str, bool]]:
    with scope(community=community):
        return [(c.actor.public_id, c.by_link) for c in CheckIn.objects.order_by("pk")]


def test_one_tap_on_ones_own_phone_and_twice_is_once(
    meeting: Meeting, keeper: Who, community: Community, client: Client
) -> None:
    on_own_phone(client, keeper, community)
    page = client.get(code(meeting)).content.decode()
    assert "Halo, Aminah Contoh" in page
    assert "Budi Contoh" not in page, "no need of a list"
    said = client.post(code(meeting), {"actor": "a1"}, follow=True).content.decode()
    assert "sudah tercatat hadir" in said
    said = client.post(code(meeting), {"actor": "a1"}, follow=True).content.decode()
    assert "memang sudah tercatat" in said
    assert rows(community) == [("a1", True)]
    with scope(community=community):
        assert AuditEntry.objects.filter(action="check_in.note", role="resident").count() == 2


def test_without_a_link_a_name_is_chosen_and_marked(
    meeting: Meeting, community: Community, client: Client
) -> None:
    page = client.get(code(meeting)).content.decode()
    assert all(name in page for name in NAMES)
    client.post(code(meeting), {"actor": "a2"})
    assert rows(community) == [("a2", False)]
    assert "Budi Contoh" not in client.get(code(meeting)).content.decode()
    for wrong in ("a9", "", "u1"):
        said = client.post(code(meeting), {"actor": wrong}, follow=True).content.decode()
        assert "tidak bisa dicatat" in said
    assert len(rows(community)) == 1


def test_a_code_of_another_group_is_told_and_notes_nothing(
    meeting: Meeting, keeper: Who, community: Community, elsewhere: Community,
    by: Callable[..., Who], make_member: Callable[..., object], client: Client,
) -> None:  # fmt: skip
    from satuhati.web.tenancy.who import who_is

    on_own_phone(client, keeper, community)
    other = who_is(make_member(elsewhere, "secretary", "Sari Kenanga"), elsewhere)
    assert other is not None
    there = people(elsewhere, other)
    page = client.get(code(there)).content.decode()
    assert "milik kelompok lain" in page
    assert "Kampung Melati" in page
    assert "<option" not in page, "no names of others either"
    client.post(code(there), {"actor": "a1"})
    assert rows(elsewhere) == []


@pytest.mark.parametrize("bad", ["1-abc", "x", "9999-AAAAAAAAAAAA", "1", "٣-aa"])
def test_a_code_of_no_meeting(meeting: Meeting, client: Client, bad: str) -> None:
    assert client.get(f"/h/{bad}/").status_code == 404


def test_who_guesses_codes_is_sent_away_for_a_while(meeting: Meeting, client: Client) -> None:
    for _ in range(arriving.GUESSES):
        assert client.get("/h/1-abc/").status_code == 404
    answer = client.get("/h/1-abc/")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == str(arriving.WINDOW)


def test_a_code_holds_on_its_day_only(
    meeting: Meeting, community: Community, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = code(meeting)
    day = dt.datetime.combine(meeting.date, dt.time(), now_in(community).tzinfo)
    for hours, holds in ((-1.5, False), (-0.5, True), (12, True), (29, True), (31, False)):
        moment = day + dt.timedelta(hours=hours)
        monkeypatch.setattr(check_in, "now_in", lambda _, moment=moment: moment)
        assert check_in.takes_check_ins(meeting) is holds, hours
    assert "hanya berlaku pada hari rapat" in client.get(there).content.decode()
    said = client.post(there, {"actor": "a1"}, follow=True).content.decode()
    assert "tidak bisa dicatat" in said
    assert rows(community) == []
    with scope(community=community):
        Meeting.objects.update(date=meeting.date + dt.timedelta(days=7))
    assert client.get(there).status_code == 404, "moved: yesterday's code is of no meeting"


def test_a_code_ends_when_the_list_is_taken(
    meeting: Meeting, community: Community, client: Client
) -> None:
    with scope(community=community):
        Meeting.objects.update(status="held")
    said = client.post(code(meeting), {"actor": "a1"}, follow=True).content.decode()
    assert "tidak bisa dicatat" in said
    assert rows(community) == []


def test_who_checked_in_and_who_spoke_stand_on_the_closing_page(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client], client: Client
) -> None:
    client.post(code(meeting), {"actor": "a1"})
    keeper = client_of("secretary")
    there = f"/k/melati/rapat/{meeting.public_id}/"
    page = keeper.get(there + "jalannya/").content.decode()
    assert "1 dari 3 sudah tercatat" in page
    assert "<svg" in page
    finish = keeper.get(there + "selesai/?bicara=a2&bicara=a77").content.decode()
    ticked = set(re.findall(r'name="((?:came|spoke)-\w+)" value="1" checked', finish))
    assert ticked == {"came-a1", "came-a2", "spoke-a2"}


def test_the_aids_are_there_only_where_the_group_wants_them(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client], outsider: Client
) -> None:
    there = f"/k/melati/rapat/{meeting.public_id}/jalannya/"
    keeper = client_of("secretary")
    assert "jalannya/" in keeper.get(there.replace("jalannya/", "")).content.decode()
    assert client_of("member").get(there).status_code == 404
    assert outsider.get(there).status_code == 404
    community.meeting_aids = False
    community.save()
    assert keeper.get(there).status_code == 404
    assert "jalannya/" not in keeper.get(there.replace("jalannya/", "")).content.decode()
    assert "hanya berlaku" in keeper.get(code(meeting)).content.decode()


# -- days of the place ----------------------------------------------------------------------------


def test_local_days_and_hours_are_read() -> None:
    found = read_local_days(
        "2027-03-22 Sedekah bumi\n\n  Kamis 18.00-21.00   pengajian \nSunday 7:00 – 9:30 market\n"
    )
    assert found.wrong == []
    assert [str(name.id) for name in found.days.values()] == ["Sedekah bumi"]
    assert [(w.weekday, w.since, w.until, w.name.id) for w in found.windows] == [
        (4, 1080, 1260, "pengajian"), (7, 420, 570, "market"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    ["2027-02-30 tanggal", "2027-03-22", "Kemis 18.00-21.00 pengajian", "Kamis 21.00-18.00 x",
     "Kamis 18.70-21.00 x", "Kamis 18.00-25.00 x", "pengajian", "2027-03-22 " + "x" * 100],
)  # fmt: skip
def test_a_line_that_says_nothing_is_told_with_its_number(
    line: str, community: Community, client_of: Callable[[str], Client]
) -> None:
    assert [n for n, _ in read_local_days(f"2027-03-22 Sedekah bumi\n{line}").wrong] == [2]


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read_local_days(text)
    full = [n for n, raw in enumerate(text.splitlines(), 1) if raw.strip()]
    assert len(found.days) + len(found.windows) + len(found.wrong) <= len(full)
    assert {n for n, _ in found.wrong} <= set(full)


def test_a_schedule_keeps_off_local_days_and_hours(community: Community) -> None:
    rule = Rule("monthly", 4, 2, 19 * 60)
    start = dt.date(2027, 2, 1)
    plain = dates_of(rule, start, "id", community)
    day = next(d for d in plain if not d.holiday).date
    community.local_days = f"{day} Sedekah bumi"
    moved = {d.rule_date: d for d in dates_of(rule, start, "id", community)}[day]
    assert moved.moved
    assert moved.holiday == "Sedekah bumi"
    community.local_days = "Kamis 18.00-21.00 pengajian"
    assert all(d.holiday for d in dates_of(rule, start, "id", community)), "every Thursday evening"
    assert closed_for(None, [2027]).on(day, 1140) is None


def test_settings_say_which_line_is_wrong(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    page = client.get("/k/melati/pengaturan/").content.decode()
    form = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    for name, body in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        form[name] = chosen[1] if chosen else ""
    answer = client.post("/k/melati/pengaturan/", {**form, "local_days": "2027-03-22 Bumi\nxx"})
    assert answer.status_code == 400
    assert "Baris 2 (“xx”)" in answer.content.decode()
    answer = client.post("/k/melati/pengaturan/", {**form, "local_days": "2027-03-22 Bumi"})
    assert answer.status_code in (200, 302)
    community.refresh_from_db()
    assert community.local_days == "2027-03-22 Bumi"
