"""Schedules that are kept: five mechanisms, periods without a meeting, another year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django_scopes import scope

from satuhati.schema.choices import choice_label
from satuhati.text import translator
from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings.absence import state_none
from satuhati.web.meetings.actions import plan_meeting, set_schedule
from satuhati.web.meetings.keeping import MECHANISMS, get_gaps_for, period_words
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.schedule import Rule, by_rule_date, dates_of, next_year
from satuhati.web.meetings.series_actions import continue_schedule
from satuhati.web.profile.models import ConfirmedEmpty
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.keys import next_id
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

BASE = "/k/melati/rapat/jadwal/"
T = translator("id")


def first_of(day: dt.date, months_back: int) -> dt.date:
    """The first of the month so many months before."""
    n = day.year * 12 + day.month - 1 - months_back
    return dt.date(n // 12, n % 12 + 1, 1)


@pytest.fixture
def who(by: Callable[..., Who]) -> Who:
    return by("secretary", name="Sekar Contoh")


@pytest.fixture
def series(community: Community, who: Who) -> MeetingSeries:
    """Second Tuesdays since four months ago; of the past ones only the newest was held."""
    today = today_in(community)
    start = first_of(today, 4)
    rule = Rule("monthly", 2, 2, 1170)
    dates = [d.date for d in dates_of(rule, start, "id")]
    with scope(community=community):
        made = set_schedule(
            by=who, fields={"name": "Rapat bulanan", "kind": "pokja", "frequency": "monthly",
                            "rule": rule.words().id, "start": start, "mechanism": "planning"},
            dates=dates, time="19:30", place="RPTRA",
        )  # fmt: skip
        held = Meeting.objects.filter(date__gte=first_of(today, 1), date__lt=first_of(today, 0))
        held.update(status="held", notice_on=start)
        Meeting.objects.filter(date__lt=first_of(today, 2), date__gte=first_of(today, 3)).delete()
    return made


def test_periods_without_a_meeting_are_asked_of(
    community: Community, series: MeetingSeries, client_of: Callable[[str], Client], who: Who
) -> None:
    today = today_in(community)
    with scope(community=community):
        gaps = get_gaps_for(who, today)
    # Of four months that are over one was held; the month that runs is not due yet.
    assert [g.start for g in gaps] == [first_of(today, n) for n in (2, 3, 4)]
    assert [g.open is not None for g in gaps] == [True, False, True]
    page = client_of("secretary").get(BASE).content.decode()
    for gap in gaps:
        assert f"{T.month(gap.start)}: tidak ada rapat tercatat" in page
    opened = gaps[0].open
    assert opened is not None
    assert f"/rapat/{opened.public_id}/selesai/" in page
    link = re.search(r'href="(/k/melati/rapat/baru/\?seri=[^"]+tanggal=[^"]+)"', page)
    assert link is not None
    form = client_of("secretary").get(link.group(1).replace("&amp;", "&")).content.decode()
    assert 'value="19:30"' in form
    due = next(d for d in dates_of(Rule("monthly", 2, 2, 1170), gaps[1].start, "id"))
    assert f'value="{due.rule_date}"' in form
    assert re.search(rf'value="{series.public_id}" selected', form)
    member = client_of("member").get(BASE).content.decode()
    assert "tidak ada rapat tercatat" in member
    assert "Memang tidak ada<" not in member
    home = client_of("secretary").get("/k/melati/").content.decode()
    assert "3 masa belum diketahui" in home
    assert "masa belum diketahui" not in client_of("member").get("/k/melati/").content.decode()


def test_that_there_was_none_is_stated_and_kept(
    community: Community, series: MeetingSeries, client_of: Callable[[str], Client],
    outsider: Client, who: Who,
) -> None:  # fmt: skip
    today = today_in(community)
    address = f"{BASE}{series.public_id}/tidak-ada/"
    for other in (outsider, client_of("member"), client_of("overseer")):
        assert other.post(address, {"mulai": first_of(today, 2)}).status_code == 404
    client = client_of("secretary")
    for _ in range(2):  # a second tap
        assert client.post(address, {"mulai": first_of(today, 2)}).status_code == 302
    with scope(community=community):
        stated = ConfirmedEmpty.objects.get()
        span = (first_of(today, 2), first_of(today, 1) - dt.timedelta(days=1))
        assert (stated.strand, stated.from_day, stated.to_day) == ("meetings", *span)
        assert (stated.by, stated.on, stated.note) == ("Ratna Melati", today, "Rapat bulanan")
        assert Meeting.objects.get(date__range=span).status == "cancelled"
        assert len(get_gaps_for(who, today)) == 2
    page = client.get(BASE).content.decode()
    assert "memang tidak ada rapat" in page
    assert f"{T.month(first_of(today, 2))}: tidak ada rapat tercatat" not in page
    # Held months, the one that runs, other days: of these nobody asks, so nothing is stated.
    for start in (first_of(today, 1), first_of(today, 0), first_of(today, 3).replace(day=2)):
        assert client.post(address, {"mulai": start}).status_code == 302
    for wrong in ("", "kemarin", "2026-02-30"):
        assert client.post(address, {"mulai": wrong}).status_code == 404
    with scope(community=community):
        assert ConfirmedEmpty.objects.count() == 1


def test_where_another_meeting_was_held_the_strand_was_not_empty(
    community: Community, series: MeetingSeries, who: Who
) -> None:
    """Then a meeting called off, on the day it was due, says that this one was not."""
    today = today_in(community)
    start = first_of(today, 3)
    with scope(community=community):
        other = plan_meeting(by=who, kind="training", date=start + dt.timedelta(days=20))
        Meeting.objects.filter(pk=other.pk).update(status="held")
        assert state_none(by=who, series=series, start=start, today=today) is not None
        assert not ConfirmedEmpty.objects.exists()
        made = Meeting.objects.get(
            series=series, date__range=(start, start + dt.timedelta(days=27))
        )
        assert (made.status, made.title) == ("cancelled", "Rapat bulanan")
        assert (made.date.isoweekday(), (made.date.day - 1) // 7) == (2, 1)
        assert state_none(by=who, series=series, start=start, today=today) is None


def test_a_meeting_on_record_outside_the_schedule_was_the_one(
    community: Community, series: MeetingSeries, client_of: Callable[[str], Client],
    outsider: Client, who: Who,
) -> None:  # fmt: skip
    today = today_in(community)
    start = first_of(today, 3)
    with scope(community=community):
        other = plan_meeting(by=who, kind="training", date=start)
        alone = plan_meeting(by=who, kind="pokja", date=start + dt.timedelta(days=5))
        Meeting.objects.filter(series=None).update(status="held")
    client = client_of("secretary")
    assert f"di luar jadwal: {T.date(alone.date)}" in client.get(BASE).content.decode()
    address = f"{BASE}{series.public_id}/termasuk/"
    for who_else in (outsider, client_of("member")):
        assert who_else.post(address, {"rapat": alone.public_id}).status_code == 404
    for wrong in (other.public_id, "r9999", ""):
        assert client.post(address, {"rapat": wrong}).status_code == 404
    assert client.post(address, {"rapat": alone.public_id}).status_code == 302
    with scope(community=community):
        assert Meeting.objects.get(pk=alone.pk).series_id == series.pk
        assert start not in [g.start for g in get_gaps_for(who, today)]


def test_a_statement_is_taken_back_and_its_number_stays_given(
    community: Community, series: MeetingSeries, client_of: Callable[[str], Client],
    outsider: Client, who: Who, by: Callable[..., Who],
) -> None:  # fmt: skip
    today = today_in(community)
    with scope(community=community):
        state_none(by=who, series=series, start=first_of(today, 3), today=today)
        code = ConfirmedEmpty.objects.get().public_id
        with pytest.raises(NotAllowedError):
            state_none(by=by("member"), series=series, start=first_of(today, 3), today=today)
    address = f"{BASE}tidak-ada/{code}/"
    for other in (outsider, client_of("member")):
        assert other.post(address).status_code == 404
    client = client_of("secretary")
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 404
    with scope(community=community):
        assert not ConfirmedEmpty.objects.exists()
        assert next_id(ConfirmedEmpty) > code
        assert first_of(today, 3) in [g.start for g in get_gaps_for(who, today)]
    assert AuditEntry.objects.filter(action="empty.remove", code=code).exists()


def test_periods_in_words() -> None:
    said = {
        "weekly": "pekan mulai 5 Oktober 2026", "monthly": "Oktober 2026",
        "quarterly": "triwulan 4 tahun 2026", "half_yearly": "semester 2 tahun 2026",
        "yearly": "2026",
    }  # fmt: skip
    starts = {"weekly": dt.date(2026, 10, 5), "half_yearly": dt.date(2026, 7, 1)}
    for frequency, words in said.items():
        start = starts.get(frequency, dt.date(2026, 10, 1))
        assert period_words(T, frequency, start) == words
    assert period_words(T, "half_yearly", dt.date(2026, 1, 1)) == "semester 1 tahun 2026"
    assert period_words(T, "quarterly", dt.date(2026, 1, 1)) == "triwulan 1 tahun 2026"


# -- the five mechanisms ---------------------------------------------------------------------------


def test_five_mechanisms_each_with_its_frequency_or_none_yet(
    community: Community, series: MeetingSeries, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    page = client.get(BASE).content.decode()
    for code in MECHANISMS:
        assert choice_label("meeting_series", "mechanism", code)("id").capitalize() in page
        assert (f"?untuk={code}" in page) == (code != "planning")
    assert page.count("belum ada</span>") == 4
    assert "?untuk=" not in client_of("member").get(BASE).content.decode()
    form = client.get(f"{BASE}baru/?untuk=coordination").content.decode()
    for name, value in (("kind", "cross_sector_forum"), ("mechanism", "coordination"),
                        ("frequency", "quarterly")):  # fmt: skip
        field = form[form.index(f'name="{name}"') :]
        assert re.search(rf'value="{value}" selected', field[: field.index("</select>")]), name
    assert 'value="Forum lintas sektor"' in form
    assert client.get(f"{BASE}baru/?untuk=apa-saja").status_code == 200


def test_the_mechanism_is_saved_with_the_schedule_and_can_be_mended(
    community: Community, client_of: Callable[[str], Client], outsider: Client
) -> None:
    client = client_of("secretary")
    start = today_in(community) + dt.timedelta(days=1)
    form = {"name": "Forum", "kind": "cross_sector_forum", "mechanism": "coordination",
            "frequency": "quarterly", "weekday": "3", "nth": "1", "time": "09:00",
            "start": str(start)}  # fmt: skip
    page = client.get(f"{BASE}baru/", form).content.decode()
    assert 'name="mechanism" value="coordination"' in page
    assert client.post(f"{BASE}baru/", form).status_code == 302
    with scope(community=community):
        series = MeetingSeries.objects.get()
    assert series.mechanism == "coordination"
    assert client.get(f"{BASE}baru/", {**form, "mechanism": "apa"}).status_code == 400
    address = f"{BASE}{series.public_id}/ubah/"
    change = {"name": "Forum lintas sektor", "mechanism": "monitoring", "revision": "0"}
    assert 'name="frequency"' not in client.get(address).content.decode(), "the rule says it"
    for other in (outsider, client_of("member")):
        assert other.get(address).status_code == 404
        assert other.post(address, change).status_code == 404
    assert client.post(address, change).status_code == 302
    series.refresh_from_db()
    assert (series.mechanism, series.rule) == ("monitoring", "Rabu pertama awal triwulan, 09.00")
    # Somebody else saved meanwhile.
    assert "Forum lintas sektor" in client.post(address, {**change, "name": "X"}).content.decode()


# -- another year ----------------------------------------------------------------------------------


def test_a_schedule_that_runs_out_goes_on_with_one_tap(
    community: Community, series: MeetingSeries, client_of: Callable[[str], Client],
    outsider: Client,
) -> None:  # fmt: skip
    today = today_in(community)
    client = client_of("secretary")
    assert "setahun lagi" not in client.get(BASE).content.decode()
    with scope(community=community):
        Meeting.objects.filter(date__gte=first_of(today, -2)).delete()
        Meeting.objects.filter(date__gte=today).update(place="Balai warga")
        before = Meeting.objects.count()
    for page in (BASE, "/k/melati/"):
        assert "Rencanakan setahun lagi" in client.get(page).content.decode()
        assert "Rencanakan setahun lagi" not in client_of("member").get(page).content.decode()
    address = f"{BASE}{series.public_id}/lanjut/"
    for other in (outsider, client_of("member")):
        assert other.post(address).status_code == 404
    for _ in range(2):  # a second tap
        assert client.post(address).status_code == 302
    with scope(community=community):
        new = list(Meeting.objects.order_by("date", "pk"))[before:]
        planned = list(Meeting.objects.filter(status="planned", date__gte=today).order_by("date"))
    assert 11 <= len(new) <= 13
    assert {(m.time, m.title) for m in new} == {("19:30", "Rapat bulanan")}
    months = [(m.date.year, m.date.month) for m in planned]
    assert len(months) == len(set(months)), "no month has two"
    assert "setahun lagi" not in client.get(BASE).content.decode()
    assert client.post(f"{BASE}rr9999/lanjut/").status_code == 404


def test_a_past_meeting_nobody_told_of_does_not_stop_another_year(
    community: Community, series: MeetingSeries, client_of: Callable[[str], Client]
) -> None:
    """The last date planned is past and still open: there is nothing ahead, so it goes on."""
    today = today_in(community)
    with scope(community=community):
        Meeting.objects.filter(date__gte=today).delete()
        assert Meeting.objects.filter(status="planned").exists() or Meeting.objects.update(
            status="planned"
        )
    client_of("secretary").post(f"{BASE}{series.public_id}/lanjut/")
    with scope(community=community):
        assert Meeting.objects.filter(status="planned", date__gte=today).count() >= 11


def test_a_date_that_was_moved_is_not_planned_again(
    community: Community, series: MeetingSeries, who: Who
) -> None:
    """The last one was moved a week earlier: the year to come begins with the next month."""
    today = today_in(community)
    with scope(community=community):
        last = Meeting.objects.order_by("-date").first()
        assert last is not None
        old = last.date
        Meeting.objects.filter(pk=last.pk).update(date=old - dt.timedelta(days=7), planned_for=old)
        days = next_year(series, list(Meeting.objects.filter(series=series)), today, "id")
    assert (days[0].date.year, days[0].date.month) != (old.year, old.month)
    assert days[0].date > old


def test_of_two_who_tap_at_once_the_second_plans_nothing(
    community: Community, series: MeetingSeries, who: Who, by: Callable[..., Who]
) -> None:
    today = today_in(community)
    with scope(community=community):
        last = Meeting.objects.filter(status="planned").order_by("-date").first()
        assert last is not None
        days = next_year(series, list(Meeting.objects.filter(series=series)), today, "id")
        given = {"series": series, "last": last.date, "dates": [d.date for d in days],
                 "time": "19:30"}  # fmt: skip
        assert continue_schedule(by=who, **given) == len(days)
        assert continue_schedule(by=who, **given) == 0
        # The second read the meetings after the first had planned: a year further on.
        more = next_year(series, list(Meeting.objects.filter(series=series)), today, "id")
        assert more[0].date > days[-1].date
        assert continue_schedule(by=who, **{**given, "dates": [d.date for d in more]}) == 0
        with pytest.raises(NotAllowedError):
            continue_schedule(by=by("member"), **given)


def test_words_of_ones_own_ask_for_a_new_schedule(
    community: Community, series: MeetingSeries, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    with scope(community=community):
        MeetingSeries.objects.update(rule="Sehabis panen", frequency="other")
        Meeting.objects.filter(date__gte=today_in(community)).delete()
    page = client.get(BASE).content.decode()
    assert "setahun lagi" not in page
    assert "Tidak ada lagi yang direncanakan" in page
    answer = client.post(f"{BASE}{series.public_id}/lanjut/")
    assert answer["Location"].endswith("/jadwal/baru/")
    assert 'name="frequency"' in client.get(f"{BASE}{series.public_id}/ubah/").content.decode()


def test_meetings_of_a_rule() -> None:
    rule = Rule("quarterly", 2, 2, 1170)

    def meeting(pk: int, day: dt.date, planned_for: dt.date | None = None) -> Meeting:
        return Meeting(pk=pk, date=day, planned_for=planned_for, status="planned")

    rows = [
        meeting(1, dt.date(2027, 1, 12)),  # the second Tuesday
        meeting(2, dt.date(2027, 1, 20)),  # an extra one
        meeting(3, dt.date(2027, 5, 4), dt.date(2027, 4, 13)),  # moved into another month
        meeting(4, dt.date(2027, 6, 8)),  # a second Tuesday of no quarter's first month
        meeting(5, dt.date(2027, 7, 1)),  # an extra one, before
        meeting(6, dt.date(2027, 7, 20)),  # the one that was put elsewhere
    ]
    found = by_rule_date(rule, rows)
    assert {day: m.pk for day, m in found.items()} == {
        dt.date(2027, 1, 12): 1, dt.date(2027, 4, 13): 3, dt.date(2027, 7, 13): 5,
    }  # fmt: skip
    # 9 March 2027, the second Tuesday, is Eid's holiday: its meeting stands a week later, and an
    # extra one before it does not take its date.
    monthly = Rule("monthly", 2, 2, 1170)
    put = next(d for d in dates_of(monthly, dt.date(2027, 3, 1), "id"))
    assert put.moved
    rows = [meeting(1, dt.date(2027, 3, 1)), meeting(2, put.date)]
    assert by_rule_date(monthly, rows)[put.rule_date].pk == 2
