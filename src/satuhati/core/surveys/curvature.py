"""How a normal likelihood bends: information, expected and observed, and each person's score.

Parameters move Σ by pairs of vectors, ∂Σ/∂θ_a = u_a v_a' + v_a u_a' (columns of U and V), and μ by
columns of ``dm``; so nothing larger than persons or items by parameters is ever formed. The same
functions serve a model (:func:`satuhati.core.surveys.structure.derivatives`) and the saturated
one (:func:`saturated`). Magnus & Neudecker 1988, Matrix Differential Calculus, ch. 15.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from satuhati.core.surveys.structure import FIXED, Layout

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sample:
    """Answers of one group by pattern of missingness.

    For P patterns: ``n`` persons, ``given`` (P x k) what was answered, ``mean`` and ``S`` (divisor
    n) of what was, zero elsewhere; ``rows`` the answers themselves, each as n_p x k with zeros.
    """

    n: FloatArray
    given: BoolArray
    mean: FloatArray
    S: FloatArray
    rows: tuple[FloatArray, ...]

    @property
    def persons(self) -> int:
        return int(self.n.sum())

    def scaled(self, unit: FloatArray) -> Sample:
        """The same answers, each item divided by its unit."""
        return Sample(
            self.n, self.given, self.mean / unit, self.S / np.outer(unit, unit),
            tuple(x / unit for x in self.rows),
        )  # fmt: skip


def by_pattern(X: FloatArray) -> Sample:
    """n x k answers (``nan`` = missing; no row may be empty) parted by what was answered."""
    given, at = np.unique(~np.isnan(X), axis=0, return_inverse=True)
    at = at.reshape(-1)
    P, k = given.shape
    n, mean, S = np.zeros(P), np.zeros((P, k)), np.zeros((P, k, k))
    rows = []
    for p in range(P):
        x = np.where(given[p], X[at == p], 0.0)
        n[p], mean[p] = len(x), x.mean(axis=0)
        off = x - mean[p]
        S[p] = off.T @ off / len(x)
        rows.append(x)
    return Sample(n, given, mean, S, tuple(rows))


def inverses(sigma: FloatArray, given: BoolArray) -> tuple[FloatArray, FloatArray] | None:
    """Σ⁻¹ of what each pattern answered (zero elsewhere) and log|Σ|; ``None`` if not positive."""
    both = given[:, :, None] & given[:, None, :]
    k = len(sigma)
    A = np.where(both, sigma, 0.0) + np.eye(k) * ~given[:, :, None]
    try:
        root = np.linalg.cholesky(A)
        inverse = np.linalg.inv(A)
    except np.linalg.LinAlgError:
        return None
    logdet = 2 * np.log(np.diagonal(root, axis1=1, axis2=2)).sum(axis=1)
    return np.where(both, inverse, 0.0), logdet


def expected(W: FloatArray, U: FloatArray, V: FloatArray, dm: FloatArray) -> FloatArray:
    """Expected information of one person: ½ tr(W∂ₐΣW∂ᵦΣ) + ∂ₐμ'W∂ᵦμ."""
    WV = W @ V
    cross = U.T @ WV
    return np.asarray((U.T @ W @ U) * (V.T @ WV) + cross * cross.T + dm.T @ W @ dm)


def observed(
    W: FloatArray, T: FloatArray, d: FloatArray, U: FloatArray, V: FloatArray, dm: FloatArray
) -> FloatArray:
    """Observed information of one person on average, but for what bends Σ and μ themselves.

    ``T`` = S + dd', d = mean - μ. tr(WTW∂ₐΣW∂ᵦΣ) - ½ tr(W∂ₐΣW∂ᵦΣ) + d'W∂ₐΣW∂ᵦμ + d'W∂ᵦΣW∂ₐμ
    + ∂ₐμ'W∂ᵦμ. Equals :func:`expected` where T = Σ and d = 0.
    """
    M = W @ T @ W
    MU, MV, WU, WV = M @ U, M @ V, W @ U, W @ V
    uMu, uMv, vMv = U.T @ MU, U.T @ MV, V.T @ MV
    uWu, uWv, vWv = U.T @ WU, U.T @ WV, V.T @ WV
    curve = uWv.T * uMv + vWv * uMu + uWu * vMv + uWv * uMv.T
    y = W @ d
    turned = (U * (V.T @ y) + V * (U.T @ y)).T @ W @ dm
    return np.asarray(curve - uWu * vWv - uWv * uWv.T + turned + turned.T + dm.T @ W @ dm)


def bend(
    layout: Layout, g: int, L: FloatArray, phi: FloatArray, G: FloatArray, h: FloatArray
) -> FloatArray:
    """The rest of the observed information: ½ tr(G ∂ₐᵦΣ) - h'∂ₐᵦμ, q x q.

    ``G`` is the mean of W - WTW, ``h`` that of Wd. Σ = ΛΦΛ' + ψ bends where two loadings, or a
    loading and a factor covariance, meet; μ = τ + Λα where a loading and a factor mean do.
    """
    H = np.zeros((layout.size, layout.size))
    rows, columns = np.nonzero(layout.loading[g] != FIXED)
    at = layout.loading[g][rows, columns]
    H[np.ix_(at, at)] += G[np.ix_(rows, rows)] * phi[np.ix_(columns, columns)]
    GL = G @ L
    for a, i, j in zip(at, rows, columns, strict=True):
        for m in range(len(phi)):
            b = layout.phi[g][j, m]
            if b != FIXED:
                H[a, b] += GL[i, m]
                H[b, a] += GL[i, m]
        b = layout.alpha[g][j]
        if b != FIXED:
            H[a, b] -= h[i]
            H[b, a] -= h[i]
    return H


def saturated(k: int, *, means: bool = True) -> tuple[FloatArray, FloatArray, FloatArray]:
    """U, V and dm of the model in which every mean and covariance is free.

    Parameters: k means, then covariances σ_ij, i <= j, row by row. Without ``means`` they stand
    still, and only the covariances are parameters.
    """
    i, j = np.triu_indices(k)
    first = k if means else 0
    q = first + len(i)
    U, V, dm = (np.zeros((k, q)) for _ in range(3))
    at = np.arange(first, q)
    U[i, at] = 1.0
    V[j, at] = np.where(i == j, 0.5, 1.0)
    if means:
        dm[:, :k] = np.eye(k)
    return U, V, dm


def scores(
    x: FloatArray, W: FloatArray, mu: FloatArray, U: FloatArray, V: FloatArray, dm: FloatArray
) -> FloatArray:
    """∂ℓ/∂θ of each of n persons of one pattern, n x q: (y'u)(y'v) - u'Wv + y'∂μ, y = W(x - μ)."""
    Y = (x - mu) @ W
    return np.asarray((Y @ U) * (Y @ V) - np.sum(U * (W @ V), axis=0) + Y @ dm)
