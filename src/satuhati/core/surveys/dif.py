"""Do two people of equal standing answer an item alike, whatever group they belong to?

Differential item functioning (DIF) by ordinal logistic regression. Three models of an item's
answer are compared: standing (the mean of the other items of its scale); standing and group;
standing, group and their product. The step to the second shows *uniform* DIF (the item is easier
for a group at every standing), the step to the third *non-uniform* DIF. How much it matters is told
by the rise of McFadden's R² over both steps.

Swaminathan & Rogers 1990, Journal of Educational Measurement 27(4); Zumbo 1999, A Handbook on the
Theory and Methods of DIF; McCullagh 1980, Journal of the Royal Statistical Society B 42(2). Limits
of effect: Jodoin & Gierl 2001, Applied Measurement in Education 14(4) (.035 and .070).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import special

from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.scoring import response_range, turn
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
STEPS = 100
FEW = 100
"""A group under this many people says little about items; method: flag, do not pass or fail."""
MODERATE, LARGE = 0.035, 0.070


@dataclass(frozen=True, slots=True)
class ItemDif:
    """One item. χ², df and p of each step; ``r_squared`` the rise of McFadden's R² over both.

    ``size`` is *negligible*, *moderate* or *large*, and ``None`` with a group under 100 people: it
    is shown, not judged. All ``None`` where the models have no answer.
    """

    n: int
    uniform: tuple[float, int, float] | None
    nonuniform: tuple[float, int, float] | None
    r_squared: float | None
    size: str | None


@dataclass(frozen=True, slots=True)
class Dif:
    """All items of a scale between ``groups`` (people in each)."""

    groups: Mapping[str, int]
    items: Mapping[str, ItemDif]
    warnings: tuple[Doubt, ...] = ()


def item_dif(answers: npt.ArrayLike, groups: Sequence[str | None], scale: Scale) -> Dif:
    """DIF of every item of a scale.

    ``answers``: n x k, columns as ``scale.items``, ``nan`` = missing. Rows without a group or with
    a missing answer are left out. Reversed items are turned. Standing is the mean of the *other*
    items, so that an item is not matched on itself. The models are cumulative logits,
    P(y <= c) = 1/(1 + exp(-(τ_c - xβ))), fitted by Newton's method; with G groups the first step
    has G - 1 degrees of freedom, and so has the second.

    Raises ``ValueError`` when the shapes do not fit.
    """
    raw = np.asarray(answers, dtype=np.float64)
    if raw.ndim != 2 or raw.shape[1] != len(scale.items) or len(groups) != len(raw):
        raise ValueError("answers must be n x k, one column per item and one group per row")
    low, high, doubts = response_range(raw, scale)
    warnings = list(doubts)
    whole = ~np.isnan(raw).any(axis=1) & np.array([g is not None for g in groups], dtype=bool)
    X = turn(raw, scale.keys, low, high)[whole]
    labels = np.array([str(g) for g in groups], dtype=object)[whole]
    names = sorted(set(labels.tolist()))
    sizes = {name: int((labels == name).sum()) for name in names}
    if dropped := int((~whole).sum()):
        warnings.append(Doubt("cfa_dropped", {"n": dropped}))
    if len(names) < 2 or X.shape[1] < 2:
        warnings.append(Doubt("cfa_one_group", {"n": len(names)}))
        nothing = ItemDif(len(X), None, None, None, None)
        return Dif(sizes, dict.fromkeys(scale.items, nothing), tuple(warnings))
    if small := [name for name, n in sizes.items() if n < FEW]:
        fields = {"groups": ", ".join(small), "needed": FEW}
        warnings.append(Doubt("cfa_small_groups", fields))
    member = np.column_stack([(labels == name).astype(float) for name in names[1:]])
    items: dict[str, ItemDif] = {}
    lost = False
    for at, item in enumerate(scale.items):
        rest = np.delete(X, at, axis=1).mean(axis=1)
        found = _compared(X[:, at], rest, member)
        lost |= found.r_squared is None
        items[item] = replace(found, size=None) if small else found
    if lost:
        warnings.append(Doubt("dif_no_convergence"))
    return Dif(sizes, items, tuple(warnings))


def _compared(y: FloatArray, standing: FloatArray, member: FloatArray) -> ItemDif:
    n, extra = len(y), member.shape[1]
    spread = float(standing.std())
    if spread <= 0 or len(np.unique(y)) < 2:
        return ItemDif(n, None, None, None, None)
    x = ((standing - standing.mean()) / spread)[:, None]
    logs = [
        ordinal_logit(y, columns)
        for columns in (x, np.hstack([x, member]), np.hstack([x, member, member * x]))
    ]
    one, two, three = logs
    if one is None or two is None or three is None:
        return ItemDif(n, None, None, None, None)
    shares = np.unique(y, return_counts=True)[1] / n
    null = n * float(shares @ np.log(shares))
    rise = (three - one) / -null
    size = "large" if rise >= LARGE else "moderate" if rise >= MODERATE else "negligible"
    return ItemDif(n, _step(two - one, extra), _step(three - two, extra), rise, size)


def _step(rise: float, df: int) -> tuple[float, int, float]:
    chisq = max(2 * rise, 0.0)
    return chisq, df, float(special.chdtrc(df, chisq))


def ordinal_logit(y: FloatArray, X: FloatArray) -> float | None:
    """Log-likelihood of the cumulative logit model at its maximum; ``None`` if not found.

    ``y``: ordered answers (only their order counts); ``X``: n x p without a constant. Newton's
    method with the step halved until the likelihood rises. Reference: ``MASS::polr``.
    """
    levels, code = np.unique(y, return_inverse=True)
    n, p, cuts = len(y), X.shape[1], len(levels) - 1
    shares = np.cumsum(np.bincount(code)[:-1]) / n
    theta = np.concatenate([special.logit(shares), np.zeros(p)])
    # Each person's two cuts as rows of a design: the upper and the lower one, or none.
    upper, lower = np.zeros((n, cuts + p)), np.zeros((n, cuts + p))
    has_upper, has_lower = code < cuts, code > 0
    upper[has_upper, code[has_upper]] = 1.0
    lower[has_lower, code[has_lower] - 1] = 1.0
    upper[has_upper, cuts:] = -X[has_upper]
    lower[has_lower, cuts:] = -X[has_lower]

    def at(theta: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        a = np.where(has_upper, upper @ theta, np.inf)
        b = np.where(has_lower, lower @ theta, -np.inf)
        A, B = special.expit(a), special.expit(b)
        chance = A - B
        if float(chance.min()) <= 0:
            return -np.inf, theta, np.eye(len(theta))
        da, db = A * (1 - A), B * (1 - B)
        first = upper * (da / chance)[:, None] - lower * (db / chance)[:, None]
        second = upper.T @ (upper * (da * (1 - 2 * A) / chance)[:, None])
        second -= lower.T @ (lower * (db * (1 - 2 * B) / chance)[:, None])
        return float(np.log(chance).sum()), first.sum(axis=0), second - first.T @ first

    value, slope, curve = at(theta)
    for _ in range(STEPS):
        try:
            step = np.linalg.solve(-curve, slope)
        except np.linalg.LinAlgError:
            return None
        if float(slope @ step) < 1e-12 * n:
            return value
        length = 1.0
        while length > 1e-8:
            new = at(theta + length * step)
            if new[0] > value:
                break
            length /= 2
        else:
            return value if float(np.abs(slope).max()) < 1e-5 * n else None
        theta = theta + length * step
        value, slope, curve = new
        if float(np.abs(theta[cuts:]).max(initial=0)) > 50:
            return None  # answers are told apart perfectly: there is no maximum
    return None
