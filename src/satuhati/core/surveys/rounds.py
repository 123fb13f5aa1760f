"""What came out of a round: every scale with its range, every question with its answers.

Everything of one round, nothing pooled. Scale means are those of the profile (the same answers,
scores and design). Of fewer than five answers nothing is told; single questions stand in
:mod:`satuhati.core.surveys.questions`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from satuhati.core.community import CommunityData
from satuhati.core.results import Interval
from satuhati.core.suppression import THRESHOLD, checked_threshold
from satuhati.core.surveys.answered import Answers, RoundFacts, ScaleMean
from satuhati.core.surveys.questions import ItemTally, questions_of
from satuhati.core.surveys.scales import Scale
from satuhati.errors import Doubt
from satuhati.text import Text

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RoundResults:
    """A round: its facts, its scales and its questions in the order they were asked."""

    facts: RoundFacts
    scales: tuple[ScaleMean, ...]
    items: tuple[ItemTally, ...]
    weighted: bool
    threshold: int


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
