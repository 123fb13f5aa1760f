"""The calendar feed of a person: by a secret address, renewed or ended, naming nobody."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope
from khal_client import Khal

from satuhati.web.accounts import throttle
from satuhati.web.answers.actions import make_links, renew_link
from satuhati.web.answers.links import token_of
from satuhati.web.answers.models import AnswerLink
from satuhati.web.audit.models import AuditEntry
from satuhati.web.logs import clean
from satuhati.web.meetings.actions import edit_meeting, plan_meeting
from satuhati.web.meetings.models import Attendance, Meeting
from satuhati.web.meetings.subscribing import make_own_link, renew_own_link
from satuhati.web.personal.by_link import GUESSES
from satuhati.web.personal.feed import made
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community, Membership
from satuhati.web.tenancy.who import NotAllowedError, Who

PAGE = "/k/melati/rapat/kalender/"


@pytest.fixture
def keeper(by: Callable[..., Who]) -> Who:
    return by("secretary", name="Sekar Contoh")


@pytest.fixture
def link(community: Community, keeper: Who) -> AnswerLink:
    with scope(community=community):
        actor = Actor.objects.create(
            community=community, public_id="a9", name="Aminah Contoh", kind="person",
        )  # fmt: skip
        return make_links(by=keeper, actors=[actor])[actor.pk]


def feed(link: AnswerLink) -> str:
    return f"/j/{token_of(link)}/kalender.ics"


def events(client: Client, address: str) -> list[vobject.base.Component]:
    answer = client.get(address)
    assert answer.status_code == 200
    return list(getattr(vobject.readOne(answer.content.decode()), "vevent_list", []))


def test_what_was_lately_what_comes_and_what_is_called_off(
    community: Community, keeper: Who, link: AnswerLink, elsewhere: Community, tmp_path: Path
) -> None:
    today = today_in(community)
    with scope(community=community):
        for days, status in ((-200, "held"), (-30, "held"), (7, "planned"), (14, "cancelled")):
            row = plan_meeting(
                by=keeper, kind="pokja", date=today + dt.timedelta(days=days), time="23:30",
                title=f"Rapat {days}", place="RPTRA",
            )  # fmt: skip
            Meeting.objects.filter(pk=row.pk).update(status=status)
        absent = Actor.objects.create(
            community=community, public_id="a8", name="Budi Contoh", kind="person"
        )
        Attendance.objects.create(
            community=community, public_id="h1", meeting=row, actor=absent, status="ill"
        )
    with scope(community=elsewhere):
        Meeting.objects.create(community=elsewhere, public_id="r1", kind="pokja", date=today,
                               status="planned", title="Tetangga")  # fmt: skip
    client = Client()
    answer = client.get(feed(link))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    for name in ("Aminah", "Budi", "Sekar", "Tetangga", token_of(link)):
        assert name not in text.replace("\r\n ", "")
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in text
    khal = Khal(tmp_path / "khal", "Asia/Jakarta")
    khal.take_in(answer.content)
    shown = khal.events(str(today - dt.timedelta(days=300)), 600)
    assert [(e[2], e[4].strip(), bool(e[5].strip())) for e in shown] == [
        ("Rapat -30", "CONFIRMED", False),
        ("Rapat 7", "CONFIRMED", True),
        ("Rapat 14", "CANCELLED", False),
    ]
    day = today + dt.timedelta(days=7)
    assert shown[1][:2] == [f"{day} 23:30", f"{day + dt.timedelta(days=1)} 01:30"]


def test_a_program_that_has_it_gets_304_until_something_changes(
    community: Community, keeper: Who, link: AnswerLink
) -> None:
    with scope(community=community):
        row = plan_meeting(by=keeper, kind="pokja", date=today_in(community), title="Rapat")
    client = Client()
    first = client.get(feed(link))
    tag = first["ETag"]
    assert "no-store" not in first["Cache-Control"]
    assert "private" in first["Cache-Control"]
    again = client.get(feed(link), headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(feed(link)).status_code == 200
    with scope(community=community):
        edit_meeting(by=keeper, meeting=row, revision=0, fields={"time": "16:00"})
    changed = client.get(feed(link), headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed["ETag"] != tag
    (event,) = events(client, feed(link))
    assert event.sequence.value == "1"
    assert client.post(feed(link)).status_code == 405


def test_the_tag_is_the_same_whenever_the_file_is_made(
    community: Community, keeper: Who, link: AnswerLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process of the server makes the file at another time: it is the same file."""
    today = today_in(community)
    with scope(community=community):
        plan_meeting(by=keeper, kind="pokja", date=today)
        data, tag = made(keeper, today, "id")
        later = timezone.now() + dt.timedelta(minutes=5)
        monkeypatch.setattr(timezone, "now", lambda: later)
        again, same = made(keeper, today, "id")
        assert (again != data, same == tag) == (True, True), "the stamp of time alone differs"
        assert made(keeper, today, "en")[1] != tag, "other words, another file"


