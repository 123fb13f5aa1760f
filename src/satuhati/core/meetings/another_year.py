"""A rotation goes on for another year: the same solver and limits, or the same turns.

Where the members' answers are kept, the year is proposed anew (:func:`proposed`) by all that holds
then: the holidays and Ramadan evenings of that year, the turn-out so far, who is a member now.
Where they are not, its hours take turns as before (:func:`repeated`): each keeps its share of the
dates (the quota method, :func:`~satuhati.core.meetings.calendar.spread`), off closed times.

Importing this module loads neither NumPy nor the solver.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from satuhati.core.meetings.calendar import (
    WEEK,
    Closed,
    Day,
    Slot,
    beside,
    n_rotating,
    period_start,
    rotating_date,
    rotating_words,
    spread,
)
from satuhati.core.meetings.proposal import Proposal, Turn, propose
from satuhati.core.meetings.recurrence import TurnRule
from satuhati.text import Text

if TYPE_CHECKING:
    from satuhati.core.meetings.rhythm import Wishes

ANSWERS, TURNS = "answers", "turns"


class Swap(NamedTuple):
    """A date that is held at ``slot`` though it was the turn of ``instead``.

    ``reason``: what closes that hour then; none where the date only makes room for another's.
    """

    date: dt.date
    slot: Slot
    instead: Slot
    reason: Text | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many dates an hour has in the new year, and had by the rule before."""

    slot: Slot
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class AnotherYear:
    """The dates of a rotation in one more year, and where that year forces a change.

    ``way``: by the members' ``answers`` or by the same ``turns``. ``pattern``: the rule in words,
    ``None`` where nothing can be planned (``proposal`` then says why). ``turns``: its dates;
    ``swaps``: dates at another hour than the one whose turn it was; ``lost``: the first day of
    each period that has no date.
    """

    way: str
    year: int
    frequency: str
    pattern: Text | None
    shares: tuple[Share, ...]
    turns: tuple[Turn, ...]
    swaps: tuple[Swap, ...]
    lost: tuple[dt.date, ...]
    proposal: Proposal | None = None

    @property
    def moved(self) -> tuple[Turn, ...]:
        """Dates that moved to another week of their month."""
        return tuple(turn for turn in self.turns if turn.moved)

    @property
    def changed(self) -> tuple[Share, ...]:
        """Hours that have more or fewer dates than before."""
        return tuple(share for share in self.shares if share.now != share.before)


def proposed(
    wishes: Wishes,
    before: TurnRule | None,
    *,
    frequency: str,
    year: int,
    nth: int,
    quorum: float,
    sector_quorum: float,
    closed: Closed,
) -> AnotherYear:
    """A year by the members' answers: :func:`~satuhati.core.meetings.proposal.propose` anew."""
    made = propose(
        wishes, kind="rotation", frequency=frequency, quorum=quorum, year=year, nth=nth,
        closed=closed, sector_quorum=sector_quorum,
    )  # fmt: skip
    if made.plan is None:
        return AnotherYear(ANSWERS, year, frequency, None, (), (), (), (), made)
    counts = made.plan.counts
    wanted = [made.slots[i] for i in spread(counts)]
    return AnotherYear(
        ANSWERS,
        year,
        frequency,
        made.plan.pattern,
        _shares(dict(zip(made.slots, counts, strict=True)), before),
        made.turns,
        _swaps(made.turns, wanted, year, frequency, nth, closed),
        made.lost,
        made,
    )


def repeated(before: TurnRule, *, year: int, closed: Closed) -> AnotherYear:
    """A year of the same turns. A date whose turn it is at a closed hour is swapped with another,
    and where none can be swapped it is held at the hour that is furthest behind and open."""
    import numpy as np

    from satuhati.core.meetings.turns import place  # NumPy: in the worker only

    frequency, nth, slots, counts = before
    weekly = frequency == "weekly"
    days = [
        [
            beside(
                rotating_date(year, frequency, k, s, nth), s.minute, closed, moves=not weekly
            )
            for s in slots
        ]
        for k in range(n_rotating(frequency))
    ]  # fmt: skip
    can = [any(not day.closed for day in row) for row in days]
    periods = [k for k, yes in enumerate(can) if yes]
    wanted = spread(counts, len(periods))
    open_ = np.array([[not day.closed for day in days[k]] for k in periods], dtype=np.bool_)
    order = _all_open(open_.tolist(), place(open_, wanted) if periods else (), counts)
    turns = tuple(_turn(days[k][s], slots[s]) for k, s in zip(periods, order, strict=True))
    now = {slot: order.count(i) for i, slot in enumerate(slots)}
    held = [i for i, slot in enumerate(slots) if now[slot]]
    pattern = rotating_words(
        frequency, [slots[i] for i in held], [now[slots[i]] for i in held], nth
    )
    return AnotherYear(
        TURNS,
        year,
        frequency,
        pattern if turns else None,
        _shares(now, before),
        turns,
        _swaps(turns, [slots[i] for i in wanted], year, frequency, nth, closed),
        tuple(period_start(year, frequency, k) for k, yes in enumerate(can) if not yes),
    )


def _all_open(
    open_: Sequence[Sequence[bool]], order: Sequence[int], counts: Sequence[int]
) -> list[int]:
    """The order with every date at an open hour, where the swaps alone could not do it."""
    found = list(order)
    for k, s in enumerate(order):
        if not open_[k][s]:
            there = [i for i, yes in enumerate(open_[k]) if yes]
            found[k] = max(there, key=lambda i: (counts[i] - found.count(i), -i))
    return found


def _turn(day: Day, slot: Slot) -> Turn:
    return Turn(day.date, slot, day.rule_date, day.reason)


def _shares(now: dict[Slot, int], before: TurnRule | None) -> tuple[Share, ...]:
    then = dict(zip(before.slots, before.counts, strict=True)) if before else now
    slots = sorted({*(s for s, n in now.items() if n), *(s for s, n in then.items() if n)})
    return tuple(Share(slot, now.get(slot, 0), then.get(slot, 0)) for slot in slots)


def _swaps(
    turns: Sequence[Turn], wanted: Sequence[Slot], year: int, frequency: str, nth: int,
    closed: Closed,
) -> tuple[Swap, ...]:  # fmt: skip
    found = []
    for turn, slot in zip(turns, wanted, strict=True):
        if turn.slot != slot:
            k = _period_of(turn.rule_date, year, frequency)
            own = rotating_date(year, frequency, k, slot, nth)
            day = beside(own, slot.minute, closed, moves=frequency != "weekly")
            found.append(Swap(turn.date, turn.slot, slot, day.reason if day.closed else None))
    return tuple(found)


def _period_of(day: dt.date, year: int, frequency: str) -> int:
    """The number of the rotation's period that a day lies in, from 0 on."""
    if frequency == "weekly":
        return (day - dt.date(year, 1, 1)) // WEEK
    starts = [period_start(year, frequency, k) for k in range(n_rotating(frequency))]
    return max(k for k, start in enumerate(starts) if start <= day)
