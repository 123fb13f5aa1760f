"""Change between two rounds: paired, two samples, weighted; reference values by hand and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.waves import RoundAnswers, wave_change

SCALE = Scale("trust", ("a", "b"), frozenset({"b"}), 1.0, 5.0)


def given(scores: dict[str, float], weight: float | None = None, stratum: str = "") -> RoundAnswers:
    n = len(scores)
    return RoundAnswers(list(scores), [{"a": v, "b": 6 - v} for v in scores.values()],
                        [weight] * n, [stratum or None] * n)  # fmt: skip


BEFORE = {"p": 1.0, "q": 2.0, "r": 3.0, "s": 4.0, "t": 5.0, "u": 2.0}
AFTER = {"u": 3.0, "t": 5.0, "s": 5.0, "r": 3.0, "q": 4.0, "p": 2.0}


def test_the_same_persons_are_paired_whatever_their_order() -> None:
    found = wave_change(SCALE, given(BEFORE), given(AFTER), paired=True)
    assert found is not None
    x = np.array([25 * (BEFORE[p] - 1) for p in sorted(BEFORE)])
    y = np.array([25 * (AFTER[p] - 1) for p in sorted(BEFORE)])
    test = stats.ttest_rel(y, x).confidence_interval()
    assert found.difference == pytest.approx(np.mean(y - x))
    assert found.interval == pytest.approx((test.low, test.high))
    assert (found.n_before, found.n_after) == (6, 6)


def test_rows_without_a_name_are_nobodys_pair() -> None:
    nameless = RoundAnswers([""] * 6, given(BEFORE).values, [None] * 6, [None] * 6)
    assert wave_change(SCALE, nameless, nameless, paired=True) is None


def test_two_samples_as_welch() -> None:
    found = wave_change(SCALE, given(BEFORE), given(AFTER), paired=False)
    assert found is not None
    x = [25 * (v - 1) for v in BEFORE.values()]
    y = [25 * (v - 1) for v in AFTER.values()]
    test = stats.ttest_ind(y, x, equal_var=False).confidence_interval()
    assert found.interval == pytest.approx((test.low, test.high))


def test_weighted_rounds_by_their_designs() -> None:
    one, two = given(BEFORE, 2.0, "RW 1"), given(AFTER, 3.0, "RW 1")
    found = wave_change(SCALE, one, two, paired=False)
    assert found is not None
    x = np.array([25 * (v - 1) for v in BEFORE.values()])
    y = np.array([25 * (v - 1) for v in AFTER.values()])
    welch = stats.ttest_ind(y, x, equal_var=False).confidence_interval()
    assert found.interval == pytest.approx((welch.low, welch.high)), "equal weights change nothing"


def test_too_few_say_nothing_and_unasked_items_do_not_count() -> None:
    few = given(dict(list(BEFORE.items())[:4]))
    assert wave_change(SCALE, few, given(AFTER), paired=False) is None
    assert wave_change(SCALE, few, given(AFTER), paired=True) is None
    one_item = RoundAnswers(list(BEFORE), [{"a": v} for v in BEFORE.values()], [None] * 6,
                            [None] * 6)  # fmt: skip
    found = wave_change(SCALE, one_item, given(AFTER), paired=False)
    assert found is not None
    assert found.before == pytest.approx(np.mean([25 * (v - 1) for v in BEFORE.values()]))
    empty = RoundAnswers(list(BEFORE), [{}] * 6, [None] * 6, [None] * 6)
    assert wave_change(SCALE, empty, given(AFTER), paired=False) is None
