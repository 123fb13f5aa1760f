"""Expressions: what they mean (XPath 1.0), that reading undoes writing, that nothing crashes."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.formats.xlsform.evaluate import Setting, evaluate, holds, to_number, to_text
from satuhati.formats.xlsform.expressions import (
    FUNCTIONS,
    Call,
    Current,
    ExpressionError,
    Literal,
    Negative,
    Operation,
    Reference,
    named,
    parse,
    plain,
    references,
    written,
)

TODAY = dt.date(2026, 11, 28)


def value(text, current="", **answers):
    return evaluate(text, Setting({k: str(v) for k, v in answers.items()}, TODAY, current))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 4 - 3", 3.0),
        ("7 mod 3", 1.0),
        ("-7 mod 3", -1.0),  # the sign of the dividend, XPath 1.0 §3.5
        ("1 div 4", 0.25),
        ("1 div 0", math.inf),
        ("2 < 10", True),
        ("'2' < '10'", True),  # < compares numbers, whatever stands there
        ("'2' = '2.0'", False),  # = compares texts as texts
        ("2 = '2.0'", True),
        ("true() = 'anything'", True),
        ("not(false()) and true()", True),
        ("false() or 0", False),
        ("1 = 1 = 1", True),
        ("3 > 2 > 1", False),  # (3 > 2) is 1, and 1 > 1 is not
        ("number('x') = number('x')", False),  # NaN
        ("string-length('kampung')", 7.0),
        ("string(1.0)", "1"),
        ("string(0.5)", "0.5"),
        ("int(-2.7)", -2.0),
        ("round(2.5)", 3.0),
        ("round(2.345, 2)", 2.35),
        ("concat('a', 1, true())", "a1true"),
        ("if(1 > 2, 'ya', 'tidak')", "tidak"),
        ("coalesce('', 'b')", "b"),
        ("today()", "2026-11-28"),
        ("today() - '2026-11-21'", 7.0),
        ("'2026-01-01' < today()", True),
        ("date('1970-01-02') + 0", 1.0),
        ("min(3, 1, 2) + max(3, 1, 2)", 4.0),
        ("boolean('false')", True),
        ("regex('0812345678', '^08[0-9]{8,11}$')", True),
        ("regex('x0812345678', '08[0-9]{8,11}')", False),  # the whole answer must match
    ],
)
def test_values_are_those_of_xpath(text, expected):
    assert value(text) == expected
    assert type(value(text)) is type(expected)


def test_answers_choices_and_the_current_answer():
    assert value("${umur} >= 18 and ${umur} < 60", umur=18) is True
    assert value("${umur} >= 18", umur=17) is False
    assert value("${umur} > 17") is False  # nobody has answered: "" is no number
    assert value("${umur} = ''") is True
    assert value("selected(${minat}, 'kb')", minat="gizi kb") is True
    assert value("selected(${minat}, 'k')", minat="gizi kb") is False
    assert value("count-selected(${minat})", minat="gizi kb") == 2.0
    assert value("count-selected(.) <= 3", current="a b c d") is False
    assert value("selected-at(${minat}, 1)", minat="gizi kb") == "kb"
    assert value(". >= 0 and . <= 90", current="91") is False
    assert value(".=5", current="5.0") is True
    assert value("‘a’ = 'a'") is True  # as a spreadsheet turns quotes


def test_an_absent_condition_holds():
    seen = Setting({}, TODAY)
    assert holds(None, seen)
    assert holds("", seen)
    assert not holds("1 > 2", seen)


@pytest.mark.parametrize(
    ("text", "unsupported"),
    [
        ("", False), ("1 +", False), ("(1", False), ("1)", False), ("${a", False),
        ("a = 1", False), ("selected(${a})", False), ("'open", False), ("1 2", False),
        ("and", False), ("regex(., '[')", False), ("$a", False),
        ("pulldata('f', 'a', 'b', 'c')", True), ("../x = 1", True), ("/data/x", True),
        ("instance('a')", True), ("position(..)", True), ("regex(., '(a+)+b')", True),
        ("regex(., '(a|a)*b')", True), ("regex(., '((ab){2,})*')", True), ("regex(., ${p})", True),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_place(text, unsupported):
    with pytest.raises(ExpressionError) as found:
        parse(text)
    assert found.value.unsupported is unsupported
    assert found.value.why.id
    assert found.value.why.en
    assert 0 <= found.value.at <= len(text) + 1


def test_long_and_deep_expressions_are_refused_not_run():
    for text in ("(" * 500 + "1" + ")" * 500, "-" * 900 + "1", "not(" * 100 + "1" + ")" * 100,
                 "+".join(["1"] * 1_500), "1" * 5_000):  # fmt: skip
        with pytest.raises(ExpressionError):
            parse(text)
    assert value(" + ".join(["1"] * 150)) == 150.0


def test_names_and_lists():
    node = parse("selected(${a}, 'x') and not(${b} = -${a})")
    assert references(node) == named("selected(${a}, 'x') and not(${b} = -${a})") == {"a", "b"}
    assert plain(parse("${a} >= 1")) == [">=", ["ref", "a"], ["lit", 1.0]]
    assert plain(parse("-count-selected(.)")) == ["neg", ["call", "count-selected", ["."]]]


NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
LEAVES = st.one_of(
    st.integers(0, 10**9).map(lambda n: Literal(float(n))),
    st.integers(0, 4_000).map(lambda n: Literal(n / 8)),
    st.text("abc 123.<>&()$", max_size=8).map(Literal),
    NAMES.map(Reference),
    st.just(Current()),
)
SIMPLE = sorted(set(FUNCTIONS) - {"regex"})


def _calls(inner):
    def of(name):
        low, high = FUNCTIONS[name]
        arguments = st.lists(inner, min_size=low, max_size=min(high, low + 1))
        return arguments.map(lambda a: Call(name, tuple(a)))

    return st.sampled_from(SIMPLE).flatmap(of)


TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(
            Operation,
            st.sampled_from(
                ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"]
            ),
            inner,
            inner,
        ),
        inner.map(Negative),
        _calls(inner),
    ),
    max_leaves=12,
)
SETTINGS = st.builds(
    Setting,
    st.dictionaries(NAMES, st.text(max_size=12), max_size=4),
    st.dates(),
    st.text(max_size=20) | st.sampled_from(["", "1", "2026-02-30", "a b c", "1e400", "-0"]),
)


@given(TREES)
def test_reading_undoes_writing(tree):
    assert parse(written(tree)) == tree


@given(TREES, SETTINGS)
def test_every_tree_has_a_value(tree, seen):
    found = evaluate(tree, seen)
    assert type(found) in (str, float, bool)
    assert holds(tree, seen) in (True, False)
    assert isinstance(to_text(found), str)


@given(TREES, SETTINGS)
def test_laws_of_logic(tree, seen):
    truth = holds(tree, seen)
    assert holds(Call("not", (tree,)), seen) is not truth
    assert holds(Operation("or", tree, Call("true", ())), seen) is True
    assert holds(Operation("and", tree, Call("false", ())), seen) is False
    # De Morgan
    other = Reference("x")
    left = Call("not", (Operation("and", tree, other),))
    right = Operation("or", Call("not", (tree,)), Call("not", (other,)))
    assert holds(left, seen) == holds(right, seen)


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.sampled_from("abcdef"))
def test_selected_is_membership(chosen, one):
    seen = Setting({"q": " ".join(chosen)}, TODAY)
    assert evaluate(f"selected(${{q}}, '{one}')", seen) is (one in chosen)
    assert evaluate("count-selected(${q})", seen) == len(chosen)


@given(st.text(max_size=60) | st.text("${}()'\"=<>!.,+- 0123456789abnord", max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        tree = parse(text)
    except ExpressionError:
        return
    evaluate(tree, Setting({}, TODAY))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_survive_text(number):
    assert to_number(to_text(number)) == pytest.approx(number, rel=1e-12, abs=1e-19)
