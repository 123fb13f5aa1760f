"""Answers told so that nobody is recognised: parts of an ordered scale, and of plain choices."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.surveys.tallies import Part, ordered_parts, plain_parts, several_parts, side

FIVE = ("1", "2", "3", "4", "5")


def told(*counts: int) -> list[tuple[str, int | None]]:
    parts = ordered_parts(counts, [float(c) for c in counts], FIVE[: len(counts)])
    return [("".join(p.options), p.n) for p in parts]


def test_nothing_is_merged_where_every_answer_has_five_or_nobody() -> None:
    assert told(5, 0, 7, 12, 6) == [("1", 5), ("2", 0), ("3", 7), ("4", 12), ("5", 6)]


def test_small_answers_join_a_neighbour_of_their_own_side() -> None:
    assert told(2, 9, 7, 12, 6) == [("12", 11), ("3", 7), ("4", 12), ("5", 6)]
    # 4 and 5 together rather than 3 and 4: agreeing stays agreeing.
    assert told(6, 5, 7, 4, 9) == [("1", 6), ("2", 5), ("3", 7), ("45", 13)]


def test_sides_are_joined_only_where_nothing_else_helps() -> None:
    assert told(1, 1, 8, 9, 9) == [("123", 10), ("4", 9), ("5", 9)]
    assert told(1, 1, 1, 1, 2) == [("12345", 6)]


def test_below_five_people_nothing_is_told() -> None:
    assert told(1, 0, 2, 0, 1) == []
    assert ordered_parts([4, 0], [4.0, 0.0], ["0", "1"]) == ()


def test_shares_follow_the_weights_and_people_are_counted() -> None:
    parts = ordered_parts([5, 5], [2.0, 8.0], ["0", "1"])
    assert parts == (Part(("0",), 5, 0.2), Part(("1",), 5, 0.8))


def test_sides_of_scales() -> None:
    assert [side(i, 5) for i in range(5)] == [-1, -1, 0, 1, 1]
    assert [side(i, 4) for i in range(4)] == [-1, -1, 1, 1]


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="one count"):
        ordered_parts([1, 2], [1.0], ["0", "1"])
    with pytest.raises(ValueError, match="below 3"):
        ordered_parts([9, 9], [9.0, 9.0], ["0", "1"], threshold=2)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=7))
def test_no_small_count_can_be_worked_out(counts: list[int]) -> None:
    """Parts hold nobody or five; a small answer within a part could be another number of people.

    All answers that give the same told table are tried, up to the sums that are told.
    """
    options = [str(i) for i in range(len(counts))]
    parts = ordered_parts(counts, [float(c) for c in counts], options)
    if sum(counts) < 5:
        assert parts == ()
        return
    assert [o for p in parts for o in p.options] == options, "all answers, each once, in order"
    assert sum(p.n or 0 for p in parts) == sum(counts), "nothing is left out"
    at = 0
    for part in parts:
        inner = counts[at : at + len(part.options)]
        at += len(part.options)
        assert part.n == sum(inner)
        assert part.n == 0 or part.n >= 5
        for i, n in enumerate(inner):
            if 0 < n < 5:
                splits = itertools.product(range(part.n + 1), repeat=len(inner) - 1)
                possible = {s[0] for s in splits if sum(s) <= part.n}
                assert len(inner) > 1, (counts, i)
                assert len(possible) > 1


def test_plain_choices_leave_a_second_one_empty() -> None:
    parts = plain_parts({"a": 3, "b": 9, "c": 6}, {"a": 3.0, "b": 9.0, "c": 6.0})
    assert [(p.options, p.n) for p in parts] == [(("b",), 9), ((), None)]
    assert parts[0].share == pytest.approx(0.5)
    assert plain_parts({"a": 3}, {"a": 3.0}) == ()
    assert plain_parts({}, {}) == ()


def test_several_answers_are_counted_one_by_one_of_the_people_who_answered() -> None:
    counts, weights = {"a": 12, "b": 6, "c": 2, "d": 17}, {"a": 18.0, "b": 6.0, "c": 2.0, "d": 25.0}
    # Two people gave c, and three did not give d: neither is told.
    assert several_parts(counts, weights, 20, 30.0) == (
        Part(("a",), 12, 0.6), Part(("b",), 6, 0.2), Part((), None, None),
    )  # fmt: skip
    assert several_parts({"a": 8}, {"a": 8.0}, 8, 8.0) == (Part(("a",), 8, 1.0),)
    assert several_parts({"a": 4}, {"a": 4.0}, 4, 4.0) == ()
