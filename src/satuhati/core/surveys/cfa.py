"""Confirmatory factor analysis by maximum likelihood, in one group or compared over several.

Written from the papers: Jöreskog 1969, Psychometrika 34(2); Jöreskog 1971, Psychometrika 36(4)
for several groups; Browne 1974 on information. Reference: ``lavaan::cfa``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from satuhati.core.results import Interval
from satuhati.core.surveys.fit import comparative, rmsea, rmsea_interval
from satuhati.core.surveys.structure import Equal, Group, Solution, lay_out, solve
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
Level = Literal["configural", "metric", "scalar"]
LEVELS: tuple[tuple[Level, Equal], ...] = (
    ("configural", Equal()),
    ("metric", Equal(loadings=True)),
    ("scalar", Equal(loadings=True, intercepts=True)),
)
# Fewer persons than this in a group: the comparison is shown, not judged.
FEW_IN_GROUP = 100
CFI_DROP = 0.010


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

    ``n`` complete rows were used and ``dropped`` incomplete ones were not.
    """

    fit: Fit
    dropped: int
    loadings: dict[str, Loading]
    factor_correlations: dict[str, dict[str, float]]
    warnings: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Invariance:
    """The same model in several groups, held equal step by step.

    ``fits``: configural, metric (loadings equal), scalar (and intercepts). ``cfi_drop`` and the
    ``p`` of the χ² difference tell what each step cost.
    """

    groups: dict[str, int]
    fits: dict[str, Fit]
    cfi_drop: dict[str, float | None]
    difference: dict[str, tuple[float, int, float] | None]
    warnings: tuple[Doubt, ...] = ()


def confirm(
    answers: npt.ArrayLike, items: Sequence[str], factors: Mapping[str, Sequence[str]]
) -> Confirmatory:
    """Fit factors to n x k answers (``nan`` = missing: the row is dropped and counted).

    ``factors``: name to items; each item loads on the factors that name it and no other; factors
    correlate freely. Minimises F = log\\|Σ\\| + tr SΣ⁻¹ - log\\|S\\| - k with S on divisor n;
    χ² = nF. Standard errors from the expected information, those of standardized loadings by
    the delta method. SRMR over the lower triangle with its diagonal (Bentler 1995). ``ValueError``
    for a model that is not one (no factor, an unknown item).
    """
    X, dropped = complete_rows(answers, items, factors)
    pattern = pattern_of(items, factors)
    warnings: list[Doubt] = []
    if dropped:
        warnings.append(Doubt("cfa_dropped", {"n": dropped}))
    found, doubts = _fitted([X], pattern, Equal(), means=False)
    warnings += _worded(doubts, items, factors)
    fit = _judge(found, [X], pattern, means=False)
    if found is None or not found.converged:
        return Confirmatory(fit, dropped, {}, {}, tuple(warnings))
    if len(X) < 5 * found.layout.size:
        warnings.append(Doubt("cfa_small", {"n": len(X), "parameters": found.layout.size}))
    names = list(factors)
    L, phi, psi = found.matrices(0)[:3]
    variance = np.diagonal(L @ phi @ L.T) + psi
    scale = np.sqrt(np.diagonal(phi))[None, :] / np.sqrt(variance)[:, None]
    errors = found.standardized_errors()
    improper = [item for item, u in zip(items, psi, strict=True) if u <= 0]
    if improper:
        warnings.append(Doubt("cfa_heywood", {"items": ", ".join(improper)}))
    cor = phi / np.sqrt(np.outer(np.diagonal(phi), np.diagonal(phi)))
    if float(np.linalg.eigvalsh(cor)[0]) < 1e-8:
        warnings.append(Doubt("cfa_factors_same"))
    loadings: dict[str, Loading] = {}
    for i, item in enumerate(items):
        for j, factor in enumerate(names):
            if pattern[i, j]:
                key = item if item not in loadings else f"{item} ({factor})"
                error = None if errors is None else float(errors[i, j])
                loadings[key] = Loading(
                    factor, float(L[i, j] * scale[i, j]), error, float(psi[i] / variance[i])
                )
    return Confirmatory(
        fit,
        dropped,
        loadings,
        {a: dict(zip(names, row.tolist(), strict=True)) for a, row in zip(names, cor, strict=True)},
        tuple(warnings),
    )


