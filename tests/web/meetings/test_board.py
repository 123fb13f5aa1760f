"""The board of follow-ups: filters, changes, giving up, reminders; and the profile made of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings.beside import FollowUpNote
from satuhati.web.meetings.board import get_chair_on
from satuhati.web.meetings.models import FollowUp, FollowUpPartner, Meeting
from satuhati.web.meetings.task_actions import drop_followup, edit_followup
from satuhati.web.profile.snapshots import make_snapshot
from satuhati.web.register.models import Actor, Post, Term
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

BOARD = "/k/melati/rapat/tindak-lanjut/"


@pytest.fixture
def today(community: Community) -> dt.date:
    return today_in(community)


@pytest.fixture
def tasks(community: Community, today: dt.date) -> Iterator[dict[str, FollowUp]]:
    """Two owners, a clinic, a chair until a month ago and one since; tasks in every state."""
    common: dict[str, Any] = {"community": community}
    month = today - dt.timedelta(days=30)
    with scope(community=community):
        people = {
            code: Actor.objects.create(
                public_id=code, name=name, kind=kind, sector=sector, **common
            )
            for code, name, kind, sector in (
                ("a1", "Aminah Contoh", "person", "pokja"),
                ("a2", "Budi Contoh", "person", "pokja"),
                ("k1", "Ketua Lama", "person", "pokja"),
                ("k2", "Ketua Baru", "person", "pokja"),
                ("o1", "Puskesmas Contoh", "organization", "pemerintah"),
            )
        }
        chair = Post.objects.create(public_id="j1", name="Ketua", kind="chair", **common)
        Term.objects.create(
            public_id="m1", post=chair, actor=people["k1"], start=today - dt.timedelta(days=400),
            end=month, **common,
        )  # fmt: skip
        Term.objects.create(
            public_id="m2", post=chair, actor=people["k2"], start=month + dt.timedelta(days=1),
            **common,
        )  # fmt: skip
        agreed = today - dt.timedelta(days=20)

        def task(code: str, owner: str, **more: Any) -> FollowUp:
            found: FollowUp = FollowUp.objects.create(
                public_id=code, text=f"Tugas {code}", owner=people[owner], agreed_on=agreed,
                **more, **common,
            )  # fmt: skip
            return found

        days = dt.timedelta
        yield {
            "late": task("t1", "a1", due=today - days(days=3)),
            "soon": task("t2", "a2", due=today + days(days=7)),
            "later": task("t3", "a2", due=today + days(days=8)),
            "done": task("t4", "a1", done_on=today, due=today - days(days=9)),
            "dropped": task("t5", "a1", dropped_on=today, due=today - days(days=9)),
            "open": task("t6", "a1"),
        }


def listed(page: str) -> set[str]:
    return set(re.findall(r"<b><bdi>Tugas (t\d)</bdi>", page))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"t1", "t2", "t3", "t6"}),
        ("?lihat=terlambat", {"t1"}),
        ("?lihat=selesai", {"t4"}),
        ("?lihat=dibatalkan", {"t5"}),
        ("?orang=a2", {"t2", "t3"}),
        ("?lihat=selesai&orang=a2", set()),
        ("?lihat=entah", {"t1", "t2", "t3", "t6"}),
        ("?lihat=saya", set()),
    ],
)
def test_what_the_board_shows(
    query: str, expected: set[str], tasks: dict[str, FollowUp],
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    assert listed(client_of("member").get(BOARD + query).content.decode()) == expected


def test_mine_are_mine(
    tasks: dict[str, FollowUp], community: Community, make_member: Callable[..., Any]
) -> None:
    user = make_member(community, "member", name="Budi Contoh")
    user.memberships.update(actor=Actor.objects.get(public_id="a2"))
    client = Client()
    client.force_login(user)
    page = client.get(BOARD + "?lihat=saya").content.decode()
    assert listed(page) == {"t2", "t3"}
    assert "ubah/" not in page, "changing is for keepers"
    assert listed(client.get("/k/melati/rapat/kehadiran-saya/").content.decode()) == {"t2", "t3"}


def form_of(page: str, **more: str) -> dict[str, str]:
    """What the browser sends of the page's form, with what was typed."""
    found = dict(re.findall(r'type="hidden" name="(revision|once)" value="([^"]*)"', page))
    opened = re.search(r'name="opened" value="([^"]*)"', page)
    if opened:
        found["opened"] = opened.group(1).replace("&quot;", '"')
    return {**found, **more}


