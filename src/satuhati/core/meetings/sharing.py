"""Several groups that share rooms and facilitators: an hour for each, together the best.

Group g may meet at weekly hour s in room r (of those it can use) when its own limits hold there
(:func:`~satuhati.core.meetings.rhythm.limits_of`, and at least so many expected). With
``x[g, s, r]`` zero or one and ``v[g, s]`` the expected attendance, times the share of the hour's
dates that can be held::

    max Σ v[g, s] x[g, s, r]
    Σ_{s, r} x[g, s, r] = 1                                         each group one hour and room
    Σ_{g of q} Σ_{s: t − d < s ≤ t, same day} x[g, s, r] ≤ W        each room and facilitator q,
                                                                    each start t

*d*: minutes a meeting takes; meetings that overlap need the same hands. *W*: weeks of the month in
use; groups of one hour take different weeks. The rows are the maximal cliques of an interval
graph, so that with one shared thing the relaxation is whole already (consecutive ones: Fulkerson &
Gross 1965, Pac. J. Math. 15(3)). Which week a group gets is a colouring; where meetings do not
overlap in part, W weeks always do (rooms and facilitators are a bipartite multigraph: König 1916).
Where they do not, the weeks are chosen in the program itself. Branch and bound by HiGHS; proven or
with its bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from satuhati.core.meetings.calendar import Closed, Day, Rule, Slot, beside, dates_of
from satuhati.core.meetings.proposal import Limit

if TYPE_CHECKING:
    from satuhati.core.meetings.rhythm import Wishes

NODES = 4000
"""Branch-and-bound nodes before we settle for a bound: a count, so one input has one answer."""
TOLERANCE = 1e-9
MINUTES = 120
DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its members' wishes; ``rooms``: any one of them (none: it needs no shared
    room); ``facilitator``: who comes to it (``None``: nobody from outside)."""

    name: str
    wishes: Wishes
    rooms: tuple[str, ...] = ()
    facilitator: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when one group meets. ``value``: expected attendance per meeting; ``days``: the
    dates of the year, moved where closed to a week in which room and facilitator are free."""

    group: str
    slot: Slot
    nth: int
    room: str | None
    facilitator: str | None
    value: float
    days: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True)
class Stuck:
    """Groups that cannot all have an hour, and why.

    Of one group alone: the ``limits`` of its own that no hour keeps together. Of several: the
    ``rooms`` and ``facilitators`` they share. Leaving out any one group would free the others.
    """

    groups: tuple[str, ...]
    limits: tuple[Limit, ...] = ()
    rooms: tuple[str, ...] = ()
    facilitators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sharing:
    """An hour for every group, or who stands in whose way.

    ``places``: in the order of the groups; empty when impossible, or when nothing was found in
    time (``stuck`` is then empty too). ``total``: Σ v of the plan; ``bound``: what no plan exceeds;
    ``optimal``: proven. ``first_come``: what comes about when each group in turn takes the best
    that is left, and ``left_over`` those who then find nothing.
    """

    places: tuple[Place, ...]
    total: float | None
    bound: float | None
    optimal: bool
    first_come: float
    left_over: tuple[str, ...]
    stuck: tuple[Stuck, ...]


@dataclass(frozen=True, slots=True)
class _Option:
    """One way for a group (by index) to meet; ``nth`` is 0 while the week is left open."""

    group: int
    slot: Slot
    room: str | None
    facilitator: str | None
    value: float
    nth: int = 0

    def things(self) -> Iterable[tuple[str, str]]:
        if self.room is not None:
            yield "room", self.room
        if self.facilitator is not None:
            yield "facilitator", self.facilitator

    def meets(self, other: _Option, minutes: int) -> bool:
        """Whether the two need the same room or person at one time (of one week)."""
        apart = (self.start - other.start) % WEEK_MINUTES
        if min(apart, WEEK_MINUTES - apart) >= minutes:
            return False
        same_room = self.room is not None and self.room == other.room
        return same_room or (self.facilitator is not None and self.facilitator == other.facilitator)

    @property
    def start(self) -> int:
        """Minute of the week: a meeting past midnight reaches into the next day."""
        return (self.slot.weekday - 1) * DAY_MINUTES + self.slot.minute


def share(
    groups: Sequence[Group],
    *,
    frequency: str,
    year: int,
    weeks: Sequence[int],
    closed: Closed,
    quorum: float = 1.0,
    least: float = 1.0,
    minutes: int = MINUTES,
    nodes: int = NODES,
) -> Sharing:
    """The hours of greatest total expected attendance that rooms and facilitators allow.

    ``weeks``: which weekdays of the month may be used (1 to 4; of no meaning weekly); ``quorum``:
    least expected number present of each section of a group; ``least``: of each group. Raises
    :class:`ValueError` when two groups have one name.
    """
    if len({g.name for g in groups}) < len(groups):
        raise ValueError("two groups of one name")
    weeks = (1,) if frequency == "weekly" else tuple(dict.fromkeys(weeks))
    if not groups:
        return Sharing((), 0.0, 0.0, True, 0.0, (), ())
    options, stuck = _options(groups, frequency, year, weeks, closed, quorum, least)
    taken, left_over = _first_come(groups, options, weeks, minutes)
    first_come = sum(o.value for o in taken)
    if stuck:
        return Sharing((), None, None, False, first_come, left_over, stuck)
    found, bound, status = _solve(len(groups), options, weeks, minutes, nodes)
    if status == "impossible":
        stuck = (_clash(groups, options, weeks, minutes, nodes),)
        return Sharing((), None, None, False, first_come, left_over, stuck)
    if not left_over and (found is None or first_come > sum(o.value for o in found) + TOLERANCE):
        found = taken  # the search ran out of nodes before it did as well
    if found is None:
        return Sharing((), None, bound, False, first_come, left_over, ())
    total = sum(o.value for o in found)
    places = _dated(groups, found, frequency, year, closed, minutes)
    optimal = status == "proven"
    bound = total if optimal else max(bound, total)
    return Sharing(places, total, bound, optimal, first_come, left_over, ())


def first_come(
    groups: Sequence[Group],
    *,
    frequency: str,
    year: int,
    weeks: Sequence[int],
    closed: Closed,
    quorum: float = 1.0,
    least: float = 1.0,
    minutes: int = MINUTES,
) -> tuple[float, tuple[str, ...]]:
    """What comes about when each group in turn takes the best that is left: the peer of ``share``.

    Serial dictatorship: total expected attendance, and who finds nothing. Arguments as ``share``.
    """
    weeks = (1,) if frequency == "weekly" else tuple(dict.fromkeys(weeks))
    options, _ = _options(groups, frequency, year, weeks, closed, quorum, least)
    taken, left_over = _first_come(groups, options, weeks, minutes)
    return sum(o.value for o in taken), left_over


# -- what is possible ----------------------------------------------------------------------------


def _options(
    groups: Sequence[Group],
    frequency: str,
    year: int,
    weeks: Sequence[int],
    closed: Closed,
    quorum: float,
    least: float,
) -> tuple[list[_Option], tuple[Stuck, ...]]:
    """Every hour and room of every group, and the groups whose own limits leave none."""
    import datetime as dt

    import numpy as np

    from satuhati.core.meetings.rhythm import clash, limits_of

    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    shares: dict[Slot, float] = {}

    def share_held(slot: Slot) -> float:
        if slot not in shares:
            days = [
                day
                for nth in weeks
                for day in dates_of(
                    Rule(frequency, slot.weekday, nth, slot.minute), first, last, closed
                )
            ]
            shares[slot] = sum(not day.closed for day in days) / len(days)
        return shares[slot]

    options: list[_Option] = []
    stuck: list[Stuck] = []
    for g, group in enumerate(groups):
        wishes = group.wishes
        total = wishes.probability.sum(axis=0)
        held = np.array([share_held(slot) for slot in wishes.slots])
        limits = limits_of(
            wishes,
            quorum,
            more=(
                (Limit("group", group.name), np.asarray(total < least - TOLERANCE)),
                (Limit("closed", ""), np.asarray(held == 0)),
            ),
        )
        if not limits.allowed.size:
            stuck += [Stuck((group.name,), limits=c) for c in clash(limits)] or [
                Stuck((group.name,))
            ]
        options += [
            _Option(g, wishes.slots[s], room, group.facilitator, float(total[s] * held[s]))
            for s in limits.allowed
            for room in (group.rooms or (None,))
        ]
    return options, tuple(stuck)


def _first_come(
    groups: Sequence[Group], options: Sequence[_Option], weeks: Sequence[int], minutes: int
) -> tuple[list[_Option], tuple[str, ...]]:
    """Each group in turn takes the best that is left; who finds nothing is left over."""
    taken: list[_Option] = []
    left_over = []
    for g, group in enumerate(groups):
        mine = sorted((o for o in options if o.group == g), key=lambda o: (-o.value, o.slot))
        free = (
            _in_week(o, nth)
            for o in mine
            for nth in weeks
            if not any(t.nth == nth and o.meets(t, minutes) for t in taken)
        )
        found = next(free, None)
        if found is None:
            left_over.append(group.name)
        else:
            taken.append(found)
    return taken, tuple(left_over)


def _in_week(o: _Option, nth: int) -> _Option:
    return _Option(o.group, o.slot, o.room, o.facilitator, o.value, nth)


# -- the program ---------------------------------------------------------------------------------


def _solve(
    n: int, options: Sequence[_Option], weeks: Sequence[int], minutes: int, nodes: int
) -> tuple[list[_Option] | None, float, str]:
    """An option with its week for each group; the bound; ``proven``, ``found`` or ``impossible``.

    First with the weeks left open (W at once), then coloured; where that fails, week by week.
    """
    found, bound, status = _program(n, options, len(weeks), minutes, nodes)
    if found is None or status == "impossible":
        return None, bound, status
    coloured = _coloured(found, weeks, minutes)
    if coloured is not None:
        return coloured, bound, status
    each_week = [_in_week(o, nth) for o in options for nth in weeks]
    return _program(n, each_week, 1, minutes, nodes)


def _program(
    n: int, options: Sequence[_Option], room_for: int, minutes: int, nodes: int
) -> tuple[list[_Option] | None, float, str]:
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


def _cliques(options: Sequence[_Option], room_for: int, minutes: int) -> list[list[int]]:
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


def _coloured(found: Sequence[_Option], weeks: Sequence[int], minutes: int) -> list[_Option] | None:
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
    return [_in_week(o, week[i]) for i, o in enumerate(found)]


COLOUR_STEPS = 20_000
"""Steps of the colouring before the weeks are chosen in the program instead."""


def _clash(
    groups: Sequence[Group],
    options: Sequence[_Option],
    weeks: Sequence[int],
    minutes: int,
    nodes: int,
) -> Stuck:
    """A smallest set (none can be left out) of groups that rooms and facilitators do not carry.

    A deletion filter: Chinneck & Dravnieks 1991, ORSA J. Comput. 3.
    """

    def impossible(some: Sequence[int]) -> bool:
        at = {g: i for i, g in enumerate(some)}
        mine = [
            _Option(at[o.group], o.slot, o.room, o.facilitator, 0.0)
            for o in options
            if o.group in at
        ]
        return _solve(len(some), mine, weeks, minutes, nodes)[2] == "impossible"

    left = list(range(len(groups)))
    for g in range(len(groups)):
        fewer = [i for i in left if i != g]
        if fewer and impossible(fewer):
            left = fewer
    mine = [groups[g] for g in left]

    def shared(names: Iterable[str]) -> tuple[str, ...]:
        all_of_them = list(names)
        return tuple(sorted({x for x in all_of_them if all_of_them.count(x) > 1}))

    return Stuck(
        tuple(g.name for g in mine),
        rooms=shared(r for g in mine for r in g.rooms),
        facilitators=shared(g.facilitator for g in mine if g.facilitator is not None),
    )


# -- dates ---------------------------------------------------------------------------------------


def _dated(
    groups: Sequence[Group],
    found: Sequence[_Option],
    frequency: str,
    year: int,
    closed: Closed,
    minutes: int,
) -> tuple[Place, ...]:
    """The dates of every group: first those that stand, then those that move to a free week."""
    import datetime as dt

    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    days = [
        list(dates_of(Rule(frequency, o.slot.weekday, o.nth, o.slot.minute), first, last, closed))
        for o in found
    ]
    busy: dict[dt.date, list[_Option]] = {}
    for o, mine in zip(found, days, strict=True):
        for day in mine:
            if day.reason is None:
                busy.setdefault(day.date, []).append(o)
    for o, mine in zip(found, days, strict=True):
        for k, day in enumerate(mine):
            if day.reason is not None:

                def free(date: dt.date, o: _Option = o) -> bool:
                    return not any(o.meets(other, minutes) for other in busy.get(date, ()))

                mine[k] = beside(
                    day.rule_date, o.slot.minute, closed, moves=frequency != "weekly", free=free
                )
                if mine[k].moved:
                    busy.setdefault(mine[k].date, []).append(o)
    return tuple(
        Place(groups[o.group].name, o.slot, o.nth, o.room, o.facilitator, o.value, tuple(mine))
        for o, mine in zip(found, days, strict=True)
    )
