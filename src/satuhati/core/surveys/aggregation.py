"""May answers of persons be averaged to their community? Agreement within, difference between.

r_wg(j) and AD_M ask whether members of a group agree; ICC(1) and ICC(2) whether groups differ and
how well a group mean is known. Written from the papers; reference: R's ``multilevel``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.scoring import score, turn
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
NullShape = Literal["uniform", "slight", "moderate", "heavy"]

# Variances of answers by pure response bias, by number of options (LeBreton & Senter 2008, from
# the distributions of James, Demaree & Wolf 1984).
SKEWED: dict[tuple[str, int], float] = {
    ("slight", 5): 1.34,
    ("moderate", 5): 0.90,
    ("heavy", 5): 0.44,
    ("slight", 7): 2.90,
    ("moderate", 7): 2.14,
    ("heavy", 7): 1.39,
}
SMALLEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Anova:
    """One-way analysis of variance and the two intraclass correlations it gives.

    ``mean_square_between`` and ``_within``; ``f`` with ``df_between`` and ``df_within``; ``p``;
    ``icc1`` (share of variance between groups) and ``icc2`` (reliability of a group mean of
    average size). ``None`` where they cannot be had.
    """

    n: int
    groups: int
    mean_group_size: float | None
    mean_square_between: float | None
    mean_square_within: float | None
    f: float | None
    df_between: int
    df_within: int
    p: float | None
    icc1: float | None
    icc2: float | None


@dataclass(frozen=True, slots=True)
class GroupAgreement:
    """One group: ``n`` persons scored, ``rwg`` (0-1) and ``ad`` (unit of the response scale)."""

    n: int
    rwg: float | None
    ad: float | None


@dataclass(frozen=True, slots=True)
class Aggregation:
    """Agreement and reliability of group means for one scale.

    ``groups`` counts groups with a scored person. ``rwg_mean``, ``rwg_median`` and ``ad_mean``
    are over the groups of two persons or more. ``by_group`` leaves out the figures of groups
    under five persons. ``null_variance`` is what r_wg(j) holds the answers against.
    """

    n: int
    n_items: int
    groups: int
    icc1: float | None
    icc2: float | None
    rwg_mean: float | None
    rwg_median: float | None
    ad_mean: float | None
    f: float | None
    df: tuple[int, int]
    p: float | None
    mean_group_size: float | None
    null: NullShape
    null_variance: float | None
    by_group: dict[str, GroupAgreement]
    warnings: tuple[Doubt, ...] = ()


def one_way(values: npt.ArrayLike, groups: npt.ArrayLike) -> Anova:
    """ANOVA of n values in G groups (codes 0..G-1), ICC(1) and ICC(2).

    With k = n/G the mean group size::

        ICC(1) = (MSB - MSW) / (MSB + (k - 1) MSW),   ICC(2) = (MSB - MSW) / MSB

    Both may be below zero. ``nan`` values are left out. Shrout & Fleiss 1979, Psychological
    Bulletin 86(2); Bliese 2000, in Multilevel Theory, Research and Methods in Organizations.
    Reference: ``multilevel::ICC1`` and ``ICC2``; Shrout and Fleiss' targets as groups give their
    ICC(1,1) .17 and ICC(1,k) .44.
    """
    y = np.asarray(values, dtype=np.float64)
    given = ~np.isnan(y)
    y = y[given]
    _, at = np.unique(np.asarray(groups)[given], return_inverse=True)
    n, G = len(y), int(at.max()) + 1 if len(y) else 0
    between, within = max(G - 1, 0), n - G
    size = n / G if G else None
    if between < 1 or within < 1:
        return Anova(n, G, size, None, None, None, between, within, None, None, None)
    count = np.bincount(at).astype(np.float64)
    centred = y - y.mean()
    mean = np.bincount(at, weights=centred) / count
    msb = float(count @ mean**2) / between
    msw = float(np.sum((centred - mean[at]) ** 2)) / within
    # Equal answers leave only the rounding of their mean behind.
    floor = 1e-24 * max(float(np.abs(y).max()) ** 2, 1e-300)
    msb, msw = (0.0 if v <= floor else v for v in (msb, msw))
    f = msb / msw if msw > 0 else None
    k = n / G
    lowest = msb + (k - 1) * msw
    return Anova(
        n=n,
        groups=G,
        mean_group_size=k,
        mean_square_between=msb,
        mean_square_within=msw,
        f=f,
        df_between=between,
        df_within=within,
        p=float(special.fdtrc(between, within, f)) if f is not None else None,
        icc1=(msb - msw) / lowest if lowest > 0 else None,
        icc2=(msb - msw) / msb if msb > 0 else None,
    )


def rwg(variance: npt.ArrayLike, items: int, null_variance: float) -> FloatArray:
    """r_wg(j) = J(1 - v/σ²) / (J(1 - v/σ²) + v/σ²), v the mean item variance within the group.

    ``items`` is J, ``null_variance`` σ² the variance if answers were mere noise. Where v exceeds
    σ² the index has no meaning and is 0, as the authors advise. James, Demaree & Wolf 1984,
    Journal of Applied Psychology 69(1). It grows with the number of items by itself.
    """
    v = np.asarray(variance, dtype=np.float64) / null_variance
    agree = items * np.maximum(1 - v, 0.0)
    whole = agree + v
    return np.where(v >= 1, 0.0, agree / np.where(whole > 0, whole, 1.0))


def null_variance(low: float, high: float, *, options: int | None, shape: NullShape) -> float:
    """Variance of answers that are mere noise, in squared units of the response scale.

    Uniform over A options: (A² - 1)/12 times the squared step; on a slider (``options`` None)
    (high - low)²/12. Skewed shapes are known for 5 and 7 options; ``ValueError`` otherwise.
    """
    if shape == "uniform":
        if options is None:
            return (high - low) ** 2 / 12
        return (options**2 - 1) / 12 * ((high - low) / (options - 1)) ** 2
    if options is None or (shape, options) not in SKEWED:
        raise ValueError("skewed nulls are known for 5 and 7 options")
    return SKEWED[shape, options] * ((high - low) / (options - 1)) ** 2


def aggregate(
    answers: npt.ArrayLike,
    groups: Sequence[str | None],
    scale: Scale,
    *,
    null: NullShape = "uniform",
    options: int | None = None,
    min_answered: float = 0.5,
) -> Aggregation:
    """Whether one scale may be averaged within groups.

    ``answers``: n x k, ``nan`` = missing, in the order of ``scale.items``; ``groups``: n labels,
    ``None`` left out with a doubt. ICCs are those of the scale scores (:func:`one_way`); r_wg(j)
    takes the item variances (n - 1) and AD_M the mean absolute deviations from the item means
    of each group (Burke, Finkelstein & Dusig 1999, Organizational Research Methods 2(1)) over
    the persons who have a score. ``options``: number of response options; by default high - low
    + 1 where all answers are whole numbers, else a slider. Raises ``ValueError`` for shapes that
    do not fit.
    """
    X = np.asarray(answers, dtype=np.float64)
    if X.ndim != 2 or X.shape[1] != len(scale.items) or len(groups) != len(X):
        raise ValueError("answers must be n x k, with one column per item and one group per row")
    scored = score(X, scale, min_answered=min_answered)
    low, high = scored.low, scored.high
    warnings = list(scored.warnings)
    labelled = np.array([g is not None for g in groups], dtype=bool)
    has_score = ~np.isnan(scored.mean)
    without = int(np.count_nonzero(has_score & ~labelled))
    if without:
        warnings.append(Doubt("aggregate_no_group", {"n": without}))
    kept = has_score & labelled
    labels = [str(g) for g, k in zip(groups, kept, strict=True) if k]
    names, at = np.unique(np.array(labels, dtype=object), return_inverse=True)
    at = np.asarray(at, dtype=np.int64).reshape(-1)
    found = one_way(scored.mean[kept], at)

    within = turn(X[kept], scale.keys, low, high)
    within = np.where((within < low) | (within > high), np.nan, within)
    variance, deviation = _spread(within, at, len(names))
    noise: float | None = None
    if found.n and high > low:
        if options is None:
            options = _options(within, low, high)
        try:
            noise = null_variance(low, high, options=options, shape=null)
        except ValueError:
            warnings.append(Doubt("rwg_null_unknown", {"shape": null}))
    J = X.shape[1]
    agreement = rwg(variance, J, noise) if noise else np.full(len(names), np.nan)

    size = np.bincount(at, minlength=len(names))
    alone = int(np.count_nonzero(size == 1))
    if alone:
        warnings.append(Doubt("aggregate_single", {"n": alone}))
    small = int(np.count_nonzero((size > 1) & (size < SMALLEST_SHOWN)))
    if small:
        warnings.append(Doubt("aggregate_small", {"n": small, "needed": SMALLEST_SHOWN}))
    if found.groups < 2:
        warnings.append(Doubt("aggregate_few_groups", {"n": found.groups}))
    elif found.icc1 is None:
        warnings.append(Doubt("aggregate_no_variance"))
    elif found.icc1 < 0:
        warnings.append(Doubt("aggregate_icc_negative"))
    beyond = int(np.count_nonzero(variance > noise)) if noise else 0
    if beyond:
        warnings.append(Doubt("rwg_beyond_null", {"n": beyond}))
    if noise and J > 1:
        warnings.append(Doubt("rwg_inflated", {"items": J}))
    shown = size >= SMALLEST_SHOWN
    return Aggregation(
        n=found.n,
        n_items=J,
        groups=found.groups,
        icc1=found.icc1,
        icc2=found.icc2,
        rwg_mean=_over(agreement, np.mean),
        rwg_median=_over(agreement, np.median),
        ad_mean=_over(deviation, np.mean),
        f=found.f,
        df=(found.df_between, found.df_within),
        p=found.p,
        mean_group_size=found.mean_group_size,
        null=null,
        null_variance=noise,
        by_group={
            str(name): GroupAgreement(int(size[i]), _known(agreement[i]), _known(deviation[i]))
            for i, name in enumerate(names)
            if shown[i]
        },
        warnings=tuple(warnings),
    )


def _spread(X: FloatArray, at: npt.NDArray[np.int64], G: int) -> tuple[FloatArray, FloatArray]:
    """Mean item variance and mean absolute deviation of each group; ``nan`` below two answers."""
    variance, deviation = np.full((G, X.shape[1]), np.nan), np.full((G, X.shape[1]), np.nan)
    for j in range(X.shape[1]):
        given = ~np.isnan(X[:, j])
        x, g = X[given, j], at[given]
        n = np.bincount(g, minlength=G).astype(np.float64)
        mean = np.bincount(g, weights=x, minlength=G) / np.maximum(n, 1)
        off = x - mean[g]
        enough = n >= 2
        squares = np.bincount(g, weights=off**2, minlength=G)
        absolute = np.bincount(g, weights=np.abs(off), minlength=G)
        variance[:, j] = np.where(enough, squares / np.maximum(n - 1, 1), np.nan)
        deviation[:, j] = np.where(enough, absolute / np.maximum(n, 1), np.nan)
    return _row_mean(variance), _row_mean(deviation)


def _row_mean(values: FloatArray) -> FloatArray:
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _options(X: FloatArray, low: float, high: float) -> int | None:
    given = X[~np.isnan(X)]
    whole = np.all(given == np.round(given)) and low == round(low) and high == round(high)
    return int(high - low) + 1 if whole else None


def _over(values: FloatArray, summary: Callable[[FloatArray], object]) -> float | None:
    known = values[~np.isnan(values)]
    if not known.size:
        return None
    return float(np.asarray(summary(known)))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
