"""``hitung.js`` in Chromium finds what ``evaluate.py`` finds: a table, chance, whole forms."""

from __future__ import annotations

import datetime as dt
import math
import random
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from satuhati.formats.xlsform.asked import plain_rules, rules_of, settle
from satuhati.formats.xlsform.evaluate import Setting, evaluate, to_text
from satuhati.formats.xlsform.expressions import (
    FUNCTIONS,
    Call,
    Column,
    Current,
    Literal,
    Negative,
    Node,
    Operation,
    Reference,
    parse,
    plain,
)
from satuhati.formats.xlsform.filters import Filter
from satuhati.formats.xlsform.model import Choice, Form, Label, Question, Section
from satuhati.formats.xlsform.ours import FORMS, our_form

TODAY = dt.date(2026, 11, 28)
NAMES = ("a", "b", "constructor")
ANSWERS = (
    "", "0", "-0", "1", "5", "2.5", "-3", ".5", "1.", "007", "abc", " 1 ", "1 2", "a b a", "true",
    "2026-11-28", "1899-12-31", "0001-01-01", "2024-02-30", "9999-12-31", "2026-01-01T10:00",
    "99999999999999999999", "0.00001", "1e3", "é", "😀😀", "٣", "a\nb", "\xa01", "other", "NaN",
)  # fmt: skip
TABLE = (
    "${a} = '1'", "${a} = 1", "${a} != ''", "${a} > 2 and ${b} < 3", "${a} or ${b}",
    "not(${a}) or selected(${a}, 'a')", "selected(${a}, ' b ')", "count-selected(${a}) > 1",
    "selected-at(${a}, 1)", "selected-at(${a}, -0.5)", "string-length(${a})", ". >= 0 and . <= 10",
    "regex(., '^[0-9]{1,3}$')", "regex(., '\\d+')", "regex(., '\\w+')", "regex(., '\\s*1\\s*')",
    "regex(., '[\\s\\d]+')", "regex(., '\\S+')", "regex(., 'a.b')", "regex(., '..')",
    "regex(., '[a-z\\-]*')", "regex(., '(?P<x>a)')", "if(${a} > 1, ${a} * 2, ${b})",
    "${a} + ${b}", "${a} - ${b}", "${a} * ${b}", "${a} div ${b}", "${a} mod ${b}", "-${a}",
    "round(${a}, 2)", "round(${a} div 3, 5)", "round(${a} * 1000, -2)", "int(${a})",
    "floor(-${a})", "max(${a}, ${b}, 1)", "min(${a}, ${b})", "sum(${a}, ${b}, 0.1)",
    "concat(${a}, '-', ${b}, 1 div 3)", "coalesce(${a}, ${b})", "contains(${a}, ${b})",
    "starts-with(${a}, ${b})", "string(${a} * 0.00001)", "string(1 div 0)", "string(-1 div 0)",
    "string(number(${a}))", "boolean(${a}) = true()", "${a} = true()", "false() or ${b} = ${a}",
    "date(${a})", "date(${a} + 1)", "${a} <= today()", "today() - ${a}", "number(today())",
    "${constructor} = ''", "(0.1 + 0.2) = 0.3", "string(0.1 + 0.2)", "string(${a} * 1000000000000)",
    "1 div (0 * -1)", "string(-0.4 mod 1)", "round(-0.5)", "round(2.5)", "${a} = ${b}",
)  # fmt: skip


@pytest.fixture
def page(browser: Browser) -> Page:
    opened = browser.new_page()
    script = files("satuhati.web").joinpath("static", "satuhati", "hitung.js").read_text()
    opened.add_script_tag(content=script)
    return opened


def told(value: str | float | bool) -> list[Any]:
    """A value with its kind; numbers in full."""
    if isinstance(value, bool):
        return ["boolean", value]
    if isinstance(value, str):
        return ["string", value]
    return ["number", "NaN" if math.isnan(value) else value.hex(), to_text(value)]


IN_BROWSER = """cases => cases.map(([node, answers, current, today]) => {
  const found = hitung.value(node, {answers, current, today}), kind = typeof found;
  if (kind !== "number") return [kind, found];
  return [kind, found, Object.is(found, -0), hitung.text(found)];
})"""


