"""Rounds alongside each other: two populations on one scale, one population from wave to wave.

Only the questions that both rounds put in the same words enter a difference. Frames are never
pooled: a random sample beside a census gives two means and the uncertainty of their difference,
and two waves that came to their people in different ways are shown but not subtracted.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from satuhati.core.intervals import t_interval
from satuhati.core.results import Interval
from satuhati.core.suppression import THRESHOLD
from satuhati.core.surveys.answered import Answers, ScaleMean
from satuhati.core.surveys.change import paired_change
from satuhati.core.surveys.rounds import scale_mean
from satuhati.core.surveys.scales import Scale

MOST_WAVES = 8
Kind = Literal["samples", "panel", "counted", "frames"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Second minus first, in points of 100.

    ``kind``: *samples* (two groups of people, at least one of them a sample), *panel* (the same
    people twice; ``n`` of them), *counted* (all of both were asked: no sampling error and no
    interval) or *frames* (people were found in different ways: not subtracted). ``detectable`` is
    the half width of the interval: a smaller change cannot be told from chance.
    """

    kind: Kind
    value: float | None
    interval: Interval | None
    df: float | None
    detectable: float | None
    sure: bool | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A scale in a round: the round's facts and the mean over the shared questions."""

    round: str
    population: str
    frame: str
    wave: int
    end: dt.date
    mean: ScaleMean


@dataclass(frozen=True, slots=True)
class Populations:
    """One scale in two populations, over the questions both answered (``whole``: all of them)."""

    scale: str
    items: tuple[str, ...]
    whole: bool
    first: Place
    second: Place
    difference: Difference


@dataclass(frozen=True, slots=True)
class Waves:
    """One scale of one population over its rounds, over the questions all of them put.

    ``steps[i]`` leads from ``places[i]`` to ``places[i + 1]``.
    """

    scale: str
    items: tuple[str, ...]
    whole: bool
    places: tuple[Place, ...]
    steps: tuple[Difference, ...]


def difference(first: ScaleMean, second: ScaleMean) -> Difference:
    """Difference of the means of two independent groups of people.

    se² = se₁² + se₂² with those of the designs (0 for a census of everybody), degrees of freedom
    (se₁² + se₂²)²/(se₁⁴/df₁ + se₂⁴/df₂). With simple samples it is Welch's. Satterthwaite 1946,
    Biometrics Bulletin 2(6); Welch 1947, Biometrika 34.
    """
    if first.value is None or second.value is None:
        return Difference("samples", None, None, None, None)
    value = second.value - first.value
    if first.census and second.census:
        return Difference("counted", value, None, None, None)
    if first.se is None or second.se is None:
        return Difference("samples", value, None, None, None)
    v1, v2 = first.se**2, second.se**2
    below = sum(v**2 / m.df for v, m in ((v1, first), (v2, second)) if v > 0 and m.df > 0)
    if below <= 0:  # nobody's answer differs: the interval would be a point and say too much
        return Difference("samples", value, None, None, None)
    df = (v1 + v2) ** 2 / below
    interval = t_interval(value, float(np.sqrt(v1 + v2)), df)
    return Difference("samples", value, interval, df, *_told(interval))


def _told(interval: Interval | None) -> tuple[float | None, bool | None]:
    """Half the width of an interval, and whether it leaves zero out."""
    if interval is None:
        return None, None
    return (interval[1] - interval[0]) / 2, not interval[0] <= 0 <= interval[1]


def shared_items(answers: Answers, scale: Scale, other: Answers) -> tuple[str, ...]:
    """Items of the scale that the other round put too: same name, words, range and direction."""
    there = {i["name"]: _what(i) for i in other.items}
    here = {i["name"]: _what(i) for i in answers.items}
    asked = {name for s in other.scales() for name in s.items}
    return tuple(n for n in scale.items if n in asked and there.get(n) == here[n])


