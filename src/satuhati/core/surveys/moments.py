"""Pairwise means, covariances and correlations of answers with holes in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Moments:
    """First and second moments of k items over n persons.

    ``pairs[i, j]`` persons answered both i and j; ``cov[i, j]`` is their covariance (n - 1 in
    the denominator), ``nan`` below two persons. ``mean``, ``sd`` and ``missing`` (share of empty
    cells, 0-1) are per item over all who answered it. ``answered`` persons gave at least one
    answer, ``complete`` persons gave all of them.
    """

    pairs: FloatArray
    cov: FloatArray
    mean: FloatArray
    sd: FloatArray
    missing: FloatArray
    answered: int
    complete: int


def pairwise_moments(answers: npt.ArrayLike) -> Moments:
    """Moments from all persons who answered both items of each pair.

    ``answers``: n x k, ``nan`` = missing. cov_ij = (Σxy - Σx Σy / m) / (m - 1) with all sums over
    the m persons of the pair; items are centred first, so that nothing cancels. Equals R's
    ``cov(use = "pairwise.complete.obs")``. One product of the answers stacked on their own mask
    gives every sum.
    """
    X = np.ascontiguousarray(np.asarray(answers, dtype=np.float64).T)  # items in rows: long runs
    k, n = X.shape
    both = np.empty((2 * k, n))
    D, M = both[:k], both[k:]
    given = ~np.isnan(X)
    M[:] = given
    count = M.sum(axis=1)
    centre = np.add.reduce(X, axis=1, where=given) / np.maximum(count, 1)
    np.subtract(X, centre[:, None], out=D)
    D[~given] = 0.0
    products = both @ both.T
    pairs, sums = products[k:, k:], products[:k, k:]  # sums: Σ of item i where j is answered too
    enough = pairs >= 2
    m = np.where(enough, pairs, 2.0)
    cov = np.where(enough, (products[:k, :k] - sums * sums.T / m) / (m - 1), np.nan)
    # An item that never varies must have variance 0, not the rounding left by centring.
    for i in np.flatnonzero(np.diagonal(cov) <= 1e-20 * centre**2):
        values = X[i][given[i]]
        if values.min() == values.max():
            cov[i] = np.where(enough[i], 0.0, np.nan)
            cov[:, i] = cov[i]
    of_person = M.sum(axis=0)
    return Moments(
        pairs=pairs,
        cov=cov,
        mean=np.where(count > 0, centre, np.nan),
        sd=np.sqrt(np.maximum(np.diagonal(cov), 0.0)),
        missing=1 - count / n if n else np.full(k, np.nan),
        answered=int(np.count_nonzero(of_person)),
        complete=int(np.count_nonzero(of_person == k)),
    )


def pairwise_correlation(answers: npt.ArrayLike) -> FloatArray:
    """Correlation of each pair over the persons who answered both; ``nan`` where one is constant.

    Equals R's ``cor(use = "pairwise.complete.obs")``: both standard deviations are those of the
    pair's own persons, so every entry lies in -1..1 (the matrix may still be indefinite).
    """
    X = np.asarray(answers, dtype=np.float64)
    given = ~np.isnan(X)
    M = given.astype(np.float64)
    centre = np.where(given, X, 0.0).sum(axis=0) / np.maximum(M.sum(axis=0), 1)
    D = np.where(given, X - centre, 0.0)
    pairs = M.T @ M
    m = np.where(pairs >= 2, pairs, 2.0)
    sums = D.T @ M
    squares = (D * D).T @ M
    spread = np.maximum(squares - sums**2 / m, 0.0)  # of item i over those who also answered j
    # Below this share of the item's own spread only rounding is left.
    rounding = 1e-12 * np.maximum(np.diagonal(squares), 1e-24 * centre**2)[:, None]
    spread = np.where((pairs >= 2) & (spread > rounding), spread, np.nan)
    return np.asarray((D.T @ D - sums * sums.T / m) / np.sqrt(spread * spread.T))
