import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.networks.layout import layout
from satuhati.core.networks.network import from_edges, from_pairs


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 25), st.data())
def test_positions_lie_in_the_unit_square_apart_and_repeat(n: int, data: st.DataObject) -> None:
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j]
    edges = data.draw(st.lists(st.sampled_from(pairs), max_size=40)) if pairs else []
    network = from_edges(tuple(map(str, range(n))), np.array(edges, dtype=np.int64).reshape(-1, 2))
    spots = layout(network, seed=3)
    assert spots.shape == (n, 2)
    assert np.isfinite(spots).all()
    assert ((spots >= 0) & (spots <= 1)).all()
    assert len(np.unique(spots.round(6), axis=0)) == n
    random.random()  # the picture depends on no global state
    np.testing.assert_array_equal(spots, layout(network, seed=3))


def test_one_actor_stands_in_the_middle() -> None:
    assert layout(from_pairs([], [], ["a"])[0]).tolist() == [[0.5, 0.5]]


def test_the_unconnected_stand_below_the_connected() -> None:
    ring = [str(i) for i in range(12)]
    network, _ = from_pairs(ring, ring[1:] + ring[:1], [*ring, "p", "q", "r"])
    spots = layout(network, seed=1)
    assert spots[12:, 1].min() > spots[:12, 1].max()


def test_tied_actors_stand_nearer_than_others() -> None:
    clusters = [(a, b) for base in (0, 6) for a in range(base, base + 6)
                for b in range(base, base + 6) if a < b]  # fmt: skip
    network = from_edges(tuple(map(str, range(12))), np.array([*clusters, (0, 6)]), directed=False)
    spots = layout(network, seed=2)
    gaps = np.linalg.norm(spots[:, None] - spots[None], axis=2)
    near = np.mean([gaps[a, b] for a, b in clusters])
    assert near < 0.5 * np.mean(gaps[:6, 6:])
    assert near != pytest.approx(0)
