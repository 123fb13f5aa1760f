"""The whole of Collect: the QR code, the form, an answer, a correction, and the profile."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from collect_phone import NS, Phone, message
from django.test import Client
from django_scopes import scope

from satuhati.web.openrosa.models import Submission
from satuhati.web.openrosa.sorting import sort_waiting
from satuhati.web.profile.package import from_database
from satuhati.web.profile.snapshots import make_snapshot
from satuhati.web.profile.survey_cards import get_cards_for
from satuhati.web.surveys.bank import SHORT
from satuhati.web.surveys.models import Answer
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who


def said(n: int, population: str = "pokja") -> dict[str, str]:
    return {code: str(n) for code in SHORT[population]}


def test_from_the_code_to_the_profile(
    keeper: Who, community: Community, opened: Callable[..., Any], client: Client
) -> None:
    round, _ = opened()
    client.force_login(keeper.user)
    page = client.get(f"/k/melati/survei/{round.public_id}/").content.decode()
    assert "/k/melati/survei/odk/" in page
    page = client.get("/k/melati/survei/odk/").content.decode()
    assert keeper.membership is not None
    made = client.post("/k/melati/survei/odk/buat/", {"membership": keeper.membership.pk})
    page = client.get(made.headers["Location"]).content.decode()
    address = re.search(r'id="alamat">([^<]+)<', page)
    assert address is not None
    assert "<svg" in page
    phone = Phone(address[1])
    head = phone.ask(f"{phone.path}/submission", "head")
    assert head.status_code == 204
    assert head.headers["Location"] == f"{address[1]}/submission"
    assert int(head.headers["X-OpenRosa-Accept-Content-Length"]) >= 10_000_000
    (form,) = phone.forms()
    assert form.hash == "md5:" + hashlib.md5(form.xml.encode()).hexdigest()
    manifest = phone.ask(form.manifest)
    assert ET.fromstring(manifest.content).tag == f"{{{NS['m']}}}manifest"
    for n in range(1, 7):
        first = form.instance(said(n % 3 + 3), instance=f"uuid:nomor-{n}")
        assert phone.send(first, {"foto.jpg": b"\xff\xd8\xff gambar"}).status_code == 201
        assert phone.send(first).status_code == 202
    assert sort_waiting() == 6
    # One of the forms of 3 is corrected to 4.
    corrected = form.instance(said(4), instance="uuid:baru", deprecated="uuid:nomor-3")
    answer = phone.send(corrected)
    assert (answer.status_code, message(answer)) == (201, "Diterima. Terima kasih.")
    assert client.post(f"/k/melati/survei/{round.public_id}/tutup/").status_code == 302
    data = from_database(community)
    assert data.answers["pokja_singkat"].height == 6
    assert data.answers["pokja_singkat"]["actor"].null_count() == 6
    assert make_snapshot(community.pk) is not None
    with scope(community=community):
        cards = get_cards_for(keeper, round.public_id)
        assert not Submission.objects.filter(state="").exists(), "closing leaves nothing behind"
        assert Answer.objects.count() == 6
    belonging = next(c for c in cards if c.sentence.startswith("Rasa memiliki:"))
    # 3, 4, 4, 4, 5 and 5 of 5.
    assert belonging.value == pytest.approx((50 + 3 * 75 + 2 * 100) / 6)
    assert phone.send(first).status_code == 202, "a repetition is known after closing too"
    late = phone.send(form.instance(said(3)))
    assert (late.status_code, message(late)) == (
        404, "Survei sudah ditutup: jawaban tidak diterima lagi.",
    )  # fmt: skip
    assert phone.forms() == []
