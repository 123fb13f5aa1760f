"""Very many small networks, in machine code: the figures of :mod:`satuhati.core.networks.many`.

Needs the extra ``fast`` (Numba). Loading it costs about as much as it saves on 120,000 networks, so
only ``describe_many`` imports it, and only where that pays. The functions below are Python that
Numba understands: plain loops over arrays and over the bits of words.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numba.extending import intrinsic

from satuhati.core.networks.network import Floats, Ints

MOST_ACTORS = 64
"""A network's contacts are the bits of one word per actor."""
COLUMNS = 9
FITS, OUTSIDE, TO_ONESELF = 0, 1, 2
ONE = np.uint64(1)


def _count_bits(typing: Any, word: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.ctpop(args[0])

    return numba.int64(numba.uint64), code


def _lowest_bit(typing: Any, word: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        never_zero = context.get_constant(numba.boolean, True)
        return builder.cttz(args[0], never_zero)

    return numba.int64(numba.uint64), code


count_bits: Any = intrinsic(_count_bits)
"""How many bits of a word are set: one instruction of the processor."""
lowest_bit: Any = intrinsic(_lowest_bit)
"""The position of the lowest bit of a word that is not zero."""


def _ratio(above: float, below: float) -> float:
    return above / below if below > 0 else np.nan


def _parts(near: Any, left: Any) -> int:
    """How many connected parts the actors in ``left`` make; ``near`` are each one's contacts."""
    found = 0
    while left:
        found += 1
        reached = left & (~left + ONE)
        waiting = reached
        while waiting:
            new = near[lowest_bit(waiting)] & ~reached
            reached |= new
            waiting = (waiting & (waiting - ONE)) | new
        left &= ~reached
    return found


ratio: Any = numba.njit(_ratio)
parts: Any = numba.njit(_parts)


def _describe(
    sizes: Any, starts: Any, first: Any, source: Any, target: Any, groups: Any, directed: bool,
    out: Any,
) -> int:  # fmt: skip
    """Fill the rows of networks of up to 64 actors; the first thing that does not fit is returned.

    Constraint as ``describe_many`` explains: each tied pair is visited once, its common contacts
    in three lots, by whether none, one or both of the ties to them are returned.
    """
    named = np.zeros(MOST_ACTORS, np.uint64)  # bit j of i: i names j
    naming = np.zeros(MOST_ACTORS, np.uint64)
    near = np.zeros(MOST_ACTORS, np.uint64)
    both = np.zeros(MOST_ACTORS, np.uint64)
    inverse = np.zeros(MOST_ACTORS)
    squares = np.zeros(MOST_ACTORS)
    for k in range(sizes.size):
        n = sizes[k]
        if n > MOST_ACTORS:
            continue
        for i in range(n):
            named[i] = naming[i] = 0
        for e in range(starts[k], starts[k + 1]):
            a, b = source[e], target[e]
            if min(a, b) < 0 or max(a, b) >= n:
                return OUTSIDE
            if a == b:
                return TO_ONESELF
            if not directed and a > b:
                a, b = b, a
            named[a] |= ONE << np.uint64(b)
            naming[b] |= ONE << np.uint64(a)
        ties = pairs = isolates = paths = triangles = 0
        tied = np.uint64(0)
        for i in range(n):
            near[i] = named[i] | naming[i]
            both[i] = named[i] & naming[i]
            contacts = count_bits(near[i])
            ties += count_bits(named[i])
            pairs += contacts
            paths += contacts * (contacts - 1)
            squares[i] = 0.0
            if contacts:
                tied |= ONE << np.uint64(i)
                inverse[i] = 1.0 / (contacts + count_bits(both[i]))
            else:
                isolates += 1
        pairs //= 2
        crossing, known = 0.0, 0.0
        for i in range(n):
            later = near[i] & ~((ONE << np.uint64(i)) - ONE)
            while later:
                j = lowest_bit(later)
                later &= later - ONE
                strength = 1.0 + ((both[i] >> np.uint64(j)) & ONE)
                if groups.size:
                    g, h = groups[first[k] + i], groups[first[k] + j]
                    if g >= 0 and h >= 0:
                        known += strength
                        if g != h:
                            crossing += strength
                common = near[i] & near[j]
                triangles += count_bits(common)  # each three times
                reached = strength
                lot = common & ~(both[i] | both[j])
                while lot:
                    reached += inverse[lowest_bit(lot)]
                    lot &= lot - ONE
                lot = common & (both[i] ^ both[j])
                while lot:
                    reached += 2.0 * inverse[lowest_bit(lot)]
                    lot &= lot - ONE
                lot = common & both[i] & both[j]
                while lot:
                    reached += 4.0 * inverse[lowest_bit(lot)]
                    lot &= lot - ONE
                squares[i] += reached * reached
                squares[j] += reached * reached
        constraint = 0.0
        for i in range(n):
            if near[i]:
                constraint += squares[i] * inverse[i] * inverse[i]
        possible = n * (n - 1) / (1.0 if directed else 2.0)
        out[k, 0] = n
        out[k, 1] = ties
        out[k, 2] = isolates
        out[k, 3] = ratio(ties, possible)
        out[k, 4] = ratio(2.0 * (ties - pairs), ties) if directed else np.nan
        out[k, 5] = ratio(2.0 * triangles, paths)
        out[k, 6] = isolates + parts(near, tied)
        out[k, 7] = ratio(constraint, n - isolates)
        out[k, 8] = ratio(2.0 * crossing - known, known)
    return FITS


def _kept(function: Any) -> Any:
    """Compiled once for this machine and kept beside the source, where that can be written."""
    try:
        return numba.njit(cache=True, error_model="numpy")(function)
    except RuntimeError:  # nowhere to keep it: compiled anew in each process
        return numba.njit(error_model="numpy")(function)


describe: Any = _kept(_describe)


def small_columns(
    sizes: Ints, starts: Ints, first: Ints, source: Ints, target: Ints, groups: Ints | None,
    directed: bool, out: Floats,
) -> None:  # fmt: skip
    """Write the columns of ``many`` of all networks of up to 64 actors into ``out`` (k, 9).

    ``starts`` (k + 1,) says where the ties of each begin, ``first`` where its actors do. Raises
    ``ValueError`` for a position outside its network or a tie to oneself.
    """
    codes = np.zeros(0, dtype=np.int64) if groups is None else np.asarray(groups, dtype=np.int64)
    said = describe(sizes, starts, first, source, target, codes, directed, out)
    if said == OUTSIDE:
        raise ValueError("a tie names a position outside its network")
    if said == TO_ONESELF:
        raise ValueError("a tie to oneself")
