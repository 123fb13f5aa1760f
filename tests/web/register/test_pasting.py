"""A list is pasted or sent, looked over, and saved whole or not at all."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
from collections.abc import Callable
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scope

from satuhati.web.audit.models import AuditEntry
from satuhati.web.register.models import Actor, Area, Post, Term
from satuhati.web.register.taking_in import Holding, Listed, take_in_people
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

pytestmark = pytest.mark.django_db
BASE = "/k/melati/warga/tempel/"
LIST = """Ketua: Pak Budi Contoh
Sekretaris: Bu Ratna Misal 0812-3456-7890

*SEKSI EKONOMI*
1. Bu Yuni Rekaan (Puskesmas)
2. Pak Slamet Umpama RT 03/RW 05
Seksi Humas: Bu Rina Andaian
mohon dicek ya bapak ibu kalau ada yang salah"""


@pytest.fixture
def keeper(client_of: Callable[[str], Client]) -> Client:
    return client_of("secretary")


def pasted(client: Client, text: str = LIST) -> str:
    response = client.post(BASE, {"text": text})
    assert response.status_code == 302, response.content.decode()
    return response.headers["Location"]


def answers(client: Client, address: str) -> dict[str, str]:
    """The preview's form as it stands, as a browser would send it."""
    text = client.get(address).content.decode()
    sent: dict[str, str] = {"start": "2026-01-01", "end": "", "decree": "SK 1/2026"}
    for tag in re.findall(r"<input[^>]*>", text):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        boxes = given.get("type") in ("checkbox", "radio")
        if "name" in given and given["name"] not in sent and (not boxes or " checked" in tag):
            sent[given["name"]] = unescape(given.get("value", ""))
    return {k: v for k, v in sent.items() if k not in ("csrfmiddlewaretoken", "ends_others")}


def people(community: Community) -> dict[str, Any]:
    with scope(community=community):
        found = Actor.objects.filter(kind="person").select_related("area", "organization")
        return {a.name: a for a in found if not a.public_id.startswith("u")}


def test_a_list_becomes_the_working_group(keeper: Client, community: Community) -> None:
    address = pasted(keeper)
    text = unescape(keeper.get(address).content.decode())
    assert "5 orang terbaca" in text
    assert "081234567890" not in text.replace("-", "")
    assert "+62812•••890" in text
    # It asks for nothing but the section that is none of the eight, and who heads a section.
    assert len(re.findall(r'name="(?:name|kind|phone|sex|organization)-\d', text)) == 0
    assert re.findall(r'name="(section-\d+)"', text) == ["section-4"]
    assert re.findall(r'name="(head-\w+)"', text) == ["head-ekonomi"]
    assert not people(community)  # nothing is saved yet
    sent = answers(keeper, address) | {"section-4": "sosial_budaya", "head-ekonomi": "2"}
    response = keeper.post(address, sent, follow=True)
    assert "5 orang tersimpan." in response.content.decode()
    saved = people(community)
    assert set(saved) == {
        "Budi Contoh", "Ratna Misal", "Yuni Rekaan", "Slamet Umpama", "Rina Andaian"
    }  # fmt: skip
    assert saved["Ratna Misal"].phone == "+6281234567890"
    assert saved["Yuni Rekaan"].organization.name == "Puskesmas"
    assert (saved["Slamet Umpama"].area.name, saved["Slamet Umpama"].area.parent.name) == (
        "RT 03/RW 05", "RW 05",
    )  # fmt: skip
    with scope(community=community):
        held = {
            (t.actor.name, t.post.kind, t.post.section): t
            for t in Term.objects.select_related("actor", "post")
        }
    assert set(held) == {
        ("Budi Contoh", "chair", None),
        ("Ratna Misal", "secretary", None),
        ("Yuni Rekaan", "section_head", "ekonomi"),
        ("Slamet Umpama", "section_member", "ekonomi"),
        ("Rina Andaian", "section_member", "sosial_budaya"),
    }
    assert {(t.start, t.decree) for t in held.values()} == {(dt.date(2026, 1, 1), "SK 1/2026")}
    entry = AuditEntry.objects.get(action="people.paste")
    assert entry.details == {"people": 5, "known": 0, "terms": 5, "ended": 0}
    # A second tap saves nothing again.
    assert keeper.post(address, sent).status_code == 302
    assert keeper.get(address).status_code == 302
    assert len(people(community)) == 5


