"""How surely thresholds and polychoric correlations are known: each person's influence on them.

All pairs of items at once: their tables of answers are one array, and what differs from person to
person is picked from it by their answers. Muthén 1984, Psychometrika 49(1); Jöreskog 1994,
Psychometrika 59(3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from satuhati.core.surveys.polychoric import FAR, TIERS, Polychoric, bivariate_normal

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class Influence:
    """Of n persons on every threshold (n x T, item after item) and correlation (n x pairs).

    ``item`` says whose threshold each of the T is; pairs go below the diagonal, row by row.
    """

    thresholds: FloatArray
    correlations: FloatArray
    item: IntArray

    @property
    def covariance(self) -> FloatArray:
        """Γ of √n times the correlations."""
        return np.asarray(self.correlations.T @ self.correlations / len(self.correlations))

    @property
    def whole(self) -> FloatArray:
        """Γ of √n times thresholds, then correlations."""
        both = np.hstack([self.thresholds, self.correlations])
        return np.asarray(both.T @ both / len(both))


def influences(X: FloatArray, measured: Polychoric) -> Influence:
    """Influence of each row of n x k complete answers.

    On a threshold: I⁻¹ ∂ log share/∂τ. On ρ: (s - A times that on τ)/I with s = ∂ log p/∂ρ of the
    person's two answers, I the mean of s² and A the mean of s ∂ log p/∂τ.
    """
    n, k = X.shape
    K = max(len(t) for t in measured.thresholds) + 1
    code = np.empty((n, k), dtype=np.int64)
    cut = np.full((k, K + 1), FAR)
    cut[:, 0] = -FAR
    moved: list[FloatArray] = []
    for a in range(k):
        code[:, a] = np.unique(X[:, a], return_inverse=True)[1]
        tau = measured.thresholds[a]
        cut[a, 1 : len(tau) + 1] = tau
        share = np.diff(special.ndtr(tau), prepend=0.0, append=1.0)
        height = np.exp(-(tau**2) / 2) / np.sqrt(2 * np.pi)
        # ∂ log share/∂τ, a row for each answer: what lies under a cut grows with it.
        slope = (np.eye(len(share))[:, :-1] - np.eye(len(share))[:, 1:]) * height / share[:, None]
        information = (slope * share[:, None]).T @ slope
        moved.append((slope @ np.linalg.inv(information))[code[:, a]])
    by_cut = np.hstack(moved)
    sizes = np.array([m.shape[1] for m in moved])
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    i, j = np.tril_indices(k, -1)
    rho = measured.R[i, j]
    hot = (code[:, :, None] == np.arange(K)).astype(np.float64).reshape(n, k * K)
    tables = (hot.T @ hot).reshape(k, K, k, K).transpose(0, 2, 1, 3)[i, j] / n
    p, score = _cells(cut[i], cut[j], rho)
    weighted = tables * score / p
    along_i, along_j = _along(cut[i], cut[j], rho), _along(cut[j], cut[i], rho)
    # A cut takes from the answer above it what it gives to the one under it.
    cross_i = np.sum((weighted[:, :-1] - weighted[:, 1:]) * along_i, axis=2)
    turned = weighted.transpose(0, 2, 1)
    cross_j = np.sum((turned[:, :-1] - turned[:, 1:]) * along_j, axis=2)
    information = np.sum(tables * score**2, axis=(1, 2))

    A = np.zeros((by_cut.shape[1], len(i)))
    pair = np.arange(len(i))
    for c in range(K - 1):
        for item, cross in ((i, cross_i), (j, cross_j)):
            has = sizes[item] > c
            A[first[item[has]] + c, pair[has]] += cross[has, c]
    flat = score.reshape(len(i), -1)
    s = np.take_along_axis(flat, (code[:, i] * K + code[:, j]).T, axis=1).T
    return Influence(by_cut, (s - by_cut @ A) / information, np.repeat(np.arange(k), sizes))


def sampling_covariance(X: FloatArray, measured: Polychoric) -> FloatArray:
    """Γ: the covariance matrix of √n ρ over pairs below the diagonal, thresholds estimated."""
    return influences(X, measured).covariance


def _cells(a: FloatArray, b: FloatArray, rho: FloatArray) -> tuple[FloatArray, FloatArray]:
    """p of every pair of answers, and ∂ log p/∂ρ; pairs x K x K."""
    A, B, r = a[:, 1:-1, None], b[:, None, 1:-1], rho[:, None, None]
    corner = np.zeros((len(rho), a.shape[1], b.shape[1]))
    size = np.abs(rho)
    for above, below, nodes in TIERS:
        at = np.flatnonzero((size >= above) & (size < below))
        if at.size:
            corner[at, 1:-1, 1:-1] = bivariate_normal(A[at], B[at], r[at], nodes)
    corner[:, -1, 1:] = special.ndtr(b[:, 1:])
    corner[:, 1:, -1] = special.ndtr(a[:, 1:])
    height = np.zeros_like(corner)
    rest = 1 - r * r
    height[:, 1:-1, 1:-1] = np.exp(-(A * A + B * B - 2 * r * A * B) / (2 * rest)) / (
        2 * np.pi * np.sqrt(rest)
    )
    p = np.maximum(np.diff(np.diff(corner, axis=1), axis=2), LEAST)
    return p, np.asarray(np.diff(np.diff(height, axis=1), axis=2) / p)


def _along(x: FloatArray, y: FloatArray, rho: FloatArray) -> FloatArray:
    """Cuts of x by answers to y: density at the cut times the chance of the answer there."""
    X, Y, r = x[:, 1:-1, None], y[:, None, :], rho[:, None, None]
    chance = np.diff(special.ndtr((Y - r * X) / np.sqrt(1 - r * r)), axis=2)
    return np.asarray(np.exp(-(X**2) / 2) / np.sqrt(2 * np.pi) * chance)
