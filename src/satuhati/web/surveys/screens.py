"""A sheet as it is seen: screens with questions, what was typed, what is wrong, what is hidden."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from satuhati.formats.xlsform.asked import OTHER, other_name, plain_rules
from satuhati.formats.xlsform.evaluate import Setting, evaluate, to_text
from satuhati.formats.xlsform.expressions import ExpressionError
from satuhati.formats.xlsform.markup import plain_words
from satuhati.formats.xlsform.model import Question as Asked
from satuhati.text import Translator
from satuhati.web.surveys.reading import PREFIX, Given, depends_on
from satuhati.web.surveys.sheet import OWN, Sheet, fixed, in_screens
from satuhati.web.surveys.wording import Part, parts

MOST_STEPS = 11
MOST_TAPPED = 30
"""A list of more choices is opened by the phone's own picker, which scrolls and searches."""


@dataclass(slots=True)
class Option:
    """A choice: the field's name, the value it sends, its words."""

    field: str
    value: str
    text: str
    chosen: bool = False
    other: bool = False
    place: int = 0
    away: bool = False
    """Filtered out by what was answered; a script brings it in when that changes."""


@dataclass(slots=True)
class Question:
    """One question as it is shown."""

    asked: Asked
    text: list[Part]
    hint: list[Part]
    options: list[Option]
    value: str = ""
    written: str = ""
    error: str = ""
    hidden: bool = False
    ends: tuple[float | None, float | None] = (None, None)
    depends: str = ""
    """The questions on which it depends what can be chosen; empty if on none."""

    @property
    def nothing_left(self) -> bool:
        return bool(self.options) and all(o.away for o in self.options)

    @property
    def key(self) -> str:
        return self.asked.name

    @property
    def name(self) -> str:
        return PREFIX + self.asked.name

    @property
    def other_name(self) -> str:
        return PREFIX + other_name(self.asked.name)

    @property
    def way(self) -> str:
        """How it is answered: note, shown, one, many, list, number, long, or a kind of input."""
        q = self.asked
        if q.kind == "note":
            return "note"
        if fixed(q):
            return "shown"
        if q.kind == "select_multiple":
            return "many"
        if self.options:
            looks = (q.appearance or "").split()
            short = "minimal" not in looks and "autocomplete" not in looks
            return "one" if short and len(self.options) <= MOST_TAPPED else "list"
        if q.kind in ("integer", "decimal", "range"):
            return "number"
        if q.kind == "text":
            return "long" if "multiline" in (q.appearance or "") else "text"
        return {"datetime": "datetime-local", "acknowledge": "tick"}.get(q.kind, q.kind)

    @property
    def may_be_silent(self) -> bool:
        return not self.asked.required

    @property
    def said(self) -> str:
        return "".join(p.text for p in self.text)


@dataclass(slots=True)
class Screen:
    """What is seen at once."""

    titles: list[str]
    questions: list[Question] = field(default_factory=list)

    @property
    def hidden(self) -> bool:
        return all(q.hidden for q in self.questions)


def screens_of(sheet: Sheet, given: Given, data: Mapping[str, Any], t: Translator) -> list[Screen]:
    """All screens, filled in. A question is hidden if what is asked on its screen cannot bring it
    up: without a script a screen stays as it is until it is sent."""
    needs = {rule.name: rule.needs() for rule in sheet.rules}
    found = []
    for around, asked in in_screens(sheet.shown):
        live = _live({q.name for q in asked}, given.settled.relevant, needs)
        titles = [plain_words(s.label(t.lang)) for s in around if s.label and s.name != OWN]
        screen = Screen(list(dict.fromkeys(titles)))
        for q in asked:
            shown = _shown(sheet, q, given, data, t)
            _filter(sheet, shown, given, beside={one.name for one in asked}, needs=needs, t=t)
            shown.hidden = q.name not in live
            screen.questions.append(shown)
        found.append(screen)
    return found


def _live(here: set[str], relevant: set[str], needs: Mapping[str, frozenset[str]]) -> set[str]:
    """Of the questions of a screen those that are asked, or may be after an answer on it."""
    live = here & relevant
    while more := {name for name in here - live if needs[name] & live}:
        live |= more
    return live


