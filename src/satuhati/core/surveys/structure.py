"""The machinery of confirmatory models: parameters laid out in matrices, and Fisher scoring.

In group g the covariances are Σ = ΛΦΛ' + diag ψ and the means μ = τ + Λα. A factor's scale is set
by variance 1 in the first group (and in every group whose loadings are its own).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
STEPS = 250
FIXED = -1


@dataclass(frozen=True, slots=True)
class Equal:
    """What is held equal over groups."""

    loadings: bool = False
    intercepts: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What a group's answers come to: ``n``, covariances ``S`` (divisor n), ``mean``."""

    n: int
    S: FloatArray
    mean: FloatArray


@dataclass(frozen=True, slots=True)
class Layout:
    """For each group, which parameter stands where; -1 for fixed entries.

    A fixed entry is 0, or 1 on the diagonal of Φ. ``phi`` is symmetric.
    """

    size: int
    loading: tuple[IntArray, ...]
    phi: tuple[IntArray, ...]
    psi: tuple[IntArray, ...]
    tau: tuple[IntArray, ...]
    alpha: tuple[IntArray, ...]
    means: bool


@dataclass(frozen=True, slots=True)
class Solution:
    """Estimates ``theta``, the minimum ``value`` of F, and the inverse information."""

    layout: Layout
    groups: tuple[Group, ...]
    theta: FloatArray
    value: float
    converged: bool
    covariance: FloatArray | None

    def matrices(self, g: int) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
        """Λ, Φ, ψ, τ, α of a group."""
        return matrices(self.layout, g, self.theta)

    def implied(self, g: int) -> tuple[FloatArray, FloatArray]:
        """Σ and μ of a group (μ = the observed means where means are not modelled)."""
        L, phi, psi, tau, alpha = self.matrices(g)
        mu = tau + L @ alpha if self.layout.means else self.groups[g].mean
        return L @ phi @ L.T + np.diag(psi), mu

    def omega(self) -> list[float]:
        """ω of the sum of each factor's items in the first group, over its variance as observed.

        (Σλ)²φ/s'Ss, items with a loading below zero turned. McDonald 1999, Test Theory, ch. 6;
        Flora 2020, Advances in Methods and Practices in Psychological Science 3(4).
        """
        L, phi = self.matrices(0)[:2]
        sign = np.sign(L)
        total = np.einsum("ij,ik,kj->j", sign, self.groups[0].S, sign)
        return list((np.abs(L).sum(axis=0) ** 2 * np.diagonal(phi) / total).tolist())

    def standardized_errors(self, covariance: FloatArray | None = None) -> FloatArray | None:
        """Standard errors of the first group's standardized loadings, by the delta method.

        Only where factor variances are 1: the loading is then λ/√σ, σ the implied variance.
        ``covariance``: that of the parameters, where it is not the model's own.
        """
        spread = self.covariance if covariance is None else covariance
        if spread is None:
            return None
        L, phi, psi, _, _ = self.matrices(0)
        k, m = L.shape
        sigma = np.diagonal(L @ phi @ L.T) + psi
        U, V, _ = derivatives(self.layout, 0, L, phi, np.zeros(m))
        change = 2 * U * V  # of the implied variances
        errors = np.full((k, m), np.nan)
        for i in range(k):
            for j in range(m):
                at = self.layout.loading[0][i, j]
                if at == FIXED:
                    continue
                slope = -0.5 * L[i, j] / sigma[i] ** 1.5 * change[i]
                slope[at] += 1 / np.sqrt(sigma[i])
                errors[i, j] = np.sqrt(max(float(slope @ spread @ slope), 0.0))
        return errors


def lay_out(pattern: npt.NDArray[np.bool_], groups: int, equal: Equal, *, means: bool) -> Layout:
    """Number the free parameters of a k x m pattern of loadings in all groups.

    With equal loadings the factor variances of later groups are free; with equal intercepts too,
    so are their factor means.
    """
    k, m = pattern.shape
    size = 0

    def fresh(shape: tuple[int, ...], free: npt.NDArray[np.bool_]) -> IntArray:
        nonlocal size
        index = np.full(shape, FIXED, dtype=np.int64)
        count = int(np.count_nonzero(free))
        index[free] = np.arange(size, size + count)
        size += count
        return index

    loading: list[IntArray] = []
    phi: list[IntArray] = []
    psi: list[IntArray] = []
    tau: list[IntArray] = []
    alpha: list[IntArray] = []
    for g in range(groups):
        loading.append(loading[0] if g and equal.loadings else fresh((k, m), pattern))
        free = np.tril(np.ones((m, m), dtype=bool), 0 if g and equal.loadings else -1)
        half = fresh((m, m), free)
        phi.append(np.maximum(half, half.T))
        psi.append(fresh((k,), np.ones(k, dtype=bool)))
        shown = np.full(k, means)
        tau.append(tau[0] if g and equal.intercepts else fresh((k,), shown))
        alpha.append(fresh((m,), np.full(m, bool(means and g and equal.intercepts))))
    return Layout(size, tuple(loading), tuple(phi), tuple(psi), tuple(tau), tuple(alpha), means)