def test_who_is_on_record_already_stays_one_person(keeper: Client, community: Community) -> None:
    keeper.post(pasted(keeper), answers(keeper, pasted(keeper)))
    address = pasted(keeper, LIST.replace("Bu Yuni Rekaan", "Bu Yuni Rekaan, S.Pd 0813 1111 2222"))
    text = unescape(keeper.get(address).content.decode())
    assert text.count("Mungkin sudah tercatat") == 5
    response = keeper.post(address, answers(keeper, address), follow=True)
    assert "5 orang sudah tercatat sebelumnya" in response.content.decode()
    saved = people(community)
    assert len(saved) == 5
    assert saved["Yuni Rekaan"].phone == "+6281311112222"  # what was empty is filled in
    with scope(community=community):
        assert Term.objects.count() == 5


def test_somebody_else_of_the_same_name_is_somebody_else(
    keeper: Client, community: Community
) -> None:
    keeper.post(pasted(keeper), answers(keeper, pasted(keeper)))
    address = pasted(keeper, "Ketua: Pak Budi Contoh")
    keeper.post(address, answers(keeper, address) | {"same-0": "no"})
    with scope(community=community):
        assert Actor.objects.filter(name="Budi Contoh").count() == 2


def test_a_new_list_takes_the_place_of_the_old(keeper: Client, community: Community) -> None:
    first = pasted(keeper)
    keeper.post(first, answers(keeper, first))
    second = pasted(keeper, "Ketua: Bu Sari Baru\nSekretaris: Bu Ratna Misal")
    sent = answers(keeper, second) | {"start": "2026-06-01", "ends_others": "on"}
    keeper.post(second, sent)
    with scope(community=community):
        running = Term.objects.filter(end__isnull=True)
        names = {(t.actor.name, t.post.kind) for t in running.select_related("actor", "post")}
        assert names == {("Sari Baru", "chair"), ("Ratna Misal", "secretary")}
        assert set(Term.objects.exclude(end=None).values_list("end", flat=True)) == {
            dt.date(2026, 5, 31)
        }
        assert Post.objects.filter(kind="chair").count() == 1


def test_a_line_that_was_not_read_can_be_written_anew(keeper: Client, community: Community) -> None:
    address = pasted(keeper)
    sent = answers(keeper, address) | {"what": "again", "line-0": "Bu Wati, anggota seksi agama"}
    sent["section-4"] = "sosial_budaya"
    text = unescape(keeper.post(address, sent).content.decode())
    assert "6 orang terbaca" in text
    assert "Bu Wati" in text
    assert 'value="sosial_budaya" selected' in text  # what was answered is kept
    keeper.post(address, answers(keeper, address))
    assert "Wati" in people(community)


def test_answers_that_are_missing_are_asked_again(keeper: Client, community: Community) -> None:
    address = pasted(keeper, "Pelindung: Lurah Melati\nKetua: Pak Budi Contoh")
    text = keeper.get(address).content.decode()
    assert 'name="name-0"' in text
    sent = answers(keeper, address) | {"name-0": "  "}
    response = keeper.post(address, sent)
    assert response.status_code == 400
    assert "Tulis namanya" in response.content.decode()
    assert not people(community)
    wrong = keeper.post(address, sent | {"name-0": "Hadi", "end": "2020-01-01"})
    assert wrong.status_code == 400
    keeper.post(address, sent | {"name-0": "Hadi Lurah"})
    assert set(people(community)) == {"Hadi Lurah", "Budi Contoh"}


def test_one_name_in_two_places_can_be_two_people(keeper: Client, community: Community) -> None:
    address = pasted(keeper, "Ketua: Pak Budi\nSeksi Ekonomi: Budi, Bu Sari Contoh")
    text = keeper.get(address).content.decode()
    assert 'name="twice-0"' in text
    keeper.post(address, answers(keeper, address) | {"twice-0": "two"})
    with scope(community=community):
        assert Actor.objects.filter(name="Budi").count() == 2


def test_only_who_is_ticked_is_saved(keeper: Client, community: Community) -> None:
    address = pasted(keeper)
    sent = answers(keeper, address)
    nobody = {k: v for k, v in sent.items() if not k.startswith("in-")}
    assert keeper.post(address, nobody).status_code == 400
    keeper.post(address, nobody | {"in-0": "yes"})
    assert set(people(community)) == {"Budi Contoh"}


