"""No empty cell can be had back by subtraction: checked by a linear program."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from satuhati.core.suppression import suppress, suppress_one_way, suppress_two_way

tables = st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 20, 60]),
                 min_size=shape[1], max_size=shape[1]),
        min_size=shape[0], max_size=shape[0],
    )
)  # fmt: skip


def with_margins(table: np.ndarray) -> np.ndarray:
    rows = np.column_stack([table, table.sum(axis=1)])
    return np.vstack([rows, rows.sum(axis=0)])


def width(full: np.ndarray, hidden: np.ndarray, cell: tuple[int, int]) -> float:
    """Range that an outsider who knows all margins and shown cells can give an empty cell."""
    R, C = full.shape
    equations, right = [], []
    for r in range(R):
        row = np.zeros((R, C))
        row[r, :-1], row[r, -1] = 1, -1
        equations.append(row.ravel())
    for c in range(C):
        column = np.zeros((R, C))
        column[:-1, c], column[-1, c] = 1, -1
        equations.append(column.ravel())
    right = np.zeros(len(equations))
    bounds = [(0, None) if h else (v, v) for v, h in zip(full.ravel(), hidden.ravel(), strict=True)]
    goal = np.zeros((R, C))
    goal[cell] = 1
    low = linprog(goal.ravel(), A_eq=np.array(equations), b_eq=right, bounds=bounds)
    high = linprog(-goal.ravel(), A_eq=np.array(equations), b_eq=right, bounds=bounds)
    assert low.status == 0
    if high.status == 3:  # unbounded: anything is possible
        return np.inf
    return float(-high.fun - low.fun)


@settings(deadline=None, max_examples=60)
@given(tables)
def test_no_empty_cell_of_a_two_way_table_can_be_recovered(rows):
    table = np.array(rows)
    found = suppress_two_way(table)
    full = with_margins(table)
    hidden = np.block(
        [[found.cells, found.rows[:, None]], [found.columns[None, :], np.array([[found.total]])]]
    )
    assert hidden[(full > 0) & (full < 5)].all()
    for line in (*hidden, *hidden.T):
        assert line.sum() != 1
    for cell in np.argwhere(hidden):
        assert width(full, hidden, tuple(cell)) >= 1 - 1e-6
    for values, empty, margin in (
        *zip(table, found.cells, found.rows, strict=True),
        *zip(table.T, found.cells.T, found.columns, strict=True),
    ):
        small_sum = 0 < values[empty].sum() < 5
        assert margin or not small_sum or (values[~empty] == 0).all()


@given(st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 7, 30]), min_size=1, max_size=8))
def test_no_empty_cell_of_a_list_can_be_recovered_from_its_total(counts):
    found = suppress_one_way(counts)
    values, hidden = np.array(counts), found.cells[0]
    assert hidden[(values > 0) & (values < 5)].all()
    assert found.total == (hidden.any() and (len(counts) == 1 or 0 < values.sum() < 5))
    if not found.total:
        assert hidden.sum() != 1
        small_sum = 0 < values[hidden].sum() < 5
        assert not small_sum or (values[~hidden] == 0).all()


def test_nothing_small_nothing_hidden_and_a_zero_is_shown():
    found = suppress_two_way([[10, 0], [7, 8]])
    assert not found.cells.any()
    assert not found.rows.any()
    assert not found.total


def test_one_small_cell_takes_its_cheapest_rectangle():
    found = suppress_two_way([[3, 20, 9], [8, 50, 60], [40, 7, 70]])
    assert found.cells.tolist() == [[True, True, False], [False] * 3, [True, True, False]]


def test_list_takes_the_smallest_other_group():
    hidden, total = suppress({"RT 01": 3, "RT 02": 12, "RT 03": 8, "RT 04": 0})
    assert hidden == {"RT 01", "RT 03"}
    assert total is False


def test_two_small_groups_whose_sum_is_small_take_a_third():
    assert suppress({"a": 1, "b": 2, "c": 9, "d": 30})[0] == {"a", "b", "c"}


def test_small_total_hides_everything():
    assert suppress({"a": 1, "b": 2, "c": 0}) == (frozenset("abc"), True)
    assert suppress({}) == (frozenset(), False)


def test_threshold_is_never_below_three():
    assert suppress({"a": 4, "b": 9, "c": 9}, threshold=3)[0] == frozenset()
    with pytest.raises(ValueError, match="below 3"):
        suppress({"a": 4}, threshold=2)
    with pytest.raises(ValueError, match="below 3"):
        suppress_two_way([[4, 5], [6, 7]], threshold=1)


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        suppress_two_way([[4, -5], [6, 7]])
