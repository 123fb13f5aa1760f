"""Confirmatory models of ordered answers: diagonally weighted least squares, robust fit (WLSMV).

The answers are taken as cuts of normal variables. Their polychoric correlations ρ are modelled as
Σ = ΛΦΛ' off the diagonal, each weighted by the inverse of its own sampling variance; thresholds are
free and fit exactly. Because a diagonal weight is not the right one, χ² is scaled and shifted to
the mean and variance it should have.

Muthén 1984, Psychometrika 49(1) (variances of ρ); Muthén, du Toit & Spisic 1997 (the estimator);
Asparouhov & Muthén 2010, Simple second order chi-square correction, Mplus technical appendix (the
scaling). Reference: ``lavaan::cfa(ordered =, estimator = "WLSMV")``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from satuhati.core.surveys.cfa import Fit, Loading, complete_rows, pattern_of
from satuhati.core.surveys.fit import comparative, rmsea, rmsea_interval
from satuhati.core.surveys.ordered_moments import sampling_covariance as sampling_covariance
from satuhati.core.surveys.polychoric import polychoric
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
STEPS = 300


@dataclass(frozen=True, slots=True)
class OrderedModel:
    """A confirmatory model of ordered answers.

    ``fit`` has the plain χ² and what follows from it, ``scaled`` the scaled and shifted one; it is
    ``scaled`` that is judged by. SRMR is the same in both.
    """

    fit: Fit
    scaled: Fit
    dropped: int
    loadings: dict[str, Loading]
    factor_correlations: dict[str, dict[str, float]]
    warnings: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the climb ended: Λ, Φ, residuals of ρ, their derivatives, and whether it is there."""

    L: FloatArray
    phi: FloatArray
    residual: FloatArray
    jacobian: FloatArray
    converged: bool


def confirm_ordered(
    answers: npt.ArrayLike, items: Sequence[str], factors: Mapping[str, Sequence[str]]
) -> OrderedModel:
    """Fit by WLSMV. ``answers``: n x k ordered answers, ``nan`` = missing, whose rows are dropped.

    F = Σ (ρ - σ)²/γ, γ the sampling variance of √n ρ; χ² = (n - 1) F. With
    U = W - WΔ(Δ'WΔ)⁻¹Δ'W and Γ the whole covariance matrix of √n ρ, the scaled χ² is
    a χ² + df - a tr UΓ with a = √(df / tr (UΓ)²). Errors of loadings from
    (Δ'WΔ)⁻¹Δ'WΓWΔ(Δ'WΔ)⁻¹/(n - 1). SRMR over the lower triangle with its diagonal of ones.

    ``ValueError`` for a model that is not one (no factor, an unknown item) and for more than 15
    different answers to an item.
    """
    X, dropped = complete_rows(answers, items, factors)
    pattern = pattern_of(items, factors)
    n, k = X.shape
    pairs = k * (k - 1) // 2
    free = int(pattern.sum()) + len(factors) * (len(factors) - 1) // 2
    df = pairs - free
    warnings = [Doubt("cfa_dropped", {"n": dropped})] if dropped else []

    def nothing(*doubts: Doubt) -> OrderedModel:
        empty = Fit(n, None, max(df, 0), None, None, None, None, None, None, False)
        return OrderedModel(empty, empty, dropped, {}, {}, (*warnings, *doubts))

    if df < 0:
        fields = {"parameters": free, "moments": pairs}
        return nothing(Doubt("cfa_not_identified", fields))
    if n <= k:
        return nothing(Doubt("cfa_few", {"n": n, "items": k}))
    if bool((X.max(axis=0) == X.min(axis=0)).any()):
        return nothing(Doubt("cfa_constant"))
    measured = polychoric(X)
    warnings += measured.warnings
    i, j = np.tril_indices(k, -1)
    rho = measured.R[i, j]
    gamma = sampling_covariance(X, measured)
    variance = np.diagonal(gamma)
    if not measured.converged or not np.isfinite(gamma).all() or float(variance.min()) <= 1e-12:
        return nothing(Doubt("cfa_no_convergence"))
    weight = 1 / variance
    found = _climb(rho, weight, pattern, i, j)
    if not found.converged:
        return nothing(Doubt("cfa_no_convergence"))
    if n < 5 * free:
        warnings.append(Doubt("cfa_small", {"n": n, "parameters": free}))

    D, W = found.jacobian, weight[:, None]
    bread = np.linalg.inv(D.T @ (W * D))
    U = np.diag(weight) - (W * D) @ bread @ (W * D).T
    chisq = float((n - 1) * (weight * found.residual) @ found.residual)
    base = float((n - 1) * (weight * rho) @ rho)
    scaled = shifted(chisq, df, U @ gamma)
    base_scaled = shifted(base, pairs, W * gamma)
    srmr = float(np.sqrt(found.residual @ found.residual / (pairs + k)))
    meat = (W * D).T @ gamma @ (W * D)
    errors = np.sqrt(np.maximum(np.diagonal(bread @ meat @ bread) / (n - 1), 0))

    names = list(factors)
    left = 1 - np.einsum("ij,jl,il->i", found.L, found.phi, found.L)
    improper = [item for item, u in zip(items, left, strict=True) if u <= 0]
    if improper:
        warnings.append(Doubt("cfa_heywood", {"items": ", ".join(improper)}))
    if float(np.linalg.eigvalsh(found.phi)[0]) < 1e-8:
        warnings.append(Doubt("cfa_factors_same"))
    loadings: dict[str, Loading] = {}
    for at, (row, column) in enumerate(np.argwhere(pattern)):
        item, factor = items[row], names[column]
        key = item if item not in loadings else f"{item} ({factor})"
        loadings[key] = Loading(
            factor, float(found.L[row, column]), float(errors[at]), float(left[row])
        )
    return OrderedModel(
        judged(n, chisq, df, base, pairs, srmr),
        judged(n, scaled, df, base_scaled, pairs, srmr),
        dropped,
        loadings,
        {
            a: dict(zip(names, row.tolist(), strict=True))
            for a, row in zip(names, found.phi, strict=True)
        },
        tuple(warnings),
    )


