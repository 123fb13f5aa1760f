"""Linear mixed models by restricted maximum likelihood: groups differ in level, and in slope.

y = Xβ + Z b_j + e in group j, b_j normal with covariance Σ, e with σ². Written from Bates, Mächler,
Bolker & Walker 2015, Journal of Statistical Software 67(1): the criterion is profiled over β and σ,
so that only the relative factor θ of Σ = σ²ΛΛ' is searched. Because the groups are one grouping
factor, all it needs of a group are its cross products. Reference: ``lme4::lmer``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from satuhati.core.intervals import t_interval
from satuhati.core.results import Interval
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
SINGULAR = 1e-4
"""A diagonal entry of Λ under this is no variance at all (Bates et al. 2015, isSingular)."""
FEW_GROUPS = 10


@dataclass(frozen=True, slots=True)
class Fixed:
    """A fixed effect: ``df`` and what follows from it by Satterthwaite; ``None`` if unknown."""

    estimate: float
    se: float
    df: float | None
    t: float | None
    p: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Mixed:
    """A fitted model. ``sd`` of the random effects by name, in the unit of the outcome.

    ``correlation``: of intercept and slope. ``criterion``: -2 log of the restricted likelihood.
    ``icc``: share of variance between groups, where only the level differs. ``singular``: a
    variance is zero, or the correlation ±1.
    """

    n: int
    groups: int
    fixed: dict[str, Fixed]
    sd: dict[str, float]
    correlation: float | None
    residual_sd: float | None
    icc: float | None
    criterion: float | None
    converged: bool
    singular: bool
    dropped: int
    warnings: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Products:
    """Cross products of J groups: of Z (q columns), X (p columns) and y."""

    zz: FloatArray
    zx: FloatArray
    zy: FloatArray
    xx: FloatArray
    xy: FloatArray
    yy: float
    n: int


@dataclass(frozen=True, slots=True)
class Solved:
    """β, u and what surrounds them at one θ (penalised least squares)."""

    logdet: float
    beta: FloatArray
    rx: FloatArray
    rss: float
    factor: FloatArray
    u: FloatArray
    rzx: FloatArray
    Lam: FloatArray


def relative_factor(theta: FloatArray, q: int) -> FloatArray:
    """Λ, lower triangular, filled column by column."""
    Lam = np.zeros((q, q))
    columns, rows = np.triu_indices(q)
    Lam[rows, columns] = theta
    return Lam


def solve_at(theta: FloatArray, m: Products) -> Solved | None:
    """Penalised least squares at θ (Bates et al. 2015, section 3.4); ``None`` if X is deficient."""
    q = m.zz.shape[1]
    Lam = relative_factor(theta, q)
    A = Lam.T @ m.zz @ Lam + np.eye(q)
    factor = np.linalg.cholesky(A)
    cu = np.linalg.solve(factor, (m.zy @ Lam)[..., None])[..., 0]
    rzx = np.linalg.solve(factor, Lam.T @ m.zx)
    inner = m.xx - np.einsum("jqa,jqb->ab", rzx, rzx)
    try:
        rx = np.linalg.cholesky(inner)
    except np.linalg.LinAlgError:
        return None
    cb = np.linalg.solve(rx, m.xy - np.einsum("jqa,jq->a", rzx, cu))
    rx = np.asarray(rx, dtype=np.float64)
    beta = np.linalg.solve(rx.T, cb)
    rss = m.yy - float(np.sum(cu**2)) - float(cb @ cb)
    u = np.linalg.solve(np.swapaxes(factor, 1, 2), (cu - rzx @ beta)[..., None])[..., 0]
    logs = np.log(np.diagonal(factor, axis1=1, axis2=2))
    logdet = 2 * float(logs.sum()) + 2 * float(np.log(np.diagonal(rx)).sum())
    root = np.asarray(factor, dtype=np.float64)
    return Solved(logdet, beta, rx, max(rss, 0.0), root, u, rzx, Lam)


def criterion(theta: FloatArray, m: Products) -> float:
    """-2 log of the restricted likelihood, β and σ profiled out (Bates et al. 2015, eq. 42)."""
    found = solve_at(theta, m)
    free = m.n - len(m.xx)
    if found is None:
        return 1e6 * free  # above any other; finite, for a search by differences
    # A perfect fit has no least; the floor lets the search end, and what ended there is refused.
    rss = max(found.rss, 1e-12 * m.yy)
    return found.logdet + free * (1 + float(np.log(2 * np.pi * rss / free)))


def least(m: Products) -> tuple[FloatArray, bool]:
    """θ of the least criterion, and whether the search arrived."""
    from scipy import optimize  # start-up time

    q = m.zz.shape[1]
    columns, rows = np.triu_indices(q)
    bounds = [(0.0, None) if i == j else (None, None) for i, j in zip(rows, columns, strict=True)]
    best, arrived = np.zeros(len(rows)), False
    least_value = criterion(best, m)
    # A flat valley near zero variance can hold one start; the second begins there.
    for start in (1.0, 0.1):
        if arrived and float(best[rows == columns].min()) > 0.05:
            break
        found = optimize.minimize(
            criterion, np.where(rows == columns, start, 0.0), args=(m,), method="L-BFGS-B",
            jac="3-point", bounds=bounds, options={"ftol": 1e-14, "gtol": 1e-8, "maxiter": 500},
        )  # fmt: skip
        if np.isfinite(found.fun) and found.fun <= least_value + 1e-10:
            best, least_value = np.asarray(found.x, dtype=np.float64), float(found.fun)
        arrived |= bool(np.isfinite(found.fun))
    return best, arrived


def fit_mixed(
    outcome: npt.ArrayLike,
    groups: Sequence[str | None],
    predictors: Mapping[str, npt.ArrayLike] | None = None,
    *,
    slope: str | None = None,
) -> Mixed:
    """Fit y = β₀ + Σ β x + b₀ⱼ (+ b₁ⱼ · slope) + e by REML.

    ``outcome`` n numbers, ``groups`` n labels, ``predictors`` n numbers each; a row with anything
    missing is left out and counted. ``slope`` names the predictor whose effect differs by group.
    Intervals and p of fixed effects by Student's t with Satterthwaite's degrees of freedom
    (Giesbrecht & Burns 1985, Biometrics 41(2)). Raises ``ValueError`` for lengths that differ or
    a slope that is no predictor.
    """
    names = list(predictors or {})
    y = np.asarray(outcome, dtype=np.float64)
    columns = [np.asarray(x, dtype=np.float64) for x in (predictors or {}).values()]
    if any(len(x) != len(y) for x in columns) or len(groups) != len(y):
        raise ValueError("outcome, groups and predictors must be of one length")
    if slope is not None and slope not in names:
        raise ValueError("the slope must be one of the predictors")
    whole = ~np.isnan(y) & np.array([g is not None for g in groups], dtype=bool)
    for x in columns:
        whole &= ~np.isnan(x)
    dropped = int(np.count_nonzero(~whole))
    warnings = [Doubt("cfa_dropped", {"n": dropped})] if dropped else []
    y = y[whole]
    labels = np.array([str(g) for g in groups], dtype=object)[whole]
    _, at = np.unique(labels, return_inverse=True)
    J, n = int(at.max(initial=-1)) + 1, len(y)
    X = np.column_stack([np.ones(n), *(x[whole] for x in columns)])
    effects = ["(intercept)", *names]
    p = X.shape[1]

    def nothing(*doubts: Doubt) -> Mixed:
        return Mixed(n, J, {}, {}, None, None, None, None, False, False, dropped,
                     (*warnings, *doubts))  # fmt: skip

    if J < 2:
        return nothing(Doubt("mixed_one_group", {"n": J}))
    q = 1 if slope is None else 2
    if n <= p + 1 or (n <= J * q):
        return nothing(Doubt("mixed_few", {"n": n, "groups": J}))
    scale = np.array([1.0, *(float(np.sqrt(np.mean(X[:, i] ** 2))) for i in range(1, p))])
    scale[scale == 0] = 1.0
    X = X / scale
    own = np.sqrt(np.sum(X**2, axis=0))
    if float(np.linalg.svd(X / np.maximum(own, 1e-300), compute_uv=False)[-1]) < 1e-7:
        return nothing(Doubt("mixed_dependent", {"predictors": ", ".join(names)}))
    centre, unit = float(y.mean()), float(y.std())
    if unit <= 1e-12 * max(float(np.abs(y).max()), 1e-300):
        return nothing(Doubt("mixed_no_variation"))
    chosen = [0] if slope is None else [0, 1 + names.index(slope)]
    m = cross_products((y - centre) / unit, X, X[:, chosen], at, J)
    theta, arrived = least(m)
    found = solve_at(theta, m)
    if not arrived or found is None:
        return nothing(Doubt("mixed_no_convergence"))
    if found.rss <= 1e-9 * n:
        return nothing(Doubt("pool_alike_within"))

    free = n - p
    sigma = float(np.sqrt(found.rss / free))
    Lam = found.Lam * (scale[0] / scale[chosen])[:, None] * sigma * unit
    sds = np.sqrt(np.sum(Lam**2, axis=1))
    correlation = None
    if q == 2 and sds.min() > 0:
        correlation = float(Lam[0] @ Lam[1] / (sds[0] * sds[1]))
    singular = bool(np.diagonal(found.Lam).min() < SINGULAR)
    if singular:
        warnings.append(Doubt("mixed_zero_variance" if q == 1 else "mixed_singular"))
    if J < FEW_GROUPS:
        warnings.append(Doubt("mixed_few_groups", {"n": J, "needed": FEW_GROUPS}))
    inverse = np.linalg.inv(found.rx @ found.rx.T)
    errors = np.sqrt(np.diagonal(inverse)) * sigma * unit / scale
    freedom = satterthwaite(theta, sigma, m)
    beta = found.beta * unit / scale
    beta[0] += centre
    fixed = {
        name: _fixed(float(beta[i]), float(errors[i]), freedom[i]) for i, name in enumerate(effects)
    }
    residual = sigma * unit
    return Mixed(
        n=n,
        groups=J,
        fixed=fixed,
        sd=dict(zip(["(intercept)", slope or ""][:q], sds.tolist(), strict=True)),
        correlation=correlation,
        residual_sd=residual,
        icc=float(sds[0] ** 2 / (sds[0] ** 2 + residual**2)) if q == 1 else None,
        # Back in the units given: the outcome's, and those of the predictors.
        criterion=criterion(theta, m)
        + 2 * free * float(np.log(unit))
        + 2 * float(np.log(scale).sum()),
        converged=True,
        singular=singular,
        dropped=dropped,
        warnings=tuple(warnings),
    )


def cross_products(
    y: FloatArray, X: FloatArray, Z: FloatArray, at: npt.NDArray[np.int64], groups: int
) -> Products:
    """What the criterion needs to know of the data; ``at`` tells each row's group."""

    def by_group(A: FloatArray, B: FloatArray) -> FloatArray:
        out = np.zeros((groups, A.shape[1], B.shape[1]))
        np.add.at(out, at, A[:, :, None] * B[:, None, :])
        return out

    return Products(
        by_group(Z, Z), by_group(Z, X), by_group(Z, y[:, None])[..., 0],
        X.T @ X, X.T @ y, float(y @ y), len(y),
    )  # fmt: skip


