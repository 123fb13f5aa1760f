"""Survey answers as they may leave the house: nobody named, nobody found.

From every answer go the row's id and with it the order of arrival (rows are put in an order drawn
from their own content), and the person. In a round that is not anonymous persons get a number of
this release, the same in all its rounds, that leads nowhere else. Strata and clusters are numbered
likewise; where there are any, the place is left out, because the number would lead to it. Free text
stays out unless it is asked for.

What people look like from outside (sex, age, schooling, poverty, place) is emptied until every
combination of it is shared by at least ``threshold`` answers of its round
(:mod:`satuhati.core.surveys.anonymity`). The answers themselves are left as given: the rule
protects against being recognised by what neighbours know, not by what somebody answered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from satuhati.core.community import CommunityData
from satuhati.core.suppression import THRESHOLD, checked_threshold
from satuhati.core.surveys.anonymity import (
    BACKGROUND,
    PERSON,
    number_anew,
    reordered,
    tells_who,
    thin_out,
)
from satuhati.core.surveys.scales import Scale
from satuhati.errors import Doubt, InputError, Problem
from satuhati.schema import ANSWER_KEYS, TABLES
from satuhati.schema.choices import choice_label
from satuhati.schema.responses import response_words
from satuhati.text import Text

Measurement = Literal["nominal", "ordinal", "scale"]
Kind = Literal["text", "number", "choice"]
Value = str | float

DESIGN = ("weight", "stratum", "cluster")

_WAVE, _PERSON = "round_wave", PERSON
_ORDERED = ("age_band", "schooling")
_YES_NO: dict[Value, Text] = {0.0: Text("Tidak", "No"), 1.0: Text("Ya", "Yes")}
_WORDS = {
    "round": Text("Putaran survei", "Survey round"),
    "person": Text("Nomor orang dalam berkas ini", "Number of the person in this file"),
    "stratum": Text("Strata sampel (bernomor)", "Stratum of the sample (numbered)"),
    "cluster": Text("Klaster sampel (bernomor)", "Cluster of the sample (numbered)"),
}


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of a release.

    ``values`` names the values that have a name, in their order. ``low`` and ``high`` are the ends
    of the response scale. ``scale`` and ``reversed`` say how an item is scored. ``no_answer`` and
    ``withheld`` count empty cells: not answered (or not asked), and emptied by the rule of small
    cells. Of items only those that tell who answers are (:func:`anonymity.tells_who`).
    """

    name: str
    label: Text
    kind: Kind
    measure: Measurement
    values: Mapping[Value, Text] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    scale: str | None = None
    reversed: bool = False
    is_item: bool = False
    no_answer: int = 0
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """A round of a release: how people came into it, and how many answered."""

    code: str
    wave: int
    population: str
    frame: str
    mode: str | None
    start: str | None
    end: str | None
    invited: int | None
    answered: int
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Release:
    """Answers to one instrument, ready to be written in any format.

    ``frame`` has a column per variable, in order: text or number, ``null`` where empty.
    ``withheld`` has the same shape for what tells who it is: true where the rule of small cells
    emptied the cell.
    """

    instrument: str
    name: Text
    version: str | None
    citation: str | None
    community: str
    place: str
    synthetic: bool
    population: str
    threshold: int
    rounds: tuple[Round, ...]
    variables: tuple[Variable, ...]
    frame: pl.DataFrame
    withheld: Mapping[str, tuple[bool, ...]]
    warnings: tuple[Doubt, ...] = ()

    @property
    def items(self) -> tuple[Variable, ...]:
        return tuple(v for v in self.variables if v.is_item)

    def scales(self) -> tuple[Scale, ...]:
        """The scales of the instrument: items of one range that are scored together."""
        members: dict[str, list[Variable]] = defaultdict(list)
        for v in self.items:
            if v.scale and v.kind == "number":
                members[v.scale].append(v)
        found = []
        for name, items in members.items():
            ends = {(v.low, v.high) for v in items}
            low, high = next(iter(ends)) if len(ends) == 1 else (None, None)
            if low is None or high is None or not low < high:
                continue  # without one known range they are not one scale
            turned = frozenset(v.name for v in items if v.reversed)
            found.append(Scale(name, tuple(v.name for v in items), turned, low, high))
        return tuple(found)


