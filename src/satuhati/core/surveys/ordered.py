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
from satuhati.core.surveys.polychoric import Polychoric, bivariate_normal, polychoric
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
STEPS = 300
NODES = 48
"""Of the integral of two normals: exact to 1e-12 up to a correlation of .999."""


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
    scaled = _shifted(chisq, df, U @ gamma)
    base_scaled = _shifted(base, pairs, W * gamma)
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
        _judged(n, chisq, df, base, pairs, srmr),
        _judged(n, scaled, df, base_scaled, pairs, srmr),
        dropped,
        loadings,
        {
            a: dict(zip(names, row.tolist(), strict=True))
            for a, row in zip(names, found.phi, strict=True)
        },
        tuple(warnings),
    )


def sampling_covariance(X: FloatArray, measured: Polychoric) -> FloatArray:
    """Γ: the covariance matrix of √n ρ over pairs below the diagonal, thresholds estimated.

    From each person's influence on ρ: (s - A τ's influence)/I with s = ∂ log p/∂ρ of their answers,
    I the mean of s² and A the mean of s ∂ log p/∂τ. Muthén 1984; Jöreskog 1994,
    Psychometrika 59(3).
    """
    n, k = X.shape
    code = np.empty((n, k), dtype=np.int64)
    cuts: list[FloatArray] = []
    moved: list[FloatArray] = []
    for item in range(k):
        code[:, item] = np.unique(X[:, item], return_inverse=True)[1]
        tau = measured.thresholds[item]
        cuts.append(tau)
        share = np.diff(special.ndtr(tau), prepend=0.0, append=1.0)
        height = np.exp(-(tau**2) / 2) / np.sqrt(2 * np.pi)
        # ∂ log share/∂τ, a row for each answer: what lies under a cut grows with it.
        slope = (np.eye(len(share))[:, :-1] - np.eye(len(share))[:, 1:]) * height / share[:, None]
        information = (slope * share[:, None]).T @ slope
        moved.append((slope @ np.linalg.inv(information))[code[:, item]])
    i, j = np.tril_indices(k, -1)
    influence = np.empty((n, len(i)))
    for at, (a, b) in enumerate(zip(i, j, strict=True)):
        r = float(measured.R[a, b])
        score, by_a, by_b = _slopes(cuts[a], cuts[b], r)
        s = score[code[:, a], code[:, b]]
        cross_a = s @ by_a[code[:, a], code[:, b]] / n
        cross_b = s @ by_b[code[:, a], code[:, b]] / n
        influence[:, at] = (s - moved[a] @ cross_a - moved[b] @ cross_b) / float(s @ s / n)
    return np.asarray(influence.T @ influence / n)


def _slopes(a: FloatArray, b: FloatArray, r: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """∂ log p of each pair of answers by ρ, by the cuts of the first item and of the second."""
    root = np.sqrt(1 - r * r)
    A, B = a[:, None], b[None, :]
    corner = np.zeros((len(a) + 2, len(b) + 2))
    corner[1:-1, 1:-1] = bivariate_normal(A, B, np.array(r), NODES)
    corner[-1, 1:-1], corner[1:-1, -1], corner[-1, -1] = special.ndtr(b), special.ndtr(a), 1.0
    height = np.zeros_like(corner)
    height[1:-1, 1:-1] = np.exp(-(A * A + B * B - 2 * r * A * B) / (2 * (1 - r * r))) / (
        2 * np.pi * root
    )
    p = np.maximum(np.diff(np.diff(corner, axis=0), axis=1), 1e-12)
    score = np.diff(np.diff(height, axis=0), axis=1) / p

    def along(x: FloatArray, y: FloatArray) -> FloatArray:
        """cuts of x, answers to y: density at the cut times the chance of the answer there."""
        below = special.ndtr((y[None, :] - r * x[:, None]) / root)
        chance = np.diff(below, axis=1, prepend=0.0, append=1.0)
        return np.asarray(np.exp(-(x[:, None] ** 2) / 2) / np.sqrt(2 * np.pi) * chance)

    first, second = along(a, b), along(b, a)
    by_a = np.zeros((*p.shape, len(a)))
    by_b = np.zeros((*p.shape, len(b)))
    for c in range(len(a)):
        by_a[c, :, c], by_a[c + 1, :, c] = first[c], -first[c]
    for c in range(len(b)):
        by_b[:, c, c], by_b[:, c + 1, c] = second[c], -second[c]
    return score, by_a / p[:, :, None], by_b / p[:, :, None]


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


def _shifted(chisq: float, df: int, product: FloatArray) -> float | None:
    """χ² scaled and shifted to the mean and variance of a χ² with ``df``; ``product`` = UΓ."""
    if df < 1:
        return None
    mean, square = float(np.trace(product)), float(np.sum(product * product.T))
    if square <= 0:
        return None
    scale = float(np.sqrt(df / square))
    return chisq * scale + df - scale * mean


def _judged(
    n: int, chisq: float | None, df: int, base: float | None, base_df: int, srmr: float
) -> Fit:
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
        rmsea=rmsea(chisq, df, n - 1),
        rmsea_interval=rmsea_interval(chisq, df, n - 1),
        srmr=srmr,
        converged=True,
    )
