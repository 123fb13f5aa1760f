"""Several schedules share rooms and people: an hour for each, looked at, then taken over."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django_scopes import scope

from satuhati.core.meetings.calendar import Slot
from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings.actions import edit_meeting
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.register.models import Actor, Post, Term
from satuhati.web.rhythm.actions import ask_wishes, close_round, say_wishes
from satuhati.web.rhythm.models import Rotation, SharedHours, WishRound
from satuhati.web.rhythm.sharing import Line, joined
from satuhati.web.rhythm.sharing_actions import ask_together, take_together
from satuhati.web.rhythm.sharing_making import make_together
from satuhati.web.tenancy import clock
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

TODAY = dt.date(2026, 11, 20)
SATURDAY, SUNDAY = Slot(6, 1170), Slot(7, 540)
BASE = "/k/melati/rapat/jam/bersama/"
PEOPLE = {
    "a1": ("Aminah Contoh", "ekonomi"), "a2": ("Budi Contoh", "ekonomi"),
    "a3": ("Citra Contoh", "keagamaan"), "a4": ("Dedi Contoh", "keagamaan"),
    "a5": ("Eka Contoh", None),
}  # fmt: skip
SERIES = {"rr1": "Rapat seksi Ekonomi", "rr2": "Rapat seksi Keagamaan"}


@pytest.fixture
def keeper(
    by: Callable[..., Who], community: Community, monkeypatch: pytest.MonkeyPatch, client: Client
) -> Who:
    """Two schedules of two sections in one room; all said that they can on Saturday, the first
    section on Sunday too."""
    noon = dt.datetime.combine(TODAY, dt.time(5), tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "timezone", SimpleNamespace(now=lambda: noon))
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
        asked = ask_wishes(
            by=who, hours=[("", SATURDAY), ("", SUNDAY)],
            fields={"name": "Jam yang cocok", "kind": "pokja", "frequency": "monthly",
                    "closes_on": TODAY},
        )  # fmt: skip
        keys = {Slot(h.weekday, h.minute): str(h.pk) for h in asked.hours.all()}
        for code in PEOPLE:
            hours = {keys[SATURDAY]: "yes"}
            if code in ("a1", "a2"):
                hours[keys[SUNDAY]] = "yes" if code == "a1" else "maybe"
            say_wishes(by=who, round=asked, actor=Actor.objects.get(public_id=code), hours=hours,
                       with_head=False)  # fmt: skip
        close_round(by=who, round=asked, on=TODAY)
        for n, (code, name) in enumerate(SERIES.items()):
            one = MeetingSeries.objects.create(
                community=community, public_id=code, name=name, kind="pokja", start=TODAY,
                frequency="monthly", rule="Selasa pertama, 19.30",
            )  # fmt: skip
            Meeting.objects.create(
                community=community, public_id=f"r{n}", series=one, kind="pokja", time="19:30",
                status="planned", date=dt.date(2027, 1, 5), place="RPTRA",
            )  # fmt: skip
    client.force_login(who.user)
    return who


@pytest.fixture
def sheet(keeper: Who, community: Community) -> dict[str, object]:
    """The form filled in for both schedules, one room, one week of the month."""
    with scope(community=community):
        asked = str(WishRound.objects.get().pk)
    return {
        "year": "2027", "weeks": ["2"], "minutes": "120", "quorum": "0",
        **{f"used-{code}": "1" for code in SERIES}, **{f"round-{code}": asked for code in SERIES},
        "who-rr1": "ekonomi", "who-rr2": "keagamaan", "rooms-rr1": "RPTRA", "rooms-rr2": "RPTRA",
        "people-rr1": "", "people-rr2": "",
    }  # fmt: skip


@pytest.fixture
def look(client: Client, community: Community) -> Callable[..., str]:
    """``look(sheet)``: the sheet is sent, the worker works, and the page one sees."""

    def go(sheet: dict[str, object]) -> str:
        answer = client.post(BASE, sheet)
        assert answer.status_code == 302, answer.content.decode()
        assert "sedang dicari" in client.get(BASE).content.decode()
        with scope(community=community):
            found = SharedHours.objects.get()
        make_together(found.pk, found.revision)
        return client.get(BASE).content.decode()

    return go


def take(client: Client, page: str) -> str:
    mark = re.search(r'name="mark" value="(\w+)"', page)
    assert mark
    return client.post(BASE + "pakai/", {"mark": mark[1]}, follow=True).content.decode()


def of(community: Community, code: str) -> list[Meeting]:
    with scope(community=community):
        return list(Meeting.objects.filter(series__public_id=code).order_by("date"))


def rules(community: Community) -> dict[str, str | None]:
    with scope(community=community):
        return dict(MeetingSeries.objects.values_list("public_id", "rule"))


def test_the_form_begins_with_a_guess(keeper: Who, client: Client) -> None:
    assert (
        "Cari waktu untuk semua sekaligus" in client.get("/k/melati/rapat/jadwal/").content.decode()
    )
    page = client.get(BASE).content.decode()
    assert re.search(r'id="who-rr1".*?value="ekonomi" selected', page, re.S)
    assert re.search(r'id="who-rr2".*?value="keagamaan" selected', page, re.S)
    assert 'id="rooms-rr1" name="rooms-rr1" value="RPTRA"' in page
    assert "Jam yang cocok" in page


def test_each_gets_an_hour_and_nobody_needs_what_another_uses(
    sheet: dict[str, object], look: Callable[..., str], client: Client, community: Community
) -> None:
    """One room, one week: the first section goes to Sunday, where fewer of it come.

    All Saturday evenings of February 2027 are in Ramadan: eleven dates of twelve can be held.
    """
    page = look(sheet)
    assert rules(community) == dict.fromkeys(SERIES, "Selasa pertama, 19.30"), "only looked at"
    text = re.sub(r"<[^>]+>", " ", page)
    assert re.search(r"Rapat seksi Ekonomi\s+Selasa pertama, 19.30\s+Minggu kedua, 09.00", text)
    assert re.search(r"Rapat seksi Keagamaan\s+Selasa pertama, 19.30\s+Sabtu kedua, 19.30", text)
    assert "Andai tidak berbagi, Sabtu 19.30 paling cocok baginya: perkiraan 1,8 hadir" in text
    assert "terbukti yang terbaik" in text
    assert "tertutup: malam Ramadan" in text
    for counts in ("1 rapat pindah, 11 baru, 0 tetap", "1 rapat pindah, 10 baru, 0 tetap"):
        assert counts in " ".join(text.split())
    said = take(client, page)
    assert "23 rapat direncanakan ulang" in said
    assert rules(community) == {"rr1": "Minggu kedua, 09.00", "rr2": "Sabtu kedua, 19.30"}
    for code, weekday, time in (("rr1", 7, "09:00"), ("rr2", 6, "19:30")):
        found = of(community, code)
        assert [m.date.month for m in found] == [n for n in range(1, 13) if n != 2 or weekday == 7]
        assert {(m.date.isoweekday(), m.time, m.place) for m in found} == {(weekday, time, "RPTRA")}
        assert found[0].planned_for == dt.date(2027, 1, 5)
    # A second tap does nothing, and the same question finds that nothing is left to do.
    client.post(BASE + "pakai/", {"mark": "x"})
    assert len(of(community, "rr1")) == 12
    assert "0 rapat pindah, 0 baru, 12 tetap seperti adanya." in " ".join(
        re.sub(r"<[^>]+>", " ", look(sheet)).split()
    )


def test_a_second_room_or_week_gives_everybody_the_best(
    sheet: dict[str, object], look: Callable[..., str]
) -> None:
    for more in ({"rooms-rr2": "RPTRA; Balai"}, {"weeks": ["2", "3"]}):
        page = look({**sheet, **more})
        assert "Minggu" not in page.split("<table>")[1].split("</table>")[0]
        assert "Andai tidak berbagi" not in page


def test_nobody_is_in_two_places_at_once(
    sheet: dict[str, object], look: Callable[..., str], client: Client
) -> None:
    """In two rooms: but Eka has to be at both, and can on Saturday only."""
    apart = {**sheet, "rooms-rr2": "Balai"}
    assert "Not every" not in look(apart)
    both = {**apart, "people-rr1": "eka contoh", "people-rr2": "Eka Contoh"}
    page = look(both)
    assert "Tidak semua jadwal bisa mendapat waktu" in page
    assert "Eka Contoh" in page
    assert 'name="mark"' not in page
    assert client.post(BASE + "pakai/", {"mark": "x"}).status_code == 302
    # And a member of both: the second schedule is everybody's.
    page = look({**apart, "who-rr2": ""})
    table = page.split("<table>")[1].split("</table>")[0]
    assert "Minggu kedua, 09.00" in table
    assert "Sabtu kedua, 19.30" in table


def test_of_whom_names_are_made() -> None:
    def member(code: str) -> object:
        return SimpleNamespace(actor=SimpleNamespace(public_id=code))

    lines = [Line("x", 1), Line("y", 1), Line("z", 1, people=("a",))]
    own = [[member("a"), member("b"), member("c")], [member("a"), member("b")], [member("d")]]
    assert joined(lines, own) == [("=a,b", "a"), ("=a,b", "a"), ()]


def test_what_people_were_told_of_stays(
    sheet: dict[str, object], look: Callable[..., str], client: Client, community: Community
) -> None:
    with scope(community=community):
        Meeting.objects.filter(public_id="r0").update(notice_on=TODAY)
        Meeting.objects.create(
            community=community, public_id="r7", kind="musyawarah", time="08:00", place="rptra",
            status="planned", date=dt.date(2027, 3, 14), title="Musyawarah warga",
        )  # fmt: skip
        Meeting.objects.create(
            community=community, public_id="r8", kind="pokja", time="19:30", status="planned",
            date=dt.date(2028, 1, 4), series=MeetingSeries.objects.get(public_id="rr2"),
        )  # fmt: skip
    page = look(sheet)
    assert "Tetap seperti semula" in page or "Ini tetap seperti semula" in page
    assert "Musyawarah warga" in page, "the room is taken by another meeting"
    assert "1 yang direncanakan sesudah 2027 tetap pada jamnya" in page
    take(client, page)
    first = of(community, "rr1")[0]
    assert (first.date, first.time) == (dt.date(2027, 1, 5), "19:30")
    assert of(community, "rr2")[-1].date == dt.date(2028, 1, 4)


def test_a_period_that_is_closed_at_the_new_hour_keeps_its_meeting(
    sheet: dict[str, object], look: Callable[..., str], client: Client, community: Community
) -> None:
    """Saturday evenings of February are in Ramadan: its meeting of Tuesday noon stays."""
    with scope(community=community):
        Meeting.objects.create(
            community=community, public_id="r9", kind="pokja", time="13:00", status="planned",
            date=dt.date(2027, 2, 2), series=MeetingSeries.objects.get(public_id="rr2"),
        )  # fmt: skip
    page = look(sheet)
    assert "Ini tetap pada harinya, karena hari barunya tertutup: 2 Februari 2027" in page
    assert "1 rapat pindah, 10 baru, 1 tetap" in " ".join(re.sub(r"<[^>]+>", " ", page).split())
    take(client, page)
    second = of(community, "rr2")[1]
    assert (second.date, second.time) == (dt.date(2027, 2, 2), "13:00")


def test_what_was_seen_is_taken_or_nothing(
    sheet: dict[str, object], look: Callable[..., str], client: Client, community: Community,
    keeper: Who,
) -> None:  # fmt: skip
    page = look(sheet)
    with scope(community=community):
        moved = Meeting.objects.get(public_id="r1")
        edit_meeting(by=keeper, meeting=moved, revision=0, fields={"place": "Masjid"})
        Rotation.objects.create(
            community=community, series=MeetingSeries.objects.get(public_id="rr1")
        )
    assert "Mohon lihat lagi" in take(client, page)
    assert rules(community) == dict.fromkeys(SERIES, "Selasa pertama, 19.30")
    with scope(community=community):
        old = SharedHours.objects.get()
        make_together(old.pk, old.revision - 1)  # the late answer to an earlier question
        make_together(10_000, 1)
    take(client, client.get(BASE).content.decode())
    assert rules(community)["rr1"] == "Minggu kedua, 09.00"
    with scope(community=community):
        assert not Rotation.objects.exists(), "it takes turns no longer"
        details = AuditEntry.objects.get(action="sharing.take").details
    assert details == {"rows": 2, "moved": 2, "planned": 21}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"used-rr2": ""}, "sedikitnya dua jadwal"),
        ({"round-rr1": "999"}, "Pilih jawaban siapa yang dihitung"),
        ({"who-rr1": "lainnya"}, "Pilih jawaban siapa yang dihitung"),
        ({"people-rr2": "Fulan; Budi Contoh"}, "yang bernama: Fulan"),
        ({"rooms-rr1": "x" * 101}, "lebih dari 100 huruf"),
        ({"weeks": []}, "perlu diperiksa lagi"),
        ({"year": "2031"}, "perlu diperiksa lagi"),
        ({"minutes": "5"}, "perlu diperiksa lagi"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_asked(
    wrong: dict[str, object], said: str, sheet: dict[str, object], client: Client,
    community: Community,
) -> None:  # fmt: skip
    answer = client.post(BASE, {**sheet, **wrong})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page
    assert 'value="RPTRA"' in page or "xxx" in page, "what was typed stands there still"
    with scope(community=community):
        assert not SharedHours.objects.exists()


def test_schedules_of_one_frequency_only(
    sheet: dict[str, object], client: Client, community: Community
) -> None:
    with scope(community=community):
        MeetingSeries.objects.filter(public_id="rr2").update(frequency="weekly")
    assert "frekuensi yang sama" in client.post(BASE, sheet).content.decode()
    with scope(community=community):
        MeetingSeries.objects.filter(public_id="rr2").update(end=TODAY)
    assert "perlu dua jadwal yang berlaku" in client.get(BASE).content.decode()


def test_an_open_round_is_no_basis(
    sheet: dict[str, object], client: Client, community: Community
) -> None:
    with scope(community=community):
        WishRound.objects.update(closed_on=None, closes_on=TODAY + dt.timedelta(days=3))
    assert "belum ditanya" in client.get(BASE).content.decode()
    assert client.post(BASE, sheet).status_code == 400, "nobody sees answers before it closes"


def test_outsiders_and_members_share_nothing(
    sheet: dict[str, object], look: Callable[..., str], client_of: Callable[[str], Client],
    outsider: Client, community: Community, by: Callable[..., Who], elsewhere: Community,
    make_member: Callable[..., object],
) -> None:  # fmt: skip
    page = look(sheet)
    mark = re.search(r'name="mark" value="(\w+)"', page)
    assert mark
    for other in (outsider, client_of("member"), client_of("overseer"), client_of("researcher")):
        assert other.get(BASE).status_code == 404
        assert other.post(BASE, sheet).status_code == 404
        assert other.post(BASE + "pakai/", {"mark": mark[1]}).status_code == 404
    assert rules(community)["rr1"] == "Selasa pertama, 19.30"
    neighbour = Client()
    neighbour.force_login(make_member(elsewhere, "secretary"))
    own = neighbour.get(BASE.replace("melati", "kenanga")).content.decode()
    assert "Ekonomi" not in own
    assert "Jam yang cocok" not in own
    with scope(community=community):
        found = SharedHours.objects.get()
        with pytest.raises(NotAllowedError):
            take_together(by=by("member"), sheet=found, mark=mark[1], today=TODAY)
        with pytest.raises(NotAllowedError):
            ask_together(by=by("member"), fields={"year": 2027}, lines=[])
