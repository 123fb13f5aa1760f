"""Polychoric correlations: what ordered answers would correlate if they were not cut in steps.

All pairs at once on NumPy: one matrix product counts every table, and every correlation is
climbed by Fisher scoring side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
MOST_CATEGORIES = 15
# Stands for infinity: the normal distribution beyond it is under 1e-17.
FAR = 8.5
BOUND = 0.999
STEPS = 100
# Nodes of the integral by size of ρ: it steepens towards 1.
TIERS = ((0.0, 0.5, 8), (0.5, 0.85, 16), (0.85, 1.0, 48))


@dataclass(frozen=True, slots=True)
class Polychoric:
    """``R`` k x k (``nan`` where a pair cannot be had), ``thresholds`` per item, in z units.

    ``pairs[i, j]`` persons answered both. ``empty_pairs`` pairs have a combination of answers
    nobody gave; ``at_bound`` pairs ran to the end of the range.
    """

    R: FloatArray
    thresholds: tuple[FloatArray, ...]
    pairs: FloatArray
    empty_pairs: int
    at_bound: int
    converged: bool
    warnings: tuple[Doubt, ...] = ()


def bivariate_normal(a: FloatArray, b: FloatArray, rho: FloatArray, nodes: int = 24) -> FloatArray:
    """P(X <= a, Y <= b) of two standard normals correlated ``rho``; shapes broadcast.

    Φ(a)Φ(b) + 1/2π ∫₀^asin ρ exp(-(a² + b² - 2ab sin θ) / (2 cos² θ)) dθ by Gauss and Legendre.
    8 nodes are exact to 1e-12 up to \\|ρ\\| = .5, 16 up to .85, 48 up to .999. Plackett 1954,
    Biometrika 41; Drezner & Wesolowsky 1990, Journal of Statistical Computation and Simulation 35.
    """
    a, b, rho = np.broadcast_arrays(a, b, rho)
    x, w = np.polynomial.legendre.leggauss(nodes)
    half = np.arcsin(rho) / 2
    total = np.zeros(a.shape)
    squares, product = a * a + b * b, 2 * a * b
    for node, weight in zip(x, w, strict=True):
        sine = np.sin(half * (1 + node))
        total += weight * np.exp(-(squares - product * sine) / (2 * (1 - sine * sine)))
    return np.asarray(special.ndtr(a) * special.ndtr(b) + half * total / (2 * np.pi))


def polychoric(answers: npt.ArrayLike) -> Polychoric:
    """Polychoric correlations of n x k ordered answers (``nan`` = missing, left out pairwise).

    Two steps: thresholds from each item's own shares, z(cumulative share); then, with them held,
    ρ maximising Σ n_ab log p_ab(ρ) for each pair. Any ordered numbers will do, only their order
    counts. A two-by-two table with an empty cell gets half an answer there, its margins kept;
    other empty cells stay, and pairs that have one are counted in a doubt. Raises ``ValueError``
    for more than 15 different answers to an item.

    Olsson 1979, Psychometrika 44(4). Reference: ``lavaan::lavCor(ordered =)``.
    """
    X = np.asarray(answers, dtype=np.float64)
    if X.ndim != 2:
        raise ValueError("answers must be n x k")
    k = X.shape[1]
    levels = [np.unique(X[~np.isnan(X[:, j]), j]) for j in range(k)]
    K = max((len(v) for v in levels), default=0)
    if K > MOST_CATEGORIES:
        raise ValueError(f"more than {MOST_CATEGORIES} different answers to an item")
    warnings: list[Doubt] = []
    one_hot = np.zeros((len(X), k, max(K, 1)))
    for item, values in enumerate(levels):
        for c, value in enumerate(values):
            one_hot[:, item, c] = X[:, item] == value
    flat = one_hot.reshape(len(X), k * max(K, 1))
    tables = (flat.T @ flat).reshape(k, max(K, 1), k, max(K, 1)).transpose(0, 2, 1, 3)
    pairs = tables.sum(axis=(2, 3))
    cut, thresholds = _thresholds(one_hot, levels)

    R = np.full((k, k), np.nan)
    counts = np.array([len(v) for v in levels])
    usable = counts >= 2
    R[usable, usable] = 1.0
    i, j = np.triu_indices(k, 1)
    kept = usable[i] & usable[j] & (pairs[i, j] >= 2)
    i, j = i[kept], j[kept]
    if not i.size:
        return Polychoric(R, thresholds, pairs, 0, 0, True, ())
    observed = tables[i, j].copy()
    rows, columns = np.arange(K)[None, :, None], np.arange(K)[None, None, :]
    real = (rows < counts[i][:, None, None]) & (columns < counts[j][:, None, None])
    empty = ((observed == 0) & real).any(axis=(1, 2))
    for pair in np.flatnonzero(empty & (counts[i] == 2) & (counts[j] == 2)):
        square = observed[pair, :2, :2]
        if np.count_nonzero(square == 0) == 1:
            sign = np.where(np.add.outer([0, 1], [0, 1]) % 2, -0.5, 0.5)
            zero = int(np.flatnonzero(square.ravel() == 0)[0])
            square += sign if zero in (0, 3) else -sign
    rho, converged = _climb(observed, cut[i], cut[j], pairs[i, j])
    R[i, j] = R[j, i] = rho
    bound = int(np.count_nonzero(np.abs(rho) > 0.995))
    n_empty = int(np.count_nonzero(empty))
    if n_empty:
        warnings.append(Doubt("polychoric_sparse", {"n": n_empty, "of": len(i)}))
    if bound:
        warnings.append(Doubt("polychoric_bound", {"n": bound}))
    if not converged:
        warnings.append(Doubt("polychoric_no_convergence"))
    return Polychoric(R, thresholds, pairs, n_empty, bound, converged, tuple(warnings))


def _thresholds(
    one_hot: FloatArray, levels: list[FloatArray]
) -> tuple[FloatArray, tuple[FloatArray, ...]]:
    """Cuts of every item, padded to one length with "infinity", and the real ones."""
    counts = one_hot.sum(axis=0)
    k, K = counts.shape
    total = np.maximum(counts.sum(axis=1), 1)
    z = special.ndtri(np.clip(np.cumsum(counts, axis=1) / total[:, None], 0, 1))
    cut = np.full((k, K + 1), FAR)
    cut[:, 0] = -FAR
    cut[:, 1:] = np.clip(z, -FAR, FAR)
    for j, values in enumerate(levels):
        cut[j, max(len(values), 1) :] = FAR
    return cut, tuple(z[j, : max(len(v) - 1, 0)].copy() for j, v in enumerate(levels))


def _climb(
    observed: FloatArray, a: FloatArray, b: FloatArray, n: FloatArray
) -> tuple[FloatArray, bool]:
    """ρ of all pairs by Fisher scoring on atanh ρ; pairs that stand still drop out."""
    rho = np.zeros(len(observed))
    open_ = np.arange(len(observed))
    for _ in range(STEPS):
        size = np.abs(rho[open_])
        moved = np.empty(len(open_))
        for above, below, nodes in TIERS:
            chosen = (size >= above) & (size < below)
            at = open_[chosen]
            if at.size:
                moved[chosen] = _step(observed[at], a[at], b[at], n[at], rho[at], nodes)
        change = np.abs(moved - rho[open_])
        rho[open_] = moved
        open_ = open_[(change > 1e-9) & (np.abs(moved) < BOUND)]
        if not open_.size:
            return rho, True
    return rho, False


def _step(
    observed: FloatArray,
    a: FloatArray,
    b: FloatArray,
    n: FloatArray,
    rho: FloatArray,
    nodes: int,
) -> FloatArray:
    # Only where neither cut is "infinity" is there anything to integrate.
    A, B, r = a[:, 1:-1, None], b[:, None, 1:-1], rho[:, None, None]
    cdf = np.zeros((len(rho), a.shape[1], b.shape[1]))
    density = np.zeros_like(cdf)
    cdf[:, 1:-1, 1:-1] = bivariate_normal(A, B, r, nodes)
    cdf[:, -1, 1:] = special.ndtr(b[:, 1:])
    cdf[:, 1:, -1] = special.ndtr(a[:, 1:])
    rest = 1 - r * r
    density[:, 1:-1, 1:-1] = np.exp(-(A * A + B * B - 2 * r * A * B) / (2 * rest)) / (
        2 * np.pi * np.sqrt(rest)
    )
    p = np.maximum(_cells(cdf), 1e-12)  # also keeps a cell of rounding above zero
    slope = _cells(density)
    score = np.sum(observed * slope / p, axis=(1, 2))
    information = n * np.sum(slope * slope / p, axis=(1, 2))
    wide = 1 - rho * rho
    step = score / np.maximum(information * wide, 1e-12)
    z = np.arctanh(rho) + np.clip(step, -0.5, 0.5)
    return np.asarray(np.clip(np.tanh(z), -BOUND, BOUND))


def _cells(corner: FloatArray) -> FloatArray:
    return np.asarray(np.diff(np.diff(corner, axis=1), axis=2))