def test_a_new_link_ends_the_old_calendar_and_guessing_ends_soon(
    community: Community, keeper: Who, link: AnswerLink
) -> None:
    old = feed(link)
    with scope(community=community):
        renew_link(by=keeper, link=link)
    client = Client()
    assert client.get(old).status_code == 404
    assert client.get(feed(link)).status_code == 200
    for token in ("x", "1-", "999999-abc", f"{link.pk}-{'A' * 24}"):
        assert client.get(f"/j/{token}/kalender.ics").status_code == 404
    for _ in range(GUESSES):
        client.get("/j/1-salah/kalender.ics")
    assert client.get(feed(link)).status_code == 429
    assert throttle.tries("answer", "127.0.0.1", seconds=600) == GUESSES
    with scope(community=community):
        Actor.objects.filter(pk=link.actor_id).update(left=today_in(community))
    assert Client(REMOTE_ADDR="10.0.0.9").get(feed(link)).status_code == 404, "who left"


def test_the_token_is_in_no_log_line(
    link: AnswerLink, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    token = token_of(link)
    with caplog.at_level("INFO"):
        Client().get(feed(link))
        Client().get(f"/j/{token}x/kalender.ics")
    said = caplog.text + "".join(str(r.__dict__) for r in caplog.records if r.name != "asyncio")
    lines = capsys.readouterr()
    assert "j/<str:token>/kalender.ics" in said + lines.err
    assert all(getattr(r, "route", "") for r in caplog.records if r.name == "satuhati.requests")
    assert token not in lines.err + lines.out
    assert token not in clean(f"Not Found: /j/{token}/kalender.ics")


def test_ones_own_address_is_made_and_renewed(
    community: Community, by: Callable[..., Who], client_of: Callable[[str], Client],
    outsider: Client,
) -> None:  # fmt: skip
    client = client_of("member")
    assert "webcal" not in client.get(PAGE).content.decode()
    for _ in range(2):  # a second tap
        assert client.post(PAGE).status_code == 302
    page = client.get(PAGE)
    assert "no-store" in page["Cache-Control"]
    (address,) = set(re.findall(r'id="alamat"[^>]*>([^<]+)<', page.content.decode()))
    assert f'href="{address.replace("http", "webcal", 1)}"' in page.content.decode()
    path = "/" + address.split("/", 3)[3]
    assert Client().get(path).status_code == 200
    assert client.post(PAGE, {"what": "renew"}).status_code == 302
    assert Client().get(path).status_code == 404
    with scope(community=community):
        assert AnswerLink.objects.count() == 1
    assert AuditEntry.objects.filter(action="answer_link.own").count() == 1
    assert AuditEntry.objects.filter(action="answer_link.renew_own").count() == 1
    for other in (outsider, client_of("overseer"), client_of("researcher")):
        assert other.get(PAGE).status_code == 404
        assert other.post(PAGE).status_code == 404
    officer = client_of("administrator")
    assert "tidak tercatat" in officer.get(PAGE).content.decode()
    assert officer.post(PAGE).status_code == 404
    with scope(community=community), pytest.raises(NotAllowedError):
        make_own_link(by=by("overseer"))
    with scope(community=community), pytest.raises(NotAllowedError):
        renew_own_link(by=by("researcher"))


def test_who_began_the_community_says_who_they_are_once(
    community: Community, client_of: Callable[[str], Client], by: Callable[..., Who]
) -> None:
    client, member = client_of("secretary"), client_of("member")
    with scope(community=community):
        free = Actor.objects.create(
            community=community, public_id="a7", name="Sekar Contoh", kind="person"
        )
        group = Actor.objects.create(
            community=community, public_id="a6", name="PKK (rekaan)", kind="group"
        )
        taken = Actor.objects.get(memberships__role="member")
    Membership.objects.filter(role="secretary").update(actor=None)
    page = client.get(PAGE).content.decode()
    assert 'value="a7"' in page
    assert f'value="{taken.public_id}"' not in page
    for wrong in (taken.public_id, group.public_id, "a99", ""):
        assert client.post(PAGE, {"siapa": wrong}).status_code == 404
    assert client.post(PAGE, {"siapa": "a7"}).status_code == 302
    assert Membership.objects.get(role="secretary").actor_id == free.pk
    assert "siapa" not in client.get(PAGE).content.decode()
    with scope(community=community):
        Actor.objects.create(community=community, public_id="a5", name="Budi Contoh", kind="person")
    assert client.post(PAGE, {"siapa": "a5"}).status_code == 404, "once"
    Membership.objects.filter(role="member").update(actor=None)
    assert "siapa" not in member.get(PAGE).content.decode(), "a member is told by the keeper"
    assert member.post(PAGE, {"siapa": taken.public_id}).status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_the_feed_asks_the_same_for_few_and_many(
    n: int, community: Community, keeper: Who, link: AnswerLink
) -> None:
    with scope(community=community):
        for i in range(n):
            plan_meeting(by=keeper, kind="pokja", date=today_in(community) + dt.timedelta(days=i))
    client = Client()
    client.get(feed(link))
    with CaptureQueriesContext(connection) as seen:
        assert len(events(client, feed(link))) == n
    # Tries from here, the link: the file itself is remembered.
    assert len(seen) == 2, [q["sql"][:90] for q in seen]
