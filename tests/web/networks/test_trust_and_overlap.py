"""Trust of organisations, per closed round; what work shows beside what people tell."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django_scopes import scope
from test_tie_rounds import BASE, NAMES, TODAY, WEEK, actor, all_answer, asking, close, keeper, say

from satuhati.web.meetings.models import FollowUp, FollowUpPartner
from satuhati.web.networks.actions import ask_ties
from satuhati.web.networks.erasing import erase_ties
from satuhati.web.networks.models import Tie, TieAsking
from satuhati.web.networks.queries import get_trust_for
from satuhati.web.networks.work import Overlap, get_exchanges_for
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

__all__ = ["asking", "keeper"]  # fixtures


def page(asking: TieAsking) -> str:
    return f"{BASE}putaran/{asking.round.public_id}/kepercayaan/"


def test_trust_is_released_when_a_round_closes_and_not_before(
    keeper: Who, asking: TieAsking, community: Community, outsider: Client,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    for n in range(1, 7):
        say(keeper, asking, f"a{n}", goto=["g1", "g2"] if n < 5 else ["g1"])
    for n in range(7, 13):
        say(keeper, asking, f"a{n}")
    for role in ("secretary", "member", "administrator"):
        assert client_of(role).get(page(asking)).status_code == 404, "open: nothing, for anybody"
    close(keeper, asking)
    seen = client_of("member").get(page(asking)).content.decode()
    assert "Dari 12 orang yang menjawab, 6 akan datang ke Puskesmas Contoh" in seen
    assert "6 orang tidak menyebut lembaga." in seen
    assert "12 dari 12 orang yang ditanya menjawab" in seen
    assert "PKK Contoh" not in seen, "named by four"
    assert "kurang dari lima" in seen
    assert "data-print" in seen
    for name in NAMES:
        assert name not in seen.split("<main")[1].replace("Contoh", "")
    for role in ("overseer", "researcher"):
        assert client_of(role).get(page(asking)).status_code == 404
    assert outsider.get(page(asking)).status_code == 404


def test_four_answers_release_nothing(
    keeper: Who, asking: TieAsking, community: Community, client_of: Callable[[str], Client]
) -> None:
    all_answer(keeper, asking, 4)
    close(keeper, asking)
    seen = client_of("secretary").get(page(asking)).content.decode()
    assert "Kurang dari lima orang menjawab" in seen
    assert "Puskesmas Contoh" not in seen
    assert "Kurang dari tujuh dari sepuluh" in seen


def test_beside_it_stands_the_round_before(
    keeper: Who, asking: TieAsking, community: Community, client_of: Callable[[str], Client]
) -> None:
    for n in range(1, 10):
        say(keeper, asking, f"a{n}", goto=["g1"] if n < 8 else ["g2"])
    close(keeper, asking)
    with scope(community=community):
        people = Actor.objects.filter(public_id__startswith="a")
        second = ask_ties(by=keeper, people=people, closes_on=TODAY + WEEK, on=TODAY)
    for n in range(1, 12):
        say(keeper, second, f"a{n}", goto=["g1", "g2"] if n < 6 else ["g2"])
    round_ = close(keeper, second)
    with scope(community=community):
        found = get_trust_for(keeper, round_)
    assert found is not None
    assert [(one.name, one.n, one.before) for one in found.places] == [
        ("PKK Contoh", 11, None), ("Puskesmas Contoh", 5, 7),
    ]  # fmt: skip
    seen = client_of("secretary").get(page(second)).content.decode()
    assert "7 dari 9" in seen
    assert "kurang dari lima" in seen


def test_who_is_taken_out_later_changes_no_release(
    keeper: Who, asking: TieAsking, community: Community, client_of: Callable[[str], Client]
) -> None:
    """Were it counted anew, the difference would tell where the one who left would go."""
    for n in range(1, 7):
        say(keeper, asking, f"a{n}", goto=["g1"])
    for n in range(7, 10):
        say(keeper, asking, f"a{n}", goto=["g2"])
    round_ = close(keeper, asking)
    client = client_of("member")
    shown = [page(asking), f"{BASE}putaran/{round_.public_id}/"]
    before = [released_of(client.get(one).content.decode()) for one in shown]
    assert "6 dari 9" in before[0]
    with scope(community=community):
        for gone in ("a1", "a7"):
            erase_ties(by=keeper, actor=Actor.objects.get(public_id=gone))
        assert not Tie.objects.filter(source__public_id="a1").exists()
        found = get_trust_for(keeper, round_)
    assert found is not None
    assert (found.answered, found.nowhere, found.few) == (9, 0, 1)
    assert [released_of(client.get(one).content.decode()) for one in shown] == before


def released_of(seen: str) -> list[str]:
    """What a page says of organisations."""
    return re.findall(r"(?:\d+ dari \d+(?= *</(?:td|span)))|\d+ akan datang|\d+ lembaga lain", seen)


# -- work beside words ----------------------------------------------------------------------------


def helped(community: Community, pairs: list[tuple[str, str]]) -> None:
    for n, (giver, receiver) in enumerate(pairs):
        followup = FollowUp.objects.create(
            community=community, public_id=f"t{n}", text="Contoh", owner=actor(receiver),
            agreed_on=TODAY, done_on=TODAY,
        )  # fmt: skip
        FollowUpPartner.objects.create(
            community=community, followup=followup, role="helps", public_id=f"p{n}",
            actor=actor(giver), exchange="support", delivered=True,
        )  # fmt: skip


def test_work_and_words_pair_by_pair(
    keeper: Who, asking: TieAsking, community: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        # Eleven pairs on record, one of them twice and both ways, one with somebody not asked.
        helped(community, [*((f"a{n}", f"a{n + 1}") for n in range(1, 12)), ("a2", "a1"),
                           ("w1", "a1")])  # fmt: skip
    # Of these people tell five, from either side; and six that are on no record.
    for n in range(1, 6):
        say(keeper, asking, f"a{n}", support=[f"a{n + 1}", "a12"])
    say(keeper, asking, "a6", support=["a5", "a12"])
    say(keeper, asking, "a7", support=["w1"])
    close(keeper, asking)
    with scope(community=community):
        support = next(k for k in get_exchanges_for(keeper, TODAY).kinds if k.relation == "support")
    assert support.overlap == Overlap(both=5, work=6, told=6)
    assert support.overlap.jaccard == pytest.approx(5 / 17)
    sums = [sum(x) for x in zip(*((o.both, o.work, o.told) for _, _, o in support.between),
                                strict=True)]  # fmt: skip
    assert sums == [5, 6, 6]
    seen = client_of("member").get(f"{BASE}pertukaran/").content.decode()
    assert "5 tercatat dan diceritakan, 6 hanya tercatat, 6 hanya diceritakan" in seen
    assert "Yang sama: 29% (Jaccard)." in seen
    assert "7 dari 12 orang yang ditanya menjawab, gelombang 1" in seen
    assert "Kurang dari tujuh dari sepuluh orang menjawab: yang diceritakan baru sebagian." in seen
    assert "Kerja memperlihatkan sebagian" in seen
    rows = seen.split("Menurut pasangan sektor")[1].split("</table>")[0]
    assert "terlalu sedikit" in rows, "of two sectors each there are fewer than five of a kind"


def test_single_pairs_on_record_never_tell_who_named_whom(
    keeper: Who, asking: TieAsking, community: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        helped(community, [(f"a{n}", f"a{n + 1}") for n in range(1, 7)])
    for n in range(1, 13):  # all six are told, so a count would say it of each
        say(keeper, asking, f"a{n}", support=[f"a{n % 12 + 1}"])
    close(keeper, asking)
    with scope(community=community):
        support = next(k for k in get_exchanges_for(keeper, TODAY).kinds if k.relation == "support")
    assert support.overlap == Overlap(both=6, work=0, told=6)
    assert not support.overlap.exact
    seen = client_of("secretary").get(f"{BASE}pertukaran/").content.decode()
    assert "(Jaccard)" not in seen
    assert "Jumlahnya tidak dirinci" in seen
    assert not Overlap(both=0, work=4, told=20).comparable
    assert Overlap(0, 0, 0).jaccard is None
