"""Pages that change the register: typed once, kept when something is wrong, never over others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from satuhati.web.register import people
from satuhati.web.register.models import Actor, Area, Asset, Post, Term
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community

pytestmark = pytest.mark.django_db
BASE = "/k/melati/warga/"


@pytest.fixture
def keeper(client_of: Callable[[str], Client]) -> Client:
    return client_of("secretary")


def form_of(client: Client, path: str) -> dict[str, str]:
    """What a browser would send of the page's form if nothing was changed."""
    text = client.get(BASE + path).content.decode()
    text = text[text.index('<form class="card') :]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", text):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given.get("type") not in ("checkbox", "radio") and "name" in given:
            found[given["name"]] = unescape(given.get("value", ""))
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = unescape(chosen.group(1)) if chosen else ""
    for name, value in re.findall(
        r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.DOTALL
    ):
        found[name] = unescape(value).strip()
    return found


def one(model: Any, community: Community, **fields: Any) -> Any:
    with scope(community=community):
        return model.objects.get(**fields)


def made(model: Any, community: Community, public_id: str, **fields: Any) -> Any:
    with scope(community=community):
        return model.objects.create(community=community, public_id=public_id, **fields)


def test_a_person_is_entered_once_however_often_the_form_is_sent(
    keeper: Client, community: Community
) -> None:
    made(Area, community, "w1", name="RW 01", level="rw")
    made(Actor, community, "o1", name="Puskesmas", kind="organization")
    sent = form_of(keeper, "baru/person/") | {
        "name": "  Siti  \u202eAminah ", "phone": "0812-3456-7890", "area": "rw 01",
        "organization": "puskes", "joined": "21/11/2024", "authority": "1",
    }  # fmt: skip
    assert sent["once"]
    first = keeper.post(BASE + "baru/person/", sent)
    assert first.status_code == 302
    assert keeper.post(BASE + "baru/person/", sent).status_code == 302
    person = one(Actor, community, name="Siti Aminah")
    assert first.headers["Location"].endswith(f"/orang/{person.public_id}/")
    assert (person.phone, person.joined, person.authority) == (
        "+6281234567890", dt.date(2024, 11, 21), 1,
    )  # fmt: skip
    assert person.area.name == "RW 01"
    assert person.organization.name == "Puskesmas"
    page = keeper.get(first.headers["Location"]).content.decode()
    assert "https://wa.me/6281234567890" in page


def test_a_form_that_failed_may_be_sent_once_more(
    keeper: Client, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = form_of(keeper, "baru/person/") | {"name": "Sari"}

    def breaks(**_: Any) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(people, "add_actor", breaks)
    with pytest.raises(RuntimeError):
        keeper.post(BASE + "baru/person/", sent)
    monkeypatch.undo()
    keeper.post(BASE + "baru/person/", sent)
    assert one(Actor, community, name="Sari")


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    keeper: Client, community: Community
) -> None:
    for n in (1, 2):
        made(Area, community, f"w{n}", name=f"RW 0{n}", level="rw")
    sent = form_of(keeper, "baru/person/") | {
        "name": "Sari", "phone": "bukan nomor", "area": "RW", "organization": "Entah",
        "joined": "2025-02-30", "left": "2020-01-01",
    }  # fmt: skip
    response = keeper.post(BASE + "baru/person/", sent)
    assert response.status_code == 400
    text = unescape(response.content.decode())
    for said in (
        "Nomor ini tidak terbaca",
        "Ada beberapa yang cocok dengan “RW”: RW 01; RW 02.",
        "“Entah” belum tercatat.",
        "Tanggal ini tidak terbaca.",
    ):
        assert said in text
    assert 'value="bukan nomor"' in text
    with scope(community=community):
        assert not Actor.objects.filter(name="Sari").exists()


def test_two_of_one_name_are_told_apart_by_their_codes(
    keeper: Client, community: Community
) -> None:
    post = made(Post, community, "j1", name="Ketua", kind="chair")
    for code in ("x1", "x2"):
        made(Actor, community, code, name="Budi", kind="person")
    sent = form_of(keeper, "susunan/isi/?jabatan=j1") | {"start": "2025-01-01", "actor": "Budi"}
    assert sent["post"] == "Ketua"
    wrong = keeper.post(BASE + "susunan/isi/", sent)
    assert "Budi (x1); Budi (x2)" in unescape(wrong.content.decode())
    assert keeper.post(BASE + "susunan/isi/", sent | {"actor": "Budi (x2)"}).status_code == 302
    assert one(Term, community, post=post).actor.public_id == "x2"
    # Such a name fills its field again in a way that is understood.
    term = one(Term, community, post=post)
    again = form_of(keeper, f"susunan/{term.public_id}/ubah/")
    assert again["actor"] == "Budi (x2)"
    assert keeper.post(BASE + f"susunan/{term.public_id}/ubah/", again).status_code == 302


