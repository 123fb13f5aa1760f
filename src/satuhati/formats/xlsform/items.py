"""From a form to the tables ``instruments`` and ``items``: what is asked becomes what is scored.

Light: rows are plain mappings, for a folder and for a database alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats.xlsform.asked import other_name
from satuhati.formats.xlsform.markup import told_alone
from satuhati.formats.xlsform.model import Form, Label, Question, even
from satuhati.framework import POPULATIONS
from satuhati.schema import ANSWER_KEYS
from satuhati.schema.measures import measures
from satuhati.text import Text

_KEYS = {c.name: c for c in ANSWER_KEYS}
_PERSONAL = frozenset({"sex", "age_band", "schooling", "poor"})
"""Declared columns of the answers that a form may ask for, by their own codes."""
MOST_STEPS = 11
"""A list of more numbers is no rating scale unless the form says so."""
OTHER_WORDS = Text("lainnya", "other")
FIGURES = ("likert", "binary", "number")
"""Types of items whose answers are numbers; only these are scored."""
_DIRECT = {"integer": "number", "decimal": "number", "range": "number"}


@dataclass(frozen=True, slots=True)
class Instrument:
    """Rows for the two tables, without their community."""

    instrument: dict[str, Any]
    items: tuple[dict[str, Any], ...]
    keys: tuple[str, ...]
    """Declared columns of the answers that the form asks for."""


def to_instrument(
    form: Form, *, code: str | None = None, population: str | None = None, place: str | None = None
) -> tuple[Instrument, tuple[Doubt, ...]]:
    """Raises :class:`InputError`: no population, a name that is taken, nothing to score."""
    problems: list[Problem] = []
    whom = population or form.population
    if whom not in POPULATIONS:
        problems.append(Problem("form_population", place, fields={"value": whom or "–"}))
    ident = code or instrument_code(form.id)
    rows: list[dict[str, Any]] = []
    keys: list[str] = []
    left: list[str] = []
    computed: list[Question] = []
    for question, around in form.placed():
        if question.kind == "calculate" and not any(s.repeat for s in around):
            computed.append(question)
        if question.kind in ("note", "automatic", "calculate", "hidden"):
            continue
        if question.name in _PERSONAL and _fits(question):
            keys.append(question.name)
            continue
        if question.name in _KEYS or question.name == "community":
            reserved = ", ".join(["community", *(k for k in _KEYS if k not in _PERSONAL)])
            fields: dict[str, object] = {"name": question.name, "reserved": reserved}
            problems.append(
                Problem("form_name_reserved", place, question.row or None, "name", fields)
            )
            continue
        if not question.answered or any(s.repeat for s in around):
            left.append(question.name)
            continue
        rows.append(_item(ident, len(rows) + 1, question))
        if question.other:
            rows.append(_written_in(ident, len(rows) + 1, question))
    for question in computed:  # answered by nobody, and yet a column of the answers
        if rows and question.name not in _KEYS and question.name != "community":
            rows.append(_item(ident, len(rows) + 1, question))
    if not rows and not problems:
        problems.append(Problem("form_without_questions", place))
    if problems:
        raise InputError(problems)
    instrument = {
        "id": ident,
        "name": form.title,
        "version": form.version or "1",
        "population": whom,
        "citation": form.citation,
    }
    return Instrument(instrument, tuple(rows), tuple(keys)), tuple(_doubts(rows, left))


def items_of(form: Form) -> list[dict[str, Any]]:
    """The items a form would give, whatever stands in the way of taking them in."""
    asked = [
        q
        for q, around in form.placed()
        if q.answered and q.name not in _KEYS and not any(s.repeat for s in around)
    ]
    return [_item(instrument_code(form.id), n, q) for n, q in enumerate(asked, 1)]


def instrument_code(text: str) -> str:
    """A form's id as the code of an instrument, which is also the name of a file."""
    code = re.sub(r"[^A-Za-z0-9_-]+", "_", text).strip("_-")[:50]
    return code or "kuesioner"


def _fits(q: Question) -> bool:
    column = _KEYS[q.name]
    allowed = set(column.choices) or {"true", "false"}
    codes = {c.name for c in q.choices}
    return q.kind == "select_one" and bool(codes) and not q.other and codes <= allowed


def item_type(q: Question) -> str:
    """The type of the item that a question becomes.

    Declared, or by its kind: choices numbered 0 and 1 are two answers, three or more numbers in
    even steps a rating scale; other choices keep their codes (of 011, 012, 021 none is a step).
    """
    if q.scoring.type:
        return q.scoring.type
    if q.kind in _DIRECT:
        return _DIRECT[q.kind]
    numbers = q.numbered() if q.kind == "select_one" and not q.other else None
    if numbers:
        if set(numbers) == {0, 1}:
            return "binary"
        # Codes of places are numbers too: a long list, or a filtered one, is no scale.
        short = 3 <= len(numbers) <= MOST_STEPS and q.choice_filter is None
        if q.scoring.scale or (short and even(numbers) and not _padded(q)):
            return "likert"
    return "choice" if q.choices else "text"


def _padded(q: Question) -> bool:
    """Whether codes are names that look like numbers: 01, 011."""
    return any(len(c.name) > 1 and c.name.startswith("0") for c in q.choices)


def _item(instrument: str, place: int, q: Question) -> dict[str, Any]:
    """Tables are sorted by id, so the place in the id keeps items in the order they are asked."""
    type_ = item_type(q)
    bounds = q.bounds() if type_ in FIGURES else None
    return {
        "id": f"{instrument}_{place:03d}_{q.name}",
        "instrument": instrument,
        "name": q.name,
        "type": type_,
        "scale": q.scoring.scale,
        "low": bounds[0] if bounds else None,
        "high": bounds[1] if bounds else None,
        "reversed": q.scoring.reversed if q.scoring.scale else None,
        "text_id": told_alone(q.label.own("id") or q.label("id")) or None,
        "text_en": told_alone(q.label.own("en") or "") or None,
    }


def _written_in(instrument: str, place: int, q: Question) -> dict[str, Any]:
    """What is written in beside the choice *other*: a column of its own, named as pyxform does."""
    label = Label(tuple((c, f"{q.label.own(c)} ({OTHER_WORDS(c)})") for c in ("id", "en")
                        if q.label.own(c))) or Label((("", f"{q.label('id')} (…)"),))  # fmt: skip
    return _item(instrument, place, Question(other_name(q.name), "text", label))


def _doubts(rows: list[dict[str, Any]], left: list[str]) -> list[Doubt]:
    doubts = []
    if left:
        names = ", ".join(left[:20]) + (", …" if len(left) > 20 else "")
        doubts.append(Doubt("form_not_imported", {"names": names}))
    known = {m.of for m in measures().values() if m.kind == "scale"}
    known |= {re.split(r"[<>=:]", m.of)[0] for m in measures().values() if m.kind == "item"}
    counts: dict[str, int] = {}
    for row in rows:
        if row["scale"]:
            counts[row["scale"]] = counts.get(row["scale"], 0) + 1
    for scale, n in counts.items():
        if scale not in known:
            doubts.append(Doubt("form_scale_unknown", {"scale": scale}))
        elif n == 1 and not any(r["scale"] == scale and r["type"] == "number" for r in rows):
            doubts.append(Doubt("form_few_items", {"scale": scale, "n": n}))
    return doubts
