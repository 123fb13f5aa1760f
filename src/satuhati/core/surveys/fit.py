"""Fit of a model of covariances: RMSEA with its interval, CFI, TLI."""

from __future__ import annotations

import numpy as np
from scipy import special

from satuhati.core.results import Interval


def rmsea(chisq: float, df: int, n: float, groups: int = 1) -> float | None:
    """√(max(χ² - df, 0) / (df · n)) · √groups; ``None`` without degrees of freedom.

    Steiger 1990, Multivariate Behavioral Research 25(2); Steiger 1998 for several groups.
    """
    if df < 1 or n <= 0:
        return None
    return float(np.sqrt(max(chisq - df, 0.0) / (df * n) * groups))


def rmsea_interval(
    chisq: float, df: float, n: float, groups: int = 1, level: float = 0.90
) -> Interval | None:
    """The interval of RMSEA (90 % by custom) from the noncentral χ² distribution.

    Its ends are the noncentralities under which so large (small) a χ² has probability
    (1 - level)/2. Browne & Cudeck 1993, in Testing Structural Equation Models.
    """
    if df < 1 or n <= 0:
        return None
    tail = (1 - level) / 2
    ends = []
    for p in (1 - tail, tail):
        # No noncentrality makes so small a χ² less likely than this: the end is 0.
        if chisq <= 0 or float(special.chdtr(df, chisq)) < p:
            ends.append(0.0)
        else:
            ends.append(_noncentrality(chisq, df, p))
    return float(np.sqrt(ends[0] / (df * n) * groups)), float(np.sqrt(ends[1] / (df * n) * groups))


def _noncentrality(chisq: float, df: float, p: float) -> float:
    """The λ with P(χ²(df, λ) <= chisq) = p, by halving: it falls as λ grows."""
    low, high = 0.0, max(chisq, 1.0)
    while float(special.chndtr(chisq, df, high)) > p:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if float(special.chndtr(chisq, df, middle)) > p:
            low = middle
        else:
            high = middle
        if high - low <= 1e-12 * high:
            break
    return (low + high) / 2


def comparative(
    chisq: float, df: int, null_chisq: float, null_df: int
) -> tuple[float | None, float | None]:
    """CFI and TLI against the model without common factors.

    CFI = 1 - max(χ² - df, 0)/max(χ² - df, χ₀² - df₀, 0); TLI = (χ₀²/df₀ - χ²/df)/(χ₀²/df₀ - 1).
    Bentler 1990, Psychological Bulletin 107(2); Tucker & Lewis 1973, Psychometrika 38(1).
    """
    worst = max(chisq - df, null_chisq - null_df, 0.0)
    cfi = 1.0 if worst == 0 else 1 - max(chisq - df, 0.0) / worst
    tli = None
    if df > 0 and null_df > 0 and null_chisq != null_df:
        ratio = null_chisq / null_df
        tli = (ratio - chisq / df) / (ratio - 1)
    return cfi, tli
