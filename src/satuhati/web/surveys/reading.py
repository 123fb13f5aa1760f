"""Reading what somebody filled in: questions in screens, answers checked against their range."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from satuhati.schema.choices import choice_label
from satuhati.schema.people import AGE_BANDS, SCHOOLING, SEXES
from satuhati.text import Translator
from satuhati.web.register.models import Area
from satuhati.web.register.queries import natural
from satuhati.web.surveys.models import Item

PREFIX, ABOUT = "q-", "about-"
PER_SCREEN = 4
LONGEST = 1000
NUMBER = re.compile(r"-?\d{1,9}([.,]\d{1,4})?")
CHOSEN = ("likert", "binary")
MOST_OPTIONS = 11
"""A rating of more steps is typed as a number."""


@dataclass(slots=True)
class Question:
    """One question as it is shown, with what was typed and what is wrong with it."""

    item: Item
    text: str
    options: list[tuple[str, str]]
    value: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        return PREFIX + self.item.name


@dataclass(slots=True)
class Given:
    """What was read: values by item name, about the person by column, errors by field name."""

    values: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    gone: bool = False
    """Somebody answered a question that this round does not put (any more)."""


def options_of(item: Item, t: Translator) -> list[tuple[str, str]]:
    """The answers to choose from; none for a number or a text that is typed."""
    if item.type == "binary":
        return [("1", t("Yes")), ("0", t("No"))]
    if item.type != "likert" or item.low is None or item.high is None:
        return []
    low, high = int(item.low), int(item.high)
    if (item.low, item.high) != (low, high) or not 1 <= high - low < MOST_OPTIONS:
        return []
    words = {
        4: [t("Strongly disagree"), t("Disagree"), t("Agree"), t("Strongly agree")],
        5: [t("Strongly disagree"), t("Disagree"), t("In between"), t("Agree"),
            t("Strongly agree")],
    }.get(high - low + 1)  # fmt: skip
    steps = range(low, high + 1)
    if words is None:
        ends = {low: t("{n} (strongly disagree)", n=low), high: t("{n} (strongly agree)", n=high)}
        return [(str(n), ends.get(n, str(n))) for n in steps]
    return [(str(n), word) for n, word in zip(steps, words, strict=True)]


def screens_of(items: Sequence[Item], t: Translator) -> list[list[Question]]:
    """Questions in screens of at most four; those of a scale stay together where they fit."""
    blocks: list[list[Item]] = []
    for item in items:
        if blocks and blocks[-1][0].scale == item.scale and len(blocks[-1]) < PER_SCREEN:
            blocks[-1].append(item)
        else:
            blocks.append([item])
    screens: list[list[Item]] = []
    for block in blocks:
        if screens and len(screens[-1]) + len(block) <= PER_SCREEN:
            screens[-1].extend(block)
        else:
            screens.append(list(block))
    return [[Question(i, _said(i, t), options_of(i, t)) for i in screen] for screen in screens]


def _said(item: Item, t: Translator) -> str:
    own, other = (item.text_id, item.text_en) if t.lang == "id" else (item.text_en, item.text_id)
    return own or other or item.name


def read(
    data: Mapping[str, Any], items: Sequence[Item], about: Sequence[str], t: Translator
) -> Given:
    """What a form (or a draft) holds, checked. Nothing is required: who skips says nothing."""
    given = Given()
    known = {PREFIX + item.name for item in items}
    given.gone = any(name.startswith(PREFIX) and name not in known for name in data)
    for item in items:
        name = PREFIX + item.name
        typed = str(data.get(name, "")).strip()
        given.values[item.name] = None
        if not typed:
            continue
        value, wrong = _value(item, typed, t)
        if wrong:
            given.errors[name] = wrong
        else:
            given.values[item.name] = value
    for column in about:
        typed = str(data.get(ABOUT + column, ""))
        given.about[column] = None
        if not typed:
            continue
        if typed in {code for code, _ in about_options(column, t)}:
            given.about[column] = typed
        else:
            given.errors[ABOUT + column] = t("Please choose one of these.")
    return given


def _value(item: Item, typed: str, t: Translator) -> tuple[Any, str]:
    options = options_of(item, t)
    if options:
        if typed in {code for code, _ in options}:
            return float(typed), ""
        return None, t("Please choose one of these.")
    if item.type in ("text", "choice"):
        if len(typed) > LONGEST or "\x00" in typed:
            return None, t("This is longer than {n} letters. Please shorten it.", n=LONGEST)
        return typed, ""
    if not NUMBER.fullmatch(typed):
        return None, t("Please write a number.")
    value = float(typed.replace(",", "."))
    low, high = item.low, item.high
    if (low is not None and value < low) or (high is not None and value > high):
        if low is not None and high is not None:
            return None, t("Please write a number from {low} to {high}.",
                           low=t.number(low), high=t.number(high))  # fmt: skip
        return None, t("This number cannot be.")
    return value, ""


def about_options(column: str, t: Translator) -> list[tuple[str, str]]:
    """What can be said of the person who answers: only coarse, and never a name."""
    if column == "area":
        rows = [(code, name) for code, name in
                Area.objects.filter(level="rw").values_list("public_id", "name")]  # fmt: skip
        return sorted(rows, key=lambda r: natural(r[1]))
    codes = {"sex": SEXES, "age_band": [b for b in AGE_BANDS if b != "0-14"],
             "schooling": SCHOOLING}[column]  # fmt: skip
    return [(code, choice_label("actors", column, code)(t.lang)) for code in codes]
