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
    Slot,
    fixed_dates,
    fixed_words,
    n_rotating,
    rotating_dates,
    rotating_words,
    spread,
)
from satuhati.text import Text

if TYPE_CHECKING:
    from satuhati.core.meetings.rhythm import Limits, Plan, Wishes

KINDS = ("fixed", "rotation")


class Limit(NamedTuple):
    """A wish that must hold at every date: of a ``section`` (Q present) or a ``member``."""

    kind: str
    name: str


class Turn(NamedTuple):
    """A date of the year and the hour it is held at."""

    date: dt.date
    slot: Slot


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
    plain vote would choose (``None`` without any hour). ``turns``: the dates of the plan.
    ``excluded_by_vote``: those who answered and are not counted on (p < .5) at the vote's hour.
    ``silent``: have not answered. ``never``: answered and can come on none of the dates.
    ``nobody``: by the answers nobody can come at any hour.
    """

    kind: str
    frequency: str
    nth: int
    year: int
    quorum: float
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
    nobody: bool

    @property
    def dates(self) -> tuple[dt.date, ...]:
        return tuple(turn.date for turn in self.turns)


def propose(
    wishes: Wishes, *, kind: str, frequency: str, quorum: float, year: int, nth: int
) -> Proposal:
    """The best fixed rule or rotation of a year under the limits, beside a plain vote.

    ``kind``: one of :data:`KINDS`; ``frequency``: ``weekly`` or one of
    :data:`~satuhati.core.meetings.calendar.MONTHS`; ``quorum``: least expected number present of
    each section; ``nth``: which weekday of the month. Raises :class:`ValueError` for another kind.
    """
    from satuhati.core.meetings import rhythm  # NumPy and the solver: not where results are shown

    if kind not in KINDS:
        raise ValueError(kind)
    limits = rhythm.limits_of(wishes, quorum)
    n_fixed = [len(fixed_dates(year, frequency, slot, nth)) for slot in wishes.slots]
    vote = rhythm.plain_vote(wishes, limits, n_fixed)
    nobody = bool(wishes.slots) and not wishes.probability.any()
    plan = None
    if not nobody and kind == "fixed":
        plan = rhythm.fixed(wishes, limits, n_fixed)
    elif not nobody:
        plan = rhythm.rotation(wishes, limits, n_rotating(frequency))
    clashes = rhythm.clash(limits) if plan is None else ()
    return Proposal(
        kind=kind,
        frequency=frequency,
        nth=nth,
        year=year,
        quorum=quorum,
        members=wishes.members,
        section=wishes.section,
        must=wishes.must,
        answered=wishes.answered,
        slots=wishes.slots,
        hours_allowed=int(limits.allowed.size),
        plan=None if plan is None else _choice(wishes, plan, kind, frequency, nth),
        vote=None if vote is None else _choice(wishes, vote, "fixed", frequency, nth),
        turns=() if plan is None else _turns(wishes, plan, kind, frequency, year, nth),
        excluded_by_vote=() if vote is None else _excluded(wishes, vote),
        clashes=clashes,
        nearest=_near(wishes, limits) if clashes else None,
        silent=tuple(
            m for m, yes in zip(wishes.members, wishes.answered, strict=True) if not yes
        ),
        never=() if plan is None else _never(wishes, plan),
        nobody=nobody,
    )  # fmt: skip


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


def _turns(
    wishes: Wishes, plan: Plan, kind: str, frequency: str, year: int, nth: int
) -> tuple[Turn, ...]:
    if kind == "fixed":
        slot = wishes.slots[_only(plan.counts)]
        return tuple(Turn(day, slot) for day in fixed_dates(year, frequency, slot, nth))
    slots = [wishes.slots[s] for s in spread(plan.counts)]
    dates = rotating_dates(year, frequency, slots, nth)
    return tuple(map(Turn, dates, slots))


def _excluded(wishes: Wishes, vote: Plan) -> tuple[str, ...]:
    from satuhati.core.meetings.rhythm import LIKELY

    chances = wishes.probability[:, _only(vote.counts)]
    rows = zip(wishes.members, chances, wishes.answered, strict=True)
    return tuple(m for m, p, answered in rows if answered and p < LIKELY)


def _never(wishes: Wishes, plan: Plan) -> tuple[str, ...]:
    rows = zip(wishes.members, plan.expected, wishes.answered, strict=True)
    return tuple(m for m, expected, answered in rows if answered and expected == 0)


def _near(wishes: Wishes, limits: Limits) -> Near | None:
    from satuhati.core.meetings.rhythm import nearest

    found = nearest(wishes, limits)
    if found is None:
        return None
    slot, broken = found
    return Near(wishes.slots[slot], float(wishes.probability[:, slot].sum()), broken)