def test_nothing_is_saved_if_anything_fails(
    keeper: Client, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    from satuhati.web.register import taking_in

    def breaks(*_: Any) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(taking_in, "_terms", breaks)
    address = pasted(keeper)
    with pytest.raises(RuntimeError):
        keeper.post(address, answers(keeper, address))
    assert not people(community)
    with scope(community=community):
        assert not Area.objects.exists()
        assert not Post.objects.exists()
    assert not AuditEntry.objects.exists()
    monkeypatch.undo()
    # And it can be sent once more.
    keeper.post(address, answers(keeper, address))
    assert len(people(community)) == 5


@pytest.mark.parametrize("text", ["", "   ", "selamat pagi\nterima kasih", "x" * 200_001])
def test_texts_without_anybody_are_refused_kindly(text: str, keeper: Client) -> None:
    response = keeper.post(BASE, {"text": text})
    assert response.status_code == 400
    assert 'class="error"' in response.content.decode()


def workbook(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sent_file(client: Client, name: str, content: bytes) -> Any:
    return client.post(BASE, {"what": "file", "file": SimpleUploadedFile(name, content)})


def test_a_workbook_goes_through_the_same_preview(keeper: Client, community: Community) -> None:
    rows = [
        ["Nama", "Jabatan", "Seksi", "HP", "Mulai", "Nomor SK"],
        ["Budi Contoh", "Ketua", "", "081234567890", dt.date(2024, 5, 1), "SK 7/2024"],
        ["Sari Misal", "Anggota", "Ekonomi", "", None, ""],
    ]
    response = sent_file(keeper, "daftar.xlsx", workbook(rows))
    assert response.status_code == 302
    address = response.headers["Location"]
    keeper.post(address, answers(keeper, address))
    with scope(community=community):
        terms = {t.actor.name: t for t in Term.objects.select_related("actor", "post")}
    assert (terms["Budi Contoh"].start, terms["Budi Contoh"].decree) == (
        dt.date(2024, 5, 1), "SK 7/2024",
    )  # fmt: skip
    assert terms["Sari Misal"].start == dt.date(2026, 1, 1)
    assert people(community)["Budi Contoh"].phone == "+6281234567890"


def test_what_is_wrong_in_a_file_is_named_by_row_and_column(
    keeper: Client, community: Community
) -> None:
    text = "Nama,Jabatan,Mulai\nBudi,Ketua,31/02/2024\nSari,Anggota,kapan\n"
    response = sent_file(keeper, "daftar.csv", text.encode())
    assert response.status_code == 400
    page = unescape(response.content.decode())
    for row in (2, 3):
        assert f"daftar.csv, baris {row}, kolom Mulai" in page
    assert "Belum ada yang disimpan" in page
    assert not people(community)


@pytest.mark.parametrize(
    ("name", "content"),
    [("foto.jpg", b"x"), ("daftar.xlsx", b"no workbook"), ("daftar.csv", b"\x00\x01"),
     ("daftar.csv", b""), ("daftar.csv", b"Nama\n"), ("daftar.csv", b"a" * 10_000_001)],
)  # fmt: skip
def test_files_that_are_no_lists_are_refused(name: str, content: bytes, keeper: Client) -> None:
    assert sent_file(keeper, name, content).status_code == 400


def test_without_a_file_one_is_asked_for(keeper: Client) -> None:
    response = keeper.post(BASE, {"what": "file"})
    assert "Pilih berkasnya dulu" in response.content.decode()


def test_a_list_belongs_to_who_pasted_it(
    keeper: Client, client_of: Callable[[str], Client], outsider: Client
) -> None:
    address = pasted(keeper)
    other = client_of("field_officer")
    response = other.get(address)
    assert response.status_code == 302
    assert response.headers["Location"] == BASE
    assert other.post(address, {"in-0": "yes", "start": "2026-01-01"}).status_code == 302
    for path in (BASE, address):
        assert outsider.get(path).status_code == 404
        assert outsider.post(path, {"text": LIST}).status_code == 404
    assert client_of("member").post(BASE, {"text": LIST}).status_code == 404


def test_five_hundred_lines(keeper: Client, community: Community) -> None:
    lines = [f"{n}. Bu Warga Nomor{chr(97 + n % 26)}{chr(97 + n // 26)} RT {n % 12 + 1}/{n % 9 + 1}"
             for n in range(500)]  # fmt: skip
    began = time.process_time()
    address = pasted(keeper, "SEKSI EKONOMI\n" + "\n".join(lines))
    sent = answers(keeper, address)
    response = keeper.post(address, sent)
    assert response.status_code == 302
    assert len(people(community)) == 500
    assert time.process_time() - began < 20


def test_unknown_organisations_are_made_once(community: Community, by: Callable[..., Who]) -> None:
    who = by("secretary")
    posts = (Holding("member", "Anggota", None),)
    listed = [
        Listed("Sari", posts, organization="PT Umpama"),
        Listed("Budi", posts, organization="pt umpama"),
    ]
    with scope(community=community):
        take_in_people(by=who, people=listed, start=dt.date(2026, 1, 1))
        assert Actor.objects.filter(kind="organization").count() == 1
        assert Post.objects.count() == 1
        assert Term.objects.count() == 2
