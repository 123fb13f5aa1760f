"""Intervals: Wilson against R's ``prop.test``, Student's t against R's ``qt``."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core import intervals

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "data" / "reference" / "surveys.json").read_text("utf-8")
)
counts = st.integers(0, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize("case", REFERENCE["wilson"])
def test_wilson_equals_r_prop_test_without_continuity_correction(case):
    assert intervals.wilson(case["x"], case["n"]) == pytest.approx((case["lo"], case["hi"]))


def test_t_quantile_equals_r():
    got = intervals.t_quantile([c["df"] for c in REFERENCE["t"]])
    assert got == pytest.approx([c["q"] for c in REFERENCE["t"]])


def test_design_effect_and_finite_population_change_the_effective_number_of_answers():
    # 100 answers at deff 2 tell as much as 50; 50 of 99 as much as 50 x 98/49 = 100.
    assert intervals.wilson(40, 100, deff=2) == pytest.approx(intervals.wilson(20, 50))
    assert intervals.wilson(20, 50, 99) == pytest.approx(intervals.wilson(40, 100))


def test_census_and_no_answers_have_no_interval():
    assert intervals.wilson(7, 20, 20) is None
    assert intervals.wilson(0, 0) is None
    assert intervals.share_estimate(7, 20, 20).warnings[0].code == "census"
    empty = intervals.share_estimate(0, 0)
    assert (empty.value, empty.interval) == (None, None)
    assert empty.warnings[0].code == "too_few"


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="between 0 and n"):
        intervals.wilson(5, 4)
    with pytest.raises(ValueError, match="positive"):
        intervals.wilson(1, 4, deff=0)


def test_t_interval_needs_degrees_of_freedom():
    assert intervals.t_interval(3.0, 1.0, 0) is None
    assert intervals.t_interval(3.0, float("nan"), 4) is None
    lo, hi = intervals.t_interval(3.0, 1.0, 4)
    assert (lo + hi) / 2 == pytest.approx(3)
    assert hi - 3 == pytest.approx(2.776445, abs=1e-6)


@given(counts.filter(lambda c: c[1] > 0))
def test_wilson_stays_within_bounds_and_holds_the_share(count):
    x, n = count
    lo, hi = intervals.wilson(x, n)
    assert 0 <= lo <= x / n <= hi <= 1
    assert lo < hi


@given(
    st.lists(st.tuples(counts, st.none() | st.integers(1, 9000)), min_size=1, max_size=20),
    st.floats(0.5, 4),
)
def test_array_and_polars_expression_agree(cases, deff):
    x, n = [c[0][0] for c in cases], [c[0][1] for c in cases]
    N = [c[1] for c in cases]
    frame = pl.DataFrame({"x": x, "n": n, "N": N}, schema_overrides={"N": pl.Int64})
    bounds = frame.select(
        intervals.wilson_expr(pl.col("x"), pl.col("n"), population=pl.col("N"), deff=deff).alias(
            "i"
        )
    ).unnest("i")
    lo, hi = intervals.wilson_bounds(
        x, n, population=[np.nan if v is None else v for v in N], deff=deff
    )
    np.testing.assert_allclose(bounds["lo"].fill_null(np.nan).to_numpy(), lo, atol=1e-12)
    np.testing.assert_allclose(bounds["hi"].fill_null(np.nan).to_numpy(), hi, atol=1e-12)


def test_whole_degrees_of_freedom_agree_with_scipy_to_the_last_digits():
    from scipy import special

    degrees = np.arange(1, intervals.MOST_WHOLE_DF + 1)
    for level in (0.8, 0.95, 0.99):
        expected = special.stdtrit(degrees, (1 + level) / 2)
        np.testing.assert_allclose(intervals.t_quantile(degrees, level), expected, rtol=1e-12)


def test_other_degrees_of_freedom_are_scipys():
    from scipy import special

    degrees = np.array([[0.5, 2.25], [1000.5, 1e6]])
    expected = special.stdtrit(degrees, 0.975)
    np.testing.assert_allclose(intervals.t_quantile(degrees), expected, rtol=1e-12)
    assert np.isnan(intervals.t_quantile([0, -3])).all()
    assert intervals.t_quantile(4).shape == ()
    assert intervals.t_quantile([]).shape == (0,)


@pytest.mark.parametrize(("df", "published"), [(1, 12.706), (2, 4.303), (10, 2.228), (30, 2.042)])
def test_student_table(df, published):
    assert float(intervals.t_quantile(df)) == pytest.approx(published, abs=5e-4)
