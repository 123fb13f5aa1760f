"""A rotation goes on for another year: one tap, a look, and what the year changes is told."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django_scopes import scope

from satuhati.core.meetings.calendar import Slot
from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings.models import Attendance, Meeting, MeetingSeries
from satuhati.web.meetings.queries import get_last_planned_for
from satuhati.web.register.models import Actor, Post, Term
from satuhati.web.rhythm import continuing
from satuhati.web.rhythm.actions import ask_wishes, close_round, remove_round, say_wishes
from satuhati.web.rhythm.models import Rotation, Wish, WishRound
from satuhati.web.rhythm.proposing import make_proposal
from satuhati.web.rhythm.rotation import get_next_year_for
from satuhati.web.rhythm.rotation_actions import ask_next_year, continue_rotation
from satuhati.web.tenancy import clock
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

JANUARY, NOVEMBER = dt.date(2026, 1, 2), dt.date(2026, 11, 20)
TUESDAY, SATURDAY = Slot(2, 1170), Slot(6, 1170)
PEOPLE = {"a1": "Aminah Contoh", "a2": "Budi Contoh", "a3": "Citra Contoh"}
BASE = "/k/melati/rapat/jam/lanjut/"
SCHEDULES = "/k/melati/rapat/jadwal/"


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    """``day(date)``: from now on it is that day."""

    def set_to(date: dt.date) -> None:
        noon = dt.datetime.combine(date, dt.time(5), tzinfo=dt.UTC)
        monkeypatch.setattr(clock, "timezone", SimpleNamespace(now=lambda: noon))

    set_to(JANUARY)
    return set_to


@pytest.fixture
def keeper(by: Callable[..., Who], community: Community, day: object) -> Who:
    who = by("secretary", name="Sekar Contoh")
    with scope(community=community):
        for n, (code, name) in enumerate(PEOPLE.items(), 1):
            actor = Actor.objects.create(
                community=community, public_id=code, name=name, kind="person", sector="pokja"
            )
            post = Post.objects.create(
                community=community, public_id=f"j{n}", name=f"Jabatan {n}", kind="patron"
            )
            Term.objects.create(
                community=community, public_id=f"m{n}", post=post, actor=actor, start=JANUARY
            )
    return who


@pytest.fixture
def series(
    keeper: Who, community: Community, day: Callable[[dt.date], None], client: Client
) -> MeetingSeries:
    """Two can on Tuesday, one on Saturday: a rotation of 2026, taken; and it is November now."""
    with scope(community=community):
        asked = ask_wishes(
            by=keeper, hours=[("", TUESDAY), ("", SATURDAY)],
            fields={"name": "Rapat bergilir", "kind": "pokja", "frequency": "monthly",
                    "closes_on": JANUARY, "rotation": True, "quorum": 0},
        )  # fmt: skip
        keys = {Slot(h.weekday, h.minute): str(h.pk) for h in asked.hours.all()}
        for code, slot in (("a1", TUESDAY), ("a2", TUESDAY), ("a3", SATURDAY)):
            say_wishes(by=keeper, round=asked, actor=Actor.objects.get(public_id=code),
                       hours={keys[slot]: "yes"}, with_head=False)  # fmt: skip
        close_round(by=keeper, round=asked, on=JANUARY)
        asked.refresh_from_db()
        make_proposal(asked.pk, asked.revision)
    client.force_login(keeper.user)
    assert client.post(f"/k/melati/rapat/jam/{asked.pk}/pakai/").status_code == 302
    day(NOVEMBER)
    with scope(community=community):
        return MeetingSeries.objects.get()


@pytest.fixture
def tap(series: MeetingSeries, keeper: Who, client: Client) -> Callable[..., str]:
    """``tap()``: the tap on the page of schedules, the worker's work, and the page one sees."""

    def go(**sent: str) -> str:
        answer = client.post(f"{BASE}{series.public_id}/hitung/", sent)
        assert answer["Location"] == f"{BASE}{series.public_id}/"
        with scope(community=series.community):
            found = Rotation.objects.get()
        assert "sedang dihitung" in client.get(answer["Location"]).content.decode()
        continuing.make_year(found.pk, found.revision, sent.get("cara") or "answers")
        return client.get(answer["Location"]).content.decode()

    return go


