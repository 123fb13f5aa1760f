"""How many factors, and which items belong to them: parallel analysis, MAP, KMO, EFA.

Functions take a correlation matrix; :func:`explore` takes answers and puts them together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from satuhati.core.results import Interval
from satuhati.core.surveys.factoring import minres, quartimin
from satuhati.core.surveys.fit import rmsea, rmsea_interval
from satuhati.core.surveys.moments import pairwise_correlation
from satuhati.core.surveys.polychoric import polychoric
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
Correlate = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True, slots=True)
class Parallel:
    """Components above chance: ``eigenvalues`` and the 95th percentile of shuffled ones."""

    suggested: int
    eigenvalues: tuple[float, ...]
    chance: tuple[float, ...]
    repetitions: int
    seed: int


@dataclass(frozen=True, slots=True)
class PartialAverage:
    """Average squared partial correlation after taking 0, 1, 2… components out."""

    suggested: int
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Exploration:
    """An exploratory factor analysis of k items, factors F1… in order of what they explain.

    ``loadings`` per item and factor (pattern), ``communality`` per item, ``phi`` the factors'
    correlations. ``chisq`` with ``df``, ``rmsea`` with its 90 % interval, ``tli``, ``srmr``
    (root mean square of the off-diagonal residuals). ``kmo`` overall and ``kmo_items``. Figures
    are ``None`` where they cannot be had.
    """

    n: int
    items: tuple[str, ...]
    correlation: str
    parallel: Parallel | None
    map: PartialAverage | None
    kmo: float | None
    kmo_items: dict[str, float | None]
    nfactors: int
    loadings: dict[str, dict[str, float]]
    communality: dict[str, float]
    phi: dict[str, dict[str, float]]
    chisq: float | None
    df: int | None
    rmsea: float | None
    rmsea_interval: Interval | None
    tli: float | None
    srmr: float | None
    converged: bool
    warnings: tuple[Doubt, ...] = ()


def parallel_analysis(
    answers: npt.ArrayLike,
    *,
    correlate: Correlate = pairwise_correlation,
    repetitions: int = 100,
    seed: int = 1,
) -> Parallel:
    """Components whose eigenvalue exceeds the 95th percentile of those of shuffled answers.

    Each column is shuffled on its own, holes and all, which keeps every item's distribution and
    destroys what they share; counting stops at the first component that chance reaches. Horn
    1965, Psychometrika 30(2); Buja & Eyuboglu 1992, Multivariate Behavioral Research 27(4);
    Glorfeld 1995, Educational and Psychological Measurement 55(3).
    """
    X = np.asarray(answers, dtype=np.float64)
    rng = np.random.default_rng(seed)
    seen = np.linalg.eigvalsh(correlate(X))[::-1]
    drawn = np.array(
        [np.linalg.eigvalsh(correlate(rng.permuted(X, axis=0)))[::-1] for _ in range(repetitions)]
    )
    chance = np.quantile(drawn, 0.95, axis=0)
    above = seen > chance
    suggested = len(above) if above.all() else int(np.argmin(above))
    return Parallel(suggested, tuple(seen.tolist()), tuple(chance.tolist()), repetitions, seed)


def minimum_average_partial(R: FloatArray) -> PartialAverage:
    """Velicer's MAP: the number of components after which least is left between items.

    With the first m components A, C = R - AA' turned into correlations; the mean of their squares
    off the diagonal, for m = 0…k - 2, is least at the suggested m. Velicer 1976, Psychometrika
    41(3). Reference: ``psych::vss``, from m = 1.
    """
    k = len(R)
    values, vectors = np.linalg.eigh(R)
    A = vectors[:, ::-1] * np.sqrt(np.maximum(values[::-1], 0))
    averages: list[float] = []
    for m in range(max(k - 1, 1)):
        C = R - A[:, :m] @ A[:, :m].T
        own = np.diagonal(C)
        if np.any(own < 1e-10):
            break
        partial = C / np.sqrt(own[:, None] * own)
        averages.append(float((np.sum(partial**2) - k) / (k * (k - 1))))
    return PartialAverage(int(np.argmin(averages)), tuple(averages))


def kaiser_meyer_olkin(R: FloatArray) -> tuple[float, FloatArray]:
    """Sampling adequacy, overall and per item: Σr² / (Σr² + Σq²), q the anti-image correlations.

    Raises ``numpy.linalg.LinAlgError`` for a singular matrix. Kaiser & Rice 1974, Educational and
    Psychological Measurement 34(1). Reference: ``psych::KMO``.
    """
    inverse = np.linalg.inv(R)
    scale = np.sqrt(np.outer(np.diagonal(inverse), np.diagonal(inverse)))
    q2 = (inverse / scale) ** 2
    r2 = R**2
    np.fill_diagonal(q2, 0)
    np.fill_diagonal(r2, 0)
    both = r2.sum(axis=0) + q2.sum(axis=0)
    items = np.where(both > 0, r2.sum(axis=0) / np.where(both > 0, both, 1), np.nan)
    return float(r2.sum() / (r2.sum() + q2.sum())), items


def most_factors(k: int) -> int:
    """The most factors k items can tell apart: ((k - m)² - k - m)/2 >= 0."""
    return max((m for m in range(1, k) if (k - m) ** 2 >= k + m), default=0)


def explore(
    answers: npt.ArrayLike,
    items: Sequence[str],
    *,
    nfactors: int | None = None,
    ordered: bool = False,
    repetitions: int = 100,
    seed: int = 1,
) -> Exploration:
    """Explore n x k answers (``nan`` = missing; pairwise) with minres and oblimin.

    ``ordered`` uses polychoric correlations. Without ``nfactors``, as many as the parallel
    analysis suggests. With F = log\\|Σ\\| - log\\|R\\| + tr RΣ⁻¹ - k at the minres solution and N
    persons, χ² = (N - 1 - (2k + 5)/6 - 2m/3) F (Bartlett 1951), TLI from Bartlett's χ² of no
    common factor (Tucker & Lewis 1973, Psychometrika 38(1)) and RMSEA with its interval on N - 1
    (:mod:`satuhati.core.surveys.fit`). N: persons with an answer, as in R,
    which flatters a little when much is missing. Reference: ``psych::fa``.
    """
    X = np.asarray(answers, dtype=np.float64)
    if X.ndim != 2 or X.shape[1] != len(items):
        raise ValueError("answers must be n x k with one column per item")
    warnings: list[Doubt] = []
    spread = [np.unique(X[~np.isnan(X[:, j]), j]).size > 1 for j in range(X.shape[1])]
    constant = [name for name, varies in zip(items, spread, strict=True) if not varies]
    if constant:
        warnings.append(Doubt("factors_constant", {"items": ", ".join(constant)}))
    X = X[:, np.array(spread, dtype=bool)]
    names = tuple(name for name, varies in zip(items, spread, strict=True) if varies)
    k = len(names)
    given = (~np.isnan(X)).astype(np.float64)
    pairs = given.T @ given
    n = int(np.count_nonzero(given.any(axis=1)))
    fewest = int(pairs.min()) if k else 0
    kind = "polychoric" if ordered else "pearson"

    def nothing(*more: Doubt) -> Exploration:
        return Exploration(
            n, names, kind, None, None, None, {}, 0, {}, {}, {}, None, None, None, None, None,
            None, False, (*warnings, *more),
        )  # fmt: skip

    if k < 3:
        return nothing(Doubt("factors_few_items", {"n": k, "needed": 3}))
    if fewest <= k:
        return nothing(Doubt("factors_few_persons", {"n": fewest, "items": k}))
    if ordered:
        found = polychoric(X)
        warnings.extend(found.warnings)
        R = found.R
    else:
        R = pairwise_correlation(X)
    if not np.isfinite(R).all():
        return nothing(Doubt("pairs_missing"))
    lowest = float(np.linalg.eigvalsh(R)[0])
    if lowest < 1e-8:
        warnings.append(Doubt("factors_indefinite"))
    if fewest < 5 * k:
        warnings.append(Doubt("factors_small", {"n": fewest, "items": k}))

    def correlate(shuffled: FloatArray) -> FloatArray:
        shown = polychoric(shuffled).R if ordered else pairwise_correlation(shuffled)
        return np.where(np.isfinite(shown), shown, 0.0)

    parallel = parallel_analysis(X, correlate=correlate, repetitions=repetitions, seed=seed)
    partial = minimum_average_partial(R)
    kmo: float | None = None
    kmo_items: dict[str, float | None] = dict.fromkeys(names)
    if lowest >= 1e-8:
        kmo, each = kaiser_meyer_olkin(R)
        kmo_items = dict(zip(names, each.tolist(), strict=True))
        if kmo < 0.5:
            warnings.append(Doubt("kmo_low", {"value": f"{kmo:.2f}"}))
    most = most_factors(k)
    m = parallel.suggested if nfactors is None else nfactors
    if nfactors is None and parallel.suggested != partial.suggested:
        fields = {"parallel": parallel.suggested, "map": partial.suggested}
        warnings.append(Doubt("factors_disagree", fields))
    if m > most:
        warnings.append(Doubt("factors_too_many", {"n": m, "items": k, "most": most}))
        m = most
    if m < 1:
        return Exploration(
            n, names, kind, parallel, partial, kmo, kmo_items, 0, {}, {}, {}, None, None, None,
            None, None, None, False, (*warnings, Doubt("factors_none")),
        )  # fmt: skip

    first = minres(R, m)
    turned = quartimin(first.loadings)
    converged = first.converged and turned.converged
    if not converged:
        warnings.append(Doubt("factors_no_convergence", {"factors": m}))
    if first.heywood:
        at = ", ".join(name for name, u in zip(names, first.uniqueness, strict=True) if u <= 0.0051)
        warnings.append(Doubt("factors_heywood", {"items": at}))
    order = np.argsort(-np.diagonal(turned.phi @ turned.loadings.T @ turned.loadings))
    sign = np.where(turned.loadings.sum(axis=0) < 0, -1.0, 1.0)
    L = (turned.loadings * sign)[:, order]
    phi = (turned.phi * np.outer(sign, sign))[np.ix_(order, order)]
    labels = [f"F{i + 1}" for i in range(m)]
    common = first.loadings @ first.loadings.T
    residual = R - common
    off = residual[np.triu_indices(k, 1)]
    chisq, df, error, interval, tli = _fit(R, common, n, m, lowest)
    return Exploration(
        n=n,
        items=names,
        correlation=kind,
        parallel=parallel,
        map=partial,
        kmo=kmo,
        kmo_items=kmo_items,
        nfactors=m,
        loadings={
            name: dict(zip(labels, row.tolist(), strict=True))
            for name, row in zip(names, L, strict=True)
        },
        communality=dict(zip(names, np.diagonal(common).tolist(), strict=True)),
        phi={a: dict(zip(labels, row.tolist(), strict=True)) for a, row in zip(labels, phi,
                                                                              strict=True)},
        chisq=chisq,
        df=df,
        rmsea=error,
        rmsea_interval=interval,
        tli=tli,
        srmr=float(np.sqrt(np.mean(off**2))),
        converged=converged,
        warnings=tuple(warnings),
    )  # fmt: skip


def _fit(
    R: FloatArray, common: FloatArray, n: int, m: int, lowest: float
) -> tuple[float | None, int, float | None, Interval | None, float | None]:
    """χ², df, RMSEA with its interval and TLI of an unrotated solution."""
    k = len(R)
    df = ((k - m) ** 2 - k - m) // 2
    implied = common + np.diag(1 - np.diagonal(common))
    sign, logdet = np.linalg.slogdet(implied)
    if df < 1 or lowest < 1e-8 or sign <= 0:
        return None, df, None, None, None
    own = float(np.linalg.slogdet(R)[1])
    F = float(logdet) - own + float(np.trace(np.linalg.solve(implied, R))) - k
    chisq = (n - 1 - (2 * k + 5) / 6 - 2 * m / 3) * F
    null_df = k * (k - 1) / 2
    null = -own * (n - 1 - (2 * k + 5) / 6) / null_df
    tli = (null - chisq / df) / (null - 1) if null > 1 else None
    chisq = max(chisq, 0.0)
    return chisq, df, rmsea(chisq, df, n - 1), rmsea_interval(chisq, df, n - 1), tli
