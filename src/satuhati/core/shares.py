"""Shares of many groups at once, with intervals that know that people come in clusters.

Answers of one member at many meetings, or of neighbours in one RT, resemble each other; a
binomial interval that counts each row as new information is too narrow. The share's variance is
therefore taken between clusters (linearised ratio), turned into an effective sample size, and
put into Wilson's interval.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from satuhati.core.intervals import t_quantile, wilson_bounds

Floats = npt.NDArray[np.float64]


def effective_size(
    n: npt.ArrayLike, share: npt.ArrayLike, variance: npt.ArrayLike, clusters: npt.ArrayLike
) -> Floats:
    """The number of independent answers that would be as informative as n clustered ones.

    ``n* = min(n, p(1−p)/v) × (t(n−1) / t(k−1))²`` with v the variance of the share between k
    clusters and t the 97.5 % points of Student's distribution (k clusters tell a variance with
    k − 1 degrees of freedom only). Rules at the edge: no gain is claimed (n* never exceeds n);
    where all answers are alike (p = 0 or 1) v says nothing and the first factor is n; a single
    cluster counts as one answer.

    Korn, E. L. & Graubard, B. I. (1998). Confidence intervals for proportions with small
    expected number of positive counts estimated from survey data. Survey Methodology 24, 193–201.
    """
    size, p, v, k = np.broadcast_arrays(
        np.asarray(n, dtype=np.float64),
        np.asarray(share, dtype=np.float64),
        np.asarray(variance, dtype=np.float64),
        np.asarray(clusters, dtype=np.float64),
    )
    spread = p * (1 - p)
    # Compared before it is divided: a tiny variance must not overflow.
    lost = (spread > 0) & (spread < size * v)
    raw = np.where(lost, spread / np.where(lost, v, 1.0), size)
    several = k >= 2
    t_rows = t_quantile(np.maximum(size - 1, 1.0))
    t_clusters = t_quantile(np.maximum(k - 1, 1.0))
    shrink = np.minimum((t_rows / t_clusters) ** 2, 1.0)
    out = np.where(several, raw * shrink, np.minimum(size, 1.0))
    return np.asarray(out, dtype=np.float64)


def share_with_clusters(
    frame: pl.DataFrame,
    by: Sequence[str],
    success: str,
    cluster: str,
    *,
    trials: str | None = None,
) -> pl.DataFrame:
    """Share of successes per group, with an interval in which the clusters are independent.

    ``frame`` has the columns ``by``, ``cluster`` and ``success`` (true/false or 0/1, one row a
    trial; or, with ``trials``, counts of successes and of trials). Rows where either is null are
    left out. Returns a row per group, sorted: ``by…, n`` (trials), ``successes``, ``clusters``,
    ``value``, ``lo``, ``hi`` (proportions; null where n = 0), ``deff`` (variance between clusters
    over p(1−p)/n; null where it cannot be told), ``n_effective``.

    With yᵢ successes of mᵢ trials in cluster i of k, n = Σ mᵢ and p = Σ yᵢ / n, the linearised
    variance of the ratio is ``k/(k−1) Σ (yᵢ − p mᵢ)² / n²`` (clusters drawn with replacement);
    see :func:`effective_size` for what follows, and its citation.

    Raises :class:`polars.exceptions.ColumnNotFoundError` when a column is not there.
    """
    keys = list(by)
    m = pl.lit(1.0) if trials is None else pl.col(trials).cast(pl.Float64)
    rows = frame.select(
        *keys, cluster, pl.col(success).cast(pl.Float64).alias("_y"), m.alias("_m")
    ).filter(pl.col("_y").is_not_null() & pl.col("_m").is_not_null())
    per_cluster = rows.group_by([*keys, cluster], maintain_order=True).agg(
        pl.col("_y").sum(), pl.col("_m").sum()
    )
    # Sorted, so that sums of floats do not depend on the order of the rows.
    per_cluster = per_cluster.filter(pl.col("_m") > 0).sort([*keys, cluster], nulls_last=True)
    over: list[str | pl.Expr] = [*keys] if keys else [pl.lit(0)]
    per_cluster = per_cluster.with_columns(
        (pl.col("_y").sum().over(over) / pl.col("_m").sum().over(over)).alias("_p")
    )
    aggregates = [
        pl.col("_m").sum().alias("n"),
        pl.col("_y").sum().alias("successes"),
        pl.len().cast(pl.Int64).alias("clusters"),
        ((pl.col("_y") - pl.col("_p") * pl.col("_m")) ** 2).sum().alias("_ss"),
    ]
    totals = (
        per_cluster.group_by(keys, maintain_order=True).agg(aggregates)
        if keys
        else per_cluster.select(aggregates)
    )
    n = totals["n"].to_numpy().astype(np.float64)
    k = totals["clusters"].to_numpy().astype(np.float64)
    y = totals["successes"].to_numpy().astype(np.float64)
    ss = totals["_ss"].to_numpy().astype(np.float64)
    safe = np.maximum(n, 1e-300)
    p = np.where(n > 0, y / safe, np.nan)
    variance = np.where(k >= 2, k / np.maximum(k - 1, 1) * ss / np.maximum(n, 1) ** 2, np.nan)
    spread = p * (1 - p)
    told = (k >= 2) & (spread > 0)
    deff = np.where(told, variance * n / np.where(told, spread, 1.0), np.nan)
    n_eff = effective_size(n, p, np.nan_to_num(variance), k)
    lo, hi = wilson_bounds(y, n, deff=np.where(n > 0, n / np.maximum(n_eff, 1e-300), 1.0))
    columns = {
        "n": pl.Series(n).cast(pl.Int64, strict=False),
        "successes": pl.Series(y),
        "value": pl.Series(p).fill_nan(None),
        "lo": pl.Series(lo).fill_nan(None),
        "hi": pl.Series(hi).fill_nan(None),
        "deff": pl.Series(deff).fill_nan(None),
        "n_effective": pl.Series(n_eff).fill_nan(None),
    }
    return totals.with_columns(s.alias(name) for name, s in columns.items()).select(
        *keys, "n", "successes", "clusters", "value", "lo", "hi", "deff", "n_effective"
    )


def plain_shares(frame: pl.DataFrame, successes: str, trials: str) -> pl.DataFrame:
    """``frame`` with ``value``, ``lo``, ``hi``: Wilson's interval of two columns of counts."""
    y = frame[successes].cast(pl.Float64).fill_null(np.nan).to_numpy()
    n = frame[trials].cast(pl.Float64).fill_null(np.nan).to_numpy()
    known = np.isfinite(y) & np.isfinite(n) & (n > 0)
    lo, hi = wilson_bounds(np.where(known, y, 0.0), np.where(known, n, 0.0))
    value = np.where(known, y / np.where(known, n, 1.0), np.nan)
    return frame.with_columns(
        pl.Series("value", value, dtype=pl.Float64).fill_nan(None),
        pl.Series("lo", lo, dtype=pl.Float64).fill_nan(None),
        pl.Series("hi", hi, dtype=pl.Float64).fill_nan(None),
    )
