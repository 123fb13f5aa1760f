"""By what the answers of a form are checked, and the check itself.

The plan is kept beside the form it was made from: an old form is checked by its own plan. What an
answer may be is decided by the rule of the pages (``surveys.reading``); what depends on other
answers by the expressions of the form, as far as they are computed here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from satuhati.formats.xlsform.asked import (
    CHOICE,
    CONSTRAINT,
    Rule,
    chosen,
    in_order,
    other_name,
    settle,
)
from satuhati.formats.xlsform.expressions import Call, ExpressionError, Node, parse
from satuhati.formats.xlsform.filters import Filter, filter_of
from satuhati.formats.xlsform.model import Form, Question
from satuhati.text import Language, Translator
from satuhati.web.openrosa.xml import Document, read
from satuhati.web.surveys import reading
from satuhati.web.surveys.models import Item
from satuhati.web.surveys.sheet import alone

START, END, CONSENT, PERSON = (
    "satuhati_mulai", "satuhati_selesai", "satuhati_setuju", "satuhati_siapa",
)  # fmt: skip
AGREED = "OK"
"""What a ticked acknowledgement holds."""
CLOCK = dt.timedelta(days=2)
"""A phone whose clock is further off than this is marked. Forms may wait for a signal for weeks,
so only the future, and a year ago, tell."""
LONG_AGO = dt.timedelta(days=366)
NO_DAY = dt.date(1970, 1, 1)
"""What a question may hold by itself asks for no day."""


def plan_of(
    form: Form, xml: str, people: Mapping[str, str], about: Sequence[str],
    areas: Mapping[str, str], items: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    """The plan of a form, as it is stored."""
    conditions = form.conditions()
    questions: dict[str, Any] = {}
    for q, around in form.placed():
        if any(s.repeat for s in around) or not q.answered:
            continue
        questions[q.name] = _rules(q, conditions[q.name])
        if (own := filter_of(q)) is not None:
            questions[q.name] |= {
                "filter": q.choice_filter, "columns": list(own.columns),
                "rows": [[code, list(map(list, rows))] for code, rows in own.rows.items()],
                "words": {c.name: {lang: c.words(lang) for lang in ("id", "en")}
                          for c in q.choices},
            }  # fmt: skip
        if q.other:
            beside = Question(other_name(q.name), "text", q.label)
            questions[beside.name] = _rules(beside, [*conditions[q.name], chosen(q.name)])
    names = {q.name for q in form.questions()}
    return {
        "questions": questions,
        "items": [name for name in items if name in questions],
        "about": {c: c if c in names else f"satuhati_{c}" for c in (*about, "poor")
                  if about and (c in names or f"satuhati_{c}" in names)},
        "areas": dict(areas) if "satuhati_area" in names else {},
        "people": dict(people),
        "automatic": [q.name for q in form.questions() if q.kind == "automatic"],
        "names": sorted(_names(xml)),
    }  # fmt: skip


def _rules(q: Question, relevant: Sequence[str]) -> dict[str, Any]:
    choices = None
    if q.kind in ("select_one", "select_multiple") and q.choices and not q.other:
        choices = [c.name for c in q.choices]
    return {
        "label": {lang: q.label(lang) for lang in ("id", "en")},
        "choices": choices, "several": q.kind == "select_multiple",
        "silent": list(q.silent_codes()),
        "relevant": list(relevant), "constraint": q.constraint, "required": q.required,
        "message": {lang: q.constraint_message(lang) for lang in ("id", "en")},
    }  # fmt: skip


def _names(xml: str) -> set[str]:
    """The names of all elements an instance of the form may have."""
    begin, end = xml.index("<instance>") + len("<instance>"), xml.index("</instance>")
    body = xml[begin:end]
    # The prefixes are bound above the instance; bound again here they need not be known.
    opening = xml[xml.index("<h:html") + len("<h:html") : xml.index(">", xml.index("<h:html"))]
    found: set[str] = set()

    def walk(tree: Mapping[str, Any]) -> None:
        for name, value in tree.items():
            found.add(name)
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    walk(one)

    walk(read(f"<all{opening}>{body}</all>".encode()).tree)
    return found


# -- checking ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Checked:
    """What a submission says: answers by item, about the person, whose it is; or what is wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    person: str = ""
    seconds: float | None = None
    clock: bool = False
    errors: list[str] = field(default_factory=list)