def held(page: Page, cases: list[tuple[Node, dict[str, str], str]]) -> int:
    """Both find the same for each case; how many."""
    sent = [[plain(n), answers, current, TODAY.isoformat()] for n, answers, current in cases]
    found = page.evaluate(IN_BROWSER, sent)
    for (node, answers, current), theirs in zip(cases, found, strict=True):
        ours = told(evaluate(node, Setting(answers, TODAY, current)))
        if theirs[0] == "number":
            number = -0.0 if theirs[2] else float(theirs[1])
            theirs = [*told(number)[:2], theirs[3]]
        assert ours == theirs, (node, answers, current)
    return len(cases)


def test_every_expression_of_the_table_with_every_answer(page: Page) -> None:
    cases = [
        (parse(text), {k: v for k, v in {"a": a, "b": b}.items() if v}, a)
        for text in TABLE
        if "(?P" not in text
        for a in ANSWERS
        for b in ("", "2", "abc", "-0")
    ]
    assert held(page, cases) > 6_000
    assert {n.function for t in TABLE for n in _calls(parse(t))} == set(FUNCTIONS), "all are here"


def test_a_pattern_the_browser_cannot_read_is_left_to_the_server(page: Page) -> None:
    node = plain(parse("regex(., '(?P<x>a)')"))
    assert page.evaluate("n => hitung.holds(n, {answers: {}, current: 'b'})", node) is True


def _calls(node: Node) -> list[Call]:
    if isinstance(node, Call):
        return [node, *(c for a in node.arguments for c in _calls(a))]
    if isinstance(node, Operation):
        return _calls(node.left) + _calls(node.right)
    return _calls(node.of) if isinstance(node, Negative) else []


def made(chance: random.Random, depth: int, filters: bool = False) -> Node:
    """Any expression; patterns are fixed texts, as in a form. In a filter ``.`` is a column."""
    node = _made(chance, depth)
    return _with_columns(node, chance) if filters else node


def _with_columns(node: Node, chance: random.Random) -> Node:
    if isinstance(node, Current) or (isinstance(node, Reference) and chance.random() < 0.4):
        return Column(chance.choice(("name", "constructor", "g")))
    if isinstance(node, Operation):
        return Operation(node.operator, _with_columns(node.left, chance),
                         _with_columns(node.right, chance))  # fmt: skip
    if isinstance(node, Negative):
        return Negative(_with_columns(node.of, chance))
    if isinstance(node, Call):
        return Call(node.function, tuple(_with_columns(a, chance) for a in node.arguments))
    return node


def _made(chance: random.Random, depth: int) -> Node:
    kind = chance.randrange(10) if depth else chance.randrange(4)
    if kind <= 1:
        return Reference(chance.choice(NAMES))
    if kind == 2:
        return Literal(chance.choice((0.0, 1.0, 2.0, 0.1, 1e-7, 1e17, 1234.5678, 30.0)))
    if kind == 3:
        return Literal(chance.choice(ANSWERS)) if chance.random() < 0.8 else Current()
    if kind == 4:
        return Negative(_made(chance, depth - 1))
    if kind <= 7:
        sign = chance.choice(("or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div",
                              "mod"))  # fmt: skip
        return Operation(sign, _made(chance, depth - 1), _made(chance, depth - 1))
    name = chance.choice(sorted(FUNCTIONS))
    if name == "regex":
        return Call(name, (_made(chance, depth - 1), Literal("[a-c ]*|\\d+")))
    low, high = FUNCTIONS[name]
    n = chance.randint(low, min(high, 4))
    return Call(name, tuple(_made(chance, depth - 1) for _ in range(n)))


def test_expressions_nobody_thought_of(page: Page) -> None:
    chance = random.Random(5)
    cases = []
    for _ in range(6_000):
        answers = {n: chance.choice(ANSWERS) for n in NAMES if chance.random() < 0.7}
        cases.append((made(chance, 4), answers, chance.choice(ANSWERS)))
    assert held(page, cases) == 6_000


