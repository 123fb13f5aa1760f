"""Scores: the definition by hand, invariants, and the set-based twin."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.scoring import percent_expr, score, turn

nan = np.nan
SCALE = Scale("s", ("a", "b", "c", "d"), frozenset({"b"}), 1, 5)
answer_tables = hnp.arrays(
    np.float64,
    st.tuples(st.integers(1, 12), st.just(4)),
    elements=st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, nan]),
)


def codes(result):
    return [d.code for d in result.warnings]


def test_scores_by_hand():
    answers = [
        [5, 1, 4, 4],  # turned: 5 5 4 4
        [1, 5, nan, nan],  # turned: 1 1; half answered is enough
        [nan, 2, nan, nan],  # a quarter is not
        [nan, nan, nan, nan],
    ]
    got = score(answers, SCALE)
    np.testing.assert_allclose(got.mean, [4.5, 1, nan, nan])
    np.testing.assert_allclose(got.percent, [87.5, 0, nan, nan])
    assert got.answered.tolist() == [4, 2, 1, 0]
    assert got.n_scored == 2
    assert got.missing_rate == 9 / 16
    assert (got.low, got.high) == (1, 5)
    assert codes(got) == []


@pytest.mark.parametrize(("least", "scored"), [(0.0, 3), (0.25, 3), (0.5, 2), (0.51, 1), (1.0, 1)])
def test_least_share_of_items_is_a_setting(least, scored):
    answers = [[5, 1, 4, 4], [1, 5, nan, nan], [nan, 2, nan, nan], [nan] * 4]
    assert score(answers, SCALE, min_answered=least).n_scored == scored


def test_least_share_is_not_lost_to_rounding():
    five = Scale("s", tuple("abcde"), low=1, high=5)
    assert score([[1, 2, 3, nan, nan]], five, min_answered=0.6).n_scored == 1


def test_answers_off_the_scale_are_not_used_and_said():
    got = score([[5, 9, 4, 0]], SCALE)
    assert got.mean[0] == 4.5
    assert codes(got) == ["answers_off_scale"]
    assert got.warnings[0].fields["n"] == 2


def test_observed_range_is_said():
    got = score([[2, 4], [3, 3]], Scale("s", ("a", "b"), frozenset({"b"})))
    assert (got.low, got.high) == (2, 4)
    np.testing.assert_allclose(got.percent, [0, 50])
    assert codes(got) == ["scale_range_observed"]
    half = score([[2, 4]], Scale("s", ("a", "b"), low=0))
    assert (half.low, half.high, codes(half)) == (0, 4, ["scale_range_observed"])


def test_nothing_to_score_is_answered_honestly():
    silent = score(np.full((3, 4), nan), Scale("s", tuple("abcd")))
    assert silent.n_scored == 0
    assert np.isnan(silent.percent).all()
    assert codes(silent) == ["scale_no_answers"]
    nobody = score(np.empty((0, 4)), SCALE)
    assert nobody.n_scored == 0
    assert np.isnan(nobody.missing_rate)
    one_answer = score([[3, 3]], Scale("s", ("a", "b")))
    assert np.isnan(one_answer.percent).all()


def test_shapes_and_settings_are_checked():
    with pytest.raises(ValueError, match="n x k"):
        score([[1, 2]], SCALE)
    with pytest.raises(ValueError, match="0-1"):
        score([[1, 2, 3, 4]], SCALE, min_answered=1.5)


@given(answer_tables)
def test_turning_twice_gives_the_answers_back(answers):
    before = answers.copy()
    twice = turn(turn(answers, SCALE.keys, 1, 5), SCALE.keys, 1, 5)
    np.testing.assert_array_equal(twice, answers)
    np.testing.assert_array_equal(answers, before)


@given(answer_tables)
def test_reversing_every_item_mirrors_the_percent(answers):
    mirror = Scale("s", SCALE.items, frozenset(SCALE.items) - SCALE.reversed, 1, 5)
    np.testing.assert_allclose(
        score(answers, SCALE).percent, 100 - score(answers, mirror).percent, atol=1e-9
    )


@given(answer_tables, st.sampled_from([0.25, 0.5, 0.75, 1.0]))
def test_polars_expression_agrees(answers, least):
    frame = pl.DataFrame(answers, schema=list(SCALE.items), orient="row")
    got = frame.select(percent_expr(SCALE, min_answered=least).alias("p"))["p"]
    np.testing.assert_allclose(
        got.fill_null(nan).to_numpy(), score(answers, SCALE, min_answered=least).percent
    )


def test_polars_expression_drops_answers_off_the_scale_and_needs_the_range():
    frame = pl.DataFrame({"a": [5, 9], "b": [1, None], "c": [4, 9], "d": [4, 0]})
    assert frame.select(percent_expr(SCALE).alias("p"))["p"].to_list() == [87.5, None]
    with pytest.raises(ValueError, match="declared"):
        percent_expr(Scale("s", ("a",)))
