"""How sure a figure is stands beside it, in plain words; the layout stays from wave to wave."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django_scopes import scope
from test_network_maps import drawn, fill, text

from satuhati.web.networks.drawing import store
from satuhati.web.networks.stored import StoredPictures
from satuhati.web.tenancy.models import Community

__all__ = ["drawn"]  # fixture
# 0-1 told by both; everything else goes one way: 12 ties of 11 pairs.
BOTH = "Dari 12 ikatan antara dua orang yang sama-sama menjawab, 2 disebut kedua pihak."


@pytest.mark.parametrize("address", ["", "peta/", "peta/cetak/", "penghubung/", "antar-sektor/"])
def test_returned_reports_stand_beside_every_figure(
    drawn: Community, client_of: Callable[[str], Client], address: str
) -> None:
    for role in ("secretary", "member"):
        seen = text(client_of(role), address)
        assert BOTH in seen, role
        assert "12 dari 12 yang ditanya menjawab (100%)" in seen


def test_of_one_relation_its_own_counts(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    seen = text(client_of("secretary"), "peta/?hubungan=information")
    assert "Dari 6 ikatan antara dua orang yang sama-sama menjawab, 2 disebut kedua pihak." in seen


def test_plain_words_first_then_numbers_and_three_treatments(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    seen = text(client_of("member"), "peta/")
    assert "Dari 100 ikatan yang mungkin, 9,1 ada." in seen  # 12 of 132
    assert "Andai yang ditanya orang lain yang serupa, kira-kira" in seen
    assert "Ikatan lebih banyak di dalam sektor sendiri" in seen
    assert "Perantara antara dua sektor lain" in seen
    for name in ("Ikatan sebagaimana diceritakan", "Cerita satu pihak", "Hanya yang menjawab"):
        assert name in seen
    assert re.search(r"kebetulan -?−?0,\d+ … ", seen)


def test_of_few_answers_only_what_came_back_and_the_treatments(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, answered=5)
    store(community.pk)
    seen = text(client_of("secretary"), "peta/")
    assert "Dari 6 ikatan antara dua orang yang sama-sama menjawab, 2 disebut kedua pihak." in seen
    assert "Hanya yang menjawab" in seen
    for unsafe in ("Dari 100 ikatan", "kebetulan −", "Ikatan lebih banyak"):
        assert unsafe not in seen


def test_pictures_of_an_older_form_are_drawn_anew(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=drawn):
        kept = StoredPictures.objects.get()
        for picture in kept.payload["pictures"]:
            del picture["sure"]
        del kept.payload["form"]
        kept.save()
    client = client_of("secretary")
    seen = text(client, "peta/")
    assert "hx-get" in seen
    assert "Dari 12 ikatan antara" not in seen
    store(drawn.pk)
    assert BOTH in text(client, "peta/")


def test_everybody_keeps_their_place_from_wave_to_wave(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    fill(drawn, wave=2, ties=[(0, 10, "support"), (11, 3, "support")])
    Community.objects.filter(pk=drawn.pk).update(data_version=drawn.data_version + 1)
    store(drawn.pk)
    client = client_of("secretary")

    def places(wave: int) -> dict[str, tuple[str, str]]:
        rows = client.get(f"/k/melati/jejaring/peta/unduh/pelaku/?gelombang={wave}")
        head, *lines = rows.content.decode("utf-8-sig").splitlines()
        at = [head.split(",").index(x) for x in ("id", "x", "y")]
        cells = [line.split(",") for line in lines]
        return {c[at[0]]: (c[at[1]], c[at[2]]) for c in cells}

    first, second = places(1), places(2)
    assert len(first) == 12
    assert first == second
    assert len(set(first.values())) == 12


def paragraph(seen: str) -> str:
    return re.sub(r"<[^>]+>", "", seen.split('<p class="voice">')[1].split("</p>")[0])


def test_the_paragraph_a_village_head_reads(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    told = paragraph(text(client_of("secretary"), "penghubung/"))
    assert told == (
        "Peta ini menunjukkan kepada siapa orang bertanya, siapa yang membantu mereka, dan siapa "
        "yang menguatkan mereka. Yang paling banyak menghubungkan sektor adalah Orang 05, seorang "
        "dari Pokja (tanpa nama), dan Orang 09. Bila Orang 05 berhalangan, 25 pasang orang lain "
        "kehilangan jalan untuk saling terhubung. Pokja dan swasta masing-masing bergantung pada "
        "satu orang: siapkan jembatan kedua. Belum ada hubungan sama sekali antara: Pokja dan "
        "swasta. Satu kegiatan bersama bisa menjadi jembatan pertama. 1 orang atau lembaga belum "
        "terhubung dengan siapa pun: kunjungan bisa menjadi awal."
    )
    work = paragraph(text(client_of("secretary"), "penghubung/?hubungan=information"))
    assert work.startswith("Peta ini menunjukkan satu hal saja: informasi.")


def test_to_members_the_paragraph_speaks_of_organisations_only(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    for address in ("penghubung/", "peta/cetak/"):
        seen = text(client_of("member"), address)
        told = paragraph(seen) if address == "penghubung/" else seen
        assert "seorang dari" not in told
        assert "berhalangan" not in told
        assert "Belum ada hubungan sama sekali antara: Pokja dan swasta." in told
