"""Vertex bootstrap: beside a plain reading of the paper in R, and where it has nothing to say."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.networks.bootstrap import Bootstrapped, _figures, vertex_bootstrap
from satuhati.core.networks.cohesion import (
    density,
    dyad_census,
    reciprocity_edgewise,
    transitivity,
)
from satuhati.core.networks.describe import describe
from satuhati.core.networks.network import Network, from_edges, from_pairs

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
FROZEN = json.loads((REFERENCE / "networks_more.json").read_text())["bootstrap"]
FIGURES = ("density", "reciprocity_edgewise", "transitivity")


def managers(name: str) -> Network:
    with (REFERENCE / f"networks_more.{name}.csv").open() as file:
        rows = list(csv.DictReader(file))
    ids = [str(i) for i in range(1, 22)]
    return from_pairs([r["source"] for r in rows], [r["target"] for r in rows], ids)[0]


@pytest.mark.parametrize("name", ["advice", "friendship"])
def test_standard_errors_are_those_of_r(name: str) -> None:
    found = vertex_bootstrap(managers(name), resamples=4000, seed=2)
    ours = [getattr(found, figure) for figure in FIGURES]
    assert [x.value for x in ours] == pytest.approx(FROZEN[name]["value"])
    # Two runs of 4,000: the error of a standard deviation is about 1.1 %, of their ratio 1.6 %.
    assert [x.se for x in ours] == pytest.approx(FROZEN[name]["se"], rel=0.06)
    for x in ours:
        assert x.interval == pytest.approx((x.value - 1.959964 * x.se, x.value + 1.959964 * x.se))
    assert found.warnings == ()


@st.composite
def networks(draw: st.DrawFn) -> Network:
    n = draw(st.integers(5, 12))
    chance = draw(st.floats(0.1, 0.9))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    edges = np.argwhere(rng.random((n, n)) < chance)
    edges = edges[edges[:, 0] != edges[:, 1]]
    return from_edges(tuple(map(str, range(n))), edges, directed=draw(st.booleans()))


@given(networks())
def test_figures_of_a_sample_are_those_of_the_network(network: Network) -> None:
    ties = np.zeros((network.n, network.n), dtype=bool)
    ties[network.edges[:, 0], network.edges[:, 1]] = True
    if not network.directed:
        ties |= ties.T
    ours = _figures(ties)
    theirs = (
        density(network),
        reciprocity_edgewise(dyad_census(network)),
        transitivity(network),
    )
    expected = [np.nan if x is None else x for x in theirs]
    assert list(ours) == pytest.approx(expected, nan_ok=True)


@settings(max_examples=20, deadline=None)
@given(networks(), st.integers(0, 100))
def test_intervals_hold_the_value_and_the_seed_decides(network: Network, seed: int) -> None:
    found = vertex_bootstrap(network, resamples=20, seed=seed)
    assert found == vertex_bootstrap(network, resamples=20, seed=seed)
    for name in FIGURES:
        x: Bootstrapped = getattr(found, name)
        if x.interval is not None:
            assert x.value is not None
            assert 0 <= x.interval[0] <= x.value <= x.interval[1] <= 1
    if not network.directed:
        assert found.reciprocity_edgewise == Bootstrapped(None, None, None)


def test_nothing_to_draw_from() -> None:
    ids = tuple(map(str, range(6)))
    empty = vertex_bootstrap(from_edges(ids, np.zeros((0, 2), dtype=np.int64)))
    assert empty.density == Bootstrapped(0.0, None, None)
    assert [d.code for d in empty.warnings] == ["network_empty"]
    few = vertex_bootstrap(from_pairs(["a"], ["b"])[0])
    assert [d.code for d in few.warnings] == ["too_few"]
    full = from_edges(ids, np.argwhere(~np.eye(6, dtype=bool)))
    flat = vertex_bootstrap(full, resamples=50)
    assert flat.density == Bootstrapped(1.0, None, None)
    assert [d.code for d in flat.warnings] == ["vertex_bootstrap_flat"]
    many = from_edges(tuple(map(str, range(3001))), np.array([[0, 1]]))
    assert [d.code for d in vertex_bootstrap(many).warnings] == ["vertex_bootstrap_large"]
    with pytest.raises(ValueError, match="two"):
        vertex_bootstrap(full, resamples=1)


def test_a_single_tie_is_often_not_drawn() -> None:
    one = from_edges(tuple(map(str, range(6))), np.array([[0, 1]]))
    found = vertex_bootstrap(one, resamples=200)
    assert "bootstrap_degenerate" in [d.code for d in found.warnings]
    assert found.density.se is not None


def test_describe_carries_it_when_asked() -> None:
    network = managers("advice")
    assert describe(network, permutations=0).bootstrap is None
    asked = describe(network, permutations=0, resamples=50, seed=3).bootstrap
    assert asked == vertex_bootstrap(network, resamples=50, seed=3)
