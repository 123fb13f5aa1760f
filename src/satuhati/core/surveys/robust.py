"""χ² and errors that hold when answers are not normal: Satorra–Bentler, Yuan–Bentler.

A χ² of normal theory is too large, or too small, by c = tr(UΓ)/df on average; the scaled one is
χ²/c. Complete answers: Satorra & Bentler 1994, in Latent Variables Analysis (with their sandwich
of errors); answers with holes: Yuan & Bentler 2000, Sociological Methodology 30, c from the
information and the scores of both models, as Asparouhov & Muthén 2005 (Mplus web notes) have it.
CFI and RMSEA of the population, not shrunk by c: Li & Bentler 2006; Brosseau-Liard & Savalei 2014,
Multivariate Behavioral Research 49(5); with missing answers Zhang & Savalei 2023, Psychological
Methods 28(2). Reference: ``lavaan`` estimators MLM and MLR.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from satuhati.core.surveys.curvature import Sample, expected, inverses, saturated, scores
from satuhati.core.surveys.incomplete import (
    Incomplete,
    each_alone,
    saturated_information,
)
from satuhati.core.surveys.structure import Group, Solution, derivatives

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scaling:
    """How far normal theory is off, and errors that are not.

    ``factor`` c of the model and ``null_factor`` of the one without factors; ``covariance`` of the
    parameters. ``distance`` and ``null_distance``: what CFI and RMSEA of the population rest on,
    each as (χ², c): with complete answers the plain χ²; with holes the misfit of the saturated
    moments, as if all had answered, and what it would be by chance alone.
    """

    factor: float
    null_factor: float
    covariance: FloatArray
    distance: tuple[float, float]
    null_distance: tuple[float, float]


def satorra_bentler(
    found: Solution, parts: Sequence[FloatArray], df: int, null_df: int, chisq: float, null: float
) -> Scaling:
    """Scaling for complete answers; U and Γ enter through each person's score alone."""
    layout = found.layout
    q = layout.size
    A, B = np.zeros((q, q)), np.zeros((q, q))
    trace = null_trace = 0.0
    for g, X in enumerate(parts):
        L, phi, _, _, alpha = found.matrices(g)
        sigma, _ = found.implied(g)
        U, V, dm = derivatives(layout, g, L, phi, alpha)
        W = np.asarray(np.linalg.inv(sigma), dtype=np.float64)
        off = X - X.mean(axis=0)
        n = len(X)
        s = scores(off, W, np.zeros(len(sigma)), U, V, dm)
        s = s - s.mean(axis=0)
        A += n * expected(W, U, V, dm)
        B += s.T @ s
        trace += _whole(off, W)
        if layout.means:
            trace += float(np.sum(W * found.groups[g].S))
        null_trace += _independence(off)
    inverse = np.linalg.inv(A)
    c = (trace - float(np.sum(inverse * B))) / df
    c0 = null_trace / null_df
    return Scaling(c, c0, inverse @ B @ inverse, (chisq, c), (null, c0))


def _whole(off: FloatArray, W: FloatArray) -> float:
    """tr WΓ of covariances: half of Mardia's fourth moment less its part by S."""
    distance = np.sum((off @ W) * off, axis=1)
    WS = W @ (off.T @ off) / len(off)
    return 0.5 * (float(np.mean(distance**2)) - float(np.sum(WS * WS.T)))


def _independence(off: FloatArray) -> float:
    """tr UΓ of the model without covariances: Σ_{i<j} (mean z_i²z_j² - r²)."""
    z = off / off.std(axis=0)
    squares = z**2
    fourth = squares.T @ squares / len(z)
    R = z.T @ z / len(z)
    i, j = np.triu_indices(len(R), 1)
    return float(np.sum(fourth[i, j] - R[i, j] ** 2))


def yuan_bentler(fitted: Incomplete, df: int, null_df: int, *, sandwich: bool = True) -> Scaling:
    """Scaling for answers with holes. Without ``sandwich`` answers are taken as normal.

    c = (tr A₁⁻¹B₁ - tr A₀⁻¹B₀)/df with A the observed information and B the sum of products of
    scores, of the saturated model and of this one.
    """
    found = fitted.solution
    layout = found.layout
    q = layout.size
    H = np.linalg.inv(found.covariance) if found.covariance is not None else np.eye(q)
    B = np.zeros((q, q))
    top = null_part = 0.0
    blocks = []
    for g, sample in enumerate(fitted.samples):
        L, phi, _, _, alpha = found.matrices(g)
        sigma, mu = found.implied(g)
        U, V, dm = derivatives(layout, g, L, phi, alpha)
        s = casewise(sample, mu, sigma, U, V, dm)
        B += s.T @ s
        own = found.groups[g]
        k = len(own.mean)
        A1 = saturated_information(sample, own.mean, own.S)
        s1 = casewise(sample, own.mean, own.S, *saturated(k))
        B1 = s1.T @ s1
        J = np.asarray(np.linalg.inv(A1), dtype=np.float64)
        top += float(np.sum(J * B1))
        null_part += _null_part(sample)
        spread: FloatArray = np.asarray(J @ B1 @ J, dtype=np.float64) if sandwich else J
        blocks.append((own, A1, spread))
    inverse = np.linalg.inv(H)
    c = (top - float(np.sum(inverse * B))) / df
    c0 = (top - null_part) / null_df
    covariance = inverse @ B @ inverse if sandwich else inverse
    distance, null_distance = _distances(fitted, blocks, df, null_df)
    return Scaling(c, c0, covariance, distance, null_distance)


