"""What stands beside the figures of a round."""

from __future__ import annotations

import numpy as np
import pytest
from test_network_reference import load

from satuhati.core.networks.bootstrap import density_bootstrap, vertex_bootstrap
from satuhati.core.networks.describe import describe
from satuhati.core.networks.groups import ei_permutations, label
from satuhati.core.networks.network import from_edges, from_pairs
from satuhati.core.networks.sureness import sureness


def test_the_monks_as_they_are_described() -> None:
    network, factions = load("sampson", "faction")
    assert factions is not None
    found = sureness(network, [True] * 18, factions)
    d = describe(network, factions)
    assert d.group is not None
    assert (found.told, found.returned) == (88, 56)
    assert found.density == d.density
    sure = density_bootstrap(network, resamples=400)
    assert (found.low, found.high) == sure.interval
    assert found.ei == d.group.ei_index
    assert found.ei_p == d.group.ei_pvalue
    assert found.ei_low is not None
    assert found.ei is not None
    assert found.ei < found.ei_low  # factions hold together
    # 95 % of 999: not the outermost, which two in a hundred networks of chance lie beyond.
    permuted = np.sort(ei_permutations(network, label(factions).codes, 999, 1))
    assert permuted[0] < permuted[24] <= found.ei_low <= permuted[25]
    assert found.ei_high is not None
    assert permuted[-1] > found.ei_high >= permuted[972]
    assert {k: v.times for k, v in found.brokerage.items()} == d.group.brokerage
    assert found.brokerage["liaison"].z == d.group.brokerage_z["liaison"]
    assert found.centralization == d.centralization["indegree"]
    assert found.readings["deletion"].reciprocity == pytest.approx(56 / 88)


def test_ties_told_by_both_of_those_between_two_who_answered() -> None:
    network, _ = from_pairs(["a", "b", "a", "b", "c"], ["b", "a", "c", "c", "a"])
    found = sureness(network, [True, True, False], ["pokja", "warga", None])
    assert (found.told, found.returned) == (2, 2)
    assert found.readings["available"].density == pytest.approx(4 / 4)
    assert found.low is None  # three actors are too few to be drawn again
    assert found.ei == 1.0  # c is of no known sector
    one = sureness(network, [True, True, True], ["pokja", "pokja", "pokja"])
    assert one.ei is None
    assert one.brokerage == {}
    nothing, _ = from_pairs([], [], ["a", "b"])
    bare = sureness(nothing, [True, False], ["pokja", "warga"])
    assert (bare.told, bare.density, bare.ei, bare.low) == (0, 0.0, None, None)


@pytest.mark.parametrize("name", ["sampson", "florentine", "arang_dak"])
def test_the_density_alone_is_as_sure_as_with_every_table_drawn(name: str) -> None:
    network, _ = load(name)
    slow = vertex_bootstrap(network, resamples=2000, seed=5).density
    fast = density_bootstrap(network, resamples=2000, seed=6)
    assert fast.value == slow.value
    # Two standard errors, each of 2,000 draws, differ by chance by 2.2 % of themselves.
    assert fast.se == pytest.approx(slow.se, rel=0.08)


def test_rows_of_the_silent_are_missing_not_empty() -> None:
    network, _ = load("arang_dak")
    answered = np.arange(network.n) % 4 > 0  # a quarter silent, whoever they are
    known = from_edges(network.ids, network.edges[answered[network.edges[:, 0]]])
    there = density_bootstrap(known, answered=answered.tolist(), resamples=2000)
    assert there.value == known.m / (answered.sum() * (network.n - 1))
    whole = density_bootstrap(network, resamples=2000)
    assert there.value == pytest.approx(whole.value, rel=0.1)
    # Cell by cell: the rows of the silent are not there to be counted.
    ties = np.zeros((network.n, network.n))
    ties[known.edges[:, 0], known.edges[:, 1]] = 1
    rng, told, found = np.random.default_rng(3), np.flatnonzero(answered), []
    for _ in range(1500):
        chosen = rng.integers(network.n, size=network.n)
        table = ties[np.ix_(chosen, chosen)]
        for i, j in zip(*np.nonzero(np.triu(chosen[:, None] == chosen, 1)), strict=True):
            a, b = rng.choice(told, 2, replace=False)
            table[i, j], table[j, i] = ties[a, b], ties[b, a]
        rows = answered[chosen]
        found.append(table[rows].sum() / (rows.sum() * (network.n - 1)))
    assert there.se == pytest.approx(np.std(found, ddof=1), rel=0.1)
    # With everybody's answer it is the same figure, draw for draw.
    assert density_bootstrap(network, answered=[True] * network.n, resamples=2000) == whole
    assert density_bootstrap(known, answered=[False] * network.n).value is None


def test_where_there_is_nothing_to_draw() -> None:
    ring = from_edges(tuple("abcd"), np.array([[0, 1], [1, 2], [2, 3], [3, 0]]))
    assert density_bootstrap(ring).interval is None
    bare = from_edges(tuple("abcdef"), np.zeros((0, 2), dtype=np.int64))
    assert density_bootstrap(bare).interval is None
    whole = np.array([[a, b] for a in range(6) for b in range(6) if a != b])
    assert density_bootstrap(from_edges(tuple("abcdef"), whole)).interval is None
    with pytest.raises(ValueError, match="at least two"):
        density_bootstrap(ring, resamples=1)
