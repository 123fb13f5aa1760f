"""Published figures of data whose moments are kept: nine ability tests, schools of California."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from satuhati.core.surveys.cfa import confirm, invariance
from satuhati.core.surveys.means import design_mean

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "data" / "reference" / "moments.json").read_text("utf-8")
)
TESTS = [f"x{n}" for n in range(1, 10)]
FACTORS = {"visual": TESTS[:3], "textual": TESTS[3:6], "speed": TESTS[6:]}


def with_moments(n, mean, cov):
    """Made-up rows whose means and covariances (divisor n) are exactly these."""
    k = len(mean)
    Z = np.random.default_rng(1).normal(size=(n, k))
    Z -= Z.mean(axis=0)
    Z = Z @ np.linalg.inv(np.linalg.cholesky(Z.T @ Z / n)).T
    return Z @ np.linalg.cholesky(np.reshape(cov, (k, k))).T + np.array(mean)


@pytest.fixture(scope="module")
def schools():
    return [with_moments(s["n"], s["mean"], s["cov"]) for s in REFERENCE["schools"]]


def check(fit, expected):
    assert fit.df == expected["df"]
    assert fit.chisq == pytest.approx(expected["chisq"], abs=1e-4)
    for name in ("cfi", "tli", "rmsea", "srmr"):
        assert getattr(fit, name) == pytest.approx(expected[name], abs=1e-6), name


def test_nine_tests_of_holzinger_and_swineford(schools):
    found = confirm(np.vstack(schools), TESTS, FACTORS).fit
    check(found, REFERENCE["whole"])
    assert round(found.chisq, 3) == 85.306
    assert found.df == 24
    assert [round(x, 3) for x in (found.cfi, found.tli, found.rmsea, found.srmr)] == [
        0.931, 0.896, 0.092, 0.065,
    ]  # fmt: skip
    assert [round(x, 3) for x in found.rmsea_interval] == [0.071, 0.114]


def test_the_two_schools_step_by_step(schools):
    labels = [str(g) for g, part in enumerate(schools) for _ in part]
    found = invariance(np.vstack(schools), labels, TESTS, FACTORS)
    for level, chisq, df in (("configural", 115.851, 48), ("metric", 124.044, 54),
                             ("scalar", 164.103, 60)):  # fmt: skip
        check(found.fits[level], REFERENCE[level])
        assert (round(found.fits[level].chisq, 3), found.fits[level].df) == (chisq, df)


def test_api00_of_the_cluster_sample():
    told = REFERENCE["apiclus1"]
    clusters = np.repeat(np.arange(len(told["n"])), told["n"])
    # A design mean sees a cluster through its totals: its schools may as well be alike.
    values = np.repeat(np.divide(told["sum"], told["n"]), told["n"])
    n = len(values)
    found = design_mean(values, np.full(n, told["weight"]), None, clusters, np.full(n, told["fpc"]))
    assert (n, found.df) == (183, told["df"])
    assert found.value == pytest.approx(told["mean"], abs=1e-8)
    assert found.se == pytest.approx(told["se"], abs=1e-8)
    assert (round(found.value, 2), round(found.se, 2)) == (644.17, 23.54)
