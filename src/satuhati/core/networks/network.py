"""One network as a value: who is in it, whether ties have a direction, which ties there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import igraph
import numpy as np
import numpy.typing as npt

from satuhati.errors import Doubt, InputError, Problem

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Actors and the ties among them, each tie once, no tie to oneself.

    ``edges`` is an (m, 2) array of positions in ``ids``, sorted and read-only; when ``directed``
    is false the lower position comes first. Ties are binary. Actors without ties are in ``ids``
    and count in every figure.
    """

    ids: tuple[str, ...]
    directed: bool
    edges: Ints

    @property
    def n(self) -> int:
        return len(self.ids)

    @property
    def m(self) -> int:
        return int(self.edges.shape[0])


def from_pairs(
    sources: Sequence[str],
    targets: Sequence[str],
    ids: Sequence[str] | None = None,
    *,
    directed: bool = True,
) -> tuple[Network, tuple[Doubt, ...]]:
    """Build a network from named pairs; repeated pairs are merged, with a doubt.

    ``ids`` fixes the actors and their order; without it they are those named, in order of first
    appearance (sources and targets read pair by pair). Undirected, *b–a* repeats *a–b*.

    Raises :class:`InputError` for a tie to oneself and for an actor that is not in ``ids``; the
    command line checks both first, so that it can name file and row.
    """
    if len(sources) != len(targets):
        raise ValueError("sources and targets differ in length")
    if ids is None:
        named = dict.fromkeys(x for pair in zip(sources, targets, strict=True) for x in pair)
        ids = tuple(named)
    place = {actor: i for i, actor in enumerate(ids)}
    if len(place) != len(ids):
        raise ValueError("ids are not unique")
    unknown = dict.fromkeys(x for side in (sources, targets) for x in side if x not in place)
    if unknown:
        raise InputError(
            [Problem("tie_unknown_actor", fields={"id": x, "actors": "ids"}) for x in unknown]
        )
    selves = [a for a, b in zip(sources, targets, strict=True) if a == b]
    if selves:
        raise InputError([Problem("tie_to_self", fields={"id": x}) for x in dict.fromkeys(selves)])
    edges = np.array(
        [[place[a], place[b]] for a, b in zip(sources, targets, strict=True)], dtype=np.int64
    ).reshape(-1, 2)
    network = from_edges(tuple(ids), edges, directed=directed)
    repeated = len(sources) - network.m
    return network, ((Doubt("ties_repeated", {"n": repeated}),) if repeated else ())


def from_edges(ids: tuple[str, ...], edges: Ints, *, directed: bool = True) -> Network:
    """A network from an (m, 2) array of positions in ``ids``; repeats are merged silently.

    Raises ``ValueError`` for a position outside ``ids`` or a tie to oneself.
    """
    edges = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    if edges.size and (edges.min() < 0 or edges.max() >= len(ids)):
        raise ValueError("an edge names a position outside ids")
    if (edges[:, 0] == edges[:, 1]).any():
        raise ValueError("a tie to oneself")
    if not directed:
        edges = np.sort(edges, axis=1)
    n = max(len(ids), 1)
    keys = np.unique(edges[:, 0] * n + edges[:, 1])
    unique = np.stack([keys // n, keys % n], axis=1)
    unique.flags.writeable = False
    return Network(ids, directed, unique)


def without_direction(network: Network) -> Network:
    """The same actors, tied when a tie goes either way."""
    if not network.directed:
        return network
    return from_edges(network.ids, network.edges, directed=False)


def both_ways(network: Network) -> Ints:
    """Ties as ordered pairs, sorted: an undirected tie appears in both directions."""
    if network.directed:
        return network.edges
    keys = np.concatenate([network.edges, network.edges[:, ::-1]])
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    return np.asarray(keys[order])


def graph(network: Network) -> igraph.Graph:
    """The network for igraph's algorithms."""
    return igraph.Graph(n=network.n, edges=network.edges, directed=network.directed)


def indegree(network: Network) -> Ints:
    """Ties received by each actor (n,); undirected: all its ties."""
    return np.bincount(both_ways(network)[:, 1], minlength=network.n).astype(np.int64)


def outdegree(network: Network) -> Ints:
    """Ties given by each actor (n,); undirected: all its ties."""
    return np.bincount(both_ways(network)[:, 0], minlength=network.n).astype(np.int64)


class Lookup:
    """Answers "is there a tie a → b?" for arrays of pairs, by binary search.

    ``arcs`` (m, 2) must be sorted, as :func:`both_ways` returns them.
    """

    def __init__(self, arcs: Ints, n: int) -> None:
        self._n = max(n, 1)
        self._keys = arcs[:, 0] * self._n + arcs[:, 1]

    def has(self, a: Ints, b: Ints) -> Bools:
        if not self._keys.size:
            return np.zeros(np.shape(a), dtype=np.bool_)
        wanted = a * self._n + b
        spot = np.minimum(np.searchsorted(self._keys, wanted), self._keys.size - 1)
        return np.asarray(self._keys[spot] == wanted)


# Paths of length two are listed in blocks, so that a hub of a large network fits in memory.
PATHS_PER_BLOCK = 2_000_000


def two_paths(arcs: Ints, n: int) -> list[tuple[Ints, Ints]]:
    """Blocks that list every path i → j → k (i = k included) as positions in ``arcs``.

    Each block is a pair of index arrays (first leg, second leg). ``arcs`` (m, 2) must be sorted.
    """
    m = arcs.shape[0]
    starts = np.searchsorted(arcs[:, 0], np.arange(n + 1))
    following = np.diff(starts)[arcs[:, 1]] if m else np.zeros(0, dtype=np.int64)
    blocks: list[tuple[Ints, Ints]] = []
    total = np.cumsum(following)
    low = 0
    while low < m:
        done = int(total[low - 1]) if low else 0
        high = int(np.searchsorted(total, done + PATHS_PER_BLOCK, side="right"))
        high = min(max(high, low + 1), m)
        count = following[low:high]
        first = np.repeat(np.arange(low, high), count)
        within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        second = starts[arcs[first, 1]] + within
        blocks.append((first, second))
        low = high
    return blocks
