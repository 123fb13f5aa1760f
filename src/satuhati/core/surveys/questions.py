"""What was answered to each question of a round: counts of a few told together or not at all.

Which parts are told is the rule of :mod:`satuhati.core.surveys.tallies`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from satuhati.core.results import Interval
from satuhati.core.surveys.answered import NUMBERS, Answers
from satuhati.core.surveys.tallies import (
    MOST_OPTIONS,
    Part,
    ordered_parts,
    plain_parts,
    several_parts,
)
from satuhati.schema.responses import response_words
from satuhati.text import Text


@dataclass(frozen=True, slots=True)
class ItemTally:
    """A question of a round: how many answered, how many did not, and what they answered.

    ``n`` and ``missing`` are ``None`` where fewer than five answered, and where fewer than five
    were left out of a question that only some are asked, with the people of each part: their
    number would tell what they answered to the question before. ``words`` name answers; ``parts``
    is empty where fewer than five answered, and for a typed number, of which ``mean`` and
    ``interval`` are told.
    """

    name: str
    type: str
    scale: str | None
    low: float | None
    high: float | None
    reversed: bool
    text: Text
    words: tuple[tuple[str, Text], ...]
    n: int | None
    missing: int | None
    parts: tuple[Part, ...]
    mean: float | None
    interval: Interval | None
    several: bool = False
    """People may give several answers: shares are of people and add up to more than 1."""


def questions_of(
    answers: Answers,
    *,
    as_asked_here: bool,
    words: Mapping[str, Mapping[str, Text]],
    conditional: Mapping[str, Collection[str]],
    threshold: int,
) -> tuple[ItemTally, ...]:
    """All questions of a round, as :func:`rounds.round_results` describes them."""
    tallies = [
        _tally(answers, item, threshold, as_asked_here, words.get(item["name"]))
        for item in _asked(answers)
    ]
    veiled = {t.name for t in tallies if _is_veiled(t)}
    return tuple(_told(t, conditional.get(t.name), veiled, threshold) for t in tallies)


def _asked(answers: Answers) -> Iterable[Mapping[str, Any]]:
    """Questions somebody answered, and no free text: it can name people."""
    for item in answers.items:
        if item["type"] != "text" and answers.frame[item["name"]].is_not_null().any():
            yield item


def item_text(item: Mapping[str, Any]) -> Text:
    """A question's wording; in the other language, or its name, where there is none."""
    return Text(
        item["text_id"] or item["text_en"] or item["name"],
        item["text_en"] or item["text_id"] or item["name"],
    )


def _tally(
    answers: Answers,
    item: Mapping[str, Any],
    threshold: int,
    as_asked_here: bool,
    own: Mapping[str, Text] | None,
) -> ItemTally:
    given = answers.frame[item["name"]]
    low, high = item["low"], item["high"]
    if item["type"] in NUMBERS and low is not None and high is not None:
        within = given.is_between(low, high)
        given = pl.select(pl.when(within).then(given)).to_series()
    n = int(given.is_not_null().sum())
    weight = answers.frame["weight"].fill_null(1.0)
    parts: tuple[Part, ...] = ()
    mean: float | None = None
    interval: Interval | None = None
    steps = _steps(item)
    several = item["type"] == "choice" and _several(given, own)
    if several:
        apart = pl.DataFrame({"a": given.str.split(" "), "w": weight}).explode("a")
        counts, weights = _counted(apart["a"], apart["w"])
        total = float(weight.filter(given.is_not_null()).sum())
        parts = several_parts(counts, weights, n, total, threshold=threshold)
    elif item["type"] == "choice":
        counts, weights = _counted(given.cast(pl.String), weight)
        parts = plain_parts(counts, weights, threshold=threshold)
    elif steps and (given.drop_nulls() == given.drop_nulls().round()).all():
        counts, weights = _counted(given.map_elements(shown, return_dtype=pl.String), weight)
        parts = ordered_parts(
            [counts.get(s, 0) for s in steps], [weights.get(s, 0.0) for s in steps], steps,
            threshold=threshold,
        )  # fmt: skip
    elif n >= threshold:
        found = answers.mean(given.cast(pl.Float64).fill_null(np.nan).to_numpy())
        mean, interval = found.value, found.interval
    words = response_words(item["type"], low, high, item["text_id"], as_asked_here=as_asked_here)
    return ItemTally(
        item["name"],
        item["type"],
        item["scale"],
        low,
        high,
        bool(item["reversed"]),
        item_text(item),
        tuple(own.items())
        if own
        else tuple((shown(value), word) for value, word in sorted(words.items())),
        n,
        answers.frame.height - n,
        parts,
        mean,
        interval,
        several,
    )


def _several(given: pl.Series, own: Mapping[str, Text] | None) -> bool:
    """Whether some gave several of a form's answers at once: its codes, with a space between."""
    said = given.cast(pl.String).drop_nulls().unique().to_list()
    codes = set(own or ())
    return any(text not in codes and set(text.split(" ")) <= codes for text in said)


def _is_veiled(tally: ItemTally) -> bool:
    """Whether how many gave some answer to a question is not told."""
    if tally.mean is not None:
        return False  # a number: no answer to it is told
    return not tally.parts or any(p.n is None or len(p.options) > 1 for p in tally.parts)


def _told(
    tally: ItemTally, decided_by: Collection[str] | None, veiled: Collection[str], threshold: int
) -> ItemTally:
    """The question without the numbers that would tell of a few who were, or were not, asked it.

    How many were asked is how many gave a certain answer before: where that is not told, or
    follows from what is told beside it, this would tell it.
    """
    few = 0 < (tally.n or 0) < threshold
    if decided_by is not None:
        few |= 0 < (tally.missing or 0) < threshold or any(q in veiled for q in decided_by)
    if not few:
        return tally
    parts = tuple(Part(p.options, None, p.share) for p in tally.parts)
    return replace(tally, n=None, missing=None, parts=parts)


def shown(value: float) -> str:
    """An answer's code as text: 3 and not 3.0."""
    return f"{value:g}"


def _steps(item: Mapping[str, Any]) -> tuple[str, ...]:
    """The steps of an answer that is chosen; none for a number that is typed."""
    low, high = item["low"], item["high"]
    if item["type"] == "binary":
        low, high = (0, 1) if low is None or high is None else (low, high)
    elif item["type"] != "likert" or low is None or high is None:
        return ()
    if low != round(low) or high != round(high) or not 1 <= high - low < MOST_OPTIONS:
        return ()
    return tuple(shown(float(s)) for s in range(int(low), int(high) + 1))


def _counted(given: pl.Series, weight: pl.Series) -> tuple[dict[str, int], dict[str, float]]:
    rows = (
        pl.DataFrame({"a": given, "w": weight})
        .drop_nulls("a")
        .group_by("a")
        .agg(n=pl.len(), w=pl.col("w").sum())
    )
    return (
        {r["a"]: int(r["n"]) for r in rows.iter_rows(named=True)},
        {r["a"]: float(r["w"]) for r in rows.iter_rows(named=True)},
    )