def test_the_second_editor_sees_both_and_loses_nothing(
    keeper: Client, client_of: Callable[[str], Client], community: Community
) -> None:
    made(Actor, community, "p1", name="Sari", kind="person", sector="warga", sex="female")
    other = client_of("field_officer")
    mine = form_of(keeper, "orang/p1/ubah/")
    theirs = form_of(other, "orang/p1/ubah/")
    other.post(BASE + "orang/p1/ubah/", theirs | {"name": "Sari Dewi", "sector": "swasta"})
    mine |= {"name": "Sari Ayu", "schooling": "tertiary"}
    told = keeper.post(BASE + "orang/p1/ubah/", mine)
    assert told.status_code == 200
    text = unescape(told.content.decode())
    assert "Sari Dewi" in text
    assert 'value="Sari Ayu"' in text
    assert one(Actor, community, public_id="p1").name == "Sari Dewi"
    # Saved again, mine takes its place; what I had not touched stays theirs.
    again = dict(re.findall(r'name="(revision|opened)" value="([^"]*)"', told.content.decode()))
    assert re.search(r'value="swasta" selected', text)
    sent = mine | {k: unescape(v) for k, v in again.items()} | {"sector": "swasta"}
    assert keeper.post(BASE + "orang/p1/ubah/", sent).status_code == 302
    saved = one(Actor, community, public_id="p1")
    assert (saved.name, saved.sector, saved.schooling) == ("Sari Ayu", "swasta", "tertiary")


def test_an_organization_is_never_part_of_itself(keeper: Client, community: Community) -> None:
    top = made(Actor, community, "o1", name="Forum", kind="association")
    made(Actor, community, "o2", name="Karang Taruna", kind="informal_group", organization=top)
    sent = form_of(keeper, "orang/o1/ubah/") | {"organization": "Karang Taruna"}
    response = keeper.post(BASE + "orang/o1/ubah/", sent)
    assert response.status_code == 400
    assert "Jadinya berputar" in response.content.decode()


def test_who_left_is_noted_and_who_is_spoken_of_is_not_removed(
    keeper: Client, community: Community
) -> None:
    person = made(Actor, community, "p1", name="Sari", kind="person")
    post = made(Post, community, "j1", name="Ketua", kind="chair")
    made(Term, community, "m1", post=post, actor=person, start=dt.date(2024, 1, 1))
    page = keeper.get(BASE + "orang/p1/keluar/").content.decode()
    assert "Masa jabatan" in page
    refused = keeper.post(BASE + "orang/p1/hapus/", follow=True).content.decode()
    assert "Catatan lain menyebut" in refused or "disebut" in refused
    assert keeper.post(BASE + "orang/p1/keluar/", {"on": "2026-01-31"}).status_code == 302
    assert one(Actor, community, public_id="p1").left == dt.date(2026, 1, 31)
    assert one(Term, community, public_id="m1").end == dt.date(2026, 1, 31)
    made(Actor, community, "p2", name="Salah", kind="person")
    assert keeper.post(BASE + "orang/p2/hapus/").status_code == 302
    with scope(community=community):
        assert not Actor.objects.filter(public_id="p2").exists()


def test_a_removed_code_is_not_given_again(keeper: Client, community: Community) -> None:
    sent = form_of(keeper, "baru/person/") | {"name": "Satu"}
    keeper.post(BASE + "baru/person/", sent)
    code = one(Actor, community, name="Satu").public_id
    keeper.post(BASE + f"orang/{code}/hapus/")
    keeper.post(BASE + "baru/person/", form_of(keeper, "baru/person/") | {"name": "Dua"})
    assert one(Actor, community, name="Dua").public_id == f"a{int(code[1:]) + 1:04d}"