def invariance(
    answers: npt.ArrayLike,
    groups: Sequence[str | None],
    items: Sequence[str],
    factors: Mapping[str, Sequence[str]],
) -> Invariance:
    """Do several groups answer alike? Configural, metric and scalar models with means.

    From step to step loadings, then intercepts are held equal over groups; factor variances and
    means of all but the first group go free in return. A fall in CFI of more than .010 speaks
    against the step (Cheung & Rensvold 2002, Structural Equation Modeling 9(2)); with groups
    under 100 persons that is said, not judged. Rows with a missing answer or group are dropped.
    """
    X = np.asarray(answers, dtype=np.float64)
    label = np.array([g is not None for g in groups], dtype=bool)
    if X.ndim != 2 or X.shape[1] != len(items) or len(label) != len(X):
        raise ValueError("answers must be n x k, with one column per item and one group per row")
    whole = ~np.isnan(X).any(axis=1) & label
    pattern = pattern_of(items, factors)
    names = sorted({str(g) for g, keep in zip(groups, whole, strict=True) if keep})
    at = np.array([str(g) for g in groups], dtype=object)
    parts = [X[whole & (at == name)] for name in names]
    sizes = {name: len(part) for name, part in zip(names, parts, strict=True)}
    warnings: list[Doubt] = []
    small = [name for name, n in sizes.items() if n < FEW_IN_GROUP]
    fits: dict[str, Fit] = {}
    drop: dict[str, float | None] = {}
    difference: dict[str, tuple[float, int, float] | None] = {}
    if len(names) < 2:
        warnings.append(Doubt("cfa_one_group", {"n": len(names)}))
        empty = Fit(int(whole.sum()), None, 0, None, None, None, None, None, None, False)
        return Invariance(sizes, {level: empty for level, _ in LEVELS}, {}, {}, tuple(warnings))
    if small:
        fields = {"groups": ", ".join(small), "needed": FEW_IN_GROUP}
        warnings.append(Doubt("cfa_small_groups", fields))
    before: Fit | None = None
    for level, equal in LEVELS:
        found, doubts = _fitted(parts, pattern, equal, means=True)
        warnings += [d for d in _worded(doubts, items, factors) if d not in warnings]
        fit = _judge(found, parts, pattern, means=True)
        fits[level] = fit
        if before is not None:
            drop[level], difference[level] = _step(before, fit)
            fall = drop[level]
            if fall is not None and fall > CFI_DROP and not small:
                fields = {"level": level, "drop": f"{fall:.3f}"}
                warnings.append(Doubt("cfa_not_invariant", fields))
        before = fit
    return Invariance(sizes, fits, drop, difference, tuple(warnings))


def complete_rows(
    answers: npt.ArrayLike, items: Sequence[str], factors: Mapping[str, Sequence[str]]
) -> tuple[FloatArray, int]:
    """The rows without a missing answer, and how many are left out."""
    X = np.asarray(answers, dtype=np.float64)
    if X.ndim != 2 or X.shape[1] != len(items):
        raise ValueError("answers must be n x k with one column per item")
    whole = ~np.isnan(X).any(axis=1)
    return X[whole], int(np.count_nonzero(~whole))


def pattern_of(items: Sequence[str], factors: Mapping[str, Sequence[str]]) -> npt.NDArray[np.bool_]:
    """k x m: which item may load on which factor."""
    if not factors or len(set(items)) != len(items):
        raise ValueError("a model needs a factor, and each item once")
    at = {item: i for i, item in enumerate(items)}
    pattern = np.zeros((len(items), len(factors)), dtype=bool)
    for j, named in enumerate(factors.values()):
        for item in named:
            if item not in at:
                raise ValueError(f"{item} is not an item")
            pattern[at[item], j] = True
    if not pattern.any(axis=1).all():
        raise ValueError("an item belongs to no factor")
    return pattern


