"""What came out of a round: every scale with its range, every question with its answers.

Everything of one round, nothing pooled. Scale means are those of the profile (the same answers,
scores and design). Of fewer than five answers nothing is told; single questions stand in
:mod:`satuhati.core.surveys.questions`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from satuhati.core.community import CommunityData
from satuhati.core.results import Interval
from satuhati.core.suppression import THRESHOLD, checked_threshold
from satuhati.core.surveys.means import DesignMean, design_mean
from satuhati.core.surveys.questions import NUMBERS, ItemTally, questions_of
from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.scoring import score
from satuhati.errors import Doubt
from satuhati.text import Text

FloatArray = npt.NDArray[np.float64]


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
class RoundResults:
    """A round: its facts, its scales and its questions in the order they were asked."""

    facts: RoundFacts
    scales: tuple[ScaleMean, ...]
    items: tuple[ItemTally, ...]
    weighted: bool
    threshold: int


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


def answers_of(data: CommunityData, community: str) -> dict[str, Answers]:
    """All rounds of a community with their answers, the oldest first."""
    mine = data.only(community)
    about = {r["id"]: r for r in mine["instruments"].iter_rows(named=True)}
    items: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in mine["items"].iter_rows(named=True):
        items.setdefault(row["instrument"], {})[row["name"]] = row
    found: dict[str, Answers] = {}
    for r in mine["rounds"].sort("end", "wave", "id").iter_rows(named=True):
        code = r["instrument"]
        frame = mine.answers.get(code)
        told = items.get(code, {})
        if frame is None:
            continue
        rows = frame.filter(pl.col("round") == r["id"])
        facts = RoundFacts(
            code=r["id"],
            instrument=code,
            name=about[code]["name"] if code in about else code,
            version=about[code]["version"] if code in about else None,
            citation=about[code]["citation"] if code in about else None,
            wave=r["wave"],
            population=r["population"],
            frame=r["frame"],
            mode=r["mode"],
            start=r["start"],
            end=r["end"],
            invited=r["invited"],
            population_size=r["population_size"],
            anonymous=r["anonymous"] is not False,
            n=rows.height,
        )
        ordered = tuple(told[c] for c in frame.columns if c in told)
        found[r["id"]] = Answers(facts, rows, ordered)
    return found


def scale_mean(answers: Answers, scale: Scale, *, threshold: int = THRESHOLD) -> ScaleMean:
    """A scale's mean under the design of its round; nothing below ``threshold`` people."""
    there = answers.means.get((scale, threshold))
    if there is None:
        there = answers.means[scale, threshold] = _scale_mean(answers, scale, threshold)
    return there


def _scale_mean(answers: Answers, scale: Scale, threshold: int) -> ScaleMean:
    values = answers.percents(scale)
    n = int(np.count_nonzero(~np.isnan(values)))
    turned = tuple(sorted(scale.reversed))
    if n < threshold:
        few = Doubt("too_few", {"n": n, "needed": threshold})
        return ScaleMean(scale.name, scale.items, turned, n, None, None, None, 0, False,
                         None, (few,))  # fmt: skip
    found = answers.mean(values)
    return ScaleMean(
        scale.name,
        scale.items,
        turned,
        n,
        found.value,
        clipped(found.interval),
        found.se,
        found.df,
        any(d.code == "census" for d in found.warnings),
        found.deff,
        found.warnings,
    )


def round_results(
    answers: Answers,
    *,
    as_asked_here: bool = False,
    words: Mapping[str, Mapping[str, Text]] | None = None,
    conditional: Mapping[str, Collection[str]] | None = None,
    threshold: int = THRESHOLD,
) -> RoundResults:
    """Scales and questions of a round. ``ValueError`` for a threshold below 3.

    ``as_asked_here``: the program's own pages put the questions, with their words for answers.
    ``words``: those of the questionnaire's own form, by item and code. ``conditional``: items that
    only some people are asked, and the questions that decide who.
    """
    checked_threshold(threshold)
    enough = answers.facts.n >= threshold
    weights = answers.frame["weight"]
    return RoundResults(
        answers.facts,
        tuple(scale_mean(answers, s, threshold=threshold) for s in answers.scales())
        if enough
        else (),
        questions_of(
            answers,
            as_asked_here=as_asked_here,
            words=words or {},
            conditional=conditional or {},
            threshold=threshold,
        )
        if enough
        else (),
        bool(weights.is_not_null().any() and weights.drop_nulls().n_unique() > 1),
        threshold,
    )


def clipped(interval: Interval | None) -> Interval | None:
    """An interval of percents within 0-100."""
    if interval is None:
        return None
    return max(interval[0], 0.0), min(interval[1], 100.0)
