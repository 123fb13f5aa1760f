"""The ties of all closed rounds as pictures: one place per actor, figures per wave.

What was told in a round and what came of ordinary work (follow-ups) are two pictures of a wave,
never one. Everything is counted among those asked; direction is kept in ``arcs`` and ignored in
the figures of bridging, as news and help travel both ways once two people know each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from satuhati.core.networks.cohesion import components, cutpoints
from satuhati.core.networks.exchange import pairs_still_connected_without
from satuhati.core.networks.layout import layout
from satuhati.core.networks.network import (
    Ints,
    Network,
    both_ways,
    from_edges,
    indegree,
    outdegree,
    without_direction,
)
from satuhati.core.networks.nonresponse import LOW, treatments
from satuhati.core.networks.positions import betweenness
from satuhati.core.networks.sureness import Sureness, sureness
from satuhati.core.networks.waves import HALF, compare_waves

NOT_DRAWN = ("goto",)
"""Trust: told as counts by sector only, never as a line between two."""


@dataclass(frozen=True, slots=True)
class Told:
    """One row of ties. ``weight`` is ``None`` if it was not asked for."""

    source: str
    target: str
    relation: str
    weight: float | None = None
    origin: str = "reported"


@dataclass(frozen=True, slots=True)
class ClosedRound:
    """A closed round; ``asked`` says of everybody on the roster whether they answered.

    Without a roster those tied are taken as asked, and those who named somebody as having
    answered.
    """

    wave: int
    closed_on: str
    asked: Mapping[str, bool]
    ties: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Spot:
    """An actor of a wave and its figures in all relations together.

    ``named`` others named it, ``names`` it named; ``contacts`` either way. ``sectors`` are the
    other sectors it has a tie with, of ``could``. ``kept`` of ``pairs`` of the others are still
    connected without it. ``only_way`` are sectors joined to the rest through it alone.
    """

    id: str
    answered: bool
    contacts: int
    named: int
    names: int
    betweenness: float
    sectors: tuple[str, ...]
    could: int
    kept: int
    pairs: int
    only_way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Ties from one sector to another of those possible from people who answered."""

    relation: str
    first: str
    second: str
    ties: int
    possible: int


@dataclass(frozen=True, slots=True)
class Picture:
    """One wave, as reported or from work. ``arcs`` are positions in ``spots`` and the weight.

    ``robust`` is false when too few answered: then only what others say of an actor stands
    (Costenbader & Valente 2003: counts of being named hold up, betweenness does not).
    ``density`` is of the pairs that those who answered could tell of; ``densities`` are three
    treatments of those who did not, side by side. ``alone`` are those of no known tie who
    answered: of who was silent and unnamed nothing is known.
    """

    wave: int
    origin: str
    closed_on: str
    asked: int
    answered: int
    rate: float | None
    robust: bool
    spots: tuple[Spot, ...]
    arcs: dict[str, tuple[tuple[int, int, float | None], ...]]
    density: float | None
    densities: dict[str, float | None]
    parts: int
    alone: int
    flows: tuple[Flow, ...]
    left_out: dict[str, int]
    sure: dict[str, Sureness]
    """By relation; under ``""`` all together."""


@dataclass(frozen=True, slots=True)
class Change:
    """From one reported wave to the next; ties of any relation, among those in both.

    Ties are those told by the ``twice`` who answered both times, of the ``stable`` who were asked
    both times: a tie of who was silent once is neither new nor gone.
    """

    before: int
    after: int
    joined: int
    left: int
    half_left: bool
    stable: int
    twice: int
    kept: int
    new: int
    gone: int
    jaccard: float | None


@dataclass(frozen=True, slots=True)
class Pictures:
    """Every wave; ``places`` puts an actor at the same place (0–1, y downwards) in all."""

    places: dict[str, tuple[float, float]]
    sectors: dict[str, str | None]
    pictures: tuple[Picture, ...]
    changes: tuple[Change, ...]


