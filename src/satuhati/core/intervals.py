"""Confidence intervals shared by every noun: Wilson for shares, Student's t for means.

Shares are 0-1 here; callers scale them. Each interval exists twice with one formula: on numbers
and arrays, and as a Polars expression for set-based work over all communities at once.

A profile needs the quantiles of t for a few whole degrees of freedom only, and importing SciPy
for them would cost a third of its time. So these are found from the finite series; all others
are left to SciPy, which is imported when they are asked for. Tests hold the two together.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import polars as pl

from satuhati.core.results import Estimate, Interval
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
LEVEL = 0.95


def normal_quantile(level: float = LEVEL) -> float:
    """The two-sided standard normal quantile of a confidence level: 1.96 for .95."""
    return NormalDist().inv_cdf((1 + level) / 2)


def t_quantile(df: npt.ArrayLike, level: float = LEVEL) -> FloatArray:
    """The two-sided quantile of Student's t; ``nan`` where ``df`` is not positive."""
    degrees = np.asarray(df, dtype=np.float64)
    usable = degrees > 0
    wanted, where = np.unique(np.where(usable, degrees, 1.0), return_inverse=True)
    if wanted.size and (wanted[-1] > MOST_WHOLE_DF or np.any(wanted != np.floor(wanted))):
        from scipy import special  # a third of a second, and seldom needed

        found = special.stdtrit(wanted, (1 + level) / 2)
    else:
        found = np.array([_whole_t_quantile(int(d), level) for d in wanted], dtype=np.float64)
    quantile = found[where].reshape(degrees.shape)
    return np.asarray(np.where(usable, quantile, np.nan), dtype=np.float64)


MOST_WHOLE_DF = 1000