def satterthwaite(theta: FloatArray, sigma: float, m: Products) -> list[float | None]:
    """Degrees of freedom of each fixed effect: 2v²/(g'Ag).

    v is the variance of the effect, g its derivative by the variance parameters (those of θ that
    are not on their bound, and σ), A twice the inverse Hessian of the criterion in them. Both
    derivatives by central differences.
    """
    q = m.zz.shape[1]
    columns, rows = np.triu_indices(q)
    inside = np.flatnonzero((rows != columns) | (theta > SINGULAR))

    def spread(v: FloatArray) -> Solved | None:
        full = theta.copy()
        full[inside] = v[:-1]
        return solve_at(full, m)

    def value(v: FloatArray) -> float:
        found = spread(v)
        if found is None:
            return float("nan")
        sigma = float(v[-1])
        return found.logdet + found.rss / sigma**2 + 2 * (m.n - len(m.xx)) * float(np.log(sigma))

    def variances(v: FloatArray) -> FloatArray:
        found = spread(v)
        if found is None:
            return np.full(len(m.xx), np.nan)
        return np.asarray(np.diagonal(np.linalg.inv(found.rx @ found.rx.T)) * v[-1] ** 2)

    at = np.append(theta[inside], sigma)
    steps = 1e-3 * np.maximum(np.abs(at), 1e-2)
    steps[-1] = 1e-3 * sigma
    H = _hessian(value, at, steps)
    gradient = np.array(
        [
            (variances(at + step) - variances(at - step)) / (2 * float(step.sum()))
            for step in np.diag(steps / 10)
        ]
    )
    try:
        A = 2 * np.linalg.inv(H)
    except np.linalg.LinAlgError:
        return [None] * len(m.xx)
    v = variances(at)
    below = np.einsum("ai,ab,bi->i", gradient, A, gradient)
    return [float(2 * a * a / b) if np.isfinite(b) and b > 0 else None
            for a, b in zip(v, below, strict=True)]  # fmt: skip


def _hessian(value: Callable[[FloatArray], float], at: FloatArray, steps: FloatArray) -> FloatArray:
    k = len(at)
    H = np.empty((k, k))
    moves = np.diag(steps)
    for i in range(k):
        for j in range(i, k):
            a, b = moves[i], moves[j]
            corner = value(at + a + b) - value(at + a - b) - value(at - a + b) + value(at - a - b)
            H[i, j] = H[j, i] = corner / (4 * steps[i] * steps[j])
    return H


def _fixed(estimate: float, se: float, df: float | None) -> Fixed:
    t = estimate / se if se > 0 else None
    p = None if t is None or df is None else 2 * float(special.stdtr(df, -abs(t)))
    return Fixed(estimate, se, df, t, p, None if df is None else t_interval(estimate, se, df))
