"""Change of a scale between two waves: the same persons, or two samples of a population."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from satuhati.core.intervals import LEVEL, normal_quantile, t_interval
from satuhati.core.results import Interval
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
SMALL = 10


@dataclass(frozen=True, slots=True)
class Change:
    """After minus before, in the unit of the scores.

    ``n_before`` and ``n_after`` scores stand behind the two means (the same persons when
    ``paired``). ``effect_size`` is in standard deviations, ``effect_kind`` says which.
    """

    paired: bool
    n_before: int
    n_after: int
    mean_before: float | None
    mean_after: float | None
    sd_before: float | None
    sd_after: float | None
    difference: float | None
    se: float | None
    interval: Interval | None
    df: float | None
    t: float | None
    p: float | None
    effect_size: float | None
    effect_kind: str
    correlation: float | None
    warnings: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """How many persons changed by more than the scale's error of measurement.

    ``se_difference`` in the unit of the scores; ``threshold`` the least change that counts;
    counts of persons whose score rose, fell, or did neither reliably.
    """

    reliability: float | None
    se_difference: float | None
    threshold: float | None
    rose: int | None
    fell: int | None
    unchanged: int | None


def unpaired_change(before: npt.ArrayLike, after: npt.ArrayLike) -> Change:
    """Difference of two independent means with Welch's interval.

    se² = s₁²/n₁ + s₂²/n₂, df by Welch and Satterthwaite. Effect size: Hedges' g = J·difference/s
    pooled, J = 1 - 3/(4(n₁ + n₂ - 2) - 1). ``nan`` scores are left out. Welch 1947, Biometrika
    34; Hedges 1981, Journal of Educational Statistics 6(2). R: ``t.test(after, before)``.
    """
    x, y = _given(before), _given(after)
    n1, n2 = len(x), len(y)
    warnings = _few(min(n1, n2))
    m1, m2 = _mean(x), _mean(y)
    if m1 is None or m2 is None or n1 < 2 or n2 < 2:
        return Change(
            False, n1, n2, m1, m2, _sd(x), _sd(y), None if m1 is None or m2 is None else m2 - m1,
            None, None, None, None, None, None, "Hedges g", None, warnings,
        )  # fmt: skip
    s1, s2 = float(np.std(x, ddof=1)), float(np.std(y, ddof=1))
    v1, v2 = s1**2 / n1, s2**2 / n2
    se = float(np.sqrt(v1 + v2))
    df: float | None = None
    if se > 0:
        df = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
    pooled = float(np.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2)))
    return _tested(False, x, y, m1, m2, s1, s2, se, df, pooled, n1 + n2 - 2, "Hedges g", None,
                   warnings)  # fmt: skip


def paired_change(before: npt.ArrayLike, after: npt.ArrayLike) -> Change:
    """Mean of the differences of persons scored twice, with Student's interval on n - 1 df.

    Row i of both arrays is the same person; a person with a missing score is left out. Effect
    size: the difference over the root mean square of the two standard deviations, with Hedges'
    correction on n - 1 (d_av; Cumming 2012, Understanding the New Statistics, ch. 11), which
    stays comparable with that of two samples. R: ``t.test(after, before, paired = TRUE)``.
    """
    a, b = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError("before and after must be columns of the same persons")
    both = ~(np.isnan(a) | np.isnan(b))
    x, y = a[both], b[both]
    n = len(x)
    warnings = _few(n)
    m1, m2 = _mean(x), _mean(y)
    if m1 is None or m2 is None or n < 2:
        return Change(
            True, n, n, m1, m2, None, None, None if m1 is None or m2 is None else m2 - m1,
            None, None, None, None, None, None, "Hedges g (average SD)", None, warnings,
        )  # fmt: skip
    s1, s2 = float(np.std(x, ddof=1)), float(np.std(y, ddof=1))
    se = float(np.std(y - x, ddof=1)) / np.sqrt(n)
    average = float(np.sqrt((s1**2 + s2**2) / 2))
    r = float(np.corrcoef(x, y)[0, 1]) if _varies(x) and _varies(y) else None
    return _tested(True, x, y, m1, m2, s1, s2, float(se), float(n - 1), average, n - 1,
                   "Hedges g (average SD)", r, warnings)  # fmt: skip


def reliable_change(
    before: npt.ArrayLike, after: npt.ArrayLike, sd: float | None, reliability: float | None
) -> ReliableChange:
    """Persons whose change exceeds 1.96 standard errors of a difference.

    S_diff = √2 · sd · √(1 - reliability), ``sd`` and ``reliability`` those of the first wave;
    reliable when \\|after - before\\| / S_diff > 1.96. All ``None`` where the reliability is
    unknown, negative or 1. Jacobson & Truax 1991, Journal of Consulting and Clinical Psychology
    59(1).
    """
    if sd is None or not sd > 0 or reliability is None or not 0 <= reliability < 1:
        return ReliableChange(reliability, None, None, None, None, None)
    difference = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    difference = difference[~np.isnan(difference)]
    se = float(np.sqrt(2 * (1 - reliability)) * sd)
    threshold = normal_quantile(LEVEL) * se
    rose = int(np.count_nonzero(difference > threshold))
    fell = int(np.count_nonzero(difference < -threshold))
    return ReliableChange(reliability, se, threshold, rose, fell, len(difference) - rose - fell)


def _tested(
    paired: bool,
    x: FloatArray,
    y: FloatArray,
    m1: float,
    m2: float,
    s1: float,
    s2: float,
    se: float,
    df: float | None,
    unit: float,
    freedom: int,
    kind: str,
    r: float | None,
    warnings: tuple[Doubt, ...],
) -> Change:
    difference = m2 - m1
    spread = max(float(np.abs(x).max()), float(np.abs(y).max()), 1e-300)
    if se <= 1e-12 * spread:
        # Everyone changed alike: the interval would be a point and say too much.
        return Change(
            paired, len(x), len(y), m1, m2, s1, s2, difference, None, None, df, None, None,
            None, kind, r, (*warnings, Doubt("change_no_variation")),
        )  # fmt: skip
    t = difference / se
    # Below three degrees of freedom the correction is no longer that of the paper.
    small = 1 - 3 / (4 * freedom - 1)
    assert df is not None
    return Change(
        paired=paired,
        n_before=len(x),
        n_after=len(y),
        mean_before=m1,
        mean_after=m2,
        sd_before=s1,
        sd_after=s2,
        difference=difference,
        se=se,
        interval=t_interval(difference, se, df),
        df=df,
        t=t,
        p=2 * float(special.stdtr(df, -abs(t))),
        effect_size=small * difference / unit if unit > 1e-12 * spread else None,
        effect_kind=kind,
        correlation=r,
        warnings=warnings,
    )


def _given(values: npt.ArrayLike) -> FloatArray:
    x = np.asarray(values, dtype=np.float64)
    return x[~np.isnan(x)]


def _mean(x: FloatArray) -> float | None:
    return float(x.mean()) if len(x) else None


def _sd(x: FloatArray) -> float | None:
    return float(np.std(x, ddof=1)) if len(x) > 1 else None


def _varies(x: FloatArray) -> bool:
    return bool(x.max() > x.min())


def _few(n: int) -> tuple[Doubt, ...]:
    if n < 2:
        return (Doubt("too_few", {"n": n, "needed": 2}),)
    return (Doubt("change_small", {"n": n}),) if n < SMALL else ()