def populations(
    rounds: Mapping[str, Answers], code: str, scale: Scale, *, threshold: int = THRESHOLD
) -> Populations | None:
    """The scale beside that of the other population's round nearest in time; the first is this one.

    ``None`` if no round of another population has half of its questions and ``threshold`` people
    with a score on them.
    """
    mine = rounds[code]

    def nearness(other: Answers) -> tuple[bool, int, str]:
        partner = {mine.facts.population, other.facts.population} != {"pokja", "warga"}
        return partner, abs((other.facts.end - mine.facts.end).days), other.facts.code

    others = [a for a in rounds.values() if a.facts.population != mine.facts.population]
    for other in sorted(others, key=nearness):
        items = shared_items(mine, scale, other)
        if 2 * len(items) < len(scale.items) or not items:
            continue
        both = _part(scale, items)
        first, second = (_place(a, scale_mean(a, both, threshold=threshold)) for a in (mine, other))
        if first.mean.value is None or second.mean.value is None:
            continue
        return Populations(
            scale.name, items, len(items) == len(scale.items), first, second,
            difference(first.mean, second.mean),
        )  # fmt: skip
    return None


def waves(
    rounds: Mapping[str, Answers],
    code: str,
    scale: Scale,
    *,
    panels: Collection[tuple[str, str]] = (),
    threshold: int = THRESHOLD,
) -> Waves | None:
    """The scale over the rounds of its population up to this one, oldest first.

    ``panels``: pairs of rounds (the earlier one first) in which the same people were asked on
    purpose.

    Going back from this round, one joins as long as half of the questions remain shared by all,
    eight in all.
    ``None`` if there is no other.
    """
    mine = rounds[code]
    items = scale.items
    joined = [mine]
    earlier = [
        a
        for a in rounds.values()
        if a.facts.population == mine.facts.population
        and (a.facts.end, a.facts.wave, a.facts.code)
        < (mine.facts.end, mine.facts.wave, mine.facts.code)
    ]
    for one in reversed(earlier):
        common = shared_items(mine, _part(scale, items), one)
        if not common or 2 * len(common) < len(scale.items):
            continue
        if scale_mean(one, _part(scale, common), threshold=threshold).value is None:
            continue
        joined.insert(0, one)
        items = common
        if len(joined) == MOST_WAVES:
            break
    if len(joined) < 2:
        return None
    both = _part(scale, items)
    places = tuple(_place(a, scale_mean(a, both, threshold=threshold)) for a in joined)
    steps = tuple(
        change(a, b, both, panel=(a.facts.code, b.facts.code) in panels, threshold=threshold)
        for a, b in itertools.pairwise(joined)
    )
    return Waves(scale.name, items, len(items) == len(scale.items), places, steps)


def change(
    before: Answers,
    after: Answers,
    scale: Scale,
    *,
    panel: bool = False,
    threshold: int = THRESHOLD,
) -> Difference:
    """From one round to a later one of the same population.

    In a ``panel`` the same people were asked again: their own differences count, and nobody
    else's. Otherwise the rounds are two samples, subtracted only if they have one frame; who is
    in both by chance is not looked for (Firebaugh 1997, Analyzing repeated surveys).
    """
    if panel:
        pair = _same_people(before, after, scale)
        if len(pair[0]) < threshold:
            return Difference("panel", None, None, None, None)
        found = paired_change(*pair)
        told = _told(found.interval)
        return Difference(
            "panel", found.difference, found.interval, found.df, *told, n=found.n_after
        )
    if before.facts.frame != after.facts.frame:
        return Difference("frames", None, None, None, None)
    return difference(
        scale_mean(before, scale, threshold=threshold),
        scale_mean(after, scale, threshold=threshold),
    )


def _same_people(before: Answers, after: Answers, scale: Scale) -> tuple[list[float], list[float]]:
    """Scores of people with a name in both rounds; none where a round is anonymous."""
    if before.facts.anonymous or after.facts.anonymous:
        return [], []
    scores = []
    for one in (before, after):
        told = zip(one.frame["actor"].to_list(), one.percents(scale).tolist(), strict=True)
        scores.append({actor: value for actor, value in told if actor and value == value})
    both = sorted(scores[0].keys() & scores[1].keys())
    return [scores[0][a] for a in both], [scores[1][a] for a in both]


def _what(item: Mapping[str, Any]) -> tuple[object, ...]:
    return (item["text_id"], item["text_en"], item["type"], item["low"], item["high"],
            bool(item["reversed"]), item["scale"])  # fmt: skip


def _part(scale: Scale, items: Sequence[str]) -> Scale:
    """The scale with some of its items."""
    return Scale(
        scale.name, tuple(items), frozenset(scale.reversed & set(items)), scale.low, scale.high
    )


def _place(answers: Answers, mean: ScaleMean) -> Place:
    f = answers.facts
    return Place(f.code, f.population, f.frame, f.wave, f.end, mean)
