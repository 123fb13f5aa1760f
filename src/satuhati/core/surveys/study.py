"""A round in full, for a researcher: reliability, structure, comparability, groups, agreement.

Puts together what the other modules compute, for one round of one community. Waves and
populations are never pooled: where groups are compared they stay groups. Groups under five people
stay empty, together with as many others as it takes that nothing follows from the whole
(:mod:`satuhati.core.suppression`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from satuhati.core.results import Interval
from satuhati.core.suppression import THRESHOLD, suppress
from satuhati.core.surveys.aggregation import Aggregation, aggregate
from satuhati.core.surveys.alongside import shared_items
from satuhati.core.surveys.answered import Answers, RoundFacts, ScaleMean
from satuhati.core.surveys.cfa import Confirmatory, Invariance, confirm, invariance
from satuhati.core.surveys.dif import Dif, item_dif
from satuhati.core.surveys.dimensionality import Exploration, explore
from satuhati.core.surveys.ordered import OrderedModel, confirm_ordered
from satuhati.core.surveys.questions import item_text
from satuhati.core.surveys.reliability import Reliability, reliabilities
from satuhati.core.surveys.rounds import clipped, scale_mean
from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.scoring import turn
from satuhati.errors import Doubt
from satuhati.text import Text

FloatArray = npt.NDArray[np.float64]
BY = ("sex", "age_band", "schooling", "poor", "area")
MIN_ITEMS_MODEL = 4
"""With three items a one-factor model has no degree of freedom: it fits whatever was said."""
MIN_ITEMS_GROUPS = 3
MOST_TOGETHER = 60
"""Items of one model of all scales together; more would take minutes."""
MOST_STEPS = 15


@dataclass(frozen=True, slots=True)
class ScaleStudy:
    """A scale: its mean on 0-100 with design, its SD on 0-100, and its reliability."""

    mean: ScaleMean
    sd: float | None
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class Model:
    """Models of the items of ``scales``: by maximum likelihood and of ordered answers (WLSMV)."""

    scales: tuple[str, ...]
    ml: Confirmatory
    ordered: OrderedModel | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A scale between groups told apart ``by`` sex, population or wave, over shared items."""

    by: str
    scale: str
    items: tuple[str, ...]
    invariance: Invariance
    dif: Dif


