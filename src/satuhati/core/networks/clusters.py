"""Groups that the ties themselves make: Leiden, by modularity."""

from __future__ import annotations

import random
from dataclasses import dataclass
from threading import Lock

import igraph

from satuhati.core.networks.network import Network, graph, without_direction

STARTS = 3
_DRAWING = Lock()  # igraph draws from one generator for the whole process


@dataclass(frozen=True, slots=True)
class Clusters:
    """The cluster of each actor in order, numbered from 1 by first appearance, and modularity.

    ``modularity`` is ``None`` without ties; each actor is then a cluster of its own.
    """

    members: tuple[int, ...]
    count: int
    modularity: float | None


def leiden(network: Network, *, starts: int = STARTS, seed: int = 1) -> Clusters:
    """Clusters with many ties inside and few between, direction ignored.

    The Leiden algorithm, run until nothing moves, on Newman's modularity
    Q = Σ_c (m_c/m − (d_c/2m)²), resolution 1; of ``starts`` runs the best. Same seed, same
    clusters. Other partitions may be nearly as good: clusters are a reading, not a fact.

    Traag, Waltman & van Eck 2019; Newman & Girvan 2004.
    """
    if not network.m:
        return Clusters(tuple(range(1, network.n + 1)), network.n, None)
    flat = graph(without_direction(network))
    with _DRAWING:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311  no secret
        try:
            found = [
                flat.community_leiden(objective_function="modularity", n_iterations=-1)
                for _ in range(max(1, starts))
            ]
        finally:
            igraph.set_random_number_generator(random)
    best = max(found, key=lambda c: c.modularity)
    number: dict[int, int] = {}
    members = tuple(number.setdefault(c, len(number) + 1) for c in best.membership)
    return Clusters(members, len(number), float(best.modularity))
