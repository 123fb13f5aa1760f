"""When to meet: a fixed hour or a fair rotation, by expected attendance under limits.

*n* members, *s* weekly slots, ``p[i, s]`` the probability that member *i* comes to slot *s* (zero
where nothing was answered). A slot is **allowed** when every limit holds there: each section
expects at least Q of its own, ``Σ_{i in section} p[i, s] ≥ Q``, and each required member has
``p ≥ .5``. The limits must hold at every date, so they only decide which slots may be used.

- *fixed*: ``max_s Σ_i p[i, s]`` over the allowed slots. All of them are compared: a proof.
- *rotation*: how many of the T dates go to each slot (the dates are alike, so counts are enough):
  first ``max min_i Σ_s p[i, s] x_s``, then ``max Σ_i Σ_s p[i, s] x_s`` among those, x whole
  numbers, ``Σ x = T``. Solved by branch and bound (HiGHS; Huangfu & Hall 2018, Math. Prog.
  Comp. 10), proven or with the bound it reached.
- *plain vote*: the slot with most members at ``p ≥ .5``, the earliest on ties; no limits.

Max-min fairness: Rawls 1971; as a solution of bargaining, Kalai & Smorodinsky 1975.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from satuhati.core.meetings.calendar import Slot
from satuhati.core.meetings.proposal import Limit

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

LIKELY = 0.5
"""From here on a member is counted on: the vote counts a voice, a required member is met."""

TOLERANCE = 1e-9
SOLVER_TOLERANCE = 1e-6
NODES = 2000
"""Branch-and-bound nodes for 25 members and 84 hours before we settle for a bound; fewer, in
proportion, for more of them. A count, not a time, so that one input has one answer everywhere."""
USUAL_CELLS = 25 * 84


@dataclass(frozen=True, slots=True)
class Wishes:
    """What members answered. ``probability``: (members, slots), 0–1; ``section``, ``must`` and
    ``answered`` per member. Slots are sorted."""

    members: tuple[str, ...]
    slots: tuple[Slot, ...]
    probability: FloatArray
    section: tuple[str | None, ...]
    must: tuple[bool, ...]
    answered: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How often each slot is used, and what that gives.

    ``expected_attendance``: mean per meeting. ``worst_member``: least expected number of dates
    attended in the year among those who answered (``None`` when no one did), and whose it is.
    ``expected``: expected number of dates of each member. ``sections_short``: dates × sections
    under Q. ``bound``: what no plan can exceed: expected attendance (fixed), worst member
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


def limits_of(wishes: Wishes, quorum: float) -> Limits:
    """The sections and required members, and the slots at which each is not met.

    A section of fewer members than Q, or one that has not answered, is broken everywhere.
    """
    names = sorted({s for s in wishes.section if s is not None})
    found: list[Limit] = []
    rows: list[BoolArray] = []
    for name in names:
        mine = [i for i, s in enumerate(wishes.section) if s == name]
        found.append(Limit("section", name))
        rows.append(wishes.probability[mine].sum(axis=0) < quorum - TOLERANCE)
    for i, required in enumerate(wishes.must):
        if required:
            found.append(Limit("member", wishes.members[i]))
            rows.append(wishes.probability[i] < LIKELY - TOLERANCE)
    shape = (len(rows), len(wishes.slots))
    broken = np.array(rows, dtype=np.bool_).reshape(shape)
    return Limits(tuple(found), broken)


def fixed(wishes: Wishes, limits: Limits, dates: Sequence[int]) -> Plan | None:
    """The allowed slot of greatest expected attendance; ``None`` when no slot is allowed.

    ``dates``: how many dates the rule has in the year at each slot. Ties go to the slot whose
    worst-off member fares best, then to the earliest.
    """
    allowed = limits.allowed
    if not allowed.size:
        return None
    total = wishes.probability.sum(axis=0)
    answered = np.array(wishes.answered, dtype=np.bool_)
    least = wishes.probability[answered].min(axis=0) if answered.any() else total
    best = max(map(int, allowed), key=lambda s: (total[s].round(9), least[s].round(9), -s))
    counts = [0] * len(wishes.slots)
    counts[best] = dates[best]
    return _plan(wishes, limits, counts, optimal=True, bound=float(total[allowed].max()))


def rotation(
    wishes: Wishes, limits: Limits, n_dates: int, *, nodes: int | None = None
) -> Plan | None:
    """Counts of the allowed slots that serve the worst-off member best, then attendance.

    ``None`` when no slot is allowed. The two aims are settled one after the other, each to
    within 1e-6 of a date; when ``nodes`` (default: :data:`NODES`, by size) run out, the best plan
    found comes with the bound on the worst-off member and ``optimal`` false.
    """
    allowed = limits.allowed
    if not allowed.size:
        return None
    answered = np.array(wishes.answered, dtype=np.bool_)
    keep = _undominated(wishes.probability[:, allowed])
    everyone = wishes.probability[:, allowed[keep]]
    fair = _binding(everyone[answered])
    if nodes is None:
        nodes = max(1, NODES * USUAL_CELLS // max(fair.size, USUAL_CELLS))
    counts, optimal, bound = _max_min(fair, everyone.sum(axis=0), n_dates, nodes)
    full = [0] * len(wishes.slots)
    for at, count in zip(allowed[keep], counts, strict=True):
        full[at] = int(count)
    return _plan(wishes, limits, full, optimal=optimal, bound=bound if answered.any() else None)


def plain_vote(wishes: Wishes, limits: Limits, dates: Sequence[int]) -> Plan | None:
    """What a plain vote chooses: most members at p ≥ .5, the earliest slot on ties."""
    if not wishes.slots:
        return None
    votes = (wishes.probability >= LIKELY - TOLERANCE).sum(axis=0)
    best = int(votes.argmax())  # the first of equals, and slots are sorted
    counts = [0] * len(wishes.slots)
    counts[best] = dates[best]
    return _plan(wishes, limits, counts, optimal=False, bound=None)


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


def nearest(wishes: Wishes, limits: Limits) -> tuple[int, tuple[Limit, ...]] | None:
    """The slot that breaks fewest limits (then of greatest attendance), and which it breaks."""
    if not wishes.slots:
        return None
    total = wishes.probability.sum(axis=0)
    broken = limits.broken.sum(axis=0)
    best = min(range(len(wishes.slots)), key=lambda s: (broken[s], -total[s], s))
    return best, tuple(
        limit for limit, off in zip(limits.limits, limits.broken[:, best], strict=True) if off
    )


def _plan(
    wishes: Wishes, limits: Limits, counts: Sequence[int], *, optimal: bool, bound: float | None
) -> Plan:
    x = np.array(counts, dtype=np.float64)
    expected = np.asarray(wishes.probability @ x, dtype=np.float64)
    answered = [i for i, yes in enumerate(wishes.answered) if yes]
    worst = min(answered, key=lambda i: (expected[i].round(9), i)) if answered else None
    sections = [k for k, limit in enumerate(limits.limits) if limit.kind == "section"]
    return Plan(
        tuple(counts),
        float(expected.sum() / x.sum()),
        None if worst is None else float(expected[worst]),
        worst,
        expected,
        int((limits.broken[sections] @ x).sum()),
        optimal,
        bound,
    )


def _undominated(p: FloatArray) -> IntArray:
    """Slots to keep: none that another serves every member at least as well (first of equals)."""
    keep: list[int] = []
    for s in np.lexsort((np.arange(p.shape[1]), -p.sum(axis=0))):
        if not any(bool((p[:, t] >= p[:, s]).all()) for t in keep):
            keep.append(int(s))
    return np.sort(np.array(keep, dtype=np.int64))


def _binding(p: FloatArray) -> FloatArray:
    """Members to keep: none who fares at least as well as another at every slot."""
    keep: list[int] = []
    for i in np.argsort(p.sum(axis=1), kind="stable"):
        if not any(bool((p[i] >= p[j]).all()) for j in keep):
            keep.append(int(i))
    return p[keep]


def _max_min(
    fair: FloatArray, total: FloatArray, n_dates: int, nodes: int
) -> tuple[IntArray, bool, float]:
    """Counts, whether proven, and the bound on the least of ``fair @ counts``."""
    n = total.size
    if not fair.shape[0] or n == 1:
        best = np.zeros(n, dtype=np.int64)
        best[int(total.argmax())] = n_dates
        return best, True, float((fair @ best).min()) if fair.shape[0] else 0.0
    from scipy import optimize  # a third of a second: only where it is solved

    start = _improve(fair, total, _greedy(fair, total, n_dates))
    whole = np.r_[np.ones(n), 0]
    first = optimize.milp(
        -np.r_[np.zeros(n), 1],
        constraints=[
            optimize.LinearConstraint(np.c_[fair, -np.ones(fair.shape[0])], 0, np.inf),
            optimize.LinearConstraint(whole[None], n_dates, n_dates),
        ],
        integrality=whole,
        bounds=optimize.Bounds(0, np.r_[np.full(n, n_dates), n_dates]),
        options={"mip_rel_gap": 0, "node_limit": nodes},
    )
    best = _better(fair, total, start, _rounded(first.x, n, n_dates))
    worst = float((fair @ best).min())
    # Without any plan of its own the solver tells no bound: nobody attends more than every date.
    reached = n_dates if first.mip_dual_bound is None else -first.mip_dual_bound
    step = _step(fair)
    bound = worst if first.status == 0 else np.floor(reached / step + SOLVER_TOLERANCE) * step
    if bound > worst + SOLVER_TOLERANCE:
        return _improve(fair, total, best), False, float(bound)
    second = optimize.milp(
        -total,
        constraints=[
            optimize.LinearConstraint(fair, worst - TOLERANCE, np.inf),
            optimize.LinearConstraint(np.ones((1, n)), n_dates, n_dates),
        ],
        integrality=np.ones(n),
        bounds=optimize.Bounds(0, n_dates),
        options={"mip_rel_gap": 0, "node_limit": nodes},
    )
    best = _better(fair, total, best, _rounded(second.x, n, n_dates))
    return best, second.status == 0, max(worst, float((fair @ best).min()))


def _step(fair: FloatArray) -> float:
    """What every attainable figure is a multiple of: .05 for probabilities in twentieths.

    Answers are round numbers, and a bound of 4.53 in steps of .1 is one of 4.5. Without a step
    (finer than four decimals) the solver's own tolerance.
    """
    scaled = np.round(fair * 10_000)
    if not fair.any() or np.abs(scaled - fair * 10_000).max() > SOLVER_TOLERANCE:
        return SOLVER_TOLERANCE
    return float(np.gcd.reduce(scaled.astype(np.int64), axis=None)) / 10_000


def _rounded(x: FloatArray | None, n: int, n_dates: int) -> IntArray | None:
    if x is None:
        return None
    counts = np.round(x[:n]).astype(np.int64)
    return counts if counts.sum() == n_dates else None


def _better(fair: FloatArray, total: FloatArray, one: IntArray, other: IntArray | None) -> IntArray:
    """The one of higher worst-off member, or, these alike, of higher attendance."""
    if other is None:
        return one
    gain = float((fair @ other).min() - (fair @ one).min())
    if abs(gain) > SOLVER_TOLERANCE:
        return other if gain > 0 else one
    return other if float(total @ other) >= float(total @ one) else one


def _greedy(fair: FloatArray, total: FloatArray, n_dates: int) -> IntArray:
    """A start for the search: each date goes where the most is gained for those worst off."""
    counts = np.zeros(total.size, dtype=np.int64)
    have = np.zeros(fair.shape[0])
    for _ in range(n_dates):
        # A soft minimum: early on every member stands at zero and the bare one is blind.
        weight = np.exp(-2 * (have - have.min()))
        s = int((weight @ fair + 1e-6 * total).argmax())
        counts[s] += 1
        have += fair[:, s]
    return counts


def _improve(fair: FloatArray, total: FloatArray, counts: IntArray) -> IntArray:
    """Move one date at a time while the worst-off member, or then attendance, gains."""
    counts = counts.copy()
    while True:
        have = fair @ counts
        best, move = (float(have.min()), float(total @ counts)), None
        for a in np.flatnonzero(counts):
            least = (have[:, None] - fair[:, [a]] + fair).min(axis=0)
            sums = float(total @ counts) - total[a] + total
            top = least.max()
            if top < best[0] - TOLERANCE:
                continue
            level = max(best[0], float(top))
            ties = np.flatnonzero(least >= level - TOLERANCE)
            b = int(ties[sums[ties].argmax()])
            value = (float(least[b]), float(sums[b]))
            if value[0] > best[0] + TOLERANCE or (
                value[0] >= best[0] - TOLERANCE and value[1] > best[1] + TOLERANCE
            ):
                best, move = value, (int(a), b)
        if move is None:
            return counts
        counts[move[0]] -= 1
        counts[move[1]] += 1
