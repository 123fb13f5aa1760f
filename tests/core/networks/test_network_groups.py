"""E-I index, densities and brokerage: hand-counted, enumerated and simulated."""

from itertools import product

import numpy as np
import pytest

from satuhati.core.networks.brokerage import ROLES, brokerage, expectation
from satuhati.core.networks.describe import Description, describe
from satuhati.core.networks.groups import (
    ei_permutations,
    label,
    two_sided,
)
from satuhati.core.networks.network import from_edges, from_pairs


def codes(described: Description) -> list[str]:
    return [doubt.code for doubt in described.warnings]


@pytest.mark.parametrize(
    ("groups", "role"),
    [("xxx", "coordinator"), ("xyx", "itinerant"), ("xxy", "representative"),
     ("xyy", "gatekeeper"), ("xyz", "liaison")],
)  # fmt: skip
def test_each_role_by_its_definition(groups: str, role: str) -> None:
    network, _ = from_pairs(["i", "j"], ["j", "k"])
    d = describe(network, list(groups))
    assert d.group is not None
    assert d.group.brokerage == {r: int(r == role) for r in ROLES}
    assert d.nodes["j"].brokerage == d.group.brokerage
    closed, _ = from_pairs(["i", "j", "i"], ["j", "k", "k"])
    assert sum(describe(closed, list(groups)).group.brokerage.values()) == 0


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("groups", ["aab", "abc", "aaa", "aabb", "abca"])
def test_mean_and_spread_of_brokerage_are_exact(groups: str, directed: bool) -> None:
    """Every network on so few actors, weighted by its chance."""
    n, p = len(groups), 0.3
    if directed and n == 4:
        groups, n = groups[:3], 3  # 2^12 networks of four would be slow; three are enough
    labels = label(list(groups))
    ends = [(i, j) for i in range(n) for j in range(n) if (i != j if directed else i < j)]
    first, second = np.zeros(5), np.zeros(5)
    for there in product([False, True], repeat=len(ends)):
        edges = np.array([e for e, t in zip(ends, there, strict=True) if t], dtype=np.int64)
        network = from_edges(tuple(map(str, range(n))), edges, directed=directed)
        total = brokerage(network, labels.codes).sum(axis=0)
        chance = p ** sum(there) * (1 - p) ** (len(ends) - sum(there))
        first += chance * total
        second += chance * total**2
    mean, sd = expectation(labels, p, directed=directed)
    np.testing.assert_allclose(mean, first, atol=1e-12)
    np.testing.assert_allclose(sd, np.sqrt(np.maximum(second - first**2, 0)), atol=1e-7)


@pytest.mark.parametrize("directed", [True, False])
def test_the_spread_of_brokerage_is_that_of_simulated_networks(directed: bool) -> None:
    labels = label(["a"] * 7 + ["b"] * 4 + ["c"] * 7)
    p, n, runs = 0.2876, 18, 20_000
    rng = np.random.default_rng(3)
    tie = rng.random((runs, n, n)) < p
    if not directed:
        tie = np.triu(tie, 1)
        tie = tie | tie.transpose(0, 2, 1)
    tie[:, range(n), range(n)] = False
    a = tie.astype(np.float32)
    gap = 1 - a - np.eye(n, dtype=np.float32)
    same = (labels.codes[:, None] == labels.codes).astype(np.float32)
    inside, across = a * same, a * (1 - same)
    totals = np.stack(
        [((legs[0] @ legs[1]) * gap * ends).sum(axis=(1, 2)) for legs, ends in (
            ((inside, inside), same), ((across, across), same), ((inside, across), 1 - same),
            ((across, inside), 1 - same), ((across, across), 1 - same))], axis=1,
    )  # fmt: skip
    mean, sd = expectation(labels, p, directed=directed)
    np.testing.assert_allclose(mean, totals.mean(axis=0), rtol=0.02)
    np.testing.assert_allclose(sd, totals.std(axis=0), rtol=0.03)


def test_densities_and_ei_by_hand() -> None:
    # x: a b, y: c d e; ties a→b inside, a→c and d→b between
    network, _ = from_pairs(["a", "a", "d"], ["b", "c", "b"], list("abcde"))
    g = describe(network, list("xxyyy")).group
    assert g is not None
    assert g.ei_index == pytest.approx(1 / 3)
    assert g.within_density == pytest.approx(1 / (2 + 6))
    assert g.between_density == pytest.approx(2 / 12)
    undirected, _ = from_pairs(["a", "a", "d"], ["b", "c", "b"], list("abcde"), directed=False)
    g = describe(undirected, list("xxyyy")).group
    assert g is not None
    assert g.within_density == pytest.approx(1 / 4)
    assert g.between_density == pytest.approx(2 / 6)


def test_the_permutation_test_is_seeded_and_two_sided() -> None:
    rng = np.random.default_rng(0)
    edges = np.array([(i, j) for i, j in rng.integers(0, 30, (120, 2)) if i != j])
    network = from_edges(tuple(map(str, range(30))), edges)
    groups = [str(i % 3) for i in range(30)]
    a, b = (describe(network, groups, permutations=500, seed=7).group for _ in range(2))
    assert a == b
    assert a is not None
    assert a.ei_pvalue is not None
    assert a.ei_pvalue > 0.05  # ties know nothing of these groups
    assert two_sided(0.0, np.array([-1.0, 1.0, 1.0])) == 1.0
    assert two_sided(-2.0, np.zeros(99)) == pytest.approx(2 / 100)
    assert two_sided(0.0, np.zeros(0)) is None


def test_permuted_labels_keep_the_mean_known_from_group_sizes() -> None:
    rng = np.random.default_rng(1)
    edges = np.array([(i, j) for i, j in rng.integers(0, 20, (60, 2)) if i != j])
    network = from_edges(tuple(map(str, range(20))), edges)
    codes = np.array([0] * 15 + [1] * 5)
    across = 2 * 15 * 5 / (20 * 19)  # chance that a pair of actors is in two groups
    permuted = ei_permutations(network, codes, 4000, 2)
    assert permuted.mean() == pytest.approx(2 * across - 1, abs=0.01)


def test_group_doubts() -> None:
    network, _ = from_pairs(["a", "b", "c"], ["b", "c", "d"])
    assert codes(describe(network, ["x", "x", "y", "y"], permutations=0)) == [
        "permutations_none", "brokerage_not_testable"]  # fmt: skip
    d = describe(network, ["x", "x", "x", "x"])
    assert "group_single" in codes(d)
    assert d.group is not None
    assert d.group.ei_index == -1
    assert d.group.ei_pvalue is None
    assert d.group.between_density is None
    d = describe(network, ["x", "x", "y", None], permutations=50)
    assert codes(d)[:3] == ["group_unknown", "group_one_actor", "permutations_few"]
    assert d.group is not None
    assert d.group.ei_index == 0  # a→b inside, b→c between; c→d is left out
    assert d.nodes["d"].brokerage is None
    d = describe(network, [None, "x", None, "y"])
    assert "group_no_ties" in codes(d)
    assert d.group is not None
    assert d.group.ei_index is None
    assert all(z is None for z in d.group.brokerage_z.values())


def test_very_many_groups_are_quick_and_finite() -> None:
    rng = np.random.default_rng(4)
    edges = np.array([(i, j) for i, j in rng.integers(0, 3000, (6000, 2)) if i != j])
    network = from_edges(tuple(map(str, range(3000))), edges)
    g = describe(network, [str(i // 2) for i in range(3000)], permutations=20).group
    assert g is not None
    assert g.brokerage_z["liaison"] is not None
    assert abs(g.brokerage_z["liaison"]) < 5
