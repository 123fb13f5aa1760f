"""A rotation for another year: its words read back, its turns kept, what the year changes named."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.meetings.another_year import (
    ANSWERS,
    TURNS,
    AnotherYear,
    Share,
    proposed,
    repeated,
)
from satuhati.core.meetings.calendar import (
    NOTHING_CLOSED,
    NTH,
    Closed,
    Slot,
    Window,
    rotating_words,
    spread,
)
from satuhati.core.meetings.closures import closed_in_indonesia
from satuhati.core.meetings.recurrence import FREQUENCIES, TurnRule, read_turns, read_words
from satuhati.core.meetings.rhythm import Wishes
from satuhati.core.stored import restored, stored
from satuhati.reports.another_year import changes
from satuhati.text import Text, translator

EVENING, MORNING = Slot(2, 19 * 60 + 30), Slot(7, 9 * 60)
RULE = TurnRule("monthly", 2, (EVENING, MORNING), (7, 5))
WISHES = Wishes(
    ("ani", "budi", "citra"),
    (EVENING, MORNING),
    np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]),
    ("A", "A", "B"),
    (False, False, False),
    (True, True, True),
)


def by_answers(closed: Closed = NOTHING_CLOSED, **more: object) -> AnotherYear:
    asked = {"frequency": "monthly", "year": 2027, "nth": 2, "quorum": 0.0, "sector_quorum": 0.0}
    return proposed(WISHES, RULE, closed=closed, **{**asked, **more})


slots = st.builds(Slot, st.integers(1, 7), st.integers(0, 1439))


@given(
    st.sampled_from(FREQUENCIES), st.sampled_from(sorted(NTH)),
    st.dictionaries(slots, st.integers(1, 52), min_size=2, max_size=5), st.booleans(),
)  # fmt: skip
def test_the_words_of_a_rotation_are_read_back(
    frequency: str, nth: int, turns: dict[Slot, int], indonesian: bool
) -> None:
    hours = sorted(turns)
    counts = [turns[s] for s in hours]
    words = rotating_words(frequency, hours, counts, nth)
    found = read_turns(words.id if indonesian else words.en)
    assert found is not None
    assert (found.slots, found.counts) == (tuple(hours), tuple(counts))
    assert rotating_words(found.frequency, found.slots, found.counts, found.nth) == words


@pytest.mark.parametrize(
    "text",
    ["", "Selasa kedua, 19.30", "Sehabis panen", "Bergilir: Selasa kedua 19.30 (7×)",
     "Bergilir: Selasa kedua 19.30 (7×), Minggu ketiga 09.00 (5×)",
     "Bergilir: Selasa kedua 19.30 (7×), Selasa kedua 19.30 (5×)",
     "Bergilir: Selasa kedua 19.30 (7×), Minggu 09.00 (5×)",
     "Bergilir: Selasa kedua 25.30 (7×), Minggu kedua 09.00 (5×)",
     "Bergilir: Selasa kedua 19.30 (0×), Minggu kedua 09.00 (5×)"],
)  # fmt: skip
def test_other_words_are_no_rotation(text: str) -> None:
    assert read_turns(text) is None


def test_a_rotation_is_no_fixed_rule() -> None:
    assert read_words("Bergilir: Selasa kedua 19.30 (7×), Minggu kedua 09.00 (5×)") is None


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.integers(0, 60))
def test_shares_are_kept_in_any_number_of_dates(counts: list[int], n: int) -> None:
    order, total = spread(counts, n), sum(counts)
    assert len(order) == n
    for i, count in enumerate(counts):
        assert abs(order.count(i) - n * count / total) < len(counts), "near its quota"
    assert spread(counts, total) == spread(counts)


def test_the_same_turns_where_nothing_is_closed() -> None:
    found = repeated(RULE, year=2027, closed=NOTHING_CLOSED)
    assert (found.way, found.year) == (TURNS, 2027)
    assert found.pattern is not None
    assert found.pattern.id == "Bergilir: Selasa kedua 19.30 (7×), Minggu kedua 09.00 (5×)"
    assert [turn.date.month for turn in found.turns] == list(range(1, 13))
    assert found.turns[0].date == dt.date(2027, 1, 12)
    assert (found.changed, found.swaps, found.moved, found.lost) == ((), (), (), ())
    assert changes(found, translator("id")) == []
    assert restored(AnotherYear, json.loads(json.dumps(stored(found)))) == found


def test_a_closed_hour_swaps_its_turn_and_says_why() -> None:
    """All evenings of January are closed: the morning takes the month, the evening a later one."""
    closed = Closed(windows=(
        Window(Text("panen", "harvest"), dt.date(2027, 1, 1), dt.date(2027, 1, 31), None, 1000),
    ))  # fmt: skip
    found = repeated(RULE, year=2027, closed=closed)
    assert found.turns[0].slot == MORNING
    assert not found.changed, "each has as many turns as before"
    forced = [swap for swap in found.swaps if swap.reason is not None]
    assert [(s.date.month, s.slot, s.instead) for s in forced] == [(1, MORNING, EVENING)]
    assert len(found.swaps) == 2
    said = changes(found, translator("id"))
    assert "10 Januari 2027 pada Minggu 09.00" in said[0]
    assert "panen" in said[0]
    assert len(said) == 2


def test_where_no_swap_helps_an_hour_has_fewer_turns() -> None:
    """Evenings are closed all year but December: eleven dates go to the morning."""
    closed = Closed(windows=(
        Window(Text("gelap", "dark"), dt.date(2027, 1, 1), dt.date(2027, 11, 30), None, 1000),
    ))  # fmt: skip
    found = repeated(RULE, year=2027, closed=closed)
    assert all(closed.on(turn.date, turn.slot.minute) is None for turn in found.turns)
    assert found.shares == (Share(EVENING, 1, 7), Share(MORNING, 11, 5))
    assert "Selasa 19.30" in changes(found, translator("id"))[0]


def test_a_period_without_any_open_hour_is_named() -> None:
    closed = Closed(windows=(Window(Text("banjir", "flood"), dt.date(2027, 2, 1),
                                    dt.date(2027, 2, 28)),))  # fmt: skip
    for found in (repeated(RULE, year=2027, closed=closed), by_answers(closed)):
        assert found.lost == (dt.date(2027, 2, 1),)
        assert len(found.turns) == 11
        assert any("Februari 2027" in one for one in changes(found, translator("id")))
    closed = Closed(windows=(Window(Text("banjir", "flood")),))
    nothing = repeated(RULE, year=2027, closed=closed)
    assert (nothing.pattern, nothing.turns, len(nothing.lost)) == (None, (), 12)


def test_by_the_answers_the_solver_decides_anew() -> None:
    found = by_answers()
    assert found.way == ANSWERS
    assert found.proposal is not None
    assert found.proposal.plan is not None
    assert found.shares == (Share(EVENING, 6, 7), Share(MORNING, 6, 5))
    assert found.proposal.plan.worst_member == pytest.approx(6), "Citra too has half of them"
    assert "Selasa 19.30" in changes(found, translator("id"))[0]
    assert restored(AnotherYear, json.loads(json.dumps(stored(found)))) == found


def test_limits_that_cannot_be_kept_leave_no_year() -> None:
    found = by_answers(quorum=1.0)
    assert found.pattern is None
    assert found.proposal is not None
    assert found.proposal.clashes
    assert changes(found, translator("en")) == []


@given(st.sampled_from(("weekly", "monthly", "quarterly")), st.integers(2026, 2036),
       st.integers(1, 30), st.integers(1, 30))  # fmt: skip
def test_in_real_years_every_date_can_be_held(
    frequency: str, year: int, one: int, other: int
) -> None:
    rule = TurnRule(frequency, 1 if frequency == "weekly" else 2, (EVENING, MORNING), (one, other))
    closed = closed_in_indonesia([year])
    found = repeated(rule, year=year, closed=closed)
    assert all(closed.on(turn.date, turn.slot.minute) is None for turn in found.turns)
    assert all(a.date < b.date for a, b in pairwise(found.turns))
    assert {turn.date.year for turn in found.turns} <= {year}
    assert sum(share.now for share in found.shares) == len(found.turns)


def test_importing_it_loads_no_arrays() -> None:
    code = (
        "import sys, satuhati.core.meetings.another_year, satuhati.reports.another_year; "
        "print(any(m in sys.modules for m in ('numpy', 'scipy', 'polars')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
