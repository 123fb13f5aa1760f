"""Core and periphery, diffusion centrality, bonding, bridging and linking."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_network_reference import load

from satuhati.core.networks.bonds import Bonds, bonds
from satuhati.core.networks.clusters import Clusters, leiden
from satuhati.core.networks.cohesion import triad_census
from satuhati.core.networks.network import Network, from_edges, from_pairs
from satuhati.core.networks.periphery import core_periphery
from satuhati.core.networks.positions import closeness, closeness_centralization
from satuhati.core.networks.spreading import diffusion_centrality


def ideal(core: int, rim: int) -> Network:
    """A core all tied, every rim actor tied to all of the core and to nobody else."""
    n = core + rim
    edges = [(i, j) for i in range(core) for j in range(i + 1, n)]
    return from_edges(tuple(str(i) for i in range(n)), np.array(edges), directed=False)


def correlation(network: Network, core: tuple[int, ...]) -> float:
    """The definition itself: two vectors over pairs."""
    tied = {tuple(e) for e in network.edges.tolist()}
    pairs = list(combinations(range(network.n), 2))
    x = [float(p in tied) for p in pairs]
    y = [float(bool({*p} & {*core})) for p in pairs]
    return float(np.corrcoef(x, y)[0, 1]) if 0 < sum(y) < len(y) else -np.inf


def test_the_ideal_fits_wholly() -> None:
    found = core_periphery(ideal(3, 6))
    assert found.fit == pytest.approx(1.0)
    assert found.core is not None
    assert np.flatnonzero(found.core).tolist() == [0, 1, 2]


def test_a_star_is_a_core_of_one() -> None:
    found = core_periphery(ideal(1, 5))
    assert found.fit == pytest.approx(1.0)
    assert found.core is not None
    assert found.core.sum() == 1


@given(st.integers(3, 7), st.integers(0, 2**21))
def test_core_and_periphery_by_its_definition(n: int, code: int) -> None:
    pairs = [p for k, p in enumerate(combinations(range(n), 2)) if code >> k & 1]
    network = from_edges(tuple(map(str, range(n))), np.array(pairs), directed=False)
    found = core_periphery(network)
    if network.m in (0, n * (n - 1) // 2):
        assert found.fit is None
        return
    assert found.core is not None
    assert found.fit is not None
    core = tuple(np.flatnonzero(found.core).tolist())
    assert found.fit == pytest.approx(correlation(network, core))
    best = max(correlation(network, c) for k in range(1, n) for c in combinations(range(n), k))
    assert found.fit <= best + 1e-9
    # No single move helps.
    for i in range(n):
        moved = tuple({*core} ^ {i})
        assert correlation(network, moved) <= found.fit + 1e-9


def test_diffusion_on_a_line_by_hand() -> None:
    line, _ = from_pairs(["a", "b"], ["b", "c"])
    # q = 1/2, two periods: a tells b (1/2) and b tells c (1/4).
    got = diffusion_centrality(line, probability=0.5, periods=2)
    assert got.tolist() == [0.75, 0.5, 0.0]


def test_diffusion_between_degree_and_katz() -> None:
    network, _ = load("florentine")
    graph = nx.Graph()
    graph.add_nodes_from(range(network.n))
    graph.add_edges_from(network.edges.tolist())
    once = diffusion_centrality(network, probability=1.0, periods=1)
    assert once.tolist() == [graph.degree(i) for i in range(network.n)]
    endless = diffusion_centrality(network, probability=0.1, periods=400)
    katz = nx.katz_centrality_numpy(graph, alpha=0.1, beta=1.0, normalized=False)
    assert endless + 1 == pytest.approx([katz[i] for i in range(network.n)], abs=1e-9)
    assert network.ids[int(diffusion_centrality(network).argmax())] == "Medici"


def test_diffusion_takes_the_largest_eigenvalue_and_the_diameter() -> None:
    network, _ = load("sampson")
    matrix = np.zeros((network.n, network.n))
    matrix[network.edges[:, 0], network.edges[:, 1]] = 1.0
    q = 1 / np.abs(np.linalg.eigvals(matrix)).max()
    graph = nx.Graph(network.edges.tolist())
    expected, step = np.zeros(network.n), np.ones(network.n)
    for _ in range(nx.diameter(graph)):
        step = q * matrix @ step
        expected += step
    assert diffusion_centrality(network) == pytest.approx(expected)


def test_diffusion_of_odd_networks() -> None:
    assert diffusion_centrality(from_edges((), np.zeros((0, 2)))).tolist() == []
    assert diffusion_centrality(from_edges(("a",), np.zeros((0, 2)))).tolist() == [0.0]
    line, _ = from_pairs(["a"], ["b"])  # no way back: no eigenvalue above 0
    assert diffusion_centrality(line).tolist() == [1.0, 0.0]
    for wrong in (0.0, 1.5, -1.0):
        with pytest.raises(ValueError, match="probability"):
            diffusion_centrality(line, probability=wrong)
    with pytest.raises(ValueError, match="periods"):
        diffusion_centrality(line, periods=0)


def test_bonding_bridging_linking_by_hand() -> None:
    network, _ = from_pairs(list("aabcee"), list("bcdeaf"), list("abcdefg"))
    found = bonds(
        network,
        ["warga", "warga", "lembaga", "pemerintah", "warga", None, None],
        [0, 0, 0, 2, None, 0, 1],
    )
    # a-b, a-e inside a sector; a-c, c-e between sectors; b-d across power; e-f unknown.
    assert found == Bonds(bonding=2, bridging=2, linking=1, unknown=1)
    assert found.shares == (0.4, 0.4, 0.2)
    assert bonds(from_edges(("a",), np.zeros((0, 2))), ["warga"], [None]).shares is None
    with pytest.raises(ValueError, match="labels"):
        bonds(network, ["warga"], [0])


@pytest.mark.parametrize("name", ["florentine", "sampson"])
def test_closeness_is_that_of_networkx(name: str) -> None:
    network, _ = load(name)
    graph = nx.Graph()
    graph.add_nodes_from(range(network.n))
    graph.add_edges_from(network.edges.tolist())
    theirs = nx.closeness_centrality(graph)  # improved by Wasserman and Faust
    assert closeness(network) == pytest.approx([theirs[i] for i in range(network.n)])
    assert closeness(from_edges(("a",), np.zeros((0, 2)))).tolist() == [0.0]


def test_triads_are_those_of_networkx_and_add_up() -> None:
    network, _ = load("sampson")
    found = triad_census(network)
    assert found == nx.triadic_census(nx.DiGraph(network.edges.tolist()))
    assert found is not None
    assert sum(found.values()) == 18 * 17 * 16 // 6
    assert triad_census(load("florentine")[0]) is None
    assert sum((triad_census(from_edges(("a",), np.zeros((0, 2)))) or {}).values()) == 0


def test_closeness_centralization_of_the_florentine_families() -> None:
    """.3225 among the fifteen families that are joined (Wasserman & Faust 1994, p. 187)."""
    network, _ = load("florentine")
    assert closeness_centralization(network) is None  # Pucci is joined to nobody
    keep = [i for i, name in enumerate(network.ids) if name != "Pucci"]
    spot = {i: k for k, i in enumerate(keep)}
    fifteen = from_edges(
        tuple(network.ids[i] for i in keep),
        np.array([[spot[a], spot[b]] for a, b in network.edges.tolist()]),
        directed=False,
    )
    assert closeness_centralization(fifteen) == pytest.approx(0.3225, abs=5e-5)
    star = ideal(1, 5)
    assert closeness_centralization(star) == pytest.approx(1.0)
    ring = from_edges(tuple("abcd"), np.array([[0, 1], [1, 2], [2, 3], [3, 0]]), directed=False)
    assert closeness_centralization(ring) == 0.0


def test_clusters_of_two_cliques_and_of_the_karate_club() -> None:
    edges = [*combinations(range(5), 2), *combinations(range(5, 10), 2), (0, 5)]
    two = from_edges(tuple(map(str, range(10))), np.array(edges), directed=False)
    found = leiden(two)
    assert found.members == (1,) * 5 + (2,) * 5
    # Q by its definition: 21 ties, 10 inside each, degrees 21 and 21.
    assert found.modularity == pytest.approx(2 * (10 / 21 - (21 / 42) ** 2))
    karate = nx.karate_club_graph()
    club = from_edges(tuple(map(str, range(34))), np.array(list(karate.edges)), directed=False)
    found = leiden(club)
    # The best partition there is (Brandes et al. 2008): four clusters, .4198.
    assert found.count == 4
    assert found.modularity == pytest.approx(0.4198, abs=5e-5)
    assert leiden(club, seed=7) == leiden(club, seed=7)
    alone, _ = from_pairs([], [], ["a", "b"])
    assert leiden(alone) == Clusters((1, 2), 2, None)


def test_diffusion_of_a_large_network_takes_the_same_eigenvalue() -> None:
    rng = np.random.default_rng(3)
    ties = rng.random((90, 90)) < 0.05
    np.fill_diagonal(ties, False)
    for directed in (True, False):
        network = from_edges(tuple(map(str, range(90))), np.argwhere(ties), directed=directed)
        matrix = np.zeros((90, 90))
        for a, b in network.edges.tolist():
            matrix[a, b] = 1.0
            if not directed:
                matrix[b, a] = 1.0
        root = np.abs(np.linalg.eigvals(matrix)).max()
        once = diffusion_centrality(network, periods=1)
        assert once == pytest.approx(matrix.sum(axis=1) / root)
