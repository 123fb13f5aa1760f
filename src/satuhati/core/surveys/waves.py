"""What changed on a scale between two rounds: of the same persons, or of two samples.

Scores are percent of maximum possible, so that rounds that put different items of one scale stand
on one range. Rounds with weights are compared by their designs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from satuhati.core.intervals import t_interval
from satuhati.core.results import Interval
from satuhati.core.surveys.change import paired_change, unpaired_change
from satuhati.core.surveys.means import design_mean
from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.scoring import score

FloatArray = npt.NDArray[np.float64]
SMALL = 5


@dataclass(frozen=True, slots=True)
class RoundAnswers:
    """A round's answers, row by row: who (empty where nobody is named), values, design."""

    people: Sequence[str]
    values: Sequence[Mapping[str, Any]]
    weights: Sequence[float | None]
    strata: Sequence[str | None]
    clusters: Sequence[str | None] = ()
    """Empty where each answer is a unit of its own."""

    @property
    def designed(self) -> bool:
        return any(w is not None for w in self.weights) or any(self.clusters)


@dataclass(frozen=True, slots=True)
class WaveChange:
    """Both means from 0 to 100, their difference with its interval, and who is behind each."""

    scale: str
    before: float
    after: float
    difference: float
    interval: Interval | None
    n_before: int
    n_after: int


def wave_change(
    scale: Scale, before: RoundAnswers, after: RoundAnswers, *, paired: bool, least: int = SMALL
) -> WaveChange | None:
    """``None`` with fewer than ``least`` scores on either side (of both, when ``paired``).

    Paired: Student's interval of the persons' differences. Two samples: Welch's; where a round has
    weights or clusters, both means by their designs and t on √(se₁² + se₂²), for the samples are
    independent (degrees of freedom as in :func:`satuhati.core.surveys.alongside.difference`).
    """
    x, y = _scored(scale, before), _scored(scale, after)
    if paired:
        one, two = dict(zip(before.people, x, strict=True)), dict(zip(after.people, y, strict=True))
        both = sorted((one.keys() & two.keys()) - {""})
        change = paired_change([one[p] for p in both], [two[p] for p in both])
    elif before.designed or after.designed:
        return _by_design(scale, (x, before), (y, after), least)
    else:
        change = unpaired_change(x, y)
    if min(change.n_before, change.n_after) < least or change.difference is None:
        return None
    assert change.mean_before is not None
    assert change.mean_after is not None
    return WaveChange(scale.name, change.mean_before, change.mean_after, change.difference,
                      change.interval, change.n_before, change.n_after)  # fmt: skip


def _by_design(
    scale: Scale,
    before: tuple[FloatArray, RoundAnswers],
    after: tuple[FloatArray, RoundAnswers],
    least: int,
) -> WaveChange | None:
    a, b = (
        design_mean(
            scores,
            [1.0 if w is None else w for w in of.weights],
            [s or "" for s in of.strata],
            [c or f"{i}" for i, c in enumerate(of.clusters)] if of.clusters else None,
        )
        for scores, of in (before, after)
    )
    if min(a.n, b.n) < least or a.value is None or b.value is None:
        return None
    interval = None
    if a.se is not None and b.se is not None:
        below = sum(m.se**4 / m.df for m in (a, b) if m.se and m.df > 0)
        if below > 0:
            se = float(np.hypot(a.se, b.se))
            interval = t_interval(b.value - a.value, se, se**4 / below)
    return WaveChange(scale.name, a.value, b.value, b.value - a.value, interval, a.n, b.n)


def _scored(scale: Scale, answers: RoundAnswers) -> FloatArray:
    """From 0 to 100. Items that were not put in a round are no part of its scores."""
    put = [n for n in scale.items if any(v.get(n) is not None for v in answers.values)]
    if not put:
        return np.full(len(answers.values), np.nan)
    raw = np.array([[_number(v.get(n)) for n in put] for v in answers.values], dtype=np.float64)
    one = Scale(scale.name, tuple(put), frozenset(scale.reversed & set(put)), scale.low, scale.high)
    return score(raw, one).percent


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")