def release(
    data: CommunityData,
    community: str,
    instrument: str,
    *,
    rounds: Sequence[str] | None = None,
    background: Sequence[str] = BACKGROUND,
    texts: bool = False,
    labels: Mapping[str, Mapping[Value, Text]] | None = None,
    threshold: int = THRESHOLD,
) -> Release:
    """The answers to ``instrument`` as they may leave the house.

    ``rounds`` picks some by their id; ``background`` says which of :data:`BACKGROUND` to keep,
    the most wanted first; ``texts`` lets free text out as well; ``labels`` names the values of
    items (``{"t1": {1: Text(…)}}``). Rounds with fewer than ``threshold`` answers stay out.

    Raises ``InputError`` for an unknown instrument, round or background variable, and when no
    round is left; ``ValueError`` for a threshold below 3. Same data, same file.
    """
    checked_threshold(threshold)
    mine = data.only(community)
    _known(mine, instrument, rounds, background)
    about = mine["instruments"].filter(pl.col("id") == instrument).row(0, named=True)
    asked = mine["rounds"].filter(pl.col("instrument") == instrument).sort("wave", "id")
    if rounds is not None:
        asked = asked.filter(pl.col("id").is_in(list(rounds)))
    facts = {r["id"]: r for r in asked.iter_rows(named=True)}
    answers = mine.answers[instrument].filter(pl.col("round").is_in(list(facts)))
    warnings: list[Doubt] = []
    counts = dict(answers.group_by("round").len().iter_rows())
    small = sorted(code for code in facts if 0 < counts.get(code, 0) < threshold)
    if small:
        warnings.append(Doubt("release_round_small", {"rounds": ", ".join(small), "n": threshold}))
    kept = [code for code in facts if counts.get(code, 0) >= threshold]
    if not kept:
        raise InputError(
            Problem("release_empty", fields={"instrument": instrument, "needed": threshold})
        )
    answers = answers.filter(pl.col("round").is_in(kept))
    named = {code for code in kept if facts[code]["anonymous"] is False}
    if answers["stratum"].is_not_null().any() or answers["cluster"].is_not_null().any():
        background = [name for name in background if name != "area"]
    rows = answers.to_dicts()
    salt = reordered(rows)
    items = list(mine["items"].filter(pl.col("instrument") == instrument).iter_rows(named=True))
    # A form of the group's own asks age and RT as it likes: they tell who it is as ours do.
    seen_from_outside = [i["name"] for i in items if i["name"] in answers.columns and tells_who(i)]
    withheld = thin_out(rows, [*background, *seen_from_outside], threshold)
    number_anew(rows, named, salt)
    for row in rows:
        row[_WAVE] = facts[row["round"]]["wave"]
    variables = _variables(mine, instrument, answers.columns, bool(named), background, texts)
    left_out = [
        i["name"]
        for i in items
        if i["type"] == "text" and i["name"] in answers.columns and not texts
    ]
    if left_out:
        warnings.append(Doubt("release_texts", {"items": ", ".join(left_out)}))
    emptied = {name: sum(marks) for name, marks in withheld.items() if any(marks)}
    if emptied:
        listed = ", ".join(f"{name} {n}" for name, n in emptied.items())
        warnings.append(Doubt("release_withheld", {"cells": listed, "n": threshold}))
    frame = _frame(rows, variables)
    variables = [
        _with(v, frame[v.name], (labels or {}).get(v.name), sum(withheld.get(v.name, ())))
        for v in variables
    ]
    place = mine["community"].row(0, named=True)
    return Release(
        instrument=instrument,
        name=Text(about["name"], about["name"]),
        version=about["version"],
        citation=about["citation"],
        community=community,
        place=place["name"] or community,
        synthetic=bool(place["synthetic"]),
        population=about["population"],
        threshold=threshold,
        rounds=tuple(_round(facts[code], counts[code]) for code in kept),
        variables=tuple(variables),
        frame=frame,
        withheld={name: tuple(marks) for name, marks in withheld.items()},
        warnings=tuple(warnings),
    )


def _known(
    data: CommunityData, instrument: str, rounds: Sequence[str] | None, background: Sequence[str]
) -> None:
    """All that is asked for exists, or an ``InputError`` that names what does."""

    def refuse(option: str, value: str, known: Sequence[str]) -> None:
        why = ", ".join(known) or "–"
        fields = {"option": option, "value": value, "why": why}
        raise InputError(Problem("option_invalid", fields=fields))

    if instrument not in data.answers or instrument not in set(data["instruments"]["id"]):
        refuse("--instrument", instrument, sorted(data.answers))
    its = data["rounds"].filter(pl.col("instrument") == instrument)["id"].to_list()
    for code in rounds or ():
        if code not in its:
            refuse("--round", code, its)
    columns = data.answers[instrument].columns
    for name in (_WAVE, _PERSON):
        if name in columns:  # an item of this name would be mistaken for ours
            raise InputError(
                Problem("item_name_invalid", "items", column="name",
                        fields={"value": name, "reserved": f"{_WAVE}, {_PERSON}"})
            )  # fmt: skip
    for name in background:
        if name not in BACKGROUND or list(background).count(name) > 1:
            refuse("--background", name, BACKGROUND)


