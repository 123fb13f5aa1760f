"""Do groups answer ordered items alike? Thresholds, loadings and intercepts held equal in turn.

Each group's answers are cuts t of normal variables y* = ν + Λη + ε with scale δ = 1/SD(y*), so that
thresholds are τ = δ(t - ν - Λκ) and correlations ρ = δΛΦΛ'δ. Steps and what goes free at each
follow Wu & Estabrook 2016, Psychometrika 81(4): thresholds equal (in later groups ν and δ free),
then loadings (Φ free), then intercepts (κ free). Weighted least squares with diagonal weights on
thresholds and correlations, χ² scaled and shifted as in :mod:`satuhati.core.surveys.ordered`.
Reference: ``lavaan`` with models written by ``semTools::measEq.syntax``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from satuhati.core.surveys.cfa import CFI_DROP, FEW_IN_GROUP, pattern_of
from satuhati.core.surveys.fitted import Fit
from satuhati.core.surveys.ordered import judged, shifted
from satuhati.core.surveys.ordered_moments import influences
from satuhati.core.surveys.polychoric import polychoric
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Step = Literal["configural", "thresholds", "metric", "scalar"]
STEPS: tuple[Step, ...] = ("configural", "thresholds", "metric", "scalar")
CLIMBS = 500
FIXED = -1


@dataclass(frozen=True, slots=True)
class OrderedInvariance:
    """The same model in several groups, held equal step by step.

    ``fits`` plain and ``scaled`` robust, which is judged by; ``cfi_drop`` is the fall in the scaled
    CFI at each step.
    """

    groups: dict[str, int]
    fits: dict[str, Fit]
    scaled: dict[str, Fit]
    cfi_drop: dict[str, float | None]
    factor_means: dict[str, dict[str, float]]
    warnings: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Moments:
    """A group's thresholds and correlations, their weights and sampling covariance."""

    n: int
    values: FloatArray
    item: IntArray
    gamma: FloatArray


@dataclass(frozen=True, slots=True)
class _Layout:
    """For each group where t, ν, δ, Λ, Φ and κ stand among the parameters; -1 where fixed."""

    size: int
    cut: tuple[IntArray, ...]
    nu: tuple[IntArray, ...]
    delta: tuple[IntArray, ...]
    loading: tuple[IntArray, ...]
    phi: tuple[IntArray, ...]
    kappa: tuple[IntArray, ...]


