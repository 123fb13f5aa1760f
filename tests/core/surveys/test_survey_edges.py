"""Whatever the answers, every statistic answers: a figure, or none with its doubt; never a crash.

Warnings are errors in these tests, so that a division by nothing counts as a crash too.
"""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from satuhati.core.results import plain
from satuhati.core.surveys.aggregation import aggregate
from satuhati.core.surveys.cfa import confirm, invariance
from satuhati.core.surveys.change import paired_change, reliable_change, unpaired_change
from satuhati.core.surveys.dif import item_dif
from satuhati.core.surveys.dimensionality import explore
from satuhati.core.surveys.graded import graded
from satuhati.core.surveys.means import design_mean
from satuhati.core.surveys.mixed import fit_mixed
from satuhati.core.surveys.ordered import confirm_ordered
from satuhati.core.surveys.ordered_groups import invariance_ordered
from satuhati.core.surveys.polychoric import polychoric
from satuhati.core.surveys.pooling import pool_scores
from satuhati.core.surveys.reliability import reliability
from satuhati.core.surveys.resampling import bootstrap_scales
from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.scoring import score

nan = float("nan")


def one_factor(X, names, groups):
    return {"f": names}


def two_factors(X, names, groups):
    half = max(len(names) // 2, 1)
    return {"f": names[:half], "g": names[half:]} if len(names) > 1 else {"f": names}


STATISTICS = {
    "score": lambda X, s, g: score(X, s).mean,
    "reliability": lambda X, s, g: reliability(X, s),
    "listwise": lambda X, s, g: reliability(X, s, missing="listwise"),
    "bootstrap": lambda X, s, g: bootstrap_scales(X, s.items, [s], resamples=100),
    "polychoric": lambda X, s, g: polychoric(X).R,
    "factors": lambda X, s, g: explore(X, s.items, repetitions=20),
    "factors ordered": lambda X, s, g: explore(X, s.items, ordered=True, repetitions=20),
    "factors two": lambda X, s, g: explore(X, s.items, nfactors=2, repetitions=20),
    "cfa": lambda X, s, g: confirm(X, s.items, two_factors(X, s.items, g), robust=True),
    "cfa fiml": lambda X, s, g: confirm(
        X, s.items, one_factor(X, s.items, g), missing="fiml", robust=True
    ),
    "cfa groups": lambda X, s, g: invariance(
        X, g, s.items, one_factor(X, s.items, g), missing="fiml", robust=True
    ),
    "cfa ordered": lambda X, s, g: confirm_ordered(X, s.items, one_factor(X, s.items, g)),
    "cfa ordered groups": lambda X, s, g: invariance_ordered(
        X, g, s.items, one_factor(X, s.items, g)
    ),
    "graded": lambda X, s, g: graded(X, s.items),
    "dif": lambda X, s, g: item_dif(X, g, s),
    "aggregate": lambda X, s, g: aggregate(X, g, s),
    "pool": lambda X, s, g: pool_scores(score(X, s).percent, g, draws=200),
    "mixed": lambda X, s, g: fit_mixed(X[:, 0], g, {"x": X[:, -1]}, slope="x"),
    "mean": lambda X, s, g: design_mean(X[:, 0], None, None, g if len(g) else None),
    "change": lambda X, s, g: unpaired_change(X[:, 0], X[:, -1]),
    "paired change": lambda X, s, g: paired_change(X[:, 0], X[:, -1]),
    "reliable change": lambda X, s, g: reliable_change(
        X[:, 0], X[:, -1], 1.0, reliability(X, s).alpha
    ),
}  # fmt: skip


def sound(result) -> None:
    """JSON without NaN or infinity."""
    text = json.dumps(plain(result), allow_nan=False)
    assert text


def check(name, X, groups):
    items = tuple(f"i{j}" for j in range(X.shape[1]))
    scale = Scale("s", items, frozenset(items[1:2]), 1, 5)
    before = X.copy()
    found = STATISTICS[name](X, scale, groups)
    assert np.array_equal(X, before, equal_nan=True)  # the answers given are left alone
    sound(found if not isinstance(found, np.ndarray) else found.tolist())


def tables(draw):
    """A small table of answers 1-5 with holes, and now and then an item that spoils things."""
    n, k = draw(st.integers(0, 40)), draw(st.integers(1, 5))
    seed = draw(st.integers(0, 10_000))
    rng = np.random.default_rng(seed)
    trait = rng.normal(size=(n, 1)) * draw(st.sampled_from([0.0, 1.0, 5.0]))
    X = np.clip(np.round(3 + trait + rng.normal(size=(n, k))), 1, draw(st.sampled_from([2, 3, 5])))
    X = X.astype(float)
    spoil = draw(st.sampled_from(["none", "constant", "twin", "opposite", "empty", "rare"]))
    if k > 1 and n:
        if spoil == "constant":
            X[:, 0] = 3
        elif spoil == "twin":
            X[:, 1] = X[:, 0]
        elif spoil == "opposite":
            X[:, 1] = 6 - X[:, 0]
        elif spoil == "empty":
            X[:, 0] = nan
        elif spoil == "rare":
            X[:, 0] = 1
            X[0, 0] = 5
    X[rng.random(X.shape) < draw(st.sampled_from([0.0, 0.0, 0.1, 0.6]))] = nan
    groups = [rng.choice(["a", "b", "c"]) for _ in range(n)]
    for i in range(0, n, draw(st.sampled_from([7, 1000]))):
        groups[i] = None
    return X, groups


@pytest.mark.parametrize("name", list(STATISTICS))
@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)  # fmt: skip
@given(st.data())
def test_any_small_table(name, data):
    check(name, *tables(data.draw))