def planned(community: Community, year: int) -> list[Meeting]:
    with scope(community=community):
        return list(Meeting.objects.filter(date__year=year).order_by("date"))


def take(client: Client, series: MeetingSeries, page: str) -> str:
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision
    answer = client.post(f"{BASE}{series.public_id}/pakai/", {"revision": revision[1]}, follow=True)
    return answer.content.decode()


def test_a_rotation_that_runs_out_offers_another_year(
    series: MeetingSeries, client: Client, client_of: Callable[[str], Client]
) -> None:
    for address in (SCHEDULES, "/k/melati/"):
        assert "Giliran setahun lagi" in client.get(address).content.decode(), address
        assert "Giliran setahun lagi" not in client_of("member").get(address).content.decode()
    form = client.get(f"{SCHEDULES}{series.public_id}/ubah/").content.decode()
    assert 'name="rule"' not in form, "its words are what it goes on by"
    answer = client.post(f"{SCHEDULES}{series.public_id}/lanjut/")
    assert answer["Location"] == f"{BASE}{series.public_id}/"


def test_one_tap_a_look_and_the_year_is_planned(
    series: MeetingSeries, client: Client, tap: Callable[..., str], community: Community
) -> None:
    before = [(m.date, m.time) for m in planned(community, 2026)]
    page = tap()
    assert not planned(community, 2027), "nothing is saved by looking"
    assert "12 rapat akan direncanakan" in page
    assert "menurut jawaban anggota sampai 2 Januari 2026" in page
    assert "Selasa, 12 Januari 2027, 19.30" in page
    said = take(client, series, page)
    assert "12 rapat direncanakan" in said
    new = planned(community, 2027)
    assert [m.date.month for m in new] == list(range(1, 13))
    assert {(m.date.isoweekday(), m.time) for m in new} == {(2, "19:30"), (6, "19:30")}
    assert {m.title for m in new} == {"Rapat bergilir"}
    assert [(m.date, m.time) for m in planned(community, 2026)] == before
    assert sum(m.date.isoweekday() == 2 for m in new) == 6, "Citra too comes to half of them"
    # A second tap on the same page, and a look back, plan nothing more.
    assert "sudah direncanakan" in take(client, series, page).lower()
    assert len(planned(community, 2027)) == 12
    assert "Sudah direncanakan" in client.get(f"{BASE}{series.public_id}/").content.decode()
    again = client.post(f"{BASE}{series.public_id}/hitung/")
    assert again["Location"] == SCHEDULES, "not while it is planned well ahead"


def test_what_the_year_changes_is_said(
    series: MeetingSeries, client: Client, tap: Callable[..., str], community: Community
) -> None:
    """In 2027 Citra has left, a new one has said nothing, and a feast is on a date of the rule."""
    with scope(community=community):
        Term.objects.filter(actor__public_id="a3").update(end=NOVEMBER - dt.timedelta(days=1))
        post = Post.objects.get(public_id="j3")
        new = Actor.objects.create(community=community, public_id="a4", name="Dewi Contoh",
                                   kind="person", sector="pokja")  # fmt: skip
        Term.objects.create(community=community, public_id="m4", post=post, actor=new,
                            start=NOVEMBER - dt.timedelta(days=1))  # fmt: skip
        Rotation.objects.update(limits={**Rotation.objects.get().limits, "required": ["a1", "a3"]})
    community.local_days = "2027-04-13 Sedekah bumi"
    community.save()
    page = tap()
    assert "tidak lagi dalam kelompok: Citra Contoh" in page
    assert "tidak lagi wajib hadir: Citra Contoh" in page
    assert "Dewi Contoh" in page, "has not answered"
    assert "Sedekah bumi" in page
    assert "sebagai ganti 13 April 2027" in page
    assert "Sabtu 19.30 mendapat 0 giliran; selama ini 6" in page
    assert "Selasa kedua, 19.30" in page, "without Citra nobody needs the Saturday"
    take(client, series, page)
    assert all(m.date.isoweekday() == 2 for m in planned(community, 2027))
    with scope(community=community):
        assert MeetingSeries.objects.get().rule == "Selasa kedua, 19.30"