def _shown(
    sheet: Sheet, q: Asked, given: Given, data: Mapping[str, Any], t: Translator
) -> Question:
    answers = given.settled.answers
    shown = Question(
        q, parts(sheet, q.label, answers, t.lang), parts(sheet, q.hint, answers, t.lang), [],
        ends=sheet.ends.get(q.name, (None, None)),
    )  # fmt: skip
    if fixed(q):
        shown.value = answers.get(q.name, "")
        return shown
    shown.value = str(data.get(shown.name, ""))
    shown.written = str(data.get(shown.other_name, ""))
    shown.error = given.errors.get(shown.name, "")
    codes = [(c.name, plain_words(c.label(t.lang)) or c.name) for c in q.choices] + _steps(q)
    if q.other and codes:
        codes.append((OTHER, t("Something else")))
    many = q.kind == "select_multiple"
    for n, (code, text) in enumerate(codes):
        name = f"{shown.name}:{n}" if many else shown.name
        chosen = bool(data.get(name)) if many else code == shown.value
        shown.options.append(Option(name, "1" if many else code, text, chosen,
                                    q.other and code == OTHER, n))  # fmt: skip
    return shown


def _filter(
    sheet: Sheet, shown: Question, given: Given, *, beside: set[str],
    needs: Mapping[str, frozenset[str]], t: Translator,
) -> None:  # fmt: skip
    """Take away what does not fit the other answers.

    What was chosen stays, with what is said of it. What hangs on a question of the same screen
    stays whole: without a script that answer is not known yet.
    """
    q = shown.asked
    own = sheet.filters.get(q.name)
    if own is None:
        return
    shown.depends = depends_on(q, sheet, t)
    if _reached(own.needs, needs) & beside:
        return
    fits = own.fitting(Setting(given.settled.fitting, given.today))
    for choice, option in zip(q.choices, shown.options, strict=True):
        row = fits.get(choice.name)
        option.away = row is None and not option.chosen
        if row:
            option.text = plain_words(choice.rows[row].label(t.lang)) or choice.name


def _reached(names: frozenset[str], needs: Mapping[str, frozenset[str]]) -> set[str]:
    """These questions and all they are computed from."""
    found: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += needs.get(name, ())
    return found


def _steps(q: Asked) -> list[tuple[str, str]]:
    """A range of few steps is tapped rather than typed."""
    bounds = q.bounds()
    if q.kind != "range" or bounds is None:
        return []
    try:
        step = float(dict(q.parameters).get("step", 1))
    except ValueError:
        return []
    if step <= 0 or not 0 < (bounds[1] - bounds[0]) / step < MOST_STEPS:
        return []
    n = int((bounds[1] - bounds[0]) / step + 1e-9)
    return [(text, text) for text in (f"{bounds[0] + step * i:g}" for i in range(n + 1))]


def defaults_of(sheet: Sheet, today: dt.date) -> dict[str, str]:
    """What stands in a form before anybody answers, by field; ``today()`` and such computed."""
    found: dict[str, str] = {}
    for q in sheet.asked:
        text = _default(q, today)
        if q.kind == "select_multiple":
            found |= {f"{PREFIX}{q.name}:{n}": "1" for n, c in enumerate(q.choices)
                      if c.name in text.split()}  # fmt: skip
        elif text:
            found[PREFIX + q.name] = text
    return found


def _default(q: Asked, today: dt.date) -> str:
    text = q.default or ""
    if not text or "(" not in text:
        return "" if "${" in text else text
    try:
        return to_text(evaluate(text, Setting({}, today)))
    except ExpressionError:
        return ""


def rules_for_page(sheet: Sheet) -> str:
    """The rules as JSON for ``hitung.js``."""
    return json.dumps(plain_rules(sheet.rules), ensure_ascii=False, separators=(",", ":"))


def words_for_page(sheet: Sheet, lang: str) -> str:
    """Where a code is called differently under different filters: its words by row, as JSON."""
    filtered = sheet.filters
    words: dict[str, dict[str, list[str]]] = {}
    for q in sheet.asked:
        if q.name not in filtered:
            continue
        for c in q.choices:
            if c.also and len({row.label for row in c.rows}) > 1:
                words.setdefault(q.name, {})[c.name] = [
                    plain_words(r.label(lang)) or c.name for r in c.rows
                ]
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def codes_for_page(sheet: Sheet) -> str:
    """The codes of lists of several choices and of filtered ones, in the order of their fields,
    as JSON."""
    filtered = sheet.filters
    codes = {
        q.name: [c.name for c in q.choices] + ([OTHER] if q.other else [])
        for q in sheet.asked
        if q.kind == "select_multiple" or q.name in filtered
    }
    return json.dumps(codes, ensure_ascii=False, separators=(",", ":"))
