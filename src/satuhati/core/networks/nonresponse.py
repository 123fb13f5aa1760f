"""Some did not answer: the same figures under three treatments of non-respondents, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from satuhati.core.networks.cohesion import dyad_census, reciprocity_edgewise, transitivity
from satuhati.core.networks.network import Bools, Network, from_edges
from satuhati.errors import Doubt

LOW = 0.7  # of the roster: below, figures of a whole network are read with care


@dataclass(frozen=True, slots=True)
class Treated:
    """The network under one treatment; ``pairs`` are the ordered pairs it knows about."""

    actors: int
    ties: int
    pairs: int
    density: float | None
    reciprocity_edgewise: float | None
    transitivity: float | None


@dataclass(frozen=True, slots=True)
class Nonresponse:
    """Who answered, and three readings; figures that agree are safe from the non-response.

    ``told`` are ties between two who both answered, ``returned`` those of them told by both.
    """

    actors: int
    answered: int
    rate: float | None
    told: int
    returned: int
    available: Treated
    reconstruction: Treated
    deletion: Treated
    warnings: tuple[Doubt, ...]


def treatments(network: Network, answered: Sequence[bool]) -> Nonresponse:
    """Available ties, reconstruction and deletion; ``answered`` is one per actor, in order.

    *Available*: the ties that respondents told, r(n − 1) pairs known; reciprocity among pairs of
    which both answered. *Reconstruction*: a non-respondent's tie to a respondent is taken to be
    what the respondent told of it, n(n − 1) − q(q − 1) pairs known (q did not answer);
    reciprocity is then presumed and is ``None``. *Deletion*: respondents only, and the ties
    among them, r(r − 1) pairs. Density is ties of known pairs. Ties recorded from people who did
    not answer are left out, with a doubt. Raises ``ValueError`` for an undirected network or
    flags that do not match the actors.

    Stork & Richards 1992; Huisman 2009.
    """
    if not network.directed:
        raise ValueError("non-response needs a directed network")
    if len(answered) != network.n:
        raise ValueError("answered must have one flag per actor")
    told = np.array(answered, dtype=np.bool_)
    n, r = network.n, int(told.sum())
    q = n - r
    doubts: list[Doubt] = []
    from_silent = int((~told[network.edges[:, 0]]).sum())
    if from_silent:
        doubts.append(Doubt("nonresponse_ties", {"n": from_silent}))
    rate = r / n if n else None
    if rate is not None and rate < LOW:
        fields = {"n": r, "of": n, "percent": round(100 * rate)}
        doubts.append(Doubt("nonresponse_low", fields))
    edges = network.edges[told[network.edges[:, 0]]]
    to_silent = edges[~told[edges[:, 1]]]
    known = from_edges(network.ids, edges)
    mirrored = from_edges(network.ids, np.concatenate([edges, to_silent[:, ::-1]]))
    deleted = _only(network, told)
    dyads = dyad_census(deleted)
    mutual = reciprocity_edgewise(dyads)
    return Nonresponse(
        actors=n,
        answered=r,
        rate=rate,
        told=deleted.m,
        returned=2 * dyads.mutual,
        available=_treated(known, r * (n - 1), mutual),
        reconstruction=_treated(mirrored, n * (n - 1) - q * (q - 1), None),
        deletion=_treated(deleted, r * (r - 1), mutual),
        warnings=tuple(doubts),
    )


def _only(network: Network, keep: Bools) -> Network:
    new = np.cumsum(keep) - 1
    ids = tuple(x for x, k in zip(network.ids, keep, strict=True) if k)
    return from_edges(ids, new[network.edges[keep[network.edges].all(axis=1)]])


def _treated(network: Network, pairs: int, reciprocity: float | None) -> Treated:
    return Treated(
        actors=network.n,
        ties=network.m,
        pairs=max(pairs, 0),
        density=network.m / pairs if pairs > 0 else None,
        reciprocity_edgewise=reciprocity,
        transitivity=transitivity(network) if network.n else None,
    )
