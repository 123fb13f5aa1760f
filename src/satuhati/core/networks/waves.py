"""Two waves of one network: which ties stayed, came and went, and who came and went."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

import numpy as np

from satuhati.core.networks.cohesion import density, dyad_census, reciprocity_edgewise
from satuhati.core.networks.network import Lookup, Network, from_edges
from satuhati.errors import Doubt

HALF = 0.5  # of the first wave's actors gone: the waves are about different people


@dataclass(frozen=True, slots=True)
class ActorChange:
    """Actors of each wave; ``joined`` and ``left`` in the order of their own wave."""

    first: int
    second: int
    stable: int
    joined: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TieChange:
    """Ties by what became of them. ``jaccard`` = kept / (kept + new + gone), 0–1."""

    first: int
    second: int
    kept: int
    new: int
    gone: int
    jaccard: float | None


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure in each wave, and second − first; ``None`` where it cannot be had."""

    first: float | None
    second: float | None
    change: float | None


@dataclass(frozen=True, slots=True)
class WaveComparison:
    """Two waves compared, among everyone and among the actors of both (``stable``).

    ``new_with_joiners`` counts new ties that touch someone who joined, ``gone_with_leavers`` ties
    gone that touch someone who left: change of membership, not of ties. ``ties_told`` are those
    among stable actors that the ``told_twice`` told who answered in both waves; ``None`` where
    it is not known who answered.
    """

    actors: ActorChange
    ties: TieChange
    ties_stable: TieChange
    new_with_joiners: int
    gone_with_leavers: int
    density: FigureChange
    density_stable: FigureChange
    reciprocity_edgewise: FigureChange
    reciprocity_edgewise_stable: FigureChange
    warnings: tuple[Doubt, ...]
    told_twice: int | None = None
    ties_told: TieChange | None = None


def compare_waves(
    first: Network, second: Network, *, answered: tuple[Set[str], Set[str]] | None = None
) -> WaveComparison:
    """Compare two waves; actors are the same when their ids are.

    ``answered`` are the ids of those who answered in each wave: what somebody did not tell in one
    of them is neither new nor gone (complete cases, Huisman & Steglich 2008).

    The Jaccard index is the share of ties present in both waves of those present in either
    (Jaccard 1901; for waves of a network Snijders, van de Bunt & Steglich 2010). Among everyone
    it mixes changed ties with changed membership; among stable actors it tells changed ties
    alone. Reciprocity is edgewise, and ``None`` when undirected. Raises ``ValueError`` when one
    wave has a direction and the other has not, and for ``answered`` without direction: such a tie
    does not say who told it.
    """
    if answered is not None and not first.directed:
        raise ValueError("ties without direction do not say who told them")
    if first.directed != second.directed:
        raise ValueError("one wave is directed and the other is not")
    here, there = set(first.ids), set(second.ids)
    joined = tuple(x for x in second.ids if x not in here)
    left = tuple(x for x in first.ids if x not in there)
    both = tuple(x for x in first.ids if x in there)
    everyone = (*first.ids, *joined)
    all_first, all_second = _placed(first, everyone), _placed(second, everyone)
    stable_first, stable_second = _among(first, both), _among(second, both)
    ties, stable = _ties(all_first, all_second), _ties(stable_first, stable_second)
    twice = None if answered is None else answered[0] & answered[1] & set(both)
    told = None
    if twice is not None:
        told = _ties(_told_by(stable_first, twice), _told_by(stable_second, twice))
    doubts: list[Doubt] = []
    if not first.m and not second.m:
        doubts.append(Doubt("network_empty", {"n": len(everyone)}))
    if not both:
        doubts.append(Doubt("waves_no_stable"))
    elif len(left) >= HALF * first.n:
        fields = {"n": len(left), "of": first.n, "percent": round(100 * len(left) / first.n)}
        doubts.append(Doubt("waves_half_left", fields))
    if not first.directed:
        doubts.append(Doubt("ties_undirected"))
    return WaveComparison(
        actors=ActorChange(first.n, second.n, len(both), joined, left),
        ties=ties,
        ties_stable=stable,
        new_with_joiners=ties.new - stable.new,
        gone_with_leavers=ties.gone - stable.gone,
        density=_change(density(first), density(second)),
        density_stable=_change(density(stable_first), density(stable_second)),
        reciprocity_edgewise=_change(_reciprocity(first), _reciprocity(second)),
        reciprocity_edgewise_stable=_change(
            _reciprocity(stable_first), _reciprocity(stable_second)
        ),
        warnings=tuple(doubts),
        told_twice=None if twice is None else len(twice),
        ties_told=told,
    )


def _placed(network: Network, ids: tuple[str, ...]) -> Network:
    """The same ties among more actors."""
    spot = {actor: i for i, actor in enumerate(ids)}
    at = np.array([spot[actor] for actor in network.ids], dtype=np.int64)
    return from_edges(ids, at[network.edges], directed=network.directed)


def _among(network: Network, ids: tuple[str, ...]) -> Network:
    """The ties among these actors, who are all of the network, in this order."""
    spot = {actor: i for i, actor in enumerate(ids)}
    at = np.array([spot.get(actor, -1) for actor in network.ids], dtype=np.int64)
    edges = at[network.edges]
    return from_edges(ids, edges[(edges >= 0).all(axis=1)], directed=network.directed)


def _told_by(network: Network, some: Set[str]) -> Network:
    """The same actors, and the ties that these told."""
    keep = np.array([actor in some for actor in network.ids], dtype=np.bool_)
    return from_edges(
        network.ids, network.edges[keep[network.edges[:, 0]]], directed=network.directed
    )


def _ties(first: Network, second: Network) -> TieChange:
    a, b = first.edges[:, 0], first.edges[:, 1]
    kept = int(Lookup(second.edges, second.n).has(a, b).sum())
    new, gone = second.m - kept, first.m - kept
    either = kept + new + gone
    return TieChange(first.m, second.m, kept, new, gone, kept / either if either else None)


def _reciprocity(network: Network) -> float | None:
    return reciprocity_edgewise(dyad_census(network)) if network.directed else None


def _change(first: float | None, second: float | None) -> FigureChange:
    if first is None or second is None:
        return FigureChange(first, second, None)
    return FigureChange(first, second, second - first)
