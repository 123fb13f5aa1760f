"""Change between waves: Student's sleep data, Jacobson and Truax' patient, and the edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.surveys.change import paired_change, reliable_change, unpaired_change

# Student 1908: hours of sleep gained by ten patients with two drugs.
FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
nan = float("nan")


def codes(result):
    return [d.code for d in result.warnings]


def test_paired_equals_r_on_students_sleep():
    found = paired_change(FIRST, SECOND)
    assert found.t == pytest.approx(4.0621, abs=5e-5)
    assert found.df == 9
    assert found.p == pytest.approx(0.002833, abs=5e-7)
    assert found.difference == pytest.approx(1.58)
    assert found.interval == pytest.approx((0.7001142, 2.4598858), abs=5e-8)
    assert found.correlation == pytest.approx(0.7951702, abs=5e-8)


def test_unpaired_equals_r_welch_on_students_sleep():
    found = unpaired_change(FIRST, SECOND)
    assert found.t == pytest.approx(1.8608, abs=5e-5)
    assert found.df == pytest.approx(17.776, abs=5e-4)
    assert found.p == pytest.approx(0.07939, abs=5e-6)
    assert found.interval == pytest.approx((-0.2054832, 3.3654832), abs=5e-8)
    # d = 1.58 over the pooled 1.8986, times 1 - 3/71.
    assert found.effect_size == pytest.approx(1.58 / 1.898625 * (1 - 3 / 71), abs=1e-5)


def test_reliable_change_of_jacobson_and_truax():
    found = reliable_change([32.5, 32.5, 32.5, nan], [47.5, 34.0, 20.0, 40.0], 7.5, 0.80)
    assert found.se_difference == pytest.approx(4.74, abs=5e-3)
    assert 15 / found.se_difference == pytest.approx(3.16, abs=5e-3)
    assert (found.rose, found.fell, found.unchanged) == (1, 1, 1)


@pytest.mark.parametrize(
    ("sd", "alpha"), [(None, 0.8), (0.0, 0.8), (1.0, None), (1.0, -0.1), (1.0, 1.0)]
)
def test_no_reliable_change_without_a_reliability(sd, alpha):
    found = reliable_change([1.0], [2.0], sd, alpha)
    assert found.threshold is None
    assert found.rose is None


def test_missing_scores_are_left_out():
    found = paired_change([*FIRST, nan, 3], [*SECOND, 3, nan])
    assert found.n_before == 10
    assert found.t == pytest.approx(paired_change(FIRST, SECOND).t)
    assert unpaired_change([*FIRST, nan], SECOND).n_before == 10


@pytest.mark.parametrize("change", [paired_change, unpaired_change])
@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ([], [], "too_few"),
        ([1.0], [2.0], "too_few"),
        ([nan, nan], [nan, nan], "too_few"),
        ([2.0, 2, 2], [3.0, 3, 3], "change_no_variation"),
        ([1.0, 2, 3], [2.0, 2, 4], "change_small"),
    ],
)
def test_edges_have_a_typed_answer(change, before, after, code):
    found = change(before, after)
    assert code in codes(found)
    assert (found.interval is None) == (code != "change_small")


scores = st.lists(st.integers(0, 40).map(lambda v: v / 10), min_size=3, max_size=30)


@given(scores, scores)
def test_turning_time_around_turns_the_sign(x, y):
    forward, backward = unpaired_change(x, y), unpaired_change(y, x)
    assert forward.difference == pytest.approx(-backward.difference)
    if forward.interval is not None:
        lo, hi = backward.interval
        assert forward.interval == pytest.approx((-hi, -lo), abs=1e-9)
        assert forward.p == pytest.approx(backward.p)


@given(scores)
def test_a_common_shift_is_a_change_without_error(x):
    found = paired_change(x, np.add(x, 1.0))
    assert found.difference == pytest.approx(1)
    assert "change_no_variation" in codes(found)
