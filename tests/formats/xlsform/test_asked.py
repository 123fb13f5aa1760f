"""Who is asked what: relevance through sections and calculations, constraints, what is needed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.formats.xlsform.asked import other_name, pages_ask, plain_rules, rules_of, settle
from satuhati.formats.xlsform.model import Choice, Form, Label, Question, Section
from satuhati.formats.xlsform.ours import FORMS, our_form

TODAY = dt.date(2026, 11, 28)
YES = (Choice("1", Label()), Choice("0", Label()))


def settled(*children: Question | Section, **given_: str) -> tuple[dict[str, str], dict[str, str]]:
    found = settle(rules_of(Form("f", "F", children)), given_, TODAY)
    return found.answers, found.wrong


CHILDREN = Question("children", "select_one", choices=YES, required="true()")
HOW_MANY = Question("n", "integer", relevant="${children} = '1'", constraint=". > 0 and . < 10",
                    required="true()")  # fmt: skip


def test_answers_to_what_is_not_asked_do_not_count() -> None:
    assert settled(CHILDREN, HOW_MANY, children="0", n="3") == ({"children": "0"}, {})
    assert settled(CHILDREN, HOW_MANY, children="1", n="3")[0] == {"children": "1", "n": "3"}
    assert settled(CHILDREN, HOW_MANY, children="1", n="12")[1] == {"n": "constraint"}
    assert settled(CHILDREN, HOW_MANY, children="1")[1] == {"n": "required"}
    assert settled(CHILDREN, HOW_MANY)[1] == {"children": "required"}, "n is not asked yet"


def test_what_hangs_on_a_dropped_answer_is_dropped_too() -> None:
    chain = Question("names", "text", relevant="${n} > 1")
    assert settled(chain, HOW_MANY, CHILDREN, children="0", n="3", names="a")[0] == {
        "children": "0"
    }


def test_sections_hold_for_all_inside() -> None:
    inner = Section("in", (Question("a", "text"), Question("note", "note")), relevant="${b} = 'x'")
    outer = Section("out", (inner, Question("c", "text")), relevant="${d} != ''")
    form = (Question("b", "text"), outer, Question("d", "text"))
    assert settled(*form, a="1", b="x", c="2", d="3")[0] == {"a": "1", "b": "x", "c": "2", "d": "3"}
    assert settled(*form, a="1", b="y", c="2", d="3")[0] == {"b": "y", "c": "2", "d": "3"}
    assert settled(*form, a="1", b="x", c="2")[0] == {"b": "x"}


def test_a_calculation_is_made_here_and_may_decide() -> None:
    total = Question("total", "calculate", calculation="${a} + ${b}")
    late = Question("late", "text", relevant="${total} >= 5")
    form = (late, total, Question("a", "integer"), Question("b", "integer"))
    assert settled(*form, a="2", b="3", late="x", total="99")[0]["total"] == "5"
    assert "late" in settled(*form, a="2", b="3", late="x")[0]
    assert "late" not in settled(*form, a="2", b="2", late="x")[0]
    assert "total" not in settled(*form, a="2")[0], "no number, no answer"


def test_hidden_and_shown_values_cannot_be_typed() -> None:
    form = (Question("kind", "hidden", default="rw"),
            Question("fixed", "text", default="7", read_only=True))  # fmt: skip
    assert settled(*form, kind="other", fixed="8")[0] == {"kind": "rw", "fixed": "7"}


def test_what_is_written_in_counts_only_beside_other() -> None:
    form = Question("media", "select_multiple", choices=YES, other=True)
    name = other_name("media")
    assert settled(form, media="1 other", media_other="radio")[0][name] == "radio"
    assert name not in settled(form, media="1", media_other="radio")[0]


def test_a_constraint_may_look_at_what_comes_later() -> None:
    form = (Question("low", "integer", constraint=". <= ${high}"), Question("high", "integer"))
    assert settled(*form, low="3", high="2")[1] == {"low": "constraint"}
    assert settled(*form, low="2", high="3")[1] == {}


def test_what_cannot_be_computed_here_is_asked_and_taken() -> None:
    form = Question("far", "text", relevant="distance(${x}) > 3", constraint="pulldata('a') = .")
    assert settled(form, far="x") == ({"far": "x"}, {})


def test_repeats_are_not_put() -> None:
    form = Form("f", "F", (Section("r", (Question("a", "text"),), repeat=True),
                           Question("b", "text")))  # fmt: skip
    assert [q.name for q, _ in pages_ask(form)] == ["b"]
    assert [r.name for r in rules_of(form)] == ["b"]


def test_a_chain_as_long_as_a_form_needs_no_depth() -> None:
    chain = [Question("q0", "integer")]
    chain += [Question(f"q{n}", "calculate", calculation=f"${{q{n - 1}}} + 1")
              for n in range(1, 3000)]  # fmt: skip
    answers, _ = settled(*reversed(chain), q0="0")
    assert answers["q2999"] == "2999"


@pytest.mark.parametrize("code", list(FORMS))
def test_each_rule_stands_after_what_it_needs(code: str) -> None:
    rules = rules_of(our_form(code))
    seen: set[str] = set()
    names = {r.name for r in rules}
    for rule in rules:
        assert (rule.needs() & names) <= seen
        seen.add(rule.name)
    assert [r["n"] for r in plain_rules(rules)] == [r.name for r in rules]


@given(st.dictionaries(st.sampled_from(["children", "n", "names"]),
                       st.text("0123 \u0663é", max_size=3)))  # fmt: skip
def test_settling_twice_changes_nothing(typed: dict[str, str]) -> None:
    form = Form("f", "F", (CHILDREN, HOW_MANY, Question("names", "text", relevant="${n} > 1")))
    first = settle(rules_of(form), typed, TODAY)
    assert settle(rules_of(form), first.answers, TODAY) == first
