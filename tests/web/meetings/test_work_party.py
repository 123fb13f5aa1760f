"""*Kerja bakti*: one short page, in the list, and in the profile after three events."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.work_party import get_areas_for
from satuhati.web.profile.snapshots import make_snapshot
from satuhati.web.register.models import Area
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

NEW = "/k/melati/rapat/kerja-bakti/"


@pytest.fixture
def areas(community: Community) -> Community:
    """RW 05 with two counted RT and one that was not, and a planned work party."""
    with scope(community=community):
        rw = Area.objects.create(community=community, public_id="rw5", name="RW 05", level="rw")
        for code, n in (("rt1", 40), ("rt2", 25), ("rt3", None)):
            Area.objects.create(
                community=community, public_id=code, name=code.upper(), level="rt", parent=rw,
                households=n,
            )  # fmt: skip
        Meeting.objects.create(
            community=community, public_id="kb", kind="kerja_bakti", status="planned",
            date=today_in(community), title="Kerja bakti",
        )  # fmt: skip
    return community


def form(client: Client, address: str = NEW, **typed: Any) -> dict[str, str]:
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(revision|once)"(?: value="([^"]*)")?', page))
    today = re.search(r'name="date" value="([^"]*)"', page)
    assert today is not None
    base = {"date": today.group(1), "area": "rt1", "households_present": "22"}
    return {**hidden, **base, **{k: str(v) for k, v in typed.items()}}


def test_households_of_an_rw_are_those_of_its_rt(areas: Community, by: Callable[..., Who]) -> None:
    with scope(community=areas):
        found = {one.public_id: n for one, n in get_areas_for(by("secretary"))}
    assert found == {"rw5": 65, "rt1": 40, "rt2": 25, "rt3": None}


def test_a_planned_one_and_one_that_was_not(
    areas: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    assert "rapat/kb/kerja-bakti/" in client.get("/k/melati/rapat/kb/").content.decode()
    planned = f"{NEW[:-12]}kb/kerja-bakti/"
    sent = form(client, planned, title="Membersihkan selokan")
    assert client.post(planned, sent).status_code == 302
    with scope(community=areas):
        found = Meeting.objects.get(public_id="kb")
    assert (found.status, found.area_id and found.households_invited) == ("held", 40)
    assert (found.households_present, found.title) == (22, "Membersihkan selokan")
    conflict = client.post(planned, {**sent, "households_present": "30"})
    assert "Sementara itu orang lain sudah mengubahnya" in conflict.content.decode(), (
        "two saved at once"
    )
    revision = re.search(r'name="revision" value="(\d+)"', conflict.content.decode())
    assert revision is not None
    again = {**sent, "households_present": "30", "revision": revision.group(1)}
    assert client.post(planned, again).status_code == 302
    sent = form(client, area="rw5", households_present=50)
    for _ in range(2):
        assert client.post(NEW, sent).status_code == 302, "a second tap"
    page = client.get("/k/melati/rapat/?lihat=lalu").content.decode()
    assert "50 dari 65 keluarga" in page
    assert "30 dari 40 keluarga" in page
    with scope(community=areas):
        assert Meeting.objects.filter(kind="kerja_bakti").count() == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"households_present": 41}, "Lebih banyak daripada 40 keluarga"),
        ({"area": "rt3"}, "Ada berapa keluarga di sana"),
        ({"area": ""}, "Ada berapa keluarga di sana"),
        ({"area": "lain"}, "area_error"),
        ({"households_present": ""}, "households_present_error"),
        ({"households_present": -1}, "households_present_error"),
        ({"households_invited": 0}, "households_invited_error"),
        ({"households_present": 22, "households_invited": 21}, "Lebih banyak daripada 21"),
        ({"date": "kemarin"}, "date_error"),
        ({"date": "2199-01-01"}, "Hari ini belum tiba"),
        ({"title": "x" * 301}, "title_error"),
    ],
)
def test_what_cannot_be_is_said_beside_it(
    typed: dict[str, Any], words: str, areas: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    answer = client.post(NEW, form(client, **typed))
    assert answer.status_code == 400
    assert words in answer.content.decode()
    with scope(community=areas):
        assert not Meeting.objects.filter(status="held").exists()


def test_households_may_be_written_where_none_were_counted(
    areas: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    sent = form(client, area="rt3", households_invited=30, households_present=0)
    assert client.post(NEW, sent).status_code == 302
    with scope(community=areas):
        found = Meeting.objects.get(status="held")
    assert (found.households_invited, found.households_present, found.title) == (30, 0, None)


def test_it_is_for_keepers_and_for_work_parties(
    areas: Community, client_of: Callable[[str], Client], outsider: Client
) -> None:
    planned = f"{NEW[:-12]}kb/kerja-bakti/"
    for client in (outsider, client_of("member"), client_of("overseer")):
        for address in (NEW, planned):
            assert client.get(address).status_code == 404
            assert client.post(address, {}).status_code == 404
    with scope(community=areas):
        Meeting.objects.update(kind="pokja")
    assert client_of("secretary").get(planned).status_code == 404, "a meeting is no work party"


def test_three_events_speak_in_the_profile(
    areas: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    today = today_in(areas)
    found: list[Any] = []
    for n in range(3):
        sent = form(client, date=today - dt.timedelta(days=30 * n), households_present=20 + n)
        assert client.post(NEW, sent).status_code == 302
        made = make_snapshot(areas.pk)
        assert made is not None
        cells = made.payload["profile"]["components"]
        pieces = [p for c in cells for p in c["evidence"] if p["measure"] == "kerja_bakti"]
        found.append(pieces[0] if pieces else None)
    assert [p["status"] for p in found] == ["too few", "too few", "ok"]
    assert (found[2]["numerator"], found[2]["denominator"]) == (63, 120)
    assert found[2]["trace"]["n"] == 3