def invariance_ordered(
    answers: npt.ArrayLike,
    groups: Sequence[str | None],
    items: Sequence[str],
    factors: Mapping[str, Sequence[str]],
) -> OrderedInvariance:
    """Compare groups. ``answers``: n x k ordered answers; incomplete rows are dropped.

    Every group must have used every answer of every item, and every item must have three answers
    or more: with two, equal thresholds cannot be told from unequal scales (Wu & Estabrook 2016).
    A fall in the scaled CFI of more than .010 speaks against a step; with groups under 100
    persons that is said, not judged. ``ValueError`` for shapes and models that do not fit.
    """
    X = np.asarray(answers, dtype=np.float64)
    label = np.array([g is not None for g in groups], dtype=bool)
    if X.ndim != 2 or X.shape[1] != len(items) or len(label) != len(X):
        raise ValueError("answers must be n x k, with one column per item and one group per row")
    pattern = pattern_of(items, factors)
    whole = ~np.isnan(X).any(axis=1) & label
    names = sorted({str(g) for g, keep in zip(groups, whole, strict=True) if keep})
    at = np.array([str(g) for g in groups], dtype=object)
    parts = [X[whole & (at == name)] for name in names]
    sizes = {name: len(part) for name, part in zip(names, parts, strict=True)}
    warnings: list[Doubt] = []

    def nothing(doubt: Doubt) -> OrderedInvariance:
        empty = Fit(int(whole.sum()), None, 0, None, None, None, None, None, None, False)
        same: dict[str, Fit] = dict.fromkeys(STEPS, empty)
        return OrderedInvariance(sizes, same, dict(same), {}, {}, (*warnings, doubt))

    if len(names) < 2:
        return nothing(Doubt("cfa_one_group", {"n": len(names)}))
    small = [name for name, n in sizes.items() if n < FEW_IN_GROUP]
    if small:
        fields = {"groups": ", ".join(small), "needed": FEW_IN_GROUP}
        warnings.append(Doubt("cfa_small_groups", fields))
    few = [(n, name) for name, n in sizes.items() if n <= len(items)]
    if few:
        return nothing(Doubt("cfa_few", {"n": min(few)[0], "items": len(items)}))
    levels = [[np.unique(part[:, j]) for j in range(len(items))] for part in parts]
    unlike = [
        item
        for j, item in enumerate(items)
        if any(not np.array_equal(of[j], levels[0][j]) for of in levels)
    ]
    if unlike:
        return nothing(Doubt("ordered_answers_unlike", {"items": ", ".join(unlike)}))
    two = [item for j, item in enumerate(items) if len(levels[0][j]) < 3]
    if two:
        return nothing(Doubt("ordered_two_answers", {"items": ", ".join(two)}))
    cuts = sum(len(of) - 1 for of in levels[0])
    pairs = len(items) * (len(items) - 1) // 2
    free = lay_out(pattern, cuts, 1, "configural").size
    if free > cuts + pairs:
        fields = {"parameters": free - cuts, "moments": pairs}
        return nothing(Doubt("cfa_not_identified", fields))
    moments = []
    for part in parts:
        measured = polychoric(part)
        warnings += [d for d in measured.warnings if d not in warnings]
        found = influences(part, measured)
        i, j = np.tril_indices(len(items), -1)
        values = np.concatenate([*measured.thresholds, measured.R[i, j]])
        gamma = found.whole
        least = float(np.diagonal(gamma).min())
        if not measured.converged or not np.isfinite(gamma).all() or least <= 1e-12:
            return nothing(Doubt("cfa_no_convergence"))
        moments.append(_Moments(len(part), values, found.item, gamma))

    fits: dict[str, Fit] = {}
    scaled: dict[str, Fit] = {}
    drop: dict[str, float | None] = {}
    means: dict[str, dict[str, float]] = {}
    start: FloatArray | None = None
    for step in STEPS:
        layout = lay_out(pattern, len(moments[0].item), len(parts), step)
        first = _start(layout, moments, pattern)
        theta, converged = _climb(layout, moments, first)
        fits[step], scaled[step] = _fit(layout, moments, theta, converged, len(items))
        if not converged:
            warnings.append(Doubt("ordered_step_no_convergence", {"level": step}))
        start = theta
        if len(fits) > 1:
            before, after = scaled[STEPS[len(fits) - 2]].cfi, scaled[step].cfi
            fall = None if before is None or after is None else before - after
            drop[step] = fall
            if fall is not None and fall > CFI_DROP and not small:
                fields = {"level": step, "drop": f"{fall:.3f}"}
                warnings.append(Doubt("cfa_not_invariant", fields))
    if start is not None and fits["scalar"].converged:
        for g, name in enumerate(names):
            kappa = _filled(layout.kappa[g], start, 0.0)
            means[name] = dict(zip(factors, kappa.tolist(), strict=True))
    return OrderedInvariance(sizes, fits, scaled, drop, means, tuple(warnings))


