"""What confirmatory models return: fit, robust fit, loadings, steps of comparability."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from scipy import special

from satuhati.core.results import Interval
from satuhati.core.surveys.fit import comparative, rmsea, rmsea_interval
from satuhati.errors import Doubt

Level = Literal["configural", "metric", "scalar"]
Missing = Literal["listwise", "fiml"]


@dataclass(frozen=True, slots=True)
class Fit:
    """Fit of one model; ``rmsea_interval`` is the 90 % one. ``None`` where it cannot be had."""

    n: int
    chisq: float | None
    df: int
    pvalue: float | None
    cfi: float | None
    tli: float | None
    rmsea: float | None
    rmsea_interval: Interval | None
    srmr: float | None
    converged: bool


@dataclass(frozen=True, slots=True)
class RobustFit:
    """Fit that holds when answers are not normal.

    ``chisq`` is the plain one over ``scaling_factor``, judged by ``pvalue``; ``cfi``, ``tli`` and
    ``rmsea`` with its interval are those of the population (lavaan's ``robust``), ``cfi_scaled``…
    those that follow from the scaled χ² itself.
    """

    chisq: float
    scaling_factor: float
    pvalue: float
    cfi: float | None
    tli: float | None
    rmsea: float | None
    rmsea_interval: Interval | None
    cfi_scaled: float | None
    tli_scaled: float | None
    rmsea_scaled: float | None
    rmsea_interval_scaled: Interval | None


@dataclass(frozen=True, slots=True)
class Loading:
    """``standardized`` loading (factor and item with variance 1) with its standard error.

    ``residual`` is the share of the item's variance (0-1) the factor leaves.
    """

    factor: str
    standardized: float
    se: float | None
    residual: float


@dataclass(frozen=True, slots=True)
class Confirmatory:
    """A confirmatory model in one sample: fit, loadings per item, correlations of factors.

    ``n`` rows were used and ``dropped`` were not. ``missing`` says what was done with incomplete
    rows; ``robust`` is there where it was asked for and can be had. ``omega`` per factor: the
    reliability of the sum of its items, those with a loading below zero turned.
    """

    fit: Fit
    dropped: int
    loadings: dict[str, Loading]
    factor_correlations: dict[str, dict[str, float]]
    warnings: tuple[Doubt, ...] = ()
    missing: Missing = "listwise"
    robust: RobustFit | None = None
    omega: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Invariance:
    """The same model in several groups, held equal step by step.

    ``fits``: configural, metric (loadings equal), scalar (and intercepts). ``cfi_drop`` and the
    ``p`` of the χ² difference tell what each step cost; both robust where ``robust`` is there.
    """

    groups: dict[str, int]
    fits: dict[str, Fit]
    cfi_drop: dict[str, float | None]
    difference: dict[str, tuple[float, int, float] | None]
    warnings: tuple[Doubt, ...] = ()
    robust: dict[str, RobustFit | None] = field(default_factory=dict)


def robust_fit(
    chisq: float,
    factor: float,
    df: int,
    null: float,
    null_factor: float,
    null_df: int,
    n: int,
    groups: int = 1,
    *,
    distance: tuple[float, float] | None = None,
    null_distance: tuple[float, float] | None = None,
) -> RobustFit:
    """Fit from a χ² and the factor it is too large by (and those of the model without factors).

    The population's figures, on excess e = χ² - c·df: RMSEA = √(e/(df·n))·√groups and
    CFI = 1 - e/e₀. ``distance``: (χ², c) to take for them, where they are not those of the test.
    """
    T, c = distance or (chisq, factor)
    T0, c0 = null_distance or (null, null_factor)
    cfi, _ = comparative(T - c * df, 0, T0 - c0 * null_df, 0)
    tli = None
    if null_df > 0 and T0 - c0 * null_df != 0:
        tli = 1 - (T - c * df) * null_df / ((T0 - c0 * null_df) * df)
    scaled, null_scaled = chisq / factor, null / null_factor
    cfi_scaled, tli_scaled = comparative(scaled, df, null_scaled, null_df)
    root = float(np.sqrt(max(c, 0.0)))
    error = rmsea(T / c, df, n, groups)
    ends = rmsea_interval(T / c, df, n, groups)
    return RobustFit(
        chisq=scaled,
        scaling_factor=factor,
        pvalue=float(special.chdtrc(df, max(scaled, 0.0))),
        cfi=cfi,
        tli=tli,
        rmsea=None if error is None else root * error,
        rmsea_interval=None if ends is None else (root * ends[0], root * ends[1]),
        cfi_scaled=cfi_scaled,
        tli_scaled=tli_scaled,
        rmsea_scaled=rmsea(scaled, df, n, groups),
        # T against a χ² of c·df, whose RMSEA is that of T/c against df.
        rmsea_interval_scaled=rmsea_interval(chisq, factor * df, n, groups),
    )


def scaled_difference(
    before: Fit, after: Fit, first: RobustFit, second: RobustFit
) -> tuple[float, int, float] | None:
    """χ² difference of nested models on scaled χ²s; ``None`` where its factor is not positive.

    (T₁ - T₀)/c with c = (df₁c₁ - df₀c₀)/(df₁ - df₀). Satorra & Bentler 2001, Psychometrika 66(4).
    """
    df = after.df - before.df
    if before.chisq is None or after.chisq is None or df < 1:
        return None
    c = (after.df * second.scaling_factor - before.df * first.scaling_factor) / df
    if c <= 0:
        return None
    rise = max(after.chisq - before.chisq, 0.0) / c
    return rise, df, float(special.chdtrc(df, rise))
