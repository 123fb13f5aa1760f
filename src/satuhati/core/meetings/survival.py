"""How long members keep coming: the Kaplan–Meier curve of the time to last attendance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from satuhati.core.intervals import normal_quantile
from satuhati.core.results import Interval

FloatArray = npt.NDArray[np.float64]
SAME = 1e-9
STREAK = 3
"""Meetings missed in a row, up to the last on record, after which somebody counts as stopped."""


def last_attendance(
    invited: npt.ArrayLike, missed: npt.ArrayLike, streak: int = STREAK
) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Time to last attendance and whether it is over: what :func:`kaplan_meier` takes.

    ``invited``: meetings each member was invited to; ``missed``: how many of the last of them in a
    row were missed. Who missed at least ``streak`` has stopped, at the last meeting attended; all
    others are censored at the last meeting on record.
    """
    n, m = np.asarray(invited, dtype=np.float64), np.asarray(missed, dtype=np.float64)
    stopped = m >= streak
    return n - m * stopped, stopped


@dataclass(frozen=True, slots=True)
class Step:
    """The curve from ``time`` on: ``at_risk`` just before it, ``events`` at it.

    ``survival``: share still coming; ``se``: Greenwood; ``interval``: log-log, ``None`` where the
    curve is at 0 (or 1).
    """

    time: float
    at_risk: int
    events: int
    survival: float
    se: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Survival:
    """``median``: the time by which half have stopped, ``None`` when not reached.

    Its interval is where the bounds of the curve cross one half; an end not reached is ``None``.
    """

    n: int
    events: int
    steps: tuple[Step, ...]
    median: float | None
    median_interval: tuple[float | None, float | None]


def kaplan_meier(time: npt.ArrayLike, event: npt.ArrayLike) -> Survival:
    """The share still coming, by time, when some are still coming at the end (censored).

    ``time`` ≥ 0 per member in any unit (meetings, say), ``event``: true when the member stopped
    then. At event times t with d events among n at risk (censored at t count as at risk)::

        S(t)  = Π (1 − d/n)
        se(t) = S · sqrt(Σ d / (n (n − d)))                   Greenwood
        S^exp(±z se / (S log S))                              log-log interval

    The median is the first t with S ≤ ½; where S equals ½ for a while, the middle of that
    stretch. Raises :class:`ValueError` for lengths that differ or a negative or missing time.

    Kaplan & Meier 1958, J. Am. Stat. Assoc. 53(282); Kalbfleisch & Prentice 2002, The Statistical
    Analysis of Failure Time Data, §1.4; Brookmeyer & Crowley 1982, Biometrics 38 (median).
    """
    t = np.asarray(time, dtype=np.float64)
    e = np.asarray(event, dtype=np.bool_)
    if t.shape != e.shape or not (t >= 0).all():
        raise ValueError("a time is zero or more, one for each event")
    z = normal_quantile()
    survival, greenwood = 1.0, 0.0
    steps: list[Step] = []
    for at in np.unique(t[e]):
        n, d = int((t >= at).sum()), int(((t == at) & e).sum())
        survival *= 1 - d / n
        if n == d:
            steps.append(Step(float(at), n, d, 0.0, None, None))
            continue
        greenwood += d / (n * (n - d))
        half = z * np.sqrt(greenwood) / abs(np.log(survival))
        bounds = float(survival ** np.exp(half)), float(survival ** np.exp(-half))
        se = float(survival * np.sqrt(greenwood))
        steps.append(Step(float(at), n, d, float(survival), se, bounds))
    return Survival(
        int(t.size),
        int(e.sum()),
        tuple(steps),
        _half([(s.time, s.survival) for s in steps]),
        (
            _half([(s.time, s.interval[0]) for s in steps if s.interval is not None]),
            _half([(s.time, s.interval[1]) for s in steps if s.interval is not None]),
        ),
    )


def _half(curve: list[tuple[float, float]]) -> float | None:
    """The first time a falling step curve is at or under one half."""
    for i, (at, value) in enumerate(curve):
        if abs(value - 0.5) <= SAME:
            later = [t for t, v in curve[i + 1 :] if v < 0.5 - SAME]
            return (at + later[0]) / 2 if later else at
        if value < 0.5:
            return at
    return None
