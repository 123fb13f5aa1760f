"""How sure is a figure of a network? Actors drawn again, with their ties (vertex bootstrap)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from satuhati.core.networks.cohesion import (
    density,
    dyad_census,
    reciprocity_edgewise,
    transitivity,
)
from satuhati.core.networks.network import Bools, Floats, Network, both_ways
from satuhati.core.results import Interval
from satuhati.errors import Doubt

NORMAL = 1.959963984540054  # the 97.5 % point of the normal distribution
ACTORS_ENOUGH = 5  # of fewer, a draw hardly ever holds enough different ones
ACTORS_MOST = 3000  # every draw fills a square table of this side
SMALLEST = 2  # resamples that a standard deviation needs


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """A figure with its standard error and 95 % interval; ``None`` where they cannot be had."""

    value: float | None
    se: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class VertexBootstrap:
    """The figures of one network, each with its uncertainty."""

    resamples: int
    density: Bootstrapped
    reciprocity_edgewise: Bootstrapped
    transitivity: Bootstrapped
    warnings: tuple[Doubt, ...]


def vertex_bootstrap(network: Network, *, resamples: int = 1000, seed: int = 1) -> VertexBootstrap:
    """Standard errors of density, edgewise reciprocity and transitivity.

    n actors are drawn with replacement and take along the ties among them; where the same actor
    was drawn twice, the pair is filled with a pair drawn at random from the network, both
    directions together. The standard error is the standard deviation over resamples, the interval
    value ± 1.96 se, cut off at 0 and 1. Resamples in which a figure is undefined are skipped, with
    a doubt. The interval is about other actors like these having such ties; in a census without
    that question in mind there is nothing to estimate.

    Figures are ``None`` under five actors, without ties, where all resamples agree, and above
    3,000 actors. Raises ``ValueError`` for fewer than two ``resamples``.

    Snijders & Borgatti 1999.
    """
    if resamples < SMALLEST:
        raise ValueError("resamples must be at least two")
    dyads = dyad_census(network)
    values = {
        "density": density(network),
        "reciprocity_edgewise": reciprocity_edgewise(dyads) if network.directed else None,
        "transitivity": transitivity(network) if network.n else None,
    }
    doubts: list[Doubt] = []
    if network.n < ACTORS_ENOUGH:
        doubts.append(Doubt("too_few", {"n": network.n, "needed": ACTORS_ENOUGH}))
    elif network.n > ACTORS_MOST:
        doubts.append(Doubt("vertex_bootstrap_large", {"n": network.n, "most": ACTORS_MOST}))
    elif not network.m:
        doubts.append(Doubt("network_empty", {"n": network.n}))
    if doubts:
        bare = {name: Bootstrapped(value, None, None) for name, value in values.items()}
        return VertexBootstrap(0, **bare, warnings=tuple(doubts))
    drawn = _resample(network, resamples, seed)
    found: dict[str, Bootstrapped] = {}
    skipped = 0
    flat: list[str] = []
    for name, figures in zip(values, drawn.T, strict=True):
        value = values[name]
        known = figures[~np.isnan(figures)]
        se = float(known.std(ddof=1)) if value is not None and known.size >= SMALLEST else None
        if value is not None:
            skipped = max(skipped, resamples - known.size)
        if value is None or not se:
            found[name] = Bootstrapped(value, None, None)
            if value is not None:
                flat.append(name)
            continue
        low, high = max(0.0, value - NORMAL * se), min(1.0, value + NORMAL * se)
        found[name] = Bootstrapped(value, se, (low, high))
    if skipped:
        doubts.append(Doubt("bootstrap_degenerate", {"n": skipped, "of": resamples}))
    if flat:
        doubts.append(Doubt("vertex_bootstrap_flat", {"names": ", ".join(flat)}))
    return VertexBootstrap(resamples, **found, warnings=tuple(doubts))


def density_bootstrap(
    network: Network,
    *,
    answered: Sequence[bool] | None = None,
    resamples: int = 1000,
    seed: int = 1,
) -> Bootstrapped:
    """The density alone, as :func:`vertex_bootstrap` has it, without drawing every table.

    With c_i how often actor i was drawn, ties among different actors are Σ c_i c_j a_ij; the
    Σ c_i(c_i − 1)/2 pairs of one actor are filled with pairs of the network, which is a draw from
    its dyad census. No figures under five and above 3,000 actors, nor without ties. With
    ``answered`` (one per actor, in order) rows of those who did not answer are missing, not empty:
    the value is the density of available ties (:func:`nonresponse.treatments`), pairs are counted
    from drawn respondents, n − 1 each, and filled with pairs of two who answered. Raises
    ``ValueError`` for fewer than two ``resamples``.

    Snijders & Borgatti 1999.
    """
    if resamples < SMALLEST:
        raise ValueError("resamples must be at least two")
    n = network.n
    told = np.ones(n, dtype=np.bool_) if answered is None else np.array(answered, dtype=np.bool_)
    arcs = both_ways(network)
    arcs = arcs[told[arcs[:, 0]]]
    pairs = int(told.sum()) * (n - 1)
    value = len(arcs) / pairs if pairs > 0 else None
    if value is None or not ACTORS_ENOUGH <= n <= ACTORS_MOST or not len(arcs):
        return Bootstrapped(value, None, None)
    ties = np.zeros((n, n))
    ties[arcs[:, 0], arcs[:, 1]] = 1.0
    among_told = ties[np.ix_(told, told)]
    mutual = float((among_told * among_told.T).sum()) / 2
    asymmetric = float(among_told.sum()) - 2 * mutual
    r = int(told.sum())
    kinds = np.array([mutual, asymmetric, r * (r - 1) / 2 - mutual - asymmetric])
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(n, np.full(n, 1 / n), size=resamples)
    among = ((drawn @ ties) * drawn).sum(axis=1)
    asked = drawn[:, told]
    same = (asked * (asked - 1)).sum(axis=1) // 2
    filled = rng.multinomial(same, kinds / kinds.sum()) if r > 1 else np.zeros((resamples, 3))
    known = asked.sum(axis=1) * (n - 1)
    found = (among + 2 * filled[:, 0] + filled[:, 1])[known > 0] / known[known > 0]
    se = float(found.std(ddof=1)) if found.size >= SMALLEST else 0.0
    if not se:
        return Bootstrapped(value, None, None)
    return Bootstrapped(value, se, (max(0.0, value - NORMAL * se), min(1.0, value + NORMAL * se)))


def _resample(network: Network, resamples: int, seed: int) -> Floats:
    """Density, reciprocity and transitivity (resamples, 3); ``nan`` where undefined."""
    n = network.n
    arcs = both_ways(network)
    ties = np.zeros((n, n), dtype=np.bool_)
    ties[arcs[:, 0], arcs[:, 1]] = True
    rng = np.random.default_rng(seed)
    out = np.full((resamples, 3), np.nan)
    for r in range(resamples):
        chosen = rng.integers(n, size=n)
        sample = ties[chosen[:, None], chosen]
        # Places of one actor drawn more than once, each pair of places once.
        order = np.argsort(chosen, kind="stable")
        _, start, times = np.unique(chosen[order], return_index=True, return_counts=True)
        for s, k in zip(start[times > 1], times[times > 1], strict=True):
            places = order[s : s + k]
            i, j = np.triu_indices(int(k), 1)
            a = rng.integers(n, size=i.size)
            b = (a + rng.integers(1, n, size=i.size)) % n
            sample[places[i], places[j]] = ties[a, b]
            sample[places[j], places[i]] = ties[b, a]
        out[r] = _figures(sample)
    return out


def _figures(ties: Bools) -> tuple[float, float, float]:
    n = ties.shape[0]
    m = int(ties.sum())
    if not m:
        return 0.0, np.nan, np.nan
    either = (ties | ties.T).astype(np.float32)  # counts below 2²⁴ are exact
    degree = either.sum(axis=1, dtype=np.float64)
    paths = float((degree * (degree - 1)).sum())
    closed = float(np.einsum("ij,ij->", either @ either, either, dtype=np.float64))
    return (
        m / (n * (n - 1)),
        float((ties & ties.T).sum()) / m,
        closed / paths if paths else np.nan,
    )
