"""When to meet: a fixed hour or a fair rotation, by expected attendance under limits.

*n* members, *s* weekly slots, ``p[i, s]`` the probability that member *i* comes to slot *s* (zero
where nothing was answered). A slot is **allowed** when every limit holds there: each section
expects at least Q of its own, ``Σ_{i in section} p[i, s] ≥ Q``, and each required member has
``p ≥ .5``. The limits must hold at every date, so they only decide which slots may be used.

- *fixed*: ``max_s Σ_i p[i, s]`` over the allowed slots, times the share of its dates that can be
  held. All of them are compared: a proof.
- *rotation*: how many of the T dates go to each slot: first ``max min_i Σ_s p[i, s] x_s``, then
  ``max Σ_i Σ_s p[i, s] x_s`` among those, x whole numbers, ``Σ x = T``, each date at a slot that is
  open then. Proven or with the bound reached (:mod:`satuhati.core.meetings.turns`).
- *turn-out*: where each member's is known, the numbers present (sections, attendance) count
  ``p[i, s] · θ_i``; whom a rhythm can serve (worst-off, required, vote) is a matter of p alone, so
  that who came rarely so far is given neither more dates for it nor fewer.
- *plain vote*: the slot with most members at ``p ≥ .5``, the earliest on ties; no limits.

Max-min fairness: Rawls 1971; as a solution of bargaining, Kalai & Smorodinsky 1975.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from satuhati.core.meetings.calendar import Slot
from satuhati.core.meetings.limits import Limit
from satuhati.core.meetings.turns import TOLERANCE, kept_from, max_min

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

LIKELY = 0.5
"""From here on a member is counted on: the vote counts a voice, a required member is met."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What members answered. ``probability``: (members, slots), 0–1, that they can come;
    ``section``, ``must``, ``answered`` and ``sector`` (empty: nobody's is known) per member.
    ``turnout``: how often each who can come does (empty: always). Slots are sorted.

    ``votes``: (members, slots), who says yes; without it, whoever has p ≥ .5. Where it is given
    the limits are held against it too: of a section of two who rarely come nobody could ever
    expect one, yet both may say that they can.
    """

    members: tuple[str, ...]
    slots: tuple[Slot, ...]
    probability: FloatArray
    section: tuple[str | None, ...]
    must: tuple[bool, ...]
    answered: tuple[bool, ...]
    sector: tuple[str | None, ...] = ()
    turnout: tuple[float, ...] = ()
    votes: BoolArray | None = None

    @property
    def hoped(self) -> FloatArray:
        """The chance that each is there, (members, slots): can come, and does."""
        if not self.turnout:
            return self.probability
        hoped: FloatArray = self.probability * np.array(self.turnout)[:, None]
        return hoped

    @property
    def voices(self) -> BoolArray:
        """(members, slots): who is counted on at which hour."""
        return self.probability >= LIKELY - TOLERANCE if self.votes is None else self.votes


def wishes_of(
    members: Sequence[str],
    slots: Sequence[Slot],
    probability: Sequence[Sequence[float]],
    *,
    section: Sequence[str | None],
    must: Sequence[bool],
    answered: Sequence[bool],
    sector: Sequence[str | None] = (),
    turnout: Sequence[float] = (),
    votes: Sequence[Sequence[bool]] | None = None,
) -> Wishes:
    """Wishes from plain lists, as the web keeps them; the slots are put in order."""
    order = sorted(range(len(slots)), key=lambda s: slots[s])
    shape = (len(members), len(slots))
    chance = np.array(probability, dtype=np.float64).reshape(shape)[:, order]
    voices = None
    if votes is not None:
        voices = np.array(votes, dtype=np.bool_).reshape(shape)[:, order]
    return Wishes(
        tuple(members), tuple(slots[s] for s in order), chance, tuple(section), tuple(must),
        tuple(answered), tuple(sector), turnout=tuple(turnout), votes=voices,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """How often each slot is used, and what that gives.

    Dates on a closed time are in ``counts``, and nobody is expected there.
    ``expected_attendance``: mean per meeting that can be held. ``worst_member``: least expected
    number of dates attended in the year among those who answered (``None`` when no one did), and
    whose it is. ``expected``: expected number of dates of each member. ``sections_short``: dates ×
    sections under Q. ``bound``: what no plan can exceed: expected attendance (fixed), worst member
    (rotation). ``optimal``: proven.
    """

    counts: tuple[int, ...]
    expected_attendance: float
    worst_member: float | None
    worst_index: int | None
    expected: FloatArray
    sections_short: int
    optimal: bool
    bound: float | None


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit and where it is broken: ``broken`` is (limits, slots)."""

    limits: tuple[Limit, ...]
    broken: BoolArray

    @property
    def allowed(self) -> IntArray:
        """Indices of the slots that keep every limit."""
        return np.flatnonzero(~self.broken.any(axis=0))


def limits_of(
    wishes: Wishes,
    quorum: float,
    *,
    sector_quorum: float = 0.0,
    more: Sequence[tuple[Limit, BoolArray]] = (),
) -> Limits:
    """The sections, sectors and required members, and the slots at which each is not met.

    A section of fewer members than Q, or one that has not answered, is broken everywhere; so is a
    sector, where ``sector_quorum`` is asked of them. ``more``: other limits and where these are
    broken, (slots,); one that is broken nowhere is left out.
    """
    counted = wishes.hoped if wishes.votes is None else wishes.votes
    found: list[Limit] = []
    rows: list[BoolArray] = []
    asked = (("section", wishes.section, quorum), ("sector", wishes.sector, sector_quorum))
    for kind, groups, least in asked:
        if kind == "sector" and not least:
            continue
        for name in sorted({g for g in groups if g is not None}):
            mine = [i for i, g in enumerate(groups) if g == name]
            found.append(Limit(kind, name))
            rows.append(counted[mine].sum(axis=0) < least - TOLERANCE)
    for i, required in enumerate(wishes.must):
        if required:
            found.append(Limit("member", wishes.members[i]))
            rows.append(~wishes.voices[i])
    for limit, where in more:
        if where.any():
            found.append(limit)
            rows.append(where)
    shape = (len(rows), len(wishes.slots))
    broken = np.array(rows, dtype=np.bool_).reshape(shape)
    return Limits(tuple(found), broken)


def fixed(
    wishes: Wishes, limits: Limits, dates: Sequence[int], held: Sequence[int] | None = None
) -> Plan | None:
    """The allowed slot of greatest expected attendance; ``None`` when no slot is allowed.

    ``dates``: how many dates the rule has in the year at each slot; ``held``: how many of them
    fall on no closed time (default: all). A date that is not held is attended by nobody, so slots
    are compared by ``Σ_i p[i, s] · held[s] / dates[s]``. Ties go to the slot whose worst-off
    member fares best, then to the earliest.
    """
    held = dates if held is None else held
    allowed = [int(s) for s in limits.allowed if held[s]]
    if not allowed:
        return None
    share = np.array([h / d if d else 0.0 for h, d in zip(held, dates, strict=True)])
    total = wishes.hoped.sum(axis=0) * share
    answered = np.array(wishes.answered, dtype=np.bool_)
    least = wishes.probability[answered].min(axis=0) * share if answered.any() else total
    best = max(allowed, key=lambda s: (total[s].round(9), least[s].round(9), -s))
    counts, kept = [0] * len(wishes.slots), [0] * len(wishes.slots)
    counts[best], kept[best] = dates[best], held[best]
    # All slots were compared: of the dates that can be held there, no plan expects more.
    bound = float(wishes.hoped[:, best].sum())
    return _plan(wishes, limits, counts, kept, optimal=True, bound=bound)


def rotation(
    wishes: Wishes,
    limits: Limits,
    n_dates: int,
    *,
    open_: BoolArray | None = None,
    each: float = 0.0,
    nodes: int | None = None,
) -> Plan | None:
    """Counts of the allowed slots that serve the worst-off member best, then attendance.

    ``None`` when no slot is allowed. ``open_``: (periods, slots), where a date can be kept
    (default: everywhere); a period without an allowed and open slot has no date. ``each``: where
    the worst-off member cannot expect so many dates a year, as many others as possible do, before
    attendance is looked at. The aims are settled one after the other, each to within 1e-6 of a
    date (:mod:`satuhati.core.meetings.turns`); when ``nodes`` (a default by size) run out, the
    best plan found comes with the bound on the worst-off member and ``optimal`` false.
    """
    allowed = limits.allowed
    if open_ is None:
        open_ = np.ones((n_dates, len(wishes.slots)), dtype=np.bool_)
    can = open_[:, allowed]
    can = can[can.any(axis=1)]
    if not can.size:
        return None
    answered = np.array(wishes.answered, dtype=np.bool_)
    members = wishes.probability[np.ix_(answered, allowed)]
    found = max_min(members, wishes.hoped[:, allowed].sum(axis=0), can, each, nodes)
    full = [0] * len(wishes.slots)
    for at, count in zip(allowed, found.counts, strict=True):
        full[at] = int(count)
    bound = found.bound if answered.any() else None
    return _plan(wishes, limits, full, full, optimal=found.optimal, bound=bound)


def plain_vote(wishes: Wishes, limits: Limits, dates: Sequence[int]) -> Plan | None:
    """What a plain vote chooses: most members at p ≥ .5, the earliest slot on ties."""
    if not wishes.slots:
        return None
    votes = wishes.voices.sum(axis=0)
    best = int(votes.argmax())  # the first of equals, and slots are sorted
    counts = [0] * len(wishes.slots)
    counts[best] = dates[best]
    return _plan(wishes, limits, counts, counts, optimal=False, bound=None)


def clash(limits: Limits) -> tuple[tuple[Limit, ...], ...]:
    """Why nothing is allowed: each limit no slot can keep; failing these, one smallest clash.

    A set of limits clashes when every slot breaks at least one of them. The smallest is a
    minimum hitting set of what each slot breaks; it is empty when some slot is allowed.
    """
    if limits.allowed.size or not limits.limits:
        return ()
    alone = np.flatnonzero(limits.broken.all(axis=1))
    if alone.size:
        return tuple((limits.limits[i],) for i in alone)
    from scipy import optimize  # a third of a second: only where it is solved

    n = len(limits.limits)
    found = optimize.milp(
        np.ones(n),
        constraints=optimize.LinearConstraint(limits.broken.T.astype(float), 1, np.inf),
        integrality=np.ones(n),
        bounds=optimize.Bounds(0, 1),
    )
    chosen = np.flatnonzero(np.round(found.x) > 0)
    return (tuple(limits.limits[i] for i in chosen),)


def kept_out(
    wishes: Wishes, limits: Limits, open_: BoolArray, each: float
) -> tuple[tuple[Limit, ...], ...]:
    """Members who answered and cannot all expect ``each`` dates of a rotation, as clashes."""
    can = open_[:, limits.allowed]
    can = can[can.any(axis=1)]
    who = np.flatnonzero(np.array(wishes.answered, dtype=np.bool_))
    found = kept_from(wishes.probability[np.ix_(who, limits.allowed)], can, each)
    return tuple(tuple(Limit("each", wishes.members[who[i]]) for i in group) for group in found)


def nearest(wishes: Wishes, limits: Limits) -> tuple[int, tuple[Limit, ...]] | None:
    """The slot that breaks fewest limits (then of greatest attendance), and which it breaks."""
    if not wishes.slots:
        return None
    total = wishes.hoped.sum(axis=0)
    broken = limits.broken.sum(axis=0)
    best = min(range(len(wishes.slots)), key=lambda s: (broken[s], -total[s], s))
    return best, tuple(
        limit for limit, off in zip(limits.limits, limits.broken[:, best], strict=True) if off
    )


def _plan(
    wishes: Wishes,
    limits: Limits,
    counts: Sequence[int],
    held: Sequence[int],
    *,
    optimal: bool,
    bound: float | None,
) -> Plan:
    x = np.array(held, dtype=np.float64)
    expected = np.asarray(wishes.probability @ x, dtype=np.float64)
    answered = [i for i, yes in enumerate(wishes.answered) if yes]
    worst = min(answered, key=lambda i: (expected[i].round(9), i)) if answered else None
    sections = [k for k, limit in enumerate(limits.limits) if limit.kind == "section"]
    return Plan(
        tuple(counts),
        float((wishes.hoped @ x).sum() / x.sum()),
        None if worst is None else float(expected[worst]),
        worst,
        expected,
        int((limits.broken[sections] @ np.array(counts)).sum()),
        optimal,
        bound,
    )
