"""The fair rotation's solver: how many dates of a year go to each hour.

Periods that have the same hours open are alike and form a **kind** k with n_k periods; without
closed dates there is one. With z_s the dates at hour s, whole numbers, and y_ks those of kind k::

    Σ_k y_ks = z_s,   Σ_s y_ks = n_k,   y_ks = 0 where s is closed in k,   y ≥ 0

For whole z the y form a transportation polytope, whose corners are whole: only z has to be
branched on. With few kinds y is left out for Hall's limits on z (:func:`_narrow`). Three aims are
settled one after the other (each to within 1e-6 of a date):

1. the worst-off member: ``max min_i Σ_s p[i, s] z_s``;
2. nobody left out: most members with ``Σ_s p[i, s] z_s ≥ e`` (all of them where 1 reaches e);
3. attendance: ``max Σ_i Σ_s p[i, s] z_s``.

Branch and bound by HiGHS (Huangfu & Hall 2018, Math. Prog. Comp. 10).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

TOLERANCE = 1e-9
SOLVER_TOLERANCE = 1e-6
FAR = 1e6
PATTERNS = 6
"""Sets of kinds in which hours are open, up to which their limits are written out without y."""
NODES = 2000
"""Branch-and-bound nodes for 25 members and 84 hours before we settle for a bound; fewer by the
square for more of them, since each node then costs more and the bound gains less. A count, not a
time, so that one input has one answer everywhere."""
USUAL_CELLS = 25 * 84


@dataclass(frozen=True, slots=True)
class Turns:
    """Dates per hour; whether all aims are proven; the bound on the worst-off member."""

    counts: IntArray
    optimal: bool
    bound: float


@dataclass(frozen=True, slots=True)
class Kinds:
    """``size``: periods of each kind, ``open``: (kinds, hours)."""

    size: IntArray
    open: BoolArray


def kinds_of(open_: BoolArray) -> Kinds:
    """Periods (rows) that are alike, counted. Every period must have an open hour."""
    rows, counts = np.unique(open_, axis=0, return_counts=True)
    return Kinds(counts.astype(np.int64), rows)


def max_min(
    members: FloatArray, total: FloatArray, open_: BoolArray, each: float, nodes: int | None = None
) -> Turns:
    """The best counts by the three aims; ``open_``: (periods, hours), every period with one.

    ``members``: (members who answered, hours); ``total``: (hours,), everyone's; ``each``: the
    dates a year below which a member counts as left out (0: the aim is skipped).
    """
    keep = undominated(np.vstack([members, total[None]]), open_)
    counts = np.zeros(total.size, dtype=np.int64)
    found = _settle(members[:, keep], total[keep], kinds_of(open_[:, keep]), each, nodes)
    counts[keep] = found.counts
    return Turns(counts, found.optimal, found.bound)


def undominated(p: FloatArray, open_: BoolArray) -> IntArray:
    """Hours to keep: none that is never open, nor one that another, open whenever it is, beats or
    equals for everyone."""
    keep: list[int] = []
    for s in np.lexsort((np.arange(p.shape[1]), -p.sum(axis=0), -open_.sum(axis=0))):
        if open_[:, s].any() and not any(
            bool((p[:, t] >= p[:, s]).all()) and bool((open_[:, t] >= open_[:, s]).all())
            for t in keep
        ):
            keep.append(int(s))
    return np.sort(np.array(keep, dtype=np.int64))


def place(open_: BoolArray, turns: tuple[int, ...]) -> tuple[int, ...]:
    """The hour of each period: as evenly spread as ``turns``, but open.

    ``open_``: (periods, hours). Where ``turns`` (:func:`~satuhati.core.meetings.calendar.spread`)
    fall on a closed hour, they are assigned anew
    with the least squared displacement (the assignment problem; Crouse 2016, IEEE Trans. Aerosp.
    Electron. Syst. 52(4)).
    """
    wanted = np.array(turns, dtype=np.int64)
    if open_[np.arange(wanted.size), wanted].all():
        return turns
    from scipy import optimize  # a third of a second: only where it is solved

    at = np.arange(wanted.size)
    cost = np.where(open_[:, wanted], (at[:, None] - at[None, :]) ** 2, FAR)
    rows, columns = optimize.linear_sum_assignment(cost)
    placed = np.empty_like(wanted)
    placed[rows] = wanted[columns]
    return tuple(map(int, placed))


def _binding(p: FloatArray) -> FloatArray:
    """Members to keep: none who fares at least as well as another at every hour."""
    keep: list[int] = []
    for i in np.argsort(p.sum(axis=1), kind="stable"):
        if not any(bool((p[i] >= p[j]).all()) for j in keep):
            keep.append(int(i))
    return p[keep]


def kept_from(members: FloatArray, open_: BoolArray, each: float) -> tuple[tuple[int, ...], ...]:
    """Who cannot all expect ``each`` dates: each member who never can; failing these, one group.

    The group is smallest in the sense that leaving out any one of it, the others can (a deletion
    filter: Chinneck & Dravnieks 1991, ORSA J. Comput. 3). Empty when all can.
    """
    best = np.array([np.where(open_, row, 0).max(axis=1, initial=0).sum() for row in members])
    alone = np.flatnonzero(best < each - SOLVER_TOLERANCE)
    if alone.size:
        return tuple((int(i),) for i in alone)
    ever = open_.any(axis=0)
    members, kinds = members[:, ever], kinds_of(open_[:, ever])

    def can(group: list[int]) -> bool:
        rows = members[group]
        found = _Model(rows, rows, kinds, NODES).solve(
            np.zeros(rows.shape[1]), least=each - SOLVER_TOLERANCE
        )
        return bool(found.status != 2)  # 2: proven that there is none

    group = list(range(members.shape[0]))
    if not group or can(group):
        return ()
    for i in range(members.shape[0]):
        fewer = [j for j in group if j != i]
        if fewer and not can(fewer):
            group = fewer
    return (tuple(group),)


class _Model:
    """The rotation as a mixed-integer program: z, the level t of the worst-off, u, y.

    ``u[i]`` (0 or 1): member i expects ``each`` dates; only there when asked for.
    """

    def __init__(self, fair: FloatArray, members: FloatArray, kinds: Kinds, nodes: int) -> None:
        self.fair, self.members, self.kinds, self.nodes = fair, members, kinds, nodes
        self.n = fair.shape[1]
        self.dates = int(kinds.size.sum())
        self.narrow = _narrow(kinds)
        if self.narrow is None:
            self.nodes = max(1, nodes // kinds.size.size)  # y makes every node dearer

    def solve(
        self,
        worth: FloatArray,
        *,
        level: float = 0.0,
        least: float | None = None,
        served: float = 0.0,
        at_least: int = 0,
        each: float = 0.0,
    ) -> Any:
        """Maximise ``worth · z + level · t + served · Σ u``, the worst-off at ``least`` or t,
        ``at_least`` members at ``each`` dates."""
        from scipy import optimize, sparse  # a third of a second: only where it is solved

        n, m = self.n, self.fair.shape[0]
        n_u = self.members.shape[0] if served or at_least else 0
        several = self.narrow is None
        n_y = self.kinds.size.size * n if several else 0
        width = n + 1 + n_u + n_y

        def row(*blocks: tuple[int, Any]) -> Any:
            """Rows with these blocks, each beginning at its column; zero elsewhere."""
            parts: list[Any] = []
            at, height = 0, blocks[0][1].shape[0]
            for start, block in blocks:
                parts += [sparse.csr_array((height, start - at)), sparse.csr_array(block)]
                at = start + block.shape[1]
            return sparse.hstack([*parts, sparse.csr_array((height, width - at))])

        linear = optimize.LinearConstraint
        if least is None:
            limits = [linear(row((0, self.fair), (n, -np.ones((m, 1)))), 0, np.inf)]
        else:
            limits = [linear(row((0, self.fair)), least - TOLERANCE, np.inf)]
        if n_u:
            limits.append(
                linear(row((0, self.members), (n + 1, -each * np.eye(n_u))), -TOLERANCE, np.inf)
            )
            limits.append(linear(row((n + 1, np.ones((1, n_u)))), at_least, np.inf))
        if several:
            k = self.kinds.size.size
            same = np.tile(np.eye(n), (1, k))
            each_kind = np.kron(np.eye(k), np.ones((1, n)))
            limits.append(linear(row((0, -np.eye(n)), (n + 1 + n_u, same)), 0, 0))
            limits.append(linear(row((n + 1 + n_u, each_kind)), self.kinds.size, self.kinds.size))
        else:
            limits.append(linear(row((0, np.ones((1, n)))), self.dates, self.dates))
            if self.narrow:
                hours = np.array([hours for hours, _ in self.narrow], dtype=np.float64)
                limits.append(linear(row((0, hours)), 0, [most for _, most in self.narrow]))
        upper = np.full(width, float(self.dates))
        upper[n + 1 : n + 1 + n_u] = 1
        if several:
            upper[n + 1 + n_u :] = (self.kinds.open * self.kinds.size[:, None]).ravel()
        return optimize.milp(
            -np.r_[worth, level, np.full(n_u, served), np.zeros(n_y)],
            constraints=limits,
            integrality=np.r_[np.ones(n), 0, np.ones(n_u), np.zeros(n_y)],
            bounds=optimize.Bounds(0, upper),
            options={"mip_rel_gap": 0, "node_limit": self.nodes},
        )

    def counts(self, found: Any) -> IntArray | None:
        """The whole numbers z of a solution, if there is one."""
        if found.x is None:
            return None
        counts = np.round(found.x[: self.n]).astype(np.int64)
        return counts if counts.sum() == self.dates else None


def _narrow(kinds: Kinds) -> list[tuple[BoolArray, int]] | None:
    """Which hours take how many dates at most, in place of y; ``None``: too many such limits.

    For every set A of kinds: the dates at hours that are open in no kind outside A are at most the
    periods in A (Hall 1935; Gale 1957). Only A that are unions of the kinds some hours are open in
    can bind.
    """
    patterns = [tuple(map(bool, row)) for row in np.unique(kinds.open.T, axis=0)]
    if len(patterns) > PATTERNS:
        return None
    unions = {
        tuple(map(any, zip(*some, strict=True)))
        for size in range(1, len(patterns) + 1)
        for some in combinations(patterns, size)
    }
    found: list[tuple[BoolArray, int]] = []
    for union in sorted(unions):
        inside = np.array(union, dtype=np.bool_)
        if not inside.all():
            hours = np.asarray(~kinds.open[~inside].any(axis=0), dtype=np.bool_)
            found.append((hours, int(kinds.size[inside].sum())))
    return found


def _settle(
    members: FloatArray, total: FloatArray, kinds: Kinds, each: float, nodes: int | None
) -> Turns:
    n = total.size
    fair = _binding(members)
    if nodes is None:
        nodes = max(1, NODES * USUAL_CELLS**2 // max(fair.size, USUAL_CELLS) ** 2)
    if n == 1 or not fair.shape[0]:
        only = np.zeros(n, dtype=np.int64)
        for size, open_ in zip(kinds.size, kinds.open, strict=True):
            only[int(np.where(open_, total, -1).argmax())] += size
        return Turns(only, True, float((fair @ only).min()) if fair.shape[0] else 0.0)
    model = _Model(fair, members, kinds, nodes)
    start = _improve(fair, total, kinds, _greedy(fair, total, kinds))
    nothing = np.zeros(n)
    first = model.solve(nothing, level=1.0)
    found = model.counts(first)
    best = _better(fair, total, start.sum(axis=0), found)
    worst = float((fair @ best).min())
    # Without any plan of its own the solver tells no bound: nobody attends more than every date.
    reached = model.dates if first.mip_dual_bound is None else -first.mip_dual_bound
    step = _step(fair)
    bound = worst if first.status == 0 else np.floor(reached / step + SOLVER_TOLERANCE) * step
    if bound > worst + SOLVER_TOLERANCE:
        return Turns(best, False, float(bound))
    served, sure = 0, True
    if worst < each - SOLVER_TOLERANCE:
        second = model.solve(nothing, least=worst, served=1.0, each=each)
        other, sure = model.counts(second), second.status == 0
        now = _served(members, best, each)
        if other is not None and _served(members, other, each) > now:
            best = other
        served = _served(members, best, each)
    last = model.solve(total, least=worst, at_least=served, each=each)
    other = model.counts(last)
    if other is not None and (
        float(total @ other) > float(total @ best) + TOLERANCE
        and _served(members, other, each) >= served
    ):
        best = other
    return Turns(best, sure and last.status == 0, max(worst, float((fair @ best).min())))


def _served(members: FloatArray, counts: IntArray, each: float) -> int:
    return int((members @ counts >= each - SOLVER_TOLERANCE).sum())


def _step(fair: FloatArray) -> float:
    """What every attainable figure is a multiple of: .05 for probabilities in twentieths.

    Answers are round numbers, and a bound of 4.53 in steps of .1 is one of 4.5. Without a step
    (finer than four decimals) the solver's own tolerance.
    """
    scaled = np.round(fair * 10_000)
    if not fair.any() or np.abs(scaled - fair * 10_000).max() > SOLVER_TOLERANCE:
        return SOLVER_TOLERANCE
    return float(np.gcd.reduce(scaled.astype(np.int64), axis=None)) / 10_000


def _better(fair: FloatArray, total: FloatArray, one: IntArray, other: IntArray | None) -> IntArray:
    """The one of higher worst-off member, or, these alike, of higher attendance."""
    if other is None:
        return one
    gain = float((fair @ other).min() - (fair @ one).min())
    if abs(gain) > SOLVER_TOLERANCE:
        return other if gain > 0 else one
    return other if float(total @ other) >= float(total @ one) else one


def _greedy(fair: FloatArray, total: FloatArray, kinds: Kinds) -> IntArray:
    """A start for the search: each date goes where the most is gained for those worst off.

    Returns (kinds, hours); the kinds with fewest hours open choose first.
    """
    counts = np.zeros(kinds.open.shape, dtype=np.int64)
    have = np.zeros(fair.shape[0])
    for k in np.argsort(kinds.open.sum(axis=1), kind="stable"):
        for _ in range(int(kinds.size[k])):
            # A soft minimum: early on every member stands at zero and the bare one is blind.
            weight = np.exp(-2 * (have - have.min()))
            s = int(np.where(kinds.open[k], weight @ fair + 1e-6 * total, -1.0).argmax())
            counts[k, s] += 1
            have += fair[:, s]
    return counts


def _improve(fair: FloatArray, total: FloatArray, kinds: Kinds, counts: IntArray) -> IntArray:
    """Move one date at a time while the worst-off member, or then attendance, gains."""
    counts = counts.copy()
    while True:
        have, now = fair @ counts.sum(axis=0), float(total @ counts.sum(axis=0))
        best, move = (float(have.min()), now), None
        for k, a in zip(*np.nonzero(counts), strict=True):
            to = np.flatnonzero(kinds.open[k])
            least = (have[:, None] - fair[:, [a]] + fair[:, to]).min(axis=0)
            sums = now - total[a] + total[to]
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
                best, move = value, (int(k), int(a), int(to[b]))
        if move is None:
            return counts
        k, a, b = move
        counts[k, a] -= 1
        counts[k, b] += 1