def _variables(
    data: CommunityData,
    instrument: str,
    columns: Sequence[str],
    persons: bool,
    background: Sequence[str],
    texts: bool,
) -> list[Variable]:
    declared = {c.name: c for c in ANSWER_KEYS}
    facts = {c.name: c for c in TABLES["rounds"].columns}
    found = [
        Variable("round", _WORDS["round"], "choice", "nominal"),
        Variable(_WAVE, facts["wave"].label, "number", "ordinal"),
    ]
    if persons:
        found.append(Variable(_PERSON, _WORDS["person"], "number", "nominal"))
    for name in background:
        column = declared[name]
        values: dict[Value, Text] = {c: choice_label("answers", name, c) for c in column.choices}
        if column.kind == "boolean":
            found.append(Variable(name, column.label, "number", "nominal", _YES_NO))
            continue
        if name == "area":
            areas = data["areas"]
            values = {i: Text(n or i, n or i) for i, n in areas.select("id", "name").iter_rows()}
        measure: Measurement = "ordinal" if name in _ORDERED else "nominal"
        found.append(Variable(name, column.label, "choice", measure, values))
    for name in DESIGN:
        if name == "weight":
            found.append(Variable(name, declared[name].label, "number", "scale"))
        else:
            found.append(Variable(name, _WORDS[name], "number", "nominal"))
    items = data["items"].filter(pl.col("instrument") == instrument)
    told = {i["name"]: i for i in items.iter_rows(named=True)}
    taken = {"community", *declared}
    for name in columns:
        item = told.get(name)
        if name in taken or item is None or (item["type"] == "text" and not texts):
            continue
        found.append(_item(item))
    return found


def _item(item: Mapping[str, Any]) -> Variable:
    label = Text(
        item["text_id"] or item["text_en"] or item["name"],
        item["text_en"] or item["text_id"] or item["name"],
    )
    kind: Kind = "number" if item["type"] in ("likert", "binary", "number") else "text"
    low, high = item["low"], item["high"]
    words = response_words(item["type"], low, high, item["text_id"])
    values: dict[Value, Text] = dict(sorted(words.items()))
    if item["type"] == "binary" and values:
        low, high = 0.0, 1.0
    measure: Measurement = {"likert": "ordinal", "number": "scale"}.get(item["type"], "nominal")  # type: ignore[assignment]
    return Variable(
        item["name"], label, kind, measure, values, low, high, item["scale"],
        bool(item["reversed"]), True,
    )  # fmt: skip


def _frame(rows: Sequence[Mapping[str, Any]], variables: Sequence[Variable]) -> pl.DataFrame:
    columns: list[pl.Series] = []
    for v in variables:
        values = [row[v.name] for row in rows]
        if v.kind == "number":
            numbers = [None if x is None or x != x else float(x) for x in values]
            columns.append(pl.Series(v.name, numbers, dtype=pl.Float64))
        else:
            columns.append(pl.Series(v.name, values, dtype=pl.String))
    return pl.DataFrame(columns)


def _with(
    v: Variable, column: pl.Series, labels: Mapping[Value, Text] | None, withheld: int
) -> Variable:
    """The variable with its named values as they occur, and its empty cells counted."""
    values = dict(labels) if labels else dict(v.values)
    kind = v.kind
    if labels and kind == "text" and set(column.drop_nulls()) <= set(labels):
        kind = "choice"  # one of several things, each with a name; several at once stay text
    elif kind == "choice":
        seen = column.drop_nulls().unique().sort().to_list()
        kept = {c: w for c, w in values.items() if v.name != "area" or c in seen}
        values = {**kept, **{c: Text(c, c) for c in seen if c not in kept}}
    return Variable(
        v.name, v.label, kind, v.measure, values, v.low, v.high, v.scale, v.reversed,
        v.is_item, column.null_count() - withheld, withheld,
    )  # fmt: skip


def _round(row: Mapping[str, Any], answered: int) -> Round:
    return Round(
        code=row["id"],
        wave=row["wave"],
        population=row["population"],
        frame=row["frame"],
        mode=row["mode"],
        start=row["start"].isoformat() if row["start"] else None,
        end=row["end"].isoformat() if row["end"] else None,
        invited=row["invited"],
        answered=answered,
        anonymous=row["anonymous"] is not False,
    )
