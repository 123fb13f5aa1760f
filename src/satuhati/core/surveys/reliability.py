"""Reliability of scales: alpha with its interval, omega, and what each item contributes.

All but omega comes from one matrix of pairwise covariances per scale, read off for all items at
once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from satuhati.core.results import Interval
from satuhati.core.surveys.factoring import minres, schmid_leiman
from satuhati.core.surveys.moments import pairwise_correlation, pairwise_moments
from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.scoring import response_range
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
Missing = Literal["pairwise", "listwise"]

# Three group factors of three items each. With six items they are only just identified and the
# answer depends on where the optimiser stops (psych .355, ours .387 on the same six).
MIN_ITEMS_HIERARCHICAL = 9


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item within its scale, after turning a reversed one.

    ``r_rest``: correlation with the sum of the other items. ``alpha_if_dropped``: alpha of the
    others. ``mean`` and ``sd`` in the unit of the response scale; ``missing`` is a share (0-1);
    ``n`` persons answered. ``None`` where it cannot be had.
    """

    r_rest: float | None
    alpha_if_dropped: float | None
    mean: float | None
    sd: float | None
    missing: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """Reliability of one scale.

    ``n`` persons answered at least one item (``listwise``: all of them). ``n_items`` counts the
    items used; items that never vary are left out, with a doubt. ``omega_model`` says which
    factor model ``omega_total`` and ``omega_hierarchical`` come from.
    """

    n: int
    n_items: int
    alpha: float | None
    alpha_interval: Interval | None
    alpha_standardized: float | None
    spearman_brown: float | None
    omega_total: float | None
    omega_hierarchical: float | None
    omega_unidimensional: float | None
    omega_model: str | None
    items: Mapping[str, ItemStatistics]
    missing_method: Missing
    warnings: tuple[Doubt, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Omega:
    """Coefficients omega of one correlation matrix; see :func:`omega`."""

    total: float | None
    hierarchical: float | None
    unidimensional: float | None
    model: str | None
    warnings: tuple[Doubt, ...] = ()


def cronbach_alpha(cov: FloatArray) -> float | None:
    """Alpha = k/(k-1) · (1 - tr C / ΣC) of a k x k covariance (or correlation) matrix.

    ``None`` below two items, with missing covariances, or when the total has no variance.
    Cronbach, 1951, Psychometrika 16(3).
    """
    k = cov.shape[0]
    total = float(cov.sum())
    if k < 2 or not np.isfinite(total) or total <= 0:
        return None
    return float(k / (k - 1) * (1 - float(np.trace(cov)) / total))


def feldt_interval(alpha: float, n: int, k: int, level: float = 0.95) -> Interval | None:
    """Feldt's exact interval of alpha: 1 - (1 - α) F, with n - 1 and (n - 1)(k - 1) df.

    ``None`` below two persons or two items. Feldt, 1965, Psychometrika 30(3); Feldt, Woodruff &
    Salih, 1987, Applied Psychological Measurement 11(1).
    """
    if n < 2 or k < 2:
        return None
    df1, df2 = n - 1, (n - 1) * (k - 1)
    tail = (1 - level) / 2
    lower = 1 - (1 - alpha) * float(special.fdtri(df1, df2, 1 - tail))
    upper = 1 - (1 - alpha) * float(special.fdtri(df1, df2, tail))
    return lower, upper


def spearman_brown(r: float, factor: float = 2.0) -> float:
    """Reliability of a test ``factor`` times as long: f r / (1 + (f - 1) r).

    For two items of correlation r this, not alpha, is the reliability to report (Eisinga, te
    Grotenhuis & Pelzer 2013, International Journal of Public Health 58(4)). Spearman 1910;
    Brown 1910, British Journal of Psychology 3(3).
    """
    return factor * r / (1 + (factor - 1) * r)


def omega(R: FloatArray) -> Omega:
    """Coefficients omega of a k x k correlation matrix: how much of the total is common.

    * ``unidimensional``: one minres factor, 1 - Σψ/ΣR. R: ``psych::omega(nfactors = 1)``.
    * from nine items on, a Schmid-Leiman solution with three group factors gives
      ``hierarchical`` = (Σ general loadings)²/ΣR and ``total`` = 1 - Σψ/ΣR. R: ``psych::omega``.
    * below nine items, or when that solution does not converge, ``total`` is ``unidimensional``
      and ``hierarchical`` is ``None``, with a doubt.

    They speak of the sum of standardized items, taken as keyed: none is turned around to please
    the general factor. A Heywood case (a variance at its bound) keeps the figure, with a doubt,
    as R does; a fit that does not converge makes that model's coefficients ``None``.

    McDonald 1999, Test Theory, ch. 6; Zinbarg, Revelle, Yovel & Li 2005, Psychometrika 70(1).
    """
    k = R.shape[0]
    total_variance = float(R.sum())
    if k < 3:
        return Omega(None, None, None, None, (Doubt("omega_few_items", {"n": k, "needed": 3}),))
    if not np.isfinite(R).all() or total_variance <= 0:
        return Omega(None, None, None, None, (Doubt("pairs_missing"),))
    warnings: list[Doubt] = []
    if float(np.linalg.eigvalsh(R)[0]) < -1e-10:
        warnings.append(Doubt("matrix_indefinite"))
    one = minres(R, 1)
    unidimensional = 1 - float(one.uniqueness.sum()) / total_variance if one.converged else None
    warnings += _trouble(one.converged, one.heywood, 1)
    hierarchical: float | None = None
    total, model = unidimensional, ("one factor" if one.converged else None)
    if k < MIN_ITEMS_HIERARCHICAL:
        fields = {"n": k, "needed": MIN_ITEMS_HIERARCHICAL}
        warnings.append(Doubt("omega_hierarchical_few_items", fields))
    else:
        group = schmid_leiman(R, 3)
        warnings += _trouble(group.converged, group.heywood, 3)
        if group.converged:
            hierarchical = float(group.general.sum()) ** 2 / total_variance
            total = 1 - float(group.uniqueness.sum()) / total_variance
            model = "Schmid-Leiman, three group factors"
    return Omega(total, hierarchical, unidimensional, model, tuple(warnings))


def _trouble(converged: bool, heywood: bool, factors: int) -> list[Doubt]:
    if not converged:
        return [Doubt("factor_no_convergence", {"factors": factors})]
    return [Doubt("heywood", {"factors": factors})] if heywood else []


def reliability(
    answers: npt.ArrayLike,
    scale: Scale,
    *,
    missing: Missing = "pairwise",
    with_omega: bool = True,
) -> Reliability:
    """Reliability of one scale; ``answers`` is n x k, columns in the order of ``scale.items``.

    See :func:`reliabilities`.
    """
    X = np.asarray(answers, dtype=np.float64)
    if X.ndim != 2 or X.shape[1] != len(scale.items):
        raise ValueError("answers must be n x k with one column per item")
    found = reliabilities(X, scale.items, [scale], missing=missing, with_omega=with_omega)
    return found[scale.name]


def reliabilities(
    answers: npt.ArrayLike,
    columns: Sequence[str],
    scales: Sequence[Scale],
    *,
    missing: Missing = "pairwise",
    with_omega: bool = True,
) -> dict[str, Reliability]:
    """Reliability of many scales over one n x p matrix of answers (``nan`` = missing).

    ``columns`` names the p columns. With ``pairwise`` every covariance uses all persons who
    answered both items; with ``listwise`` a scale uses those who answered all its items. Feldt's
    interval uses ``n``, as R's psych does, which is a little narrow when much is missing.

    Item-rest correlation: (Σ_j c_ij - c_ii) / sqrt(c_ii · variance of the rest), and alpha if
    dropped, both from the same covariances. Reference: ``psych::alpha``. Raises ``ValueError``
    for an item that is no column, a repeated scale name, or shapes that do not fit.
    """
    X = np.asarray(answers, dtype=np.float64)
    if X.ndim != 2 or X.shape[1] != len(columns):
        raise ValueError("answers must be n x p with one column per name")
    names = [scale.name for scale in scales]
    if len(set(names)) != len(names):
        raise ValueError("two scales have the same name")
    at = {name: i for i, name in enumerate(columns)}
    unknown = [item for scale in scales for item in scale.items if item not in at]
    if unknown:
        raise ValueError(f"items that are no columns: {', '.join(unknown)}")
    out: dict[str, Reliability] = {}
    for scale in scales:
        block = X[:, [at[item] for item in scale.items]]
        out[scale.name] = _of_block(block, scale, missing, with_omega)
    return out


def _of_block(block: FloatArray, scale: Scale, method: Missing, with_omega: bool) -> Reliability:
    low, high, doubts = response_range(block, scale)
    warnings = list(doubts)
    moments = pairwise_moments(block)
    n, missing = moments.answered, moments.missing
    if method == "listwise":
        n = moments.complete
        block = block[~np.isnan(block).any(axis=1)]
        # What was dropped stays visible: the missing rate remains that of all persons.
        moments = pairwise_moments(block)
    turned = np.asarray(scale.keys)
    mean = np.where(turned, low + high - moments.mean, moments.mean)
    counts = np.diagonal(moments.pairs)

    used = ~(moments.sd == 0) & (counts >= 2)
    index = np.flatnonzero(used)
    k = len(index)
    if k < len(used) and n > 1:
        constant = ", ".join(scale.items[i] for i in np.flatnonzero(~used))
        warnings.append(Doubt("constant_items", {"items": constant}))
    sign = np.where(turned, -1.0, 1.0)[index]
    signs = sign[:, None] * sign
    C = moments.cov[index[:, None], index] * signs
    sd = moments.sd[index]

    alpha = cronbach_alpha(C)
    standardized: float | None = None
    halves: float | None = None
    coefficients = Omega(None, None, None, None)
    r_rest = np.full(len(used), np.nan)
    dropped = np.full(len(used), np.nan)
    if n < 2:
        warnings.append(Doubt("too_few", {"n": n, "needed": 2}))
    elif k < 2:
        warnings.append(Doubt("alpha_few_items", {"n": k, "needed": 2}))
    elif not np.isfinite(C).all():
        warnings.append(Doubt("pairs_missing"))
    else:
        r_rest[index], dropped[index] = _item_rest(C)
        # R scales the covariances by each item's own sd here, and takes the correlations of the
        # pairs for omega; so do we. Without missing answers the two are one.
        standardized = cronbach_alpha(C / (sd[:, None] * sd))
        if alpha is None:
            warnings.append(Doubt("total_without_variance"))
        elif alpha < 0:
            warnings.append(Doubt("alpha_negative"))
        if (r_rest < 0).any():
            against = ", ".join(scale.items[i] for i in np.flatnonzero(r_rest < 0))
            warnings.append(Doubt("items_against", {"items": against}))
        if with_omega or k == 2:
            R = pairwise_correlation(block[:, index]) * signs
            if k == 2 and R[0, 1] > -1:
                halves = spearman_brown(float(R[0, 1]))
            if with_omega:
                coefficients = omega(R)
                warnings.extend(coefficients.warnings)
    columns = (r_rest, dropped, mean, moments.sd, missing, counts)
    figures = zip(*(_known(c) for c in columns), strict=True)
    return Reliability(
        n=n,
        n_items=k,
        alpha=alpha,
        alpha_interval=feldt_interval(alpha, n, k) if alpha is not None else None,
        alpha_standardized=standardized,
        spearman_brown=halves,
        omega_total=coefficients.total,
        omega_hierarchical=coefficients.hierarchical,
        omega_unidimensional=coefficients.unidimensional,
        omega_model=coefficients.model,
        items={
            item: ItemStatistics(r, without, average, spread, empty, int(count or 0))
            for item, (r, without, average, spread, empty, count) in zip(
                scale.items, figures, strict=True
            )
        },
        missing_method=method,
        warnings=tuple(warnings),
    )


def _item_rest(C: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Item-rest correlations and alpha if dropped, for all k items at once."""
    k = C.shape[0]
    own = np.diagonal(C)
    row = C.sum(axis=0)
    rest = C.sum() - 2 * row + own  # variance of the sum of the others
    sound = rest > 0
    divisor = np.where(sound, rest, 1.0)
    r = np.where(sound, (row - own) / np.sqrt(own * divisor), np.nan)
    if k < 3:
        return r, np.full(k, np.nan)
    share = (own.sum() - own) / divisor
    return r, np.where(sound, (k - 1) / (k - 2) * (1 - share), np.nan)


def _known(values: FloatArray) -> list[float | None]:
    """As Python floats, ``None`` for what is not finite."""
    return [v if isfinite(v) else None for v in values.tolist()]
