"""Kaplan-Meier: the leukaemia data of Miller (1997) as R survival has them, and the ends."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.meetings.survival import kaplan_meier, last_attendance

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "data" / "reference" / "survival.json").read_text()
)


@pytest.mark.parametrize("group", ["maintained", "all"])
def test_reference(group: str) -> None:
    r = REFERENCE[group]
    got = kaplan_meier(r["time"], r["event"])
    assert [s.time for s in got.steps] == r["at"]
    assert [s.at_risk for s in got.steps] == r["at_risk"]
    assert [s.events for s in got.steps] == r["events"]
    np.testing.assert_allclose([s.survival for s in got.steps], r["survival"], rtol=1e-10)
    np.testing.assert_allclose([s.se for s in got.steps], r["se"], rtol=1e-10)
    np.testing.assert_allclose([s.interval[0] for s in got.steps], r["lo"], rtol=1e-10)
    np.testing.assert_allclose([s.interval[1] for s in got.steps], r["hi"], rtol=1e-10)
    assert [got.median, *got.median_interval] == r["median"]
    assert (got.n, got.events) == (len(r["time"]), sum(r["event"]))


def test_published_curve() -> None:
    """Miller 1997, maintained group: .909, .818, .716, .614, .491, .368, .184."""
    r = REFERENCE["maintained"]
    curve = [round(s.survival, 3) for s in kaplan_meier(r["time"], r["event"]).steps]
    assert curve == [0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184]


def test_ends() -> None:
    nobody = kaplan_meier([], [])
    assert (nobody.n, nobody.events, nobody.steps, nobody.median) == (0, 0, (), None)
    still = kaplan_meier([3, 5], [False, False])
    assert (still.steps, still.median) == ((), None)
    gone = kaplan_meier([0, 0], [True, True])
    assert (gone.steps[0].survival, gone.steps[0].interval, gone.median) == (0.0, None, 0.0)
    # One half from 2 until 3: the middle.
    assert kaplan_meier([1, 2, 3, 4], [True] * 4).median == 2.5
    for time, event in (([-1], [True]), ([1, 2], [True]), ([float("nan")], [True])):
        with pytest.raises(ValueError, match="a time"):
            kaplan_meier(time, event)


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=30))
def test_invariants(rows: list[tuple[int, bool]]) -> None:
    time, event = zip(*rows, strict=True)
    got = kaplan_meier(time, event)
    curve = [1.0, *(s.survival for s in got.steps)]
    assert all(a > b for a, b in pairwise(curve))
    for s in got.steps:
        if s.interval is not None:
            assert s.interval[0] <= s.survival <= s.interval[1]
    if all(event):  # without censoring: the plain share of those who lasted longer
        for s in got.steps:
            assert s.survival == pytest.approx(sum(t > s.time for t in time) / len(time))


def test_time_to_last_attendance():
    """Of ten meetings: who missed the last three stopped at the seventh, who missed two did not."""
    times, stopped = last_attendance([10, 10, 5, 4], [3, 2, 0, 4])
    assert times.tolist() == [7, 10, 5, 0]
    assert stopped.tolist() == [True, False, False, True]
    assert last_attendance([10], [2], 2)[1].tolist() == [True]
