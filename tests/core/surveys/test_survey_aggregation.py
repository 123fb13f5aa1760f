"""Agreement within groups: R's multilevel (frozen), Shrout and Fleiss, and the edges."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from satuhati.core.surveys.aggregation import aggregate, null_variance, one_way, rwg
from satuhati.core.surveys.scales import Scale

DATA = Path(__file__).parents[2] / "data"
REFERENCE = json.loads((DATA / "reference" / "survey_models.json").read_text("utf-8"))
MADE = REFERENCE["made"]
GROUPS = [str(g) for g in MADE["data"]["g"]]
ANSWERS = np.array([MADE["data"][c] for c in "abc"], dtype=float).T
SCALE = Scale("s", ("a", "b", "c"), low=1, high=5)
ITEMS = {"chavis": range(2, 26), "omoto": range(1, 19), "jason": range(1, 10),
         "halamova": range(1, 23)}  # fmt: skip


def codes(result):
    return [d.code for d in result.warnings]


@pytest.mark.parametrize("expected", REFERENCE["groups"], ids=lambda e: e["scale"])
def test_22_communities_equal_r_multilevel(expected):
    columns = tuple(f"{expected['scale']}_{i}" for i in ITEMS[expected["scale"]])
    frame = pl.read_csv(DATA / "sense_of_community.csv.gz", null_values="NA")
    part = frame.select("comm", *(pl.col(c).cast(pl.Float64) for c in columns)).drop_nulls()
    scale = Scale("s", columns, low=0, high=1)
    found = aggregate(part.select(columns).to_numpy(), [str(g) for g in part["comm"]], scale)
    assert (found.n, found.groups) == (expected["n"], expected["groups"])
    for name in ("icc1", "icc2", "rwg_mean", "rwg_median", "ad_mean"):
        assert getattr(found, name) == pytest.approx(expected[name], abs=1e-12), name
    assert found.null_variance == pytest.approx(1 / 12)


def test_small_groups_of_whole_answers_equal_r_multilevel():
    found = aggregate(ANSWERS, GROUPS, SCALE)
    assert found.icc1 == pytest.approx(MADE["icc1"])
    assert found.icc2 == pytest.approx(MADE["icc2"])
    assert found.rwg_mean == pytest.approx(np.mean(MADE["rwg"]))
    assert found.rwg_median == pytest.approx(np.median(MADE["rwg"]))
    assert found.ad_mean == pytest.approx(np.mean(MADE["ad"]))
    assert found.null_variance == pytest.approx(2)
    # Groups 1 and 2 have four and three persons.
    assert set(found.by_group) == {"3", "4"}
    assert found.by_group["4"].rwg == pytest.approx(MADE["rwg"][3])
    assert found.by_group["4"].ad == pytest.approx(MADE["ad"][3])
    assert codes(found) == ["aggregate_small", "rwg_inflated"]


def test_skewed_null_equals_r_multilevel_and_is_unknown_for_six_options():
    found = aggregate(ANSWERS, GROUPS, SCALE, null="slight")
    assert found.rwg_mean == pytest.approx(np.mean(MADE["rwg_skew"]))
    six = aggregate(ANSWERS, GROUPS, Scale("s", SCALE.items, low=1, high=6), null="heavy")
    assert six.rwg_mean is None
    assert six.icc1 == pytest.approx(MADE["icc1"])
    assert "rwg_null_unknown" in codes(six)


@pytest.mark.parametrize(
    ("shape", "shares", "variance"),
    [
        ("slight", (0.05, 0.15, 0.20, 0.35, 0.25), 1.34),
        ("moderate", (0, 0.10, 0.15, 0.40, 0.35), 0.90),
        ("heavy", (0, 0, 0.10, 0.40, 0.50), 0.44),
    ],
)
def test_skewed_variances_are_those_of_the_published_distributions(shape, shares, variance):
    x = np.arange(1, 6)
    assert np.dot(shares, x**2) - np.dot(shares, x) ** 2 == pytest.approx(variance)
    assert null_variance(1, 5, options=5, shape=shape) == pytest.approx(variance)


def test_one_way_gives_shrout_and_fleiss_first_coefficients():
    ratings = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    found = one_way(np.ravel(ratings), np.repeat(np.arange(6), 4))
    assert round(found.icc1, 3) == 0.166
    assert round(found.icc2, 3) == 0.443
    assert (found.df_between, found.df_within) == (5, 18)


def test_rwg_by_hand_and_beyond_the_null():
    # James, Demaree & Wolf: one item, variance .5 against 2 gives .75.
    assert rwg([0.5], 1, 2.0)[0] == pytest.approx(0.75)
    assert rwg([2.0, 3.0, 0.0], 4, 2.0).tolist() == [0, 0, 1]


def test_two_camps_are_said():
    answers = np.array([[1.0, 1], [1, 1], [5, 5], [5, 5], [1, 1], [5, 5]] * 2)
    found = aggregate(answers, ["a"] * 6 + ["b"] * 6, Scale("s", ("x", "y"), low=1, high=5))
    assert found.rwg_mean == 0
    assert "rwg_beyond_null" in codes(found)
    assert found.icc1 < 0
    assert "aggregate_icc_negative" in codes(found)


def test_reversed_items_and_input_left_alone():
    turned = ANSWERS.copy()
    turned[:, 1] = 6 - turned[:, 1]
    before = turned.copy()
    found = aggregate(turned, GROUPS, Scale("s", SCALE.items, frozenset({"b"}), 1, 5))
    assert found.icc1 == pytest.approx(MADE["icc1"])
    assert found.rwg_mean == pytest.approx(np.mean(MADE["rwg"]))
    assert np.array_equal(turned, before)


@pytest.mark.parametrize(
    ("answers", "groups", "code"),
    [
        (np.empty((0, 3)), [], "aggregate_few_groups"),
        (ANSWERS[:1], ["a"], "aggregate_few_groups"),
        (np.full((4, 3), np.nan), list("aabb"), "aggregate_few_groups"),
        (ANSWERS[:3], list("abc"), "aggregate_single"),
        (np.full((4, 3), 3.0), list("aabb"), "aggregate_no_variance"),
        (ANSWERS[:4], ["a", "a", "b", None], "aggregate_no_group"),
    ],
)
def test_edges_have_a_typed_answer(answers, groups, code):
    found = aggregate(answers, groups, SCALE)
    assert code in codes(found)
    if code != "aggregate_no_group":
        assert found.icc1 is None


def test_groups_must_fit_the_answers():
    with pytest.raises(ValueError, match="one group per row"):
        aggregate(ANSWERS, GROUPS[:-1], SCALE)
