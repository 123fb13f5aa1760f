"""Filters of choices: cascades, columns of the choices, what no longer fits, what is not read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsform_books import CASCADE, HEAD, book, cascade

from satuhati.errors import InputError, Problem
from satuhati.formats.xlsform.asked import CHOICE, REQUIRED, Settled, rules_of, settle
from satuhati.formats.xlsform.evaluate import Setting
from satuhati.formats.xlsform.expressions import Column, columns, parse, written
from satuhati.formats.xlsform.filters import Filter, filter_of, filter_on
from satuhati.formats.xlsform.items import item_type
from satuhati.formats.xlsform.model import Choice, Form, Label, Question
from satuhati.formats.xlsform.read import read_form
from satuhati.formats.xlsform.stored import of_plain, to_plain, without_columns
from satuhati.formats.xlsform.write import form_workbook

TODAY = dt.date(2026, 11, 28)
STRANGERS = Path(__file__).parents[2] / "data" / "xlsforms" / "choice_filter_test.xlsx"
WHOLE = {"prov": "jabar", "kab": "bandung", "kec": "coblong"}


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return read_form(cascade(tmp_path / "tempat.xlsx"))[0]


def settled(form: Form, **given_: str) -> Settled:
    return settle(rules_of(form), given_, TODAY)


def left(form: Form, name: str, **given_: str) -> list[str]:
    question = next(q for q in form.questions() if q.name == name)
    own = filter_of(question)
    assert own is not None
    return list(own.fitting(Setting(settled(form, **given_).fitting, TODAY)))


def test_a_cascade_shows_what_lies_below(form: Form) -> None:
    assert left(form, "kab") == []
    assert left(form, "kab", prov="jabar") == ["bandung", "bogor"]
    assert left(form, "kab", prov="bali") == ["badung"]
    assert left(form, "kec", prov="jabar", kab="bogor") == ["ciawi", "cibinong"]
    assert left(form, "lain", **WHOLE) == ["cicendo"], "a filter may look at the code as well"


def test_what_no_longer_fits_is_told_with_all_that_hangs_on_it(form: Form) -> None:
    assert settled(form, **WHOLE).wrong == {}
    moved = settled(form, **{**WHOLE, "prov": "bali"}, lain="cicendo")
    assert moved.wrong == {"kab": CHOICE, "kec": CHOICE, "lain": CHOICE}
    assert moved.answers["kab"] == "bandung", "it is not dropped"
    assert moved.fitting == {"prov": "bali"}
    assert settled(form, **WHOLE, lain="cicendo ciawi").wrong == {"lain": CHOICE}


def test_what_cannot_be_answered_is_not_needed(form: Form) -> None:
    assert settled(form).wrong == {"prov": REQUIRED}
    assert settled(form, prov="jabar").wrong == {"kab": REQUIRED}
    bare = next(q for q in form.questions() if q.name == "kab")
    alone = Form("f", "F", (replace(bare, choice_filter="provinsi = 'aceh'"),))
    assert settled(alone).wrong == {}


def test_of_pyxforms_own_example_one_code_stands_under_two_states() -> None:
    form, doubts = read_form(STRANGERS)
    assert not {d.code for d in doubts} & {"form_filter_column", "form_not_computed"}
    assert left(form, "county", state="texas") == ["king", "cameron"]
    assert left(form, "county", state="washington") == ["king", "pierce"]
    assert settled(form, state="texas", county="king", city="seattle").wrong == {}
    assert settled(form, state="texas", county="pierce", city="tacoma").wrong == {
        "county": CHOICE, "city": CHOICE}  # fmt: skip


def test_one_code_may_be_called_differently(tmp_path: Path) -> None:
    survey = (
        ("type", "name", "label", "choice_filter"),
        ("select_one k", "k", "Kabupaten"), ("select_one d", "d", "Kecamatan", "k=${k}"),
    )  # fmt: skip
    rows = (
        ("list_name", "name", "label", "k"),
        ("k", "a", "A"),
        ("k", "b", "B"),
        ("d", "1", "Timur", "a"),
        ("d", "2", "Barat", "a"),
        ("d", "1", "Utara", "b"),
    )
    options = (("form_id", "allow_choice_duplicates"), ("uji", "yes"))
    form, _ = read_form(book(tmp_path / "a.xlsx", survey, rows, options))
    question = form.questions()[1]
    assert [c.name for c in question.choices] == ["1", "2"]
    assert question.choices[0].words("id") == "Timur / Utara"
    own = filter_of(question)
    assert own is not None
    assert own.fitting(Setting({"k": "a"}, TODAY)) == {"1": 0, "2": 0}
    assert own.fitting(Setting({"k": "b"}, TODAY)) == {"1": 1}
    again, _ = read_form(_written(tmp_path / "b.xlsx", form))
    assert _choices(again) == _choices(form)


def _written(path: Path, form: Form) -> Path:
    path.write_bytes(form_workbook(form))
    return path


def _choices(form: Form) -> list[tuple[Choice, ...]]:
    return [q.choices for q in form.questions()]


def test_written_stored_and_read_again(form: Form, tmp_path: Path) -> None:
    again, _ = read_form(_written(tmp_path / "a.xlsx", form))
    assert _choices(again) == _choices(form)
    assert of_plain(to_plain(form)) == form
    bare = without_columns(form)
    assert bare != form
    kab = next(q for q in bare.questions() if q.name == "kab")
    assert filter_of(kab) is None, "a form kept before columns were is shown whole"


def test_two_that_must_differ_look_at_each_other() -> None:
    both = tuple(Choice(c, Label()) for c in "abc")
    one = Question("one", "select_one", choices=both, choice_filter="name != ${two}")
    two = Question("two", "select_one", choices=both, choice_filter="name != ${one}")
    form = Form("f", "F", (one, two))
    assert settled(form, one="a", two="b").wrong == {}
    assert settled(form, one="a", two="a").wrong == {"one": CHOICE}
    assert left(form, "two", one="a") == ["b", "c"]


def test_what_stands_on_no_row_is_refused_elsewhere(form: Form) -> None:
    assert "kab" not in settled(form, prov="jabar", kab="other").wrong


@pytest.mark.parametrize(("text", "read"), [
    ("cf=${a}", "(cf = ${a})"), ("selected(${a}, name)", "selected(${a}, name)"),
    ("kab.lama = 'x' or true()", "((kab.lama = 'x') or true())"),
    ("not(starts-with(kode-pos, ${a}))", "not(starts-with(kode-pos, ${a}))"),
])  # fmt: skip
def test_bare_names_are_columns(text: str, read: str) -> None:
    node = parse(text, filters=True)
    assert written(node) == read
    assert parse(read, filters=True) == node
    assert columns(parse("a = b and c(d) = 1".replace("c(d)", "string(d)"), filters=True)) == {
        "a", "b", "d"}  # fmt: skip
    with pytest.raises(ValueError, match="cf"):
        parse("cf=${a}")  # elsewhere a bare name is a mistake
    assert parse("cf", filters=True) == Column("cf")


def problems(path: Path) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_form(path)
    return list(caught.value.problems)


def filtered(path: Path, text: str, **more: str) -> Path:
    return book(path, (
        (*HEAD, "choice_filter"),
        ("select_one yn", "a", "A", "A"), ("select_one yn", "b", "B", "B", text),
    ), (("list_name", "name", "label", "grup"), ("yn", "1", "Ya", more.get("cell", "x")),
        ("yn", "0", "Tidak", "y")))  # fmt: skip


def test_a_filter_that_is_wrong_is_told_with_its_cell(tmp_path: Path) -> None:
    (only,) = problems(filtered(tmp_path / "a.xlsx", "grup = ${nobody}"))
    assert (only.code, only.row, only.column) == ("form_reference_unknown", 3, "choice_filter")
    (only,) = problems(filtered(tmp_path / "b.xlsx", "grup = = 1"))
    assert (only.code, only.row, only.column) == ("form_expression", 3, "choice_filter")
    (only,) = problems(filtered(tmp_path / "c.xlsx", "grup = ${a}", cell="=1+1"))
    assert (only.code, only.row, only.column) == ("cell_formula", 2, "grup")
    # A column that no filter looks at may hold anything.
    read_form(filtered(tmp_path / "d.xlsx", "name = ${a}", cell="=1+1"))


@pytest.mark.parametrize(("text", "code"), [
    ("group = ${a}", "form_filter_column"), ("grup = yes", "form_filter_column"),
    ("GRUP = ${a}", "form_filter_column"),
    ("grup = current()/../a", "form_not_computed"), ("grup = .", "form_not_computed"),
    ("position() < 3", "form_not_computed"),
])  # fmt: skip
def test_what_is_not_filtered_here_is_said_and_shown_whole(
    tmp_path: Path, text: str, code: str
) -> None:
    form, doubts = read_form(filtered(tmp_path / "a.xlsx", text))
    (said,) = [d for d in doubts if d.code in ("form_filter_column", "form_not_computed")]
    assert said.code == code
    for lang in ("id", "en"):
        assert "3" in said.message(lang)
        assert "choice_filter" in said.message(lang)
    assert filter_of(form.questions()[1]) is None
    assert settled(form, a="1", b="0").wrong == {}


def test_codes_of_places_are_no_rating_scale() -> None:
    digits = tuple(Choice(str(n), Label()) for n in range(3201, 3240))
    assert item_type(Question("k", "select_one", choices=digits)) == "choice"
    assert item_type(Question("k", "select_one", choices=digits[:4])) == "likert"
    below = Question("k", "select_one", choices=digits[:4], choice_filter="name != ${a}")
    assert item_type(below) == "choice"


CODES = st.sampled_from(["", "a", "b", "c", "a b", "c a"])


@given(st.lists(st.sampled_from([
    "name = ${0}", "name != ${1}", "selected(${2}, name)", "g = ${0} or ${1} = ''", "g = ${2}",
]), min_size=3, max_size=3), st.lists(CODES, min_size=3, max_size=3))  # fmt: skip
def test_what_is_left_fits_and_what_is_told_does_not(texts: list[str], said: list[str]) -> None:
    """Whatever filters look at: each answer is among what fits the others, or it is told."""
    names = ("p", "q", "r")
    own = tuple(Choice(c, Label(), (("g", g),)) for c, g in zip("abc", "aab", strict=True))
    for n, name in enumerate(names):
        texts = [t.replace(f"${{{n}}}", f"${{{name}}}") for t in texts]
    form = Form("f", "F", tuple(
        Question(name, "select_multiple", choices=own, choice_filter=text)
        for name, text in zip(names, texts, strict=True)
    ))  # fmt: skip
    answers = {n: s for n, s in zip(names, said, strict=True) if s}
    found = settle(rules_of(form), answers, TODAY)
    assert found.answers == answers
    assert {*found.wrong} | {*found.fitting} == {*answers}
    seen = Setting(found.fitting, TODAY)
    for q in form.questions():
        rule = filter_on(q.choice_filter, q.choices)
        assert isinstance(rule, Filter)
        if q.name in found.fitting:
            assert {*found.fitting[q.name].split()} <= {*rule.fitting(seen)}


def test_the_names_of_the_cascade_are_those_of_the_book() -> None:
    assert {row[1] for row in CASCADE[1:] if len(row) > 1} >= {*WHOLE, "lain"}