def casewise(
    sample: Sample, mu: FloatArray, sigma: FloatArray, U: FloatArray, V: FloatArray, dm: FloatArray
) -> FloatArray:
    """Scores of all persons, pattern after pattern."""
    found = inverses(sigma, sample.given)
    assert found is not None
    return np.vstack(
        [scores(x, W, mu, U, V, dm) for x, W in zip(sample.rows, found[0], strict=True)]
    )


def _null_part(sample: Sample) -> float:
    """tr A₀⁻¹B₀ of the model without covariances: two for each item, were it normal."""
    total = 0.0
    for i in range(sample.given.shape[1]):
        x = np.concatenate(
            [rows[:, i] for rows, g in zip(sample.rows, sample.given, strict=True) if g[i]]
        )
        z = (x - x.mean()) / x.std()
        # Information of mean and variance: 1 and ½ (in units of z), their scores z and (z² - 1)/2.
        total += 1 + 0.5 * (float(np.mean(z**4)) - 1)
    return total


def _distances(
    fitted: Incomplete,
    blocks: Sequence[tuple[Group, FloatArray, FloatArray]],
    df: int,
    null_df: int,
) -> tuple[tuple[float, float], tuple[float, float]]:
    """N·F of the saturated moments as if they were those of complete answers, and its mean.

    With r the residuals of the saturated moments, r = (I - Δ(Δ'JΔ)⁻¹Δ'J)(s - σ₀) at the model of
    full information, J the information and Ω the sampling covariance of s, and W the information
    complete answers would have had: c = tr(W (I - P) Ω (I - P)')/df. Zhang & Savalei 2023.
    """
    found = fitted.solution
    layout = found.layout
    deltas, total = [], 0.0
    inner = np.zeros((layout.size, layout.size))
    for g, (own, J, _) in enumerate(blocks):
        L, phi, _, _, alpha = found.matrices(g)
        D = _delta(*derivatives(layout, g, L, phi, alpha))
        deltas.append(D)
        inner += D.T @ J @ D
        total += own.n * _apart(own, *found.implied(g))
    inverse = np.linalg.inv(inner)
    trace = null = null_trace = 0.0
    for g, (own, J, omega) in enumerate(blocks):
        k = len(own.S)
        W = own.n * expected(np.asarray(np.linalg.inv(own.S), dtype=np.float64), *saturated(k))
        # Shared parameters link the residuals of groups: Σ over pairs of groups.
        for h, (_, other, spread) in enumerate(blocks):
            P = (np.eye(len(W)) if g == h else 0.0) - deltas[g] @ inverse @ (deltas[h].T @ other)
            trace += float(np.sum(W * (P @ spread @ P.T)))
        i, j = np.triu_indices(k)
        D = np.eye(len(W))[:, np.concatenate([np.arange(k), k + np.flatnonzero(i == j)])]
        P = np.eye(len(W)) - D @ np.linalg.inv(D.T @ J @ D) @ D.T @ J
        null_trace += float(np.sum(W * (P @ omega @ P.T)))
        mu, variances = each_alone(fitted.samples[g])
        null += own.n * _apart(own, np.diag(variances), mu)
    return (total, trace / df), (null, null_trace / null_df)


def _apart(own: Group, sigma: FloatArray, mu: FloatArray) -> float:
    """F between a group's moments and those implied, as if all answers were complete."""
    W, off = np.linalg.inv(sigma), own.mean - mu
    logs = np.linalg.slogdet(sigma)[1] - np.linalg.slogdet(own.S)[1]
    return float(logs) + float(np.sum(W * own.S)) - len(mu) + float(off @ W @ off)


def _delta(U: FloatArray, V: FloatArray, dm: FloatArray) -> FloatArray:
    """∂(μ, σ)/∂θ, rows as :func:`saturated` has its parameters."""
    k = len(U)
    i, j = np.triu_indices(k)
    return np.vstack([dm, U[i] * V[j] + V[i] * U[j]])
