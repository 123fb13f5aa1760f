"""Reading what somebody filled in: questions in screens, answers checked.

What is typed becomes the text an expression sees (``formats/xlsform/asked.py``), the form is
settled, and what counts becomes the value that is kept. Answers to what is not asked are dropped.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from satuhati.formats.xlsform import model
from satuhati.formats.xlsform.asked import (
    CHOICE,
    CONSTRAINT,
    OTHER,
    Settled,
    other_name,
    settle,
)
from satuhati.schema.choices import choice_label
from satuhati.schema.people import AGE_BANDS, SCHOOLING, SEXES
from satuhati.text import Translator
from satuhati.web.register.models import Area
from satuhati.web.register.queries import natural
from satuhati.web.surveys.sheet import Sheet
from satuhati.web.surveys.wording import told, worded

PREFIX, ABOUT = "q-", "about-"
LONGEST = 1000
WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)
NUMBER = re.compile(r"-?\d{1,9}([.,]\d{1,4})?", re.ASCII)
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", re.ASCII)
FIGURES = ("likert", "binary", "number")


@dataclass(slots=True)
class Given:
    """What was read: values by item name, about the person by column, errors by field name."""

    values: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    settled: Settled = field(default_factory=Settled)
    today: dt.date = dt.date(1970, 1, 1)
    gone: bool = False
    """Somebody answered a question that this round does not put (any more)."""

    def is_empty(self, computed: frozenset[str]) -> bool:
        return all(v is None for n, v in self.values.items() if n not in computed)


def fields_of(q: model.Question) -> list[str]:
    """The names of the fields by which a question is answered."""
    name = PREFIX + q.name
    found = [name]
    if q.kind == "select_multiple":
        found = [f"{name}:{n}" for n in range(len(q.choices) + q.other)]
    return [*found, PREFIX + other_name(q.name)] if q.other else found


def read(
    data: Mapping[str, Any],
    sheet: Sheet,
    about: Sequence[str],
    t: Translator,
    today: dt.date,
    known: Mapping[str, str] | None = None,
    lenient: bool = False,
) -> Given:
    """What a form (or a draft) holds, checked. ``known``: what the register says of the person.

    ``lenient``: what is needed may be missing, as on a paper that somebody else filled in.
    """
    given = Given(today=today)
    fields = {name for q in sheet.asked for name in fields_of(q)}
    given.gone = any(name.startswith(PREFIX) and name not in fields for name in data)
    texts: dict[str, str] = dict(known or {})
    wrong: dict[str, str] = {}
    for q in sheet.asked:
        text, mistake = _typed(q, data, t)
        if text:
            texts[q.name] = text
        if not mistake and text:
            mistake = _outside(sheet, q, text, t)
        if mistake:
            wrong[q.name] = mistake
            texts.pop(q.name, None)
        if q.other:
            written = _line(data.get(PREFIX + other_name(q.name), ""))
            if len(written) > LONGEST:
                wrong[q.name] = _too_long(t)
            elif written:
                texts[other_name(q.name)] = written
    given.settled = found = settle(sheet.rules, texts, today)
    for q in sheet.asked:
        if q.name not in found.relevant:
            continue
        if q.name in wrong:
            given.errors[PREFIX + q.name] = wrong[q.name]
        elif found.wrong.get(q.name) == CHOICE:
            given.errors[PREFIX + q.name] = filtered_out(q, found, sheet, t)
        elif found.wrong.get(q.name) == CONSTRAINT:
            own = told(sheet, q.constraint_message, found.answers, t.lang)
            given.errors[PREFIX + q.name] = own or t(
                "This answer does not fit here. Please look at it again."
            )
        elif q.name in found.wrong and not lenient:
            own = told(sheet, q.required_message, found.answers, t.lang)
            given.errors[PREFIX + q.name] = own or t(
                "This question needs an answer before the form can be sent."
            )
    for name, kind in sheet.kinds.items():
        text = found.answers.get(name, "")
        given.values[name] = None if text in sheet.silent.get(name, ()) else _kept(kind, text)
    for column in sheet.personal:
        text = found.answers.get(column, "")
        given.about[column] = (text == "true" if column == "poor" else text) if text else None
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


def filtered_out(q: model.Question, found: Settled, sheet: Sheet, t: Translator) -> str:
    """What is said of an answer that does not fit another: which answer, and which question."""
    text = found.answers.get(q.name, "")
    return t("“{answer}” does not fit the answer to {questions}. Please choose again.",
             answer=worded(sheet, q.name, text, t.lang),
             questions=depends_on(q, sheet, t))  # fmt: skip


def depends_on(q: model.Question, sheet: Sheet, t: Translator) -> str:
    """The questions whose answers decide what can be chosen here, in their own words."""
    own = sheet.filters.get(q.name)
    asked = [one for one, _ in sheet.shown if own is not None and one.name in own.needs]
    said = [f"“{told(sheet, one.label, {}, t.lang) or one.name}”" for one in asked]
    return ", ".join(said) or t("an earlier question")


def _line(value: Any) -> str:
    return str(value).replace("\r\n", "\n").strip()


def _too_long(t: Translator) -> str:
    return t("This is longer than {n} letters. Please shorten it.", n=LONGEST)


def _typed(q: model.Question, data: Mapping[str, Any], t: Translator) -> tuple[str, str]:
    """The text of an answer as expressions see it; or what is wrong with it."""
    name = PREFIX + q.name
    if q.kind == "select_multiple":
        codes = [c.name for c in q.choices] + ([OTHER] if q.other else [])
        return " ".join(c for n, c in enumerate(codes) if data.get(f"{name}:{n}")), ""
    typed = _line(data.get(name, ""))
    if not typed:
        return "", ""
    if q.kind == "select_one":
        codes = [c.name for c in q.choices] + ([OTHER] if q.other else [])
        return (typed, "") if typed in codes else ("", t("Please choose one of these."))
    if q.kind == "acknowledge":
        return "OK", ""
    if q.kind == "integer":
        if WHOLE.fullmatch(typed):
            return str(int(typed)), ""
        return "", t("Please write a whole number.")
    if q.kind in ("decimal", "range"):
        if NUMBER.fullmatch(typed):
            return typed.replace(",", "."), ""
        return "", t("Please write a number.")
    if q.kind == "date":
        return _day(typed, t)
    if q.kind == "time":
        return (typed, "") if CLOCK.fullmatch(typed) else ("", t("Please write a time, as 14:30."))
    if q.kind == "datetime":
        day, _, clock = typed.partition("T")
        if CLOCK.fullmatch(clock) and _day(day, t)[0]:
            return typed, ""
        return "", t("Please write a day and a time.")
    if len(typed) > LONGEST or "\x00" in typed:
        return "", _too_long(t)
    return typed, ""


def _day(typed: str, t: Translator) -> tuple[str, str]:
    try:
        return dt.date.fromisoformat(typed).isoformat(), ""
    except ValueError:
        return "", t("Please write a day of the calendar.")


def _outside(sheet: Sheet, q: model.Question, text: str, t: Translator) -> str:
    """Numbers have ends: those of the item, or of the range."""
    if q.kind not in ("integer", "decimal", "range"):
        return ""
    low, high = sheet.ends.get(q.name, (None, None))
    value = float(text)
    if q.kind == "range" and low is not None and value >= low and not _on_step(q, value, low):
        return t("Please choose one of the steps of the range.")
    if (low is not None and value < low) or (high is not None and value > high):
        if low is not None and high is not None:
            return t("Please write a number from {low} to {high}.",
                     low=t.number(low), high=t.number(high))  # fmt: skip
        return t("This number cannot be.")
    return ""


def _on_step(q: model.Question, value: float, low: float) -> bool:
    try:
        step = float(dict(q.parameters).get("step", 1))
    except ValueError:
        return True
    return step <= 0 or abs((value - low) / step - round((value - low) / step)) < 1e-6


def _kept(kind: str, text: str) -> Any:
    """The value as the table of answers has it."""
    if not text:
        return None
    if kind not in FIGURES:
        return text
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def about_options(column: str, t: Translator) -> list[tuple[str, str]]:
    """What can be said of the person who answers: only coarse, and never a name."""
    if column == "area":
        rows = [(code, name) for code, name in
                Area.objects.filter(level="rw").values_list("public_id", "name")]  # fmt: skip
        return sorted(rows, key=lambda r: natural(r[1]))
    codes = {"sex": SEXES, "age_band": [b for b in AGE_BANDS if b != "0-14"],
             "schooling": SCHOOLING}[column]  # fmt: skip
    return [(code, choice_label("actors", column, code)(t.lang)) for code in codes]