def solve(groups: Sequence[Group], layout: Layout) -> Solution:
    """Minimise F = Σ n_g/N [log\\|Σ\\| + tr SΣ⁻¹ - log\\|S\\| - k + (m - μ)'Σ⁻¹(m - μ)].

    Fisher scoring with the step halved until F falls; steps that leave Σ not positive definite
    count as a rise. Items are scaled to variance 1 (in the first group) while it climbs.
    """
    unit = np.sqrt(np.diagonal(groups[0].S))
    scaled = [Group(g.n, g.S / np.outer(unit, unit), g.mean / unit) for g in groups]
    own = [float(np.linalg.slogdet(g.S)[1]) for g in scaled]
    theta, value, information, converged = climb(
        lambda theta: _evaluate(scaled, layout, theta, own), start(scaled, layout)
    )
    covariance: FloatArray | None = None
    if converged:
        # A flat direction: the data do not say where the minimum is.
        if flat(information):
            converged = False
        else:
            covariance = np.linalg.inv(information) * 2 / sum(g.n for g in groups)
    theta, jacobian = unscaled(layout, theta, unit)
    if covariance is not None:
        covariance = covariance * np.outer(jacobian, jacobian)
    return Solution(layout, tuple(groups), theta, value, converged, covariance)


def climb(
    evaluate: Callable[[FloatArray], tuple[float, FloatArray, FloatArray]], theta: FloatArray
) -> tuple[FloatArray, float, FloatArray, bool]:
    """Fisher scoring on a function that gives value, gradient and expected Hessian.

    Returns the parameters, the least value, the Hessian there, and whether it is a minimum.
    """
    value, slope, information = evaluate(theta)
    for _ in range(STEPS):
        try:
            direction = np.linalg.solve(information, -slope)
        except np.linalg.LinAlgError:
            damped = information + 1e-6 * np.diag(np.diagonal(information) + 1e-12)
            direction = np.linalg.lstsq(damped, -slope, rcond=None)[0]
        promise = float(-slope @ direction)
        if not np.isfinite(promise):
            break
        if promise < 1e-12:  # of F, which is known to about 1e-13
            return theta, value, information, float(np.abs(slope).max()) < 1e-5
        length = 1.0
        for _ in range(30):
            tried = theta + length * direction
            new = evaluate(tried)
            if new[0] < value - 1e-4 * length * promise:
                break
            length /= 2
        else:
            return theta, value, information, float(np.abs(slope).max()) < 1e-5
        theta, (value, slope, information) = tried, new
    return theta, value, information, False


def flat(information: FloatArray) -> bool:
    """Whether some direction leaves the function where it is."""
    roots = np.linalg.eigvalsh(information)
    return bool(roots[0] <= 1e-10 * roots[-1])


