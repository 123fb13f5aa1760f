"""The network as a value, and the doubts of networks that are too small to describe."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.networks import network as module
from satuhati.core.networks.describe import Description, describe
from satuhati.core.networks.network import Lookup, both_ways, from_edges, from_pairs, two_paths
from satuhati.core.results import plain
from satuhati.errors import InputError


def codes(described: Description) -> list[str]:
    return [doubt.code for doubt in described.warnings]


def test_repeated_pairs_are_merged_with_a_doubt() -> None:
    network, doubts = from_pairs(["a", "a", "b"], ["b", "b", "a"])
    assert network.edges.tolist() == [[0, 1], [1, 0]]
    assert [(d.code, d.fields["n"]) for d in doubts] == [("ties_repeated", 1)]
    network, doubts = from_pairs(["a", "a", "b"], ["b", "b", "a"], directed=False)
    assert network.edges.tolist() == [[0, 1]]
    assert doubts[0].fields["n"] == 2


def test_a_network_cannot_be_changed() -> None:
    network, _ = from_pairs(["a"], ["b"])
    with pytest.raises(ValueError, match="read-only"):
        network.edges[0, 0] = 5
    with pytest.raises(AttributeError):
        network.ids = ()


def test_a_tie_to_oneself_and_an_unknown_actor_are_input_errors() -> None:
    with pytest.raises(InputError) as caught:
        from_pairs(["a", "b"], ["a", "c"])
    assert [p.code for p in caught.value.problems] == ["tie_to_self"]
    with pytest.raises(InputError) as caught:
        from_pairs(["a", "x"], ["b", "y"], ["a", "b"])
    assert [p.fields["id"] for p in caught.value.problems] == ["x", "y"]


def test_edges_outside_the_actors_are_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        from_edges(("a",), np.array([[0, 1]]))
    with pytest.raises(ValueError, match="oneself"):
        from_edges(("a",), np.array([[0, 0]]))
    with pytest.raises(ValueError, match="unique"):
        from_pairs([], [], ["a", "a"])
    with pytest.raises(ValueError, match="length"):
        from_pairs(["a"], [])


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_a_network_without_ties_is_described_honestly(n: int, directed: bool) -> None:
    network, _ = from_pairs([], [], [str(i) for i in range(n)], directed=directed)
    d = describe(network, [None] * n)
    assert d.actors == d.components == d.isolates == n
    assert d.density == (0 if n > 1 else None)
    assert d.transitivity is None
    assert d.reciprocity_edgewise is None
    assert "network_empty" in codes(d)
    assert ("network_too_small" in codes(d)) == (n < 3)
    assert all(v == (0 if n > 2 else None) for v in d.centralization.values())
    assert d.group is not None
    assert d.group.ei_index is d.group.within_density is d.group.ei_pvalue is None
    json.dumps(plain(d), allow_nan=False)


def test_transitivity_without_a_two_path_is_empty_and_said_so() -> None:
    network, _ = from_pairs(["a", "c"], ["b", "d"])
    d = describe(network)
    assert d.transitivity is None
    assert codes(d) == ["transitivity_undefined", "closeness_apart"]


def test_a_star_is_wholly_centralized() -> None:
    leaves = ["b", "c", "d", "e"]
    star = describe(from_pairs(leaves, ["a"] * 4)[0])
    assert star.centralization == {"indegree": 1.0, "outdegree": 1 / 16, "betweenness": 0.0}
    star = describe(from_pairs(leaves, ["a"] * 4, directed=False)[0])
    assert star.centralization == {"degree": 1.0, "betweenness": 1.0}
    assert star.cutpoints == ("a",)
    assert star.nodes["a"].effective_size == 4


def test_groups_must_match_and_permutations_be_countable() -> None:
    network, _ = from_pairs(["a"], ["b"])
    with pytest.raises(ValueError, match="one group per actor"):
        describe(network, ["x"])
    with pytest.raises(ValueError, match="negative"):
        describe(network, ["x", "y"], permutations=-1)


@given(
    st.integers(2, 9).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(
                st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(
                    lambda e: e[0] != e[1]
                )
            ),
        )
    )
)
def test_two_paths_and_lookup_agree_with_counting(case: tuple[int, list[tuple[int, int]]]) -> None:
    n, edges = case
    network = from_edges(tuple(map(str, range(n))), np.array(edges, dtype=np.int64).reshape(-1, 2))
    arcs = both_ways(network)
    found = sorted(
        (int(arcs[a, 0]), int(arcs[a, 1]), int(arcs[b, 1]))
        for first, second in two_paths(arcs, n)
        for a, b in zip(first, second, strict=True)
    )
    every = {(a, b) for a, b in edges}
    assert found == sorted((a, b, d) for a, b in every for c, d in every if b == c)
    i, j = np.indices((n, n))
    has = Lookup(arcs, n).has(i.ravel(), j.ravel()).reshape(n, n)
    assert {(int(a), int(b)) for a, b in np.argwhere(has)} == every


def test_blocks_of_two_paths_leave_none_out(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [[i, j] for i in range(8) for j in range(8) if i != j]
    network = from_edges(tuple("abcdefgh"), np.array(pairs))
    monkeypatch.setattr(module, "PATHS_PER_BLOCK", 10)
    blocks = two_paths(network.edges, 8)
    assert len(blocks) > 10
    assert sum(len(first) for first, _ in blocks) == 8 * 7 * 7