def test_a_task_is_moved_given_a_caller_and_partners(
    tasks: dict[str, FollowUp], community: Community, today: dt.date,
    client_of: Callable[[str], Client], by: Callable[..., Who],
) -> None:  # fmt: skip
    client, address = client_of("secretary"), f"{BOARD}t1/ubah/"
    due = today + dt.timedelta(days=5)
    page = client.get(address).content.decode()
    form = form_of(page, text="Pasang poster", owner="a2", due=str(due), caller="k2", kind="task",
                   shares="puskesmas  CONTOH\n", why="Menunggu cetak")  # fmt: skip
    assert client.post(address, form).status_code == 302
    task = FollowUp.objects.get(public_id="t1")
    assert (task.text, task.owner.public_id, task.due) == ("Pasang poster", "a2", due)
    assert task.caller is not None
    assert task.caller.public_id == "k2"
    partner = FollowUpPartner.objects.get()
    assert (partner.actor.public_id, partner.role) == ("o1", "shares")
    assert "bersama Puskesmas Contoh" in client.get(BOARD).content.decode()
    page = client.get(address).content.decode()
    assert "Menunggu cetak" in page
    assert "Puskesmas Contoh</textarea>" in page
    # Somebody who opened it before is told, and what they typed stays.
    stale = client.post(address, {**form, "text": "Lain lagi"})
    assert "Pasang poster" in stale.content.decode()
    assert "Lain lagi" in stale.content.decode()
    assert FollowUp.objects.get(public_id="t1").text == "Pasang poster"
    # Somebody else adds a partner only: the second of two is told of that too, and loses none.
    task = FollowUp.objects.get(public_id="t1")
    edit_followup(
        by=by("secretary"), followup=task, revision=task.revision, fields={}, on=today, why="",
        shares=[Actor.objects.get(public_id=code) for code in ("o1", "k1")],
    )  # fmt: skip
    stale = client.post(
        address, form_of(page, text="Pasang poster", owner="a2", due=str(due), caller="",
                         shares="Puskesmas Contoh\nAminah Contoh")
    )  # fmt: skip
    text = stale.content.decode()
    assert "Puskesmas Contoh, Ketua Lama" in text, "what is saved now"
    assert "Puskesmas Contoh\nAminah Contoh\nKetua Lama</textarea>" in text
    assert FollowUpPartner.objects.count() == 2
    page = client.get(address).content.decode()
    again = form_of(page, text="Pasang poster", owner="a2", due=str(due), caller="", shares="")
    assert client.post(address, again).status_code == 302
    assert not FollowUpPartner.objects.exists(), "named no more"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"due": "2001-01-01"}, "sebelum tugas disepakati"),
        ({"due": "besok"}, "due_error"),
        ({"shares": "Tidak Ada"}, "“Tidak Ada” belum terdaftar"),
        ({"owner": ""}, "owner_error"),
        ({"text": " "}, "text_error"),
    ],
)
def test_what_cannot_be_is_said_beside_it(
    typed: dict[str, str], words: str, tasks: dict[str, FollowUp],
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    client, address = client_of("secretary"), f"{BOARD}t1/ubah/"
    page = client.get(address).content.decode()
    answer = client.post(address, form_of(page, **{"text": "X", "owner": "a1", **typed}))
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert FollowUp.objects.get(public_id="t1").text == "Tugas t1"


def test_giving_up_needs_a_reason_and_can_be_taken_back(
    tasks: dict[str, FollowUp], community: Community, today: dt.date,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    client, address = client_of("secretary"), f"{BOARD}t1/ubah/"
    drop = {"what": "drop", "revision": "0"}
    answer = client.post(address, {**drop, "reason": "  "})
    assert answer.status_code == 400
    assert "Tulis mengapa dibatalkan" in answer.content.decode()
    assert client.post(address, {**drop, "reason": "x" * 501}).status_code == 400
    assert client.post(address, {**drop, "revision": "7", "reason": "Ganti"}).status_code == 400
    assert FollowUp.objects.get(public_id="t1").dropped_on is None
    assert client.post(address, {**drop, "reason": "Sudah ditangani RW"}).status_code == 302
    assert FollowUp.objects.get(public_id="t1").dropped_on == today
    page = client.get(BOARD + "?lihat=dibatalkan").content.decode()
    assert listed(page) == {"t1", "t5"}
    assert "Sudah ditangani RW" in page
    assert "Sudah" not in str(AuditEntry.objects.get(action="followup.drop").details)
    client.post(f"{BOARD}t1/buka/")
    assert listed(client.get(BOARD).content.decode()) >= {"t1"}
    FollowUp.objects.filter(public_id="t1").update(dropped_on=today - dt.timedelta(days=1))
    page = client.get(BOARD + "?lihat=dibatalkan&p=1").content.decode()
    assert FollowUpNote.objects.get().text == "Sudah ditangani RW"
    assert "Sudah ditangani RW" not in page, "the reason of another time"


def test_nobody_has_called_for_a_new_task_until_somebody_says_so(
    tasks: dict[str, FollowUp], community: Community, today: dt.date,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    assert get_chair_on(today).public_id == "k2"
    assert get_chair_on(today - dt.timedelta(days=30)).public_id == "k1"
    assert get_chair_on(today - dt.timedelta(days=900)) is None
    old = Meeting.objects.create(
        community=community, public_id="r1", kind="pokja", status="held",
        date=today - dt.timedelta(days=60),
    )  # fmt: skip
    client = client_of("secretary")
    page = client.get(f"{BOARD}baru/").content.decode()
    assert '<option value="k2" selected' not in page, "a default would be evidence of nothing"
    page = client.get(f"{BOARD}baru/?rapat=r1").content.decode()
    form = form_of(page, text="Kirim surat", owner="a1", caller="k1", shares="Puskesmas Contoh")
    for _ in range(2):
        assert client.post(f"{BOARD}baru/?rapat=r1", form).status_code == 302
    made = FollowUp.objects.get(text="Kirim surat")
    assert (made.meeting, made.agreed_on) == (old, old.date)
    assert FollowUpPartner.objects.get().followup == made


def test_reminders_are_late_or_due_within_a_week_one_text_an_owner(
    tasks: dict[str, FollowUp], client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    page = client.get(f"{BOARD}pengingat/").content.decode()
    texts = dict(re.findall(r'id="ingat-(\w+)"[^>]*>(.*?)</p>', page, re.S))
    assert set(texts) == {"a1", "a2"}
    assert "Halo Aminah Contoh" in texts["a1"]
    assert "Tugas t1 (batas waktunya" in texts["a1"]
    assert "Tugas t6" not in texts["a1"], "no date, no reminder"
    assert "Tugas t2 (sampai" in texts["a2"]
    assert "Tugas t3" not in texts["a2"]
    assert "Budi" not in texts["a1"]
    home = client.get("/k/melati/").content.decode()
    assert "1 terlambat" in home
    assert "1 jatuh tempo minggu ini" in home
    assert "jatuh tempo minggu ini" not in client_of("member").get("/k/melati/").content.decode()


def test_the_board_is_changed_by_keepers_only(
    tasks: dict[str, FollowUp], community: Community, today: dt.date,
    client_of: Callable[[str], Client], outsider: Client, by: Callable[..., Who],
) -> None:  # fmt: skip
    for client in (outsider, client_of("member"), client_of("overseer")):
        for address in ("t1/ubah/", "baru/", "pengingat/"):
            assert client.get(BOARD + address).status_code == 404
            assert client.post(BOARD + address, {"what": "drop", "reason": "x"}).status_code in (
                404, 405,
            )  # fmt: skip
    assert outsider.get(BOARD).status_code == 404
    assert client_of("secretary").get(f"{BOARD}entah/ubah/").status_code == 404
    member, keeper, task = by("member"), by("secretary"), tasks["late"]
    with pytest.raises(NotAllowedError):
        drop_followup(by=member, followup=task, revision=0, on=today, why="x")
    for act in (
        lambda: edit_followup(by=keeper, followup=task, revision=9, fields={"text": "y"},
                              shares=[], why="", on=today),
        lambda: drop_followup(by=keeper, followup=task, revision=9, on=today, why="x"),
    ):  # fmt: skip
        with pytest.raises(ChangedMeanwhileError):
            act()
    assert not FollowUpNote.objects.exists()


def test_what_partners_brought_is_not_forgotten_when_they_are_no_longer_named(
    tasks: dict[str, FollowUp], community: Community, today: dt.date, by: Callable[..., Who]
) -> None:
    common: dict[str, Any] = {"community": community, "followup": tasks["late"], "role": "shares"}
    clinic, budi = (Actor.objects.get(public_id=c) for c in ("o1", "a2"))
    FollowUpPartner.objects.create(public_id="p1", actor=clinic, delivered=True, **common)
    FollowUpPartner.objects.create(public_id="p2", actor=budi, **common)
    edit_followup(
        by=by("secretary"), followup=tasks["late"], revision=0, fields={}, shares=[], why="",
        on=today,
    )  # fmt: skip
    assert [p.public_id for p in FollowUpPartner.objects.all()] == ["p1"]


@pytest.mark.parametrize("n", [1, 20])
def test_the_board_asks_the_same_for_few_and_many(
    n: int, tasks: dict[str, FollowUp], community: Community, client_of: Callable[[str], Client]
) -> None:
    clinic = Actor.objects.get(public_id="o1")
    for i in range(n):
        task = FollowUp.objects.create(
            community=community, public_id=f"x{i}", text="X", owner=clinic,
            agreed_on=dt.date(2026, 1, 1),
        )  # fmt: skip
        FollowUpPartner.objects.create(
            community=community, public_id=f"p{i}", followup=task, actor=clinic, role="shares"
        )
    client = client_of("member")
    with CaptureQueriesContext(connection) as seen:
        assert client.get(BOARD).status_code == 200
    assert len(seen) == 7, [q["sql"][:90] for q in seen]


# -- from the page of a meeting to the profile -----------------------------------------------------


def leading(community: Community, measure: str = "leader_coordinates") -> Any:
    """A piece of evidence of the newest snapshot; ``None`` if nothing speaks of it."""
    made = make_snapshot(community.pk)
    assert made is not None
    profile = made.payload["profile"]
    cells = [*profile["components"], *profile["functions"]]
    return next((p for c in cells for p in c["evidence"] if p["measure"] == measure), None)


def test_what_the_chair_called_for_and_closed_reaches_the_profile(
    tasks: dict[str, FollowUp], community: Community, today: dt.date,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    client = client_of("secretary")
    Meeting.objects.create(
        community=community, public_id="r1", kind="pokja", status="planned", date=today
    )
    address = "/k/melati/rapat/r1/selesai/"
    page = client.get(address).content.decode()
    assert '<option value="k2" selected' not in page, "a default would be evidence of nothing"
    first = page.split('name="caller-0"')[1].split("<option")[2]
    assert 'value="k2"' in first, "the chair of the day is offered first"
    sent = {"came-k2": "1"}
    for n in range(4):
        sent |= {f"task-{n}": f"Bersama {n}", f"owner-{n}": "k2", f"caller-{n}": "k2"}
        sent |= {f"shares-{n}": "Puskesmas Contoh"}
    sent |= {"task-3": "Bukan dari ketua", "caller-3": ""}
    wrong = client.post(address, form_of(page, **{**sent, "shares-1": "Tidak Ada"}))
    assert wrong.status_code == 400
    assert "“Tidak Ada” belum terdaftar" in wrong.content.decode()
    assert not FollowUp.objects.filter(text="Bersama 0").exists()
    alone = client.post(address, form_of(page, **{"came-k2": "1", "shares-0": "Puskesmas Contoh"}))
    assert alone.status_code == 400, "shared, but no task"
    assert client.post(address, form_of(page, **sent)).status_code == 302
    made = FollowUp.objects.filter(text__startswith="Bersama").order_by("pk")
    assert [f.caller.public_id for f in made] == ["k2"] * 3
    assert FollowUpPartner.objects.filter(role="shares").count() == 4
    before = leading(community)
    assert (before["numerator"], before["denominator"]) == (0, 3)
    client.post(f"{BOARD}{made[0].public_id}/selesai/")
    client.post(f"{BOARD}{made[1].public_id}/selesai/")
    after = leading(community := Community.objects.get(pk=community.pk))
    assert (after["numerator"], after["denominator"]) == (2, 3)
    assert after["value"] > before["value"]
    assert set(after["trace"]["ids"]) == {f.public_id for f in made}
    shared = leading(community, "shared_followups")
    assert shared["numerator"] == 2