def pictures(
    rounds: Sequence[ClosedRound],
    sectors: Mapping[str, str | None],
    *,
    order: Callable[[str], str] = str,
    seed: int = 1,
) -> Pictures:
    """Pictures of the rounds given, in their order. Pure: same rounds, same places.

    Actors stand in the order of what ``order`` makes of their ids: in that of the ids themselves
    who has no name would stand between two whose codes are shown, and so be known.
    Of a tie told of oneself, told twice, with somebody who was not asked, or with a weight that
    is not above zero nothing is counted; ``left_out`` says how many there were.
    """
    made: list[Picture] = []
    unions: dict[tuple[int, str], Network] = {}
    for one in rounds:
        origins = Counter(t.origin for t in one.ties if t.relation not in NOT_DRAWN)
        for origin in ("reported", *sorted(set(origins) - {"reported"})):
            picture, union = _picture(one, origin, sectors, order)
            made.append(picture)
            unions[one.wave, origin] = union
    told = [p for p in made if p.origin == "reported"]
    everyone = tuple(sorted({s.id for p in made for s in p.spots}, key=order))
    spots = layout(_together(everyone, list(unions.values())), seed=seed)
    return Pictures(
        places={
            actor: (round(float(x), 4), round(float(y), 4))
            for actor, (x, y) in zip(everyone, spots, strict=True)
        },
        sectors={actor: sectors.get(actor) for actor in everyone},
        pictures=tuple(made),
        changes=tuple(
            _change(a, b, unions[a.wave, "reported"], unions[b.wave, "reported"])
            for a, b in pairwise(told)
        ),
    )


def _picture(
    one: ClosedRound, origin: str, sectors: Mapping[str, str | None], order: Callable[[str], str]
) -> tuple[Picture, Network]:
    ties = [t for t in one.ties if t.origin == origin and t.relation not in NOT_DRAWN]
    asked = dict(one.asked)
    if not asked:
        for t in ties:
            asked[t.source] = True
            asked.setdefault(t.target, False)
    ids = tuple(sorted(asked, key=order))
    place = {actor: i for i, actor in enumerate(ids)}
    left_out: Counter[str] = Counter()
    arcs: dict[str, dict[tuple[int, int], float | None]] = {}
    for t in ties:
        pair = (place.get(t.source, -1), place.get(t.target, -1))
        if t.source == t.target:
            left_out["self"] += 1
        elif t.weight is not None and not 0 < t.weight < float("inf"):
            left_out["weight"] += 1
        elif min(pair) < 0:
            left_out["outside"] += 1
        elif pair in arcs.setdefault(t.relation, {}):
            left_out["repeated"] += 1
        else:
            arcs[t.relation][pair] = t.weight
    found = {r: dict(sorted(a.items())) for r, a in sorted(arcs.items()) if a}
    edges = np.array([p for a in found.values() for p in a], dtype=np.int64).reshape(-1, 2)
    union = from_edges(ids, edges)
    answered = [asked[actor] for actor in ids]
    # Work is on record whoever answered; nobody's silence takes anything from it.
    told = answered if origin == "reported" else [True] * len(ids)
    codes = [sectors.get(actor) for actor in ids]
    rate = sum(answered) / len(answered) if answered else None
    several = treatments(union, told)
    spots = _spots(union, answered, codes)
    return Picture(
        wave=one.wave,
        origin=origin,
        closed_on=one.closed_on,
        asked=len(ids),
        answered=sum(answered),
        rate=rate,
        robust=origin != "reported" or (rate is not None and rate >= LOW),
        spots=spots,
        arcs={r: tuple((*p, w) for p, w in a.items()) for r, a in found.items()},
        density=several.available.density,
        densities={
            "available": several.available.density,
            "reconstruction": several.reconstruction.density,
            "deletion": several.deletion.density,
        },
        parts=len(set(components(union).tolist())),
        alone=sum(s.contacts == 0 and yes for s, yes in zip(spots, told, strict=True)),
        flows=_flows(found, told, codes),
        left_out=dict(left_out),
        sure=_sure(ids, union, found, told, codes),
    ), union


def _sure(
    ids: tuple[str, ...],
    union: Network,
    arcs: Mapping[str, Mapping[tuple[int, int], float | None]],
    told: Sequence[bool],
    sectors: Sequence[str | None],
) -> dict[str, Sureness]:
    networks = {"": union} if len(ids) > 1 else {}
    if len(ids) > 1:
        networks |= {r: from_edges(ids, np.array(list(a), dtype=np.int64)) for r, a in arcs.items()}
    return {key: sureness(one, told, sectors) for key, one in networks.items()}


