"""Where to draw each actor: the same network and seed always give the same picture."""

from __future__ import annotations

import numpy as np

from satuhati.core.networks.cohesion import components
from satuhati.core.networks.network import Floats, Ints, Network, from_edges, graph

GAP = 0.35  # room between the parts of a network, in the side of a part of two actors
EPSILON = 1e-12
STARTS, SMALL = 4, 150  # a component up to this size is tried from several starts


def layout(network: Network, *, seed: int = 0) -> Floats:
    """Positions (n, 2) in [0, 1], y downwards, for a drawing that prints as seen.

    Each weak component is laid out on its own (Kamada & Kawai 1989, igraph's, the best of a few
    starts drawn with ``seed``; igraph's Fruchterman–Reingold draws from a global generator, so
    it would not repeat) and the components are packed in rows, the largest first. Actors without
    ties stand in the last rows, so that "not yet connected" is seen at once.
    """
    n = network.n
    if not n:
        return np.zeros((0, 2))
    member = components(network)
    sizes = np.bincount(member)
    order = np.argsort(-sizes, kind="stable")
    rng = np.random.default_rng(seed)
    boxes: list[tuple[Ints, Floats]] = []
    for part in order:
        who = np.flatnonzero(member == part)
        boxes.append((who, _part(network, who, rng)))
    return _fit(_pack(n, boxes))


def _part(network: Network, who: Ints, rng: np.random.Generator) -> Floats:
    """One component's positions, scaled to a square whose area grows with its size."""
    if len(who) == 1:
        return np.zeros((1, 2))
    inverse = np.full(network.n, -1, dtype=np.int64)
    inverse[who] = np.arange(len(who))
    edges = inverse[network.edges]
    edges = edges[(edges >= 0).all(axis=1)]
    small = from_edges(tuple(network.ids[i] for i in who), edges, directed=False)
    drawable = graph(small)
    apart = np.array(drawable.distances(), dtype=np.float64)
    drawn = []
    for _ in range(STARTS if len(who) <= SMALL else 1):
        start = rng.uniform(-1, 1, size=(len(who), 2)) * np.sqrt(len(who))
        spots = np.array(drawable.layout_kamada_kawai(seed=start.tolist()).coords)
        drawn.append((_stress(spots, apart), spots))
    spots = min(drawn, key=lambda pair: pair[0])[1]
    spots -= spots.min(axis=0)
    side = float(spots.max())
    return np.asarray(spots / max(side, EPSILON) * np.sqrt(len(who) / 2))


def _stress(spots: Floats, apart: Floats) -> float:
    """How far distances on the picture stray from steps in the network, at the best scale."""
    shown = np.linalg.norm(spots[:, None] - spots[None], axis=2)
    relative = shown / np.where(apart > 0, apart, np.inf)
    scale = relative.sum() / max(float((relative**2).sum()), EPSILON)
    off = (scale * relative - 1)[apart > 0]
    return float((off**2).sum())


def _pack(n: int, boxes: list[tuple[Ints, Floats]]) -> Floats:
    """Boxes side by side in rows no wider than a square around all of them would be."""
    areas = [(b[:, 0].max() + GAP) * (b[:, 1].max() + GAP) for _, b in boxes]
    width = max(float(np.sqrt(sum(areas))), float(boxes[0][1][:, 0].max()))
    out = np.zeros((n, 2))
    x = y = height = 0.0
    alone = False
    for who, spots in boxes:
        wide, high = (float(v) for v in spots.max(axis=0))
        first_isolate = len(who) == 1 and not alone
        alone = alone or first_isolate
        if x > 0 and (first_isolate or x + wide > width + EPSILON):
            x, y, height = 0.0, y + height + GAP, 0.0
        out[who] = spots + np.array([x, y])
        x += wide + GAP
        height = max(height, high)
    return out


def _fit(spots: Floats) -> Floats:
    """The same picture, its proportions kept, centred in the unit square."""
    spots = spots - spots.min(axis=0)
    extent = spots.max(axis=0)
    side = float(extent.max())
    if side <= EPSILON:
        return np.full_like(spots, 0.5)
    return np.asarray(np.clip(spots / side + (1 - extent / side) / 2, 0.0, 1.0))
