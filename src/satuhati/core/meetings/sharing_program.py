"""The program of :mod:`satuhati.core.meetings.sharing`: one option for each group, none in the way.

Its formula stands there; here are the rows of it, the solver, and the colouring of the weeks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from satuhati.core.meetings.calendar import Slot

DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES
COLOUR_STEPS = 20_000
"""Steps of the colouring before the weeks are chosen in the program instead."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way for a group (by index) to meet; ``nth`` is 0 while the week is left open."""

    group: int
    slot: Slot
    room: str | None
    facilitator: str | None
    value: float
    nth: int = 0
    others: tuple[str, ...] = ()

    @property
    def people(self) -> frozenset[str]:
        """Everybody who has to be free for it."""
        own = () if self.facilitator is None else (self.facilitator,)
        return frozenset((*own, *self.others))

    def things(self) -> Iterable[tuple[str, str]]:
        if self.room is not None:
            yield "room", self.room
        for who in sorted(self.people):
            yield "facilitator", who

    def meets(self, other: Option, minutes: int) -> bool:
        """Whether the two need the same room or person at one time (of one week)."""
        apart = (self.start - other.start) % WEEK_MINUTES
        if min(apart, WEEK_MINUTES - apart) >= minutes:
            return False
        same_room = self.room is not None and self.room == other.room
        return same_room or bool(self.people & other.people)

    def in_week(self, nth: int) -> Option:
        return replace(self, nth=nth)

    @property
    def start(self) -> int:
        """Minute of the week: a meeting past midnight reaches into the next day."""
        return (self.slot.weekday - 1) * DAY_MINUTES + self.slot.minute


def solve(
    n: int, options: Sequence[Option], weeks: Sequence[int], minutes: int, nodes: int
) -> tuple[list[Option] | None, float, str]:
    """An option with its week for each group; the bound; ``proven``, ``found`` or ``impossible``.

    First with the weeks left open (W at once), then coloured; where that fails, week by week.
    """
    found, bound, status = _program(n, options, len(weeks), minutes, nodes)
    if found is None or status == "impossible":
        return None, bound, status
    coloured = _coloured(found, weeks, minutes)
    if coloured is not None:
        return coloured, bound, status
    each_week = [o.in_week(nth) for o in options for nth in weeks]
    return _program(n, each_week, 1, minutes, nodes)


def _program(
    n: int, options: Sequence[Option], room_for: int, minutes: int, nodes: int
) -> tuple[list[Option] | None, float, str]:
    import numpy as np
    from scipy import optimize, sparse  # a third of a second: only where it is solved

    value = np.array([o.value for o in options])
    rows = [[k for k, o in enumerate(options) if o.group == g] for g in range(n)]
    if not all(rows):
        return None, 0.0, "impossible"
    cliques = _cliques(options, room_for, minutes)

    def matrix(lists: Sequence[Sequence[int]]) -> Any:
        at = np.repeat(np.arange(len(lists)), [len(one) for one in lists])
        columns = np.fromiter((k for one in lists for k in one), dtype=np.int64)
        shape = (len(lists), len(options))
        return sparse.csr_array((np.ones(columns.size), (at, columns)), shape=shape)

    limits = [optimize.LinearConstraint(matrix(rows), 1, 1)]
    if cliques:
        limits.append(optimize.LinearConstraint(matrix(cliques), -np.inf, room_for))
    solved = optimize.milp(
        -value,
        constraints=limits,
        integrality=np.ones(len(options)),
        bounds=optimize.Bounds(0, 1),
        options={"mip_rel_gap": 0, "node_limit": nodes},
    )
    if solved.status == 2:
        return None, 0.0, "impossible"
    most = sum(max(float(value[k]) for k in row) for row in rows)
    bound = most if solved.mip_dual_bound is None else min(most, -float(solved.mip_dual_bound))
    if solved.x is None:
        return None, bound, "found"
    chosen = [options[int(k)] for k in np.flatnonzero(solved.x > 0.5)]
    return sorted(chosen, key=lambda o: o.group), bound, "proven" if solved.status == 0 else "found"


def _cliques(options: Sequence[Option], room_for: int, minutes: int) -> list[list[int]]:
    """Options that need one thing at one time: for each thing and start, those under way then."""
    users: dict[tuple[str, str, int], list[int]] = {}
    for k, o in enumerate(options):
        for kind, name in o.things():
            users.setdefault((kind, name, o.nth), []).append(k)
    found: set[tuple[int, ...]] = set()
    for mine in users.values():
        for t in {options[k].start for k in mine}:
            now = tuple(k for k in mine if (t - options[k].start) % WEEK_MINUTES < minutes)
            if len({options[k].group for k in now}) > room_for:
                found.add(now)
    return [list(one) for one in sorted(found)]


def _coloured(found: Sequence[Option], weeks: Sequence[int], minutes: int) -> list[Option] | None:
    """A week for each, so that none in one week needs what another has; ``None``: there is none.

    Exact: the one with fewest weeks left goes first, and steps back when stuck.
    """
    n = len(found)
    against = [
        [j for j in range(n) if j != i and found[i].meets(found[j], minutes)] for i in range(n)
    ]
    week: dict[int, int] = {}
    steps = 0

    def left(i: int) -> list[int]:
        used = {week[j] for j in against[i] if j in week}
        return [nth for nth in weeks if nth not in used]

    def place() -> bool | None:
        nonlocal steps
        if len(week) == n:
            return True
        i = min(
            (i for i in range(n) if i not in week),
            key=lambda i: (len(left(i)), -len(against[i]), i),
        )
        for nth in left(i):
            steps += 1
            if steps > COLOUR_STEPS:
                return None
            week[i] = nth
            done = place()
            if done or done is None:
                return done
            del week[i]
        return False

    if not place():
        return None
    return [o.in_week(week[i]) for i, o in enumerate(found)]
