"""Shares with clustered intervals: against R survey, and at the edges."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.intervals import wilson
from satuhati.core.shares import effective_size, plain_shares, share_with_clusters

REFERENCE = Path(__file__).parents[1] / "data" / "reference" / "participation.json"


def test_variance_effective_size_and_interval_equal_r_survey():
    frozen = json.loads(REFERENCE.read_text())
    frame = pl.DataFrame({"g": "a", "member": frozen["member"], "came": frozen["came"]})
    row = share_with_clusters(frame, ["g"], "came", "member").row(0, named=True)
    assert row["value"] == pytest.approx(frozen["share"], abs=1e-12)
    assert row["deff"] == pytest.approx(frozen["deff"], rel=1e-9)
    assert row["n_effective"] == pytest.approx(frozen["n_effective"], rel=1e-9)
    assert (row["lo"], row["hi"]) == pytest.approx((frozen["lo"], frozen["hi"]), rel=1e-9)


def test_counts_of_trials_equal_single_rows():
    rows = pl.DataFrame({"m": ["a", "a", "b", "b", "b", "c"], "y": [1, 0, 1, 1, 0, 0]})
    tallies = pl.DataFrame({"m": ["a", "b", "c"], "y": [1, 2, 0], "n": [2, 3, 1]})
    one = share_with_clusters(rows, [], "y", "m")
    other = share_with_clusters(tallies, [], "y", "m", trials="n")
    assert one.equals(other)


def test_one_cluster_is_one_answer_not_many():
    frame = pl.DataFrame({"m": ["a"] * 50, "y": [1] * 25 + [0] * 25})
    row = share_with_clusters(frame, [], "y", "m").row(0, named=True)
    assert (row["lo"], row["hi"]) == pytest.approx(wilson(0.5, 1))
    assert row["deff"] is None


def test_all_alike_keeps_n_less_the_few_clusters():
    frame = pl.DataFrame({"m": ["a", "b", "c", "d"] * 12, "y": [1] * 48})
    row = share_with_clusters(frame, [], "y", "m").row(0, named=True)
    assert row["hi"] == 1.0
    assert wilson(4, 4)[0] < row["lo"] < wilson(48, 48)[0]


def test_missing_and_empty():
    frame = pl.DataFrame({"g": ["a", "b"], "m": ["x", "y"], "y": [None, 1]})
    assert share_with_clusters(frame, ["g"], "y", "m")["g"].to_list() == ["b"]
    empty = frame.clear()
    assert share_with_clusters(empty, ["g"], "y", "m").is_empty()
    counts = pl.DataFrame(
        {"y": [0, None, 3], "n": [0, 4, 4]}, schema={"y": pl.Int64, "n": pl.Int64}
    )
    got = plain_shares(counts, "y", "n")
    assert got["value"].to_list() == [None, None, 0.75]
    assert got["lo"].to_list()[:2] == [None, None]


@given(
    st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("xyz"), st.booleans()), min_size=1)
)
def test_groups_do_not_touch_each_other_and_hold_their_share(rows):
    frame = pl.DataFrame(rows, schema={"g": pl.String, "m": pl.String, "y": pl.Boolean},
                         orient="row")  # fmt: skip
    together = share_with_clusters(frame, ["g"], "y", "m")
    for row in together.iter_rows(named=True):
        alone = share_with_clusters(frame.filter(pl.col("g") == row["g"]), ["g"], "y", "m")
        assert alone.row(0) == pytest.approx(tuple(row.values()), nan_ok=True)
        assert 0 <= row["lo"] <= row["value"] <= row["hi"] <= 1
        assert row["n_effective"] <= row["n"]


@given(st.integers(1, 500), st.floats(0, 1), st.floats(0, 1), st.integers(1, 60))
def test_effective_size_is_positive_and_never_above_n(n, share, variance, clusters):
    got = effective_size(n, share, variance, clusters)
    assert 0 < float(got) <= n
    assert np.isfinite(got)
