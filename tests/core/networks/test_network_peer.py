"""Against NetworkX on random graphs, and on the Indian villages."""

import json
from pathlib import Path

import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.networks import cohesion, positions
from satuhati.core.networks.describe import describe
from satuhati.core.networks.network import Network, from_edges, from_pairs
from satuhati.core.results import plain

DATA = Path(__file__).parents[2] / "data"


@st.composite
def networks(draw: st.DrawFn, directed: bool | None = None) -> Network:
    n = draw(st.integers(1, 12))
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=50)) if pairs else []
    way = draw(st.booleans()) if directed is None else directed
    ids = tuple(f"a{i}" for i in range(n))
    return from_edges(ids, np.array(chosen, dtype=np.int64).reshape(-1, 2), directed=way)


def peer(network: Network) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.DiGraph() if network.directed else nx.Graph()
    graph.add_nodes_from(range(network.n))
    graph.add_edges_from(network.edges.tolist())
    return graph


def by_node(values: dict[int, float], n: int) -> np.ndarray:
    return np.array([values[i] for i in range(n)], dtype=float)


@settings(max_examples=150, deadline=None)
@given(networks())
def test_whole_network_figures_are_networkx(network: Network) -> None:
    graph = peer(network)
    flat = graph.to_undirected()
    if network.n > 1:
        assert cohesion.density(network) == pytest.approx(nx.density(graph))
    ours = cohesion.transitivity(network)
    if any(d > 1 for _, d in flat.degree):
        assert ours == pytest.approx(nx.transitivity(flat))
    else:
        assert ours is None
    if network.directed and network.m:
        assert cohesion.reciprocity_edgewise(cohesion.dyad_census(network)) == pytest.approx(
            nx.overall_reciprocity(graph)
        )
    parts = {frozenset(np.flatnonzero(cohesion.components(network) == c).tolist())
             for c in cohesion.components(network)}  # fmt: skip
    assert parts == {frozenset(c) for c in nx.connected_components(flat)}
    assert cohesion.cutpoints(network).tolist() == sorted(nx.articulation_points(flat))


@settings(max_examples=150, deadline=None)
@given(networks())
def test_positions_are_networkx(network: Network) -> None:
    graph, n = peer(network), network.n
    np.testing.assert_allclose(
        positions.betweenness(network),
        by_node(nx.betweenness_centrality(graph, normalized=False), n),
        atol=1e-9,
    )
    assert positions.core(network).tolist() == [nx.core_number(graph)[i] for i in range(n)]
    constraint, size = positions.constraint(network), positions.effective_size(network)
    # NetworkX gives nan to an actor that only receives; Burt's sums run over contacts either way.
    gives = [i for i in range(n) if len(graph[i])]
    theirs = nx.constraint(graph, gives) if gives else {}
    np.testing.assert_allclose(constraint[gives], [theirs[i] for i in gives], atol=1e-9)
    theirs = nx.effective_size(graph, gives) if gives else {}
    np.testing.assert_allclose(size[gives], [theirs[i] for i in gives], atol=1e-9)
    alone = [i for i in range(n) if not nx.degree(graph, i)]
    assert np.isnan(constraint[alone]).all()
    assert np.isnan(size[alone]).all()
    assert np.isnan(size).sum() == len(alone)


@settings(max_examples=100, deadline=None)
@given(networks(directed=True))
def test_reversing_ties_swaps_giving_and_receiving(network: Network) -> None:
    back = from_edges(network.ids, network.edges[:, ::-1].copy())
    a, b = describe(network), describe(back)
    assert a.dyads == b.dyads
    assert a.components == b.components
    assert a.cutpoints == b.cutpoints
    assert a.centralization["indegree"] == b.centralization["outdegree"]
    for actor, figures in a.nodes.items():
        assert figures.indegree == b.nodes[actor].outdegree
        assert figures.betweenness == pytest.approx(b.nodes[actor].betweenness)
        assert figures.effective_size == pytest.approx(b.nodes[actor].effective_size)


@pytest.fixture(scope="module")
def villages() -> dict[str, Network]:
    table = pl.read_csv(DATA / "village_ties_india.csv.gz", infer_schema=False)
    return {
        str(key[0]): from_pairs(part["source"].to_list(), part["target"].to_list(),
                                directed=False)[0]
        for key, part in table.group_by("village", maintain_order=True)
    }  # fmt: skip


def test_all_indian_villages_add_up(villages: dict[str, Network]) -> None:
    # Published: 66,862 ties, 14,904 households. The file holds ties only, so the 739 households
    # without any are not in it: describing them needs a list of actors.
    assert len(villages) == 75
    assert sum(v.m for v in villages.values()) == 66_862
    assert sum(v.n for v in villages.values()) == 14_904 - 739


def test_every_indian_village_can_be_described(villages: dict[str, Network]) -> None:
    for village, network in villages.items():
        d = describe(network)
        json.dumps(plain(d), allow_nan=False)
        assert d.transitivity is not None, village
        assert [w.code for w in d.warnings] == ["ties_undirected"], village


@pytest.mark.parametrize("village", ["1", "10", "77"])
def test_an_indian_village_is_described_as_networkx_does(
    villages: dict[str, Network], village: str
) -> None:
    network = villages[village]
    d, graph = describe(network), peer(network)
    assert d.isolates == 0
    assert d.transitivity == pytest.approx(nx.transitivity(graph))
    assert d.components == nx.number_connected_components(graph)
    assert len(d.cutpoints) == len(list(nx.articulation_points(graph)))
    between = by_node(nx.betweenness_centrality(graph, normalized=False), network.n)
    np.testing.assert_allclose([x.betweenness for x in d.nodes.values()], between, atol=1e-6)
