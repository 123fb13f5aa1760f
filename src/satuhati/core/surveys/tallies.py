"""How many gave which answer to a question, so that nobody is recognised.

Neighbouring answers are put together until every part that is told holds nobody or at least
``threshold`` people. Nothing is left empty, so nothing can be worked out from a total: the parts
add up to all who answered, and within a part of several answers each split is possible in which
one of them is small. That is the usual way for ordered answers (global recoding); for answers
without an order cells stay empty instead, the complementary ones too
(:mod:`satuhati.core.suppression`).

Hundepool, A. et al. (2012). Statistical Disclosure Control, ch. 4 and 3.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from satuhati.core.suppression import THRESHOLD, checked_threshold, suppress

MOST_OPTIONS = 11


@dataclass(frozen=True, slots=True)
class Part:
    """Answers told together: of an ordered scale its steps in order, else codes.

    ``n`` people and their ``share`` (0-1, weighted) of those who answered; both ``None`` and no
    ``options`` for all answers without an order that stay empty.
    """

    options: tuple[str, ...]
    n: int | None
    share: float | None


def ordered_parts(
    counts: Sequence[int], weights: Sequence[float], options: Sequence[str],
    *, threshold: int = THRESHOLD,
) -> tuple[Part, ...]:  # fmt: skip
    """Parts of an ordered scale: as many as the rule allows, sides kept apart where it can be.

    ``counts`` people per option and ``weights``, their summed weights. Of all ways to put
    neighbours together the one is taken that loses least: a step merged costs 1, and one more for
    each side (low, middle, high) beyond the first in a part, five more where low and high meet.
    Empty for fewer than ``threshold`` people in all.

    Raises ``ValueError`` for shapes that differ or more than eleven options.
    """
    checked_threshold(threshold)
    k = len(counts)
    if not k == len(weights) == len(options) or k > MOST_OPTIONS:
        raise ValueError("one count and one weight per option, eleven options at most")
    if sum(counts) < threshold:
        return ()
    best: tuple[float, tuple[tuple[int, int], ...]] | None = None
    for cost, cuts in _partitions(k):
        if best is not None and cost >= best[0]:
            break  # they come in order of their cost
        sums = (sum(counts[a:b]) for a, b in cuts)
        if all(n == 0 or n >= threshold for n in sums):
            best = (cost, cuts)
    assert best is not None  # all together is always allowed
    total = sum(weights)
    return tuple(
        Part(
            tuple(options[a:b]),
            sum(counts[a:b]),
            sum(weights[a:b]) / total if total > 0 else 0.0,
        )
        for a, b in best[1]
    )


def plain_parts(
    counts: Mapping[str, int], weights: Mapping[str, float], *, threshold: int = THRESHOLD
) -> tuple[Part, ...]:
    """Parts of answers without an order, the most given first; small ones stay empty."""
    hidden, total_hidden = suppress(counts, threshold=threshold)
    if total_hidden or sum(counts.values()) < threshold:
        return ()
    total = sum(weights.values())
    shown = [
        Part((code,), n, weights[code] / total if total > 0 else 0.0)
        for code, n in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))
        if code not in hidden
    ]
    if hidden:
        shown.append(Part((), None, None))  # not even which: somebody may have typed a name
    return tuple(shown)


def several_parts(
    counts: Mapping[str, int], weights: Mapping[str, float], n: int, total: float,
    *, threshold: int = THRESHOLD,
) -> tuple[Part, ...]:  # fmt: skip
    """Parts of a question to which people may give several answers, the most given first.

    ``n`` people answered, of summed weight ``total``; shares are of people and add up to more than
    1. An answer that fewer than ``threshold`` gave, or that fewer did not give, stays empty.
    """
    checked_threshold(threshold)
    if n < threshold:
        return ()
    told = {c: k for c, k in counts.items() if k >= threshold and (k == n or n - k >= threshold)}
    shown = [
        Part((code,), k, weights[code] / total if total > 0 else 0.0)
        for code, k in sorted(told.items(), key=lambda kv: (-kv[1], kv[0]))
    ]
    if len(told) < len(counts):
        shown.append(Part((), None, None))
    return tuple(shown)


def side(at: int, k: int) -> int:
    """Of step ``at`` (0 … k - 1) of k: -1 low, 0 the middle (odd k alone), 1 high."""
    twice = 2 * at - (k - 1)
    return (twice > 0) - (twice < 0)


@cache
def _partitions(k: int) -> tuple[tuple[float, tuple[tuple[int, int], ...]], ...]:
    """All ways to cut k steps into neighbours, the cheapest first."""
    found = []
    for mask in range(2 ** (k - 1)):
        edges = [0, *(i + 1 for i in range(k - 1) if mask >> i & 1), k]
        cuts = tuple(itertools.pairwise(edges))
        cost = 0.0
        for a, b in cuts:
            sides = {side(i, k) for i in range(a, b)}
            cost += (b - a - 1) + (len(sides) - 1) + (5 if {-1, 1} <= sides else 0)
        found.append((cost, cuts))
    return tuple(sorted(found))
