"""Ties within and between groups: E-I index with its permutation test, densities, labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from satuhati.core.networks.network import Bools, Floats, Ints, Network, from_edges

# Permuted labels are compared in blocks of this many tie ends.
CELLS_PER_BLOCK = 4_000_000


@dataclass(frozen=True, slots=True)
class Labels:
    """The group of each actor as a code into ``names`` (sorted); −1 where it is not known."""

    names: tuple[str, ...]
    codes: Ints

    @property
    def sizes(self) -> Ints:
        known = self.codes[self.codes >= 0]
        return np.bincount(known, minlength=len(self.names)).astype(np.int64)


def label(groups: Sequence[str | None]) -> Labels:
    """Encode one group name per actor; ``None`` is unknown."""
    names = tuple(sorted({g for g in groups if g is not None}))
    code = {name: i for i, name in enumerate(names)}
    return Labels(names, np.array([-1 if g is None else code[g] for g in groups], dtype=np.int64))


def known_only(network: Network, labels: Labels) -> tuple[Network, Labels]:
    """The network among the actors whose group is known."""
    keep = labels.codes >= 0
    if keep.all():
        return network, labels
    new = np.cumsum(keep) - 1
    edges = network.edges[keep[network.edges].all(axis=1)]
    ids = tuple(x for x, k in zip(network.ids, keep, strict=True) if k)
    small = from_edges(ids, new[edges], directed=network.directed)
    return small, Labels(labels.names, labels.codes[keep])


def crossing(network: Network, codes: Ints) -> Bools:
    """Which ties (m,) join two different groups; every group must be known."""
    return np.asarray(codes[network.edges[:, 0]] != codes[network.edges[:, 1]])


def ei_index(network: Network, codes: Ints) -> float | None:
    """(E − I) / (E + I): −1 all ties inside groups, +1 all between; ``None`` without ties.

    Directed ties count one by one. Krackhardt & Stern 1988.
    """
    if not network.m:
        return None
    external = int(crossing(network, codes).sum())
    return (2 * external - network.m) / network.m


def ei_permutations(network: Network, codes: Ints, permutations: int, seed: int) -> Floats:
    """E-I index (permutations,) with the labels shuffled among actors, ties left as they are."""
    if not network.m:
        return np.zeros(0)
    rng = np.random.default_rng(seed)
    block = max(1, CELLS_PER_BLOCK // max(network.m, network.n))
    source, target = network.edges[:, 0], network.edges[:, 1]
    out = np.empty(permutations)
    for low in range(0, permutations, block):
        high = min(low + block, permutations)
        shuffled = rng.permuted(np.tile(codes, (high - low, 1)), axis=1)
        external = (shuffled[:, source] != shuffled[:, target]).sum(axis=1)
        out[low:high] = (2 * external - network.m) / network.m
    return out


def two_sided(observed: float, permuted: Floats) -> float | None:
    """Permutation p-value: twice the smaller tail, the observed figure counted in both.

    2 · min((1 + #≤) / (R + 1), (1 + #≥) / (R + 1)), at most 1; ``None`` without permutations.
    Phipson & Smyth 2010 on counting the observed figure.
    """
    r = permuted.size
    if not r:
        return None
    tolerance = 1e-12
    below = (1 + int((permuted <= observed + tolerance).sum())) / (r + 1)
    above = (1 + int((permuted >= observed - tolerance).sum())) / (r + 1)
    return min(1.0, 2 * min(below, above))


def group_densities(
    network: Network, labels: Labels, answered: Sequence[bool] | None = None
) -> tuple[float | None, float | None]:
    """Density within groups and between groups, each 0–1 of the ties possible there.

    ``None`` where no tie is possible (groups of one; a single group). With ``answered`` (a
    directed network only; one per actor, in order) both are of the ties that respondents told and
    could tell.
    """
    sizes = labels.sizes
    n = int(sizes.sum())
    told = np.ones(network.n, dtype=np.bool_) if answered is None else np.array(answered, np.bool_)
    asking = np.bincount(labels.codes[told], minlength=sizes.size)
    inside = int((asking * (sizes - 1)).sum())
    across = int((asking * (n - sizes)).sum())
    if not network.directed:
        inside, across = inside // 2, across // 2
    kept = told[network.edges[:, 0]]
    external = int((crossing(network, labels.codes) & kept).sum())
    return (
        (int(kept.sum()) - external) / inside if inside else None,
        external / across if across else None,
    )
