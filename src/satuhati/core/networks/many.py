"""Very many small networks at once: the same few figures of each, without a loop over them.

Networks of up to 64 actors are computed side by side, their ties as bits of one word per actor;
larger ones one by one. Every figure is that of :mod:`satuhati.core.networks.describe`. Where the
extra ``fast`` is installed and it pays, machine code does the same (:mod:`compiled`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

import numpy as np

from satuhati.core.networks import cohesion, positions
from satuhati.core.networks.groups import Labels, ei_index, known_only
from satuhati.core.networks.network import Bools, Floats, Ints, from_edges
from satuhati.errors import MissingExtraError

WORDS = ((32, 5, np.uint32), (64, 6, np.uint64))
"""Widths of a word, their power of two, and the type."""
CELLS_PER_BLOCK = 400_000  # within the cache
COMPILED_FROM = 150_000
"""So many networks and machine code pays although Numba must be loaded first."""


@dataclass(frozen=True, slots=True, eq=False)
class ManyNetworks:
    """Networks end to end: ``sizes`` (k,) of each; per tie its network and the two positions in it.

    ``groups`` (sum of sizes,) is each actor's group as a code, −1 where it is not known; ``None``
    if there are none. Ties may come in any order; a repeated tie counts once.
    """

    sizes: Ints
    network: Ints
    source: Ints
    target: Ints
    groups: Ints | None = None
    directed: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class ManyFigures:
    """One figure per network (k,); ``nan`` where it cannot be had.

    ``constraint`` is the mean over actors with ties; ``ei_index`` is among actors of known group.
    """

    actors: Ints
    ties: Ints
    isolates: Ints
    density: Floats
    reciprocity_edgewise: Floats
    transitivity: Floats
    components: Ints
    constraint: Floats
    ei_index: Floats


def describe_many(networks: ManyNetworks, *, compiled: bool | None = None) -> ManyFigures:
    """Density, edgewise reciprocity, transitivity, weak components, constraint and E-I of each.

    Formulas and sources: ``cohesion``, ``positions`` and ``groups``. ``compiled`` asks for machine
    code or forbids it; by default it is used where it is there and pays. Raises ``ValueError`` for
    arrays that do not fit together, a position outside its network, or a tie to oneself;
    :class:`MissingExtraError` if machine code is asked for and Numba is not installed.

    Burt's constraint is had from its symmetric part: with w_ij the ties either way, d_i their sum
    and m_ij = Σ_q w_iq w_qj / d_q over common contacts, an actor's constraint is
    Σ_j ((w_ij + m_ij) / d_i)², so that each triangle is visited once.
    """
    sizes = np.asarray(networks.sizes, dtype=np.int64)
    net, source, target = (
        np.asarray(a, dtype=np.int64) for a in (networks.network, networks.source, networks.target)
    )
    _check(sizes, net, source, target, networks.groups)
    if (net[1:] < net[:-1]).any():
        order = np.argsort(net, kind="stable")
        net, source, target = net[order], source[order], target[order]
    if not networks.directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    k = sizes.size
    out = np.full((k, len(_COLUMNS)), np.nan)
    starts = np.searchsorted(net, np.arange(k + 1))
    first = np.concatenate([[0], np.cumsum(sizes)])

    by_code = _compiled(k) if compiled is None else compiled
    if by_code:
        _by_code(sizes, starts, first, source, target, networks, out)

    def piece(low: int, high: int) -> tuple[Ints, Ints, Ints, Ints | None]:
        a, b = starts[low], starts[high]
        _check_ends(sizes[low:high], net[a:b] - low, source[a:b], target[a:b])
        groups = None if networks.groups is None else networks.groups[first[low] : first[high]]
        return net[a:b] - low, source[a:b], target[a:b], groups

    # Taken once: asking the system for it anew in each block costs more than filling it.
    place = np.empty(CELLS_PER_BLOCK, dtype=np.int32)
    for low, high, width in _blocks(sizes):
        if width > WORDS[-1][0]:
            out[low:high] = _large(sizes[low:high], *piece(low, high), networks.directed)
        elif not by_code:
            given = piece(low, high)
            out[low:high] = _small(sizes[low:high], width, *given, networks.directed, place)
    c = {name: np.ascontiguousarray(v) for name, v in zip(_COLUMNS, out.T, strict=True)}
    return ManyFigures(
        c["actors"].astype(np.int64), c["ties"].astype(np.int64), c["isolates"].astype(np.int64),
        c["density"], c["reciprocity_edgewise"], c["transitivity"],
        c["components"].astype(np.int64), c["constraint"], c["ei_index"],
    )  # fmt: skip


_COLUMNS = ("actors", "ties", "isolates", "density", "reciprocity_edgewise", "transitivity",
            "components", "constraint", "ei_index")  # fmt: skip


def _compiled(k: int) -> bool:
    """Whether machine code pays for ``k`` networks: it is loaded already, or they are very many."""
    if f"{__package__}.compiled" in sys.modules:
        return True
    return k >= COMPILED_FROM and find_spec("numba") is not None


def _by_code(
    sizes: Ints, starts: Ints, first: Ints, source: Ints, target: Ints, networks: ManyNetworks,
    out: Floats,
) -> None:  # fmt: skip
    try:
        from satuhati.core.networks.compiled import small_columns
    except ImportError:
        raise MissingExtraError("fast", "machine code for many networks") from None
    small_columns(sizes, starts, first, source, target, networks.groups, networks.directed, out)


def _check(sizes: Ints, net: Ints, source: Ints, target: Ints, groups: Ints | None) -> None:
    if not net.shape == source.shape == target.shape:
        raise ValueError("network, source and target differ in length")
    if (sizes < 0).any():
        raise ValueError("a size below zero")
    if groups is not None and groups.size != int(sizes.sum()):
        raise ValueError("groups must name one group per actor")
    if not net.size:
        return
    if net.min() < 0 or net.max() >= sizes.size:
        raise ValueError("a tie of a network that is not there")


def _check_ends(sizes: Ints, net: Ints, source: Ints, target: Ints) -> None:
    if not net.size:
        return
    outside = min(source.min(), target.min()) < 0
    most = max(source.max(), target.max())
    if not outside and most >= sizes.min():  # otherwise every position is within every network
        outside = bool((np.maximum(source, target) >= sizes[net]).any())
    if outside:
        raise ValueError("a tie names a position outside its network")
    if (source == target).any():
        raise ValueError("a tie to oneself")


def _blocks(sizes: Ints) -> Iterator[tuple[int, int, int]]:
    """Runs of networks of one width that fit into a block: first, end, width."""
    limits = [w for w, _, _ in WORDS]
    width = np.where(sizes <= limits[0], limits[0], np.where(sizes <= limits[1], limits[1], 0))
    width = np.where(width == 0, limits[1] + 1, width)
    change = np.flatnonzero(np.diff(width)) + 1
    edges = [0, *change.tolist(), sizes.size]
    for low, high in pairwise(edges):
        if low == high:
            continue
        wide = int(width[low])
        step = 1 if wide > limits[1] else max(1, CELLS_PER_BLOCK // wide**2)
        for at in range(low, high, step):
            yield at, min(at + step, high), wide


def _small(
    sizes: Ints, width: int, net: Ints, source: Ints, target: Ints, groups: Ints | None,
    directed: bool, place: Any,
) -> Floats:  # fmt: skip
    """The columns of a block of networks of up to ``width`` actors; ``place`` is room to write."""
    m = sizes.size
    _, power, word = next(w for w in WORDS if w[0] == width)
    cells = np.zeros(m * width * width, dtype=np.uint8)
    keys = (((net << power) | source) << power) | target
    cells[keys] = 1
    if np.count_nonzero(cells) != keys.size:  # somebody is named twice
        keys = np.flatnonzero(cells)
        net = keys >> (2 * power)
        source, target = (keys >> power) & (width - 1), keys & (width - 1)
    ties = np.diff(np.searchsorted(net, np.arange(m + 1)))
    # Each tied pair once, the lower position first; 2 where the tie is returned.
    turned = (((net << power) | target) << power) | source
    back = cells.take(turned)
    once = np.flatnonzero((source < target) | ~back.view(np.bool_))
    cells[turned] = 1  # from here on direction is ignored
    back, net = back.take(once), net.take(once)
    source, target = source.take(once), target.take(once)
    low, high = np.minimum(source, target), np.maximum(source, target)
    base = net << power
    i, j = base | low, base | high
    starts = np.searchsorted(net, np.arange(m + 1))
    strength: Any = (back + 1.0) if directed else np.ones(back.size)
    near: Any = (
        np.packbits(cells.reshape(-1, width), axis=1, bitorder="little").view(word).reshape(-1)
    )
    contacts = np.bitwise_count(near).reshape(m, width).astype(np.int32)
    total = contacts.reshape(-1).astype(np.float64)
    if directed:  # few ties are returned
        again = np.flatnonzero(back.view(np.bool_))
        total += np.bincount(i.take(again), minlength=total.size)
        total += np.bincount(j.take(again), minlength=total.size)
    common = near.take(i) & near.take(j)
    shared = _each(np.bitwise_count(common), starts)  # each triangle three times
    paths = (contacts * (contacts - 1)).sum(axis=1) / 2
    inverse = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
    reached = _indirect(power, word, i, j, high, common, strength, inverse, place) + strength
    share = inverse * inverse
    constraint = _each(reached * reached * (share.take(i) + share.take(j)), starts)
    tied = np.count_nonzero(contacts, axis=1)
    possible = sizes * (sizes - 1) / (1 if directed else 2)
    external = np.full(m, np.nan)
    if groups is not None:
        codes = np.full((m, width), -1, dtype=groups.dtype)
        if sizes.min() == sizes.max():
            codes[:, : sizes[0]] = groups.reshape(m, -1)
        else:
            codes[np.arange(width) < sizes[:, None]] = groups
        first, second = codes.reshape(-1).take(i), codes.reshape(-1).take(j)
        crossing, every = np.where(first != second, strength, 0.0), ties.astype(np.float64)
        if groups.size and groups.min() < 0:
            known = (first >= 0) & (second >= 0)
            crossing, every = crossing * known, _each(strength * known, starts)
        external = _ratio(2 * _each(crossing, starts) - every, every)
    pairs = np.diff(starts)
    returned = _ratio(2 * (ties - pairs), ties) if directed else np.full(m, np.nan)
    return np.stack(
        [
            sizes, ties, sizes - tied, _ratio(ties, possible), returned, _ratio(shared, paths),
            sizes - tied + _parts(near.reshape(m, width)), _ratio(constraint, tied), external,
        ],
        axis=1,
    )  # fmt: skip


def _sum(place: Ints, values: Any, n: int) -> Floats:
    """Sum of the values at each place; of none it is a float, too."""
    return np.bincount(place, values, n).astype(np.float64, copy=False)


def _each(values: Any, starts: Ints) -> Floats:
    """Sum of the values of each network, which begin at ``starts`` and lie one after the other."""
    found = np.zeros(starts.size - 1)
    some = starts[:-1] < starts[1:]  # of none, reduceat would take the next one's first
    if values.size:
        found[some] = np.add.reduceat(values, starts[:-1][some], dtype=np.float64)
    return found


def _ratio(above: Any, below: Any) -> Floats:
    above, below = np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    found = np.full(above.shape, np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found


def _indirect(
    power: int, word: Any, i: Ints, j: Ints, high: Ints, common: Any, strength: Floats,
    inverse: Floats, place: Any,
) -> Floats:  # fmt: skip
    """Σ_q w_iq w_jq / d_q of each pair i < j over common contacts q."""
    one = word(1)
    later = common & ~((word(2) << high.astype(word)) - one)  # q beyond j: each triangle once
    pair = np.flatnonzero(later != 0)  # of booleans it is several times as fast
    later = later.take(pair)
    pairs: list[Ints] = [pair[:0]]
    thirds: list[Any] = [np.zeros(0, dtype=np.uint8)]
    while pair.size:
        lowest = later & (~later + one)
        pairs.append(pair)
        thirds.append(np.bitwise_count(lowest - one))
        later ^= lowest
        there = np.flatnonzero(later != 0)
        pair, later = pair.take(there), later.take(there)
    a = np.concatenate(pairs)
    q = np.concatenate(thirds).astype(np.int64)
    place[(i << power) | high] = np.arange(i.size, dtype=np.int32)
    ia, ja = i.take(a), j.take(a)
    iq, jq = place.take((ia << power) | q), place.take((ja << power) | q)
    qa = (ia >> power << power) | q
    w, wi, wj = strength.take(a), strength.take(iq), strength.take(jq)
    found = _sum(a, wi * wj * inverse.take(qa), i.size)
    found += _sum(iq, w * wj * inverse.take(ja), i.size)
    found += _sum(jq, w * wi * inverse.take(ia), i.size)
    return np.asarray(found)


def _parts(near: Any) -> Ints:
    """How many connected parts of two or more each network has; ``near`` (m, width) are words."""
    m, width = near.shape
    found = np.zeros(m, dtype=np.int64)
    word = near.dtype.type
    bits = np.left_shift(word(1), np.arange(width, dtype=near.dtype))
    which = np.arange(m)
    left = np.bitwise_or.reduce(near, axis=1)
    # First from the actor with most contacts, who reaches the largest part in the fewest steps.
    begin = np.bitwise_count(near).argmax(axis=1)
    while True:
        there = np.flatnonzero(left != 0)
        if not there.size:
            return found
        which, left, near = which[there], left[there], near[there]
        found[which] += 1
        reach = left & (~left + word(1))
        if begin is not None:
            reach, begin = bits[begin[there]] | near[np.arange(there.size), begin[there]], None
        active: Bools | Ints = np.arange(reach.size)
        while active.size:
            inside = (reach[active, None] & bits) != 0
            step = np.bitwise_or.reduce(near[active] * inside, axis=1) | reach[active]
            moved = (step != reach[active]) & (step != left[active])
            reach[active] = step
            active = active[moved]
        left = left & ~reach


def _large(
    sizes: Ints, net: Ints, source: Ints, target: Ints, groups: Ints | None, directed: bool
) -> Floats:
    """The same columns of one network, too large for a word."""
    n = int(sizes[0])
    ids = tuple(map(str, range(n)))
    network = from_edges(ids, np.stack([source, target], axis=1), directed=directed)
    constraint = positions.constraint(network)
    tied = ~np.isnan(constraint)
    index = None
    if groups is not None:
        names = tuple(map(str, range(int(groups.max(initial=-1)) + 1)))
        known, labels = known_only(network, Labels(names, np.asarray(groups, dtype=np.int64)))
        index = ei_index(known, labels.codes)
    figures = (
        n, network.m, n - int(tied.sum()), cohesion.density(network),
        cohesion.reciprocity_edgewise(cohesion.dyad_census(network)) if directed else None,
        cohesion.transitivity(network), int(cohesion.components(network).max(initial=-1)) + 1,
        float(constraint[tied].mean()) if tied.any() else None, index,
    )  # fmt: skip
    return np.array([[np.nan if f is None else f for f in figures]], dtype=np.float64)
