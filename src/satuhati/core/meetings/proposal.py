"""When to meet, proposed: the rule, its dates, a plain vote's choice, and whom each leaves out.

All that a reader is shown, as plain values without arrays: a page, a command and a stored record
(:mod:`satuhati.core.stored`) hold the same :class:`Proposal`; its words are in
:mod:`satuhati.reports.rhythm`. Importing this module loads neither NumPy nor the solver;
:func:`propose` does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from satuhati.core.meetings.calendar import (
    NOTHING_CLOSED,
    Closed,
    Day,
    Rule,
    Slot,
    beside,
    dates_of,
    fixed_words,
    n_rotating,
    period_start,
    rotating_date,
    rotating_words,
    spread,
)
from satuhati.core.meetings.limits import Limit
from satuhati.text import Text

if TYPE_CHECKING:
    from satuhati.core.meetings.rhythm import BoolArray, Limits, Plan, Wishes

KINDS = ("fixed", "rotation")
OFTEN = 4
"""Dates a year from which on a rotation sees to it that nobody is left out all year."""


class Turn(NamedTuple):
    """A date of the year and the hour it is held at. ``rule_date``: what the rule alone says;
    ``reason``: why not then, or, where the date stands, what falls on it."""

    date: dt.date
    slot: Slot
    rule_date: dt.date
    reason: Text | None

    @property
    def moved(self) -> bool:
        return self.date != self.rule_date

    @property
    def closed(self) -> bool:
        """Whether the meeting cannot be held on this date either."""
        return self.reason is not None and not self.moved


class Shut(NamedTuple):
    """An hour asked about that is never proposed, and what closes it."""

    slot: Slot
    reason: Text


@dataclass(frozen=True, slots=True)
class Choice:
    """A rhythm in words and figures: :class:`~satuhati.core.meetings.rhythm.Plan`, told.

    ``counts``: dates at each slot of the proposal. ``expected``: dates a year of each member.
    ``bound``: what no plan can exceed: expected attendance (fixed), worst member (rotation).
    """

    pattern: Text
    counts: tuple[int, ...]
    expected_attendance: float
    worst_member: float | None
    worst_member_id: str | None
    expected: tuple[float, ...]
    sections_short: int
    optimal: bool
    bound: float | None


@dataclass(frozen=True, slots=True)
class Near:
    """The hour that comes nearest when none is allowed: who is expected, and what is broken."""

    slot: Slot
    expected: float
    broken: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The rhythm proposed for a year, and all that explains it.

    ``plan`` is ``None`` when nothing suits: ``clashes`` then names each limit no hour can keep, or
    one smallest set that clashes, and ``nearest`` the hour that breaks fewest. ``vote``: what a
    plain vote would choose, closed or not (``None`` without any hour). ``turns``: the dates of the
    plan; ``lost``: the first day of each period in which a rotation finds nothing open.
    ``excluded_by_vote``: those who answered and are not counted on (p < .5) at the vote's hour.
    ``silent``: have not answered. ``never``: answered and can come on none of the dates.
    ``seldom``: can come, and expect fewer than ``each`` dates. ``shut``: hours closed every week.
    ``nobody``: by the answers nobody can come at any hour.
    """

    kind: str
    frequency: str
    nth: int
    year: int
    quorum: float
    sector_quorum: float
    each: float
    members: tuple[str, ...]
    section: tuple[str | None, ...]
    must: tuple[bool, ...]
    answered: tuple[bool, ...]
    slots: tuple[Slot, ...]
    hours_allowed: int
    plan: Choice | None
    vote: Choice | None
    turns: tuple[Turn, ...]
    excluded_by_vote: tuple[str, ...]
    clashes: tuple[tuple[Limit, ...], ...]
    nearest: Near | None
    silent: tuple[str, ...]
    never: tuple[str, ...]
    seldom: tuple[str, ...]
    shut: tuple[Shut, ...]
    lost: tuple[dt.date, ...]
    nobody: bool

    @property
    def dates(self) -> tuple[dt.date, ...]:
        return tuple(turn.date for turn in self.turns)


