"""Models of covariances from answers with holes: full information maximum likelihood.

Every person enters with what they answered, which is right when answers are missing at random given
the others. The saturated means and covariances, against which χ² is taken, come from the EM
algorithm. Little & Rubin 2002, Statistical Analysis with Missing Data, ch. 11 (EM); Arbuckle 1996,
in Advanced Structural Equation Modeling (the likelihood); Savalei 2010, Psychological
Methods 15(4) (observed information). Reference: ``lavaan::cfa(missing = "fiml")``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from satuhati.core.surveys.curvature import (
    Sample,
    bend,
    by_pattern,
    expected,
    inverses,
    observed,
    saturated,
)
from satuhati.core.surveys.structure import (
    Group,
    Layout,
    Solution,
    climb,
    derivatives,
    flat,
    matrices,
    start,
    unscaled,
)

FloatArray = npt.NDArray[np.float64]
EM_STEPS = 2000
EM_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A fitted model: its ``solution`` (the groups hold EM moments), and what it was fitted to.

    ``null_chisq`` is χ² of the model without common factors.
    """

    solution: Solution
    samples: tuple[Sample, ...]
    null_chisq: float


def deviance(sample: Sample, mu: FloatArray, sigma: FloatArray) -> float | None:
    """-2 log-likelihood without its constant, Σ n (log\\|Σ\\| + tr WT); ``None`` off the domain."""
    found = inverses(sigma, sample.given)
    if found is None:
        return None
    W, logdet = found
    d = np.where(sample.given, sample.mean - mu, 0.0)
    T = sample.S + d[:, :, None] * d[:, None, :]
    return float(sample.n @ (logdet + np.sum(W * T, axis=(1, 2))))


def em(sample: Sample) -> tuple[FloatArray, FloatArray, bool]:
    """Means and covariances (divisor n) of greatest likelihood, and whether the steps stood still.

    E: what is missing is expected from what was answered; M: means and covariances of that, with
    the covariance the expectation leaves out.
    """
    N = sample.n.sum()
    share = sample.n / N
    mu, own = each_alone(sample)
    unit = np.sqrt(own)
    sample = sample.scaled(unit)
    mu, sigma = mu / unit, np.eye(len(mu))
    for step in range(EM_STEPS):
        found = inverses(sigma, sample.given)
        # On its way to items that follow from each other it would climb for ever.
        lost = step % 25 == 24 and float(np.linalg.eigvalsh(sigma)[0]) < 1e-8
        if found is None or lost:
            return mu * unit, sigma * np.outer(unit, unit), False
        B = sigma @ found[0]
        d = np.where(sample.given, sample.mean - mu, 0.0)
        shift = share @ np.einsum("pij,pj->pi", B, d)
        T = sample.S + d[:, :, None] * d[:, None, :]
        left = sigma - B @ sigma
        second = np.einsum("p,pij->ij", share, B @ T @ np.swapaxes(B, 1, 2) + left)
        new = second - np.outer(shift, shift)
        new = (new + new.T) / 2
        moved = max(float(np.abs(new - sigma).max()), float(np.abs(shift).max()))
        mu, sigma = mu + shift, new
        if moved < EM_CLOSE:
            return mu * unit, sigma * np.outer(unit, unit), True
    return mu * unit, sigma * np.outer(unit, unit), False


def fit_incomplete(parts: Sequence[FloatArray], layout: Layout) -> Incomplete | None:
    """Fit to answers of each group (``nan`` = missing, no row empty); means are modelled.

    ``None`` where the saturated moments cannot be had (pairs that nobody answered together, an
    item that follows from others). Standard errors from the observed information.
    """
    samples = [by_pattern(X) for X in parts]
    groups: list[Group] = []
    for sample in samples:
        mu, sigma, converged = em(sample)
        own = np.sqrt(np.diagonal(sigma))
        roots = np.linalg.eigvalsh(sigma / np.outer(own, own))
        if not converged or float(roots[0]) < 1e-8:
            return None
        groups.append(Group(sample.persons, sigma, mu))
    N = sum(g.n for g in groups)
    unit = np.sqrt(np.diagonal(groups[0].S))
    within = [s.scaled(unit) for s in samples]
    scaled = [Group(g.n, g.S / np.outer(unit, unit), g.mean / unit) for g in groups]
    best = sum(deviance(s, g.mean, g.S) or 0.0 for s, g in zip(within, scaled, strict=True))
    theta, value, information, converged = climb(
        lambda theta: _evaluate(within, layout, theta, N, best), start(scaled, layout)
    )
    covariance: FloatArray | None = None
    if converged and not flat(information):
        H = observed_information(within, layout, theta)
        if flat(H):
            converged = False
        else:
            covariance = np.asarray(np.linalg.inv(H), dtype=np.float64)
    else:
        converged = False
    theta, jacobian = unscaled(layout, theta, unit)
    if covariance is not None:
        covariance = covariance * np.outer(jacobian, jacobian)
    null = sum(
        _alone(s) - (deviance(s, g.mean, g.S) or 0.0) for s, g in zip(samples, groups, strict=True)
    )
    found = Solution(layout, tuple(groups), theta, max(value, 0.0), converged, covariance)
    return Incomplete(found, tuple(samples), max(null, 0.0))