def matrices(
    layout: Layout, g: int, theta: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    def filled(index: IntArray) -> FloatArray:
        return np.where(index == FIXED, 0.0, theta[np.maximum(index, 0)])

    phi = filled(layout.phi[g])
    one = np.diagonal(layout.phi[g]) == FIXED
    phi[one, one] = 1.0
    return (
        filled(layout.loading[g]),
        phi,
        filled(layout.psi[g]),
        filled(layout.tau[g]),
        filled(layout.alpha[g]),
    )


def derivatives(
    layout: Layout, g: int, L: FloatArray, phi: FloatArray, alpha: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Derivatives of one group: ∂Σ/∂θ_a = u_a v_a' + v_a u_a' as U and V (k x q), ∂μ (k x q).

    Every parameter moves Σ by such a pair of vectors, which spares k x k matrices: a loading by
    its item and ΛΦ's column, a factor covariance by two columns of Λ, a residual by its item.
    """
    k = len(L)
    U, V, dm = (np.zeros((k, layout.size)) for _ in range(3))
    i, j = np.nonzero(layout.loading[g] != FIXED)
    at = layout.loading[g][i, j]
    U[i, at] = 1.0
    V[:, at] = (L @ phi)[:, j]
    dm[i, at] = alpha[j]
    i, j = np.nonzero(np.tril(layout.phi[g] != FIXED))
    at = layout.phi[g][i, j]
    U[:, at] = L[:, i]
    V[:, at] = L[:, j] * np.where(i == j, 0.5, 1.0)
    item = np.arange(k)
    U[item, layout.psi[g]] = 1.0
    V[item, layout.psi[g]] = 0.5
    if layout.means:
        dm[item, layout.tau[g]] = 1.0
        free = layout.alpha[g] != FIXED
        dm[:, layout.alpha[g][free]] = L[:, free]
    return U, V, dm


def _evaluate(
    groups: Sequence[Group], layout: Layout, theta: FloatArray, logdets: Sequence[float]
) -> tuple[float, FloatArray, FloatArray]:
    """F, its gradient and its expected Hessian; F is infinite where Σ is not positive definite."""
    q = layout.size
    N = sum(g.n for g in groups)
    value, slope, information = 0.0, np.zeros(q), np.zeros((q, q))
    for i, g in enumerate(groups):
        L, phi, psi, tau, alpha = matrices(layout, i, theta)
        sigma = L @ phi @ L.T + np.diag(psi)
        try:
            root = np.linalg.cholesky(sigma)
        except np.linalg.LinAlgError:
            return float("inf"), slope, information
        W = np.linalg.inv(sigma)
        off = g.mean - tau - L @ alpha if layout.means else np.zeros(len(sigma))
        T = g.S + np.outer(off, off)
        logdet = 2 * float(np.log(np.diagonal(root)).sum())
        share = g.n / N
        value += share * (logdet + float(np.sum(W * T)) - logdets[i] - len(sigma))
        U, V, dm = derivatives(layout, i, L, phi, alpha)
        slope += share * (2 * np.sum(U * ((W - W @ T @ W) @ V), axis=0) - 2 * dm.T @ (W @ off))
        # tr(W ∂aΣ W ∂bΣ) = 2 (u_a'W u_b · v_a'W v_b + u_a'W v_b · v_a'W u_b)
        WV = W @ V
        cross = U.T @ WV
        information += share * 2 * ((U.T @ W @ U) * (V.T @ WV) + cross * cross.T)
        if layout.means:
            information += share * 2 * dm.T @ W @ dm
    return value, slope, information


def start(groups: Sequence[Group], layout: Layout) -> FloatArray:
    """Loadings from each factor's own items: the first component of their correlations.

    With mean correlation r̄ of m items its root is 1 + (m - 1)r̄, and m·r̄ of it is common. Factors
    correlate as their components do, corrected for what is not common.
    """
    theta = np.zeros(layout.size)
    for i, g in enumerate(groups):
        sd = np.sqrt(np.diagonal(g.S))
        index = layout.loading[i]
        R = g.S / np.outer(sd, sd)
        k, m = index.shape
        L, direction = np.zeros((k, m)), np.zeros((k, m))
        for j in range(m):
            at = np.flatnonzero(index[:, j] != FIXED)
            roots, vectors = np.linalg.eigh(R[np.ix_(at, at)])
            vector = vectors[:, -1] * (1.0 if vectors[:, -1].sum() >= 0 else -1.0)
            size = len(at)
            common = size * (float(roots[-1]) - 1) / (size - 1) if size > 1 else 0.36
            strength = np.clip(np.abs(vector) * np.sqrt(max(common, 0.1)), 0.2, 0.95)
            L[at, j] = np.where(vector < 0, -strength, strength)
            direction[at, j] = vector
            if i == 0 or index is not layout.loading[0]:
                theta[index[at, j]] = L[at, j] * sd[at]
        free = np.diagonal(layout.phi[i])
        theta[free[free != FIXED]] = 1.0
        reach = np.sum(direction * L, axis=0)
        between = direction.T @ R @ direction / np.outer(reach, reach)
        row, column = np.nonzero(np.tril(layout.phi[i] != FIXED, -1))
        theta[layout.phi[i][row, column]] = np.clip(between[row, column], -0.8, 0.8)
        left = np.clip(1 - np.sum(L**2, axis=1), 0.1, 0.9)
        theta[layout.psi[i]] = left * sd**2
        if layout.means and (i == 0 or layout.tau[i] is not layout.tau[0]):
            theta[layout.tau[i]] = g.mean
    return theta


def unscaled(layout: Layout, theta: FloatArray, unit: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Back to the items' own units, with the factor each parameter was multiplied by."""
    factor = np.ones(layout.size)
    for g in range(len(layout.loading)):
        for i, j in np.argwhere(layout.loading[g] != FIXED):
            factor[layout.loading[g][i, j]] = unit[i]
        factor[layout.psi[g]] = unit**2
        if layout.means:
            factor[layout.tau[g]] = unit
    return theta * factor, factor
