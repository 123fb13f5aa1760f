"""Figures of the whole network: density, reciprocity, transitivity, dyads, parts, cutpoints."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from satuhati.core.networks.network import Ints, Lookup, Network, graph, without_direction


@dataclass(frozen=True, slots=True)
class Dyads:
    """Unordered pairs of actors by how they are tied (Holland & Leinhardt 1970)."""

    mutual: int
    asymmetric: int
    null: int


def density(network: Network) -> float | None:
    """Ties present of ties possible, 0–1: m / (n(n−1)), undirected m / (n(n−1)/2).

    ``None`` below two actors. Wasserman & Faust 1994, §4.2.4 and §4.3.3.
    """
    possible = network.n * (network.n - 1)
    if not possible:
        return None
    return network.m / (possible if network.directed else possible / 2)


def dyad_census(network: Network) -> Dyads:
    """Mutual, asymmetric and null pairs; an undirected tie is a mutual pair."""
    pairs = network.n * (network.n - 1) // 2
    if not network.directed:
        return Dyads(network.m, 0, pairs - network.m)
    back = Lookup(network.edges, network.n).has(network.edges[:, 1], network.edges[:, 0])
    mutual = int(back.sum()) // 2
    asymmetric = network.m - 2 * mutual
    return Dyads(mutual, asymmetric, pairs - mutual - asymmetric)


def reciprocity_edgewise(dyads: Dyads) -> float | None:
    """Share of ties that are returned: 2M / (2M + A); ``None`` without ties."""
    ties = 2 * dyads.mutual + dyads.asymmetric
    return 2 * dyads.mutual / ties if ties else None


def reciprocity_dyadic(dyads: Dyads) -> float | None:
    """Share of pairs that agree, null pairs included: (M + N) / (M + A + N).

    This is the default of R ``sna``; ``None`` below two actors.
    """
    pairs = dyads.mutual + dyads.asymmetric + dyads.null
    return (dyads.mutual + dyads.null) / pairs if pairs else None


def transitivity(network: Network) -> float | None:
    """Closed of all two-paths, direction ignored: 3 × triangles / two-paths, 0–1.

    ``None`` where no actor is tied to two others. Newman, Strogatz & Watts 2001.
    """
    value = float(graph(without_direction(network)).transitivity_undirected(mode="nan"))
    return None if np.isnan(value) else value


TRIADS = ("003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201",
          "120D", "120U", "120C", "210", "300")  # fmt: skip


def triad_census(network: Network) -> dict[str, int] | None:
    """Triples of actors by how they are tied, in the M-A-N names; ``None`` when undirected.

    Holland & Leinhardt 1970; Davis & Leinhardt 1972 for the names.
    """
    if not network.directed:
        return None
    if network.n < 3:
        return dict.fromkeys(TRIADS, 0)
    found = graph(network).triad_census()
    return {name: int(getattr(found, f"t{name}")) for name in TRIADS}


def components(network: Network) -> Ints:
    """The weak component of each actor (n,), numbered from 0; an isolate is one of its own."""
    return np.array(graph(network).connected_components("weak").membership, dtype=np.int64)


def cutpoints(network: Network) -> Ints:
    """Positions, ascending, of actors without whom their weak component would fall apart."""
    points = graph(without_direction(network)).articulation_points()
    return np.array(sorted(points), dtype=np.int64)