EDGES = {
    "no rows": np.empty((0, 4)),
    "one row": np.array([[1.0, 2, 3, 4]]),
    "all missing": np.full((30, 4), nan),
    "all the same": np.full((30, 4), 3.0),
    "three items": np.random.default_rng(1).integers(1, 6, (60, 3)).astype(float),
    "fewer persons than items": np.random.default_rng(2).integers(1, 6, (4, 8)).astype(float),
    "twins": np.repeat(np.random.default_rng(3).integers(1, 6, (60, 2)), 2, axis=1).astype(float),
    "two answers": np.random.default_rng(4).integers(1, 3, (60, 4)).astype(float),
    "a step pattern": np.tri(6, 5).repeat(10, axis=0) + 1.0,  # Guttman: perfectly ordered
    "one answer each": np.where(np.eye(4).repeat(10, axis=0) > 0, 3.0, nan),
}


@pytest.mark.parametrize("edge", list(EDGES))
@pytest.mark.parametrize("name", list(STATISTICS))
def test_known_edges(name, edge):
    X = EDGES[edge]
    check(name, X, [("a", "b")[i % 2] for i in range(len(X))])


def test_figures_do_not_depend_on_the_order_of_persons():
    rng = np.random.default_rng(9)
    X = np.clip(np.round(3 + rng.normal(size=(150, 1)) + rng.normal(size=(150, 5))), 1, 5)
    X[rng.random(X.shape) < 0.05] = nan
    items = tuple("abcde")
    order = rng.permutation(150)
    for missing in ("listwise", "fiml"):
        one = confirm(X, items, {"f": items}, missing=missing, robust=True)
        two = confirm(X[order], items, {"f": items}, missing=missing, robust=True)
        assert math.isclose(one.fit.chisq, two.fit.chisq, abs_tol=1e-7)
        assert math.isclose(one.robust.chisq, two.robust.chisq, abs_tol=1e-6)
    a, b = graded(X, items), graded(X[order], items)
    assert a.loglik == pytest.approx(b.loglik, abs=1e-6)
    assert a.items["c"].a == pytest.approx(b.items["c"].a, abs=1e-3)
