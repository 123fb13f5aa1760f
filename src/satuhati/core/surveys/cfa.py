"""Confirmatory factor analysis by maximum likelihood, in one group or compared over several.

Written from the papers: Jöreskog 1969, Psychometrika 34(2); Jöreskog 1971, Psychometrika 36(4)
for several groups; Browne 1974 on information. Rows with holes and answers that are not normal have
modules of their own, ``incomplete`` and ``robust``. Reference: ``lavaan::cfa``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from satuhati.core.surveys.fit import comparative, rmsea, rmsea_interval
from satuhati.core.surveys.fitted import Confirmatory as Confirmatory
from satuhati.core.surveys.fitted import Fit as Fit
from satuhati.core.surveys.fitted import Invariance as Invariance
from satuhati.core.surveys.fitted import (
    Level,
    Missing,
    RobustFit,
    robust_fit,
    scaled_difference,
)
from satuhati.core.surveys.fitted import Loading as Loading
from satuhati.core.surveys.incomplete import Incomplete, fit_incomplete
from satuhati.core.surveys.robust import Scaling, satorra_bentler, yuan_bentler
from satuhati.core.surveys.structure import Equal, Group, Solution, lay_out, solve
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
LEVELS: tuple[tuple[Level, Equal], ...] = (
    ("configural", Equal()),
    ("metric", Equal(loadings=True)),
    ("scalar", Equal(loadings=True, intercepts=True)),
)
# Fewer persons than this in a group: the comparison is shown, not judged.
FEW_IN_GROUP = 100
CFI_DROP = 0.010


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A solution with its answers, and χ² of the model without factors."""

    solution: Solution | None
    parts: Sequence[FloatArray]
    means: bool
    null: float = 0.0
    incomplete: Incomplete | None = None
    doubts: tuple[Doubt, ...] = ()


def confirm(
    answers: npt.ArrayLike,
    items: Sequence[str],
    factors: Mapping[str, Sequence[str]],
    *,
    missing: Missing = "listwise",
    robust: bool = False,
) -> Confirmatory:
    """Fit factors to n x k answers (``nan`` = missing).

    ``factors``: name to items; each item loads on the factors that name it and no other; factors
    correlate freely. Minimises F = log\\|Σ\\| + tr SΣ⁻¹ - log\\|S\\| - k with S on divisor n;
    χ² = nF. Standard errors from the expected information, those of standardized loadings by
    the delta method. SRMR over the lower triangle with its diagonal (Bentler 1995). ``ValueError``
    for a model that is not one (no factor, an unknown item).

    ``missing``: incomplete rows are dropped and counted, or with ``fiml`` used for what they hold
    (errors then from the observed information, SRMR with means). ``robust`` adds the scaled χ²
    and its figures and makes the errors robust: Satorra–Bentler, with ``fiml`` Yuan–Bentler.
    """
    X, dropped = rows_used(answers, items, missing)
    pattern = pattern_of(items, factors)
    warnings: list[Doubt] = []
    if dropped:
        warnings.append(Doubt("cfa_empty" if missing == "fiml" else "cfa_dropped", {"n": dropped}))
    got = _fitted([X], pattern, Equal(), means=missing == "fiml", fiml=missing == "fiml")
    found = got.solution
    warnings += _worded(got.doubts, items, factors)
    fit = _judge(got, pattern)
    if found is None or not found.converged:
        return Confirmatory(fit, dropped, {}, {}, tuple(warnings), missing)
    if len(X) < 5 * found.layout.size:
        warnings.append(Doubt("cfa_small", {"n": len(X), "parameters": found.layout.size}))
    names = list(factors)
    L, phi, psi = found.matrices(0)[:3]
    variance = np.diagonal(L @ phi @ L.T) + psi
    scale = np.sqrt(np.diagonal(phi))[None, :] / np.sqrt(variance)[:, None]
    scaling = _scaling(got, fit, pattern) if robust else None
    if robust and scaling is None:
        warnings.append(Doubt("cfa_not_robust"))
    errors = found.standardized_errors(None if scaling is None else scaling.covariance)
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
        missing,
        _robust(got, fit, pattern, scaling),
        dict(zip(names, found.omega(), strict=True)),
    )


