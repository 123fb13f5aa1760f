"""*Rapat selesai*: from a planned meeting to its list, minutes, follow-ups and message."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope

from satuhati.core.meetings.participation import participation
from satuhati.text import translator
from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings.actions import NewTask, Present, hold_meeting, plan_meeting
from satuhati.web.meetings.models import Attendance, Decision, FollowUp, Meeting
from satuhati.web.meetings.queries import get_invited_for
from satuhati.web.profile.package import from_database
from satuhati.web.register.models import Actor, Post, Term
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

TODAY = timezone.localdate() - dt.timedelta(days=1)
NAMES = ("Aminah Contoh", "Budi Contoh", "Citra Contoh", "Dedi Contoh")


@pytest.fixture
def meeting(community: Community, by: Callable[..., Who]) -> Meeting:
    """A meeting of yesterday; three hold posts, the second with a deputy, the fourth does not."""
    who = by("secretary", name="Sekar Contoh")
    with scope(community=community):
        actors = [
            Actor.objects.create(community=community, public_id=f"a{n}", name=name, kind="person",
                                 sector="pokja")
            for n, name in enumerate(NAMES, 1)
        ]  # fmt: skip
        for n, actor in enumerate(actors[:3], 1):
            post = Post.objects.create(
                community=community, public_id=f"j{n}", name=f"Jabatan {n}", kind="member"
            )
            Term.objects.create(
                community=community, public_id=f"m{n}", post=post, actor=actor,
                deputy=actors[3] if n == 2 else None, start=TODAY - dt.timedelta(days=300),
            )  # fmt: skip
        return plan_meeting(by=who, kind="pokja", date=TODAY, time="19:30", title="Rapat contoh")


def address(meeting: Meeting, page: str = "selesai") -> str:
    return f"/k/melati/rapat/{meeting.public_id}/{page}/"


def sent(page: str, **more: str) -> dict[str, str]:
    """What the browser sends: the hidden fields of the page, and what was tapped and typed."""
    hidden = dict(re.findall(r'type="hidden" name="(once|revision)" value="([^"]+)"', page))
    return {**hidden, **more}


def test_a_meeting_is_put_on_record_with_one_page(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    page = client.get(address(meeting)).content.decode()
    assert all(name in page for name in NAMES[:3])
    assert "came-a4" not in page, "holds no post"
    form = sent(
        page,
        **{
            "came-a1": "1", "spoke-a1": "1", "why-a2": "represented", "why-a3": "excused:work",
            "also": "  dedi   CONTOH ",
            "decision-0": "Kerja bakti <b>RW 05</b>", "task-0": "Sebar kabar", "owner-0": "a3",
            "due-0": str(TODAY + dt.timedelta(days=7)),
            "task-1": "Beli konsumsi", "owner-1": "a1",
        },
    )  # fmt: skip
    assert client.post(address(meeting), form).status_code == 302
    assert client.post(address(meeting), form).status_code == 302, "a second tap"
    meeting.refresh_from_db()
    assert meeting.status == "held"
    with scope(community=community):
        rows = {r.actor.public_id: r for r in Attendance.objects.select_related("actor")}
        said = {code: (r.status, r.reason, r.spoke) for code, r in rows.items()}
        assert said == {
            "a1": ("present", None, True),
            "a2": ("represented", None, None),
            "a3": ("excused", "work", None),
            "a4": ("present", None, None),
        }
        assert rows["a2"].represented_by == rows["a4"].actor, "by the deputy of the post"
        assert Decision.objects.count() == 1
        one, two = FollowUp.objects.order_by("pk")
        assert (one.decision, one.owner.public_id) == (Decision.objects.get(), "a3")
        assert (two.decision, two.due, two.agreed_on) == (None, None, TODAY)
    page = client.get(f"/k/melati/rapat/{meeting.public_id}/").content.decode()
    assert "Kerja bakti &lt;b&gt;RW 05&lt;/b&gt;" in page
    message = re.search(r'id="pesan"[^>]*>(.*?)</p>', page, re.S)
    assert message is not None
    assert "Sebar kabar: Citra Contoh" in message.group(1)
    assert "Beli konsumsi" in message.group(1)
    due = translator("id").date(TODAY + dt.timedelta(days=7))
    assert f"Sebar kabar: Citra Contoh (sampai {due})" in message.group(1)
    assert "Budi" not in message.group(1), "who was absent does not leave the house"
    printed = client.get(address(meeting, "cetak")).content.decode()
    for words in ("Notulen", "Daftar hadir", "Paraf", "Citra Contoh", "Sebar kabar", "Notulis"):
        assert words in printed, words
    entry = AuditEntry.objects.get(action="meeting.hold")
    assert "Contoh" not in str(entry.details)


def test_what_was_recorded_reaches_the_figures(
    meeting: Meeting, community: Community, by: Callable[..., Who]
) -> None:
    who = by("secretary", name="Lain Contoh")
    with scope(community=community):
        people = [i.actor for i in get_invited_for(who, meeting)]
        hold_meeting(
            by=who, meeting=meeting, revision=0, tasks=[],
            attendance=[Present(people[0], "present"), Present(people[1], "represented"),
                        Present(people[2], "absent")],
        )  # fmt: skip
    data = from_database(community)
    rows = data["attendance"].rename({"actor": "member"}).with_columns(order=1)
    rates = dict(participation(rows).members.select("member", "value").rows())
    assert [rates[person.public_id] for person in people[:3]] == [1.0, 1.0, 0.0]


def test_what_is_wrong_is_said_and_nothing_is_saved(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    page = client.get(address(meeting)).content.decode()
    wrong = {
        "Tugas tanpa orang": {"came-a1": "1", "task-0": "Tugas tanpa orang"},
        "Ini bukan tanggal": {"came-a1": "1", "task-0": "x", "owner-0": "a1", "due-0": "31 Feb"},
        "Tanggal ini sebelum rapat": {
            "came-a1": "1", "task-0": "x", "owner-0": "a1",
            "due-0": str(TODAY - dt.timedelta(days=1)),
        },
        "sejauh ini belum ada": {},
        "“Siapa Itu” belum terdaftar": {"came-a1": "1", "also": "Siapa Itu"},
        "kosongkan orang dan tanggalnya": {"came-a1": "1", "owner-2": "a2"},
        "Mohon dipendekkan": {"came-a1": "1", "decision-0": "p" * 1001},
    }  # fmt: skip
    for words, form in wrong.items():
        answer = client.post(address(meeting), sent(page, **form))
        assert answer.status_code == 400, words
        assert words in answer.content.decode()
    with scope(community=community):
        assert not Attendance.objects.exists()
        assert not FollowUp.objects.exists()
        assert Meeting.objects.get().status == "planned"
    # The same page, mended, is taken.
    assert client.post(address(meeting), sent(page, **{"came-a1": "1"})).status_code == 302


def test_a_meeting_to_come_cannot_be_over(
    meeting: Meeting, client_of: Callable[[str], Client]
) -> None:
    meeting.date = TODAY + dt.timedelta(days=9)
    meeting.save()
    client = client_of("secretary")
    page = client.get(address(meeting)).content.decode()
    answer = client.post(address(meeting), sent(page, **{"came-a1": "1"}))
    assert answer.status_code == 400
    assert "masih akan datang" in answer.content.decode()


def test_two_phones_take_the_same_list_and_nothing_is_lost(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    first, second = client_of("secretary"), client_of("field_officer")
    one, two = (c.get(address(meeting)).content.decode() for c in (first, second))
    theirs = {"came-a1": "1", "spoke-a1": "1", "why-a3": "excused:work", "also": NAMES[3]}
    form = sent(one, **theirs, **{"decision-0": "Dari yang pertama"})
    assert first.post(address(meeting), form).status_code == 302
    mine = {"came-a2": "1", "decision-0": "Dari yang kedua", "why-a1": "ill"}
    answer = second.post(address(meeting), sent(two, **mine))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.count("daftar yang lain:") == 4, "of everybody on whom the two differ"
    assert 'value="excused:work" selected' in page, "nothing was said of the third: theirs stands"
    assert "Dari yang pertama" in page
    assert "Dari yang kedua" in page
    assert re.search(r'id="came-a4"[^>]* checked', page), "named by hand on theirs alone"
    assert re.search(r'id="spoke-a1"[^>]* checked', page)
    chosen = {**mine, "came-a4": "1", "why-a3": "excused:work"}  # as the page shows them
    assert second.post(address(meeting), sent(page, **chosen)).status_code == 302
    with scope(community=community):
        assert set(Decision.objects.values_list("text", flat=True)) == {
            "Dari yang pertama", "Dari yang kedua",
        }  # fmt: skip
        assert Attendance.objects.count() == 4
        assert Attendance.objects.get(actor__public_id="a1").status == "ill"
        assert Attendance.objects.get(actor__public_id="a3").reason == "work"


def test_saving_the_list_again_changes_rows_and_keeps_who_stood_in(
    meeting: Meeting, community: Community, by: Callable[..., Who]
) -> None:
    who = by("secretary", name="Lain Contoh")
    with scope(community=community):
        a, b = (i.actor for i in get_invited_for(who, meeting)[:2])
        stand_in = Actor.objects.get(public_id="a4")
        hold_meeting(
            by=who, meeting=meeting, revision=0, tasks=[],
            attendance=[Present(a, "represented", represented_by=stand_in), Present(b, "absent")],
        )  # fmt: skip
        with pytest.raises(ChangedMeanwhileError):
            hold_meeting(by=who, meeting=meeting, revision=0, attendance=[], tasks=[])
        hold_meeting(
            by=who, meeting=meeting, revision=1, attendance=[Present(a, "represented"),
            Present(b, "present")], tasks=[NewTask("Hanya keputusan", "", "", None)],
        )  # fmt: skip
        assert Attendance.objects.get(actor=a).represented_by == stand_in
        assert Attendance.objects.get(actor=b).status == "present"
        assert Attendance.objects.count() == 2
        assert Decision.objects.get().text == "Hanya keputusan"


def test_the_invitation_is_ready_to_send_and_noted_once(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    page = client.get(f"/k/melati/rapat/{meeting.public_id}/").content.decode()
    assert "19.30 WIB" in page
    assert "Undangan: Rapat contoh" in page
    assert client.post(address(meeting, "diundang")).status_code == 302
    meeting.refresh_from_db()
    assert meeting.notice_on is not None
    first = meeting.notice_on - dt.timedelta(days=2)  # as if it had been sent before
    Meeting._base_manager.filter(pk=meeting.pk).update(notice_on=first)
    assert client.post(address(meeting, "diundang")).status_code == 302
    meeting.refresh_from_db()
    assert meeting.notice_on == first
    page = client.get(f"/k/melati/rapat/{meeting.public_id}/").content.decode()
    assert "Sudah saya kirim" not in page
    assert "Paraf" in client.get(address(meeting, "cetak")).content.decode(), "a list to sign"


def test_only_keepers_of_this_community_may(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client], outsider: Client,
    by: Callable[..., Who],
) -> None:  # fmt: skip
    for client in (outsider, client_of("member"), client_of("researcher")):
        assert client.get(address(meeting)).status_code == 404
        assert client.get(address(meeting, "cetak")).status_code == 404
        assert client.post(address(meeting), {"came-a1": "1"}).status_code == 404
        assert client.post(address(meeting, "diundang")).status_code == 404
    with scope(community=community), pytest.raises(NotAllowedError):
        hold_meeting(by=by("member"), meeting=meeting, revision=0, attendance=[], tasks=[])
    member = client_of("member").get(f"/k/melati/rapat/{meeting.public_id}/").content.decode()
    assert 'id="pesan"' not in member


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_asks_the_same_for_few_and_many(
    n: int, meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        for term in Term.objects.order_by("-pk")[: 3 - n]:
            term.delete()
    client = client_of("secretary")
    client.get(address(meeting))
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address(meeting)).status_code == 200
    assert len(seen) == 12, [q["sql"][:90] for q in seen]


def test_opening_and_saving_a_list_again_keeps_reasons_that_are_rarely_chosen(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        Attendance.objects.create(
            community=community, public_id="h1", meeting=meeting, status="ill", reason="health",
            actor=Actor.objects.get(public_id="a1"),
        )  # fmt: skip
    client = client_of("secretary")
    page = client.get(address(meeting)).content.decode()
    assert 'value="ill:health" selected' in page
    form = sent(page, **{"why-a1": "ill:health", "came-a2": "1", "why-a3": "ill:health"})
    assert client.post(address(meeting), form).status_code == 302
    with scope(community=community):
        assert Attendance.objects.get(actor__public_id="a1").reason == "health"
        third = Attendance.objects.get(actor__public_id="a3")
        assert (third.status, third.reason) == ("absent", None), "not offered for this person"


def test_a_group_of_five_hundred_and_an_empty_one(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    with scope(community=community):
        Term.objects.all().delete()
        Actor.objects.bulk_create(
            Actor(community=community, public_id=f"x{n}", name=f"Banyak {n}", kind="person",
                  sector="pokja")
            for n in range(500)
        )  # fmt: skip
    page = client.get(address(meeting)).content.decode()
    form = sent(page, **{f"came-x{n}": "1" for n in range(0, 500, 2)})
    assert client.post(address(meeting), form).status_code == 302
    with scope(community=community):
        assert Attendance.objects.filter(status="present").count() == 250
        other = Meeting.objects.create(
            community=community, public_id="r9", kind="pokja", status="planned", date=TODAY
        )
        Actor.objects.filter(kind="person").update(sector="warga")
    page = client.get(address(other)).content.decode()
    answer = client.post(address(other), sent(page))
    assert answer.status_code == 400, "nobody is on the list, and nobody was named"
    assert client.post(address(other), sent(page, also=NAMES[0])).status_code == 302


def test_the_list_is_of_those_who_held_a_post_on_that_day(
    meeting: Meeting, community: Community, by: Callable[..., Who]
) -> None:
    who = by("secretary", name="Lain Contoh")
    with scope(community=community):
        Term.objects.filter(actor__public_id="a1").update(end=TODAY - dt.timedelta(days=40))
        meeting.date = TODAY - dt.timedelta(days=60)
        assert "a1" in {i.actor.public_id for i in get_invited_for(who, meeting)}
        meeting.date = TODAY
        assert "a1" not in {i.actor.public_id for i in get_invited_for(who, meeting)}
        Term.objects.all().delete()
        Actor.objects.filter(public_id="a2").update(left=TODAY - dt.timedelta(days=40))
        found = {i.actor.public_id for i in get_invited_for(who, meeting)}
        assert {"a1", "a3"} <= found
        assert "a2" not in found, "had left before"


def test_the_invitation_names_what_was_left_open(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        owner = Actor.objects.get(public_id="a1")
        for n, done in enumerate((None, TODAY)):
            FollowUp.objects.create(
                community=community, public_id=f"t{n}", text=f"Tugas {n}", owner=owner,
                agreed_on=TODAY, done_on=done,
            )  # fmt: skip
    page = client_of("secretary").get(f"/k/melati/rapat/{meeting.public_id}/").content.decode()
    message = re.search(r'id="pesan"[^>]*>(.*?)</p>', page, re.S)
    assert message is not None
    assert "- Tugas 0" in message.group(1)
    assert "Tugas 1" not in message.group(1), "done"
    assert "Aminah" not in message.group(1)
