"""Beranda, meetings, services, the public page, settings, consent, the trail."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope

from satuhati.examples.generate import example_folder
from satuhati.web.audit import sealing
from satuhati.web.audit.models import AuditEntry
from satuhati.web.audit.words import ACTIONS, thing_word
from satuhati.web.meetings.actions import edit_meeting, plan_meeting
from satuhati.web.meetings.models import FollowUp, Meeting
from satuhati.web.meetings.queries import get_last_time_for
from satuhati.web.outreach.models import ResidentVoice, Service
from satuhati.web.planning.models import Plan
from satuhati.web.register.consent_actions import give_consent, in_force, withdraw_consent
from satuhati.web.register.models import Actor, Consent
from satuhati.web.tenancy import memory
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

HOME = "/k/melati/"
MENU = ("Beranda", "Rapat", "Warga", "Layanan", "Laporan")
TODAY = dt.date(2026, 11, 27)


@pytest.fixture
def example(
    community: Community,
    fill: Callable[[Community, Path], None],
    snapshot: Callable[[Community, object], None],
) -> Community:
    """The community with the records of the synthetic example."""
    fill(community, example_folder())
    snapshot(community, example_folder())
    return community


def test_home_of_the_example(
    example: Community, client_of: Callable[[str], Client], outsider: Client
) -> None:
    page = client_of("secretary").get(HOME).content.decode()
    for words in ("Tiga lampu", "Belum ada rapat yang direncanakan", "Siapa yang hadir terakhir",
                  "Tindak lanjut", "Kapasitas kita", "belum menyala"):  # fmt: skip
        assert words in page, words
    assert outsider.get(HOME).status_code == 404
    overseer = client_of("overseer").get(HOME).content.decode()
    assert "Tiga lampu" in overseer
    assert "Siapa yang hadir" not in overseer, "aggregates only"


@pytest.mark.parametrize(
    ("address", "entry"),
    [("", "Beranda"), ("rapat/jadwal/", "Rapat"), ("laporan/", "Laporan"), ("survei/", "Laporan"),
     ("jejaring/peta/", "Laporan"), ("norma/", None)],
)  # fmt: skip
def test_the_menu_says_where_one_is(
    client_of: Callable[[str], Client], address: str, entry: str | None
) -> None:
    page = client_of("secretary").get(HOME + address).content.decode()
    marked = re.findall(
        r'<a href="[^"]*" aria-current="page">(?:<svg.*?</svg>\s*)?(\w+)</a>', page, re.S
    )
    assert [w for w in marked if w in MENU] == ([entry] * 2 if entry else []), "phone and desk"


def test_health_says_when_the_database_is_away(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/sehat/").json()["database"] == "ok"

    def gone() -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as without:
        without.setattr(connection, "cursor", gone)
        answer = Client().get("/sehat/")
    assert (answer.status_code, answer.json()["database"]) == (503, "away")


def test_home_asks_the_database_a_known_number_of_times(
    example: Community, client_of: Callable[[str], Client]
) -> None:
    Community.objects.filter(pk=example.pk).update(guide_done=True)
    with scope(community=example):
        Plan.objects.update(end=None)  # one is running, whenever this is
    client = client_of("secretary")
    client.get(HOME)
    with CaptureQueriesContext(connection) as again:
        client.get(HOME)
    assert len(again) == 6, "\n".join(q["sql"][:200] for q in again)
    memory.forget()
    with CaptureQueriesContext(connection) as seen:
        client.get(HOME)
    assert len(seen) == 25, "\n".join(q["sql"][:120] for q in seen)


def test_an_empty_community_says_what_to_do_first(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    page = client.get(HOME).content.decode()
    assert "Lima langkah untuk mulai" in page
    assert "jadwal/baru/" in client.get(f"{HOME}rapat/").content.decode()
    for address in ("rapat/", "rapat/?lihat=lalu", "rapat/tindak-lanjut/", "layanan/", "warga/",
                    "warga/susunan/", "warga/organisasi/", "warga/aset/",
                    "persetujuan/"):  # fmt: skip
        page = client.get(HOME + address).content.decode()
        assert 'class="empty"' in page or "<li" in page, address
    client.post(f"{HOME}pengaturan/langkah/")
    assert "Lima langkah" not in client.get(HOME).content.decode()


def test_who_came_last_time_by_sector(by: Callable[..., Who], example: Community) -> None:
    who = by("secretary")
    with scope(community=example):
        last = get_last_time_for(who)
        assert last is not None
        held = Meeting.objects.filter(status="held", kind="pokja").order_by("-date")
        assert last.meeting == held[0]
        rows = held[0].attendance_rows.all()
        assert last.invited == len(rows) == sum(s.invited for s in last.sectors)
        assert last.came == sum(r.status in ("present", "represented") for r in rows)
        assert last.came == sum(s.came for s in last.sectors) > 0


# -- meetings ------------------------------------------------------------------------------------


def test_planning_a_meeting_once_and_moving_it(
    community: Community, client_of: Callable[[str], Client], outsider: Client
) -> None:
    client = client_of("secretary")
    page = client.get(f"{HOME}rapat/baru/").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once is not None
    day = today_in(community) + dt.timedelta(days=9)
    form = {"kind": "pokja", "date": day.isoformat(), "time": "19:30",
            "title": "Rapat <b>Desember</b>",
            "once": once.group(1)}  # fmt: skip
    assert client.post(f"{HOME}rapat/baru/", form).status_code == 302
    assert client.post(f"{HOME}rapat/baru/", form).status_code == 302, "a second tap"
    with scope(community=community):
        meeting = Meeting.objects.get()
    page = client.get(HOME).content.decode()
    assert "Rapat &lt;b&gt;Desember&lt;/b&gt;" in page
    assert "19.30" in page
    later = (day + dt.timedelta(days=7)).isoformat()
    moved = {**form, "status": "planned", "date": later, "revision": "0"}
    assert client.post(f"{HOME}rapat/{meeting.public_id}/ubah/", moved).status_code == 302
    meeting.refresh_from_db()
    assert meeting.planned_for == day
    assert client_of("member").get(f"{HOME}rapat/baru/").status_code == 404
    assert outsider.get(f"{HOME}rapat/{meeting.public_id}/").status_code == 404
    bad = client.post(f"{HOME}rapat/baru/", {**form, "date": "30 Februari", "once": "x"})
    assert bad.status_code == 400


def test_the_second_of_two_editors_is_told_and_loses_nothing(
    community: Community, client_of: Callable[[str], Client], by: Callable[..., Who]
) -> None:
    who = by("secretary")
    with scope(community=community):
        meeting = plan_meeting(by=who, kind="pokja", date=TODAY, title="Awal")
        edit_meeting(by=who, meeting=meeting, revision=0, fields={"title": "Punya yang pertama"})
        with pytest.raises(ChangedMeanwhileError):
            edit_meeting(by=who, meeting=meeting, revision=0, fields={"title": "Lain"})
    client = client_of("field_officer")
    address = f"{HOME}rapat/{meeting.public_id}/ubah/"
    form = {"kind": "pokja", "status": "planned", "date": "2026-11-27", "revision": "0",
            "title": "Punya yang kedua"}  # fmt: skip
    answer = client.post(address, form)
    page = answer.content.decode()
    assert "Punya yang pertama" in page, "what is saved now"
    assert "Punya yang kedua" in page, "what was typed"
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision is not None
    assert client.post(address, {**form, "revision": revision.group(1)}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.title == "Punya yang kedua"


@pytest.mark.parametrize("n", [1, 3])
def test_lists_ask_the_same_number_of_questions_for_one_and_three(
    n: int, community: Community, client_of: Callable[[str], Client], by: Callable[..., Who]
) -> None:
    who = by("secretary")
    with scope(community=community):
        for i in range(n):
            plan_meeting(by=who, kind="pokja", date=TODAY + dt.timedelta(days=i))
            Service.objects.create(community=community, public_id=f"l{i}", name=f"Layanan {i}")
            ResidentVoice.objects.create(
                community=community, public_id=f"s{i}", kind="question", text="?", date=TODAY
            )
            FollowUp.objects.create(
                community=community, public_id=f"t{i}", text="Tugas", agreed_on=TODAY,
                owner=who.membership.actor,
            )  # fmt: skip
    client = client_of("field_officer")
    expected = {"rapat/": 5, "rapat/tindak-lanjut/": 7, "layanan/": 6, "jejak/": 5}
    for address, count in expected.items():
        client.get(HOME + address)
        memory.forget()
        with CaptureQueriesContext(connection) as seen:
            assert client.get(HOME + address).status_code == 200
        assert len(seen) == count, (address, [q["sql"][:90] for q in seen])


def test_a_follow_up_is_done_with_one_tap_and_taken_back(
    community: Community, client_of: Callable[[str], Client], by: Callable[..., Who]
) -> None:
    who = by("member", name="Pemilik Tugas")
    with scope(community=community):
        task = FollowUp.objects.create(
            community=community, public_id="t1", text="Pasang poster", agreed_on=TODAY,
            owner=who.membership.actor,
        )  # fmt: skip
    other = client_of("member")
    address = f"{HOME}rapat/tindak-lanjut/t1/"
    assert other.post(f"{address}selesai/").status_code == 404, "not theirs"
    own = Client()
    own.force_login(who.user)
    assert own.post(f"{address}selesai/").status_code == 302
    task.refresh_from_db()
    assert task.done_on == timezone.localdate()
    assert "Batalkan" in own.get(f"{HOME}rapat/tindak-lanjut/").content.decode()
    own.post(f"{address}buka/")
    task.refresh_from_db()
    assert task.done_on is None


# -- services and the public page ----------------------------------------------------------------


def test_the_public_page_shows_official_acts_and_no_number(
    example: Community, client: Client
) -> None:
    with scope(community=example):
        holder = Actor.objects.filter(kind="person").first()
        assert holder is not None
        Actor.objects.filter(pk=holder.pk).update(phone="+6281234567890")
    page = client.get("/p/melati/").content.decode()
    assert "Rumah Anak SIGAP" in page
    assert "81234567890" not in page
    Community.objects.filter(pk=example.pk).update(public_page=False)
    assert client.get("/p/melati/").status_code == 404


def test_a_resident_speaks_up_without_a_name(
    community: Community, client: Client, client_of: Callable[[str], Client], outsider: Client
) -> None:
    form = {"kind": "proposal", "text": "Lampu <jalan> \U0001f4a1 'mati'", "website": ""}
    assert client.post("/p/melati/suara/", form).status_code == 302
    with scope(community=community):
        voice = ResidentVoice.objects.get()
    assert voice.actor_id is None
    assert voice.channel is not None
    client.post("/p/melati/suara/", {**form, "website": "http://jual.invalid"})
    with scope(community=community):
        assert ResidentVoice.objects.count() == 1, "only a machine fills in what nobody sees"
    keeper = client_of("secretary")
    assert "Lampu &lt;jalan&gt;" in keeper.get(f"{HOME}layanan/").content.decode()
    reply = {"replied_on": "2026-11-27", "decision": "accepted", "revision": "0"}
    address = f"{HOME}layanan/suara/{voice.public_id}/"
    assert outsider.post(address, reply).status_code == 404
    assert keeper.post(address, reply).status_code == 302
    assert "1 dari 1 pesan warga sudah dijawab" in client.get("/p/melati/").content.decode()
    for _ in range(6):
        answer = client.post("/p/melati/suara/", form)
    assert answer.status_code == 400
    assert "satu jam lagi" in answer.content.decode()


# -- settings, consent, trail --------------------------------------------------------------------


def test_settings_are_saved_and_wrong_ones_explained(
    community: Community, client_of: Callable[[str], Client], outsider: Client
) -> None:
    client = client_of("secretary")
    form = {"name": "Kampung Melati", "households": "120", "idle_minutes": "15", "revision": "0",
            "meeting_minutes": "90", "public_page": "on", "time_zone": "WITA"}  # fmt: skip
    assert client.post(f"{HOME}pengaturan/", form).status_code == 302
    community.refresh_from_db()
    assert (community.households, community.time_zone) == (120, "WITA")
    bad = client.post(f"{HOME}pengaturan/", {**form, "households": "-3", "revision": "1"})
    assert bad.status_code == 400
    assert 'aria-invalid="true"' in bad.content.decode()
    assert outsider.post(f"{HOME}pengaturan/", form).status_code == 404
    assert client_of("member").get(f"{HOME}pengaturan/").status_code == 404


def test_consent_is_given_and_withdrawn_strand_by_strand(
    community: Community, by: Callable[..., Who], outsider: Client
) -> None:
    who = by("member", name="Sekar Contoh")
    actor = who.membership.actor
    own = Client()
    own.force_login(who.user)
    address = f"{HOME}persetujuan/saya/"
    own.post(address, {"strand": "survey", "do": "give"})
    own.post(address, {"strand": "survey", "do": "give"})
    with scope(community=community):
        given = Consent.objects.get()
        assert given.purpose_version
        assert in_force(actor, "survey") == given
        assert in_force(actor, "ties") is None
    own.post(address, {"strand": "survey", "do": "withdraw"})
    with scope(community=community):
        assert in_force(actor, "survey") is None
        stranger = by("member", name="Orang Lain")
        with pytest.raises(NotAllowedError):
            give_consent(by=stranger, actor=actor, strand="ties", on=TODAY)
        with pytest.raises(NotAllowedError):
            withdraw_consent(by=stranger, actor=actor, strand="ties", on=TODAY)
    assert outsider.get(address).status_code == 404
    assert own.get(f"{HOME}persetujuan/").status_code == 404


def test_every_action_has_words_and_leaves_a_trace(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    import pkgutil
    from importlib import import_module

    import satuhati.web as web

    found = set()
    for module in pkgutil.walk_packages(web.__path__, "satuhati.web."):
        if module.name.endswith(("actions", "jobs")):
            for thing in vars(import_module(module.name)).values():
                if hasattr(thing, "action_name"):
                    found.add(thing.action_name)
    assert len(found) > 25
    assert found <= set(ACTIONS), found - set(ACTIONS)
    client = client_of("secretary")
    client.post(f"{HOME}warga/baru/person/", {"name": "Baru Contoh", "once": "1"})
    page = client.get(f"{HOME}jejak/").content.decode()
    assert "menambah orang atau organisasi" in page
    entry = AuditEntry.objects.get(action="person.add")
    assert "Baru Contoh" not in str(entry.details)


def test_the_trail_says_in_words_what_each_entry_is_about() -> None:
    import ast

    import satuhati.web as web

    root = Path(web.__path__[0])
    tables = {
        call.args[1].value
        for path in root.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "Outcome"
        and len(call.args) > 1
        and isinstance(call.args[1], ast.Constant)
    } - {""}
    assert {"actors", "meetings", "memberships", "users"} <= tables
    assert {t for t in tables if thing_word(t, "id") == t} == set()


def test_the_trail_is_sealed_and_a_changed_entry_is_found(db: None) -> None:
    for n in range(5):
        AuditEntry.objects.create(role="secretary", action="person.add", details={"n": n})
    assert sealing.seal(dt.timedelta(0)) == 5
    assert sealing.seal(dt.timedelta(0)) == 0
    assert sealing.first_broken() is None
    AuditEntry.objects.create(role="secretary", action="person.edit")
    assert sealing.seal(dt.timedelta(0)) == 1
    assert sealing.first_broken() is None
    third = AuditEntry.objects.order_by("pk")[2]
    AuditEntry.objects.filter(pk=third.pk).update(details={"n": 99})
    assert sealing.first_broken() == third.pk
    AuditEntry.objects.filter(pk=third.pk).delete()
    assert sealing.first_broken() is not None
