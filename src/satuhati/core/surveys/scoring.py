"""Scale scores: reversed items turned, the mean of what was answered, percent of maximum.

Nothing is imputed. ``psych::scoreItems`` imputes medians by default, which changes results (its
``impute="none"`` is our reference).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from satuhati.core.surveys.scales import Scale
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
MIN_ANSWERED = 0.5


@dataclass(frozen=True, slots=True)
class ScaleScores:
    """Scores of n persons on one scale, row by row as the answers came.

    ``mean`` is in the unit of the response scale, ``percent`` on 0-100; both ``nan`` where fewer
    than the asked share of items was answered. ``answered`` counts each person's answers.
    ``missing_rate`` is the share (0-1) of empty cells.
    """

    scale: Scale
    mean: FloatArray
    percent: FloatArray
    answered: npt.NDArray[np.int64]
    n_scored: int
    missing_rate: float
    low: float
    high: float
    warnings: tuple[Doubt, ...] = ()


def response_range(answers: FloatArray, scale: Scale) -> tuple[float, float, tuple[Doubt, ...]]:
    """The ends of the response scale: as declared, else as observed, which is said.

    ``nan`` for an end that is neither declared nor observed (no answers at all).
    """
    if scale.low is not None and scale.high is not None:
        return scale.low, scale.high, ()
    seen = answers[~np.isnan(answers)]
    if not seen.size:
        nothing = Doubt("scale_no_answers", {"scale": scale.name})
        low, high = (float("nan") if end is None else end for end in (scale.low, scale.high))
        return low, high, (nothing,)
    low = float(seen.min()) if scale.low is None else scale.low
    high = float(seen.max()) if scale.high is None else scale.high
    fields = {"scale": scale.name, "low": f"{low:g}", "high": f"{high:g}"}
    return low, high, (Doubt("scale_range_observed", fields),)


def turn(answers: FloatArray, keys: Sequence[bool], low: float, high: float) -> FloatArray:
    """Answers with reversed items turned around: x becomes low + high - x. A new array.

    ``answers`` is n x k with ``nan`` for missing; ``keys[j]`` says that item j is reversed.
    Turning twice gives the answers back.
    """
    return np.where(np.asarray(keys, dtype=bool), low + high - answers, answers)


def score(
    answers: npt.ArrayLike, scale: Scale, *, min_answered: float = MIN_ANSWERED
) -> ScaleScores:
    """Score one scale.

    ``answers``: n x k floats, ``nan`` = missing, columns in the order of ``scale.items``. A score
    is the mean of the answered items (reversed ones turned) if at least ``min_answered`` of the
    k items, and at least one, were answered. Percent of maximum possible = 100 (mean - low) /
    (high - low). An answer off a declared response scale is not used and counts as missing,
    with a doubt.

    Raises ``ValueError`` when the shapes do not fit or ``min_answered`` is outside 0-1. POMP:
    Cohen, Cohen, Aiken & West 1999, Multivariate Behavioral Research 34(3).
    """
    raw = np.asarray(answers, dtype=np.float64)
    if raw.ndim != 2 or raw.shape[1] != len(scale.items):
        raise ValueError("answers must be n x k with one column per item")
    if not 0 <= min_answered <= 1:
        raise ValueError("min_answered is a share, 0-1")
    warnings: list[Doubt] = []
    off = np.zeros(raw.shape, dtype=bool)
    if scale.low is not None:
        off |= raw < scale.low
    if scale.high is not None:
        off |= raw > scale.high
    if off.any():
        warnings.append(Doubt("answers_off_scale", {"scale": scale.name, "n": int(off.sum())}))
        raw = np.where(off, np.nan, raw)
    low, high, doubts = response_range(raw, scale)
    warnings.extend(doubts)
    given = ~np.isnan(raw)
    answered = given.sum(axis=1)
    total = np.where(given, turn(raw, scale.keys, low, high), 0.0).sum(axis=1)
    # k times the share, not the share itself: 3 of 5 at .6 must not fall to rounding.
    enough = (answered > 0) & (answered >= min_answered * raw.shape[1] - 1e-9)
    mean = np.where(enough, total / np.maximum(answered, 1), np.nan)
    width = high - low
    # Without width (everyone gave one and the same answer) there is no maximum to speak of.
    percent = 100 * (mean - low) / width if width > 0 else np.full_like(mean, np.nan)
    return ScaleScores(
        scale=scale,
        mean=mean,
        percent=percent,
        answered=answered,
        n_scored=int(enough.sum()),
        missing_rate=float(1 - given.mean()) if raw.size else float("nan"),
        low=low,
        high=high,
        warnings=tuple(warnings),
    )


def percent_expr(scale: Scale, *, min_answered: float = MIN_ANSWERED) -> pl.Expr:
    """The percent score as a Polars expression over item columns, for all communities at once.

    Same rule as :func:`score`; null where too little was answered. The response scale must be
    declared, because communities read at their own observed ranges could not be compared.
    Raises ``ValueError`` when it is not.
    """
    low, high = scale.low, scale.high
    if low is None or high is None:
        raise ValueError("a set-based score needs the declared ends of the response scale")
    turned = []
    for item, key in zip(scale.items, scale.keys, strict=True):
        value = pl.col(item).cast(pl.Float64).fill_nan(None)
        value = pl.when(value.is_between(low, high)).then(value)
        turned.append((low + high - value) if key else value)
    answered = pl.sum_horizontal([v.is_not_null().cast(pl.Int64) for v in turned])
    mean = pl.mean_horizontal(turned)
    enough = answered >= min_answered * len(turned) - 1e-9
    return pl.when(enough & (answered > 0)).then(100 * (mean - low) / (high - low))