def lay_out(pattern: npt.NDArray[np.bool_], cuts: int, groups: int, step: Step) -> _Layout:
    """Number the free parameters of a step."""
    k, m = pattern.shape
    level = STEPS.index(step)
    size = 0

    def fresh(free: npt.NDArray[np.bool_]) -> IntArray:
        nonlocal size
        index = np.full(free.shape, FIXED, dtype=np.int64)
        count = int(free.sum())
        index[free] = np.arange(size, size + count)
        size += count
        return index

    cut: list[IntArray] = []
    nu: list[IntArray] = []
    delta: list[IntArray] = []
    loading: list[IntArray] = []
    phi: list[IntArray] = []
    kappa: list[IntArray] = []
    for g in range(groups):
        later = g > 0
        cut.append(cut[0] if later and level >= 1 else fresh(np.ones(cuts, dtype=bool)))
        nu.append(fresh(np.full(k, later and 1 <= level < 3)))
        delta.append(fresh(np.full(k, later and level >= 1)))
        loading.append(loading[0] if later and level >= 2 else fresh(pattern))
        half = fresh(np.tril(np.ones((m, m), dtype=bool), 0 if later and level >= 2 else -1))
        phi.append(np.maximum(half, half.T))
        kappa.append(fresh(np.full(m, later and level >= 3)))
    return _Layout(size, *(tuple(x) for x in (cut, nu, delta, loading, phi, kappa)))


def _filled(index: IntArray, theta: FloatArray, otherwise: float) -> FloatArray:
    return np.where(index == FIXED, otherwise, theta[np.maximum(index, 0)])


