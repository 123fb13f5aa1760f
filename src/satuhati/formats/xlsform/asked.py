"""What of a form is asked, given what was answered: relevance, calculation, constraint, required.

One way for the server and, from :func:`plain_rules`, for a page: rules stand in an order in which
each comes after all it needs, so that going through them once settles the form. What XPath can say
and this program does not compute counts as not said: the question is asked, the answer taken
(``form_not_computed`` tells it when the form is read).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from satuhati.formats.xlsform.evaluate import Setting, evaluate, holds, to_text, words
from satuhati.formats.xlsform.expressions import ExpressionError, Node, parse, plain, references
from satuhati.formats.xlsform.filters import Filter, filter_of
from satuhati.formats.xlsform.model import Form, Question, Section

CONSTRAINT, REQUIRED, CHOICE = "constraint", "required", "choice"
OTHER = "other"
"""The answer that ``or_other`` adds to a list of choices, as pyxform does."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for one question."""

    name: str
    relevant: tuple[Node, ...] = ()
    constraint: Node | None = None
    required: Node | None = None
    calculation: Node | None = None
    fixed: str | None = None
    """The value of a question that is hidden or only shown."""
    choices: Filter | None = None
    """Which of its choices fit the other answers."""

    def needs(self) -> frozenset[str]:
        """Whose answers decide whether this is asked and what it is computed from."""
        nodes = (*self.relevant, *((self.calculation,) if self.calculation else ()))
        return frozenset().union(*(references(n) for n in nodes)) - {self.name}


@dataclass(slots=True)
class Settled:
    """A form gone through: answers that count, who is asked what, what is wrong."""

    answers: dict[str, str] = field(default_factory=dict)
    relevant: set[str] = field(default_factory=set)
    wrong: dict[str, str] = field(default_factory=dict)
    fitting: dict[str, str] = field(default_factory=dict)
    """The answers without those that other answers filter out."""


def other_name(name: str) -> str:
    """Where what is written in beside the choice *other* stands."""
    return f"{name}_other"


def pages_ask(form: Form) -> list[tuple[Question, tuple[Section, ...]]]:
    """The questions and notes a page puts, with the sections around each. Repeats are not put."""
    return [
        (q, around)
        for q, around in form.placed()
        if (q.answered or q.kind == "calculate" or (q.kind == "note" and (q.label or q.hint)))
        and not any(s.repeat for s in around)
    ]


def rules_of(form: Form) -> tuple[Rule, ...]:
    """The rules of a form, each after those it needs."""
    conditions = form.conditions()
    found: dict[str, Rule] = {}
    for q, around in form.placed():
        if any(s.repeat for s in around):
            continue
        relevant = tuple(n for n in map(_node, conditions[q.name]) if n is not None)
        fixed = None
        if q.kind == "hidden" or (q.read_only and q.calculation is None):
            fixed = q.default or ""
        found[q.name] = Rule(
            q.name, relevant, _node(q.constraint), _node(q.required) if q.answered else None,
            _node(q.calculation), fixed, filter_of(q),
        )  # fmt: skip
        if q.other:
            found[other_name(q.name)] = Rule(other_name(q.name), (*relevant, parse(chosen(q.name))))
    return in_order(found)


def in_order(rules: Mapping[str, Rule]) -> tuple[Rule, ...]:
    """Rules by name, each after those it needs."""
    return tuple(rules[name] for name in _ordered(rules))


def chosen(name: str) -> str:
    """The condition under which the answer *other* to a question is written out."""
    return f"selected(${{{name}}}, '{OTHER}')"


def _node(text: str | None) -> Node | None:
    if not text:
        return None
    try:
        return parse(text)
    except ExpressionError:
        return None


def _ordered(rules: Mapping[str, Rule]) -> list[str]:
    """Depth first, without recursion: a chain may be as long as the form."""
    done: dict[str, None] = {}
    begun: set[str] = set()
    for start in rules:
        waiting = [start]
        while waiting:
            name = waiting[-1]
            if name in done:
                waiting.pop()
            elif name in begun:  # all it needs is done (or stands in a circle, which no form has)
                done[name] = None
                waiting.pop()
            else:
                begun.add(name)
                waiting += [n for n in sorted(rules[name].needs()) if n in rules and n not in begun]
    return list(done)


def settle(rules: Iterable[Rule], given: Mapping[str, str], today: dt.date) -> Settled:
    """Go through a form once. Answers to what is not asked do not count.

    A constraint is held against an answer, never against its absence; what is required may be
    empty where it is not asked, or where there is nothing to choose from. (XForms 1.1 §4.3.2,
    §6.1.2-6.1.5.)
    """
    found = Settled()
    rules = tuple(rules)
    for rule in rules:
        seen = Setting(found.answers, today)
        if not all(holds(n, seen) for n in rule.relevant):
            continue
        found.relevant.add(rule.name)
        value = given.get(rule.name, "") if rule.fixed is None else rule.fixed
        if rule.calculation is not None:
            value = to_text(evaluate(rule.calculation, seen))
            value = "" if value == "NaN" else value
        if value:
            found.answers[rule.name] = value
    _filter(rules, found, today)
    # Constraints may look at answers that come later in the form.
    for rule in rules:
        if rule.name not in found.relevant or rule.name in found.wrong:
            continue
        value = found.answers.get(rule.name, "")
        seen = Setting(found.answers, today, value)
        if value and not holds(rule.constraint, seen):
            found.wrong[rule.name] = CONSTRAINT
        elif not value and rule.required is not None and holds(rule.required, seen):
            left = Setting(found.fitting, today)
            if rule.choices is None or not rule.choices.is_empty(left):
                found.wrong[rule.name] = REQUIRED
    return found


def _filter(rules: tuple[Rule, ...], found: Settled, today: dt.date) -> None:
    """Mark answers that are filtered out; what hangs on them is looked at as if they were not
    given. Filters may look at each other (two choices that must differ), so there is no order in
    which once is enough; each round takes an answer away, so it ends.
    """
    found.fitting = dict(found.answers)
    filtered = [rule for rule in rules if rule.choices is not None]
    again = True
    while again:
        again = False
        for rule in filtered:
            text = found.fitting.get(rule.name)
            if not text or rule.choices is None:
                continue
            if not rule.choices.takes(words(text), Setting(found.fitting, today)):
                del found.fitting[rule.name]
                found.wrong[rule.name] = CHOICE
                again = True


def plain_rules(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """The rules as nested lists for a page (``hitung.js``), in the same order."""
    found = []
    for rule in rules:
        row: dict[str, Any] = {"n": rule.name}
        if rule.relevant:
            row["r"] = [plain(n) for n in rule.relevant]
        for key, node in (("c", rule.constraint), ("q", rule.required), ("k", rule.calculation)):
            if node is not None:
                row[key] = plain(node)
        if rule.fixed is not None:
            row["f"] = rule.fixed
        if rule.choices is not None:
            row["o"] = rule.choices.plain()
        found.append(row)
    return found
