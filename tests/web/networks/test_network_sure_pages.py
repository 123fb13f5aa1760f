"""How sure a figure is stands beside it, in plain words; the layout stays from wave to wave."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django_scopes import scope
from test_network_maps import drawn, fill, text

from satuhati.web.networks.drawing import store
from satuhati.web.networks.models import RosterEntry, Tie, TieRound
from satuhati.web.networks.stored import StoredPictures
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.models import Community

__all__ = ["drawn"]  # fixture
PARAGRAPH = '<p class="voice on-sheet">'
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


def test_to_members_the_paragraph_speaks_of_organisations_only(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    for address in ("penghubung/", "peta/cetak/"):
        seen = text(client_of("member"), address)
        told = paragraph(seen) if address == "penghubung/" else seen
        assert "seorang dari" not in told
        assert "berhalangan" not in told
        assert "Belum ada hubungan sama sekali antara: Pokja dan swasta." in told


def test_silence_is_told_apart_from_having_no_ties(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, answered=11)  # 11 is silent, and nobody names them
    store(community.pk)
    keeper = client_of("secretary")
    for address in ("", "peta/", "penghubung/", "peta/cetak/"):
        seen = text(keeper, address)
        assert "1 belum menjawab dan tidak disebut siapa pun" in seen, address
        assert "belum terhubung dengan siapa pun" not in seen, address
    alone = text(keeper, "belum-terhubung/")
    assert "Orang 11" not in alone
    assert "tidak dihitung di sini" in alone
    # 12 ties of the 121 that eleven people could tell of.
    assert "9,9% dari ikatan yang mungkin ada" in text(keeper, "peta/")
    assert "Dari 100 ikatan yang mungkin, 9,9 ada." in text(keeper, "peta/")


def test_between_sectors_goes_from_who_gives(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=drawn):
        helper, helped = Actor.objects.get(public_id="o10"), Actor.objects.get(public_id="o00")
        Tie.objects.create(
            community=drawn, public_id="tw", round=TieRound.objects.get(), source=helper,
            target=helped, relation="resources", origin="work", weight=1.0,
        )  # fmt: skip
        RosterEntry.objects.filter(actor=helper).update(responded=False)
    Community.objects.filter(pk=drawn.pk).update(data_version=drawn.data_version + 1)
    store(drawn.pk)
    client = client_of("secretary")
    told = text(client, "antar-sektor/")
    # 04 of the working group asks 05, a resident: news goes from residents to the group.
    assert "Paling banyak dari warga ke Pokja." in told
    assert "Memberi (baris) kepada (kolom)" in told
    # A resident asked the shop for things: the shop gives.
    assert "Paling banyak dari swasta ke warga." in told
    # The shop helped with a task and is on record for it, though it did not answer.
    assert "Paling banyak dari swasta ke Pokja." in text(client, "antar-sektor/?asal=work")


def test_of_one_relation_the_paragraph_is_still_of_all(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    whole = text(client, "peta/cetak/").split(PARAGRAPH)[-1].split("</p>")[0]
    one = text(client, "peta/cetak/?hubungan=support").split(PARAGRAPH)[-1]
    about, rest = one.split("</p>")[0].split("bersama-sama. ")
    assert "satu hal saja: dukungan" in about
    assert whole.endswith(rest)


def test_members_of_a_group_under_five_read_no_sentence_about_it(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community)
    with scope(community=community):
        four = ["o00", "o01", "o02", "o03", "o10"]  # and a shop
        RosterEntry.objects.exclude(actor__public_id__in=four).delete()
    store(community.pk)
    assert "terhubung dengan siapa pun" not in text(client_of("member"), "")
    assert "Yang ditanya kurang dari 5 orang." in text(client_of("member"), "")


def test_pictures_kept_before_an_update_still_open(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    fill(drawn, wave=2)
    Community.objects.filter(pk=drawn.pk).update(data_version=drawn.data_version + 1)
    store(drawn.pk)
    assert "12 di antaranya menjawab dua kali" in text(client_of("member"), "")
    with scope(community=drawn):
        kept = StoredPictures.objects.get()
        del kept.payload["changes"][0]["twice"]
        kept.payload["form"] = 2
        kept.save()
    assert "Sejak gelombang" not in text(client_of("member"), "")
