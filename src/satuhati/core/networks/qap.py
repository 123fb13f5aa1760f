"""Does one relation go with others? QAP correlation and MRQAP, tested by permuting actors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from satuhati.core.networks.network import Bools, Floats, Ints, Network, both_ways
from satuhati.errors import Doubt

INTERCEPT = "(intercept)"
PERMUTATIONS = 2000
PERMUTATIONS_ENOUGH = 199  # below, the smallest p is .005 or more
ACTORS_ENOUGH = 6  # five actors can be permuted in only 120 ways
CELLS_PER_BLOCK = 60_000  # small matrices are permuted many at a time, within the cache
SAME = 1e-10  # relative: a residual this small is none
TIED = 1e-8  # relative: two squared statistics this near are equal, whatever rounding did


@dataclass(frozen=True, slots=True)
class NetworkRegression:
    """One relation explained by others, per ordered pair of actors (per pair if undirected).

    The dictionaries are keyed ``"(intercept)"`` and by predictor; a figure that cannot be had is
    ``None``. ``p`` is two-sided. ``correlation`` is each predictor's own, without the others.
    ``n`` counts actors, ``pairs`` the observations.
    """

    coefficients: dict[str, float | None]
    t: dict[str, float | None]
    p: dict[str, float | None]
    r_squared: float | None
    correlation: dict[str, float | None]
    n: int
    pairs: int
    directed: bool
    permutations: int
    warnings: tuple[Doubt, ...]


def adjacency(network: Network) -> Floats:
    """The ties as an (n, n) matrix of 0 and 1, row = who names; symmetric when undirected."""
    matrix = np.zeros((network.n, network.n))
    arcs = both_ways(network)
    matrix[arcs[:, 0], arcs[:, 1]] = 1.0
    return matrix


def mrqap(
    dependent: Floats,
    predictors: Mapping[str, Floats],
    *,
    directed: bool = True,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
) -> NetworkRegression:
    """Multiple regression of relations with double semi-partialling.

    All matrices are (n, n), the actors in the same order; the diagonal is not read. Least squares
    of the dependent cells on those of the predictors gives the coefficients and t. To test
    predictor *k*, its residual on the other predictors (the constant among them) is permuted,
    rows and columns together, in place of the predictor, and t is had anew each time; p is the
    share of |t| at least as large as the observed one, which is itself counted:
    (1 + #) / (R + 1). With one predictor this is the QAP test of the correlation. The
    intercept is tested the same way, as R ``sna`` does. A predictor that does not vary, or that
    the ones before it determine, is left out, with a doubt.

    With ``directed=False`` matrices must be symmetric and each pair counts once: coefficients and
    p are the same, t is smaller. Raises ``ValueError`` for shapes that differ, non-finite cells,
    matrices not symmetric when undirected, no predictor, or negative ``permutations``.

    Dekker, Krackhardt & Snijders 2007; Krackhardt 1988; Phipson & Smyth 2010 on p.
    """
    y = _checked(dependent, directed)
    n = y.shape[0]
    if not predictors:
        raise ValueError("at least one predictor")
    if permutations < 0:
        raise ValueError("permutations must not be negative")
    off = ~np.eye(n, dtype=np.bool_)
    names = tuple(predictors)
    others = [_checked(m, directed) for m in predictors.values()]
    if any(m.shape != y.shape for m in others):
        raise ValueError("matrices differ in size")
    cells = np.stack([m[off] for m in others])
    target = y[off]
    doubts: list[Doubt] = []
    kept = _usable(names, cells, doubts)
    pairs = int(off.sum()) // (1 if directed else 2)
    free = pairs - len(kept) - 1
    nothing = dict.fromkeys((INTERCEPT, *names))
    flat = _no_spread(target)
    if flat and n > 1:
        doubts.append(Doubt("qap_dependent_constant"))
    if free < 1:
        doubts.append(Doubt("too_few", {"n": pairs, "needed": len(kept) + 2}))
    if flat or free < 1:
        return NetworkRegression(
            dict(nothing), dict(nothing), dict(nothing), None, dict.fromkeys(names), n, pairs,
            directed, 0, tuple(doubts),
        )  # fmt: skip
    terms = (INTERCEPT, *(names[i] for i in kept))
    design = np.column_stack([np.ones(target.size), *cells[kept]])
    beta = np.linalg.lstsq(design, target, rcond=None)[0]
    centred = target - target.mean()
    left = target - design @ beta
    unexplained = float(left @ left) / float(centred @ centred)
    perfect = unexplained < SAME
    if perfect:
        doubts.append(Doubt("qap_perfect_fit"))
    space = _space(design, target)
    along = space.residual @ space.target
    if permutations and n < ACTORS_ENOUGH:
        doubts.append(Doubt("qap_few_actors", {"n": n, "needed": ACTORS_ENOUGH}))
    if not permutations:
        doubts.append(Doubt("permutations_none"))
    elif permutations < PERMUTATIONS_ENOUGH:
        fields = {"n": permutations, "needed": PERMUTATIONS_ENOUGH}
        doubts.append(Doubt("permutations_few", fields))
    products = _permuted(space, target, off, permutations, seed)
    extreme = _at_least(space, along, products)
    t = dict(nothing)
    p = dict(nothing)
    for i, term in enumerate(terms):
        if not perfect:
            # Residuals hold each undirected pair twice; so does what they are compared with.
            t[term] = float(along[i] / np.sqrt(float(left @ left) / free))
        if permutations:
            p[term] = (1 + int(extreme[i])) / (permutations + 1)
    coefficients = dict(nothing)
    coefficients.update({term: float(b) for term, b in zip(terms, beta, strict=True)})
    correlation: dict[str, float | None] = {
        name: None if _no_spread(x) else float(np.corrcoef(x, target)[0, 1])
        for name, x in zip(names, cells, strict=True)
    }
    return NetworkRegression(
        coefficients, t, p, max(0.0, 1 - unexplained), correlation, n, pairs, directed,
        permutations, tuple(doubts),
    )  # fmt: skip


def _checked(matrix: Floats, directed: bool) -> Floats:
    """The matrix with zeros on its diagonal, or ``ValueError``."""
    out = np.array(matrix, dtype=np.float64)
    if out.ndim != 2 or out.shape[0] != out.shape[1]:
        raise ValueError("a matrix is not square")
    np.fill_diagonal(out, 0.0)
    if not np.isfinite(out).all():
        raise ValueError("a cell is missing or infinite")
    if not directed and (out != out.T).any():
        raise ValueError("a matrix is not symmetric")
    return out


def _no_spread(values: Floats) -> bool:
    return not values.size or float(np.ptp(values)) <= SAME * float(np.abs(values).max(initial=0))


def _usable(names: tuple[str, ...], cells: Floats, doubts: list[Doubt]) -> list[int]:
    """Predictors that vary and are not determined by those before them, in order."""
    constant = [i for i, x in enumerate(cells) if _no_spread(x)]
    kept: list[int] = []
    bound: list[int] = []
    basis = np.zeros((0, cells.shape[1]))
    for i in range(len(names)):
        if i in constant:
            continue
        x = cells[i] - cells[i].mean()
        left = x - (basis @ x) @ basis
        left -= (basis @ left) @ basis  # once more: the first pass leaves rounding behind
        size = float(np.linalg.norm(left))
        if size <= 1e-7 * float(np.linalg.norm(x)):
            bound.append(i)
            continue
        kept.append(i)
        basis = np.vstack([basis, left / size])
    if constant:
        doubts.append(Doubt("qap_constant", {"names": ", ".join(names[i] for i in constant)}))
    if bound:
        doubts.append(Doubt("qap_collinear", {"names": ", ".join(names[i] for i in bound)}))
    return kept


@dataclass(frozen=True, slots=True)
class _Space:
    """The regression in an orthonormal basis of its design, the constant direction first.

    ``basis`` (N, q); ``target`` (q,), the dependent's coordinates; per term ``residual`` (q, q),
    the unit residual on the other terms, and ``others``, (q, q − 1), an orthonormal basis of
    those.
    """

    basis: Floats
    target: Floats
    residual: Floats
    others: tuple[Floats, ...]


def _space(design: Floats, target: Floats) -> _Space:
    # The design has full rank and its first column is the constant, so Q begins with it.
    basis, coordinates = np.linalg.qr(design)
    residual = np.empty_like(coordinates)
    others = []
    for k in range(coordinates.shape[1]):
        rest = np.linalg.qr(np.delete(coordinates, k, axis=1))[0]
        left = coordinates[:, k] - rest @ (rest.T @ coordinates[:, k])
        left -= rest @ (rest.T @ left)
        residual[k] = left / np.linalg.norm(left)
        others.append(rest)
    return _Space(basis, basis.T @ target, residual, tuple(others))


def _permuted(space: _Space, target: Floats, off: Bools, permutations: int, seed: int) -> Floats:
    """Products (permutations, q, q + 1) of the permuted basis with the basis and the dependent.

    The constant stays what it is under a permutation, and the other directions sum to zero.
    """
    n, q = off.shape[0], space.basis.shape[1]
    flat = np.zeros((q + 1, n * n))
    flat[:, off.ravel()] = np.column_stack([space.basis, target - target.mean()]).T
    moving, fixed = flat[1:q], flat[1:]
    out = np.zeros((permutations, q, q + 1))
    out[:, 0, 0] = 1.0
    out[:, 0, q] = space.target[0]
    rng = np.random.default_rng(seed)
    block = max(1, CELLS_PER_BLOCK // (n * n))
    order = np.arange(n)
    for low in range(0, permutations, block):
        size = min(block, permutations - low)
        drawn = rng.permuted(np.tile(order, (size, 1)), axis=1)
        cells = (drawn[:, :, None] * n + drawn[:, None, :]).reshape(size, n * n)
        for a in range(q - 1):
            # "clip" spares a check of bounds: every index is within them.
            out[low : low + size, a + 1, 1:] = np.take(moving[a], cells, mode="clip") @ fixed.T
    return out


def _at_least(space: _Space, along: Floats, products: Floats) -> Ints:
    """How many permutations give each term a |t| no smaller than the observed one.

    With e the unit residual of a term, Q an orthonormal basis of the other terms and y° the
    dependent's residual on them (Frisch, Waugh & Lovell), t² grows with (e·y°)². Permuted, e is
    no longer perpendicular to Q, and t² grows with (e·y°)² / (1 − |Qᵀe|²): products, no fit.
    """
    count = np.zeros(along.size, dtype=np.int64)
    for k, others in enumerate(space.others):
        moved = np.einsum("a,rab->rb", space.residual[k], products)
        on_others = moved[:, :-1] @ others
        reached = (moved[:, -1] - on_others @ (others.T @ space.target)) ** 2
        rest = 1 - (on_others**2).sum(axis=1)
        # A permuted residual inside the span of the others has no t; it is counted, which can
        # only make p larger.
        count[k] = (reached >= along[k] ** 2 * (1 - TIED) * rest).sum()
    return count