def invariance(
    answers: npt.ArrayLike,
    groups: Sequence[str | None],
    items: Sequence[str],
    factors: Mapping[str, Sequence[str]],
    *,
    missing: Missing = "listwise",
    robust: bool = False,
) -> Invariance:
    """Do several groups answer alike? Configural, metric and scalar models with means.

    From step to step loadings, then intercepts are held equal over groups; factor variances and
    means of all but the first group go free in return. A fall in CFI of more than .010 speaks
    against the step (Cheung & Rensvold 2002, Structural Equation Modeling 9(2)); with groups
    under 100 persons that is said, not judged. ``missing`` and ``robust`` as in :func:`confirm`;
    rows without a group are dropped. With ``robust`` the fall is that of the robust CFI, and χ²
    differences are scaled (Satorra & Bentler 2001).
    """
    X = np.asarray(answers, dtype=np.float64)
    label = np.array([g is not None for g in groups], dtype=bool)
    if X.ndim != 2 or X.shape[1] != len(items) or len(label) != len(X):
        raise ValueError("answers must be n x k, with one column per item and one group per row")
    holes = np.isnan(X)
    used = label & ~(holes.all(axis=1) if missing == "fiml" else holes.any(axis=1))
    pattern = pattern_of(items, factors)
    names = sorted({str(g) for g, keep in zip(groups, used, strict=True) if keep})
    at = np.array([str(g) for g in groups], dtype=object)
    parts = [X[used & (at == name)] for name in names]
    sizes = {name: len(part) for name, part in zip(names, parts, strict=True)}
    warnings: list[Doubt] = []
    small = [name for name, n in sizes.items() if n < FEW_IN_GROUP]
    fits: dict[str, Fit] = {}
    robusts: dict[str, RobustFit | None] = {}
    drop: dict[str, float | None] = {}
    difference: dict[str, tuple[float, int, float] | None] = {}
    if len(names) < 2:
        warnings.append(Doubt("cfa_one_group", {"n": len(names)}))
        empty = Fit(int(used.sum()), None, 0, None, None, None, None, None, None, False)
        return Invariance(sizes, {level: empty for level, _ in LEVELS}, {}, {}, tuple(warnings))
    if small:
        fields = {"groups": ", ".join(small), "needed": FEW_IN_GROUP}
        warnings.append(Doubt("cfa_small_groups", fields))
    before: tuple[Fit, RobustFit | None] | None = None
    for level, equal in LEVELS:
        got = _fitted(parts, pattern, equal, means=True, fiml=missing == "fiml")
        warnings += [d for d in _worded(got.doubts, items, factors) if d not in warnings]
        fit = _judge(got, pattern)
        fits[level] = fit
        sound = None
        if robust:
            sound = _robust(got, fit, pattern, _scaling(got, fit, pattern))
            robusts[level] = sound
        if before is not None:
            drop[level], difference[level] = _step(before, (fit, sound), robust=robust)
            fall = drop[level]
            if fall is not None and fall > CFI_DROP and not small:
                fields = {"level": level, "drop": f"{fall:.3f}"}
                warnings.append(Doubt("cfa_not_invariant", fields))
        before = fit, sound
    return Invariance(sizes, fits, drop, difference, tuple(warnings), robusts)


def complete_rows(
    answers: npt.ArrayLike, items: Sequence[str], factors: Mapping[str, Sequence[str]]
) -> tuple[FloatArray, int]:
    """The rows without a missing answer, and how many are left out."""
    X = np.asarray(answers, dtype=np.float64)
    if X.ndim != 2 or X.shape[1] != len(items):
        raise ValueError("answers must be n x k with one column per item")
    whole = ~np.isnan(X).any(axis=1)
    return X[whole], int(np.count_nonzero(~whole))


