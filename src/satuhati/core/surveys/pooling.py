"""Many communities at once: each mean drawn towards the whole by as little as it is known.

A community of few answers has a mean that is far from the others by chance alone, so that tables of
raw means are led, and closed, by the smallest. Under a random intercept, m_j ~ N(μ, σ_b²) and
answers ~ N(m_j, σ²), the best prediction of m_j is λ_j ȳ_j + (1 - λ_j) μ̂ with
λ_j = σ_b²/(σ_b² + σ²/n_j). Variances by REML (:mod:`satuhati.core.surveys.mixed`).

Robinson 1991, Statistical Science 6(1) (the predictions and their errors); Goldstein &
Spiegelhalter 1996, Journal of the Royal Statistical Society A 159(3) (ranks and their error);
Lin, Louis, Paddock & Ridgeway 2006, Bayesian Analysis 1(4) (percentiles). Reference: ``lme4``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from satuhati.core.intervals import normal_quantile, t_interval
from satuhati.core.results import Interval
from satuhati.core.surveys.mixed import (
    FEW_GROUPS,
    SINGULAR,
    Products,
    least,
    satterthwaite,
    solve_at,
)
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
SMALLEST_SHOWN = 5
DRAWS = 10_000
RARE = 2.0
"""Largest group over mean group size from here on is called uneven."""


@dataclass(frozen=True, slots=True)
class PooledGroup:
    """One community. ``mean`` as answered, ``pooled`` drawn to the whole, with its interval.

    ``weight`` (0-1) is the share of its own mean in ``pooled``. ``rank`` (1 = highest) is the
    median over draws, with the ranks that hold 95 of 100 draws; ``p_highest`` and ``p_lowest``
    the chances to be among the highest and the lowest quarter; ``p_above`` to be above the whole.
    """

    n: int
    mean: float
    pooled: float
    interval: Interval
    weight: float
    rank: float
    rank_interval: tuple[int, int]
    p_highest: float
    p_lowest: float
    p_above: float


@dataclass(frozen=True, slots=True)
class Pooled:
    """All communities. ``mean`` of communities (not of persons), with ``interval``.

    ``sd_between`` and ``sd_within`` in the unit of the scores; ``icc`` the share of variance
    between communities. ``by_group`` leaves out groups under five persons, which do enter.
    """

    n: int
    groups: int
    mean: float | None
    se: float | None
    interval: Interval | None
    sd_between: float | None
    sd_within: float | None
    icc: float | None
    by_group: dict[str, PooledGroup]
    draws: int
    seed: int
    warnings: tuple[Doubt, ...] = ()


def pool_scores(
    scores: npt.ArrayLike, groups: Sequence[str | None], *, seed: int = 1, draws: int = DRAWS
) -> Pooled:
    """Pool n scores (``nan`` = missing) of persons in groups; see :func:`pool_groups`."""
    y = np.asarray(scores, dtype=np.float64)
    if y.ndim != 1 or len(groups) != len(y):
        raise ValueError("scores and groups must be of one length")
    kept = ~np.isnan(y) & np.array([g is not None for g in groups], dtype=bool)
    without = int(np.count_nonzero(~np.isnan(y) & ~kept))
    labels = np.array([str(g) for g, k in zip(groups, kept, strict=True) if k], dtype=object)
    names, at = np.unique(labels, return_inverse=True)
    y = y[kept]
    n = np.bincount(at, minlength=len(names)).astype(np.float64)
    mean = np.bincount(at, weights=y, minlength=len(names)) / np.maximum(n, 1)
    within = np.bincount(at, weights=(y - mean[at]) ** 2, minlength=len(names))
    before = (Doubt("aggregate_no_group", {"n": without}),) if without else ()
    return pool_groups(
        [str(name) for name in names], n, mean, within, seed=seed, draws=draws, before=before
    )


def pool_groups(
    names: Sequence[str],
    n: npt.ArrayLike,
    mean: npt.ArrayLike,
    within: npt.ArrayLike,
    *,
    seed: int = 1,
    draws: int = DRAWS,
    before: tuple[Doubt, ...] = (),
) -> Pooled:
    """Pool groups known by their size, mean, and sum of squares within (Σ (y - ȳ_j)²).

    The interval of a community holds its own error and that of the whole's mean; the variances
    are taken as known, which makes it a little narrow with few groups (a doubt says so). Ranks
    are those of seeded draws from the joint distribution of all community means.
    """
    sizes, means = np.asarray(n, dtype=np.float64), np.asarray(mean, dtype=np.float64)
    squares = np.asarray(within, dtype=np.float64)
    J, total = len(names), int(sizes.sum())
    warnings = list(before)

    def nothing(*doubts: Doubt) -> Pooled:
        return Pooled(total, J, None, None, None, None, None, None, {}, draws, seed,
                      (*warnings, *doubts))  # fmt: skip

    if J < 2:
        return nothing(Doubt("mixed_one_group", {"n": J}))
    if total <= J:
        return nothing(Doubt("mixed_few", {"n": total, "groups": J}))
    centre = float(sizes @ means) / total
    off = means - centre
    spread = float(np.sqrt((float(squares.sum()) + float(sizes @ off**2)) / total))
    if spread <= 1e-12 * max(float(np.abs(means).max()), 1e-300):
        return nothing(Doubt("mixed_no_variation"))
    if float(squares.sum()) <= 1e-20 * total * spread**2:
        return nothing(Doubt("pool_alike_within"))
    z, ss = off / spread, squares / spread**2
    products = Products(
        sizes[:, None, None], sizes[:, None, None], (sizes * z)[:, None],
        np.array([[float(total)]]), np.array([float(sizes @ z)]),
        float(ss.sum()) + float(sizes @ z**2), total,
    )  # fmt: skip
    theta, arrived = least(products)
    found = solve_at(theta, products)
    if not arrived or found is None:
        return nothing(Doubt("mixed_no_convergence"))
    sigma2 = found.rss / (total - 1)
    between2 = float(theta[0]) ** 2 * sigma2
    weight = sizes * theta[0] ** 2 / (1 + sizes * theta[0] ** 2)
    mu = float(found.beta[0])
    mu_var = float(sigma2 / found.rx[0, 0] ** 2)
    pooled = weight * z + (1 - weight) * mu
    own = between2 * (1 - weight)  # given μ; the rest of the error is that of μ
    error = np.sqrt(own + (1 - weight) ** 2 * mu_var)

    rng = np.random.default_rng(seed)
    whole = mu + np.sqrt(mu_var) * rng.normal(size=(draws, 1))
    drawn = weight * z + (1 - weight) * whole + np.sqrt(own) * rng.normal(size=(draws, J))
    drawn = drawn + 1e-9 * rng.normal(size=drawn.shape)  # equal ones in no order
    ranks = np.argsort(np.argsort(-drawn, axis=1), axis=1) + 1
    quarter = max(J // 4, 1)
    half = normal_quantile() * error
    df = satterthwaite(theta, float(np.sqrt(sigma2)), products)[0]
    se = float(np.sqrt(mu_var)) * spread
    value = centre + mu * spread
    if float(theta[0]) < SINGULAR:
        warnings.append(Doubt("mixed_zero_variance"))
    if J < FEW_GROUPS:
        warnings.append(Doubt("mixed_few_groups", {"n": J, "needed": FEW_GROUPS}))
    small = int(np.count_nonzero(sizes < SMALLEST_SHOWN))
    if small:
        warnings.append(Doubt("aggregate_small", {"n": small, "needed": SMALLEST_SHOWN}))
    if float(sizes.max()) > RARE * total / J:
        fields = {"least": int(sizes.min()), "most": int(sizes.max())}
        warnings.append(Doubt("pool_uneven", fields))
    return Pooled(
        n=total,
        groups=J,
        mean=value,
        se=se,
        interval=None if df is None else t_interval(value, se, df),
        sd_between=float(np.sqrt(between2)) * spread,
        sd_within=float(np.sqrt(sigma2)) * spread,
        icc=between2 / (between2 + sigma2),
        by_group={
            name: PooledGroup(
                n=int(sizes[j]),
                mean=float(means[j]),
                pooled=centre + float(pooled[j]) * spread,
                interval=(
                    centre + float(pooled[j] - half[j]) * spread,
                    centre + float(pooled[j] + half[j]) * spread,
                ),
                weight=float(weight[j]),
                rank=float(np.median(ranks[:, j])),
                rank_interval=(
                    int(np.quantile(ranks[:, j], 0.025, method="inverted_cdf")),
                    int(np.quantile(ranks[:, j], 0.975, method="inverted_cdf")),
                ),
                p_highest=float(np.mean(ranks[:, j] <= quarter)),
                p_lowest=float(np.mean(ranks[:, j] > J - quarter)),
                p_above=float(np.mean(drawn[:, j] > whole[:, 0])),
            )
            for j, name in enumerate(names)
            if sizes[j] >= SMALLEST_SHOWN
        },
        draws=draws,
        seed=seed,
        warnings=tuple(warnings),
    )