class Plan:
    """A stored plan, ready for use: expressions parsed, rules of the pages remembered."""

    def __init__(self, stored: Mapping[str, Any], items: Sequence[Item]) -> None:
        self.stored = stored
        there = {item.name: item for item in items}
        self.items = [there[n] for n in stored["items"] if n in there]
        self._alone = {item.name: alone(item) for item in self.items}
        self.names = frozenset(stored["names"])
        self.rules: dict[str, Any] = stored["questions"]
        self.settled = in_order({name: _rule(name, told) for name, told in self.rules.items()})
        self.conditional = any(
            r.relevant or r.constraint or r.required or r.choices for r in self.settled
        )
        self._remembered: dict[tuple[str, str, Language], tuple[Any, str]] = {}

    def check(self, document: Document, t: Translator, now: dt.datetime) -> Checked:
        """What it says, checked whole: every error is told at once."""
        found = Checked()
        given = {name: text.strip() for name, text in document.leaves().items()}
        unknown = given.keys() - self.names
        if unknown:
            found.errors.append(
                t("This form has no question {names}.", names=", ".join(sorted(unknown)[:3])[:80])
            )
            return found
        if given.get(CONSENT) != AGREED:
            found.errors.append(t("The tick that the person agrees is missing."))
        skipped = self._conditions(given, t, now, found) if self.conditional else set()
        given = {name: text for name, text in given.items() if name not in skipped}
        answered = False
        for item in self.items:
            typed = given.get(item.name, "")
            value, wrong = self._value(item, typed, t) if typed else (None, "")
            if wrong:
                found.errors.append(f"{self._label(item.name, t)}: {wrong}")
            found.values[item.name] = value
            answered = answered or value is not None
        if not answered and not found.errors:
            found.errors.append(t("Nothing is answered yet."))
        self._about(given, t, found)
        self._whose(given, t, found)
        self._clock(given, now, found)
        return found

    def _label(self, name: str, t: Translator) -> str:
        text = str(self.rules[name]["label"][t.lang] or name)
        return text if len(text) <= 60 else text[:59] + "…"

    def _value(self, item: Item, typed: str, t: Translator) -> tuple[Any, str]:
        """By the rule of the pages, each answer once: there are five to a question, not forms."""
        key = (item.name, typed, t.lang)
        there = self._remembered.get(key)
        if there is not None:
            return there
        choices = self.rules[item.name]["choices"]
        said = typed.split() if self.rules[item.name]["several"] else [typed]
        if choices is not None and not set(said) <= set(choices):
            found: tuple[Any, str] = (None, t("Please choose one of these."))
        elif typed in self.rules[item.name].get("silent", ()):  # plans of before lack it
            found = (None, "")
        else:
            name = reading.PREFIX + item.name
            given = reading.read({name: typed}, self._alone[item.name], (), t, NO_DAY)
            found = (given.values[item.name], given.errors.get(name, ""))
        if len(typed) <= 40 and len(self._remembered) < 20_000:
            self._remembered[key] = found
        return found

    def _conditions(
        self, given: Mapping[str, str], t: Translator, now: dt.datetime, found: Checked
    ) -> set[str]:
        """What is not asked given the other answers, whatever was sent for it."""
        beside = [Rule(name) for name in given if name not in self.rules]
        gone = settle((*beside, *self.settled), given, now.date())
        for name, what in gone.wrong.items():
            if what == CHOICE:
                found.errors.append(self._filtered_out(name, gone.answers.get(name, ""), t))
            elif what == CONSTRAINT:
                said = self.rules[name]["message"][t.lang] or t("this answer does not fit.")
                found.errors.append(f"{self._label(name, t)}: {said}")
            elif name not in (CONSENT, PERSON):
                found.errors.append(
                    t("{question}: an answer is needed.", question=self._label(name, t))
                )
        return self.rules.keys() - gone.relevant

    def _filtered_out(self, name: str, text: str, t: Translator) -> str:
        """An answer that does not fit another, as the pages say it."""
        words = self.rules[name]["words"]
        needs = next(r.choices.needs for r in self.settled if r.name == name and r.choices)
        asked = [f"“{self._label(one, t)}”" for one in self.rules if one in needs]
        said = t("“{answer}” does not fit the answer to {questions}. Please choose again.",
                 answer=", ".join(words.get(c, {}).get(t.lang) or c for c in text.split())[:200],
                 questions=", ".join(asked) or t("an earlier question"))  # fmt: skip
        return f"{self._label(name, t)}: {said}"

    def _about(self, given: Mapping[str, str], t: Translator, found: Checked) -> None:
        for column, name in self.stored["about"].items():
            typed = given.get(name, "")
            if column == "area":
                typed = self.stored["areas"].get(typed, typed)
            if column == "poor":
                value, wrong = {"true": True, "false": False, "": None}.get(typed), ""
            elif not typed:
                value, wrong = None, ""
            else:
                value, wrong = self._about_value(column, typed, t)
            if wrong:
                found.errors.append(f"{self._label(name, t)}: {wrong}")
            found.about[column] = value

    def _about_value(self, column: str, typed: str, t: Translator) -> tuple[Any, str]:
        if column == "area" and typed in self.stored["areas"].values():
            return typed, ""
        given = reading.read({reading.ABOUT + column: typed}, alone(), (column,), t, NO_DAY)
        return given.about[column], given.errors.get(reading.ABOUT + column, "")

    def _whose(self, given: Mapping[str, str], t: Translator, found: Checked) -> None:
        people = self.stored["people"]
        if people:
            found.person = people.get(given.get(PERSON, ""), "")
            if not found.person:
                found.errors.append(t("Please choose whose form it is."))

    def _clock(self, given: Mapping[str, str], now: dt.datetime, found: Checked) -> None:
        """How long it took by the phone's own clock, and whether that clock can be right."""
        start, end = (_moment(given.get(name, "")) for name in (START, END))
        if start is None or end is None:
            return
        seconds = (end - start).total_seconds()
        found.seconds = seconds if 0 <= seconds < 86_400 else None
        found.clock = not now - LONG_AGO < end < now + CLOCK or seconds < 0


