"""Figures of single actors, and how centralized the network is around its most central one."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import numpy.typing as npt

from satuhati.core.networks.network import (
    Floats,
    Ints,
    Lookup,
    Network,
    both_ways,
    graph,
    indegree,
    outdegree,
    without_direction,
)


def betweenness(network: Network) -> Floats:
    """Shortest paths through each actor (n,), shared among equals, not divided by anything.

    Directed paths in a directed network. Freeman 1977; Brandes 2001.
    """
    if not network.n:
        return np.zeros(0)
    return np.array(graph(network).betweenness(), dtype=np.float64)


def closeness(network: Network) -> Floats:
    """How near each actor is to all others (n,), 0–1: ((r − 1) / Σ d) · (r − 1) / (n − 1).

    r counts the actors joined with it, itself included, and d are steps to them, direction
    ignored; the second factor makes figures of separate parts comparable. 0 for an actor without
    ties and in a network of one. Freeman 1979; Wasserman & Faust 1994, eq. 5.22.
    """
    n = network.n
    if n < 2:
        return np.zeros(n)
    steps = np.array(graph(without_direction(network)).distances(), dtype=np.float64)
    reached = np.isfinite(steps)
    others = reached.sum(axis=1) - 1
    far = np.where(reached, steps, 0.0).sum(axis=1)
    near = np.divide(others, far, out=np.zeros(n), where=far > 0)
    return np.asarray(near * others / (n - 1))


def constraint(network: Network) -> Floats:
    """Burt's constraint (n,): Σ_j (p_ij + Σ_q p_iq p_qj)², nan for an actor without ties.

    p_ij = (a_ij + a_ji) / Σ_k (a_ik + a_ki); the sum runs over the actor's contacts. Burt 1992,
    eq. 2.4. Above 1 is possible when an actor has very few contacts.
    """
    if not network.n:
        return np.zeros(0)
    return np.array(graph(network).constraint(), dtype=np.float64)


def effective_size(network: Network) -> Floats:
    """Burt's effective size (n,): Σ_j (1 − Σ_q p_iq m_jq), nan for an actor without ties.

    Contacts j of i, less how far each repeats the others: m_jq is j's tie with q relative to j's
    strongest. Undirected this is contacts − their mean tie to each other (Borgatti 1997). Burt
    1992, eq. 2.2.
    """
    n = network.n
    if not n:
        return np.zeros(0)
    pairs = both_ways(without_direction(network))
    strength = np.ones(len(pairs))
    if network.directed:
        arcs = Lookup(network.edges, n)
        there = arcs.has(pairs[:, 0], pairs[:, 1]).astype(np.float64)
        strength = there + arcs.has(pairs[:, 1], pairs[:, 0])
    contacts = np.bincount(pairs[:, 0], minlength=n).astype(np.float64)
    total = np.bincount(pairs[:, 0], weights=strength, minlength=n)
    strongest = np.zeros(n)
    np.maximum.at(strongest, pairs[:, 0], strength)
    redundant = np.zeros(n)
    flat = graph(without_direction(network))
    triangles = np.array(flat.list_triangles(), dtype=np.int64).reshape(-1, 3)
    # A contact j of i repeats another contact q when the two are tied: i, j, q close a triangle.
    for i, j, q in (triangles[:, order].T for order in permutations(range(3))):
        p_iq = _values(pairs, strength, n, i, q) / total[i]
        m_jq = _values(pairs, strength, n, j, q) / strongest[j]
        redundant += np.bincount(i, weights=p_iq * m_jq, minlength=n)
    return np.where(contacts > 0, contacts - redundant, np.nan)


def _values(arcs: Ints, values: Floats, n: int, a: Ints, b: Ints) -> Floats:
    """The value of each arc a → b, which must be there."""
    keys = arcs[:, 0] * n + arcs[:, 1]
    return np.asarray(values[np.searchsorted(keys, a * n + b)])


def core(network: Network) -> Ints:
    """The largest k such that the actor is in a k-core (n,).

    In a directed network ties given and received both count, so a returned tie counts twice (as
    in R ``sna``, R ``igraph`` and NetworkX). Seidman 1983; Batagelj & Zaversnik 2003.
    """
    return np.array(graph(network).coreness(mode="all"), dtype=np.int64)


def centralization(network: Network, between: Floats | None = None) -> dict[str, float | None]:
    """Freeman's centralization, 0–1: Σ(max − c_i) over the most it could be among n actors.

    The most is reached by a star: (n−1)² for indegree and outdegree, (n−1)(n−2) for undirected
    degree, (n−1)²(n−2) for directed and half of it for undirected betweenness. ``None`` below
    three actors. ``between`` is :func:`betweenness`, if it is already known. Freeman 1979.
    """
    n = network.n
    between = betweenness(network) if between is None else between
    if network.directed:
        most: dict[str, tuple[npt.NDArray[np.generic], float]] = {
            "indegree": (indegree(network), (n - 1) ** 2),
            "outdegree": (outdegree(network), (n - 1) ** 2),
            "betweenness": (between, (n - 1) ** 2 * (n - 2)),
        }
    else:
        most = {
            "degree": (indegree(network), (n - 1) * (n - 2)),
            "betweenness": (between, (n - 1) ** 2 * (n - 2) / 2),
        }
    return {name: _freeman(values, top, n) for name, (values, top) in most.items()}


def closeness_centralization(network: Network, near: Floats | None = None) -> float | None:
    """Freeman's centralization of closeness, direction ignored, 0–1.

    Σ(max − c_i) over (n−1)(n−2)/(2n−3), which a star reaches. ``None`` below three actors, and
    where not all are joined: distances are then endless. ``near`` is :func:`closeness`, if it is
    already known. Freeman 1979.
    """
    n = network.n
    if n < 3 or not graph(network).is_connected("weak"):
        return None
    near = closeness(network) if near is None else near
    return _freeman(near, (n - 1) * (n - 2) / (2 * n - 3), n)


def _freeman(values: npt.NDArray[np.generic], top: float, n: int) -> float | None:
    if n < 3:
        return None
    scores = values.astype(np.float64)
    return float((scores.max() - scores).sum() / top)
