"""The figures that go out with a release, so that whoever reads the file can check them.

Alpha of every scale and the one-factor model of scales with four items or more, by round: waves
and populations are never pooled silently.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from satuhati.core.surveys.cfa import confirm
from satuhati.core.surveys.release import Release
from satuhati.core.surveys.reliability import reliabilities
from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.scoring import turn

MIN_ITEMS_FACTOR = 4
"""With three items the one-factor model has no degree of freedom: it fits whatever was said."""


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """A scale in a round. ``None`` where a figure cannot be had; see the commands for why.

    ``alpha`` from pairwise covariances of ``n`` people. The one-factor model by maximum
    likelihood over the ``n_factor`` people who answered all items, reversed ones turned: χ² with
    ``df``, CFI, RMSEA, SRMR, and the standardized loadings in the order of ``scale.items``.
    """

    round: str
    scale: Scale
    n: int
    alpha: float | None
    n_factor: int
    chisq: float | None
    df: int
    cfi: float | None
    rmsea: float | None
    srmr: float | None
    loadings: tuple[float, ...]


def figures(release: Release) -> tuple[ScaleFigures, ...]:
    """All scales in all rounds of a release."""
    found = []
    for one in release.rounds:
        rows = release.frame.filter(pl.col("round") == one.code)
        for scale in release.scales():
            if len(scale.items) < 2:
                continue
            answers = rows.select(scale.items).to_numpy().astype(np.float64)
            found.append(_figures(one.code, scale, answers))
    return tuple(found)


def _figures(code: str, scale: Scale, answers: np.ndarray) -> ScaleFigures:
    reliable = reliabilities(answers, scale.items, [scale], with_omega=False)[scale.name]
    if len(scale.items) < MIN_ITEMS_FACTOR:
        return ScaleFigures(
            code, scale, reliable.n, reliable.alpha, 0, None, 0, None, None, None, ()
        )
    assert scale.low is not None
    assert scale.high is not None
    keyed = turn(answers, scale.keys, scale.low, scale.high)
    model = confirm(keyed, scale.items, {scale.name: scale.items})
    fit = model.fit
    loadings = tuple(model.loadings[item].standardized for item in scale.items if model.loadings)
    return ScaleFigures(
        code, scale, reliable.n, reliable.alpha, fit.n, fit.chisq, fit.df, fit.cfi, fit.rmsea,
        fit.srmr, loadings,
    )  # fmt: skip