def _implied(
    layout: _Layout, g: int, item: IntArray, theta: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Thresholds and correlations of a group, and their derivatives (moments x parameters)."""
    t, nu = _filled(layout.cut[g], theta, 0.0), _filled(layout.nu[g], theta, 0.0)
    delta, L = _filled(layout.delta[g], theta, 1.0), _filled(layout.loading[g], theta, 0.0)
    phi, kappa = _filled(layout.phi[g], theta, 0.0), _filled(layout.kappa[g], theta, 0.0)
    own = np.diagonal(layout.phi[g]) == FIXED
    phi[own, own] = 1.0
    i, j = np.tril_indices(len(nu), -1)
    T, P = len(item), len(i)
    J = np.zeros((T + P, layout.size))
    rows = np.arange(T)
    centred = t - (nu + L @ kappa)[item]
    reach = L @ phi
    common = np.sum(reach[i] * L[j], axis=1)
    pair = T + np.arange(P)

    J[rows, layout.cut[g]] = delta[item]
    _put(J, rows, layout.nu[g][item], -delta[item])
    _put(J, rows, layout.delta[g][item], centred)
    for f in range(len(kappa)):
        _put(J, rows, layout.kappa[g][np.full(T, f)], -delta[item] * L[item, f])
        _put(J, rows, layout.loading[g][item, f], -delta[item] * kappa[f])
        both = delta[i] * delta[j]
        _put(J, pair, layout.loading[g][i, f], both * reach[j, f])
        _put(J, pair, layout.loading[g][j, f], both * reach[i, f])
        for h in range(f + 1):
            a = layout.phi[g][f, h]
            if a != FIXED:
                change = L[i, f] * L[j, h] + L[i, h] * L[j, f]
                J[pair, a] += both * (change if f != h else change / 2)
    _put(J, pair, layout.delta[g][i], delta[j] * common)
    _put(J, pair, layout.delta[g][j], delta[i] * common)
    return np.concatenate([delta[item] * centred, delta[i] * delta[j] * common]), J


def _put(J: FloatArray, rows: IntArray, columns: IntArray, values: FloatArray) -> None:
    free = columns != FIXED
    np.add.at(J, (rows[free], columns[free]), values[free])


def _start(
    layout: _Layout, moments: Sequence[_Moments], pattern: npt.NDArray[np.bool_]
) -> FloatArray:
    """Thresholds as seen; loadings from the first component of each factor's own items."""
    theta = np.zeros(layout.size)
    k = len(pattern)
    i, j = np.tril_indices(k, -1)
    for g in reversed(range(len(moments))):  # shared ones are left as the first group has them
        T = len(moments[g].item)
        theta[layout.cut[g]] = moments[g].values[:T]
        R = np.eye(k)
        R[i, j] = R[j, i] = moments[g].values[T:]
        for f in range(pattern.shape[1]):
            its = np.flatnonzero(pattern[:, f])
            vector = np.linalg.eigh(R[np.ix_(its, its)])[1][:, -1]
            sign = np.sign(vector + 1e-9) * (1.0 if vector.sum() >= 0 else -1.0)
            theta[layout.loading[g][its, f]] = 0.6 * sign
        theta[layout.delta[g][layout.delta[g] != FIXED]] = 1.0
        own = np.diagonal(layout.phi[g])
        theta[own[own != FIXED]] = 1.0
    return theta


def _stacked(
    layout: _Layout, moments: Sequence[_Moments], theta: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Residuals of all groups, their derivatives and weights (n_g - 1 over variance)."""
    residual, D, weight = [], [], []
    for g, m in enumerate(moments):
        implied, J = _implied(layout, g, m.item, theta)
        residual.append(m.values - implied)
        D.append(J)
        weight.append((m.n - 1) / np.diagonal(m.gamma))
    return np.concatenate(residual), np.vstack(D), np.concatenate(weight)


def _climb(
    layout: _Layout, moments: Sequence[_Moments], theta: FloatArray
) -> tuple[FloatArray, bool]:
    """Gauss and Newton with damping (Levenberg 1944; Marquardt 1963)."""
    residual, D, weight = _stacked(layout, moments, theta)
    value, damping = float(weight @ residual**2), 1e-3
    for _ in range(CLIMBS):
        H = D.T @ (weight[:, None] * D)
        slope = D.T @ (weight * residual)
        scale = np.diagonal(H) + 1e-12
        promise = float(slope @ np.linalg.lstsq(H + 1e-12 * np.diag(scale), slope, rcond=None)[0])
        if promise < 1e-10 * max(value, 1.0):
            roots = np.linalg.eigvalsh(H / np.sqrt(np.outer(scale, scale)))
            return theta, bool(roots[0] > 1e-9)
        step = np.linalg.solve(H + damping * np.diag(scale), slope)
        tried = theta + step
        new, new_D, _ = _stacked(layout, moments, tried)
        reached = float(weight @ new**2)
        if reached <= value:
            theta, residual, D = tried, new, new_D
            value, damping = reached, max(damping / 10, 1e-12)
        elif damping > 1e10:
            break
        else:
            damping *= 10
    return theta, False


def _fit(
    layout: _Layout, moments: Sequence[_Moments], theta: FloatArray, converged: bool, k: int
) -> tuple[Fit, Fit]:
    """Plain and scaled fit of a step."""
    residual, D, weight = _stacked(layout, moments, theta)
    N, G = sum(m.n for m in moments), len(moments)
    df = len(residual) - layout.size
    if not converged:
        empty = Fit(N, None, max(df, 0), None, None, None, None, None, None, False)
        return empty, empty
    chisq = float(weight @ residual**2)
    # √N times all moments: of a group, Γ over its share of persons, and weights times that share.
    edges = np.concatenate([[0], np.cumsum([len(m.values) for m in moments])])
    gamma, W = np.zeros((edges[-1], edges[-1])), np.zeros(edges[-1])
    pairs, base, base_product, squares = 0, 0.0, [], 0.0
    for g, m in enumerate(moments):
        at = slice(edges[g], edges[g + 1])
        gamma[at, at] = m.gamma * N / m.n
        W[at] = m.n / N / np.diagonal(m.gamma)
        T = len(m.item)
        own = weight[at][T:]
        rho = m.values[T:]
        base += float(own @ rho**2)
        pairs += len(rho)
        base_product.append(W[at][T:, None] * gamma[at, at][T:, T:])
        off = residual[at][T:]
        squares += m.n / N * float(np.sqrt(off @ off / (len(off) + k)))
    bread = np.linalg.inv(D.T @ (W[:, None] * D))
    U = np.diag(W) - (W[:, None] * D) @ bread @ (W[:, None] * D).T
    mean = sum(float(np.trace(p)) for p in base_product)
    square = sum(float(np.sum(p * p.T)) for p in base_product)
    scale = float(np.sqrt(pairs / square))
    base_scaled = base * scale + pairs - scale * mean
    return (
        judged(N, chisq, df, base, pairs, squares, G),
        judged(N, shifted(chisq, df, U @ gamma), df, base_scaled, pairs, squares, G),
    )