def test_areas_are_entered_in_one_go_and_a_single_one(keeper: Client, community: Community) -> None:
    keeper.post(BASE + "wilayah/baru/", {"first_rw": "1", "last_rw": "2", "rts": "2"})
    with scope(community=community):
        assert Area.objects.count() == 6
    wrong = keeper.post(BASE + "wilayah/baru/", {"first_rw": "3", "last_rw": "2", "rts": "0"})
    assert wrong.status_code == 400
    single = form_of(keeper, "wilayah/baru/?satu=1")
    sent = {"what": "single", "once": single["once"], "name": "Dusun Krajan", "level": "dusun"}
    for _ in range(2):
        keeper.post(BASE + "wilayah/baru/", sent)
    dusun = one(Area, community, name="Dusun Krajan")
    assert keeper.post(BASE + f"wilayah/{dusun.public_id}/ubah/", {"what": "remove"}).status_code
    with scope(community=community):
        assert Area.objects.count() == 6


def test_above_the_village_stand_its_districts(keeper: Client, community: Community) -> None:
    Community.objects.filter(pk=community.pk).update(official_code="31.75.09.1003")
    text = keeper.get(BASE + "wilayah/").content.decode()
    for name in ("Jakarta", "Kota Administrasi Jakarta Timur", "Ciracas", "Kelapa Dua Wetan"):
        assert name in text


def test_assets_are_entered_and_used(keeper: Client, community: Community) -> None:
    sent = form_of(keeper, "aset/baru/") | {"name": "Tenda", "kind": "tool", "since": "2025-01-01"}
    assert keeper.post(BASE + "aset/baru/", sent).status_code == 302
    asset = one(Asset, community, name="Tenda")
    used = {"on": "2025-03-01", "used_for": "Posyandu"}
    assert keeper.post(BASE + f"aset/{asset.public_id}/dipakai/", used).status_code == 302
    early = keeper.post(BASE + f"aset/{asset.public_id}/dipakai/", {"on": "2024-01-01"})
    assert early.status_code == 400
    assert one(Asset, community, name="Tenda").used_for == "Posyandu"


def test_a_post_is_added_filled_ended_and_stays_on_record(
    keeper: Client, community: Community
) -> None:
    made(Actor, community, "p1", name="Sari", kind="person")
    sent = form_of(keeper, "susunan/jabatan-baru/") | {
        "name": "Ketua Seksi Ekonomi", "kind": "section_head"
    }  # fmt: skip
    assert keeper.post(BASE + "susunan/jabatan-baru/", sent).status_code == 400  # which section?
    answer = keeper.post(BASE + "susunan/jabatan-baru/", sent | {"section": "ekonomi"})
    assert "jabatan=" in answer.headers["Location"]
    term = form_of(keeper, answer.headers["Location"].removeprefix(BASE)) | {"actor": "sari"}
    assert keeper.post(BASE + "susunan/isi/", term).status_code == 302
    text = keeper.get(BASE + "susunan/").content.decode()
    assert "Seksi Ekonomi" in text
    code = one(Term, community).public_id
    day = today_in(community).isoformat()
    assert keeper.post(BASE + f"susunan/{code}/akhiri/", {"on": day}).status_code == 302
    post = one(Post, community).public_id
    keeper.post(BASE + f"susunan/jabatan/{post}/ubah/", {"what": "remove"})
    assert one(Post, community).public_id == post


@pytest.mark.parametrize("role", ["member", "overseer", "researcher"])
def test_nobody_else_changes_anything(
    role: str, client_of: Callable[[str], Client], community: Community
) -> None:
    made(Actor, community, "p1", name="Sari", kind="person", phone="+6281234567890")
    client = client_of(role)
    for path in (
        "baru/person/", "orang/p1/ubah/", "orang/p1/keluar/", "orang/p1/hapus/", "susunan/isi/",
        "susunan/jabatan-baru/", "wilayah/baru/", "aset/baru/", "tempel/", "kembar/gabung/",
        "kembar/pilih/",
    ):  # fmt: skip
        assert client.post(BASE + path, {"name": "x", "on": "2026-01-01"}).status_code == 404
    assert one(Actor, community, public_id="p1").left is None
    if role == "member":
        assert "+62812" not in client.get(BASE + "orang/p1/").content.decode()


def test_ten_thousand_names_are_found_by_typing(keeper: Client, community: Community) -> None:
    with scope(community=community):
        Actor.objects.bulk_create(
            Actor(community=community, public_id=f"x{i}", name=f"Warga {i:05d}", kind="person")
            for i in range(10_000)
        )
    made(Post, community, "j1", name="Ketua", kind="chair")
    page = keeper.get(BASE + "susunan/isi/?jabatan=j1")
    assert len(page.content) < 60_000
    sent = form_of(keeper, "susunan/isi/?jabatan=j1") | {"actor": "warga 09999"}
    assert keeper.post(BASE + "susunan/isi/", sent).status_code == 302
    assert one(Term, community).actor.name == "Warga 09999"