def _spots(union: Network, told: Sequence[bool], sectors: Sequence[str | None]) -> tuple[Spot, ...]:
    flat = without_direction(union)
    near: list[set[int]] = [set() for _ in union.ids]
    for a, b in both_ways(flat).tolist():
        near[a].add(b)
    sizes = np.bincount(components(flat)) if flat.n else np.zeros(0, dtype=np.int64)
    member = components(flat)
    connected = int((sizes * (sizes - 1) // 2).sum())
    hinges = set(cutpoints(flat))
    present = {s for s in sectors if s is not None}
    ways = _only_ways(near, sectors)
    between = betweenness(flat)
    named, names = indegree(union), outdegree(union)
    found = []
    for i, actor in enumerate(union.ids):
        own = sectors[i]
        others = {s for j in near[i] if (s := sectors[j]) is not None and s != own}
        pairs = connected - (int(sizes[member[i]]) - 1)  # its own pairs are not of the others
        kept = pairs_still_connected_without(flat, actor).count if i in hinges else pairs
        found.append(
            Spot(
                id=actor,
                answered=told[i],
                contacts=len(near[i]),
                named=int(named[i]),
                names=int(names[i]),
                betweenness=round(float(between[i]), 6),
                sectors=tuple(sorted(others)),
                could=len(present - {own}),
                kept=kept,
                pairs=pairs,
                only_way=ways.get(i, ()),
            )
        )
    return tuple(found)


def _only_ways(
    near: Sequence[set[int]], sectors: Sequence[str | None]
) -> dict[int, tuple[str, ...]]:
    """Sectors of two or more whose ties with everybody else all pass through one actor."""
    ways: dict[int, list[str]] = {}
    for sector in sorted({s for s in sectors if s is not None}):
        inside = {i for i, s in enumerate(sectors) if s == sector}
        if len(inside) < 2 or len(inside) == len(sectors):
            continue
        across = [(i, j) for i in inside for j in near[i] if j not in inside]
        for ends in ({i for i, _ in across}, {j for _, j in across}):
            if len(ends) == 1:
                ways.setdefault(ends.pop(), []).append(sector)
    return {i: tuple(dict.fromkeys(found)) for i, found in ways.items()}


def _flows(
    arcs: Mapping[str, Mapping[tuple[int, int], float | None]],
    told: Sequence[bool],
    sectors: Sequence[str | None],
) -> tuple[Flow, ...]:
    size = Counter(s for s in sectors if s is not None)
    answered = Counter(s for s, yes in zip(sectors, told, strict=True) if yes and s is not None)
    flows = []
    for relation, pairs in arcs.items():
        counts = Counter((sectors[a], sectors[b]) for a, b in pairs if told[a])
        for first in sorted(size):
            for second in sorted(size):
                possible = answered[first] * (size[second] - (first == second))
                flows.append(Flow(relation, first, second, counts[first, second], possible))
    return tuple(flows)


def _together(ids: tuple[str, ...], networks: Sequence[Network]) -> Network:
    place = {actor: i for i, actor in enumerate(ids)}
    parts: list[Ints] = [np.zeros((0, 2), dtype=np.int64)]
    for network in networks:
        at = np.array([place[actor] for actor in network.ids], dtype=np.int64)
        parts.append(at[network.edges])
    return from_edges(ids, np.concatenate(parts), directed=False)


def _change(before: Picture, after: Picture, first: Network, second: Network) -> Change:
    answered = tuple({s.id for s in one.spots if s.answered} for one in (before, after))
    found = compare_waves(first, second, answered=(answered[0], answered[1]))
    told = found.ties_told
    assert told is not None
    return Change(
        before=before.wave,
        after=after.wave,
        joined=len(found.actors.joined),
        left=len(found.actors.left),
        half_left=bool(first.n) and len(found.actors.left) >= HALF * first.n,
        stable=found.actors.stable,
        twice=found.told_twice or 0,
        kept=told.kept,
        new=told.new,
        gone=told.gone,
        jaccard=told.jaccard,
    )
