"""Rounds as they should not be: pages and files still answer, and say what they left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope
from test_network_maps import BASE, FORMS, PAGES, fill, text

from satuhati.web.networks.drawing import store
from satuhati.web.networks.models import RosterEntry, Tie, TieRound
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.models import Community

EVERY = (*PAGES, "belum-terhubung/", *(f"peta/unduh/{f}/" for f in FORMS))


def changed(community: Community) -> None:
    Community.objects.filter(pk=community.pk).update(data_version=community.data_version + 1)
    store(community.pk)


def tie(community: Community, code: str, a: str, b: str, **more: Any) -> None:
    common = {"community": community, "round": TieRound.objects.get(wave=1)}
    people = {"source": Actor.objects.get(public_id=a), "target": Actor.objects.get(public_id=b)}
    given = {"relation": "support", "weight": 1.0} | more
    Tie.objects.create(public_id=code, **common, **people, **given)


def all_answer(client: Client, *, files: int = 200) -> None:
    for address in EVERY:
        answer = client.get(BASE + address)
        assert answer.status_code == (files if "unduh" in address else 200), address
        if "png" in address:  # any three bytes may stand in a picture
            continue
        words = re.sub(rb'value="[^"]{32,}"', b"", answer.content)  # of a token, too
        assert b"NaN" not in words, address
        assert b">nan<" not in answer.content, address


def test_selves_repeats_strangers_and_weights_of_nothing(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community)
    with scope(community=community):
        Actor.objects.create(community=community, public_id="zz", name="Orang Lain",
                             kind="person", sector="warga")  # fmt: skip
        tie(community, "b1", "o00", "o00")
        tie(community, "b2", "o00", "o02")  # told already
        tie(community, "b3", "o00", "zz")  # was not asked
        tie(community, "b4", "o00", "o03", weight=0.0)
        tie(community, "b5", "o00", "o04", weight=-2.0)
        tie(community, "b6", "o00", "o05", weight=float("inf"))
    store(community.pk)
    client = client_of("secretary")
    all_answer(client)
    seen = text(client, "peta/")
    for told in ("1 ikatan dengan diri sendiri", "3 dengan bobot nol atau kurang",
                 "1 dengan orang di luar daftar", "1 disebut dua kali"):  # fmt: skip
        assert told in seen, told
    assert seen.count("data-tie=") == 11, "nothing of it is drawn"


@pytest.mark.parametrize(
    ("ties", "told"),
    [
        ([], "Belum ada yang terhubung"),
        ([(0, 1, "information"), (5, 6, "information")], "belum terhubung dengan siapa pun"),
        ([(a, b, "support") for a in range(12) for b in range(12) if a != b],
         "Semua sudah terhubung"),
    ],
    ids=["empty", "two parts", "everybody with everybody"],
)  # fmt: skip
def test_shapes_of_a_network(
    community: Community, client_of: Callable[[str], Client], ties: list[Any], told: str
) -> None:
    fill(community, ties=ties)
    store(community.pk)
    client = client_of("administrator")
    all_answer(client)
    assert told.lower() in text(client, "peta/").lower()
    all_answer_of_members = [client_of("member").get(BASE + a).status_code for a in PAGES]
    assert set(all_answer_of_members) == {200}


def test_one_alone_and_nobody_at_all(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, ties=[])
    with scope(community=community):
        RosterEntry.objects.exclude(actor__public_id="o00").delete()
    store(community.pk)
    client = client_of("secretary")
    all_answer(client, files=404)
    assert "Kurang dari lima orang menjawab" in text(client, "peta/")
    with scope(community=community):
        RosterEntry.objects.all().delete()
    changed(community)
    all_answer(client, files=404)


def test_a_relation_that_is_empty_gives_way(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, ties=[(0, 1, "information")])
    store(community.pk)
    client = client_of("secretary")
    seen = text(client, "antar-sektor/")
    assert seen.count("Belum ada ikatan jenis ini") == 2
    assert "data-map " in text(client, "peta/?hubungan=resources")


def test_a_wave_in_which_half_have_left(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community)
    fill(community, wave=2)
    with scope(community=community):
        gone = ["o00", "o01", "o02", "o03", "o04", "o05"]
        RosterEntry.objects.filter(round__wave=2, actor__public_id__in=gone).delete()
        for n, code in enumerate(gone[:2]):  # of the ties of wave 2 two touch who has left
            assert Tie.objects.filter(round__wave=2, source__public_id=code).exists(), n
    store(community.pk)
    client = client_of("secretary")
    all_answer(client)
    seen = text(client, "")
    assert "Separuh atau lebih" in seen
    assert "dengan orang di luar daftar" in text(client, "peta/")