@lru_cache(maxsize=4096)
def _whole_t_quantile(df: int, level: float) -> float:
    """The two-sided t quantile for whole degrees of freedom, by bisection of the exact series.

    With θ = arctan(t/√ν), the probability within ±t is, for odd ν,
    ``2/π · [θ + sin θ (cos θ + 2/3 cos³θ + … )]`` (for ν = 1 just 2θ/π), and for even ν
    ``sin θ (1 + 1/2 cos²θ + 1·3/(2·4) cos⁴θ + … )``, with ⌊ν/2⌋ terms.

    Abramowitz, M. & Stegun, I. A. (1964). Handbook of mathematical functions, 26.7.3, 26.7.4.
    """
    odd = df % 2
    steps = np.arange(1, df // 2, dtype=np.float64)
    ratios = 2 * steps / (2 * steps + 1) if odd else (2 * steps - 1) / (2 * steps)
    terms = np.concatenate([[1.0], np.cumprod(ratios)]) if df > 1 else np.empty(0)
    powers = 2 * np.arange(terms.size, dtype=np.float64) + odd

    def within(theta: float) -> float:
        series = math.sin(theta) * float(terms @ math.cos(theta) ** powers)
        return 2 / math.pi * (theta + series) if odd else series

    low, high = 0.0, math.pi / 2
    for _ in range(60):  # halves the bracket to the last bit
        middle = (low + high) / 2
        low, high = (middle, high) if within(middle) < level else (low, middle)
    return math.sqrt(df) * math.tan((low + high) / 2)


def t_interval(mean: float, se: float, df: float, level: float = LEVEL) -> Interval | None:
    """``mean ± t(df) · se``, or ``None`` without degrees of freedom or a standard error.

    Unit: that of ``mean``; not clipped to any scale, which is the caller's to decide.
    Student, 1908, Biometrika 6(1).
    """
    if not (df > 0 and np.isfinite(se) and np.isfinite(mean)):
        return None
    half = float(t_quantile(df, level)) * se
    return mean - half, mean + half


def wilson_bounds(
    successes: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    population: npt.ArrayLike | None = None,
    deff: npt.ArrayLike = 1.0,
    level: float = LEVEL,
) -> tuple[FloatArray, FloatArray]:
    """Wilson's score interval of shares, on arrays.

    With p = successes/n, z the normal quantile and m the effective number of answers::

        centre = (p + z²/2m) / (1 + z²/m)
        half   = z/(1 + z²/m) · sqrt(p(1-p)/m + z²/4m²)

    m = n / deff x (N-1)/(N-n): a design effect spends answers (Kish 1965); in a finite
    population of N each answer says more, because Var(p) = p(1-p)/n · (N-n)/(N-1) (Cochran 1977,
    §3.2). Bounds are ``nan`` where nothing is to be estimated (n = 0, or n ≥ N: a census).

    Shapes broadcast. ``population`` may hold ``nan`` where it is not known. Raises
    ``ValueError`` for successes outside 0..n or a design effect that is not positive.
    Wilson, 1927, JASA 22(158).
    """
    x, m = np.broadcast_arrays(np.asarray(successes, np.float64), np.asarray(n, np.float64))
    design = np.asarray(deff, np.float64)
    if np.any((x < 0) | (x > m)):
        raise ValueError("successes must lie between 0 and n")
    if np.any(~(design > 0)):
        raise ValueError("the design effect must be positive")
    size = np.where(m > 0, m, np.nan)
    effective = size / design
    if population is not None:
        N = np.asarray(population, np.float64)
        finite = ~np.isnan(N)
        rest = np.where(size < N, N - size, np.nan)
        effective = effective * np.where(finite, (N - 1) / rest, 1.0)
    z2 = normal_quantile(level) ** 2
    p = x / size
    scale = 1 + z2 / effective
    centre = (p + z2 / (2 * effective)) / scale
    half = np.sqrt(z2 * (p * (1 - p) / effective + z2 / (4 * effective**2))) / scale
    # At 0 and n the bound is exactly 0 or 1; rounding must not carry it past.
    return (
        np.asarray(np.where(x == 0, np.where(np.isnan(half), np.nan, 0.0), centre - half)),
        np.asarray(np.where(x == m, np.where(np.isnan(half), np.nan, 1.0), centre + half)),
    )


def wilson(
    successes: float,
    n: float,
    population: float | None = None,
    *,
    deff: float = 1.0,
    level: float = LEVEL,
) -> Interval | None:
    """Wilson's score interval of one share (see :func:`wilson_bounds`); ``None`` if none exists.

    ``None`` means no answers, or a census: all ``population`` answered, so nothing is estimated.
    """
    lo, hi = wilson_bounds(successes, n, population=population, deff=deff, level=level)
    return None if np.isnan(lo) else (float(lo), float(hi))


def wilson_expr(
    successes: pl.Expr,
    n: pl.Expr,
    *,
    population: pl.Expr | None = None,
    deff: pl.Expr | float = 1.0,
    level: float = LEVEL,
) -> pl.Expr:
    """The same interval as a Polars struct ``{lo, hi}``, null where none exists."""
    z2 = normal_quantile(level) ** 2
    size = pl.when(n > 0).then(n).cast(pl.Float64)
    effective = size / deff
    if population is not None:
        N = population.cast(pl.Float64)
        factor = pl.when(size < N).then((N - 1) / (N - size))
        effective = effective * pl.when(N.is_null()).then(1.0).otherwise(factor)
    p = successes / size
    scale = 1 + z2 / effective
    centre = (p + z2 / (2 * effective)) / scale
    half = ((p * (1 - p) / effective + z2 / (4 * effective**2)) * z2).sqrt() / scale
    lo = pl.when(half.is_not_null() & (successes == 0)).then(0.0).otherwise(centre - half)
    hi = pl.when(half.is_not_null() & (successes == n)).then(1.0).otherwise(centre + half)
    return pl.struct(lo.alias("lo"), hi.alias("hi"))


def share_estimate(
    successes: int, n: int, population: float | None = None, *, deff: float = 1.0
) -> Estimate:
    """A share (0-1) with Wilson's interval; a census and an empty sample say so."""
    method = "share, Wilson interval"
    if n == 0:
        return Estimate(None, None, 0, method, (Doubt("too_few", {"n": 0, "needed": 1}),))
    interval = wilson(successes, n, population, deff=deff)
    warnings = () if interval is not None else (Doubt("census"),)
    return Estimate(successes / n, interval, n, method, warnings)
