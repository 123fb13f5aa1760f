"""Bootstrap intervals of α and means: SciPy on the same answers, missing answers, edges."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from satuhati.core.surveys.reliability import reliability
from satuhati.core.surveys.resampling import bootstrap_scales
from satuhati.core.surveys.scales import Scale

ITEMS = tuple("abcde")
SCALE = Scale("s", ITEMS, frozenset({"b"}), 1, 5)
nan = float("nan")


def made(n, seed=1):
    rng = np.random.default_rng(seed)
    X = np.clip(np.round(2 + rng.normal(size=(n, 1)) + rng.normal(size=(n, 5))), 1, 5)
    X[:, 1] = 6 - X[:, 1]
    return X


def alpha(*items, axis=-1):
    S = np.stack(items)
    own, total = S.var(axis=axis, ddof=1).sum(axis=0), S.sum(axis=0).var(axis=axis, ddof=1)
    return 5 / 4 * (1 - own / total)


def test_intervals_equal_scipy_within_the_error_of_drawing():
    X = made(80)
    turned = X.copy()
    turned[:, 1] = 6 - turned[:, 1]
    found = bootstrap_scales(X, ITEMS, [SCALE], resamples=10_000)["s"]
    peer = stats.bootstrap(tuple(turned.T), alpha, paired=True, vectorized=True,
                           n_resamples=10_000, method="BCa", rng=2)  # fmt: skip
    error = found.alpha.se
    assert found.alpha.estimate == pytest.approx(reliability(X, SCALE).alpha, abs=1e-12)
    assert error == pytest.approx(peer.standard_error, rel=0.05)
    assert found.alpha.interval == pytest.approx(peer.confidence_interval, abs=0.15 * error)
    mean = stats.bootstrap((turned.mean(axis=1),), np.mean, n_resamples=10_000, method="BCa",
                           rng=2)  # fmt: skip
    assert found.mean.estimate == pytest.approx(turned.mean())
    assert found.mean.interval == pytest.approx(mean.confidence_interval, abs=0.15 * found.mean.se)


def test_missing_answers_are_left_out_pair_by_pair():
    X = made(120, 3)
    X[np.random.default_rng(4).random(X.shape) < 0.1] = nan
    found = bootstrap_scales(X, ITEMS, [SCALE])["s"]
    assert found.alpha.estimate == pytest.approx(reliability(X, SCALE).alpha, abs=1e-10)
    low, high = found.alpha.interval
    assert low < found.alpha.estimate < high
    # One answer too few changes the path the sums take, and hardly the interval.
    Y = made(120, 3)
    whole = bootstrap_scales(Y, ITEMS, [SCALE])["s"].alpha
    Y[0, 0] = nan
    almost = bootstrap_scales(Y, ITEMS, [SCALE])["s"].alpha
    assert almost.interval == pytest.approx(whole.interval, abs=0.01)


def test_scales_share_their_draws_and_the_seed_decides():
    X = made(60, 5)
    two = [SCALE, Scale("again", ITEMS, frozenset({"b"}), 1, 5)]
    found = bootstrap_scales(X, ITEMS, two, seed=7)
    assert found["s"] == found["again"]
    assert bootstrap_scales(X, ITEMS, two, seed=7) == found
    assert bootstrap_scales(X, ITEMS, two, seed=8) != found


@pytest.mark.parametrize(
    "X",
    [
        np.empty((0, 5)),
        np.full((20, 5), 3.0),
        np.full((20, 5), nan),
        made(3),
    ],
)
def test_what_cannot_be_had_is_none(X):
    found = bootstrap_scales(X, ITEMS, [SCALE])["s"]
    assert found.alpha is None
    assert found.mean is None


def test_one_item_has_a_mean_but_no_alpha():
    found = bootstrap_scales(made(40), ITEMS, [Scale("one", ("a",), low=1, high=5)])["one"]
    assert found.alpha is None
    assert found.mean is not None


def test_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match="columns"):
        bootstrap_scales(made(10), ITEMS, [Scale("x", ("z",))])
    with pytest.raises(ValueError, match="n x p"):
        bootstrap_scales(made(10), ("a",), [SCALE])


def test_skewed_answers_get_the_skewed_interval_scipy_gives():
    """Without the acceleration, or with its sign turned, both ends move by more than this."""
    X = np.array([[1.0]] * 22 + [[2.0], [4.0], [5.0], [5.0]])
    found = bootstrap_scales(X, ("a",), [Scale("one", ("a",), low=1, high=5)], resamples=40_000)
    peer = stats.bootstrap((X[:, 0],), np.mean, n_resamples=40_000, method="BCa", rng=3)
    mean = found["one"].mean
    assert mean.interval == pytest.approx(peer.confidence_interval, abs=0.06 * mean.se)
    low, high = mean.interval
    assert high - mean.estimate > 1.5 * (mean.estimate - low)
