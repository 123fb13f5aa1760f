"""Means under a design: R's survey (frozen), by hand, and one by one against all at once."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.intervals import wilson
from satuhati.core.surveys.means import design_mean, design_share, group_means, mean_estimate

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "data" / "reference" / "surveys.json").read_text("utf-8")
)
MADE = REFERENCE["made"]
MADE["w"] = [float(w) for w in MADE["w"]]  # JSON has 3 and 2.5; a column has one type
nan = float("nan")


def arguments(label, made=MADE):
    return {
        "weights": made["w"] if "w" in label else None,
        "strata": made["h"] if "h" in label else None,
        "clusters": made["c"] if "c" in label else None,
        "population": made["N"] if "N" in label else None,
    }


def codes(result):
    return [d.code for d in result.warnings]


@pytest.mark.parametrize("expected", REFERENCE["means"], ids=lambda e: e["label"])
def test_mean_equals_r_survey(expected):
    found = design_mean(MADE["y"], **arguments(expected["label"]))
    assert found.value == pytest.approx(expected["value"])
    assert found.se == pytest.approx(expected["se"])
    assert found.interval == pytest.approx((expected["lo"], expected["hi"]))
    assert found.df == expected["df"]
    if expected["deff"] is not None:
        assert found.deff == pytest.approx(expected["deff"])
    assert codes(found) == []


@pytest.mark.parametrize("expected", REFERENCE["means"], ids=lambda e: e["label"])
def test_all_groups_at_once_equal_r_survey(expected):
    label = expected["label"]
    frame = pl.DataFrame(MADE).with_columns(g=pl.lit("x"))
    found = group_means(
        frame,
        ["g"],
        "y",
        weight="w" if "w" in label else None,
        stratum="h" if "h" in label else None,
        cluster="c" if "c" in label else None,
        population="N" if "N" in label else None,
    ).row(0, named=True)
    for figure in ("value", "se", "lo", "hi", "df"):
        assert found[figure] == pytest.approx(expected[figure])


def test_a_single_cluster_in_a_stratum_is_adjusted_and_said():
    kept = [i for i, c in enumerate(MADE["c"]) if c != 5]
    made = {k: [v[i] for i in kept] for k, v in MADE.items()}
    expected = REFERENCE["lonely"]
    found = design_mean(made["y"], **arguments("whc", made))
    assert found.se == pytest.approx(expected["se"])
    assert found.interval == pytest.approx((expected["lo"], expected["hi"]))
    assert codes(found) == ["mean_lonely_cluster"]
    row = group_means(pl.DataFrame(made), ["N"], "y", "w", "h", "c")
    assert row["lonely"].to_list() == [1, 0, 0]


def test_simple_mean_by_hand():
    # 2, 4, 6: mean 4, sd 2, se 2/sqrt(3); in a population of 12 times sqrt(1 - 3/12).
    found = design_mean([2, 4, 6])
    assert (found.value, found.df, found.deff) == (4, 2, pytest.approx(1))
    assert found.se == pytest.approx(2 / 3**0.5)
    finite = design_mean([2, 4, 6], population=12)
    assert finite.se == pytest.approx((0.75 * 4 / 3) ** 0.5)
    assert finite.deff == pytest.approx(1)


def test_census_has_no_sampling_error():
    found = mean_estimate([2, 4, 6], population=3)
    assert (found.value, found.interval, found.n) == (4, None, 3)
    assert codes(found) == ["census"]
    over = design_mean([2, 4, 6], population=2)
    assert codes(over) == ["mean_census_exceeded", "census"]
    assert over.se == 0


def test_too_little_is_answered_honestly():
    assert codes(design_mean([])) == ["too_few"]
    assert codes(design_mean([nan, nan])) == ["too_few"]
    one = design_mean([5.0])
    assert (one.value, one.se, one.interval) == (5, None, None)
    assert codes(one) == ["too_few"]
    cluster = design_mean([5.0, 6, 7], clusters=["a", "a", "a"])
    assert (cluster.interval, codes(cluster)) == (None, ["too_few"])
    same = design_mean([0.1] * 7)
    assert same.interval == (pytest.approx(0.1), pytest.approx(0.1))
    assert codes(same) == ["mean_no_variation"]


def test_missing_rows_are_left_out():
    found = design_mean([2, nan, 4, 6, 9], [1, 1, 1, 1, nan])
    assert (found.n, found.value) == (3, 4)


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": [1, 2]},
        {"weights": [1, 2, 0]},
        {"strata": ["a"]},
        {"clusters": ["a"]},
        {"population": 0},
        {"population": [5, 5]},
        {"population": [5, 6, 5]},
    ],
    ids=str,
)
def test_wrong_designs_are_refused(wrong):
    with pytest.raises(ValueError, match=r"must be"):
        design_mean([2, 4, 6], **wrong)


person = st.tuples(
    st.sampled_from(["a", "b", "c"]),  # community
    st.sampled_from([None, 0.0, 25.0, 37.5, 60.0, 100.0]),
    st.sampled_from([0.5, 1.0, 3.0]),
    st.sampled_from(["RW1", "RW2"]),
    st.integers(1, 4),
)


@given(st.lists(person, max_size=40), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_all_groups_at_once_equal_one_by_one(people, weighted, strata, clusters, finite):
    frame = pl.DataFrame(
        people,
        schema={"g": pl.String, "y": pl.Float64, "w": pl.Float64, "h": pl.String, "c": pl.Int64},
        orient="row",
    ).with_columns(N=pl.when(pl.col("h") == "RW1").then(3.0).otherwise(30.0))
    if not strata:
        frame = frame.with_columns(N=pl.lit(6.0))
    before = frame.clone()
    together = group_means(
        frame,
        ["g"],
        "y",
        "w" if weighted else None,
        "h" if strata else None,
        "c" if clusters else None,
        "N" if finite else None,
    )
    assert frame.equals(before)
    assert together["g"].to_list() == sorted(set(frame["g"]))
    for row in together.iter_rows(named=True):
        part = frame.filter(pl.col("g") == row["g"])
        alone = design_mean(
            part["y"].fill_null(nan).to_numpy(),
            part["w"].to_numpy() if weighted else None,
            part["h"].to_list() if strata else None,
            part["c"].to_list() if clusters else None,
            part["N"].to_numpy() if finite else None,
        )
        lo, hi = alone.interval or (None, None)
        assert row["n"] == alone.n
        assert row["df"] == alone.df
        assert row["census"] == ("census" in codes(alone))
        for got, expected in ((row["value"], alone.value), (row["lo"], lo), (row["hi"], hi)):
            assert got == (None if expected is None else pytest.approx(expected, abs=1e-9))
        assert row["se"] == (None if alone.se is None else pytest.approx(alone.se, abs=1e-9))


def test_groups_keep_their_keys_and_unknown_populations():
    frame = pl.DataFrame(
        {
            "community": ["x", "x", "x", "y", "y", None, "z"],
            "wave": [1, 1, 1, 1, 1, 1, 2],
            "v": [1.0, 2.0, 3.0, 4.0, 6.0, 9.0, None],
            "N": [3, 3, 3, None, None, None, 5],
        }
    )
    found = group_means(frame, ["community", "wave"], "v", population="N")
    assert found["community"].to_list() == [None, "x", "y", "z"]
    assert found["n"].to_list() == [1, 3, 2, 0]
    assert found["value"].to_list() == [9, 2, 5, None]
    assert found["census"].to_list() == [False, True, False, False]
    assert found["lo"].is_null().to_list() == [True, True, False, True]
    empty = group_means(frame.clear(), ["community"], "v")
    assert empty.height == 0
    np.testing.assert_array_equal(empty.columns, found.drop("wave").columns)


def test_a_share_has_wilsons_interval_on_what_clusters_leave_of_n():
    told = json.loads(
        (Path(__file__).parents[2] / "data" / "reference" / "participation.json").read_text("utf-8")
    )
    found = design_share(told["came"], clusters=told["member"])
    assert found.value == pytest.approx(told["share"], abs=1e-10)
    assert found.se**2 == pytest.approx(told["variance"], abs=1e-10)
    assert found.interval == pytest.approx((told["lo"], told["hi"]), abs=1e-8)
    assert found.df == len(set(told["member"])) - 1


@pytest.mark.parametrize("label", ["w", "wh", "whc", "whcN"])
def test_a_share_under_a_design_has_the_error_of_its_mean(label):
    high = [float(y > np.median(MADE["y"])) for y in MADE["y"]]
    mean, share = design_mean(high, **arguments(label)), design_share(high, **arguments(label))
    assert (share.value, share.se, share.df) == (mean.value, mean.se, mean.df)
    low, up = share.interval
    assert 0 <= low < share.value < up <= 1


@pytest.mark.parametrize(("x", "n"), [(0, 12), (12, 12), (5, 12)])
def test_a_share_of_a_simple_sample_is_wilsons(x, n):
    found = design_share([1.0] * x + [0.0] * (n - x))
    assert found.interval == pytest.approx(wilson(x, n), abs=1e-12)
    assert codes(found) == []


def test_a_census_has_a_share_and_no_interval():
    found = design_share([1.0, 0, 1, 1], population=4)
    assert (found.value, found.interval) == (0.75, None)
    assert codes(found) == ["census"]
    with pytest.raises(ValueError, match="0 and 1"):
        design_share([1.0, 2.0])


def test_relative_weights_are_no_population():
    """R 4.2, survey: svymean(deff = "replace") of this y under these w gives .9251, deff = TRUE
    37.929: as if 40 people had been drawn of 41."""
    y = np.tile([1.0, 2.0, 4.0, 5.0], 10)
    w = np.tile([0.8, 1.0, 1.3, 1.0], 10)
    relative = design_mean(y, w)
    assert relative.deff == pytest.approx(0.9251, abs=1e-4)
    assert relative.deff == pytest.approx(design_mean(y, w / w.mean()).deff)
    whole = design_mean(y, 100 * w)
    assert whole.se == pytest.approx(relative.se)
    assert whole.deff == pytest.approx(relative.deff / (1 - 1 / (100 * w.mean())))
