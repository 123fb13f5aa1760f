"""Many networks at once say what each says alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_network_reference import load

from satuhati.core.networks.describe import describe
from satuhati.core.networks.many import ManyNetworks, describe_many
from satuhati.core.networks.network import Network, from_edges


def together(networks: list[Network], groups: list[list[int]] | None = None) -> ManyNetworks:
    net = np.concatenate([np.full(n.m, i) for i, n in enumerate(networks)])
    edges = np.concatenate([n.edges for n in networks])
    codes = None if groups is None else np.array([c for g in groups for c in g], dtype=np.int64)
    return ManyNetworks(
        np.array([n.n for n in networks]), net, edges[:, 0], edges[:, 1], codes,
        networks[0].directed,
    )  # fmt: skip


def alone(network: Network, codes: list[int]) -> list[float]:
    d = describe(network, [None if c < 0 else str(c) for c in codes], permutations=0)
    known = [x.constraint for x in d.nodes.values() if x.constraint is not None]
    figures = (
        d.actors, d.ties, d.isolates, d.density, d.reciprocity_edgewise, d.transitivity,
        d.components, float(np.mean(known)) if known else None,
        d.group.ei_index if d.group else None,
    )  # fmt: skip
    return [np.nan if f is None else float(f) for f in figures]


def columns(many: ManyNetworks) -> np.ndarray:
    found = describe_many(many)
    return np.stack(
        [
            found.actors, found.ties, found.isolates, found.density, found.reciprocity_edgewise,
            found.transitivity, found.components, found.constraint, found.ei_index,
        ],
        axis=1,
    )  # fmt: skip


@st.composite
def some_networks(draw: st.DrawFn) -> tuple[list[Network], list[list[int]]]:
    directed = draw(st.booleans())
    made, groups = [], []
    for _ in range(draw(st.integers(1, 4))):
        # Around the widths of a word, too.
        n = draw(st.one_of(st.integers(0, 9), st.sampled_from([31, 32, 33, 63, 64, 65, 70])))
        rng = np.random.default_rng(draw(st.integers(0, 10**6)))
        p = draw(st.sampled_from([0.0, 0.03, 0.15, 0.6, 1.0]))
        ties = rng.random((n, n)) < p
        np.fill_diagonal(ties, False)
        made.append(from_edges(tuple(map(str, range(n))), np.argwhere(ties), directed=directed))
        groups.append(rng.integers(-1, 3, n).tolist())
    return made, groups


@settings(max_examples=60, deadline=None)
@given(some_networks())
def test_each_as_it_would_be_alone(drawn: tuple[list[Network], list[list[int]]]) -> None:
    networks, groups = drawn
    expected = [alone(n, g) for n, g in zip(networks, groups, strict=True)]
    np.testing.assert_allclose(columns(together(networks, groups)), expected, rtol=1e-12)


def test_monks_and_families() -> None:
    monks, factions = load("sampson", "faction")
    assert factions is not None
    codes = [sorted(set(factions)).index(f) for f in factions]
    found = describe_many(together([monks, monks], [codes, codes]))
    assert found.ties.tolist() == [88, 88]
    assert found.density[1] == pytest.approx(0.2876, abs=5e-5)
    assert found.reciprocity_edgewise[0] == pytest.approx(0.636, abs=5e-4)
    assert found.ei_index[1] == pytest.approx(-0.4318, abs=5e-5)
    families, _ = load("florentine")
    found = describe_many(together([families]))
    assert (found.isolates[0], found.components[0]) == (1, 2)
    assert found.transitivity[0] == pytest.approx(0.1915, abs=5e-5)
    assert np.isnan(found.reciprocity_edgewise[0])


def test_repeats_count_once_and_any_order_does() -> None:
    many = ManyNetworks(
        np.array([3, 2]), np.array([1, 0, 0, 0]), np.array([0, 0, 0, 1]), np.array([1, 1, 1, 0])
    )
    found = describe_many(many)
    assert found.ties.tolist() == [2, 1]
    assert found.reciprocity_edgewise.tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("net", "source", "target"),
    [([0], [0], [0]), ([0], [0], [2]), ([1], [0], [1]), ([0], [-1], [1]), ([0], [0], [])],
)
def test_what_does_not_fit_is_refused(net: list[int], source: list[int], target: list[int]) -> None:
    with pytest.raises(ValueError, match=r"tie|length"):
        describe_many(
            ManyNetworks(np.array([2]), np.array(net), np.array(source), np.array(target))
        )