@dataclass(frozen=True, slots=True)
class GroupMean:
    """A group of a round. ``n`` and all else are ``None`` where it stays empty."""

    group: str | None
    n: int | None
    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Groups:
    """Means of a scale by a background variable; ``group`` ``None``: not known."""

    by: str
    scale: str
    rows: tuple[GroupMean, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """How many answers came from each group; ``None`` where it stays empty."""

    by: str
    rows: tuple[tuple[str | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class Study:
    """All of it. ``labels``: items in both languages; ``places``: areas by name."""

    facts: RoundFacts
    labels: Mapping[str, Text]
    places: Mapping[str, str]
    scales: tuple[ScaleStudy, ...]
    exploration: Exploration | None
    models: tuple[Model, ...]
    together: Model | None
    comparisons: tuple[Comparison, ...]
    groups: tuple[Groups, ...]
    agreement: Mapping[str, Aggregation]
    composition: tuple[Composition, ...]
    warnings: tuple[Doubt, ...] = ()


def study(
    rounds: Mapping[str, Answers],
    code: str,
    places: Mapping[str, str],
    *,
    threshold: int = THRESHOLD,
) -> Study:
    """A round in full. ``rounds``: all rounds of the community, to compare with; ``places``: names
    of areas. Below ``threshold`` answers nothing is computed, with a doubt."""
    one = rounds[code]
    labels = {str(i["name"]): item_text(i) for i in one.items if i["type"] != "text"}
    if one.facts.n < threshold:
        few = Doubt("too_few", {"n": one.facts.n, "needed": threshold})
        return Study(one.facts, labels, places, (), None, (), None, (), (), {}, (), (few,))
    scales = one.scales()
    every = [item for s in scales for item in s.items]
    together = _together(one, scales)
    return Study(
        facts=one.facts,
        labels=labels,
        places=places,
        scales=_reliable(one, scales, threshold),
        exploration=explore(_keyed_all(one, scales), every) if len(every) > 2 else None,
        models=tuple(_model(one, [s]) for s in scales if len(s.items) >= MIN_ITEMS_MODEL),
        together=together,
        comparisons=tuple(_comparisons(rounds, code, scales, threshold)),
        groups=tuple(
            found
            for by in BY
            for s in scales
            if (found := _groups(one, s, by, threshold)) is not None
        ),
        agreement=_agreement(one, scales),
        composition=tuple(
            made for by in BY if (made := _composition(one, by, threshold)) is not None
        ),
    )


def _reliable(one: Answers, scales: Sequence[Scale], threshold: int) -> tuple[ScaleStudy, ...]:
    items = [item for s in scales for item in s.items]
    found = reliabilities(one.matrix(items), items, scales) if items else {}
    made = []
    for s in scales:
        percent = one.percents(s)
        known = percent[~np.isnan(percent)]
        sd = float(np.std(known, ddof=1)) if len(known) >= threshold else None
        made.append(ScaleStudy(scale_mean(one, s, threshold=threshold), sd, found[s.name]))
    return tuple(made)


def _keyed(one: Answers, scale: Scale) -> FloatArray:
    """Answers to a scale with reversed items turned."""
    assert scale.low is not None
    assert scale.high is not None
    answers = one.matrix(scale.items)
    off = (answers < scale.low) | (answers > scale.high)
    return turn(np.where(off, np.nan, answers), scale.keys, scale.low, scale.high)


def _keyed_all(one: Answers, scales: Sequence[Scale]) -> FloatArray:
    return np.column_stack([_keyed(one, s) for s in scales])


def _model(one: Answers, scales: Sequence[Scale]) -> Model:
    items = [item for s in scales for item in s.items]
    factors = {s.name: s.items for s in scales}
    answers = _keyed_all(one, scales)
    whole = answers[~np.isnan(answers).any(axis=1)]
    stepped = len(whole) > 0 and all(
        len(np.unique(whole[:, j])) <= MOST_STEPS for j in range(whole.shape[1])
    )
    ordered = confirm_ordered(answers, items, factors) if stepped and len(scales) == 1 else None
    return Model(tuple(factors), confirm(answers, items, factors), ordered)


def _together(one: Answers, scales: Sequence[Scale]) -> Model | None:
    """All declared scales in one model; a single item is no factor."""
    used = [s for s in scales if len(s.items) > 1]
    if len(used) < 2 or sum(len(s.items) for s in used) > MOST_TOGETHER:
        return None
    return _model(one, used)


def _comparisons(
    rounds: Mapping[str, Answers], code: str, scales: Sequence[Scale], threshold: int
) -> list[Comparison]:
    one = rounds[code]
    found = []
    for scale in scales:
        sex = one.frame["sex"].to_list()
        found.append(_compared("sex", scale, [(one, [s or None for s in sex])], threshold))
        for by, other in (
            ("population", _other_population(rounds, one)),
            ("wave", _before(rounds, one)),
        ):
            if other is None:
                continue
            items = shared_items(one, scale, other)
            shared = Scale(
                scale.name, items, frozenset(scale.reversed & set(items)), scale.low, scale.high
            ) if items else None  # fmt: skip
            if shared is not None:
                label = (lambda a: a.facts.population) if by == "population" else _wave
                pairs = [(a, [label(a)] * a.frame.height) for a in (other, one)]
                found.append(_compared(by, shared, pairs, threshold))
    return [c for c in found if c is not None]


def _wave(a: Answers) -> str:
    return str(a.facts.wave)


def _other_population(rounds: Mapping[str, Answers], one: Answers) -> Answers | None:
    """The round of working group or residents beside one of the other, nearest in time."""
    wanted = {"pokja": "warga", "warga": "pokja"}.get(one.facts.population)
    others = [a for a in rounds.values() if a.facts.population == wanted and a.facts.n]
    return min(
        others, key=lambda a: (abs((a.facts.end - one.facts.end).days), a.facts.code), default=None
    )


def _before(rounds: Mapping[str, Answers], one: Answers) -> Answers | None:
    """The round of the same population before this one."""
    earlier = [
        a
        for a in rounds.values()
        if a.facts.population == one.facts.population
        and a.facts.wave < one.facts.wave
        and a.facts.n
    ]
    return max(earlier, key=lambda a: (a.facts.wave, a.facts.end, a.facts.code), default=None)


def _compared(
    by: str,
    scale: Scale,
    parts: Sequence[tuple[Answers, Sequence[str | None]]],
    threshold: int,
) -> Comparison | None:
    """Invariance and DIF; ``None`` where two groups of ``threshold`` people are not there."""
    if len(scale.items) < MIN_ITEMS_GROUPS:
        return None
    keyed = np.vstack([_keyed(a, scale) for a, _ in parts])
    groups = [g for _, labels in parts for g in labels]
    whole = np.asarray(~np.isnan(keyed).any(axis=1))
    counts = Counter(g for g, w in zip(groups, whole, strict=True) if w and g is not None)
    sizes = list(counts.values())
    if len(sizes) < 2 or min(sizes) < threshold:
        return None
    plain = Scale(scale.name, scale.items, frozenset(), scale.low, scale.high)
    return Comparison(
        by,
        scale.name,
        scale.items,
        invariance(keyed, groups, scale.items, {scale.name: scale.items}),
        item_dif(keyed, groups, plain),
    )


def _labels(one: Answers, by: str) -> list[str | None]:
    column = one.frame[by].to_list()
    if by == "poor":
        return [None if v is None else "poor" if v else "not_poor" for v in column]
    return [v or None for v in column]


def _groups(one: Answers, scale: Scale, by: str, threshold: int) -> Groups | None:
    """Means by group; ``None`` where nothing is known about anybody."""
    labels = np.array(_labels(one, by), dtype=object)
    values = one.percents(scale)
    scored = ~np.isnan(values)
    names = sorted({g for g in labels if g is not None})
    if not names:
        return None
    counts = {g: int((scored & (labels == g)).sum()) for g in names}
    unknown = int((scored & np.array([g is None for g in labels], dtype=bool)).sum())
    hidden, _ = suppress({**counts, "": unknown} if unknown else counts, threshold=threshold)
    rows = []
    for g in names:
        if g in hidden or not counts[g]:
            rows.append(GroupMean(g, None if g in hidden else 0, None, None))
            continue
        kept = scored & (labels == g)
        found = _own_units(one.only(kept)).mean(values[kept])
        rows.append(GroupMean(g, counts[g], found.value, clipped(found.interval)))
    if unknown:
        rows.append(GroupMean(None, None if "" in hidden else unknown, None, None))
    return Groups(by, scale.name, tuple(rows))


def _own_units(part: Answers) -> Answers:
    """Of a group that is one cluster of the sample, the people drawn in it are the units.

    About that cluster nothing is uncertain but whom of it the draw took.
    """
    clusters = part.frame["cluster"].drop_nulls()
    if clusters.n_unique() != 1 or len(clusters) != part.frame.height:
        return part
    alone = part.frame.with_columns(cluster=pl.lit(None, pl.String))
    return Answers(part.facts, alone, part.items)


def _composition(one: Answers, by: str, threshold: int) -> Composition | None:
    labels = _labels(one, by)
    names: list[str | None] = [*sorted({g for g in labels if g is not None})]
    if not names:
        return None
    if None in labels:
        names.append(None)
    counts = {g or "": labels.count(g) for g in names}
    hidden, _ = suppress(counts, threshold=threshold)
    return Composition(
        by, tuple((g, None if (g or "") in hidden else counts[g or ""]) for g in names)
    )


def _agreement(one: Answers, scales: Sequence[Scale]) -> dict[str, Aggregation]:
    """Whether a scale may be averaged within areas; empty where nobody's area is known."""
    areas = [a or None for a in one.frame["area"].to_list()]
    if len({a for a in areas if a}) < 2:
        return {}
    return {s.name: aggregate(one.matrix(s.items), areas, s) for s in scales}