def rows_used(
    answers: npt.ArrayLike, items: Sequence[str], missing: Missing
) -> tuple[FloatArray, int]:
    """Complete rows, or with ``fiml`` all that have an answer; and how many are left out."""
    if missing == "listwise":
        return complete_rows(answers, items, {})
    X = np.asarray(answers, dtype=np.float64)
    if X.ndim != 2 or X.shape[1] != len(items):
        raise ValueError("answers must be n x k with one column per item")
    some = ~np.isnan(X).all(axis=1)
    return X[some], int(np.count_nonzero(~some))


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
    parts: Sequence[FloatArray],
    pattern: npt.NDArray[np.bool_],
    equal: Equal,
    *,
    means: bool,
    fiml: bool = False,
) -> _Fitted:
    """The solution, or why there is none."""
    k = pattern.shape[0]
    layout = lay_out(pattern, len(parts), equal, means=means)
    moments = len(parts) * (k * (k + 1) // 2 + (k if means else 0))

    def none(doubt: Doubt, found: Solution | None = None) -> _Fitted:
        return _Fitted(found, parts, means, doubts=(doubt,))

    if layout.size > moments:
        return none(Doubt("cfa_not_identified", {"parameters": layout.size, "moments": moments}))
    for X in parts:
        if len(X) <= k:
            return none(Doubt("cfa_few", {"n": len(X), "items": k}))
    if fiml:
        for X in parts:
            given = ~np.isnan(X)
            most = np.where(given, X, -np.inf).max(axis=0)
            if (np.where(given, X, np.inf).min(axis=0) >= most).any():  # or nobody answered it
                return none(Doubt("cfa_constant"))
            # Pairs nobody answered together leave their covariance unknown.
            M = given.astype(np.float64)
            if float((M.T @ M).min()) < 2:
                return none(Doubt("pairs_missing"))
        whole = fit_incomplete(parts, layout)
        if whole is None:
            return none(Doubt("cfa_singular"))
        found = whole.solution
        doubts = () if found.converged else (Doubt("cfa_no_convergence"),)
        return _Fitted(found, parts, means, whole.null_chisq, whole, doubts)
    data = []
    for X in parts:
        mean = X.mean(axis=0)
        S = (X - mean).T @ (X - mean) / len(X)
        own = np.diagonal(S)
        if np.any(own <= 1e-12 * (1 + mean**2)):
            return none(Doubt("cfa_constant"))
        if float(np.linalg.eigvalsh(S / np.sqrt(np.outer(own, own)))[0]) < 1e-8:
            return none(Doubt("cfa_singular"))
        data.append(Group(len(X), S, mean))
    found = solve(data, layout)
    null = sum(
        g.n * float(np.log(np.diagonal(g.S)).sum() - np.linalg.slogdet(g.S)[1]) for g in data
    )
    doubts = () if found.converged else (Doubt("cfa_no_convergence"),)
    return _Fitted(found, parts, means, null, None, doubts)


def _null_df(pattern: npt.NDArray[np.bool_], groups: int) -> int:
    k = int(pattern.shape[0])
    return groups * k * (k - 1) // 2


def _scaling(got: _Fitted, fit: Fit, pattern: npt.NDArray[np.bool_]) -> Scaling | None:
    """What normal theory is off by; ``None`` without degrees of freedom or a sound factor."""
    found = got.solution
    if found is None or not found.converged or fit.chisq is None or fit.df < 1:
        return None
    null_df = _null_df(pattern, len(got.parts))
    try:
        if got.incomplete is not None:
            scaling = yuan_bentler(got.incomplete, fit.df, null_df)
        else:
            scaling = satorra_bentler(found, got.parts, fit.df, null_df, fit.chisq, got.null)
    except np.linalg.LinAlgError:
        return None
    factors = (scaling.factor, scaling.null_factor, scaling.distance[1], scaling.null_distance[1])
    return scaling if all(np.isfinite(f) and f > 0 for f in factors) else None


def _robust(
    got: _Fitted, fit: Fit, pattern: npt.NDArray[np.bool_], scaling: Scaling | None
) -> RobustFit | None:
    if scaling is None or fit.chisq is None:
        return None
    groups = len(got.parts)
    return robust_fit(
        fit.chisq,
        scaling.factor,
        fit.df,
        got.null,
        scaling.null_factor,
        _null_df(pattern, groups),
        fit.n,
        groups,
        distance=scaling.distance,
        null_distance=scaling.null_distance,
    )


def _judge(got: _Fitted, pattern: npt.NDArray[np.bool_]) -> Fit:
    found, means = got.solution, got.means
    n, G, k = sum(len(X) for X in got.parts), len(got.parts), pattern.shape[0]
    if found is None or not found.converged:
        df = 0
        if found is not None:
            df = G * (k * (k + 1) // 2 + (k if means else 0)) - found.layout.size
        return Fit(n, None, df, None, None, None, None, None, None, False)
    df = G * (k * (k + 1) // 2 + (k if means else 0)) - found.layout.size
    chisq = max(n * found.value, 0.0)
    cfi, tli = comparative(chisq, df, got.null, _null_df(pattern, G))
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


def _step(
    before: tuple[Fit, RobustFit | None],
    after: tuple[Fit, RobustFit | None],
    *,
    robust: bool,
) -> tuple[float | None, tuple[float, int, float] | None]:
    """What a step cost: the fall in CFI, and the χ² difference with its df and p."""
    (first, sound1), (second, sound2) = before, after
    if first.chisq is None or second.chisq is None:
        return None, None
    if robust:
        if sound1 is None or sound2 is None:
            return None, None
        fall = None if sound1.cfi is None or sound2.cfi is None else sound1.cfi - sound2.cfi
        return fall, scaled_difference(first, second, sound1, sound2)
    fall = None if first.cfi is None or second.cfi is None else first.cfi - second.cfi
    rise, df = max(second.chisq - first.chisq, 0.0), second.df - first.df
    return fall, (rise, df, float(special.chdtrc(df, rise))) if df > 0 else None


def _worded(
    doubts: Sequence[Doubt], items: Sequence[str], factors: Mapping[str, Sequence[str]]
) -> list[Doubt]:
    few = [name for name, named in factors.items() if len(named) < 3]
    found = list(doubts)
    if few and any(d.code in ("cfa_no_convergence", "cfa_not_identified") for d in doubts):
        found.append(Doubt("cfa_few_items", {"factors": ", ".join(few)}))
    return found
