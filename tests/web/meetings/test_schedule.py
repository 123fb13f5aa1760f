"""*Jadwal tetap*: the dates of a rule, and the meetings that are planned by it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.meetings.calendar import LAST, nth_weekday
from satuhati.core.meetings.closures import closed_in_indonesia
from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings.actions import end_schedule, plan_meeting, set_schedule
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.schedule import FREQUENCIES, Rule, dates_of
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.keys import next_id
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

BASE = "/k/melati/rapat/jadwal/"
RULES = st.builds(
    Rule, st.sampled_from(FREQUENCIES), st.integers(1, 7),
    st.sampled_from((1, 2, 3, 4, LAST)), st.sampled_from((540, 720, 1170)),
)  # fmt: skip


@given(RULES, st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)))
def test_every_period_of_a_year_has_its_date(rule: Rule, start: dt.date) -> None:
    days = dates_of(rule, start, "id")
    # A year has 12 months; the rule's date in the first may lie before the start.
    whole = {"weekly": 52, "monthly": 12, "quarterly": 4, "half_yearly": 2, "yearly": 1}
    assert abs(len(days) - whole[rule.frequency]) <= 1
    for day in days:
        assert day.rule_date.isoweekday() == rule.weekday == day.date.isoweekday()
        assert start <= day.rule_date < start + dt.timedelta(days=365)
        assert (day.date.year, day.date.month) == (day.rule_date.year, day.rule_date.month)
        if rule.frequency != "weekly":
            year, month = day.rule_date.year, day.rule_date.month
            assert day.rule_date == nth_weekday(year, month, rule.weekday, rule.nth)
            closed = closed_in_indonesia([year])
            assert not day.moved or closed.on(day.date, rule.minute) is None
            assert bool(day.holiday) == (closed.on(day.rule_date, rule.minute) is not None)


def test_a_date_on_a_holiday_moves_within_its_month() -> None:
    days = dates_of(Rule("monthly", 2, 3, 1170), dt.date(2027, 8, 1), "id")
    # 17 August 2027, Independence Day, is the third Tuesday.
    assert (days[0].rule_date, days[0].date) == (dt.date(2027, 8, 17), dt.date(2027, 8, 24))
    assert "Kemerdekaan" in days[0].holiday
    # Christmas 2027 is the fourth Saturday: the week after is another year's.
    last = dates_of(Rule("monthly", 6, 4, 1170), dt.date(2027, 12, 1), "en")[0]
    assert (last.rule_date, last.date) == (dt.date(2027, 12, 25), dt.date(2027, 12, 18))
    weekly = dates_of(Rule("weekly", 2, 1, 1170), dt.date(2027, 8, 1), "id")
    marked = next(d for d in weekly if d.date == dt.date(2027, 8, 17))
    assert marked.holiday
    assert not marked.moved


def test_an_evening_of_ramadan_moves_and_an_afternoon_stays() -> None:
    # 10 March 2026, the second Tuesday, lies in Ramadan (19 February to 20 March).
    evening = dates_of(Rule("monthly", 2, 2, 1170), dt.date(2026, 3, 1), "id")[0]
    assert (evening.rule_date, evening.date) == (dt.date(2026, 3, 10), dt.date(2026, 3, 24))
    assert evening.holiday == "malam Ramadan"
    assert not dates_of(Rule("monthly", 2, 2, 900), dt.date(2026, 3, 1), "id")[0].holiday


def asked(community: Community, **more: str) -> dict[str, str]:
    start = today_in(community) + dt.timedelta(days=1)
    return {"name": "Rapat bulanan", "kind": "pokja", "frequency": "monthly", "weekday": "2",
            "nth": "2", "time": "19:30", "place": "RPTRA", "start": str(start), **more}  # fmt: skip


def test_from_a_rule_to_a_year_of_planned_meetings(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    assert "Belum ada jadwal tetap" in client.get(BASE).content.decode()
    form = asked(community)
    page = client.get(f"{BASE}baru/", form).content.decode()
    assert "Selasa kedua, 19.30" in page
    with scope(community=community):
        assert not Meeting.objects.exists(), "looking plans nothing"
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once is not None
    form["once"] = once.group(1)
    for _ in range(2):  # a second tap
        assert client.post(f"{BASE}baru/", form).status_code == 302
    with scope(community=community):
        series = MeetingSeries.objects.get()
        assert (series.rule, series.frequency) == ("Selasa kedua, 19.30", "monthly")
        planned = list(Meeting.objects.order_by("date"))
    assert 11 <= len(planned) <= 13
    assert {m.date.isoweekday() for m in planned} == {2}
    assert {(m.status, m.time, m.title, m.place) for m in planned} == {
        ("planned", "19:30", "Rapat bulanan", "RPTRA")
    }
    page = client.get(BASE).content.decode()
    assert "Selasa kedua, 19.30" in page
    assert "berikutnya" in page
    last = client.get(f"{BASE}baru/", asked(community, nth=str(LAST))).content.decode()
    assert "Selasa terakhir, 19.30" in last
    again = client.get(f"{BASE}baru/", asked(community)).content.decode()
    assert "yang sejenis sudah berlaku (Selasa kedua, 19.30)" in again
    assert "Rapat bulanan" in client.get("/k/melati/").content.decode(), "home names the next"
    assert client_of("member").get(BASE).status_code == 200


def test_a_day_that_has_its_meeting_gets_no_second(
    community: Community, by: Callable[..., Who]
) -> None:
    who, day = by("secretary"), dt.date(2027, 3, 9)
    with scope(community=community):
        plan_meeting(by=who, kind="pokja", date=day)
        plan_meeting(by=who, kind="training", date=day + dt.timedelta(weeks=1))
        set_schedule(
            by=who, fields={"name": "R", "kind": "pokja", "frequency": "weekly", "start": day},
            dates=[day, day + dt.timedelta(weeks=1)], time="19:30", place=None,
        )  # fmt: skip
        assert Meeting.objects.filter(kind="pokja", date=day).count() == 1
        assert Meeting.objects.filter(kind="pokja").count() == 2


def test_days_that_got_no_second_are_said(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    form = {"name": "R", "kind": "pokja", "mechanism": "", "frequency": "yearly", "weekday": "2",
            "nth": "2", "time": "19:30", "place": "",
            "start": str(today_in(community))}  # fmt: skip
    for said in ("1 rapat direncanakan", "1 hari sudah punya rapat jenis ini"):
        page = client.post("/k/melati/rapat/jadwal/baru/", form, follow=True).content.decode()
        assert said in page


def test_a_schedule_that_ends_leaves_what_people_were_told(
    community: Community, by: Callable[..., Who], client_of: Callable[[str], Client]
) -> None:
    who, today = by("secretary"), today_in(community)
    days = [today + dt.timedelta(weeks=n) for n in (-1, 1, 2)]
    with scope(community=community):
        series = set_schedule(
            by=who, fields={"name": "R", "kind": "pokja", "frequency": "weekly",
                            "start": days[0]},
            dates=days, time="19:30", place=None,
        )  # fmt: skip
        told = Meeting.objects.get(date=days[1])
        told.notice_on = today
        told.save()
        last = Meeting.objects.get(date=days[2]).public_id
    client = client_of("secretary")
    assert client.post(f"{BASE}{series.public_id}/akhiri/").status_code == 302
    assert client.post(f"{BASE}{series.public_id}/akhiri/").status_code == 404, "ended already"
    with scope(community=community):
        found = dict(Meeting.objects.values_list("date", "status"))
        assert found == {days[0]: "planned", days[1]: "cancelled"}
        assert next_id(Meeting) > last, "an id that was given is never given again"
    assert AuditEntry.objects.filter(action="meeting.remove", code=last).exists()
    assert "Jadwal yang sudah berakhir" in client.get(BASE).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"time": "25:00"}, {"weekday": "9"}, {"start": "2026-02-30"}, {"start": "1999-01-01"},
     {"nth": "5"}, {"frequency": "other"}, {"name": ""}],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_said(
    wrong: dict[str, str], community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    for send in (client.get, client.post):
        answer = send(f"{BASE}baru/", asked(community, **wrong))
        assert answer.status_code == 400
        assert 'class="error"' in answer.content.decode()
    with scope(community=community):
        assert not MeetingSeries.objects.exists()


def test_schedules_are_set_by_keepers_of_this_community(
    community: Community, client_of: Callable[[str], Client], outsider: Client,
    by: Callable[..., Who],
) -> None:  # fmt: skip
    with scope(community=community):
        series = set_schedule(
            by=by("secretary"), fields={"name": "R", "kind": "pokja", "start": dt.date(2026, 1, 1)},
            dates=[], time="19:30", place=None,
        )  # fmt: skip
        with pytest.raises(NotAllowedError):
            end_schedule(by=by("member"), series=series, on=dt.date(2026, 2, 1))
    for client in (outsider, client_of("member")):
        assert client.get(f"{BASE}baru/").status_code == 404
        assert client.post(f"{BASE}{series.public_id}/akhiri/").status_code == 404
    assert outsider.get(BASE).status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_the_same_for_few_and_many(
    n: int, community: Community, client_of: Callable[[str], Client], by: Callable[..., Who]
) -> None:
    who = by("secretary")
    with scope(community=community):
        for i in range(n):
            set_schedule(
                by=who, fields={"name": f"R{i}", "kind": "pokja", "start": dt.date(2026, 1, 1)},
                dates=[dt.date(2030, 1, 1 + i)], time="19:30", place=None,
            )  # fmt: skip
    client = client_of("field_officer")
    client.get(BASE)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(BASE).status_code == 200
    assert len(seen) == 7, [q["sql"][:90] for q in seen]


def test_what_is_past_already_is_not_planned(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    today = today_in(community)
    start = today - dt.timedelta(days=30)
    form = asked(community, frequency="weekly", start=str(start))
    client = client_of("secretary")
    assert "sudah lewat" in client.get(f"{BASE}baru/", form).content.decode()
    assert client.post(f"{BASE}baru/", form).status_code == 302
    with scope(community=community):
        assert MeetingSeries.objects.get().start == start
        first = Meeting.objects.order_by("date").first()
    assert first is not None
    assert today <= first.date < today + dt.timedelta(days=7)
