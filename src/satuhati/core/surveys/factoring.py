"""Exploratory factoring as reliability needs it: minres, oblimin, Schmid-Leiman.

Written from the papers. All functions take a correlation matrix (k x k, no missing entries).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

# A unique variance at this bound is a Heywood case: the item would be all common factor.
LEAST_UNIQUENESS = 0.005


@dataclass(frozen=True, slots=True)
class Factoring:
    """Unrotated factors: ``loadings`` k x m, ``uniqueness`` k, and whether the fit may be used."""

    loadings: FloatArray
    uniqueness: FloatArray
    converged: bool
    heywood: bool


@dataclass(frozen=True, slots=True)
class Rotation:
    """Oblique factors: pattern ``loadings`` k x m and factor correlations ``phi`` m x m."""

    loadings: FloatArray
    phi: FloatArray
    converged: bool


@dataclass(frozen=True, slots=True)
class SchmidLeiman:
    """A general factor above m group factors.

    ``general`` (k) are the items' loadings on the general factor; ``uniqueness`` (k) what neither
    it nor the group factors explain.
    """

    general: FloatArray
    uniqueness: FloatArray
    converged: bool
    heywood: bool


def minres(R: FloatArray, m: int) -> Factoring:
    """Factors by minimum residuals, that is unweighted least squares.

    Minimises the sum of squared off-diagonal residuals of R - LL'. For given unique variances ψ
    the best L comes from the m largest eigenvalues of R - diag(ψ), and half the sum of squares of
    the others is the function of ψ to minimise; its derivative is -Σ_j λ_j ω_ij² over those
    others. Unique variances are kept within [.005, 1].

    Harman & Jones 1966, Psychometrika 31(3); Jöreskog 1977, in Statistical Methods for Digital
    Computers III.
    """
    # Inside, for start-up time: half a second that alpha alone does not need.
    from scipy import optimize

    k = R.shape[0]
    if not 0 < m < k:
        raise ValueError("the number of factors must lie between 1 and the number of items - 1")

    def misfit(psi: FloatArray) -> tuple[float, FloatArray]:
        values, vectors = np.linalg.eigh(R - np.diag(psi))  # ascending
        rest, directions = values[: k - m], vectors[:, : k - m]
        return 0.5 * float(rest @ rest), -(directions**2) @ rest

    # Start from what the other items do not predict (squared multiple correlations); where one
    # item repeats another R has no inverse, and any start will do.
    lowest, highest = np.linalg.eigvalsh(R)[[0, -1]]
    start = np.full(k, 0.5)
    if lowest > highest * 1e-12:
        start = 1 / np.diagonal(np.linalg.inv(R))
    fit = optimize.minimize(
        misfit,
        np.clip(start, 0.05, 0.95),
        jac=True,
        method="L-BFGS-B",
        bounds=[(LEAST_UNIQUENESS, 1.0)] * k,
        options={"maxiter": 2000, "ftol": 1e-15, "gtol": 1e-9},
    )
    psi = np.asarray(fit.x, dtype=np.float64)
    values, vectors = np.linalg.eigh(R - np.diag(psi))
    largest = np.argsort(values)[::-1][:m]
    kept = np.maximum(values[largest], 0.0)
    loadings = vectors[:, largest] * np.sqrt(kept)
    loadings = loadings * np.where(loadings.sum(axis=0) < 0, -1.0, 1.0)
    # The line search stops on rounding at these tolerances; a flat gradient is what counts.
    slope = misfit(psi)[1]
    free = (psi > LEAST_UNIQUENESS) & (psi < 1)
    converged = bool(fit.success) or float(np.abs(slope[free]).max(initial=0.0)) < 1e-5
    return Factoring(loadings, psi, converged, bool((psi <= LEAST_UNIQUENESS * 1.0001).any()))


def quartimin(loadings: FloatArray, *, max_steps: int = 5000, epsilon: float = 1e-7) -> Rotation:
    """Direct quartimin (oblimin with γ = 0): few cross-loadings, factors free to correlate.

    Minimises ¼ Σ_i Σ_{p≠q} l_ip² l_iq² over rotations L = A (T')⁻¹ with columns of T of length
    one, by gradient projection from T = I. φ = T'T.

    Jennrich & Sampson 1966, Psychometrika 31(3); Jennrich 2002, Psychometrika 67(1); Bernaards &
    Jennrich 2005, Educational and Psychological Measurement 65(5).
    """
    m = loadings.shape[1]
    others = np.ones((m, m)) - np.eye(m)

    def criterion(L: FloatArray) -> tuple[float, FloatArray]:
        squares = L**2
        cross = squares @ others
        return float((squares * cross).sum() / 4), L * cross

    T = np.eye(m)
    L = loadings.copy()
    value, slope = criterion(L)
    step, converged = 1.0, False
    for _ in range(max_steps):
        gradient = -(L.T @ slope @ np.linalg.inv(T)).T
        projected = gradient - T * (T * gradient).sum(axis=0)
        length = float(np.linalg.norm(projected))
        if length < epsilon:
            converged = True
            break
        step *= 2
        for _ in range(30):
            turned = T - step * projected
            turned = turned / np.linalg.norm(turned, axis=0)
            tried = loadings @ np.linalg.inv(turned).T
            new_value, new_slope = criterion(tried)
            if new_value < value - 0.5 * step * length**2:
                break
            step /= 2
        else:
            # No step lowers the criterion any more: at the limit of floating point.
            converged = length < 1e-5
            break
        T, L, value, slope = turned, tried, new_value, new_slope
    return Rotation(L, T.T @ T, converged)


def schmid_leiman(R: FloatArray, m: int = 3) -> SchmidLeiman:
    """General and group factors from a second-order solution.

    m oblique factors (minres, quartimin) are extracted; their correlations are factored once
    more by one minres factor with loadings g; an item's general loading is its pattern loadings
    times g.

    Schmid & Leiman 1957, Psychometrika 22(1). m must be at least 3, below which g is not
    identified (``ValueError``).
    """
    if m < 3:
        raise ValueError("a general factor needs at least three group factors to be identified")
    first = minres(R, m)
    oblique = quartimin(first.loadings)
    second = minres(oblique.phi, 1)
    return SchmidLeiman(
        general=oblique.loadings @ second.loadings[:, 0],
        uniqueness=first.uniqueness,
        converged=first.converged and oblique.converged and second.converged,
        heywood=first.heywood or second.heywood,
    )
