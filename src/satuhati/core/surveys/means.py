"""Means of scores with their sampling design: weights, strata, clusters, finite population.

The estimator is the ratio mean with the variance of its linearisation, as R's ``survey`` has it,
once for one sample (:func:`design_mean`) and once for all communities at once
(:func:`group_means`). Both give the same figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from satuhati.core.intervals import LEVEL, t_interval, t_quantile, wilson
from satuhati.core.results import Estimate, Interval
from satuhati.core.shares import effective_size
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
METHOD = "mean, linearised variance, t interval"
RELATIVE = 1.5
"""Weights of a lower mean are relative: they do not add up to the people they stand for."""


@dataclass(frozen=True, slots=True)
class DesignMean:
    """A mean under a sampling design, in the unit of the values.

    ``n`` answers; ``df`` = clusters - strata; ``deff`` the ratio of the variance to that of a
    simple random sample of the same size. ``se``, ``interval`` and ``deff`` are ``None`` where
    they cannot be had; in a census ``se`` is 0 and there is no interval.
    """

    value: float | None
    se: float | None
    interval: Interval | None
    df: int
    deff: float | None
    n: int
    warnings: tuple[Doubt, ...] = ()


def mean_estimate(
    values: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    strata: Sequence[object] | npt.NDArray[np.generic] | None = None,
    clusters: Sequence[object] | npt.NDArray[np.generic] | None = None,
    population: npt.ArrayLike | None = None,
) -> Estimate:
    """:func:`design_mean` as a plain :class:`Estimate`."""
    found = design_mean(values, weights, strata, clusters, population)
    return Estimate(found.value, found.interval, found.n, METHOD, found.warnings)


def design_mean(
    values: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    strata: Sequence[object] | npt.NDArray[np.generic] | None = None,
    clusters: Sequence[object] | npt.NDArray[np.generic] | None = None,
    population: npt.ArrayLike | None = None,
    *,
    level: float = LEVEL,
) -> DesignMean:
    """The mean of n values with its design-based standard error and t interval.

    ȳ = Σwy/Σw. With z_i = w_i (y_i - ȳ)/Σw summed within clusters (a person is a cluster of one
    where ``clusters`` is not given), n_h clusters in stratum h and f_h = n_h/N_h::

        var = Σ_h (1 - f_h) · n_h/(n_h - 1) · Σ_c (z_hc - z̄_h)²,   df = Σ n_h - strata

    A missing (``nan``) value or weight leaves the row out. ``population``: one number, the
    clusters (persons) in the whole population, which gives one f for all strata; or one number
    per row, those in the row's stratum (the ``fpc`` of R's ``svydesign``). Clusters are told
    apart within their stratum. A stratum with one sampled cluster takes its deviation from the
    overall mean (R's ``survey.lonely.psu = "adjust"``), with a doubt. When nobody is left
    unasked it is a census: no interval, with a doubt.

    Not clipped to any scale. Raises ``ValueError`` for lengths that differ, or a weight or
    population that is not positive. Reference: ``survey::svymean``. Woodruff 1971, JASA 66(334);
    Lumley 2010, Complex Surveys, ch. 2.
    """
    y = np.asarray(values, dtype=np.float64)
    if y.ndim != 1:
        raise ValueError("values must be one column")
    w = np.ones_like(y) if weights is None else np.asarray(weights, dtype=np.float64)
    for given in (w, strata, clusters):
        if given is not None and len(given) != len(y):
            raise ValueError("weights, strata and clusters must be as long as the values")
    if np.any(w <= 0):
        raise ValueError("weights must be positive")
    kept = ~(np.isnan(y) | np.isnan(w))
    y, w = y[kept], w[kept]
    n = len(y)
    if n == 0:
        few = Doubt("too_few", {"n": 0, "needed": 1})
        return DesignMean(None, None, None, 0, None, 0, (few,))

    stratum = np.zeros(n, np.int64) if strata is None else _codes(strata, kept)
    within = np.arange(n) if clusters is None else _codes(clusters, kept)
    pair, cluster = np.unique(np.stack([stratum, within]), axis=1, return_inverse=True)
    cluster = cluster.reshape(-1)
    stratum_of = pair[0]
    n_clusters = stratum_of.size
    n_h = np.bincount(stratum_of).astype(np.float64)
    f_h = _fractions(population, kept, stratum, n_h, n_clusters)

    W = float(w.sum())
    value = float(w @ y) / W
    z = np.bincount(cluster, weights=w * (y - value) / W)
    middle = np.bincount(stratum_of, weights=z) / n_h
    middle[n_h == 1] = 0.0  # Σz = 0: the overall mean of the deviations
    squares = np.bincount(stratum_of, weights=(z - middle[stratum_of]) ** 2)
    lonely = (n_h == 1) & (f_h < 1)
    scale = np.where(n_h > 1, n_h / np.maximum(n_h - 1, 1), 1.0)
    se = float(np.sqrt(np.sum(np.maximum(1 - f_h, 0) * scale * squares)))
    df = n_clusters - n_h.size

    warnings: list[Doubt] = []
    if np.any(f_h > 1) and population is not None:
        N = np.asarray(population, dtype=np.float64)
        shown = f"{float(np.nanmin(N)):g}"
        warnings.append(Doubt("mean_census_exceeded", {"n": n_clusters, "population": shown}))
    if np.all(f_h >= 1):
        return DesignMean(value, 0.0, None, df, None, n, (*warnings, Doubt("census")))
    if df < 1:
        few = Doubt("too_few", {"n": n_clusters, "needed": n_h.size + 1})
        return DesignMean(value, None, None, df, None, n, (*warnings, few))
    if lonely.any():
        warnings.append(Doubt("mean_lonely_cluster", {"n": int(lonely.sum())}))
    if y.min() == y.max():
        se = 0.0  # not the rounding of equal values
        warnings.append(Doubt("mean_no_variation"))
    return DesignMean(
        value=value,
        se=se,
        interval=t_interval(value, se, df, level),
        df=df,
        deff=_deff(y, w, value, se, f_h),
        n=n,
        warnings=tuple(warnings),
    )


def design_share(
    success: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    strata: Sequence[object] | npt.NDArray[np.generic] | None = None,
    clusters: Sequence[object] | npt.NDArray[np.generic] | None = None,
    population: npt.ArrayLike | None = None,
) -> DesignMean:
    """The share (0-1) of n answers that are 1 and not 0, with Wilson's interval.

    Share, error and degrees of freedom are those of :func:`design_mean`; Wilson's interval takes
    the answers that independent ones would have to be to be as informative,
    n* = min(n, p(1-p)/var) · (t(n-1)/t(df))² (Korn & Graubard 1998, Survey Methodology 24), so that
    it never leaves 0-1; a simple random sample has the plain one. Raises ``ValueError`` for values
    other than 0 and 1.
    """
    y = np.asarray(success, dtype=np.float64)
    known = y[~np.isnan(y)]
    if np.any((known != 0) & (known != 1)):
        raise ValueError("a share needs values of 0 and 1")
    found = design_mean(y, weights, strata, clusters, population)
    kept = tuple(d for d in found.warnings if d.code != "mean_no_variation")
    if found.value is None or found.interval is None or found.se is None:
        return replace(found, warnings=kept)
    p = min(max(found.value, 0.0), 1.0)
    whole = None if population is None else np.asarray(population, dtype=np.float64)
    simple = weights is None and strata is None and clusters is None
    if simple and (whole is None or whole.ndim == 0):
        N = None if whole is None else float(whole)
        return replace(found, interval=wilson(p * found.n, found.n, N), warnings=kept)
    independent = float(effective_size(found.n, p, found.se**2, found.df + 1))
    interval = wilson(p * independent, independent)
    return replace(found, value=p, interval=interval, warnings=kept)


def _codes(
    labels: Sequence[object] | npt.NDArray[np.generic], kept: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int64]:
    """Labels of any kind as 0..m-1 among the rows kept, in order of first appearance."""
    seen: dict[object, int] = {}
    chosen = (label for label, keep in zip(list(labels), kept, strict=True) if keep)
    return np.array([seen.setdefault(label, len(seen)) for label in chosen], dtype=np.int64)


def _fractions(
    population: npt.ArrayLike | None,
    kept: npt.NDArray[np.bool_],
    stratum: npt.NDArray[np.int64],
    n_h: FloatArray,
    n_clusters: int,
) -> FloatArray:
    """Sampling fraction of each stratum; above 1 where the population given is too small."""
    if population is None:
        return np.zeros_like(n_h)
    N = np.asarray(population, dtype=np.float64)
    if np.any(~(N > 0)):
        raise ValueError("the population must be positive")
    if N.ndim == 0:
        return np.full_like(n_h, n_clusters / float(N))
    if N.shape != kept.shape:
        raise ValueError("population must be one number, or one per value")
    of_stratum = np.zeros_like(n_h)
    of_stratum[stratum] = N[kept]
    if np.any(of_stratum[stratum] != N[kept]):
        raise ValueError("population must be the same throughout a stratum")
    return n_h / of_stratum


def _deff(
    y: FloatArray,
    w: FloatArray,
    mean: float,
    se: float,
    f_h: FloatArray,
) -> float | None:
    """Variance over that of a simple random sample of n persons from the same population.

    The population variance is estimated with the weights. Weights that add up to more than n
    (as sampling weights do) say how many persons there are, as in R's ``svymean(deff = TRUE)``.
    Weights around 1 say how answers count, not how many people they stand for: as totals they
    would be a population hardly larger than the sample, and the effect hundreds. Then the sampling
    fraction of the design stands in, as in ``svymean(deff = "replace")`` where there is none.
    """
    n, W = len(y), float(w.sum())
    if n < 2:
        return None
    spread = float(w @ (y - mean) ** 2) / W * n / (n - 1)
    known = W >= RELATIVE * n
    rest = 1 - n / W if known else 1 - float(np.mean(f_h))
    simple = rest * spread / n
    return se**2 / simple if simple > 0 else None


def group_means(
    frame: pl.DataFrame,
    by: Sequence[str],
    value: str,
    weight: str | None = None,
    stratum: str | None = None,
    cluster: str | None = None,
    population: str | None = None,
    *,
    level: float = LEVEL,
) -> pl.DataFrame:
    """:func:`design_mean` of every group at once, without a loop over groups.

    One row per group, sorted by ``by``: ``n`` answers, ``value``, ``lo``, ``hi``, ``df``, ``se``,
    ``census`` (nobody left unasked: no interval), ``lonely`` (strata with a single cluster). A
    group whose values are all missing has n = 0 and nulls. ``population`` is a column holding
    the number of clusters (persons) in the row's stratum, or group where there are no strata;
    null where it is not known. Rows with a null or ``nan`` value or weight are left out.
    """
    keys = list(by)
    rows = frame.select(
        *keys,
        pl.col(value).cast(pl.Float64).fill_nan(None).alias("_y"),
        (pl.col(weight).cast(pl.Float64).fill_nan(None) if weight else pl.lit(1.0)).alias("_w"),
        (pl.col(stratum) if stratum else pl.lit(0)).alias("_h"),
        (pl.col(cluster) if cluster else pl.int_range(pl.len())).alias("_c"),
        (pl.col(population).cast(pl.Float64) if population else pl.lit(None, pl.Float64)).alias(
            "_N"
        ),
    )
    every = rows.select(keys).unique()
    rows = rows.filter(pl.col("_y").is_not_null() & pl.col("_w").is_not_null())
    W = pl.col("_w").sum()
    rows = rows.with_columns(
        ((pl.col("_w") * pl.col("_y")).sum() / W).over(keys).alias("_mean"),
        W.over(keys).alias("_W"),
    ).with_columns(
        (pl.col("_w") * (pl.col("_y") - pl.col("_mean")) / pl.col("_W")).alias("_z"),
    )
    of_clusters = rows.group_by([*keys, "_h", "_c"], maintain_order=True).agg(
        pl.col("_z").sum(),
        pl.len().alias("_n"),
        pl.col("_mean").first(),
        pl.col("_N").first(),
        pl.col("_y").min().alias("_least"),
        pl.col("_y").max().alias("_most"),
    )
    centre = pl.when(pl.len() > 1).then(pl.col("_z").mean()).otherwise(0.0)
    of_strata = of_clusters.group_by([*keys, "_h"], maintain_order=True).agg(
        pl.len().alias("_m"),
        ((pl.col("_z") - centre) ** 2).sum().alias("_ss"),
        pl.col("_n").sum(),
        pl.col("_mean").first(),
        (pl.len() / pl.col("_N").first()).fill_null(0.0).alias("_f"),
        pl.col("_least").min(),
        pl.col("_most").max(),
    )
    m = pl.col("_m")
    scale = pl.when(m > 1).then(m / (m - 1)).otherwise(1.0)
    rest = (1 - pl.col("_f")).clip(lower_bound=0)
    groups = of_strata.group_by(keys, maintain_order=True).agg(
        pl.col("_n").sum().cast(pl.Int64).alias("n"),
        pl.col("_mean").first().alias("value"),
        (rest * scale * pl.col("_ss")).sum().sqrt().alias("se"),
        (m.sum().cast(pl.Int64) - pl.len().cast(pl.Int64)).alias("df"),
        (pl.col("_f") >= 1).all().alias("census"),
        ((m == 1) & (pl.col("_f") < 1)).sum().cast(pl.Int64).alias("lonely"),
        (pl.col("_least").min() == pl.col("_most").max()).alias("_equal"),
    )
    t = t_quantile(groups["df"].to_numpy(), level)
    half = pl.col("se") * pl.Series("_t", t, dtype=pl.Float64).fill_nan(None)
    shown = ~pl.col("census")
    return (
        groups.with_columns(
            se=pl.when(pl.col("census") | (pl.col("_equal") & (pl.col("df") > 0)))
            .then(0.0)
            .when(pl.col("df") > 0)
            .then(pl.col("se"))
        )
        .with_columns(
            lo=pl.when(shown).then(pl.col("value") - half),
            hi=pl.when(shown).then(pl.col("value") + half),
        )
        .join(every, on=keys, how="right", nulls_equal=True)
        .with_columns(
            pl.col("n", "df", "lonely").fill_null(0),
            pl.col("census").fill_null(False),
        )
        .select(*keys, "n", "value", "lo", "hi", "df", "se", "census", "lonely")
        .sort(keys)
    )