def chained() -> Form:
    """Sections in sections, a chain told backwards, a calculation in between, required by need."""
    return Form("uji", "Uji", (
        Question("late", "text", relevant="${sum} > 10", required="${a} = '1'"),
        Section("outer", (
            Section("inner", (Question("b", "integer", constraint=". < ${c}"),), relevant="${a}"),
        ), relevant="${a} != '0'"),
        Question("sum", "calculate", calculation="${b} + ${c}"),
        Question("a", "select_one", required="true()"), Question("c", "integer"),
        Question("fixed", "hidden", default="7"),
        Question("more", "select_multiple", other=True, relevant="${fixed} = 7"),
    ))  # fmt: skip


def test_filters_of_choices_leave_the_same(page: Page) -> None:
    chance = random.Random(11)
    sent, ours = [], []
    for _ in range(1_500):
        node = made(chance, 2, filters=True)
        if chance.random() < 0.7:
            sign = chance.choice(("=", "!=", "<", ">="))
            node = Operation(sign, Column(chance.choice(("name", "g"))), node)
        own = Filter(node, ("constructor", "g"), {
            code: tuple((chance.choice(ANSWERS), chance.choice(ANSWERS))
                        for _ in range(chance.randint(1, 2)))
            for code in ("a", "1", "007", "__proto__", "é")
        })  # fmt: skip
        answers = {n: chance.choice(ANSWERS) for n in NAMES if chance.random() < 0.7}
        sent.append([own.plain(), answers])
        ours.append([[code, n] for code, n in own.fitting(Setting(answers, TODAY)).items()])
    theirs = page.evaluate(
        "([cases, today]) => cases.map(([f, a]) => [...hitung.fitting(f, a, today)])",
        [sent, TODAY.isoformat()],
    )
    assert theirs == ours
    assert 300 < sum(0 < len(one) < 5 for one in ours), "many take some and leave some"


def cascading() -> Form:
    """Three levels told backwards, one code twice, two that must differ, one that is needed."""

    def choices(*rows: tuple[str, str, str]) -> tuple[Choice, ...]:
        return tuple(Choice(code, Label(), (("up", up),),
                            (Choice(code, Label(), (("up", also),)),) if also else ())
                     for code, up, also in rows)  # fmt: skip

    low = choices(("0", "1", ""), ("1", "1", "3"), ("3", "3", ""), ("12", "", ""))
    return Form("uji", "Uji", (
        Question("low", "select_multiple", choices=low, choice_filter="up = ${mid}",
                 required="true()"),
        Question("mid", "select_one", choices=low, choice_filter="selected(${top}, up)",
                 relevant="${top} != '12'", required="true()"),
        Question("top", "select_multiple", choices=low, choice_filter="name != ${also}"),
        Question("also", "select_one", choices=low, choice_filter="not(selected(${top}, name))"),
        Question("after", "text", relevant="${low} != ''", constraint=". != ${mid}"),
    ))  # fmt: skip


def test_whole_forms_are_settled_the_same(page: Page) -> None:
    chance = random.Random(7)
    n = 0
    told: set[str] = set()
    for form in (chained(), cascading(), *(our_form(code) for code in FORMS)):
        rules = rules_of(form)
        given = []
        for _ in range(120):
            given.append({r.name: chance.choice(("", "0", "1", "3", "12", "other", "1 other"))
                          for r in rules if chance.random() < 0.8})  # fmt: skip
        theirs = page.evaluate(
            """([rules, given, today]) => given.map(one => {
              const s = hitung.settle(rules, one, today);
              return [{...s.answers}, [...s.relevant].sort(), {...s.wrong}, {...s.fitting}];
            })""",
            [plain_rules(rules), given, TODAY.isoformat()],
        )
        for one, (answers, relevant, wrong, fitting) in zip(given, theirs, strict=True):
            ours = settle(rules, one, TODAY)
            assert (ours.answers, sorted(ours.relevant), ours.wrong) == (answers, relevant, wrong)
            assert ours.fitting == fitting
            told |= {*wrong.values()}
            n += 1
    assert n == 840
    assert told == {"choice", "constraint", "required"}