def propose(
    wishes: Wishes,
    *,
    kind: str,
    frequency: str,
    quorum: float,
    year: int,
    nth: int,
    closed: Closed = NOTHING_CLOSED,
    sector_quorum: float = 0.0,
    each: float | None = None,
) -> Proposal:
    """The best fixed rule or rotation of a year under the limits, beside a plain vote.

    ``kind``: one of :data:`KINDS`; ``frequency``: ``weekly`` or one of
    :data:`~satuhati.core.meetings.calendar.MONTHS`; ``quorum``, ``sector_quorum``: least expected
    number present of each section and sector; ``nth``: which weekday of the month; ``closed``:
    when nothing is held (:mod:`satuhati.core.meetings.closures`); ``each``: dates of the year that
    every member who answered must be able to expect. Left open (``None``) it is one where that can
    be (a rotation of four dates or more), and who has less is named. Raises :class:`ValueError`
    for another kind.
    """
    from satuhati.core.meetings import rhythm  # NumPy and the solver: not where results are shown

    if kind not in KINDS:
        raise ValueError(kind)
    year_of = _Year(wishes, frequency, year, nth, closed)
    wanted = each if each is not None else float(year_of.n_dates >= OFTEN)
    limits = rhythm.limits_of(
        wishes, quorum, sector_quorum=sector_quorum, more=year_of.limits(kind, each or 0.0)
    )
    vote = rhythm.plain_vote(wishes, limits, year_of.due)
    nobody = bool(wishes.slots) and not wishes.probability.any()
    plan: Plan | None = None
    clashes: tuple[tuple[Limit, ...], ...] = ()
    if not nobody and kind == "fixed":
        plan = rhythm.fixed(wishes, limits, year_of.due, year_of.held)
    elif not nobody:
        plan = rhythm.rotation(wishes, limits, year_of.n_dates, open_=year_of.open, each=wanted)
        if plan is not None and (plan.worst_member or 0.0) < (each or 0.0) - 1e-6:
            clashes = rhythm.kept_out(wishes, limits, year_of.open, each or 0.0)
            plan = None if clashes else plan
    if plan is None:
        clashes = clashes or rhythm.clash(limits)
    turns, lost = ((), ()) if plan is None else year_of.turns(kind, limits, plan)
    return Proposal(
        kind=kind,
        frequency=frequency,
        nth=nth,
        year=year,
        quorum=quorum,
        sector_quorum=sector_quorum,
        each=wanted,
        members=wishes.members,
        section=wishes.section,
        must=wishes.must,
        answered=wishes.answered,
        slots=wishes.slots,
        hours_allowed=int(limits.allowed.size),
        plan=None if plan is None else _choice(wishes, plan, kind, frequency, nth),
        vote=None if vote is None else _choice(wishes, vote, "fixed", frequency, nth),
        turns=turns,
        excluded_by_vote=() if vote is None else _excluded(wishes, vote),
        clashes=clashes,
        nearest=_near(wishes, limits) if clashes else None,
        silent=tuple(m for m, yes in zip(wishes.members, wishes.answered, strict=True) if not yes),
        never=() if plan is None else _under(wishes, plan, -1.0, 0.0),
        seldom=() if plan is None else _under(wishes, plan, 0.0, wanted - 1e-6),
        shut=tuple(
            Shut(slot, reason)
            for slot in wishes.slots
            if (reason := closed.weekly(slot)) is not None
        ),
        lost=lost,
        nobody=nobody,
    )