def _moment(text: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=dt.UTC)


def _rule(name: str, told: Mapping[str, Any]) -> Rule:
    """What of a question's conditions is held here. The phone computes, we only look."""
    relevant = [_node(text) for text in told["relevant"]]
    # Whether it was asked must be known before it can be missed.
    required = None if None in relevant else _node(told["required"])
    return Rule(
        name, tuple(n for n in relevant if n is not None), _node(told["constraint"]), required,
        choices=_filter(told),
    )  # fmt: skip


def _filter(told: Mapping[str, Any]) -> Filter | None:
    """Which choices fit. Plans made before filters were looked at have none."""
    node = _node(told.get("filter"), filters=True)
    if node is None:
        return None
    rows = {code: tuple(map(tuple, cells)) for code, cells in told["rows"]}
    return Filter(node, tuple(told["columns"]), rows)


def _node(text: str | None, *, filters: bool = False) -> Node | None:
    """An expression we compute; ``None`` for none, and for what only ODK Collect can.

    What asks for the day does so of the phone, whose clock may be years off: it is not asked of
    ours.
    """
    if not text:
        return None
    try:
        node = parse(text, filters=filters)
    except ExpressionError:
        return None
    return None if _asks_the_day(node) else node


def _asks_the_day(node: Any) -> bool:
    if isinstance(node, Call):
        return node.function == "today" or any(_asks_the_day(a) for a in node.arguments)
    inner = [getattr(node, part, None) for part in ("left", "right", "of")]
    return any(_asks_the_day(one) for one in inner if one is not None)