def _fitted(
    parts: Sequence[FloatArray], pattern: npt.NDArray[np.bool_], equal: Equal, *, means: bool
) -> tuple[Solution | None, list[Doubt]]:
    """The solution, or why there is none."""
    k = pattern.shape[0]
    layout = lay_out(pattern, len(parts), equal, means=means)
    moments = len(parts) * (k * (k + 1) // 2 + (k if means else 0))
    if layout.size > moments:
        return None, [Doubt("cfa_not_identified", {"parameters": layout.size, "moments": moments})]
    data = []
    for X in parts:
        if len(X) <= k:
            return None, [Doubt("cfa_few", {"n": len(X), "items": k})]
        mean = X.mean(axis=0)
        S = (X - mean).T @ (X - mean) / len(X)
        own = np.diagonal(S)
        if np.any(own <= 1e-12 * (1 + mean**2)):
            return None, [Doubt("cfa_constant")]
        if float(np.linalg.eigvalsh(S / np.sqrt(np.outer(own, own)))[0]) < 1e-8:
            return None, [Doubt("cfa_singular")]
        data.append(Group(len(X), S, mean))
    found = solve(data, layout)
    return found, [] if found.converged else [Doubt("cfa_no_convergence")]


def _judge(
    found: Solution | None,
    parts: Sequence[FloatArray],
    pattern: npt.NDArray[np.bool_],
    *,
    means: bool,
) -> Fit:
    n, G, k = sum(len(X) for X in parts), len(parts), pattern.shape[0]
    if found is None or not found.converged:
        df = 0
        if found is not None:
            df = G * (k * (k + 1) // 2 + (k if means else 0)) - found.layout.size
        return Fit(n, None, df, None, None, None, None, None, None, False)
    df = G * (k * (k + 1) // 2 + (k if means else 0)) - found.layout.size
    chisq = max(n * found.value, 0.0)
    null = sum(
        g.n * float(np.log(np.diagonal(g.S)).sum() - np.linalg.slogdet(g.S)[1])
        for g in found.groups
    )
    cfi, tli = comparative(chisq, df, null, G * k * (k - 1) // 2)
    squares = 0.0
    for i, g in enumerate(found.groups):
        sigma, mu = found.implied(i)
        sd = np.sqrt(np.diagonal(g.S))
        off = ((g.S - sigma) / np.outer(sd, sd))[np.tril_indices(k)]
        total, count = float(off @ off), len(off)
        if means:
            away = (g.mean - mu) / sd
            total, count = total + float(away @ away), count + k
        squares += g.n / n * float(np.sqrt(total / count))
    return Fit(
        n=n,
        chisq=chisq,
        df=df,
        pvalue=float(special.chdtrc(df, chisq)) if df else None,
        cfi=cfi if df else None,
        tli=tli if df else None,
        rmsea=rmsea(chisq, df, n, G),
        rmsea_interval=rmsea_interval(chisq, df, n, G),
        srmr=squares,
        converged=True,
    )


def _step(before: Fit, after: Fit) -> tuple[float | None, tuple[float, int, float] | None]:
    """What a step cost: the fall in CFI, and the χ² difference with its df and p."""
    if before.chisq is None or after.chisq is None:
        return None, None
    fall = None if before.cfi is None or after.cfi is None else before.cfi - after.cfi
    rise, df = max(after.chisq - before.chisq, 0.0), after.df - before.df
    return fall, (rise, df, float(special.chdtrc(df, rise))) if df > 0 else None


def _worded(
    doubts: Sequence[Doubt], items: Sequence[str], factors: Mapping[str, Sequence[str]]
) -> list[Doubt]:
    few = [name for name, named in factors.items() if len(named) < 3]
    found = list(doubts)
    if few and any(d.code in ("cfa_no_convergence", "cfa_not_identified") for d in doubts):
        found.append(Doubt("cfa_few_items", {"factors": ", ".join(few)}))
    return found
