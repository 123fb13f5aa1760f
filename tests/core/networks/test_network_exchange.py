"""The profile's questions, each counted by hand on a small community."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.networks.exchange import (
    Share,
    crossing_ties,
    multiplex_pairs,
    named_by_others,
    not_isolated,
    outside_group_share,
    pairs_still_connected_without,
    sector_pairs,
    sectors_reached,
    two_steps,
)
from satuhati.core.networks.network import Network, from_pairs

IDS = ["p1", "p2", "w1", "w2", "w3", "g1", "g2", "s1"]
SECTORS = ["pokja", "pokja", "warga", "warga", "warga", "pemerintah", "pemerintah", "swasta"]
PRESENT = ["pokja", "warga", "pemerintah", "swasta"]


def net(*pairs: str, ids: list[str] = IDS, directed: bool = True) -> Network:
    ends = [pair.split(">") for pair in pairs]
    return from_pairs([a for a, _ in ends], [b for _, b in ends], ids, directed=directed)[0]


INFORMATION = net("p1>w1", "w1>w2", "w2>w3", "w2>p2", "p1>g1", "p2>s1")


def test_a_share_of_nobody_is_not_zero() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 4).value == 0
    assert not_isolated(net(ids=[])).giving.value is None


def test_giving_and_receiving_apart() -> None:
    found = not_isolated(INFORMATION)
    assert found.giving == Share(4, 8)  # p1, p2, w1, w2
    assert found.receiving == Share(6, 8)  # all but p1 and g2
    both = not_isolated(net("p1>w1", directed=False))
    assert both.giving == both.receiving == Share(2, 8)


def test_two_steps_follow_the_direction_and_stop() -> None:
    found = two_steps(INFORMATION, ["p1"])
    assert [x for x, r in zip(IDS, found.reached, strict=True) if r] == ["p1", "w1", "w2", "g1"]
    assert found.others == Share(3, 7)
    assert two_steps(INFORMATION, ["w3"]).others == Share(0, 7)
    assert two_steps(net("p1>w1", directed=False), ["w1"]).others == Share(1, 7)
    assert two_steps(INFORMATION, []).others == Share(0, 8)
    with pytest.raises(ValueError, match="zz"):
        two_steps(INFORMATION, ["zz"])


def test_sectors_are_tied_by_two_people_on_each_side() -> None:
    found = sector_pairs(INFORMATION, SECTORS, PRESENT)
    by_name = {(p.first, p.second): p for p in found.pairs}
    assert len(found.pairs) == 6
    pair = by_name["pokja", "warga"]  # p1–w1, w2–p2, whichever way they point
    assert (pair.actors_first, pair.actors_second, pair.tied) == (2, 2, True)
    assert by_name["pokja", "pemerintah"].tied is False  # p1 alone knows g1
    assert found.tied == Share(1, 6)
    hub = sector_pairs(net("p1>w1", "p1>w2", "w3>p1"), SECTORS, PRESENT)
    assert hub.tied.count == 0  # one friendship with everyone is not an exchange of sectors
    assert sector_pairs(hub_net := net("p1>w1"), SECTORS, PRESENT, min_people=1).tied.count == 1
    assert sector_pairs(hub_net, SECTORS, ["pokja"]).tied.value is None
    absent = sector_pairs(INFORMATION, SECTORS, ["pokja", "lembaga"])
    assert absent.tied == Share(0, 1)
    unknown = sector_pairs(INFORMATION, [None] * 8, ["pokja", "warga"])
    assert unknown.tied == Share(0, 1)


def test_sectors_a_leader_reaches() -> None:
    found = sectors_reached(INFORMATION, "p1", SECTORS)
    assert found.sectors == ("pemerintah", "warga")
    assert found.share == Share(2, 4)
    assert sectors_reached(INFORMATION, "p1", SECTORS, ["warga", "lembaga"]).share == Share(1, 2)
    assert sectors_reached(net("w1>p1"), "p1", SECTORS).sectors == ("warga",)
    with pytest.raises(ValueError, match="zz"):
        sectors_reached(INFORMATION, "zz", SECTORS)


def test_pairs_that_hang_on_one_person() -> None:
    star = net("p1>w1", "p1>w2", "p1>w3")
    assert pairs_still_connected_without(star, "p1") == Share(0, 3)
    assert pairs_still_connected_without(star, "w1") == Share(3, 3)
    assert pairs_still_connected_without(star, "g1") == Share(6, 6)
    assert pairs_still_connected_without(net(), "p1").value is None
    assert pairs_still_connected_without(net("w1>w2", "w1>p1", "p1>w2"), "p1") == Share(1, 1)


def test_pairs_with_several_kinds_of_exchange() -> None:
    relations = {
        "information": net("p1>w1", "w1>p1", "w1>w2"),
        "support": net("w1>p1"),
        "resources": net("g1>s1"),
    }
    assert multiplex_pairs(relations) == Share(1, 3)
    assert multiplex_pairs({}).value is None
    assert multiplex_pairs({"support": net(ids=[])}).value is None
    with pytest.raises(ValueError, match="different actors"):
        multiplex_pairs({"a": net(), "b": net(ids=["p1"])})


def test_ties_outside_the_group() -> None:
    network = net("p1>w1", "w2>w3", "g1>s1")
    assert outside_group_share(network, SECTORS) == Share(4, 8)
    assert crossing_ties(network, SECTORS) == Share(2, 3)
    unknown = [*SECTORS[:-1], None]  # s1: neither outside nor counted
    assert outside_group_share(network, unknown) == Share(2, 7)
    assert crossing_ties(network, unknown) == Share(1, 2)
    with pytest.raises(ValueError, match="one to one"):
        outside_group_share(network, ["x"])


def test_organisations_named_by_other_sectors() -> None:
    network = net("p1>g1", "w1>g1", "w2>g1", "g2>g1", "g1>s1")
    found = named_by_others(network, ["g1", "s1", "w3"], SECTORS)
    assert found == {"g1": Share(2, 3), "s1": Share(1, 3), "w3": Share(0, 3)}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS))
                .filter(lambda e: e[0] != e[1]), max_size=20))  # fmt: skip
def test_shares_are_shares_and_direction_does_not_matter_where_said(
    ends: list[tuple[str, str]],
) -> None:
    network, _ = from_pairs([a for a, _ in ends], [b for _, b in ends], IDS)
    back, _ = from_pairs([b for _, b in ends], [a for a, _ in ends], IDS)
    assert sector_pairs(network, SECTORS, PRESENT) == sector_pairs(back, SECTORS, PRESENT)
    assert outside_group_share(network, SECTORS) == outside_group_share(back, SECTORS)
    assert not_isolated(network).giving == not_isolated(back).receiving
    for actor in IDS:
        share = pairs_still_connected_without(network, actor)
        assert share == pairs_still_connected_without(back, actor)
        assert 0 <= share.count <= share.of
