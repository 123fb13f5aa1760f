"""The map of reported ties, with sector by sector counts."""

from __future__ import annotations

from collections import Counter

import numpy as np
import polars as pl

from satuhati.core.networks.cohesion import components
from satuhati.core.networks.layout import layout
from satuhati.core.networks.network import both_ways, from_edges
from satuhati.core.networks.nonresponse import treatments
from satuhati.core.networks.positions import betweenness
from satuhati.core.profile.context import Context
from satuhati.core.profile.dossier import (
    MapNode,
    MapTie,
    NetworkMap,
)
from satuhati.core.suppression import THRESHOLD


def network_of(ctx: Context, community: str) -> NetworkMap | None:
    """The map of the latest closed round. Organisations are named; people by their sector only,
    because a report travels further than the consent of those it would name. Of fewer answers
    than five there is none: its lines would show whom single ones named."""
    roster = ctx.rosters.get(community)
    if roster is None or not roster.networks or roster.responded.sum() < THRESHOLD:
        return None
    shown = tuple(r for r in roster.networks if r != "goto")
    union = roster.union(shown)
    edges = [np.empty((0, 2), dtype=np.int64), *(roster.networks[r].edges for r in shown)]
    told = from_edges(roster.ids, np.concatenate(edges))
    places = layout(union, seed=1)
    between = betweenness(union)
    neighbours = both_ways(union)
    degree = Counter(neighbours[:, 0].tolist())
    actors = ctx["actors"]
    kind_of = dict(actors.select("id", "kind").iter_rows())
    name_of = dict(actors.filter(pl.col("kind") != "person").select("id", "name").iter_rows())
    nodes = tuple(
        MapNode(
            code=actor,
            sector=roster.sectors[i],
            kind=kind_of.get(actor) or "person",
            x=float(places[i, 0]),
            y=float(places[i, 1]),
            degree=degree.get(i, 0),
            betweenness=float(between[i]),
            label=name_of.get(actor),
            answered=bool(roster.responded[i]),
        )
        for i, actor in enumerate(roster.ids)
    )
    by_pair: dict[tuple[int, int], list[str]] = {}
    for relation in shown:
        for a, b in roster.networks[relation].edges.tolist():
            pair = by_pair.setdefault((min(a, b), max(a, b)), [])
            if relation not in pair:
                pair.append(relation)
    exchange: Counter[tuple[str, str, str]] = Counter()
    for relation in shown:
        for a, b in roster.networks[relation].edges.tolist():
            first, second = roster.sectors[a], roster.sectors[b]
            if first is not None and second is not None:
                exchange[(relation, first, second)] += 1
    parts = components(union)
    return NetworkMap(
        wave=roster.wave,
        nodes=nodes,
        ties=tuple(MapTie(a, b, tuple(r)) for (a, b), r in sorted(by_pair.items())),
        relations=shown,
        responded=int(roster.responded.sum()),
        roster=len(roster.ids),
        density=treatments(told, roster.responded.tolist()).available.density,
        components=len(set(parts.tolist())),
        isolates=sum(1 for node in nodes if node.degree == 0 and node.answered),
        exchange=tuple((*key, n) for key, n in sorted(exchange.items())),
    )
