"""The counted answers of one round: who was asked, what their questions are, scores and means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from satuhati.core.results import Interval
from satuhati.core.surveys.means import DesignMean, design_mean
from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.scoring import score
from satuhati.errors import Doubt

FloatArray = npt.NDArray[np.float64]
NUMBERS = ("likert", "binary", "number")
"""Types of questions whose answers are numbers."""


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """Who was asked what, how and when; ``n`` answers count."""

    code: str
    instrument: str
    name: str
    version: str | None
    citation: str | None
    wave: int
    population: str
    frame: str
    mode: str | None
    start: dt.date | None
    end: dt.date
    invited: int | None
    population_size: int | None
    anonymous: bool
    n: int


@dataclass(frozen=True, slots=True)
class ScaleMean:
    """A scale of a round: mean percent of maximum (0-100) of ``n`` people with a score.

    ``interval`` (95 %) is ``None`` for a census of everybody (``census``) and where it cannot be
    had. ``items`` are those that were asked. ``value`` is ``None`` below five people.
    """

    scale: str
    items: tuple[str, ...]
    reversed: tuple[str, ...]
    n: int
    value: float | None
    interval: Interval | None
    se: float | None
    df: int
    census: bool
    deff: float | None = None
    warnings: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """The counted answers of one round, with what its questions are."""

    facts: RoundFacts
    frame: pl.DataFrame
    items: tuple[Mapping[str, Any], ...]
    means: dict[tuple[Scale, int], ScaleMean] = field(default_factory=dict, compare=False)
    """Means found so far: a round stands beside many others."""

    def scales(self) -> tuple[Scale, ...]:
        """Scales by the first of their items; only items that somebody answered in this round.

        Items of one scale must share one declared range, or they are not scored together.
        """
        members: dict[str, list[Mapping[str, Any]]] = {}
        for item in self.items:
            if item["scale"] and item["type"] in NUMBERS:
                members.setdefault(item["scale"], []).append(item)
        found = []
        for name, items in members.items():
            ends = {(i["low"], i["high"]) for i in items}
            low, high = next(iter(ends))
            asked = [i for i in items if self.frame[i["name"]].is_not_null().any()]
            if len(ends) > 1 or low is None or high is None or not low < high or not asked:
                continue
            if all(i["type"] == "number" for i in items):
                continue  # numbers that are typed, such as years, are told as they are
            turned = frozenset(i["name"] for i in asked if i["reversed"])
            found.append(Scale(name, tuple(i["name"] for i in asked), turned, low, high))
        return tuple(found)

    def matrix(self, items: Sequence[str]) -> FloatArray:
        return self.frame.select(items).to_numpy().astype(np.float64)

    def percents(self, scale: Scale) -> FloatArray:
        """Everybody's percent score, ``nan`` where fewer than half of the items were answered."""
        return score(self.matrix(scale.items), scale).percent

    def mean(self, values: FloatArray) -> DesignMean:
        """The mean of a value per answer under the round's design, as in the profile."""
        f = self.frame
        weight = f["weight"].fill_null(1.0).to_numpy().astype(np.float64)
        usable = weight > 0
        known = (self.facts.frame == "census") and (self.facts.population_size or 0) > 0
        return design_mean(
            np.where(usable, values, np.nan),
            np.where(usable, weight, 1.0),
            f["stratum"].fill_null("").to_list(),
            f.select(pl.coalesce("cluster", "id")).to_series().to_list(),
            float(self.facts.population_size or 0) if known else None,
        )

    def only(self, kept: npt.NDArray[np.bool_]) -> Answers:
        """The same round with some of its answers."""
        return Answers(self.facts, self.frame.filter(pl.Series(kept)), self.items)
