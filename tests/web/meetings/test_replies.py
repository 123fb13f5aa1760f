"""Replies before a meeting: by link, by a member, by telephone; and what they promise."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope

from satuhati.core.meetings.quorum import pooled_turnout, quorum_probability
from satuhati.web.answers.actions import make_links, renew_link
from satuhati.web.answers.links import link_of, token_of
from satuhati.web.answers.models import AnswerLink
from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings.actions import plan_meeting
from satuhati.web.meetings.models import Attendance, Meeting, MeetingSeries, Reply
from satuhati.web.meetings.outlook import get_outlook_for
from satuhati.web.meetings.replying import TooLateError, give_reply
from satuhati.web.meetings.turnout import get_turnout_for
from satuhati.web.register.actions import remove_actor
from satuhati.web.register.merging import merge_actors
from satuhati.web.register.models import Actor, Area, Post, Term
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

TODAY = timezone.localdate()
NAMES = ("Aminah Contoh", "Budi Contoh", "Citra Contoh", "Dedi Contoh", "Eka Contoh")
SECTIONS = ("keagamaan", "keagamaan", "ekonomi", "ekonomi", None)


@pytest.fixture
def keeper(by: Callable[..., Who]) -> Who:
    return by("secretary", name="Sekar Contoh")


@pytest.fixture
def meeting(community: Community, keeper: Who) -> Meeting:
    """A meeting in five days; five hold posts: two sections of two, and the chair."""
    with scope(community=community):
        rt = Area.objects.create(community=community, public_id="w1", name="RT 01", level="rt")
        for n, (name, section) in enumerate(zip(NAMES, SECTIONS, strict=True), 1):
            actor = Actor.objects.create(
                community=community, public_id=f"a{n}", name=name, kind="person", sector="pokja",
                sex="female" if n % 2 else "male", age_band="15-24" if n == 3 else "40-59",
                area=rt if n in (1, 3, 5) else None,
            )  # fmt: skip
            post = Post.objects.create(
                community=community, public_id=f"j{n}", name=f"Jabatan {n}", section=section,
                kind="section_member" if section else "chair",
            )  # fmt: skip
            Term.objects.create(
                community=community, public_id=f"m{n}", post=post, actor=actor,
                start=TODAY - dt.timedelta(days=900),
            )  # fmt: skip
        return plan_meeting(
            by=keeper, kind="pokja", date=TODAY + dt.timedelta(days=5), time="19:30",
            title="Rapat contoh", place="Balai RW",
        )  # fmt: skip


def actor(meeting: Meeting, n: int) -> Actor:
    with scope(community=meeting.community):
        found: Actor = Actor.objects.get(public_id=f"a{n}")
    return found


def token(meeting: Meeting, keeper: Who, n: int) -> str:
    person = actor(meeting, n)
    with scope(community=meeting.community):
        return token_of(make_links(by=keeper, actors=[person])[person.pk])


def outlook(keeper: Who, meeting: Meeting):
    with scope(community=meeting.community):
        return get_outlook_for(keeper, Meeting.objects.select_related("series").get(pk=meeting.pk))


def test_a_person_answers_by_their_link_and_changes_their_mind(
    meeting: Meeting, keeper: Who, client: Client
) -> None:
    there = f"/j/{token(meeting, keeper, 1)}/"
    page = client.get(there)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Aminah Contoh" in text
    assert "Rapat contoh" in text
    assert page.headers["Cache-Control"].count("no-store")
    post = f"{there}rapat/{meeting.public_id}/"
    assert client.post(post, {"answer": "excused", "reason": "work"}).status_code == 302
    with scope(community=meeting.community):
        row = Reply.objects.get()
        assert (row.actor.public_id, row.answer, row.reason) == ("a1", "excused", "work")
    client.post(post, {"answer": "present", "reason": "work"})
    with scope(community=meeting.community):
        row = Reply.objects.get()
        assert (row.answer, row.reason) == ("present", None), "a reason belongs to izin"
        assert AuditEntry.objects.filter(action="reply.give", role="resident").count() == 2
    assert "Jawaban Anda: hadir" in client.get(there).content.decode()


@pytest.mark.parametrize("answer", ["", "absent", "held", "' OR 1"])
def test_an_answer_that_is_none_changes_nothing(
    meeting: Meeting, keeper: Who, client: Client, answer: str
) -> None:
    there = f"/j/{token(meeting, keeper, 1)}/"
    found = client.post(f"{there}rapat/{meeting.public_id}/", {"answer": answer}, follow=True)
    assert "Silakan pilih jawaban" in found.content.decode()
    with scope(community=meeting.community):
        assert not Reply.objects.exists()


def test_only_the_right_token_opens(meeting: Meeting, keeper: Who, client: Client) -> None:
    good = token(meeting, keeper, 1)
    key, _, rest = good.partition("-")
    swapped = ("A" if rest[0] != "A" else "B") + rest[1:]
    other = int(key) + 1
    for bad in (f"{key}-{swapped}", f"{other}-{rest}", key, f"{key}-", f"٣-{rest}", "x" * 300):
        assert client.get(f"/j/{bad}/").status_code == 404, bad
        assert client.post(f"/j/{bad}/rapat/{meeting.public_id}/").status_code == 404
    with scope(community=meeting.community):
        link = AnswerLink.objects.get()
        renew_link(by=keeper, link=link)
    assert link_of(good) is None
    assert client.get(f"/j/{good}/").status_code == 404


def test_a_link_answers_for_its_own_person_only(meeting: Meeting, keeper: Who) -> None:
    resident = Who(None, "resident", meeting.community)
    with scope(community=meeting.community):
        link = make_links(by=keeper, actors=[actor(meeting, 1)])[actor(meeting, 1).pk]
        with pytest.raises(NotAllowedError):
            give_reply(
                by=resident, meeting=meeting, actor=actor(meeting, 2), answer="ill", link=link
            )
        assert not Reply.objects.exists()


def test_who_guesses_is_sent_away_for_a_while(meeting: Meeting, client: Client) -> None:
    for _ in range(20):
        assert client.get("/j/1-abc/").status_code == 404
    assert client.get("/j/1-abc/").status_code == 429


def test_a_link_reaches_its_own_community_only(
    meeting: Meeting, keeper: Who, elsewhere: Community, client: Client
) -> None:
    with scope(community=elsewhere):
        other = Meeting.objects.create(
            community=elsewhere, public_id="r9", kind="pokja", status="planned",
            date=TODAY + dt.timedelta(days=2), title="Rapat orang lain",
        )  # fmt: skip
    there = f"/j/{token(meeting, keeper, 1)}/"
    assert "Rapat orang lain" not in client.get(there).content.decode()
    found = client.post(f"{there}rapat/{other.public_id}/", {"answer": "present"})
    assert found.status_code == 404
    with scope(community=elsewhere):
        assert not Reply.objects.exists()


def test_who_left_is_asked_no_more(meeting: Meeting, keeper: Who, client: Client) -> None:
    there = f"/j/{token(meeting, keeper, 1)}/"
    with scope(community=meeting.community):
        Actor.objects.filter(public_id="a1").update(left=TODAY)
    assert client.get(there).status_code == 404


@pytest.mark.parametrize("change", [{"status": "held"}, {"status": "cancelled"},
                                    {"date": TODAY - dt.timedelta(days=1)}])  # fmt: skip
def test_a_meeting_that_is_over_takes_no_reply(
    meeting: Meeting, keeper: Who, client: Client, change: dict[str, object]
) -> None:
    there = f"/j/{token(meeting, keeper, 1)}/"
    with scope(community=meeting.community):
        Meeting.objects.update(**change)
        gone = Meeting.objects.get()
        with pytest.raises(TooLateError):
            give_reply(by=keeper, meeting=gone, actor=actor(meeting, 1), answer="present")
    said = client.post(f"{there}rapat/{meeting.public_id}/", {"answer": "present"}, follow=True)
    assert "sudah lewat atau dibatalkan" in said.content.decode()


def test_a_member_answers_for_themselves_only(
    meeting: Meeting, by: Callable[..., Who], client_of: Callable[[str], Client]
) -> None:
    member = by("member", name="Fajar Contoh")
    with scope(community=meeting.community), pytest.raises(NotAllowedError):
        give_reply(by=member, meeting=meeting, actor=actor(meeting, 1), answer="present")
    client = client_of("member")
    found = client.post(
        f"/k/melati/rapat/{meeting.public_id}/jawab/", {"actor": "a1", "answer": "present"}
    )
    assert found.status_code == 404
    with scope(community=meeting.community):
        assert not Reply.objects.exists()


def test_a_member_with_a_post_is_asked_on_the_meetings_page(
    meeting: Meeting, by: Callable[..., Who], client: Client
) -> None:
    member = by("member", name="Fajar Contoh")
    assert member.membership is not None
    with scope(community=meeting.community):
        Term.objects.filter(public_id="m5").update(actor=member.membership.actor)
    client.force_login(member.user)
    there = f"/k/melati/rapat/{meeting.public_id}/"
    page = client.get(there).content.decode()
    assert "Bagaimana dengan Anda?" in page
    assert "siapa/" not in page, "names stay with who arranges"
    client.post(there + "jawab/", {"answer": "represented"})
    assert "Ubah jawaban" in client.get(there).content.decode()


def test_a_keeper_notes_a_telephone_call(
    meeting: Meeting, keeper: Who, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    there = f"/k/melati/rapat/{meeting.public_id}/"
    page = client.get(there + "siapa/").content.decode()
    assert page.count("http://testserver/j/") >= 5
    links = re.findall(r"/j/([\w-]+)/", page)
    assert len(set(links)) == 5
    found = client.post(there + "jawab/", {"actor": "a2", "answer": "ill"}, follow=True)
    assert '<span class="chip ">sakit</span>' in found.content.decode()
    # What was answered waits on the page of the meeting that is over.
    with scope(community=meeting.community):
        Meeting.objects.update(date=TODAY)
    finish = client.get(there + "selesai/").content.decode()
    seat = finish.split('name="why-a2"')[1].split("</select>")[0]
    assert '<option value="ill" selected>' in seat
    assert 'name="came-a2" value="1" checked' not in finish


def test_a_promise_to_come_waits_for_a_tap(
    meeting: Meeting, keeper: Who, client_of: Callable[[str], Client]
) -> None:
    with scope(community=meeting.community):
        give_reply(by=keeper, meeting=meeting, actor=actor(meeting, 1), answer="present")
        Meeting.objects.update(date=TODAY)
    page = client_of("secretary").get(f"/k/melati/rapat/{meeting.public_id}/selesai/")
    assert "checked" not in page.content.decode().split("Siapa saja yang bicara")[0]


def test_the_chance_of_a_quorum_is_the_methods(meeting: Meeting, keeper: Who) -> None:
    """By hand: a1 came to all 4, a2 to 2, a3 to 1, a4 to none; a5 is new. One yes, one ill."""
    came = {1: 4, 2: 2, 3: 1, 4: 0}
    assert outlook(keeper, meeting).probability is None, "nothing is known before"
    with scope(community=meeting.community):
        for n in range(4):
            held = Meeting.objects.create(
                community=meeting.community, public_id=f"h{n}", kind="pokja", status="held",
                date=TODAY - dt.timedelta(days=30 * (n + 1)),
            )  # fmt: skip
            for who, times in came.items():
                Attendance.objects.create(
                    community=meeting.community, public_id=f"h{n}{who}", meeting=held,
                    actor=actor(meeting, who), status="present" if n < times else "absent",
                )  # fmt: skip
        give_reply(by=keeper, meeting=meeting, actor=actor(meeting, 3), answer="present")
        give_reply(by=keeper, meeting=meeting, actor=actor(meeting, 1), answer="ill")
    theta = pooled_turnout([4, 2, 1, 0, 0], [4, 4, 4, 4, 0]).probability
    p = [0.0, theta[1], 0.9, theta[3], theta[4]]
    found = outlook(keeper, meeting)
    assert found.needed == 3
    assert not found.own_rule
    assert found.probability == pytest.approx(quorum_probability(p, 3), abs=1e-12)
    assert found.expected == pytest.approx(math.fsum(p))
    assert (found.coming, found.silent, found.counts["ill"]) == (1, 3, 1)
    # A kept promise and three broken ones: (1 + 9) / (4 + 10).
    with scope(community=meeting.community):
        for n in range(4):
            Reply.objects.create(
                community=meeting.community, meeting=Meeting.objects.get(public_id=f"h{n}"),
                actor=actor(meeting, 3), answer="present",
            )  # fmt: skip
    p[2] = 10 / 14
    assert outlook(keeper, meeting).probability == pytest.approx(quorum_probability(p, 3))


def test_turn_out_is_of_this_kind_of_meeting_and_of_two_years(
    meeting: Meeting, keeper: Who
) -> None:
    person = actor(meeting, 1)
    rows = (("pokja", 30, "present"), ("outreach", 40, "absent"), ("pokja", 800, "absent"))
    with scope(community=meeting.community):
        for n, (kind, days, status) in enumerate(rows):
            held = Meeting.objects.create(
                community=meeting.community, public_id=f"h{n}", kind=kind, status="held",
                date=TODAY - dt.timedelta(days=days),
            )  # fmt: skip
            Attendance.objects.create(
                community=meeting.community, public_id=f"t{n}", meeting=held, actor=person,
                status=status,
            )  # fmt: skip
        found = get_turnout_for(keeper, "pokja", TODAY, [person.pk])
    assert found == {person.pk: pytest.approx(0.75)}, "one of one: (1 + ½)/(1 + 1)"


def test_the_groups_own_rule_is_the_quorum(meeting: Meeting, keeper: Who) -> None:
    with scope(community=meeting.community):
        series = MeetingSeries.objects.create(
            community=meeting.community, public_id="rr1", name="Rutin", kind="pokja",
            start=TODAY, quorum=0.6,
        )  # fmt: skip
        Meeting.objects.update(series=series)
    found = outlook(keeper, meeting)
    assert (found.needed, found.own_rule) == (3, True), "0.6 of 5 is 3, not 4"


def test_it_says_who_is_missing_and_who_might_ask(meeting: Meeting, keeper: Who) -> None:
    with scope(community=meeting.community):
        give_reply(by=keeper, meeting=meeting, actor=actor(meeting, 1), answer="present")
        give_reply(by=keeper, meeting=meeting, actor=actor(meeting, 4), answer="represented")
        link = make_links(by=keeper, actors=[actor(meeting, 5)])[actor(meeting, 5).pk]
        link.invited_by = actor(meeting, 2)
        link.save()
    found = outlook(keeper, meeting)
    shares = {(s.kind, s.name): (s.coming, s.invited) for s in found.shares}
    assert shares["section", "keagamaan"] == (1, 2)
    assert shares["section", "ekonomi"] == (1, 2)
    assert shares["sex", "female"] == (1, 3)
    assert shares["youth", "15-24"] == (0, 1)
    assert shares["area", "RT 01"] == (1, 3)
    assert [(s.kind, s.name) for s in found.unrepresented] == [("youth", "15-24")]
    may_ask = {g.actor.public_id: [a.public_id for a in g.may_ask] for g in found.guests}
    assert may_ask["a2"] == ["a1"], "of the same section"
    assert may_ask["a3"] == ["a4", "a1"], "of the section first, then of the RT"
    assert may_ask["a5"] == ["a2"], "whom they chose"
    assert may_ask["a1"] == [], "has answered"


def test_a_person_chooses_who_may_remind_them(
    meeting: Meeting, keeper: Who, client: Client
) -> None:
    there = f"/j/{token(meeting, keeper, 1)}/"
    client.post(there + "pengajak/", {"inviter": "a2"})
    with scope(community=meeting.community):
        assert AnswerLink.objects.get().invited_by == actor(meeting, 2)
    client.post(there + "pengajak/", {"inviter": "a1"})  # not oneself
    with scope(community=meeting.community):
        assert AnswerLink.objects.get().invited_by is None


def test_links_and_replies_follow_a_person_who_is_merged_or_removed(
    meeting: Meeting, keeper: Who, by: Callable[..., Who]
) -> None:
    with scope(community=meeting.community):
        make_links(by=keeper, actors=[actor(meeting, 1), actor(meeting, 2)])
        give_reply(by=keeper, meeting=meeting, actor=actor(meeting, 1), answer="present")
        give_reply(by=keeper, meeting=meeting, actor=actor(meeting, 2), answer="ill")
        keep, drop = actor(meeting, 1), actor(meeting, 2)
        merge_actors(by=keeper, keep=keep, drop=drop, fields={})
        assert [r.answer for r in Reply.objects.all()] == ["present"]
        assert AnswerLink.objects.count() == 1
        new = Actor.objects.create(
            community=meeting.community, public_id="a9", name="Gita", kind="person"
        )
        make_links(by=keeper, actors=[new])
        remove_actor(by=keeper, actor=new)
        assert AnswerLink.objects.count() == 1


def test_many_guests_cost_few_queries(meeting: Meeting, keeper: Who) -> None:
    with scope(community=meeting.community):
        for n in range(10, 70):
            person = Actor.objects.create(
                community=meeting.community, public_id=f"a{n}", name=f"Orang {n}", kind="person"
            )
            post = Post.objects.get(public_id="j1")
            Term.objects.create(
                community=meeting.community, public_id=f"m{n}", post=post, actor=person, start=TODAY
            )
        found = Meeting.objects.select_related("series").get(pk=meeting.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(get_outlook_for(keeper, found).guests) == 65
    assert len(queries) <= 7


def test_five_hundred_guests_are_looked_at_page_by_page(
    meeting: Meeting, keeper: Who, client: Client, client_of: Callable[[str], Client],
    outsider: Client,
) -> None:  # fmt: skip
    """Light for a weak phone; found by name without a script, and no name in an address."""
    community = meeting.community
    with scope(community=community):
        people = Actor.objects.bulk_create(
            Actor(community=community, public_id=f"b{n}", name=f"Orang {n:03}", kind="person")
            for n in range(500)
        )
        post = Post.objects.get(public_id="j1")
        Term.objects.bulk_create(
            Term(community=community, public_id=f"t{n}", post=post, actor=one, start=TODAY)
            for n, one in enumerate(people)
        )
        give_reply(by=keeper, meeting=meeting, actor=people[7], answer="present", reason=None)
    client.force_login(keeper.user)
    there = f"/k/melati/rapat/{meeting.public_id}/siapa/"
    first = client.get(there)
    page = first.content.decode()
    assert len(first.content) < 150_000
    assert "Orang 019" in page
    assert "Orang 020" not in page, "twenty-five on a page, the five of before among them"
    assert "Orang 031" in client.get(there + "?p=2").content.decode()
    with scope(community=community):
        assert AnswerLink.objects.count() == 50, "a link where one was shown"
    found = client.post(there, {"cari": "  orang   421 "})
    assert found["Location"] == there + "?cari=1"
    page = client.get(found["Location"]).content.decode()
    assert "Orang 421" in page
    assert "Orang 42<" not in page
    assert page.count('name="actor"') == 1
    form = re.search(r'name="di" value="([^"]*)"', page)
    assert form
    sent = {"actor": "b421", "answer": "present", "di": form[1].replace("&amp;", "&")}
    back = client.post(f"/k/melati/rapat/{meeting.public_id}/jawab/", sent)
    assert back["Location"] == there + "?cari=1&p=1"
    sent["di"] = "next=//evil.example&p=x&lihat=belum"
    back = client.post(f"/k/melati/rapat/{meeting.public_id}/jawab/", sent)
    assert back["Location"] == there + "?lihat=belum"
    silent = client.get(client.post(there, {"cari": "", "lihat": "belum"})["Location"])
    assert "503 dari 505" in silent.content.decode()
    assert "<bdi>Orang 007" not in silent.content.decode()
    nobody = client.get(client.post(there, {"cari": "zzz"})["Location"]).content.decode()
    assert "Tidak ada yang cocok" in nobody
    assert client.get(there + "?p=9999&lihat=x&cari=1").status_code == 200
    for other in (outsider, client_of("member")):
        assert other.post(there, {"cari": "orang"}).status_code == 404


def test_outsiders_find_nothing(meeting: Meeting, outsider: Client, client: Client) -> None:
    for page in ("siapa/", "jawab/"):
        there = f"/k/melati/rapat/{meeting.public_id}/{page}"
        assert outsider.get(there).status_code in (404, 405)
        assert outsider.post(there, {"actor": "a1", "answer": "present"}).status_code in (404, 405)
        assert client.post(there, {"actor": "a1", "answer": "present"}).status_code in (302, 405)
    assert outsider.post("/k/melati/rapat/tautan/a1/ganti/").status_code == 404
    with scope(community=meeting.community):
        assert not Reply.objects.exists()