def test_whom_one_followed_counts_while_they_are_of_the_group(
    series: MeetingSeries, tap: Callable[..., str], community: Community
) -> None:
    """Citra followed Aminah to Tuesday; Aminah has left, so only Citra's own Saturday counts."""
    with scope(community=community):
        WishRound.objects.update(head=Actor.objects.get(public_id="a1"))
        Wish.objects.filter(actor__public_id="a3").update(with_head=True)
    page = tap()
    assert "tidak lagi dalam kelompok: yang mengikuti jamnya" not in page
    assert "Selasa kedua, 19.30" in page, "all three can on Tuesday"
    with scope(community=community):
        Term.objects.filter(actor__public_id="a1").update(end=NOVEMBER - dt.timedelta(days=1))
    page = tap()
    assert "Aminah Contoh tidak lagi dalam kelompok: yang mengikuti jamnya" in page
    assert "Bergilir: Selasa kedua 19.30 (6×), Sabtu kedua 19.30 (6×)" in page


def test_turn_out_and_limits_are_those_of_now_and_then(
    series: MeetingSeries, tap: Callable[..., str], community: Community, keeper: Who
) -> None:
    """What the round asks for now is being tried out; the rotation keeps what it was taken with."""
    with scope(community=community):
        WishRound.objects.update(each_sector=2, quorum=3, nth=4)
        WishRound.objects.get().required.add(*Actor.objects.filter(public_id__in=PEOPLE))
        held = Meeting.objects.order_by("date").first()
        assert held is not None
        Meeting.objects.filter(pk=held.pk).update(status="held")
        for n, code in enumerate(PEOPLE):
            Attendance.objects.create(
                community=community, public_id=f"h{n}", meeting=held,
                actor=Actor.objects.get(public_id=code), status="present" if n == 1 else "absent",
            )  # fmt: skip
    tap()
    with scope(community=community):
        made = Rotation.objects.get().result["proposal"]
    assert (made["nth"], made["quorum"], made["sector_quorum"]) == (2, 0, 0)
    assert not any(made["must"])
    assert made["plan"]["expected_attendance"] < 1.5, "who seldom comes counts for less"


def test_without_the_answers_the_same_turns_go_on(
    series: MeetingSeries, client: Client, tap: Callable[..., str], community: Community,
    keeper: Who,
) -> None:  # fmt: skip
    with scope(community=community):
        remove_round(by=keeper, round=WishRound.objects.get())
    page = tap(cara="turns")
    assert "tidak disimpan lagi" in page
    assert "Yang berubah pada 2027" in page
    take(client, series, page)
    days = [m.date.isoweekday() for m in planned(community, 2027)]
    assert (days.count(2), days.count(6)) == (6, 6)
    with scope(community=community):
        assert (MeetingSeries.objects.get().rule or "").startswith("Bergilir: Selasa kedua 19.30")


def test_one_taken_before_it_was_kept_finds_its_round(
    series: MeetingSeries, tap: Callable[..., str], community: Community
) -> None:
    with scope(community=community):
        Rotation.objects.all().delete()
        kept = WishRound.objects.get().pk
    tap()
    with scope(community=community):
        found = Rotation.objects.get()
        assert found.round_id == kept
        assert found.limits["required"] == []
        Rotation.objects.all().delete()
        MeetingSeries.objects.update(
            rule="Bergilir: Selasa kedua 19.30 (7×), Sabtu kedua 19.30 (5×)"
        )
    tap(cara="turns")
    with scope(community=community):
        assert Rotation.objects.get().round is None, "another rule, another round"


def test_where_the_limits_cannot_be_kept_the_same_turns_are_offered(
    series: MeetingSeries, client: Client, tap: Callable[..., str], community: Community
) -> None:
    """Aminah and Citra, who share no hour, are both required."""
    with scope(community=community):
        Rotation.objects.update(limits={**Rotation.objects.get().limits, "required": ["a1", "a3"]})
    page = tap()
    assert "Pada 2027 tidak ada waktu yang memenuhi semua kesepakatan" in page
    assert "Citra Contoh" in page
    assert 'name="revision"' not in page
    client.post(f"{BASE}{series.public_id}/pakai/", {"revision": "1"})
    assert not planned(community, 2027)
    page = tap(cara="turns")
    take(client, series, page)
    assert len(planned(community, 2027)) == 12


