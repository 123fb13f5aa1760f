"""The page where codes for phones are made, shown and ended."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from collect_phone import Phone, settings_of
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from satuhati.web.audit.models import AuditEntry
from satuhati.web.openrosa.models import CollectToken
from satuhati.web.openrosa.sorting import sort_waiting
from satuhati.web.openrosa.tokens import settings_code
from satuhati.web.surveys.bank import SHORT
from satuhati.web.tenancy.models import Community, Membership
from satuhati.web.tenancy.who import Who

HOME = "/k/melati/survei/odk/"
SAID = dict.fromkeys(SHORT["pokja"], "4")


@pytest.fixture
def browser(keeper: Who, client: Client) -> Client:
    client.force_login(keeper.user)
    return client


def made(browser: Client, member: Membership | None) -> str:
    assert member is not None
    answer = browser.post(f"{HOME}buat/", {"membership": member.pk})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_made_shown_again_and_ended(browser: Client, keeper: Who, community: Community) -> None:
    page = browser.get(HOME).content.decode()
    assert "belum ada kode" in page
    path = made(browser, keeper.membership)
    for _ in range(2):
        page = browser.get(path).content.decode()
        assert "Kode QR Sekar Contoh" in page
        assert "/odk/1-" in page or re.search(r"/odk/\d+-", page)
        assert "<svg" in page
    assert made(browser, keeper.membership) == path, "one code for each"
    page = browser.get(HOME).content.decode()
    assert "belum dipakai" in page
    row = path.rstrip("/").rpartition("/")[2]
    assert browser.post(f"{HOME}cabut/", {"token": row}).status_code == 302
    assert browser.get(path).status_code == 404
    assert browser.post(f"{HOME}cabut/", {"token": row}).status_code == 404
    again = made(browser, keeper.membership)
    assert again != path
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert [a for a in actions if a.startswith("collect.")] == [
        "collect.make", "collect.show", "collect.show", "collect.make", "collect.withdraw",
        "collect.make",
    ]  # fmt: skip


def test_the_qr_code_holds_the_settings(browser: Client, keeper: Who, tmp_path: Any) -> None:
    code = settings_code("https://contoh.invalid/odk/1-abc", "Kampung “Melati” é", "id")
    found = settings_of(code)
    assert found["general"]["server_url"] == "https://contoh.invalid/odk/1-abc"
    assert found["general"]["form_update_mode"] == "match_exactly"
    assert found["admin"] == {}
    assert found["project"]["name"] == "Kampung “Melati” é"
    assert len(code) < 700, "a code that a cheap camera can read"
    with override_settings(ADDRESS="https://satuhati.contoh.invalid"):
        page = browser.get(made(browser, keeper.membership)).content.decode()
    assert "https://satuhati.contoh.invalid/odk/" in page
    assert "tanpa perlindungan" not in page
    page = browser.get(made(browser, keeper.membership)).content.decode()
    assert "tanpa perlindungan" in page, "without https it is said"


def test_a_member_sees_only_the_own_code(
    browser: Client, keeper: Who, by: Callable[..., Who], community: Community
) -> None:
    other, member = by("member", name="Wulan Contoh"), by("member", name="Dewi Contoh")
    theirs, own = made(browser, other.membership), made(browser, member.membership)
    client = Client()
    client.force_login(member.user)
    page = client.get(HOME).content.decode()
    assert "Dewi Contoh" in page
    assert "Wulan Contoh" not in page
    assert client.get(own).status_code == 200
    assert client.get(theirs).status_code == 404
    assert member.membership is not None
    for path, data in (("buat/", {"membership": member.membership.pk}), ("cabut/", {"token": 1})):
        assert client.post(HOME + path, data).status_code == 404
    with scope(community=community):
        assert CollectToken.objects.filter(withdrawn_at=None).count() == 2


@pytest.mark.parametrize("role", ["overseer", "researcher"])
def test_who_may_not_collect_finds_nothing(
    role: str, client_of: Callable[[str], Client], browser: Client, keeper: Who
) -> None:
    path = made(browser, keeper.membership)
    client = client_of(role)
    assert keeper.membership is not None
    assert client.get(HOME).status_code == 404
    assert client.get(path).status_code == 404
    assert client.post(f"{HOME}buat/", {"membership": keeper.membership.pk}).status_code == 404


def test_outsiders_find_nothing(browser: Client, keeper: Who, outsider: Client) -> None:
    path = made(browser, keeper.membership)
    assert keeper.membership is not None
    for client in (outsider, Client()):
        for address in (HOME, path):
            answer = client.get(address)
            assert answer.status_code == 404 or "/masuk/" in answer.headers["Location"]
    member = Membership.objects.exclude(community=keeper.community).get()
    assert browser.post(f"{HOME}buat/", {"membership": member.pk}).status_code == 404
    for key in ("", "x", "9" * 30, "²"):
        assert browser.post(f"{HOME}buat/", {"membership": key}).status_code == 404
        assert browser.post(f"{HOME}cabut/", {"token": key}).status_code == 404


def test_what_came_is_told_and_costs_the_same_however_much_it_is(
    browser: Client, keeper: Who, by: Callable[..., Who], opened: Any, phone: Phone
) -> None:
    opened(anonymous=False)
    (form,) = phone.forms()
    for n, who in enumerate(("o1", "o1", "o2", "o3")):
        xml = form.instance({**SAID, "satuhati_siapa": who}, instance=f"uuid:{n}")
        assert phone.send(xml).status_code == 201
    page = browser.get(HOME).content.decode()
    assert "4 sedang dipilah" in page
    sort_waiting()
    page = browser.get(HOME).content.decode()
    assert "3 isian diterima dari HP" in page
    assert "1 tidak dihitung: orang ini sudah menjawab" in page
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            browser.get(HOME)
        counts.append(len(seen))
        for n in range(3):
            made(browser, by("member", name=f"Anggota {n}").membership)
        opened("mitra", how="door_to_door")
    assert counts[0] == counts[1]


def test_in_english(browser: Client, keeper: Who) -> None:
    browser.cookies["bahasa"] = "en"
    page = browser.get(made(browser, keeper.membership)).content.decode()
    assert "Configure with QR code" in page
    assert '<html lang="en"' in page