class _Year:
    """Which dates of a year each hour has, and which of them can be held."""

    def __init__(self, wishes: Wishes, frequency: str, year: int, nth: int, closed: Closed) -> None:
        import numpy as np

        self.wishes, self.frequency, self.year, self.nth = wishes, frequency, year, nth
        self.n_dates = n_rotating(frequency)
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        self.fixed = [
            dates_of(Rule(frequency, s.weekday, nth, s.minute), first, last, closed)
            for s in wishes.slots
        ]
        self.due = [len(days) for days in self.fixed]
        self.held = [sum(not day.closed for day in days) for days in self.fixed]
        self.rotating: list[list[Day]] = [
            [
                beside(
                    rotating_date(year, frequency, period, s, nth), s.minute, closed,
                    moves=frequency != "weekly",
                )
                for s in wishes.slots
            ]
            for period in range(self.n_dates)
        ]  # fmt: skip
        shape = (self.n_dates, len(wishes.slots))
        self.open: BoolArray = np.array(
            [[not day.closed for day in row] for row in self.rotating], dtype=np.bool_
        ).reshape(shape)

    def limits(self, kind: str, each: float) -> list[tuple[Limit, BoolArray]]:
        """Hours that cannot be held on any date; of a fixed rule, members who expect too few."""
        import numpy as np

        held = np.array(self.held, dtype=np.float64)
        never = held == 0 if kind == "fixed" else ~self.open.any(axis=0)
        found = [(Limit("closed", ""), np.asarray(never, dtype=np.bool_))]
        if kind == "fixed" and each:
            found += [
                (Limit("each", m), p * held < each - 1e-9)
                for m, p, yes in zip(
                    self.wishes.members, self.wishes.probability, self.wishes.answered, strict=True
                )
                if yes
            ]
        return found

    def turns(
        self, kind: str, limits: Limits, plan: Plan
    ) -> tuple[tuple[Turn, ...], tuple[dt.date, ...]]:
        """The dates of a plan in order, and the first day of each period that has none."""
        from satuhati.core.meetings.turns import place

        slots = self.wishes.slots
        if kind == "fixed":
            only = _only(plan.counts)
            return tuple(_turn(day, slots[only]) for day in self.fixed[only]), ()
        can = [bool(row.any()) for row in self.open[:, limits.allowed]]
        periods = [k for k in range(self.n_dates) if can[k]]
        order = place(self.open[periods], spread(plan.counts))
        turns = (_turn(self.rotating[k][s], slots[s]) for k, s in zip(periods, order, strict=True))
        lost = (
            period_start(self.year, self.frequency, k) for k in range(self.n_dates) if not can[k]
        )
        return tuple(turns), tuple(lost)


def _turn(day: Day, slot: Slot) -> Turn:
    return Turn(day.date, slot, day.rule_date, day.reason)


def _only(counts: Sequence[int]) -> int:
    """The one slot a fixed rule uses."""
    return next(s for s, count in enumerate(counts) if count)


def _choice(wishes: Wishes, plan: Plan, kind: str, frequency: str, nth: int) -> Choice:
    if kind == "fixed":
        pattern = fixed_words(frequency, wishes.slots[_only(plan.counts)], nth)
    else:
        pattern = rotating_words(frequency, wishes.slots, plan.counts, nth)
    return Choice(
        pattern,
        plan.counts,
        plan.expected_attendance,
        plan.worst_member,
        None if plan.worst_index is None else wishes.members[plan.worst_index],
        tuple(map(float, plan.expected)),
        plan.sections_short,
        plan.optimal,
        plan.bound,
    )


def _excluded(wishes: Wishes, vote: Plan) -> tuple[str, ...]:
    voices = wishes.voices[:, _only(vote.counts)]
    rows = zip(wishes.members, voices, wishes.answered, strict=True)
    return tuple(m for m, counted_on, answered in rows if answered and not counted_on)


def _under(wishes: Wishes, plan: Plan, low: float, high: float) -> tuple[str, ...]:
    """Members who answered and expect more than ``low`` dates and at most ``high``."""
    rows = zip(wishes.members, plan.expected, wishes.answered, strict=True)
    return tuple(m for m, expected, yes in rows if yes and low < expected <= high)


def _near(wishes: Wishes, limits: Limits) -> Near | None:
    from satuhati.core.meetings.rhythm import nearest

    found = nearest(wishes, limits)
    if found is None:
        return None
    slot, broken = found
    return Near(wishes.slots[slot], float(wishes.hoped[:, slot].sum()), broken)
