"""The graded response model: how sharply, and at what level, each ordered item tells people apart.

Written from Samejima 1969, Psychometrika Monograph 17; Bock & Aitkin 1981, Psychometrika 46(4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import special

from satuhati.core.surveys.polychoric import MOST_CATEGORIES
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
NODES = np.linspace(-6.0, 6.0, 61)
SHOWN = (-2.0, -1.0, 0.0, 1.0, 2.0)
STEEP = 6.0
CLOSE = 1e-3
"""Of the slope, in units in which every parameter has a standard error of about one."""
SMALL = 200
RARE = 5
"""An answer chosen by fewer persons leaves the thresholds beside it to chance."""


@dataclass(frozen=True, slots=True)
class GradedItem:
    """Slope ``a``, thresholds ``b`` (in standard deviations of the trait), and ``information``.

    ``b[c]`` is where the chance of the answer ``answers[c + 1]`` or more is one half. The item's
    information is given at -2, -1, 0, 1 and 2.
    """

    a: float
    b: tuple[float, ...]
    answers: tuple[float, ...]
    information: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """``loglik`` of ``n`` persons with ``parameters`` free; items by name."""

    n: int
    loglik: float | None
    parameters: int
    items: dict[str, GradedItem]
    converged: bool
    warnings: tuple[Doubt, ...] = ()


def graded(answers: npt.ArrayLike, items: Sequence[str]) -> Graded:
    """Graded response model of n x k ordered answers, one standard normal trait.

    P(x >= c) = 1/(1 + exp(-a (θ - b_c))). Maximises the marginal likelihood over 61 even nodes
    from -6 to 6; a missing (``nan``) answer drops out of its person's likelihood alone. Information
    of an item: Σ_c p'_c²/p_c. Raises ``ValueError`` for shapes that do not fit, or more than 15
    different answers. Reference: the five items of LSAT section 6 (Bock & Lieberman 1970,
    Psychometrika 35(2)), log-likelihood -2466.653.
    """
    X = np.asarray(answers, dtype=np.float64)
    if X.ndim != 2 or X.shape[1] != len(items):
        raise ValueError("answers must be n x k with one column per item")
    X = X[~np.isnan(X).all(axis=1)]
    levels = [np.unique(X[~np.isnan(X[:, j]), j]) for j in range(X.shape[1])]
    if max((len(v) for v in levels), default=0) > MOST_CATEGORIES:
        raise ValueError(f"more than {MOST_CATEGORIES} different answers to an item")
    warnings: list[Doubt] = []
    constant = [name for name, v in zip(items, levels, strict=True) if len(v) < 2]
    if constant and len(X):
        warnings.append(Doubt("constant_items", {"items": ", ".join(constant)}))
    used = [j for j, v in enumerate(levels) if len(v) > 1]
    if len(used) < 3:
        few = Doubt("graded_few_items", {"n": len(used), "needed": 3})
        return Graded(len(X), None, 0, {}, False, (*warnings, few))
    if len(X) < SMALL:
        warnings.append(Doubt("graded_small", {"n": len(X), "needed": SMALL}))
    hot = [(X[:, j][:, None] == levels[j]).astype(np.float64) for j in used]
    rare = [items[j] for j, h in zip(used, hot, strict=True) if h.sum(axis=0).min() < RARE]
    if rare:
        warnings.append(Doubt("graded_sparse", {"items": ", ".join(rare), "needed": RARE}))
    theta, loglik, converged = _climb(hot)
    slopes = [float(theta[at][0]) for at in _places(hot)]
    if sum(slopes) < 0:
        warnings.append(Doubt("graded_turned"))
    found: dict[str, GradedItem] = {}
    for j, at in zip(used, _places(hot), strict=True):
        a, d = _read(theta[at])
        if a == 0:
            converged = False
            continue
        p, slope = _curves(a, d, np.array(SHOWN))
        information = np.sum(slope**2 / np.maximum(p, 1e-12), axis=0)
        found[items[j]] = GradedItem(
            a, tuple((-d / a).tolist()), tuple(levels[j].tolist()), tuple(information.tolist())
        )
    steep = [name for name, item in found.items() if abs(item.a) > STEEP]
    against = [n for n, item in found.items() if item.a * (1 if sum(slopes) >= 0 else -1) < 0]
    if steep:
        warnings.append(Doubt("graded_steep", {"items": ", ".join(steep)}))
    if against:
        warnings.append(Doubt("items_against", {"items": ", ".join(against)}))
    if not converged:
        warnings.append(Doubt("graded_no_convergence"))
        return Graded(len(X), None, len(theta), {}, False, tuple(warnings))
    return Graded(len(X), loglik, len(theta), found, True, tuple(warnings))


def _places(hot: Sequence[FloatArray]) -> list[slice]:
    """Where each item's parameters stand: slope, first intercept, logarithms of the gaps."""
    ends = np.cumsum([0, *(h.shape[1] for h in hot)]).tolist()
    return [slice(i, j) for i, j in pairwise(ends)]


def _read(part: FloatArray) -> tuple[float, FloatArray]:
    """Slope and falling intercepts."""
    gaps = np.exp(part[2:])
    return float(part[0]), part[1] - np.concatenate([[0.0], np.cumsum(gaps)])


