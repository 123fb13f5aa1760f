"""The proposal: plain values that survive storage, light to import, words in both languages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import subprocess
import sys

import numpy as np
import pytest

from satuhati.core.meetings.calendar import Slot
from satuhati.core.meetings.limits import Limit
from satuhati.core.meetings.proposal import KINDS, Proposal, propose
from satuhati.core.meetings.rhythm import Wishes
from satuhati.core.stored import restored, stored
from satuhati.reports import rhythm as say
from satuhati.text import translator

EVENING, MORNING = Slot(2, 19 * 60 + 30), Slot(7, 9 * 60)
WISHES = Wishes(
    ("ani", "budi", "citra", "dedi", "eka"),
    (EVENING, MORNING),
    np.array([[0.9, 0.2], [0.8, 0.0], [0.5, 0.9], [0.0, 0.9], [0.0, 0.0]]),
    ("A", "A", "B", "B", "B"),
    (True, False, False, False, False),
    (True, True, True, True, False),
)


def proposed(**more: object) -> Proposal:
    asked = {"kind": "fixed", "frequency": "monthly", "quorum": 0.5, "year": 2026, "nth": 2}
    return propose(WISHES, **{**asked, **more})


def test_a_fixed_rule_and_whom_it_leaves_out() -> None:
    found = proposed()
    assert found.plan is not None
    assert found.vote is not None
    assert found.plan.pattern.id == "Selasa kedua, 19.30"
    assert found.dates[:2] == (dt.date(2026, 1, 13), dt.date(2026, 2, 10))
    assert {turn.slot for turn in found.turns} == {EVENING}
    assert found.plan.expected == pytest.approx((10.8, 9.6, 6.0, 0, 0))
    assert (found.plan.worst_member, found.plan.worst_member_id) == (0.0, "dedi")
    assert found.excluded_by_vote == found.never == ("dedi",)
    assert found.silent == ("eka",)
    assert (found.clashes, found.nearest, found.nobody) == ((), None, False)


def test_impossible_wishes_are_named() -> None:
    found = proposed(quorum=1.0, kind="rotation")
    assert found.plan is None
    assert found.turns == found.never == ()
    assert found.clashes == ((Limit("section", "A"), Limit("section", "B")),) or found.clashes == (
        (Limit("section", "B"), Limit("member", "ani")),
    )
    assert found.nearest is not None
    assert (found.nearest.slot, found.nearest.broken) == (EVENING, (Limit("section", "B"),))
    assert "seksi B (sekurangnya 1)" in say.clash_doubts(found, translator("id"))[-1].message("id")
    assert say.why(found, translator("id")) is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("quorum", [0.5, 1.0])
@pytest.mark.parametrize("frequency", ["weekly", "quarterly"])
def test_there_and_back_as_a_record(kind: str, quorum: float, frequency: str) -> None:
    found = proposed(kind=kind, quorum=quorum, frequency=frequency)
    again = restored(Proposal, json.loads(json.dumps(stored(found))))
    assert again == found
    for field in dataclasses.fields(Proposal):
        assert type(getattr(again, field.name)) is type(getattr(found, field.name))
    for lang in ("id", "en"):
        t = translator(lang)
        assert say.why(again, t) == say.why(found, t)
        assert say.doubts(again, t) == say.doubts(found, t)


def test_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="poll"):
        proposed(kind="poll")


def test_a_web_process_may_show_it_without_arrays() -> None:
    code = (
        "import sys, satuhati.core.meetings.proposal, satuhati.core.stored;"
        "import satuhati.reports.rhythm;"
        "print([m for m in ('numpy', 'scipy', 'polars') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
