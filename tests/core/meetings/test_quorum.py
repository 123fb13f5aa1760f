"""P(quorum) against enumeration and the binomial; pooling against its moments and its ends."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.meetings.quorum import (
    pooled_turnout,
    present_distribution,
    quorum_probability,
)


@given(st.lists(st.floats(0, 1), max_size=8), st.integers(-1, 9))
def test_equals_enumeration(p: list[float], needed: int) -> None:
    total = 0.0
    for came in product((0, 1), repeat=len(p)):
        if sum(came) >= needed:
            total += math.prod(x if c else 1 - x for x, c in zip(p, came, strict=True))
    assert quorum_probability(p, needed) == pytest.approx(total, abs=1e-12)


def test_equal_members_are_binomial() -> None:
    f = present_distribution([0.3] * 10)
    exact = [math.comb(10, j) * 0.3**j * 0.7 ** (10 - j) for j in range(11)]
    np.testing.assert_allclose(f, exact, rtol=1e-13)
    # R: pbinom(12, 25, .6, lower.tail = FALSE) = 0.846232231024
    assert quorum_probability([0.6] * 25, 13) == pytest.approx(0.846232231024, abs=1e-11)


def test_many_members_keep_their_sum_and_moments() -> None:
    p = np.random.default_rng(3).uniform(size=500)
    f, j = np.array(present_distribution(p.tolist())), np.arange(501)
    assert f.sum() == pytest.approx(1, abs=1e-12)
    assert (f * j).sum() == pytest.approx(p.sum())
    assert (f * (j - p.sum()) ** 2).sum() == pytest.approx((p * (1 - p)).sum())


@pytest.mark.parametrize("bad", [[-0.1], [1.1], [math.nan]])
def test_a_probability_is_one(bad: list[float]) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        present_distribution(bad)


def test_pooling_by_hand() -> None:
    """Three members, four meetings each, 4, 2 and 0 attended: p = ½, S = 2, N = 12.

    rho = (2 - ¼·2)/(¼·(12 - 48/12 - 2)) = 1.5/1.5 = 1: the spread leaves nothing to chance.
    With 4, 2, 1 : p = 7/12, S = 4·(25 + 1 + 16)/144 = 7/6, pq = 35/144,
    rho = (7/6 - 35/72)/(35/144·6) = (49/72)/(105/72) = 7/15, M = 8/7.
    """
    assert pooled_turnout([4, 2, 0], [4, 4, 4]).correlation == pytest.approx(1)
    np.testing.assert_allclose(pooled_turnout([4, 2, 0], [4, 4, 4]).probability, [1, 0.5, 0])
    got = pooled_turnout([4, 2, 1, 0], [4, 4, 4, 0])
    assert got.mean == pytest.approx(7 / 12)
    assert got.correlation == pytest.approx(7 / 15)
    pooled = [(k + 7 / 12 * 8 / 7) / (4 + 8 / 7) for k in (4, 2, 1)]
    np.testing.assert_allclose(got.probability, [*pooled, 7 / 12])


def test_alike_members_are_pooled_wholly() -> None:
    got = pooled_turnout([2, 2, 2], [4, 4, 4])
    assert got.correlation == 0
    np.testing.assert_allclose(got.probability, 0.5)


def test_a_record_of_certainty_is_not_certainty() -> None:
    assert max(pooled_turnout([3, 3], [3, 3]).probability) == pytest.approx(6.5 / 7)
    assert min(pooled_turnout([0, 0], [3, 3]).probability) == pytest.approx(0.5 / 7)
    assert pooled_turnout([1, 0], [1, 1]).probability == (0.5, 0.5)


def test_recovers_the_population() -> None:
    """Beta(3, 2): mean .6, intraclass correlation 1/6."""
    rng = np.random.default_rng(11)
    n = rng.integers(1, 20, size=4000)
    theta = rng.beta(3, 2, size=n.size)
    k = rng.binomial(n, theta)
    got = pooled_turnout(k.tolist(), n.tolist())
    assert got.mean == pytest.approx(0.6, abs=0.015)
    assert got.correlation == pytest.approx(1 / 6, abs=0.015)
    raw, pooled = ((k / n - theta) ** 2).mean(), ((got.probability - theta) ** 2).mean()
    assert pooled < 0.6 * raw


@given(
    st.lists(
        st.integers(0, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1
    )
)
def test_always_a_probability(rows: list[tuple[int, int]]) -> None:
    k, n = zip(*rows, strict=True)
    if not sum(n):
        with pytest.raises(ValueError, match="nobody"):
            pooled_turnout(k, n)
        return
    got = pooled_turnout(k, n)
    assert all(0 <= p <= 1 for p in got.probability)
    assert 0 <= got.correlation <= 1


def test_impossible_counts() -> None:
    with pytest.raises(ValueError, match="between 0 and invited"):
        pooled_turnout([3], [2])