def observed_information(
    samples: Sequence[Sample], layout: Layout, theta: FloatArray
) -> FloatArray:
    """-∂²ℓ/∂θ∂θ' of all persons together, q x q."""
    H = np.zeros((layout.size, layout.size))
    for g, sample in enumerate(samples):
        L, phi, psi, tau, alpha = matrices(layout, g, theta)
        U, V, dm = derivatives(layout, g, L, phi, alpha)
        sigma, mu = L @ phi @ L.T + np.diag(psi), tau + L @ alpha
        within, G, h = _bent(sample, mu, sigma, U, V, dm)
        H += within + bend(layout, g, L, phi, G, h)
    return H


def saturated_information(sample: Sample, mu: FloatArray, sigma: FloatArray) -> FloatArray:
    """-∂²ℓ of the saturated model (means, then covariances) at its moments, all persons."""
    return _bent(sample, mu, sigma, *saturated(len(mu)))[0]


def _bent(
    sample: Sample,
    mu: FloatArray,
    sigma: FloatArray,
    U: FloatArray,
    V: FloatArray,
    dm: FloatArray,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Observed information of all persons; Σ n (W - WTW) and Σ n Wd beside it."""
    found = inverses(sigma, sample.given)
    assert found is not None
    W = found[0]
    d = np.where(sample.given, sample.mean - mu, 0.0)
    T = sample.S + d[:, :, None] * d[:, None, :]
    H = np.zeros((U.shape[1], U.shape[1]))
    for p, n in enumerate(sample.n):
        H += n * observed(W[p], T[p], d[p], U, V, dm)
    G = np.einsum("p,pij->ij", sample.n, W - W @ T @ W)
    return H, G, np.einsum("p,pij,pj->i", sample.n, W, d)


def _evaluate(
    samples: Sequence[Sample], layout: Layout, theta: FloatArray, N: int, best: float
) -> tuple[float, FloatArray, FloatArray]:
    """F = (deviance - that of the saturated moments)/N, its gradient and nearly its Hessian."""
    q = layout.size
    value, slope, information = -best / N, np.zeros(q), np.zeros((q, q))
    for g, sample in enumerate(samples):
        L, phi, psi, tau, alpha = matrices(layout, g, theta)
        sigma, mu = L @ phi @ L.T + np.diag(psi), tau + L @ alpha
        found = inverses(sigma, sample.given)
        if found is None:
            return float("inf"), slope, information
        W, logdet = found
        d = np.where(sample.given, sample.mean - mu, 0.0)
        T = sample.S + d[:, :, None] * d[:, None, :]
        share = sample.n / N
        value += float(share @ (logdet + np.sum(W * T, axis=(1, 2))))
        U, V, dm = derivatives(layout, g, L, phi, alpha)
        G = np.einsum("p,pij->ij", share, W - W @ T @ W)
        h = np.einsum("p,pij,pj->i", share, W, d)
        slope += 2 * np.sum(U * (G @ V), axis=0) - 2 * dm.T @ h
        # That of the mean of all W, not the mean of all patterns': near enough to climb by, and
        # hundreds of patterns cost no more than one.
        within = float(share.sum())
        middle = np.einsum("p,pij->ij", share, W) / within
        information += 2 * within * expected(middle, U, V, dm)
    return value, slope, information


def each_alone(sample: Sample) -> tuple[FloatArray, FloatArray]:
    """Mean and variance of each item over those who answered it: the model without covariances."""
    weight = sample.n @ sample.given
    mu = (sample.n @ sample.mean) / weight
    d = np.where(sample.given, sample.mean - mu, 0.0)
    return mu, (np.einsum("p,pii->i", sample.n, sample.S) + sample.n @ d**2) / weight


def _alone(sample: Sample) -> float:
    """Deviance of the model without covariances."""
    return float((sample.n @ sample.given) @ (np.log(each_alone(sample)[1]) + 1))
