"""Do coders agree? Krippendorff's α, Fleiss' κ and Cohen's κ, for any number of coders.

Codings are three parallel lists: unit, coder, value. A unit coded by one person only is left out
of α (it holds no pair).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from satuhati.core.results import Interval
from satuhati.errors import Doubt

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval", "ratio")

RELIABLE = 0.800
TENTATIVE = 0.667
FEW_UNITS = 10
BOOTSTRAP = 1000

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CohenKappa:
    """Two coders: plain, linearly and quadratically weighted κ, over ``units`` coded by both.

    Weighted figures need ordered values and are ``None`` for the nominal metric.
    """

    unweighted: float | None
    linear: float | None
    quadratic: float | None
    units: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """``label``: ``reliable`` (α ≥ .800), ``tentative`` (≥ .667), ``not reliable`` or ``None``."""

    metric: Metric
    krippendorff_alpha: float | None
    interval: Interval | None
    label: str | None
    fleiss_kappa: float | None
    cohen_kappa: CohenKappa | None
    coders: int
    units: int
    pairable_units: int
    values: int
    warnings: tuple[Doubt, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Codings:
    """Pairable codings as indices: ``unit[i]`` gave category ``code[i]`` of ``scale``."""

    unit: Ints
    code: Ints
    scale: Floats  # the categories as numbers, ascending; positions for nominal values
    n_units: int


def agreement(
    units: Sequence[str],
    coders: Sequence[str],
    values: Sequence[str] | npt.ArrayLike,
    *,
    metric: Metric = "nominal",
    bootstrap: int = BOOTSTRAP,
    seed: int = 0,
) -> Agreement:
    """All coefficients of one set of codings.

    ``values`` are words for the nominal metric, finite numbers for the others (ratio: none
    negative). One row a unit and coder. The interval is the 2.5–97.5 % percentile interval of
    ``bootstrap`` resamples of units (0: none), with ``seed``.

    α = 1 − D_o / D_e with D_o the mean squared difference within units and D_e that between all
    pairable values; differences by metric as in :func:`krippendorff_alpha`. Hayes & Krippendorff
    (2007) bootstrap; units are resampled here, both D_o and D_e anew, because resampling
    pairs with D_e fixed gives intervals that are too narrow (Zapf et al. 2016).

    Raises :class:`ValueError` for lists of unequal length, a unit coded twice by one coder, a
    value that is not a number where one is needed, or a negative value with the ratio metric.

    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. Hayes, A. F. &
    Krippendorff, K. (2007). Answering the call for a standard reliability measure for coding
    data. Communication Methods and Measures 1, 77–89. Zapf, A. et al. (2016). Measuring
    inter-rater reliability for nominal data: which coefficients and confidence intervals are
    appropriate? BMC Medical Research Methodology 16:93.
    """
    u_names, unit = np.unique(np.asarray(units, dtype=str), return_inverse=True)
    c_names, coder = np.unique(np.asarray(coders, dtype=str), return_inverse=True)
    scale, code = _scale(values, metric)
    if not len(unit) == len(coder) == len(code):
        raise ValueError("unit, coder and value must be of equal length")
    pairs = unit.astype(np.int64) * max(len(c_names), 1) + coder
    if np.unique(pairs).size != pairs.size:
        raise ValueError("a coder coded a unit twice")
    doubts: list[Doubt] = []
    data = _pairable(unit, code, scale, len(u_names))
    alone = len(u_names) - data.n_units
    if alone:
        doubts.append(Doubt("agreement_units_unpaired", {"n": alone}))
    alpha, interval = None, None
    if data.n_units == 0:
        doubts.append(Doubt("agreement_no_pairs"))
    else:
        alpha = _alpha(data, metric)
        if alpha is None:
            doubts.append(Doubt("agreement_no_variation"))
        elif bootstrap > 0:
            interval, skipped = _bootstrap(data, metric, bootstrap, seed)
            if skipped > bootstrap * 0.01:
                doubts.append(Doubt("bootstrap_degenerate", {"n": skipped, "of": bootstrap}))
            if data.n_units < FEW_UNITS:
                doubts.append(
                    Doubt("agreement_few_units", {"n": data.n_units, "needed": FEW_UNITS})
                )
    table = _counts(unit, code, len(u_names), len(scale))
    per_unit = table.sum(axis=1)
    fleiss = None
    if per_unit.size and per_unit.min() == per_unit.max() and per_unit.min() >= 2:
        fleiss = fleiss_kappa(table)
    elif per_unit.size and data.n_units:
        doubts.append(Doubt("fleiss_unequal"))
    cohen = _cohen(unit, coder, code, scale, metric) if len(c_names) == 2 else None
    return Agreement(
        metric, alpha, interval, label_of(alpha), fleiss, cohen, len(c_names), len(u_names),
        data.n_units, len(scale), tuple(doubts),
    )  # fmt: skip


def label_of(alpha: float | None) -> str | None:
    """``reliable`` from .800, ``tentative`` from .667 (Krippendorff 2004), else not reliable."""
    if alpha is None:
        return None
    if alpha >= RELIABLE:
        return "reliable"
    return "tentative" if alpha >= TENTATIVE else "not reliable"


def krippendorff_alpha(
    units: Sequence[str], values: Sequence[str] | npt.ArrayLike, metric: Metric = "nominal"
) -> float | None:
    """α alone (see :func:`agreement`), from the unit and value of every coding.

    Squared differences: nominal 0 or 1; ordinal the difference of mid-ranks among all pairable
    values (``Σ_{g=c..k} n_g − (n_c + n_k)/2``); interval (c − k)²; ratio ((c − k)/(c + k))².
    ``None`` when no unit holds a pair or all pairable values are alike.
    """
    names, unit = np.unique(np.asarray(units, dtype=str), return_inverse=True)
    scale, code = _scale(values, metric)
    data = _pairable(unit, code, scale, len(names))
    return _alpha(data, metric) if data.n_units else None


def fleiss_kappa(table: npt.ArrayLike) -> float | None:
    """Fleiss' κ of a table units × categories whose rows sum to the same number of coders m.

    ``(P̄ − P_e) / (1 − P_e)`` with ``P̄`` the mean of ``(Σ n² − m) / (m(m−1))`` and ``P_e = Σ p²``.
    ``None`` when all codes are alike. Raises :class:`ValueError` for unequal rows or m < 2.

    Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological
    Bulletin 76, 378–382.
    """
    counts = np.asarray(table, dtype=np.float64)
    sums = counts.sum(axis=1)
    if counts.size == 0 or sums.min() != sums.max() or sums[0] < 2:
        raise ValueError("every unit needs the same number (two or more) of codings")
    m = sums[0]
    observed = float(((counts**2).sum(axis=1) - m).mean() / (m * (m - 1)))
    expected = float(((counts.sum(axis=0) / counts.sum()) ** 2).sum())
    return None if np.isclose(expected, 1.0) else (observed - expected) / (1 - expected)


def cohen_kappa(
    table: npt.ArrayLike,
    weights: Literal["none", "linear", "quadratic"] = "none",
    scale: Sequence[float] | None = None,
) -> float | None:
    """Cohen's κ of a square table of two coders: ``1 − Σ w p / Σ w p_row p_column``.

    Disagreement weights w: 0/1; |i − j|; (i − j)², on ``scale`` (default 0, 1, 2 …). ``None``
    when no disagreement is expected (both coders use one and the same category).

    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
    Measurement 20, 37–46. Cohen, J. (1968). Weighted kappa. Psychological Bulletin 70, 213–220.
    """
    p = np.asarray(table, dtype=np.float64)
    at = np.arange(len(p), dtype=np.float64) if scale is None else np.asarray(scale, np.float64)
    gap = np.abs(at[:, None] - at[None, :])
    w = {"none": (gap > 0).astype(np.float64), "linear": gap, "quadratic": gap**2}[weights]
    if p.sum() == 0:
        return None
    p = p / p.sum()
    expected = float((w * np.outer(p.sum(axis=1), p.sum(axis=0))).sum())
    return None if expected == 0 else 1 - float((w * p).sum()) / expected


def _scale(values: Sequence[str] | npt.ArrayLike, metric: Metric) -> tuple[Floats, Ints]:
    """Categories in order, and the position of each value among them."""
    if metric == "nominal":
        words, code = np.unique(np.asarray(values, dtype=str), return_inverse=True)
        return np.arange(len(words), dtype=np.float64), code.astype(np.int64)
    numbers = np.asarray(values, dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise ValueError("values must be finite numbers")
    if metric == "ratio" and (numbers < 0).any():
        raise ValueError("the ratio metric takes no negative values")
    scale, code = np.unique(numbers, return_inverse=True)
    return scale, code.astype(np.int64)


def _pairable(unit: npt.NDArray[np.intp], code: Ints, scale: Floats, n_units: int) -> _Codings:
    """Only units with two values or more, renumbered; categories no longer used are dropped."""
    m = np.bincount(unit, minlength=n_units)
    keep = m[unit] >= 2 if unit.size else np.zeros(0, dtype=np.bool_)
    _, renumbered = np.unique(unit[keep], return_inverse=True)
    used, recoded = np.unique(code[keep], return_inverse=True)
    return _Codings(
        renumbered.astype(np.int64), recoded.astype(np.int64), scale[used], int((m >= 2).sum())
    )


def _counts(unit: npt.NDArray[np.intp] | Ints, code: Ints, n_units: int, n_codes: int) -> Ints:
    flat = np.bincount(unit * max(n_codes, 1) + code, minlength=n_units * n_codes)
    return flat.reshape(n_units, n_codes).astype(np.int64)


def _midranks(counts: Floats) -> Floats:
    """Mid-rank of each category (last axis) given how often each occurs."""
    return np.asarray(np.cumsum(counts, axis=-1) - counts / 2, dtype=np.float64)


def _alpha(data: _Codings, metric: Metric) -> float | None:
    weights = np.ones((1, data.n_units))
    alphas = _alphas(data, metric, weights)
    return None if np.isnan(alphas[0]) else float(alphas[0])


def _alphas(data: _Codings, metric: Metric, weights: Floats) -> Floats:
    """α for each row of ``weights`` (how often each unit is drawn); ``nan`` without variation.

    Differences of positions (ordinal, interval) need sums of x and x² only, since
    ``Σ_{i≠j} (x_i − x_j)² = 2 (m Σ x² − (Σ x)²)``. That keeps 10,000 units in memory.
    """
    size = np.bincount(data.unit, minlength=data.n_units).astype(np.float64)
    n = weights @ size
    if metric == "interval":
        centred = data.scale - data.scale.mean()
        observed = weights @ _within(data, centred, size)
        s1 = weights @ np.bincount(data.unit, centred[data.code], data.n_units)
        s2 = weights @ np.bincount(data.unit, centred[data.code] ** 2, data.n_units)
        expected = 2 * (n * s2 - s1**2)
    else:
        # How often each category occurs in each resample, without a dense units × categories.
        pooled = np.stack(
            [np.bincount(data.code, row[data.unit], len(data.scale)) for row in weights]
        ).astype(np.float64)
        if metric == "nominal":
            table = _pair_sums_nominal(data)
            observed = weights @ (table / (size - 1))
            expected = n**2 - (pooled**2).sum(axis=1)
        elif metric == "ordinal":
            ranks = _midranks(pooled)
            # Centring keeps the difference of two large sums exact.
            ranks -= (n / 2)[:, None]
            observed = np.array(
                [row @ _within(data, r, size) for row, r in zip(weights, ranks, strict=True)]
            )
            expected = 2 * (
                n * (pooled * ranks**2).sum(axis=1) - ((pooled * ranks).sum(axis=1)) ** 2
            )
        else:
            observed = weights @ (_pair_sums_ratio(data) / (size - 1))
            expected = _expected_ratio(pooled, data.scale)
    varied = expected > 1e-12 * np.maximum(n, 1.0)
    ratio = (n - 1) * observed / np.where(varied, expected, 1.0)
    return np.where(varied, 1 - ratio, np.nan)


def _within(data: _Codings, position: Floats, size: Floats) -> Floats:
    """Σ over ordered pairs of a unit of squared differences, over (m − 1), for each unit."""
    x = position[data.code]
    s1 = np.bincount(data.unit, x, data.n_units)
    # Around the unit's own mean the sum of squares loses no digits.
    deviation = x - (s1 / size)[data.unit]
    s2 = np.bincount(data.unit, deviation**2, data.n_units)
    return np.asarray(2 * size * s2 / (size - 1), dtype=np.float64)


def _pair_sums_nominal(data: _Codings) -> Floats:
    size = np.bincount(data.unit, minlength=data.n_units).astype(np.float64)
    key, times = np.unique(data.unit * len(data.scale) + data.code, return_counts=True)
    same = np.bincount(key // len(data.scale), times.astype(np.float64) ** 2, data.n_units)
    return np.asarray(size**2 - same, dtype=np.float64)


def _pair_sums_ratio(data: _Codings) -> Floats:
    """Σ over ordered pairs of ((a − b)/(a + b))² in each unit, by distance in the sorted list."""
    order = np.argsort(data.unit, kind="stable")
    unit, x = data.unit[order], data.scale[data.code[order]]
    out = np.zeros(data.n_units)
    for step in range(1, int(np.bincount(unit).max())):
        same = unit[step:] == unit[:-step]
        d = _ratio_difference(x[step:][same], x[:-step][same])
        out += 2 * np.bincount(unit[step:][same], d, data.n_units)
    return out


def _ratio_difference(a: Floats, b: Floats) -> Floats:
    total = a + b
    safe = np.where(total > 0, total, 1.0)
    return np.asarray(np.where(total > 0, ((a - b) / safe) ** 2, 0.0), dtype=np.float64)


def _expected_ratio(pooled: Floats, scale: Floats) -> Floats:
    out = np.zeros(len(pooled))
    for start in range(0, len(scale), 512):  # a block of the categories × categories table
        block = slice(start, start + 512)
        delta = _ratio_difference(scale[block, None], scale[None, :])
        out += ((pooled @ delta.T) * pooled[:, block]).sum(axis=1)
    return out


def _bootstrap(
    data: _Codings, metric: Metric, resamples: int, seed: int
) -> tuple[Interval | None, int]:
    """Percentile interval over resampled units, and how many resamples had no variation."""
    rng = np.random.default_rng(seed)
    found = []
    rows = max(1, min(resamples, 2_000_000 // max(data.n_units, 1)))
    for start in range(0, resamples, rows):
        k = min(rows, resamples - start)
        drawn = rng.integers(0, data.n_units, size=(k, data.n_units))
        drawn += np.arange(k)[:, None] * data.n_units
        weights = np.bincount(drawn.ravel(), minlength=k * data.n_units)
        found.append(_alphas(data, metric, weights.reshape(k, -1).astype(np.float64)))
    alphas = np.concatenate(found)
    usable = alphas[~np.isnan(alphas)]
    skipped = int(alphas.size - usable.size)
    if usable.size < 2:
        return None, skipped
    lo, hi = np.quantile(usable, [0.025, 0.975])
    return (float(lo), float(hi)), skipped


def _cohen(
    unit: npt.NDArray[np.intp], coder: npt.NDArray[np.intp], code: Ints, scale: Floats,
    metric: Metric,
) -> CohenKappa:  # fmt: skip
    given = [dict(zip(unit[coder == c], code[coder == c], strict=True)) for c in (0, 1)]
    both = sorted(given[0].keys() & given[1].keys())
    table = np.zeros((len(scale), len(scale)))
    np.add.at(table, ([given[0][u] for u in both], [given[1][u] for u in both]), 1)
    if not both:
        return CohenKappa(None, None, None, 0)
    # Ordinal categories are one step apart; interval and ratio values as far as they are.
    at = None if metric == "ordinal" else list(scale)
    weighted = metric != "nominal"
    return CohenKappa(
        cohen_kappa(table),
        cohen_kappa(table, "linear", at) if weighted else None,
        cohen_kappa(table, "quadratic", at) if weighted else None,
        len(both),
    )
