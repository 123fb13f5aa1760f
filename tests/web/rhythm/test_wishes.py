"""Which hours suit: asked by link, hidden until closed, proposed with its reason, taken."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from satuhati.core.meetings.calendar import Slot
from satuhati.text import translator
from satuhati.web.answers.actions import make_links
from satuhati.web.answers.links import token_of
from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings.models import Attendance, Meeting, MeetingSeries
from satuhati.web.register.models import Actor, Post, Term
from satuhati.web.rhythm.actions import (
    RoundClosedError,
    ask_proposal,
    ask_wishes,
    close_round,
    say_wishes,
)
from satuhati.web.rhythm.forms import GRID, offered, read_hours
from satuhati.web.rhythm.models import Wish, WishHour, WishRound
from satuhati.web.rhythm.proposing import make_proposal
from satuhati.web.rhythm.queries import get_counts_for, get_proposal_for
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

TODAY = timezone.localdate()
PEOPLE = {
    "a1": ("Aminah Contoh", "keagamaan"),
    "a2": ("Budi Contoh", "keagamaan"),
    "a3": ("Citra Contoh", "ekonomi"),
    "a4": ("Dedi Contoh", "ekonomi"),
    "a5": ("Eka Contoh", None),
}
TUESDAY, SATURDAY, SUNDAY = Slot(2, 1170), Slot(6, 1170), Slot(7, 540)


@pytest.fixture
def keeper(by: Callable[..., Who], community: Community) -> Who:
    who = by("secretary", name="Sekar Contoh")
    with scope(community=community):
        for n, (code, (name, section)) in enumerate(PEOPLE.items(), 1):
            actor = Actor.objects.create(
                community=community, public_id=code, name=name, kind="person", sector="pokja"
            )
            post = Post.objects.create(
                community=community, public_id=f"j{n}", name=f"Jabatan {n}", section=section,
                kind="section_member" if section else "patron",
            )  # fmt: skip
            Term.objects.create(
                community=community, public_id=f"m{n}", post=post, actor=actor, start=TODAY
            )
    return who


@pytest.fixture
def asked(keeper: Who, community: Community) -> WishRound:
    """Three hours are asked about; Eka is the head whose hours others may follow."""
    fields = {"name": "Rapat bulanan", "kind": "pokja", "frequency": "monthly",
              "closes_on": TODAY + dt.timedelta(days=7)}  # fmt: skip
    with scope(community=community):
        return ask_wishes(
            by=keeper, fields={**fields, "head": Actor.objects.get(public_id="a5")},
            hours=[("Selasa malam", TUESDAY), ("Sabtu ba'da Isya", SATURDAY), ("", SUNDAY)],
        )  # fmt: skip


def say(keeper: Who, round: WishRound, code: str, *slots: Slot, maybe: tuple[Slot, ...] = (),
        with_head: bool = False) -> None:  # fmt: skip
    with scope(community=round.community):
        keys = {Slot(h.weekday, h.minute): str(h.pk) for h in round.hours.all()}
        hours = {keys[s]: "yes" for s in slots} | {keys[s]: "maybe" for s in maybe}
        actor = Actor.objects.get(public_id=code)
        say_wishes(by=keeper, round=round, actor=actor, hours=hours, with_head=with_head)


def closed(keeper: Who, round: WishRound):
    with scope(community=round.community):
        close_round(by=keeper, round=round, on=TODAY)
        round.refresh_from_db()
        make_proposal(round.pk, round.revision)
        round.refresh_from_db()
        return get_proposal_for(keeper, round, "id")


def link(keeper: Who, community: Community, code: str) -> str:
    with scope(community=community):
        actor = Actor.objects.get(public_id=code)
        return f"/j/{token_of(make_links(by=keeper, actors=[actor])[actor.pk])}/"


def test_a_person_says_by_link_which_hours_suit(
    keeper: Who, asked: WishRound, community: Community, client: Client
) -> None:
    there = link(keeper, community, "a1")
    page = client.get(there).content.decode()
    assert "Sabtu ba&#39;da Isya" in page
    assert "Minggu 09.00" in page, "an hour without a name of its own"
    assert "Saya ikut pada hari Eka Contoh bisa" in page
    names = re.findall(r'name="(hour-\d+)"', page)
    post = dict(zip(dict.fromkeys(names), ("yes", "no", "maybe"), strict=True))
    there_jam = f"{there}jam/{asked.pk}/"
    client.post(there_jam, {**post, "with_head": "1", "hour-999": "yes", "hour-x": "yes"})
    with scope(community=community):
        row = Wish.objects.get()
        assert (row.actor.public_id, row.with_head) == ("a1", True)
        assert sorted(row.hours.values()) == ["maybe", "yes"], "only hours of this round, only says"
        assert AuditEntry.objects.get(action="wishes.say").role == "resident"
    client.post(there_jam, {})
    with scope(community=community):
        assert Wish.objects.get().hours == {}, "the last word counts, one row a person"


def test_nobody_sees_answers_before_the_round_closes(
    keeper: Who, asked: WishRound, community: Community, client: Client
) -> None:
    say(keeper, asked, "a1", TUESDAY)
    say(keeper, asked, "a2", TUESDAY, SATURDAY)
    client.force_login(keeper.user)
    page = client.get(f"/k/melati/rapat/jam/{asked.pk}/").content.decode()
    assert "2 dari 5 sudah menjawab" in page
    assert "Selasa" not in page.split("<main")[1].split("</main>")[0]
    with scope(community=community):
        assert get_counts_for(keeper, asked) == []
        assert get_proposal_for(keeper, asked, "id") is None
        with pytest.raises(RoundClosedError):
            ask_proposal(by=keeper, round=asked, fields={})
    other = client.get(link(keeper, community, "a3")).content.decode()
    assert "checked" not in other, "nothing of what others said"


def test_a_closed_round_takes_no_answer(
    keeper: Who, asked: WishRound, community: Community, client: Client
) -> None:
    there = link(keeper, community, "a1")
    with scope(community=community):
        WishRound.objects.update(closes_on=TODAY - dt.timedelta(days=2))
        with pytest.raises(RoundClosedError):
            say_wishes(by=keeper, round=asked, actor=Actor.objects.get(public_id="a1"),
                       hours={}, with_head=False)  # fmt: skip
    assert "Kapan sebaiknya rapat?" not in client.get(there).content.decode()
    said = client.post(f"{there}jam/{asked.pk}/", {"with_head": "1"}, follow=True).content.decode()
    assert "sudah ditutup" in said
    with scope(community=community):
        assert not Wish.objects.exists()


def test_the_proposal_seats_every_section_where_a_vote_would_not(
    keeper: Who, asked: WishRound, community: Community
) -> None:
    """Tuesday has three voices, none of ekonomi; Saturday two, one of each section."""
    say(keeper, asked, "a1", TUESDAY, SATURDAY)
    say(keeper, asked, "a2", TUESDAY)
    say(keeper, asked, "a5", TUESDAY)
    say(keeper, asked, "a3", SATURDAY)
    found = closed(keeper, asked)
    assert str(found.plan.pattern.id) == "Sabtu kedua, 19.30"
    assert str(found.vote.pattern.id) == "Selasa kedua, 19.30"
    assert found.plan.expected_attendance == pytest.approx(2)
    assert found.vote.expected_attendance == pytest.approx(3)
    assert found.vote.sections_short == 12, "ekonomi, at every date"
    assert found.excluded_by_vote == ("Citra Contoh",)
    assert found.silent == ("Dedi Contoh",)
    assert found.plan.optimal


def test_whom_one_follows_counts_at_their_hours(
    keeper: Who, asked: WishRound, community: Community
) -> None:
    say(keeper, asked, "a1", SUNDAY, with_head=True)
    say(keeper, asked, "a3", SUNDAY, with_head=True)
    say(keeper, asked, "a5", TUESDAY, maybe=(SATURDAY,))
    found = closed(keeper, asked)
    assert str(found.plan.pattern.id) == "Selasa kedua, 19.30"
    assert found.plan.expected_attendance == pytest.approx(3)
    with scope(community=community):
        counts = {c.slot: (c.yes, c.maybe) for c in get_counts_for(keeper, asked)}
    assert counts[TUESDAY] == (3, 0)
    assert counts[SUNDAY] == (2, 0)
    assert counts[SATURDAY] == (0, 1)


def test_turn_out_weighs_what_is_said(keeper: Who, asked: WishRound, community: Community) -> None:
    """Two who never come promise Tuesday; two who always come promise Saturday."""
    with scope(community=community):
        for n in range(6):
            held = Meeting.objects.create(
                community=community, public_id=f"h{n}", kind="pokja", status="held",
                date=TODAY - dt.timedelta(days=30 * (n + 1)),
            )  # fmt: skip
            for code in PEOPLE:
                Attendance.objects.create(
                    community=community, public_id=f"h{n}{code}", meeting=held,
                    actor=Actor.objects.get(public_id=code),
                    status="present" if code in ("a2", "a4") else "absent",
                )  # fmt: skip
        WishRound.objects.update(quorum=0)
        asked.refresh_from_db()
    say(keeper, asked, "a1", TUESDAY)
    say(keeper, asked, "a3", TUESDAY)
    say(keeper, asked, "a2", SATURDAY)
    say(keeper, asked, "a4", maybe=(SATURDAY,))
    found = closed(keeper, asked)
    assert str(found.plan.pattern.id) == "Sabtu kedua, 19.30"
    assert str(found.vote.pattern.id) == "Selasa kedua, 19.30", "voices are not weighed"
    assert found.plan.expected_attendance == pytest.approx(1.5), "never and always: no pooling"


def test_wishes_that_cannot_be_had_are_named(
    keeper: Who, asked: WishRound, community: Community, client: Client
) -> None:
    with scope(community=community):
        asked.required.add(Actor.objects.get(public_id="a5"))
    say(keeper, asked, "a1", TUESDAY)
    say(keeper, asked, "a3", TUESDAY)
    say(keeper, asked, "a5", SATURDAY)
    found = closed(keeper, asked)
    assert found.plan is None
    named = {limit.name for group in found.clashes for limit in group}
    assert "Eka Contoh" in named
    client.force_login(keeper.user)
    page = client.get(f"/k/melati/rapat/jam/{asked.pk}/").content.decode()
    assert "Tidak ada waktu yang memenuhi semuanya" in page
    assert "Eka Contoh" in page
    assert "seksi Seksi" not in page
    assert "Pakai yang paling dekat" in page


def test_every_sector_is_there_where_that_is_asked(
    keeper: Who, asked: WishRound, community: Community
) -> None:
    """Tuesday has more voices, but the one of the government can on Saturday only."""
    with scope(community=community):
        Actor.objects.filter(public_id="a5").update(sector="pemerintah")
        WishRound.objects.update(quorum=0)
        asked.refresh_from_db()
    for code in ("a1", "a2", "a3"):
        say(keeper, asked, code, TUESDAY)
    say(keeper, asked, "a4", SATURDAY)
    say(keeper, asked, "a5", SATURDAY)
    assert closed(keeper, asked).plan.pattern.id == "Selasa kedua, 19.30"
    with scope(community=community):
        ask_proposal(by=keeper, round=asked, fields={"each_sector": 1})
        make_proposal(asked.pk, asked.revision)
        asked.refresh_from_db()
        found = get_proposal_for(keeper, asked, "id")
    assert found is not None
    assert found.plan is not None
    assert found.plan.pattern.id == "Sabtu kedua, 19.30"


def test_a_proposal_keeps_off_the_hours_of_the_place(
    keeper: Who, asked: WishRound, community: Community
) -> None:
    say(keeper, asked, "a1", TUESDAY, SATURDAY)
    say(keeper, asked, "a3", TUESDAY, SATURDAY)
    say(keeper, asked, "a5", TUESDAY)
    community.local_days = "Selasa 18.00-21.00 pengajian"
    community.save()
    asked.refresh_from_db()
    found = closed(keeper, asked)
    assert found.plan.pattern.id == "Sabtu kedua, 19.30"
    assert [one.reason.id for one in found.shut] == ["pengajian"]


def test_a_section_that_has_not_answered_stops_nothing(
    keeper: Who, asked: WishRound, community: Community
) -> None:
    say(keeper, asked, "a1", TUESDAY)
    assert closed(keeper, asked).plan is not None


def test_the_record_names_people_by_key_only(
    keeper: Who, asked: WishRound, community: Community
) -> None:
    say(keeper, asked, "a1", TUESDAY)
    closed(keeper, asked)
    with scope(community=community):
        text = json.dumps(WishRound.objects.get().result)
    assert "Contoh" not in text
    assert '"a1"' in text


def test_a_proposal_asked_for_anew_is_not_overwritten_by_the_old_one(
    keeper: Who, asked: WishRound, community: Community
) -> None:
    say(keeper, asked, "a1", TUESDAY)
    with scope(community=community):
        close_round(by=keeper, round=asked, on=TODAY)
        first = asked.revision
        ask_proposal(by=keeper, round=asked, fields={"rotation": True})
        make_proposal(asked.pk, first)
        asked.refresh_from_db()
        assert asked.result is None, "the late answer to the first question is dropped"
        make_proposal(asked.pk, asked.revision)
        asked.refresh_from_db()
        assert asked.result is not None
        assert asked.result["kind"] == "rotation"
        make_proposal(10_000, 1)  # a round that is gone stops nothing


def test_the_rule_goes_on_to_the_schedule(
    keeper: Who, asked: WishRound, community: Community, client: Client
) -> None:
    say(keeper, asked, "a1", SATURDAY)
    say(keeper, asked, "a3", SATURDAY)
    closed(keeper, asked)
    client.force_login(keeper.user)
    page = client.get(f"/k/melati/rapat/jam/{asked.pk}/").content.decode()
    address = re.search(r'href="([^"]*jadwal/baru/\?[^"]+)"', page)
    assert address
    dates = client.get(address[1].replace("&amp;", "&")).content.decode()
    assert "Sabtu kedua, 19.30" in dates
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', dates))
    assert client.post("/k/melati/rapat/jadwal/baru/", form).status_code == 302
    with scope(community=community):
        assert MeetingSeries.objects.get().rule == "Sabtu kedua, 19.30"
        assert {m.date.isoweekday() for m in Meeting.objects.all()} == {6}


def test_a_rotation_becomes_meetings_each_at_its_own_hour(
    keeper: Who, asked: WishRound, community: Community, client: Client
) -> None:
    """Aminah and Budi can on Tuesday only, Citra on Saturday only: both get their turn."""
    with scope(community=community):
        WishRound.objects.update(rotation=True, quorum=0)
        asked.refresh_from_db()
    say(keeper, asked, "a1", TUESDAY)
    say(keeper, asked, "a2", TUESDAY)
    say(keeper, asked, "a3", SATURDAY)
    found = closed(keeper, asked)
    assert found.plan.worst_member == pytest.approx(6)
    client.force_login(keeper.user)
    there = f"/k/melati/rapat/jam/{asked.pk}/"
    page = client.get(there).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once
    for _ in range(2):  # a second tap plans nothing twice
        assert client.post(there + "pakai/", {"once": once[1]}).status_code == 302
    with scope(community=community):
        series = MeetingSeries.objects.get()
        meetings = list(Meeting.objects.order_by("date"))
    coming = [turn for turn in found.turns if turn.date >= TODAY]
    assert [(m.date, m.time) for m in meetings] == [(x.date, x.slot.clock) for x in coming]
    assert {m.date.isoweekday() for m in meetings} == {2, 6}
    assert series.rule is not None
    assert series.rule.startswith("Bergilir")


def test_only_a_rotation_is_taken_so(
    keeper: Who, asked: WishRound, community: Community, client: Client
) -> None:
    client.force_login(keeper.user)
    there = f"/k/melati/rapat/jam/{asked.pk}/pakai/"
    assert client.post(there).status_code == 404, "while it is open"
    say(keeper, asked, "a1", SATURDAY)
    closed(keeper, asked)
    assert client.post(there).status_code == 404, "a fixed hour has its own page"
    with scope(community=community):
        assert not MeetingSeries.objects.exists()


def page_form(page: str) -> dict[str, str]:
    """The form as the browser would send it untouched: what stands in its fields."""
    found = dict(re.findall(r'<input[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', page))
    found.pop("grid", None)
    for name, body in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    found["closes_on"] = str(TODAY + dt.timedelta(days=7))
    found["rotation"] = "0"
    found.pop("required", None)
    return {k: v.replace("&#39;", "'") for k, v in found.items()}


def test_the_secretary_asks_with_the_six_hours_offered(
    keeper: Who, community: Community, client: Client
) -> None:
    client.force_login(keeper.user)
    form = page_form(client.get("/k/melati/rapat/jam/tanya/").content.decode())
    form["name"], form["kind"], form["frequency"] = "Rapat Pokja", "pokja", "monthly"
    form["label-5"] = "Menumpang arisan RT 05"
    made = client.post("/k/melati/rapat/jam/tanya/", form)
    assert made.status_code == 302, made.content.decode()
    again = client.post("/k/melati/rapat/jam/tanya/", form)
    assert again.status_code == 302
    with scope(community=community):
        one = WishRound.objects.get()
        labels = set(WishHour.objects.values_list("label", flat=True))
        assert WishHour.objects.count() == 6
    assert {"Sabtu ba'da Isya", "Minggu pagi", "Menumpang arisan RT 05"} <= labels
    page = client.get(f"/k/melati/rapat/jam/{one.pk}/").content.decode()
    assert page.count("http://testserver/j/") == 5


def test_the_whole_week_can_be_asked_about(
    keeper: Who, community: Community, client: Client
) -> None:
    client.force_login(keeper.user)
    form = page_form(client.get("/k/melati/rapat/jam/tanya/").content.decode())
    form |= {"name": "Rapat", "kind": "pokja", "frequency": "monthly", "grid": "1"}
    assert client.post("/k/melati/rapat/jam/tanya/", form).status_code == 302
    with scope(community=community):
        assert WishHour.objects.count() == len(GRID) == 84
    page = client.get(link(keeper, community, "a1")).content.decode()
    assert page.count('type="checkbox"') == 84


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"time-0": "25:00"}, "Tulis jamnya seperti 19:30"),
        ({"time-0": ""}, "Tulis jamnya seperti 19:30"),
        ({"day-0": ""}, "Pilih hari untuk waktu ini"),
        ({"day-0": "67"}, "Pilih hari untuk waktu ini"),
        ({"day-1": "6", "time-1": "19.30"}, "sama dengan no. 1"),
        ({f"{k}-{n}": "" for k in ("label", "day", "time") for n in range(5)},
         "sekurangnya dua waktu"),
        ({"closes_on": str(TODAY - dt.timedelta(days=1))}, "antara hari ini dan dua bulan lagi"),
        ({"label-0": "x" * 101}, "100"),
    ],
)  # fmt: skip
def test_bad_hours_are_told_and_nothing_is_asked(
    keeper: Who, community: Community, client: Client, change: dict[str, str], said: str
) -> None:
    client.force_login(keeper.user)
    form = page_form(client.get("/k/melati/rapat/jam/tanya/").content.decode())
    form |= {"name": "Rapat", "kind": "pokja", "frequency": "monthly"}
    answer = client.post("/k/melati/rapat/jam/tanya/", form | change)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    with scope(community=community):
        assert not WishRound.objects.exists()


def test_what_is_offered_can_be_read_back() -> None:
    for lang in ("id", "en"):
        t = translator(lang)
        given = {f"{k}-{line.n}": v for line in offered(t) for k, v in
                 (("label", line.label), ("day", line.weekday), ("time", line.time))}  # fmt: skip
        lines, hours, wrong = read_hours(given, t)
        assert (len(hours), wrong, [line.error for line in lines if line.error]) == (6, "", [])


def test_a_member_answers_signed_in(
    keeper: Who, asked: WishRound, by: Callable[..., Who], community: Community, client: Client
) -> None:
    member = by("member", name="Fajar Contoh")
    assert member.membership is not None
    with scope(community=community):
        with pytest.raises(NotAllowedError):
            say_wishes(by=member, round=asked, actor=Actor.objects.get(public_id="a1"),
                       hours={}, with_head=False)  # fmt: skip
        Term.objects.filter(public_id="m4").update(actor=member.membership.actor)
        hour = WishHour.objects.first()
    client.force_login(member.user)
    there = "/k/melati/rapat/jam/jawab/"
    assert "Rapat bulanan" in client.get(there).content.decode()
    client.post(there, {"round": str(asked.pk), f"hour-{hour.pk}": "yes"})
    with scope(community=community):
        assert Wish.objects.get().actor == member.membership.actor
    said = client.post(there, {"round": "x"}, follow=True).content.decode()
    assert "sudah ditutup" in said


def test_outsiders_find_nothing(
    asked: WishRound, outsider: Client, client_of: Callable[[str], Client], client: Client
) -> None:
    pages = ("", "tanya/", f"{asked.pk}/", f"{asked.pk}/tutup/", f"{asked.pk}/coba/",
             f"{asked.pk}/hapus/", f"{asked.pk}/pakai/")  # fmt: skip
    for some in (outsider, client_of("member"), client_of("overseer")):
        for page in pages:
            assert some.get(f"/k/melati/rapat/jam/{page}").status_code in (404, 405)
            assert some.post(f"/k/melati/rapat/jam/{page}").status_code in (404, 405)
    for page in pages:
        assert client.post(f"/k/melati/rapat/jam/{page}").status_code in (302, 405)
    assert outsider.get("/k/melati/rapat/jam/jawab/").status_code == 404
    with scope(community=asked.community):
        assert WishRound.objects.get().closed_on is None


def test_deleting_takes_all_answers_along(
    keeper: Who, asked: WishRound, community: Community, client: Client
) -> None:
    say(keeper, asked, "a1", TUESDAY)
    client.force_login(keeper.user)
    assert client.post(f"/k/melati/rapat/jam/{asked.pk}/hapus/").status_code == 302
    with scope(community=community):
        assert not Wish.objects.exists()
        assert not WishHour.objects.exists()
