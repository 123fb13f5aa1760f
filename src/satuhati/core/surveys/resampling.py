"""Bootstrap intervals of α and of scale means, for all scales at once.

Feldt's interval of α takes answers as normal; few skewed answers are not. Persons are drawn again
with all their answers; a draw enters as how often each person was drawn, so that one matrix product
gives the sums of every draw and scale. Efron 1987, JASA 82(397) (BCa); Kelley & Cheng 2012,
Methodology 8(2) (for reliability). Reference: ``scipy.stats.bootstrap``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from satuhati.core.results import Interval
from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.scoring import score

FloatArray = npt.NDArray[np.float64]
RESAMPLES = 2000
AT_ONCE = 500
LEVEL = 0.95
FEWEST = 5
FEWEST_DRAWS = 100


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """``estimate`` with the bootstrap's standard error and BCa interval (95 %)."""

    estimate: float
    se: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class ScaleBootstrap:
    """α and mean score of one scale over ``n`` persons; ``None`` where they cannot be had."""

    n: int
    alpha: Bootstrapped | None
    mean: Bootstrapped | None
    resamples: int
    seed: int


def bootstrap_scales(
    answers: npt.ArrayLike,
    columns: Sequence[str],
    scales: Sequence[Scale],
    *,
    resamples: int = RESAMPLES,
    seed: int = 1,
    with_alpha: bool = True,
) -> dict[str, ScaleBootstrap]:
    """Intervals of every scale from the same draws of persons.

    ``answers``: n x p, ``nan`` = missing, ``columns`` their names. α from pairwise covariances, as
    in :func:`satuhati.core.surveys.reliability.reliabilities`; the mean is that of the scores
    (half of the items answered). A draw without an α (a constant total) is left out. ``None``
    under five persons or without variation. Raises ``ValueError`` for shapes or items that do
    not fit.
    """
    X = np.asarray(answers, dtype=np.float64)
    if X.ndim != 2 or X.shape[1] != len(columns):
        raise ValueError("answers must be n x p with one column per name")
    at = {name: i for i, name in enumerate(columns)}
    unknown = [item for s in scales for item in s.items if item not in at]
    if unknown:
        raise ValueError(f"items that are no columns: {', '.join(unknown)}")
    n = len(X)
    parts = [_part(X[:, [at[item] for item in s.items]], s, with_alpha) for s in scales]
    if n < FEWEST:
        return {s.name: ScaleBootstrap(n, None, None, resamples, seed) for s in scales}
    edges = np.cumsum([0, *(p.sums.shape[1] for p in parts)])
    stacked = np.hstack([p.sums for p in parts])
    rng = np.random.default_rng(seed)
    drawn = np.empty((resamples, edges[-1]))
    for first in range(0, resamples, AT_ONCE):
        count = min(AT_ONCE, resamples - first)
        who = rng.integers(0, n, size=(count, n)) + np.arange(count)[:, None] * n
        times = np.bincount(who.ravel(), minlength=count * n).reshape(count, n)
        drawn[first : first + count] = times.astype(np.float64) @ stacked
    out: dict[str, ScaleBootstrap] = {}
    for part, scale, i, j in zip(parts, scales, edges[:-1], edges[1:], strict=True):
        whole = part.sums.sum(axis=0, keepdims=True)
        without = whole - part.sums  # each person left out in turn
        out[scale.name] = ScaleBootstrap(
            n,
            _bca(part.alpha(whole), part.alpha(drawn[:, i:j]), part.alpha(without)),
            _bca(part.mean(whole), part.mean(drawn[:, i:j]), part.mean(without)),
            resamples,
            seed,
        )
    return out


@dataclass(frozen=True, slots=True)
class _Part:
    """A scale as sums over persons: score and whether there is one, then moments of its items.

    Without missing answers α needs the variances of items and of their total alone (2k + 2
    columns); with them, four sums for every pair.
    """

    k: int
    complete: bool
    sums: FloatArray

    def mean(self, sums: FloatArray) -> FloatArray:
        return np.asarray(sums[:, 0] / np.where(sums[:, 1] > 0, sums[:, 1], np.nan))

    def alpha(self, sums: FloatArray) -> FloatArray:
        k, body = self.k, sums[:, 2:]
        if k < 2:
            return np.full(len(sums), np.nan)
        if self.complete:
            n = body[:, :1]
            first, second = body[:, 1 : k + 2], body[:, k + 2 :]
            variance = second - first**2 / n
            own, total = variance[:, :k].sum(axis=1), variance[:, k]
        else:
            m, a, b, ab = np.split(body, 4, axis=1)
            enough = m >= 2
            cov = np.where(enough, ab - a * b / np.where(enough, m, 1.0), np.nan)
            cov = cov / np.where(enough, m - 1, 1.0)
            i, j = np.triu_indices(k)
            own = cov[:, i == j].sum(axis=1)
            total = own + 2 * cov[:, i != j].sum(axis=1)
        sound = (total > 1e-12 * np.abs(own)) & (total > 0)
        return np.where(sound, k / (k - 1) * (1 - own / np.where(sound, total, 1.0)), np.nan)


def _part(block: FloatArray, scale: Scale, with_alpha: bool) -> _Part:
    n, k = block.shape
    given = ~np.isnan(block)
    scores = score(block, scale).mean
    has = ~np.isnan(scores)
    head = np.column_stack([np.where(has, scores, 0.0), has])
    if not with_alpha:
        return _Part(1, True, head)
    sign = np.where(np.asarray(scale.keys), -1.0, 1.0)
    count = given.sum(axis=0)
    centre = np.where(given, block, 0.0).sum(axis=0) / np.maximum(count, 1)
    D = np.where(given, (block - centre) * sign, 0.0)
    if given.all():
        T = D.sum(axis=1, keepdims=True)
        return _Part(k, True, np.hstack([head, np.ones((n, 1)), D, T, D**2, T**2]))
    M = given.astype(np.float64)
    i, j = np.triu_indices(k)
    pairs = [M[:, i] * M[:, j], D[:, i] * M[:, j], D[:, j] * M[:, i], D[:, i] * D[:, j]]
    return _Part(k, False, np.hstack([head, *pairs]))


def _bca(whole: FloatArray, drawn: FloatArray, without: FloatArray) -> Bootstrapped | None:
    """Bias-corrected and accelerated interval (Efron 1987, eq. 2.3), acceleration by jackknife."""
    estimate = float(whole[0])
    drawn, without = drawn[~np.isnan(drawn)], without[~np.isnan(without)]
    if not np.isfinite(estimate) or len(drawn) < FEWEST_DRAWS or len(without) < FEWEST:
        return None
    spread = float(drawn.std(ddof=1))
    if spread <= 1e-10 * max(abs(estimate), 1e-300):
        return None
    below = (np.sum(drawn < estimate) + np.sum(drawn <= estimate)) / (2 * len(drawn))
    if not 0 < below < 1:
        return None
    z0 = float(special.ndtri(below))
    off = without.mean() - without
    cubes, squares = float(np.sum(off**3)), float(np.sum(off**2))
    a = cubes / (6 * squares**1.5) if squares > 0 else 0.0
    ends = []
    for tail in ((1 - LEVEL) / 2, (1 + LEVEL) / 2):
        z = z0 + float(special.ndtri(tail))
        ends.append(float(special.ndtr(z0 + z / (1 - a * z))))
    low, high = np.quantile(drawn, ends)
    return Bootstrapped(estimate, spread, (float(low), float(high)))
