"""Questions the profile asks of a network: who is left out, which sectors meet, who bridges.

Every function takes a :class:`Network` and labels in the order of its ``ids`` and returns counts
beside the share, so that "none" and "nobody to ask" stay apart: a share is ``None`` when its
denominator is 0. Nothing here is estimated: the figures describe the ties that were reported.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from satuhati.core.networks.cohesion import components
from satuhati.core.networks.groups import label
from satuhati.core.networks.network import (
    Bools,
    Ints,
    Network,
    both_ways,
    from_edges,
    indegree,
    outdegree,
    without_direction,
)

STEPS = 2
MIN_PEOPLE = 2  # on each side, before two sectors count as tied: not one friendship


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``of``; ``value`` is their ratio 0–1, ``None`` when ``of`` is 0."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class NotIsolated:
    """Actors who give at least one tie, and who receive at least one, of all actors."""

    giving: Share
    receiving: Share


def not_isolated(network: Network) -> NotIsolated:
    """Share of actors with a tie given, and with a tie received; undirected both are the same."""
    return NotIsolated(
        giving=Share(int((outdegree(network) > 0).sum()), network.n),
        receiving=Share(int((indegree(network) > 0).sum()), network.n),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """``reached`` (n,) marks actors within the steps, sources too; ``others`` leaves them out."""

    reached: Bools
    others: Share


def two_steps(network: Network, sources: Collection[str], *, steps: int = STEPS) -> Reach:
    """Whom news from the sources can reach along the direction of ties within two steps.

    ``others`` is the share of the actors who are not themselves sources. Raises ``ValueError``
    for a source that is not in the network.
    """
    place = _places(network)
    missing = [x for x in sources if x not in place]
    if missing:
        raise ValueError(f"not in the network: {missing}")
    start = np.zeros(network.n, dtype=np.bool_)
    start[[place[x] for x in sources]] = True
    reached = start.copy()
    arcs = both_ways(network)
    for _ in range(steps):
        grown = reached.copy()
        grown[arcs[reached[arcs[:, 0]], 1]] = True
        reached = grown
    return Reach(reached, Share(int((reached & ~start).sum()), int((~start).sum())))


@dataclass(frozen=True, slots=True)
class SectorPair:
    """Two sectors, how many different actors of each are tied to the other, and the verdict."""

    first: str
    second: str
    actors_first: int
    actors_second: int
    tied: bool


@dataclass(frozen=True, slots=True)
class SectorPairs:
    pairs: tuple[SectorPair, ...]
    tied: Share


def sector_pairs(
    network: Network,
    sectors: Sequence[str | None],
    present: Sequence[str],
    *,
    min_people: int = MIN_PEOPLE,
) -> SectorPairs:
    """Which pairs of the ``present`` sectors are tied, in either direction.

    Two sectors are tied when at least ``min_people`` different actors of each have a tie with an
    actor of the other. A sector in ``present`` with nobody in the network still counts: its
    pairs are not tied. Sectors not in ``present`` are ignored.
    """
    _matches(network, sectors)
    order = tuple(dict.fromkeys(present))
    code = {sector: i for i, sector in enumerate(order)}
    codes = np.array([-1 if s is None else code.get(s, -1) for s in sectors], dtype=np.int64)
    edges = both_ways(without_direction(network))
    here, there = codes[edges[:, 0]], codes[edges[:, 1]]
    pairs = []
    for a, b in combinations(range(len(order)), 2):
        of_a = np.unique(edges[(here == a) & (there == b), 0]).size
        of_b = np.unique(edges[(here == b) & (there == a), 0]).size
        tied = of_a >= min_people and of_b >= min_people
        pairs.append(SectorPair(order[a], order[b], int(of_a), int(of_b), tied))
    return SectorPairs(tuple(pairs), Share(sum(p.tied for p in pairs), len(pairs)))


@dataclass(frozen=True, slots=True)
class SectorsReached:
    """Sectors an actor has a tie with, of those it could have, in order of name."""

    sectors: tuple[str, ...]
    share: Share


def sectors_reached(
    network: Network,
    actor: str,
    sectors: Sequence[str | None],
    present: Sequence[str] | None = None,
) -> SectorsReached:
    """The sectors, its own included if tied inside it, an actor has ties with either way.

    ``present`` fixes which sectors could be reached; without it, those of any other actor.
    """
    _matches(network, sectors)
    who = _place(network, actor)
    edges = both_ways(without_direction(network))
    contacts = edges[edges[:, 0] == who, 1]
    if present is None:
        could = {s for i, s in enumerate(sectors) if s is not None and i != who}
    else:
        could = set(present)
    found = {s for i in contacts if (s := sectors[int(i)]) is not None and s in could}
    return SectorsReached(tuple(sorted(found)), Share(len(found), len(could)))


def pairs_still_connected_without(network: Network, actor: str) -> Share:
    """Pairs of the others that stay connected (direction ignored) when the actor is away.

    Of the pairs among the other actors that are connected while the actor is there. A low value
    means that the network hangs on one person.
    """
    who = _place(network, actor)
    others = np.arange(network.n) != who
    before = _connected_pairs(components(network)[others])
    edges = network.edges[(network.edges != who).all(axis=1)]
    without = from_edges(network.ids, edges, directed=network.directed)
    return Share(_connected_pairs(components(without)[others]), before)


def multiplex_pairs(relations: Mapping[str, Network]) -> Share:
    """Pairs tied in two or more relations, of the pairs tied in any, direction ignored.

    All networks must have the same actors in the same order (``ValueError``).
    """
    networks = list(relations.values())
    if len({network.ids for network in networks}) > 1:
        raise ValueError("the relations name different actors")
    if not networks:
        return Share(0, 0)
    n = max(networks[0].n, 1)
    flat = [without_direction(network).edges for network in networks]
    keys = np.concatenate([edges[:, 0] * n + edges[:, 1] for edges in flat])
    _, kinds = np.unique(keys, return_counts=True)
    return Share(int((kinds >= 2).sum()), int(kinds.size))


def outside_group_share(network: Network, groups: Sequence[str | None]) -> Share:
    """Actors with a tie, either way, to somebody of another group; of those whose group is known.

    A tie to an actor of unknown group does not count as outside.
    """
    _matches(network, groups)
    codes, crosses = _crossing(network, groups)
    touched = np.zeros(network.n, dtype=np.bool_)
    touched[network.edges[crosses].ravel()] = True
    return Share(int(touched.sum()), int((codes >= 0).sum()))


def crossing_ties(network: Network, groups: Sequence[str | None]) -> Share:
    """Ties between two groups, of the ties whose two groups are known (for example RW)."""
    _matches(network, groups)
    codes, crosses = _crossing(network, groups)
    known = (codes[network.edges] >= 0).all(axis=1)
    return Share(int(crosses.sum()), int(known.sum()))


def named_by_others(
    network: Network, named: Collection[str], groups: Sequence[str | None]
) -> dict[str, Share]:
    """For each actor in ``named``, how many of the other known groups send it a tie.

    Of the groups, its own left out, that the network's actors belong to: "whom would you go to"
    answered for an organisation by sector, never by person.
    """
    _matches(network, groups)
    every = {g for g in groups if g is not None}
    arcs = both_ways(network)
    out = {}
    for actor in named:
        who = _place(network, actor)
        senders = {groups[int(i)] for i in arcs[arcs[:, 1] == who, 0]} - {None, groups[who]}
        out[actor] = Share(len(senders), len(every - {groups[who]}))
    return out


def _crossing(network: Network, groups: Sequence[str | None]) -> tuple[Ints, Bools]:
    codes = label(groups).codes
    ends = codes[network.edges]
    crosses = (ends >= 0).all(axis=1) & (ends[:, 0] != ends[:, 1])
    return codes, np.asarray(crosses)


def _connected_pairs(member: Ints) -> int:
    sizes = np.bincount(member) if member.size else np.zeros(1, dtype=np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _places(network: Network) -> dict[str, int]:
    return {actor: i for i, actor in enumerate(network.ids)}


def _place(network: Network, actor: str) -> int:
    try:
        return network.ids.index(actor)
    except ValueError:
        raise ValueError(f"not in the network: {actor}") from None


def _matches(network: Network, labels: Sequence[str | None]) -> None:
    if len(labels) != network.n:
        raise ValueError("labels must match the actors one to one")
