"""Pairwise means and covariances of answers with holes in them, in four matrix products."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Moments:
    """First and second moments of k items over n persons.

    ``pairs[i, j]`` persons answered both i and j; ``cov[i, j]`` is their covariance (n - 1 in
    the denominator), ``nan`` below two persons, and ``correlation[i, j]`` their correlation over
    the same persons, ``nan`` where one of the two does not vary among them. ``mean``, ``sd`` and
    ``missing`` (share of empty cells, 0-1) are per item over all who answered it.
    """

    pairs: FloatArray
    cov: FloatArray
    correlation: FloatArray
    mean: FloatArray
    sd: FloatArray
    missing: FloatArray

    def subset(self, columns: npt.NDArray[np.int64]) -> Moments:
        """The moments of some of the items."""
        block = np.ix_(columns, columns)
        return Moments(
            self.pairs[block],
            self.cov[block],
            self.correlation[block],
            self.mean[columns],
            self.sd[columns],
            self.missing[columns],
        )


def pairwise_moments(answers: npt.ArrayLike) -> Moments:
    """Moments from all persons who answered both items of each pair.

    ``answers``: n x k, ``nan`` = missing. cov_ij = (Σxy - Σx Σy / m) / (m - 1) with all sums over
    the m persons of the pair; items are centred first, so that nothing cancels. Equals R's
    ``cov`` and ``cor`` with ``use = "pairwise.complete.obs"``.
    """
    X = np.asarray(answers, dtype=np.float64)
    given = ~np.isnan(X)
    M = given.astype(np.float64)
    count = M.sum(axis=0)
    filled = np.where(given, X, 0.0)
    centre = filled.sum(axis=0) / np.maximum(count, 1)
    D = np.where(given, X - centre, 0.0)
    pairs = M.T @ M
    sums = D.T @ M  # Σ of item i over those who also answered j
    products = D.T @ D
    enough = pairs >= 2
    m = np.where(enough, pairs, 2.0)
    cov = np.where(enough, (products - sums * sums.T / m) / (m - 1), np.nan)
    # An item that never varies must have variance 0, not the rounding left by centring.
    least = np.where(given, X, np.inf).min(axis=0, initial=np.inf)
    most = np.where(given, X, -np.inf).max(axis=0, initial=-np.inf)
    constant = (least == most) & (count >= 2)
    cov[constant, :] = np.where(enough[constant, :], 0.0, np.nan)
    cov[:, constant] = np.where(enough[:, constant], 0.0, np.nan)
    squares = (D * D).T @ M
    spread = np.maximum(squares - sums**2 / m, 0.0)  # of item i over those who also answered j
    # Below this share of the item's own spread only rounding is left.
    least_spread = 1e-12 * np.maximum(np.diagonal(squares), 1e-300)[:, None]
    spread = np.where(enough & (spread > least_spread), spread, np.nan)
    correlation = cov * (m - 1) / np.sqrt(spread * spread.T)
    mean = np.where(count > 0, centre, np.nan)
    sd = np.sqrt(np.maximum(np.diagonal(cov), 0.0))
    n = X.shape[0]
    missing = 1 - count / n if n else np.full(X.shape[1], np.nan)
    return Moments(pairs, cov, correlation, mean, sd, missing)
