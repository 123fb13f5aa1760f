"""Lists: found, sorted, counted in a constant number of queries; printed; downloaded safely."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from satuhati.web.audit.models import AuditEntry
from satuhati.web.register.models import Actor, Area, Asset, Post, Term
from satuhati.web.tenancy import memory
from satuhati.web.tenancy.models import Community

pytestmark = pytest.mark.django_db
BASE = "/k/melati/warga/"
EVIL = '=HYPERLINK("http://contoh.invalid")'


def fill(community: Community, n: int) -> None:
    """``n`` people with posts, areas, organisations, assets."""
    with scope(community=community):
        rw = Area.objects.create(community=community, public_id="w1", name="RW 01", level="rw")
        for i in range(n):
            rt = Area.objects.create(
                community=community, public_id=f"t{i}", name=f"RT {i:02d}/RW 01", level="rt",
                parent=rw,
            )  # fmt: skip
            org = Actor.objects.create(
                community=community, public_id=f"o{i}", name=f"Lembaga {i}", kind="organization",
                sector="swasta",
            )  # fmt: skip
            person = Actor.objects.create(
                community=community, public_id=f"p{i}", name=f"Orang {i:03d}", kind="person",
                sector="warga", organization=org, area=rt, phone=f"+62812000{i:04d}",
                joined=dt.date(2024, 1, 1) + dt.timedelta(days=i),
            )  # fmt: skip
            post = Post.objects.create(
                community=community, public_id=f"j{i}", name=f"Anggota {i}",
                kind="section_member", section="ekonomi",
            )  # fmt: skip
            Term.objects.create(
                community=community, public_id=f"m{i}", post=post, actor=person,
                start=dt.date(2024, 1, 1),
            )  # fmt: skip
            Asset.objects.create(
                community=community, public_id=f"s{i}", name=f"Tenda {i}", actor=person,
                direction="offered", since=dt.date(2024, 1, 1),
            )  # fmt: skip


def page(client: Client, path: str, **query: str) -> str:
    response = client.get(BASE + path, query)
    assert response.status_code == 200
    return str(response.content.decode())


QUERIES = {"": 8, "organisasi/": 7, "susunan/": 6, "susunan/?daftar=1": 5, "wilayah/": 5,
           "aset/": 6, "cetak/person/": 6, "orang/p0/": 6}  # fmt: skip


@pytest.mark.parametrize("path", QUERIES)
@pytest.mark.parametrize("n", [1, 3])
def test_pages_take_the_same_number_of_queries(
    path: str, n: int, community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, n)
    client = client_of("secretary")
    client.get(BASE)  # what is read once per session
    memory.forget()
    with CaptureQueriesContext(connection) as taken:
        assert client.get(BASE + path).status_code == 200
    assert len(taken) == QUERIES[path], [q["sql"][:200] for q in taken]


def test_a_long_list_is_cut_into_pages(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, 1)
    with scope(community=community):
        Actor.objects.bulk_create(
            Actor(community=community, public_id=f"x{i}", name=f"Warga {i:05d}", kind="person")
            for i in range(10_000)
        )
    client = client_of("secretary")
    client.get(BASE)
    memory.forget()
    with CaptureQueriesContext(connection) as taken:
        text = page(client, "", p="200", urut="-nama")
    assert len(taken) == QUERIES[""]
    assert "halaman 200 dari 201" in text
    assert len(text) < 60_000


def test_filters_find_whom_they_say(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, 3)
    with scope(community=community):
        Actor.objects.filter(public_id="p1").update(left=dt.date(2025, 1, 1))
        Actor.objects.filter(public_id="p2").update(sector="swasta")
    client = client_of("secretary")
    assert "Orang 001" not in page(client, "")
    assert "Orang 001" in page(client, "", status="keluar")
    assert "Orang 000" not in page(client, "", status="keluar")
    only = page(client, "", sektor="swasta")
    assert "Orang 002" in only
    assert "Orang 000" not in only
    assert "Orang 000" in page(client, "", wilayah="w1")  # an RW holds its RT
    assert "Orang 000" not in page(client, "", wilayah="t2")
    assert "Orang 000" in page(client, "", seksi="ekonomi")
    assert "Orang 000" not in page(client, "", seksi="keagamaan")
    assert "Orang 000" in page(client, "", sektor="tidak-ada", urut="entah", p="x")


def after_search(client: Client, words: str) -> str:
    return str(client.post(BASE, {"cari": words}, follow=True).content.decode())


def test_a_search_stays_out_of_the_address(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, 3)
    client = client_of("member")
    response = client.post(BASE, {"cari": "orang 002", "sektor": "warga", "status": ""})
    assert response.status_code == 302
    assert response.headers["Location"] == f"{BASE}?sektor=warga&cari=1"
    text = client.get(response.headers["Location"]).content.decode()
    assert "Orang 002" in text
    assert "Orang 001" not in text
    assert "Orang 001" in after_search(client_of("secretary"), "0812 0000 001")
    assert "Orang 001" not in after_search(client, "0812 0000 001")  # a number is not for members
    assert "Orang 001" in client.get(BASE).content.decode()  # all again


def test_sorting_turns_round(community: Community, client_of: Callable[[str], Client]) -> None:
    fill(community, 3)
    client = client_of("secretary")
    up, down = page(client, "", urut="nama"), page(client, "", urut="-nama")
    assert up.index("Orang 000") < up.index("Orang 002")
    assert down.index("Orang 002") < down.index("Orang 000")
    assert 'aria-sort="descending"' in down


def test_downloads_hold_everything_and_run_nothing(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, 2)
    with scope(community=community):
        Actor.objects.filter(public_id="p0").update(name=EVIL)
    client = client_of("secretary")
    text = client.get(BASE + "unduh/person.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [r["Nama"] for r in rows if r["Kode"] in ("p0", "p1")] == ["'" + EVIL, "Orang 001"]
    assert {r["Kode"]: r["Seksi"] for r in rows}["p1"] == "Seksi Ekonomi"
    book = client.get(BASE + "unduh/person.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    cells = [list(row) for row in sheet.iter_rows()]
    evil = next(c for row in cells for c in row if c.value == EVIL)
    assert evil.data_type == "s"
    assert evil.quotePrefix
    header = [c.value for c in cells[0]]
    last = next(row for row in cells if row[header.index("Kode")].value == "p1")
    assert last[header.index("Bergabung")].value.date() == dt.date(2024, 1, 2)
    taken = AuditEntry.objects.filter(action="register.export")
    assert [(e.table, e.code, e.details) for e in taken] == [
        ("", "person", {"rows": 3, "form": "csv"}),
        ("", "person", {"rows": 3, "form": "xlsx"}),
    ]


def test_a_print_has_every_row_and_no_telephone_numbers(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, 60)
    text = page(client_of("member"), "cetak/person/")
    assert text.count("<bdi>Orang ") == 60
    assert "+62812" not in text


@pytest.mark.parametrize(
    "path",
    ["", "organisasi/", "susunan/", "wilayah/", "aset/", "cetak/person/", "unduh/person.csv",
     "orang/p0/", "orang/p0/ubah/", "orang/o0/", "orang/p0/keluar/", "susunan/m0/ubah/",
     "susunan/jabatan/j0/ubah/", "wilayah/w1/ubah/", "aset/s0/ubah/", "aset/s0/dipakai/"],
)  # fmt: skip
def test_outsiders_find_nothing(path: str, community: Community, outsider: Client) -> None:
    fill(community, 1)
    assert outsider.get(BASE + path).status_code == 404
    assert outsider.post(BASE + path, {"what": "remove"}).status_code == 404
    with scope(community=community):
        assert Actor.objects.filter(public_id="p0").exists()


@pytest.mark.parametrize("role", ["member", "overseer", "researcher"])
def test_who_may_not_edit_sees_no_way_to(
    role: str, community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, 1)
    client = client_of(role)
    for path in (
        "orang/p0/ubah/",
        "baru/person/",
        "unduh/person.csv",
        "orang/p0/keluar/",
        "aset/s0/ubah/",
    ):
        assert client.get(BASE + path).status_code == 404
    if role == "member":
        text = page(client, "") + page(client, "orang/p0/") + page(client, "susunan/")
        for word in ("Orang baru", "Excel", "/ubah/", "Beri jabatan"):
            assert word not in text


def test_everyone_is_shown_escaped(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, 1)
    with scope(community=community):
        Actor.objects.filter(public_id="p0").update(name='<script>alert("x")</script> علي 🌸')
    client = client_of("secretary")
    for path in ("", "orang/p0/", "orang/p0/ubah/", "susunan/", "aset/", "orang/p0/keluar/"):
        text = page(client, path)
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text
        assert "علي 🌸" in text


def test_an_unknown_list_is_not_found(client_of: Callable[[str], Any]) -> None:
    client = client_of("secretary")
    for path in ("cetak/rahasia/", "unduh/person.pdf", "unduh/x.csv", "orang/tidak-ada/"):
        assert client.get(BASE + path).status_code == 404