def _curves(a: float, d: FloatArray, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Probability of each answer and its derivative by θ (answers x nodes)."""
    s = special.expit(a * theta + d[:, None])
    whole = np.vstack([np.ones_like(theta), s, np.zeros_like(theta)])
    steep = np.vstack([np.zeros_like(theta), a * s * (1 - s), np.zeros_like(theta)])
    return whole[:-1] - whole[1:], steep[:-1] - steep[1:]


def _climb(hot: Sequence[FloatArray]) -> tuple[FloatArray, float, bool]:
    from scipy import optimize  # start-up time

    places = _places(hot)
    start = np.zeros(places[-1].stop)
    for h, at in zip(hot, places, strict=True):
        above = 1 - np.cumsum(h.sum(axis=0))[:-1] / h.sum()
        d = 1.2 * special.logit(np.clip(above, 0.002, 0.998))
        start[at] = np.concatenate([[1.0, d[0]], np.log(np.maximum(-np.diff(d), 0.05))])
    stacked, weight = _patterns(hot)
    # Most of the way on few nodes; what they miss is made good on all of them.
    theta, value, slope = start, 0.0, start
    for nodes, close in ((NODES[::3], 0.1), (NODES, CLOSE)):
        loss = _Loss(stacked, weight, places, nodes)
        root = _roots(theta, places, nodes, loss.heights * weight.sum())

        def rooted(
            x: FloatArray, loss: _Loss = loss, root: Sequence[FloatArray] = root
        ) -> tuple[float, FloatArray]:
            value, slope = loss(_each(x, places, root, turned=True))
            return value, _each(slope, places, root)

        fit = optimize.minimize(
            rooted, _back(theta, places, root), jac=True, method="L-BFGS-B",
            options={"maxiter": 1000, "maxfun": 2000, "ftol": 1e-15, "gtol": close, "maxcor": 20},
        )  # fmt: skip
        theta = _each(np.asarray(fit.x, dtype=np.float64), places, root, turned=True)
        value, slope = float(fit.fun), np.asarray(fit.jac)
    # In units of standard errors: what a whole step would still gain is half its square.
    return theta, -value, float(np.abs(slope).max()) < 10 * CLOSE


def _roots(
    theta: FloatArray, places: Sequence[slice], nodes: FloatArray, persons: FloatArray
) -> list[FloatArray]:
    """Of each item, a root of the inverse information its answers would give were θ known.

    In such units parameters are alike, and quasi-Newton steps are few.
    """
    out = []
    for at in places:
        part = theta[at]
        a, d = _read(part)
        K = len(part)
        s = special.expit(a * nodes + d[:, None])
        bell = s * (1 - s)
        # ∂s_c by slope, first intercept and each later gap.
        change = np.zeros((K, K - 1, len(nodes)))
        change[0] = bell * nodes
        change[1] = bell
        for g in range(2, K):
            change[g, g - 1 :] = -np.exp(part[g]) * bell[g - 1 :]
        whole = np.concatenate([np.ones((1, len(nodes))), s, np.zeros((1, len(nodes)))])
        p = np.maximum(whole[:-1] - whole[1:], 1e-10)
        zero = np.zeros((K, 1, len(nodes)))
        steps = np.concatenate([zero, change, zero], axis=1)
        dp = steps[:, :-1] - steps[:, 1:]
        information = np.einsum("akq,bkq,kq->ab", dp, dp, persons / p)
        information += np.diag(1e-6 * np.diagonal(information) + 1e-8)
        out.append(np.linalg.inv(np.linalg.cholesky(information)))
    return out


def _each(
    x: FloatArray, places: Sequence[slice], root: Sequence[FloatArray], *, turned: bool = False
) -> FloatArray:
    """Item by item, the root times x (or its transpose)."""
    out = np.empty_like(x)
    for at, r in zip(places, root, strict=True):
        out[at] = (r.T if turned else r) @ x[at]
    return out


def _back(theta: FloatArray, places: Sequence[slice], root: Sequence[FloatArray]) -> FloatArray:
    out = np.empty_like(theta)
    for at, r in zip(places, root, strict=True):
        out[at] = np.linalg.solve(r.T, theta[at])
    return out


def _patterns(hot: Sequence[FloatArray]) -> tuple[FloatArray, FloatArray]:
    """Persons who answered all alike as one row, with their number."""
    rows, count = np.unique(np.hstack(list(hot)).astype(np.uint8), axis=0, return_counts=True)
    return rows.astype(np.float64), count.astype(np.float64)


class _Loss:
    """-log-likelihood and its gradient from the expected counts of answers at each node."""

    def __init__(
        self, stacked: FloatArray, weight: FloatArray, places: Sequence[slice], nodes: FloatArray
    ) -> None:
        self.stacked, self.weight, self.places, self.nodes = stacked, weight, places, nodes
        heights = np.exp(-(nodes**2) / 2)
        self.heights = heights / heights.sum()

    def __call__(self, theta: FloatArray) -> tuple[float, FloatArray]:
        curves = [_curves(*_read(theta[at]), self.nodes)[0] for at in self.places]
        p = np.maximum(np.vstack(curves), 1e-300)
        person = self.stacked @ np.log(p)
        top = person.max(axis=1, keepdims=True)
        person -= top
        np.exp(person, out=person)
        person *= self.heights
        total = person.sum(axis=1)
        value = float(self.weight @ (top[:, 0] + np.log(total)))
        person *= (self.weight / total)[:, None]
        expected = self.stacked.T @ person  # answers x nodes
        slope = np.zeros_like(theta)
        for at in self.places:
            part = theta[at]
            a, d = _read(part)
            ratio = expected[at] / p[at]
            s = special.expit(a * self.nodes + d[:, None])
            by_z = (ratio[1:] - ratio[:-1]) * s * (1 - s)
            by_d = by_z.sum(axis=1)
            later = np.cumsum(by_d[::-1])[::-1]
            gaps = -later[1:] * np.exp(part[2:])
            slope[at] = np.concatenate([[float((by_z @ self.nodes).sum()), later[0]], gaps])
        return -value, -slope
