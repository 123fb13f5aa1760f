"""Gould & Fernandez's five brokerage roles, and how far they are from chance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from satuhati.core.networks.groups import Labels
from satuhati.core.networks.network import Floats, Ints, Lookup, Network, both_ways, two_paths

# Broker j on a path i → j → k without a direct tie i → k, by who shares a group:
# coordinator i = j = k · itinerant i = k ≠ j · representative i = j ≠ k ·
# gatekeeper i ≠ j = k · liaison all different.
ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")


def _roles(i: Ints, j: Ints, k: Ints) -> Ints:
    """Positions in ``ROLES`` for arrays of groups of i, j, k."""
    return np.where(
        i == k, np.where(i == j, 0, 1), np.where(i == j, 2, np.where(j == k, 3, 4))
    ).astype(np.int64)


def _role_of(i: int, j: int, k: int) -> int:
    return int(_roles(np.array(i), np.array(j), np.array(k)))


def brokerage(network: Network, codes: Ints) -> Ints:
    """How often each actor brokers in each role, (n, 5) in the order of ``ROLES``.

    Counts paths i → j → k with no tie i → k. An undirected path is read both ways, so that
    representative and gatekeeper agree. Every group must be known. Gould & Fernandez 1989.
    """
    n, arcs = network.n, both_ways(network)
    counts = np.zeros(n * len(ROLES), dtype=np.int64)
    tied = Lookup(arcs, n)
    for first, second in two_paths(arcs, n):
        i, j, k = arcs[first, 0], arcs[first, 1], arcs[second, 1]
        open_path = (i != k) & ~tied.has(i, k)
        i, j, k = i[open_path], j[open_path], k[open_path]
        spot = j * len(ROLES) + _roles(codes[i], codes[j], codes[k])
        counts += np.bincount(spot, minlength=counts.size)
    return counts.reshape(n, len(ROLES))


def expectation(labels: Labels, density: float, *, directed: bool = True) -> tuple[Floats, Floats]:
    """Mean and standard deviation (5,) of the totals of :func:`brokerage` by chance.

    The null keeps group sizes and makes each tie present with probability ``density``
    independently of the others, as Gould & Fernandez (1989) condition. With p the density and
    q = p²(1−p) a path's chance to be open, the mean is q × the number of triples of the role.
    The variance is exact: two triples that share one tie have covariance

    - p³(1−p)³ if it is a leg of both,
    - p⁵(1−p) if it is the missing tie of both,
    - −q² if a leg of one is the missing tie of the other (they exclude each other),

    and triples of the same three actors are compared one by one. The means, and the deviations of
    itinerant and liaison, are those of R ``sna``; its deviations of the other three roles are
    somewhat larger (Sampson: 8.34 for 8.16, 14.43 for 13.04), and simulation sides with ours.
    """
    p = density
    q = p * p * (1 - p)
    chances = _Chances(q, (p * (1 - p)) ** 3, p**5 * (1 - p), -q * q)
    same_actors = _same_actors_directed if directed else _same_actors_undirected
    mean, variance = np.zeros(len(ROLES)), np.zeros(len(ROLES))
    for v, pairs, thirds in _arrangements(labels.sizes):
        third = np.stack([count for _, count in thirds])
        triples = pairs * third
        groups = [{"u": 0, "v": v, "x": x} for x, _ in thirds]
        roles = {
            order: np.array([_role_of(*(g[actor] for actor in order)) for g in groups])
            for order in ("uvx", "uxv", "xuv", "vux", "vxu", "xvu")
        }
        for r in range(len(ROLES)):
            # 1 where the order (first, broker, last) of u, v, x plays the role: (x's group, 1)
            plays = {order: (code == r)[:, None] * 1.0 for order, code in roles.items()}
            mean[r] += q * (triples * plays["uvx"]).sum()
            variance[r] += same_actors(plays, triples, chances)
            if directed:
                leg = plays["uvx"] + plays["xuv"]  # u → v is the first, the second leg
                gap, shared = plays["uxv"], pairs
            else:
                # u–v is in paths u–v–x and v–u–x, each read both ways, and misses in u–x–v
                leg = plays["uvx"] + plays["xvu"] + plays["xuv"] + plays["vux"]
                gap, shared = plays["uxv"] + plays["vxu"], pairs / 2
            variance[r] += (shared * _one_shared(leg, gap, third, chances)).sum()
    return mean, np.sqrt(np.maximum(variance, 0))


class _Chances(NamedTuple):
    open_path: float
    leg_leg: float
    gap_gap: float
    leg_gap: float


def _arrangements(sizes: Ints) -> Iterator[tuple[int, Floats, list[tuple[int, Floats]]]]:
    """Ordered pairs of actors u, v by the sizes of their groups, and who may stand third.

    u's group is called 0. Yields v's group (0 the same, 1 another), the number of such pairs (c,)
    and, for each group x may be in (2 = a third one), how many actors are left there (c,).
    """
    value, times = (a.astype(np.float64) for a in np.unique(sizes, return_counts=True))
    n = float(sizes.sum())
    yield 0, times * value * (value - 1), [(0, np.maximum(value - 2, 0)), (1, n - value)]
    a, b = (x.ravel() for x in np.meshgrid(value, value, indexing="ij"))
    often = (times[:, None] * times[None, :] - np.diag(times)).ravel()
    yield 1, often * a * b, [(0, a - 1), (1, b - 1), (2, n - a - b)]


def _one_shared(leg: Floats, gap: Floats, third: Floats, chances: _Chances) -> Floats:
    """Covariance (c,) of all triples on u, v and x with all on u, v and another x."""
    legs, gaps = (third * leg).sum(axis=0), (third * gap).sum(axis=0)
    return np.asarray(
        chances.leg_leg * (legs**2 - (third * leg**2).sum(axis=0))
        + chances.gap_gap * (gaps**2 - (third * gap**2).sum(axis=0))
        + 2 * chances.leg_gap * (legs * gaps - (third * leg * gap).sum(axis=0))
    )


def _same_actors_directed(plays: dict[str, Floats], triples: Floats, chances: _Chances) -> float:
    """Variance within three actors, seen from the ordering u → v → x of each triple.

    It shares one leg with v → x → u and with x → u → v; with u → x → v and v → u → x it shares
    two ties in opposite parts, so both cannot be open; with x → v → u it shares none.
    """
    q = chances.open_path
    chain = plays["xuv"] + plays["vxu"]
    opposed = plays["uxv"] + plays["vux"]
    each = (q - q * q) + chances.leg_leg * chain + chances.leg_gap * opposed
    return float((triples * plays["uvx"] * each).sum())


def _same_actors_undirected(plays: dict[str, Floats], triples: Floats, chances: _Chances) -> float:
    """Variance within three actors: only one of their three paths can be open at a time."""
    q = chances.open_path
    both = plays["uvx"] + plays["xvu"]
    everything = sum(plays.values(), start=np.zeros_like(both))
    return float((triples * plays["uvx"] * (q * both - q * q * everything)).sum())
