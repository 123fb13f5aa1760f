"""*Keikutsertaan*: the command's figures on a page, and who sees what of them."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope
from typer.testing import CliRunner

from satuhati.cli import app
from satuhati.core.suppression import THRESHOLD
from satuhati.web.meetings.beside import StoredFigures
from satuhati.web.meetings.figures import KEEP, STALE, figures_of, store
from satuhati.web.meetings.models import Attendance, Meeting, MeetingSeries
from satuhati.web.meetings.participating import FEWEST
from satuhati.web.register.models import Actor, Area, Post, Term
from satuhati.web.tenancy.models import Community

START = dt.date(2026, 1, 6)
UNTIL = dt.date(2026, 6, 30)
PERIOD = f"?dari={START}&sampai={UNTIL}"
PAGE = "/k/melati/rapat/keikutsertaan/"
OWN = "/k/melati/rapat/kehadiran-saya/"
SECTIONS = ("religion", "economy", "environment")
STATUSES = ("present", "represented", "excused", "ill", "absent")


@pytest.fixture
def group(community: Community) -> Community:
    """Eleven people of three sections, seven meetings, every status; the guest of one meeting."""
    draw = random.Random(4)
    common: dict[str, Any] = {"community": community}
    with scope(community=community):
        areas = [
            Area.objects.create(public_id=f"w{n}", name=f"RT 0{n}", level="rt", **common)
            for n in (1, 2)
        ]
        meetings = [
            Meeting.objects.create(
                public_id=f"r{n}", kind="pokja", status="held", time="19:30", **common,
                date=START + dt.timedelta(days=21 * n),
                notice_on=START + dt.timedelta(days=21 * n - (7 if n % 2 else 1)),
            )
            for n in range(7)
        ]  # fmt: skip
        for n in range(11):
            actor = Actor.objects.create(
                public_id=f"a{n:02}", name=f"Orang {n:02}", kind="person", sector="pokja",
                sex="female" if n < 6 else "male", area=areas[n % 2] if n < 10 else None, **common,
            )  # fmt: skip
            post = Post.objects.create(
                public_id=f"j{n}", name=f"Jabatan {n}", kind="member", section=SECTIONS[n % 3],
                **common,
            )  # fmt: skip
            Term.objects.create(public_id=f"m{n}", post=post, actor=actor, start=START, **common)
            for meeting in meetings[: 1 if n == 10 else 7]:
                if n == 3 and meeting.public_id == "r2":
                    continue  # was not invited that time
                status = draw.choices(STATUSES, (4, 1, 1, 1, 2))[0]
                Attendance.objects.create(
                    public_id=f"h{n}-{meeting.public_id}", meeting=meeting, actor=actor,
                    status=status, spoke=draw.choice((True, False, None))
                    if status == "present" else None, **common,
                )  # fmt: skip
    return community


def command(place: Path, group: Community) -> dict[str, Any]:
    """``satuhati meeting participation`` on the same rows, with sex, section and RT."""
    with scope(community=group):
        rows = Attendance.objects.order_by("meeting__date", "pk").values_list(
            "meeting__public_id", "actor__public_id", "status"
        )
        sections = dict(Term.objects.values_list("actor__public_id", "post__section"))
        people = [
            (code, sex or "", sections[code], sector, rt or "")
            for code, sex, sector, rt in Actor.objects.values_list(
                "public_id", "sex", "sector", "area__name"
            )
            if code in sections
        ]
        for name, head, body in (
            ("attendance", ("meeting", "member", "status"), list(rows)),
            ("members", ("member", "sex", "section", "sector", "rt"), people),
        ):
            with (place / f"{name}.csv").open("w", newline="") as file:
                csv.writer(file).writerows([head, *body])
    files = [str(place / "attendance.csv"), "--members", str(place / "members.csv")]
    got = CliRunner().invoke(app, ["meeting", "participation", *files, "--json"])
    assert got.exit_code == 0, got.stderr
    found: dict[str, Any] = json.loads(got.stdout)
    return found


def test_the_figures_are_those_of_the_command(group: Community, tmp_path: Path) -> None:
    theirs = command(tmp_path, group)
    with scope(community=group):
        ours = figures_of("pokja", START, UNTIL)
    assert ours.meetings == theirs["meetings"] == 7
    assert ours.attendance is not None
    whole = ours.attendance
    assert (whole.invited, whole.attended) == (
        theirs["overall"]["invited"], theirs["overall"]["attended"],
    )  # fmt: skip
    assert whole.rate == theirs["overall"]["rate"]
    assert list(whole.interval or ()) == theirs["overall"]["interval"]
    assert (whole.gini, whole.top20_share, whole.median_rate) == (
        theirs["gini"], theirs["top20_share"], theirs["median_rate"],
    )  # fmt: skip
    points = whole.lorenz  # the curve shows what the coefficient measures, though not all were
    area = 1 - sum((b[1] + a[1]) * (b[0] - a[0]) for a, b in pairwise(points))  # invited alike
    assert whole.gini is not None
    assert area == pytest.approx(whole.gini * 10 / 11)
    assert len(ours.members) == len(theirs["members"]) == 11
    for one in ours.members:
        other = theirs["members"][one.member]
        assert [getattr(one, s) for s in STATUSES] == [other[s] for s in STATUSES]
        assert (one.rate, list(one.interval or ())) == (other["rate"], other["interval"])
        assert one.missed == other["consecutive_missed"]
    assert ours.staying is not None
    survival = theirs["survival"]
    assert (ours.staying.n, ours.staying.stopped, ours.staying.median) == (
        survival["n"], survival["stopped"], survival["median"],
    )  # fmt: skip
    assert [c[:2] for c in ours.staying.curve] == [
        (s["time"], s["survival"]) for s in survival["curve"]
    ]
    assert ours.staying.at_risk[0] == (0, 11)
    for name, groups in ours.groups.items():
        assert {g.group for g in groups} == set(theirs["subgroups"][name]), name
        for one_group in groups:
            other = theirs["subgroups"][name][one_group.group]
            mine = one_group.attendance
            if other["status"] != "ok":
                assert mine is None
                continue
            assert mine is not None
            assert (mine.members, mine.invited, mine.attended, mine.rate) == (
                other["members"], other["n"], other["attended"], other["rate"],
            )  # fmt: skip
            assert list(mine.interval or ()) == pytest.approx(other["interval"])
    shown = {g.group: (g.attendance is not None, g.small) for g in ours.groups["section"]}
    assert shown == dict.fromkeys(SECTIONS, (True, True)), "official, but small for others"
    hidden = [g.group for g in ours.groups["rt"] if g.attendance is None]
    assert len(hidden) == 2, "one is too small, a second so that it cannot be worked out"


def test_speaking_is_counted_of_those_there_where_it_was_noted(group: Community) -> None:
    with scope(community=group):
        ours = figures_of("pokja", START, UNTIL)
        noted = Attendance.objects.filter(status="present", spoke__isnull=False)
        assert ours.speaking is not None
        assert ours.speaking.invited == noted.count()
        assert ours.speaking.attended == noted.filter(spoke=True).count() > 0
        Attendance.objects.update(spoke=None)
        assert figures_of("pokja", START, UNTIL).speaking is None


def test_attendance_by_the_hour_and_by_the_notice(
    group: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=group):
        Meeting.objects.filter(public_id__in=("r0", "r1")).update(time="09:00")
        Meeting.objects.filter(public_id="r2").update(time=None, notice_on=None)
        ours = figures_of("pokja", START, UNTIL)
        rows = Attendance.objects.all()

        def by_hand(codes: str) -> tuple[int, int, int]:
            of = rows.filter(meeting__public_id__in=[f"r{n}" for n in codes])
            return len(codes), of.count(), of.filter(status__in=("present", "represented")).count()

        hours = {c.name: (c.meetings, c.invited, c.attended) for c in ours.hours}
        assert hours == {
            "morning": by_hand("01"), "evening": by_hand("3456"), "unknown": by_hand("2"),
        }  # fmt: skip
        notices = {c.name: (c.meetings, c.invited, c.attended) for c in ours.notices}
        assert notices == {
            "in_time": by_hand("135"), "late": by_hand("046"), "unknown": by_hand("2"),
        }  # fmt: skip
        for one in (*ours.hours, *ours.notices):
            assert one.rate == one.attended / one.invited
            assert one.interval is not None
            assert one.interval[0] < one.rate < one.interval[1]
    store(group.pk, "pokja", START, UNTIL)
    page = shown(client_of("member"))
    assert "Jam dan undangan" in page
    assert "pagi hari" in page
    assert "kurang dari tiga hari sebelumnya" in page


def test_without_a_schedule_regularity_is_nothing_whatever_was_held(group: Community) -> None:
    with scope(community=group):
        assert figures_of("pokja", START, UNTIL).rhythm.value == 0
        series = MeetingSeries.objects.create(
            community=group, public_id="s", name="Rapat", kind="pokja", start=START,
            frequency=None,
        )  # fmt: skip
        Meeting.objects.update(series=series)
        rhythm = figures_of("pokja", START, UNTIL).rhythm
        # Read as monthly. February to June were due; held 17 Feb, 10 and 31 Mar, 21 Apr, 12 May;
        # of those 10 March and 21 April were announced a week before.
        assert (rhythm.due, rhythm.met, rhythm.met_any) == (5, 2, 4)
        series.end = UNTIL - dt.timedelta(days=30)
        series.save()
        assert figures_of("pokja", START, UNTIL).rhythm.value == 0, "it ended: none is in force"


def shown(client: Client, address: str = PAGE + PERIOD) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_keepers_see_each_person_members_themselves_and_the_aggregate(
    group: Community, client_of: Callable[[str], Client]
) -> None:
    keeper, member = client_of("secretary"), client_of("member")
    assert "sedang dihitung" in shown(keeper), "nothing is analysed in a request"
    store(group.pk, "pokja", START, UNTIL)
    page = shown(keeper)
    assert "sedang dihitung" not in page
    assert all(f"Orang {n:02}" in page for n in range(11))
    assert "Gini" in page
    assert page.count("<svg") >= 3
    theirs = shown(member)
    with scope(community=group):
        ill = Attendance.objects.filter(status="ill").count()
    assert f"sakit {ill} · " in theirs, "excused and ill are counted apart"
    assert not re.search(r"Orang \d\d|\ba\d\d\b", theirs), (
        "no name, no code (a token may hold its letters)"
    )
    assert "11 orang" in theirs
    assert "terlalu sedikit untuk ditampilkan" in theirs
    sections = theirs.split("<h2>Menurut seksi</h2>")[1]
    assert sections.split("</table>")[0].count("terlalu sedikit") == 3, "every section is small"
    assert "%" not in sections.split("<tbody>")[1].split("</table>")[0]


def test_a_member_sees_the_own_rows_only(
    group: Community, client_of: Callable[[str], Client], make_member: Callable[..., Any]
) -> None:
    user = make_member(group, "member", name="Orang 05")
    with scope(community=group):
        actor = Actor.objects.get(public_id="a05")
        user.memberships.update(actor=actor)
        mine = Attendance.objects.filter(actor=actor)
        came = mine.filter(status__in=("present", "represented")).count()
    client = Client()
    client.force_login(user)
    page = shown(client, OWN + PERIOD)
    assert f"{came} dari 7 kali" in page
    assert page.count('class="entry"') == 7
    assert "Orang 0" not in page.replace("Orang 05", "")
    store(group.pk, "pokja", START, UNTIL)
    page = shown(client)
    assert f"{came} dari 7 kali" in page
    assert "Orang 0" not in page.replace("Orang 05", "")
    assert "belum terdaftar" in shown(client_of("administrator"), OWN)


def test_on_the_page_of_a_meeting_members_see_who_came_and_why_they_themselves_did_not(
    group: Community, client_of: Callable[[str], Client], make_member: Callable[..., Any]
) -> None:
    with scope(community=group):
        Attendance.objects.filter(meeting__public_id="r6").update(status="present", reason=None)
        for code, reason in (("a02", "health"), ("a03", "family")):
            Attendance.objects.filter(meeting__public_id="r6", actor__public_id=code).update(
                status="excused", reason=reason
            )
        own = Actor.objects.get(public_id="a03")
    user = make_member(group, "member", name="Orang 03")
    user.memberships.update(actor=own)
    member = Client()
    member.force_login(user)
    address = "/k/melati/rapat/r6/"
    page = shown(member, address)
    assert "8 dari 10" in page
    assert "Orang 01" in page
    assert "Orang 02" not in page
    assert "kesehatan" not in page
    assert "Orang 03" in page
    assert "keluarga" in page
    assert "kesehatan" in shown(client_of("secretary"), address)


def test_two_rows_of_one_person_for_one_meeting_count_once_as_in_the_command(
    group: Community, tmp_path: Path
) -> None:
    with scope(community=group):
        row = Attendance.objects.filter(status="absent").first()
        Attendance.objects.create(
            community=group, public_id="twice", meeting=row.meeting, actor=row.actor,
            status="present",
        )  # fmt: skip
        ours = figures_of("pokja", START, UNTIL)
    theirs = command(tmp_path, group)
    assert ours.merged_rows == theirs["merged_rows"] == 1
    assert ours.attendance is not None
    assert ours.attendance.rate == theirs["overall"]["rate"]


def test_of_fewer_than_five_members_others_see_nothing(
    group: Community, client_of: Callable[[str], Client]
) -> None:
    assert FEWEST == THRESHOLD
    with scope(community=group):
        Attendance.objects.exclude(actor__public_id__in=("a00", "a01", "a02", "a03")).delete()
    store(group.pk, "pokja", START, UNTIL)
    page = shown(client_of("member"))
    assert "hanya dilihat pengurus catatan" in page
    assert '<svg class="chart' not in page
    assert "10 undangan" not in page
    assert "4 orang" in shown(client_of("secretary"))


@pytest.mark.parametrize("address", [PAGE, OWN])
def test_whoever_is_not_of_the_team_sees_nothing(
    address: str, group: Community, client_of: Callable[[str], Client], outsider: Client
) -> None:
    for client in (outsider, client_of("overseer"), client_of("researcher")):
        assert client.get(address).status_code == 404
    assert client_of("resident").get(address).status_code in (302, 404)
    for query in ("?dari=kemarin", "?sampai=2026-02-30", "?dari=2026-05-01&sampai=2026-04-01"):
        answer = client_of("secretary").get(address + query)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.content.decode()
    for query in ("?sampai=0001-01-01", "?sampai=9999-12-31&dari=0001-01-01", "?jenis=entah"):
        assert client_of("secretary").get(address + query).status_code == 200


def test_figures_are_kept_until_the_records_change_and_not_for_ever(
    group: Community, client_of: Callable[[str], Client]
) -> None:
    first = store(group.pk, "pokja", START, UNTIL)
    assert first is not None
    assert store(group.pk, "pokja", START, UNTIL).made_at == first.made_at
    Community.objects.filter(pk=group.pk).update(data_version=7)
    assert "sedang dihitung ulang" in shown(client_of("secretary")), "the old ones meanwhile"
    again = store(group.pk, "pokja", START, UNTIL)
    assert (again.pk, again.data_version) == (first.pk, 7)
    for n in range(KEEP + 3):
        store(group.pk, "other", START, UNTIL + dt.timedelta(days=n))
    with scope(community=group):
        assert StoredFigures.objects.count() == KEEP
        StoredFigures.objects.update(made_at=timezone.now() - STALE - dt.timedelta(hours=1))
        Community.objects.filter(pk=group.pk).update(data_version=8)
        store(group.pk, "pokja", START, UNTIL)
        assert StoredFigures.objects.count() == 1, "what is old and not asked for again goes"
    assert store(0, "pokja", START, UNTIL) is None
    store(group.pk, "pokja", dt.date(1, 1, 1), dt.date(9999, 12, 31))


def test_the_page_asks_the_same_of_the_database_however_many_people(
    group: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    counts = []
    for kept in (11, 5):
        with scope(community=group):
            Attendance.objects.filter(actor__public_id__gte=f"a{kept:02}").delete()
            StoredFigures.objects.all().delete()
        store(group.pk, "pokja", START, UNTIL)
        client.get(PAGE + PERIOD)
        with CaptureQueriesContext(connection) as seen:
            shown(client)
        counts.append(len(seen))
    assert counts == [6, 6]
