"""*Perlu disapa* on its page and on Home: short, kind, for keepers only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from satuhati.core.meetings.greeting import Absence
from satuhati.text import translator
from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings.beside import Greeting
from satuhati.web.meetings.greeting import (
    MOST,
    REST,
    get_to_greet_for,
    note_greeted,
    suggestions,
    take_back_greeted,
)
from satuhati.web.meetings.models import Attendance, Meeting
from satuhati.web.register.models import Actor, Post, Term
from satuhati.web.tenancy import memory
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who, who_is

PAGE = "/k/melati/rapat/perlu-disapa/"
MISSED = {"a1": "PPAA", "a2": "PPPP", "a3": "PPII", "a4": "AAAA", "a5": "PEEE"}
WORDS = {"P": "present", "A": "absent", "I": "ill", "E": "excused"}


def fill(community: Community, letters: dict[str, str], *, time: str = "19:30") -> None:
    """People in office, a letter for each of their last meetings; weekly, told a day ahead."""
    today = today_in(community)
    common: dict[str, Any] = {"community": community}
    with scope(community=community):
        count = max(len(row) for row in letters.values())
        meetings = [
            Meeting.objects.create(
                public_id=f"r{n}", kind="pokja", status="held", time=time, **common,
                date=(day := today - dt.timedelta(weeks=count - n)),
                notice_on=day - dt.timedelta(days=1),
            )
            for n in range(count)
        ]  # fmt: skip
        for code, row in letters.items():
            actor = Actor.objects.create(
                public_id=code, name=f"Orang {code}", kind="person", sector="pokja", **common
            )
            post = Post.objects.create(
                public_id=f"j{code}", name="Anggota", kind="member", **common
            )
            Term.objects.create(
                public_id=f"m{code}", post=post, actor=actor, **common,
                start=today - dt.timedelta(days=400),
            )  # fmt: skip
            for meeting, letter in zip(meetings, row, strict=False):
                Attendance.objects.create(
                    public_id=f"h{code}{meeting.public_id}", meeting=meeting, actor=actor,
                    status=WORDS[letter], reason="work" if letter == "E" else None, **common,
                )  # fmt: skip


def codes(who: Who, community: Community) -> list[str]:
    memory.forget()
    with scope(community=community):
        return [one.actor.public_id for one in get_to_greet_for(who, today_in(community))]


def test_who_is_missed_stands_there_with_hour_notice_and_something_to_offer(
    community: Community, client_of: Callable[[str], Client], by: Callable[..., Who]
) -> None:
    fill(community, MISSED)
    assert codes(by("secretary"), community) == ["a4", "a5", "a1"]
    with scope(community=community):
        Meeting.objects.create(
            community=community, public_id="next", kind="pokja", status="planned", time="16:00",
            date=today_in(community) + dt.timedelta(days=5), place="Balai RW",
        )  # fmt: skip
    page = client_of("secretary").get(PAGE).content.decode()
    assert "Orang a2" not in page
    assert "Orang a3" not in page, "whoever was ill is not counted as missing"
    for words in ("Diundang 4 kali, belum pernah hadir", "3 kali terakhir", "malam hari",
                  "3 dari 3 diumumkan kurang dari tiga hari", "Alasan yang disebut: pekerjaan",
                  "seminggu sebelumnya", "Tanyakan jam yang cocok",
                  "periksa daftar warga"):  # fmt: skip
        assert words in page, words
    text = re.search(r'id="sapa-a5"[^>]*>(.*?)</p>', page, re.S)
    assert text is not None
    assert "Halo Orang a5, apa kabar?" in text.group(1)
    assert "16.00" in text.group(1)
    assert "Balai RW" in text.group(1)
    for accusing in ("tidak hadir", "belum hadir", "absen", "terlewat", "3 kali"):
        assert accusing not in text.group(1), "the text accuses nobody and counts nothing"


def test_one_tap_takes_somebody_off_for_a_while(
    community: Community, client_of: Callable[[str], Client], by: Callable[..., Who]
) -> None:
    fill(community, MISSED)
    client, who = client_of("secretary"), by("secretary")
    today = today_in(community)
    for _ in range(2):
        assert client.post(f"{PAGE}a5/").status_code == 302
    with scope(community=community):
        assert Greeting.objects.get().on == today
    assert codes(who, community) == ["a4", "a1"]
    page = client.get(PAGE).content.decode()
    assert "Orang a5" in page.split("Sudah disapa</h2>")[1]
    with scope(community=community):
        Greeting.objects.update(on=today - REST + dt.timedelta(days=1))
        assert codes(who, community) == ["a4", "a1"]
        Greeting.objects.update(on=today - REST)
    assert codes(who, community) == ["a4", "a5", "a1"], "still missing four weeks later"
    client.post(f"{PAGE}a4/")
    client.post(f"{PAGE}a4/", {"batal": "1"})
    assert codes(who, community) == ["a4", "a5", "a1"]
    entry = AuditEntry.objects.filter(action="person.greet").latest("pk")
    assert (entry.code, entry.details) == ("a4", {})
    assert community.data_version == Community.objects.get(pk=community.pk).data_version, (
        "no evidence of anything"
    )
    assert client.post(f"{PAGE}entah/").status_code == 404


def test_nobody_is_told_to_greet_themselves(
    community: Community, make_member: Callable[..., Any]
) -> None:
    fill(community, {"a1": "PAA", "a2": "PAA"})
    user = make_member(community, "secretary")
    with scope(community=community):
        user.memberships.update(actor=Actor.objects.get(public_id="a1"))
    who = who_is(user, community)
    assert who is not None
    assert codes(who, community) == ["a2"]


def test_the_list_is_never_longer_than_five(community: Community, by: Callable[..., Who]) -> None:
    fill(community, {f"a{n}": "PAA" for n in range(1, 9)})
    assert len(codes(by("secretary"), community)) == MOST == 5


def test_whoever_left_or_need_not_come_is_not_on_it(
    community: Community, by: Callable[..., Who]
) -> None:
    fill(community, {"a1": "PAA", "a2": "PAA", "a3": "PAA", "a4": "PAA"})
    today = today_in(community)
    who = by("secretary")
    with scope(community=community):
        Post.objects.filter(public_id="ja1").update(kind="patron")
        Term.objects.filter(public_id="ma2").update(end=today - dt.timedelta(days=1))
        Actor.objects.filter(public_id="a3").update(left=today)
    assert codes(who, community) == ["a4"]
    with scope(community=community):
        Term.objects.all().delete()
        Actor.objects.filter(public_id="a4").update(sector="warga")
    assert codes(who, community) == ["a1", "a2"], "without posts: the group's own people"


def test_it_is_seen_by_keepers_only(
    community: Community, client_of: Callable[[str], Client], outsider: Client,
    by: Callable[..., Who],
) -> None:  # fmt: skip
    fill(community, MISSED)
    for client in (outsider, client_of("member"), client_of("overseer"), client_of("researcher")):
        assert client.get(PAGE).status_code == 404
        assert client.post(f"{PAGE}a5/").status_code == 404
    assert "Orang a5" in client_of("secretary").get("/k/melati/").content.decode()
    assert "Orang a5" not in client_of("member").get("/k/melati/").content.decode()
    with scope(community=community):
        assert not Greeting.objects.exists()
        person, member = Actor.objects.get(public_id="a5"), by("member")
        for act in (
            lambda: note_greeted(by=member, person=person, on=today_in(community)),
            lambda: take_back_greeted(by=member, person=person, after=today_in(community)),
        ):
            with pytest.raises(NotAllowedError):
                act()


def test_the_list_asks_the_same_of_the_database_for_few_and_many(
    community: Community, by: Callable[..., Who]
) -> None:
    who = by("secretary")
    fill(community, {f"a{n}": "PAAA" for n in range(1, 8)})
    for kept in (7, 1):
        with scope(community=community):
            Term.objects.filter(actor__public_id__gt=f"a{kept}").delete()
        memory.forget()
        with scope(community=community), CaptureQueriesContext(connection) as seen:
            assert len(get_to_greet_for(who, today_in(community))) == min(kept, MOST)
        assert len(seen) == 3, [q["sql"][:90] for q in seen]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"late": 2}, ["seminggu sebelumnya", "wakil"]),
        ({"hour": "evening", "other_hour": "morning"}, ["jam yang cocok", "wakil"]),
        ({"reasons": ("distance",)}, ["wakil", "dari rumah"]),
        ({"kind": "never"}, ["daftar warga", "dari rumah"]),
        ({"kind": "never", "reasons": ("not_informed",)}, ["seminggu sebelumnya", "wakil"]),
    ],
)
def test_what_is_offered(changes: dict[str, Any], words: list[str]) -> None:
    base: dict[str, Any] = {
        "kind": "missed", "missed": 3, "of": 3, "since": dt.date(2026, 1, 1), "before": None,
        "hour": None, "other_hour": None, "late": 0, "told": 3, "reasons": (),
    }  # fmt: skip
    found = suggestions(Absence(**{**base, **changes}), False, translator("id"))
    assert len(found) == 2
    for said, word in zip(found, words, strict=True):
        assert word in said
    with_deputy = suggestions(Absence(**{**base, **changes}), True, translator("id"))
    assert not any("wakil" in said for said in with_deputy)
