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
overlap in part and each needs one room and one person, W weeks always do (rooms and facilitators
are a bipartite multigraph: König 1916). Where they do not, the weeks are chosen in the program
itself. Branch and bound by HiGHS; proven or
with its bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from satuhati.core.meetings.calendar import Closed, Day, Rule, Slot, beside, dates_of
from satuhati.core.meetings.limits import Limit
from satuhati.core.meetings.sharing_program import Option, solve

if TYPE_CHECKING:
    from satuhati.core.meetings.rhythm import Wishes

NODES = 4000
"""Branch-and-bound nodes before we settle for a bound: a count, so one input has one answer."""
TOLERANCE = 1e-9
MINUTES = 120


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its members' wishes; ``rooms``: any one of them (none: it needs no shared
    room); ``facilitator``: who comes to it (``None``: nobody from outside); ``others``: who has to
    be free besides, such as members of two groups."""

    name: str
    wishes: Wishes
    rooms: tuple[str, ...] = ()
    facilitator: str | None = None
    others: tuple[str, ...] = ()


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
    found, bound, status = solve(len(groups), options, weeks, minutes, nodes)
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
) -> tuple[list[Option], tuple[Stuck, ...]]:
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

    options: list[Option] = []
    stuck: list[Stuck] = []
    for g, group in enumerate(groups):
        wishes = group.wishes
        total = wishes.hoped.sum(axis=0)
        held = np.array([share_held(slot) for slot in wishes.slots])
        # As with sections: of a group that rarely comes nobody could ever expect enough, yet
        # enough of them may say that they can.
        there = total if wishes.votes is None else wishes.votes.sum(axis=0)
        limits = limits_of(
            wishes,
            quorum,
            more=(
                (Limit("group", group.name), np.asarray(there < least - TOLERANCE)),
                (Limit("closed", ""), np.asarray(held == 0)),
            ),
        )
        if not limits.allowed.size:
            stuck += [Stuck((group.name,), limits=c) for c in clash(limits)] or [
                Stuck((group.name,))
            ]
        options += [
            Option(
                g,
                wishes.slots[s],
                room,
                group.facilitator,
                float(total[s] * held[s]),
                others=group.others,
            )
            for s in limits.allowed
            for room in (group.rooms or (None,))
        ]
    return options, tuple(stuck)


def _first_come(
    groups: Sequence[Group], options: Sequence[Option], weeks: Sequence[int], minutes: int
) -> tuple[list[Option], tuple[str, ...]]:
    """Each group in turn takes the best that is left; who finds nothing is left over."""
    taken: list[Option] = []
    left_over = []
    for g, group in enumerate(groups):
        mine = sorted((o for o in options if o.group == g), key=lambda o: (-o.value, o.slot))
        free = (
            o.in_week(nth)
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


# -- who stands in whose way ----------------------------------------------------------------------


def _clash(
    groups: Sequence[Group],
    options: Sequence[Option],
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
            Option(at[o.group], o.slot, o.room, o.facilitator, 0.0, others=o.others)
            for o in options
            if o.group in at
        ]
        return solve(len(some), mine, weeks, minutes, nodes)[2] == "impossible"

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
        facilitators=shared(
            who
            for g in mine
            for who in {*g.others, *(() if g.facilitator is None else (g.facilitator,))}
        ),
    )


# -- dates ---------------------------------------------------------------------------------------


def _dated(
    groups: Sequence[Group],
    found: Sequence[Option],
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
    busy: dict[dt.date, list[Option]] = {}
    for o, mine in zip(found, days, strict=True):
        for day in mine:
            if day.reason is None:
                busy.setdefault(day.date, []).append(o)
    for o, mine in zip(found, days, strict=True):
        for k, day in enumerate(mine):
            if day.reason is not None:

                def free(date: dt.date, o: Option = o) -> bool:
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