def _climb(
    rho: FloatArray,
    weight: FloatArray,
    pattern: npt.NDArray[np.bool_],
    i: npt.NDArray[np.int64],
    j: npt.NDArray[np.int64],
) -> _Found:
    """Gauss and Newton with damping (Levenberg 1944; Marquardt 1963)."""
    k, m = pattern.shape
    rows, columns = np.nonzero(pattern)
    lower = np.tril_indices(m, -1)
    whole = np.eye(k)
    whole[i, j] = whole[j, i] = rho
    L, phi = np.zeros((k, m)), np.eye(m)
    for f in range(m):
        its = np.flatnonzero(pattern[:, f])
        vector = np.linalg.eigh(whole[np.ix_(its, its)])[1][:, -1]
        L[its, f] = 0.6 * np.sign(vector + 1e-9) * (1.0 if vector.sum() >= 0 else -1.0)

    def at(L: FloatArray, phi: FloatArray) -> tuple[FloatArray, FloatArray]:
        reach = L @ phi
        D = np.zeros((len(i), len(rows) + len(lower[0])))
        for q, (row, column) in enumerate(zip(rows, columns, strict=True)):
            D[:, q] = (i == row) * reach[j, column] + (j == row) * reach[i, column]
        for q, (x, y) in enumerate(zip(*lower, strict=True), len(rows)):
            D[:, q] = L[i, x] * L[j, y] + L[i, y] * L[j, x]
        return rho - (reach @ L.T)[i, j], D

    residual, D = at(L, phi)
    value, damping, converged = float(weight @ residual**2), 1e-3, False
    for _ in range(STEPS):
        H = D.T @ (weight[:, None] * D)
        slope = D.T @ (weight * residual)
        roots = np.linalg.eigvalsh(H)
        if roots[0] <= 1e-10 * roots[-1]:
            converged = False  # a flat direction: the data do not say where the minimum is
        if float(np.abs(slope).max()) < 1e-9 * max(float(weight.sum()), 1.0):
            converged = bool(roots[0] > 1e-10 * roots[-1])
            break
        step = np.linalg.solve(H + damping * np.diag(np.diagonal(H) + 1e-12), slope)
        tried_L, tried_phi = L.copy(), phi.copy()
        tried_L[rows, columns] += step[: len(rows)]
        tried_phi[lower] += step[len(rows) :]
        tried_phi.T[lower] = tried_phi[lower]
        new, new_D = at(tried_L, tried_phi)
        if float(weight @ new**2) <= value:
            L, phi, residual, D = tried_L, tried_phi, new, new_D
            value, damping = float(weight @ residual**2), max(damping / 10, 1e-12)
        elif damping > 1e8:
            break
        else:
            damping *= 10
    return _Found(L, phi, residual, D, converged)


def shifted(chisq: float, df: int, product: FloatArray) -> float | None:
    """χ² scaled and shifted to the mean and variance of a χ² with ``df``; ``product`` = UΓ."""
    if df < 1:
        return None
    mean, square = float(np.trace(product)), float(np.sum(product * product.T))
    if square <= 0:
        return None
    scale = float(np.sqrt(df / square))
    return chisq * scale + df - scale * mean


def judged(
    n: int,
    chisq: float | None,
    df: int,
    base: float | None,
    base_df: int,
    srmr: float,
    groups: int = 1,
) -> Fit:
    """Fit from χ² and that of no common factor; RMSEA on n less one for each group."""
    if chisq is None or base is None or df < 1:
        return Fit(n, chisq, df, None, None, None, None, None, srmr, True)
    chisq = max(chisq, 0.0)
    cfi, tli = comparative(chisq, df, base, base_df)
    return Fit(
        n=n,
        chisq=chisq,
        df=df,
        pvalue=float(special.chdtrc(df, chisq)),
        cfi=cfi,
        tli=tli,
        rmsea=rmsea(chisq, df, n - groups, groups),
        rmsea_interval=rmsea_interval(chisq, df, n - groups, groups),
        srmr=srmr,
        converged=True,
    )