def test_what_was_seen_is_planned_or_nothing(
    series: MeetingSeries, client: Client, tap: Callable[..., str], community: Community,
    keeper: Who,
) -> None:  # fmt: skip
    old = tap()
    new = tap(cara="turns")
    said = take(client, series, old)
    assert "ada yang meminta tahun ini dihitung lagi" in said
    assert not planned(community, 2027)
    with scope(community=community):
        found = Rotation.objects.get()
        with pytest.raises(ChangedMeanwhileError):
            continue_rotation(by=keeper, rotation=found, revision=1, times={}, rule="x")
        continuing.make_year(found.pk, 1, "answers")  # the late answer to the first question
        assert json.loads(json.dumps(Rotation.objects.get().result))["way"] == "turns"
        continuing.make_year(10_000, 1, "turns")  # one that is gone stops nothing
    # A meeting was planned meanwhile by hand: what was computed no longer fits.
    with scope(community=community):
        Meeting.objects.create(
            community=community, public_id="r9", kind="pokja", series=series, status="planned",
            date=dt.date(2027, 1, 5), time="19:30",
        )  # fmt: skip
        count = Meeting.objects.count()
    take(client, series, new)
    with scope(community=community):
        assert Meeting.objects.count() == count


def test_a_day_that_has_its_meeting_gets_no_second_and_the_page_says_so(
    series: MeetingSeries, client: Client, tap: Callable[..., str], community: Community
) -> None:
    with scope(community=community):
        Meeting.objects.create(community=community, public_id="r9", kind="pokja", status="planned",
                               date=dt.date(2027, 1, 12), time="10:00")  # fmt: skip
    page = tap()
    assert "11 rapat akan direncanakan" in page
    assert "sudah ada rapat sejenis" in page
    take(client, series, page)
    assert [m.public_id for m in planned(community, 2027) if m.date == dt.date(2027, 1, 12)] == [
        "r9"
    ]


@pytest.mark.parametrize(
    ("today", "dates", "year"),
    [
        (dt.date(2026, 11, 20), [dt.date(2026, 12, 8)], 2027),
        (dt.date(2026, 12, 30), [dt.date(2026, 12, 8)], 2027),
        (dt.date(2027, 3, 1), [dt.date(2026, 12, 8)], 2027),
        (dt.date(2028, 3, 1), [dt.date(2026, 12, 8)], 2028),
        (dt.date(2026, 12, 30), [dt.date(2027, 1, 5)], 2027),
        (dt.date(2026, 5, 1), [], 2026),
    ],
)
def test_which_year_comes_next(
    today: dt.date, dates: list[dt.date], year: int, community: Community, keeper: Who
) -> None:
    """The fifth is December's meeting, put off to January."""
    with scope(community=community):
        series = MeetingSeries.objects.create(
            community=community, public_id="rr1", name="X", kind="pokja", start=JANUARY
        )
        for date in dates:
            Meeting.objects.create(
                community=community, public_id="r1", kind="pokja", series=series, date=date,
                status="planned", planned_for=dt.date(2026, 12, 8),
            )  # fmt: skip
        assert get_next_year_for(keeper, series, today) == year
        assert get_last_planned_for(keeper, series) == (dates[0] if dates else None)


def test_outsiders_members_and_other_schedules(
    series: MeetingSeries, client: Client, client_of: Callable[[str], Client], outsider: Client,
    community: Community, by: Callable[..., Who],
) -> None:  # fmt: skip
    there = f"{BASE}{series.public_id}/"
    for other in (outsider, client_of("member"), client_of("overseer"), client_of("researcher")):
        assert other.get(there).status_code == 404
        for act in ("hitung/", "pakai/"):
            assert other.post(there + act, {"revision": "1"}).status_code == 404
    assert Client().get(there).status_code in (302, 404)
    assert client.get(f"{BASE}rr99/").status_code == 404
    with scope(community=community):
        assert not Rotation.objects.get().asked_at
        with pytest.raises(NotAllowedError):
            ask_next_year(by=by("member"), series=series, year=2027, way="turns")
        MeetingSeries.objects.update(rule="Selasa kedua, 19.30")
    assert client.get(there).status_code == 404, "a fixed rule has its own way"
    with scope(community=community):
        MeetingSeries.objects.update(rule="Sehabis panen")
        Rotation.objects.update(round=None)
    assert client.post(there + "hitung/")["Location"].endswith("/jadwal/baru/")
    with scope(community=community):
        details = [e.details for e in AuditEntry.objects.filter(action__startswith="rotation.")]
    assert details == [{"rows": details[0]["rows"]}]
