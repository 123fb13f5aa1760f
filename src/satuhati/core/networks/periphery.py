"""Core and periphery: how close a network is to a dense middle with a rim tied only to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from satuhati.core.networks.network import Bools, Network, both_ways, without_direction

ROUNDS = 100
EPSILON = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class CorePeriphery:
    """``core`` (n,) marks the core; ``fit`` is the correlation with the ideal, −1 to 1.

    Both are ``None`` where every split says the same: under three actors, no ties, all ties.
    """

    core: Bools | None
    fit: float | None


def core_periphery(network: Network) -> CorePeriphery:
    """The split into core and periphery that is closest to the ideal, direction ignored.

    The ideal has every tie that touches the core and none within the periphery: δ_ij = 1 if i or j
    is in the core (their eq. 1). Fit is Pearson's correlation of ties and ideal over the
    n(n − 1)/2 pairs. Of the splits that take the k actors of most ties, for each k, the best is
    taken, then single actors are moved as long as that helps: no single move improves the result,
    which is the same every time; a better split of another kind may exist.

    Borgatti, S. P. & Everett, M. G. (1999). Models of core/periphery structures. Social
    Networks 21, 375–395.
    """
    flat = without_direction(network)
    n, m = flat.n, flat.m
    pairs = n * (n - 1) // 2
    if n < 3 or m in (0, pairs):
        return CorePeriphery(None, None)
    ends = both_ways(flat)
    order = np.argsort(-np.bincount(ends[:, 0], minlength=n), kind="stable")
    rank = np.empty(n, dtype=np.int64)
    rank[order] = np.arange(n)
    sizes = np.arange(1, n)
    first = np.bincount(rank[flat.edges].min(axis=1), minlength=n)
    starts = _fit(n - sizes, m - np.cumsum(first)[sizes - 1], m, pairs)
    best = rank < sizes[int(starts.argmax())]
    best_fit = float(starts.max())
    for _ in range(ROUNDS):
        rim = ~best
        inside = rim[ends].all(axis=1).sum() / 2
        near = np.bincount(ends[rim[ends[:, 1]], 0], minlength=n)  # ties with the rim
        step = np.where(rim, -1, 1)  # who is moved leaves the rim or joins it
        fits = _fit(rim.sum() + step, inside + step * near, m, pairs)
        who = int(fits.argmax())
        if fits[who] <= best_fit + EPSILON:
            break
        best[who] = ~best[who]
        best_fit = float(fits[who])
    return CorePeriphery(best, float(best_fit))


def _fit(rim: Any, inside: Any, m: int, pairs: int) -> Any:
    """Pearson's correlation of ties and ideal, by counts; ``inside`` are the ties of the rim."""
    ideal = pairs - rim * (rim - 1) / 2
    spread = np.asarray(ideal * (pairs - ideal), dtype=np.float64) * m * (pairs - m)
    found = pairs * (m - inside) - ideal * m
    return np.where(spread > 0, found / np.sqrt(np.where(spread > 0, spread, 1.0)), -np.inf)
