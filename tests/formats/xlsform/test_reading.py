"""An XLSForm is read whole or refused, every problem with sheet, row, column and remedy."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsform_books import HEAD, YES_NO, book

from satuhati.errors import InputError
from satuhati.formats import sheetrows
from satuhati.formats.xlsform import sheet
from satuhati.formats.xlsform.notes import noted
from satuhati.formats.xlsform.read import read_form, to_xform


def problems(path: Path):
    with pytest.raises(InputError) as found:
        read_form(path)
    for p in found.value.problems:
        for lang in ("id", "en"):
            assert "{" not in p.line(lang).replace("${", ""), p.line(lang)
    return found.value.problems


def places(path: Path):
    """Codes with the place as a person sees it."""
    return [(p.code, (p.file or "").partition(": ")[2], p.row, p.column) for p in problems(path)]


@pytest.fixture
def make(tmp_path):
    def of(*rows, head=HEAD, choices=YES_NO, **more):
        return book(tmp_path / "uji.xlsx", (head, *rows), choices, **more)

    return of


GOOD = ("text", "nama", "Nama", "Name")


def test_a_form_in_all_its_parts(make):
    head = (*HEAD, "hint", "relevant", "constraint", "constraint_message::English (en)",
            "required", "satuhati_scale", "satuhati_reversed")  # fmt: skip
    path = make(
        ("begin group", "satu", "Bagian satu", "Part one"),
        ("integer", "umur", "Umur", "Age", "tahun", None, ". >= 0", "Not below 0", "yes"),
        ("select_one yn", "ikut", "Ikut?", "Joined?", None, "${umur} > 17", None, None, None,
         "joint_action", "ya"),
        ("end group",),
        ("calculate", "dua", None, None),
        ("note", None, "Terima kasih", "Thanks"),
        head=(*head, "calculation"),
        settings=(("form_title", "form_id", "version"), ("Uji", "uji_1", "3")),
    )  # fmt: skip
    made = openpyxl.load_workbook(path)
    made["survey"].cell(6, len(head) + 1).value = "${umur} * 2"
    made.save(path)
    form, doubts = read_form(path)
    assert (form.id, form.title, form.version) == ("uji_1", "Uji", "3")
    assert form.languages == ("id", "en")
    umur, ikut, dua, thanks = form.questions()
    assert (umur.kind, umur.constraint, umur.required) == ("integer", ". >= 0", "true()")
    assert (umur.label("id"), umur.label("en"), umur.hint("en")) == ("Umur", "Age", "tahun")
    assert umur.constraint_message("id") == "Not below 0"
    assert [c.name for c in ikut.choices] == ["1", "0"]
    assert ikut.scoring.scale == "joint_action"
    assert ikut.scoring.reversed
    assert (dua.kind, dua.calculation, thanks.kind) == ("calculate", "${umur} * 2", "note")
    assert form.conditions()["ikut"] == ("${umur} > 17",)
    assert form.sections()[0].label("en") == "Part one"
    assert "form_language_missing" not in [d.code for d in doubts]
    assert "<h:html" in to_xform(path)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("tekst", "a", "A", "A")], ("form_type_unknown", 2, "type")),
        ([(None, "a", "A", "A")], ("form_type_missing", 2, "type")),
        ([("text", None, "A", "A")], ("form_name_missing", 2, "name")),
        ([("text", "1a", "A", "A")], ("form_name_invalid", 2, "name")),
        ([("text", "a b", "A", "A")], ("form_name_invalid", 2, "name")),
        ([GOOD, ("text", "nama", "B", "B")], ("form_name_repeated", 3, "name")),
        ([("select_one tidak_ada", "a", "A", "A")], ("form_list_missing", 2, "type")),
        ([("text", "a", None, None)], ("form_label_missing", 2, "label::Bahasa Indonesia (id)")),
        ([("begin group", "g", "G", "G"), GOOD], ("form_group_open", 2, "type")),
        ([GOOD, ("end group",)], ("form_group_end", 3, "type")),
        ([("begin repeat", "g", "G", "G"), GOOD, ("end group",)], ("form_group_end", 4, "type")),
        ([("calculate", "a", None, None)], ("form_calculation_missing", 2, "calculation")),
        ([("note", "a", "A", "A")], ("form_without_questions", None, None)),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where(make, rows, expected):
    code, row, column = expected
    assert places(make(*rows)) == [(code, "survey", row, column)]


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("relevant", "${nama} = ", "form_expression"),
        ("constraint", "string-length(., 2)", "form_expression"),
        ("relevant", "${Nama} = 'x'", "form_reference_unknown"),
        ("relevant", "${b} = 'x'", "form_cycle"),
        ("satuhati_low", "lima", "value_type"),
        ("satuhati_type", "skala", "value_choice"),
    ],
)
def test_columns_that_cannot_be_used(make, column, text, code):
    path = make(GOOD, ("text", "b", "B", "B", text), head=(*HEAD, column))
    assert places(path) == [(code, "survey", 3, column)]


def test_circles_go_through_sections_and_calculations(make):
    head = (*HEAD, "relevant", "calculation")
    path = make(
        ("begin group", "g", "G", "G", "${c} = 1"),
        ("integer", "a", "A", "A"),
        ("end group",),
        ("calculate", "b", None, None, None, "${a} + 1"),
        ("calculate", "c", None, None, None, "${b} + 1"),
        ("text", "d", "D", "D", "${e} = ''"),
        ("text", "e", "E", "E", "${d} = ''"),
        head=head,
    )
    found = problems(path)
    assert [(p.code, p.row) for p in found] == [("form_cycle", 2), ("form_cycle", 7)]
    assert found[0].fields["path"] == "g → c → b → a → g"
    assert found[1].fields["path"] == "d → e → d"


def test_a_long_chain_is_no_circle(make):
    rows = [("integer", "q0", "Q", "Q")]
    rows += [("integer", f"q{i}", "Q", "Q", f"${{q{i - 1}}} = 1") for i in range(1, 1_500)]
    form, _ = read_form(make(*rows, head=(*HEAD, "relevant")))
    assert len(form.questions()) == 1_500


def test_choices_are_checked(make):
    path = make(
        ("select_one a", "p", "P", "P"),
        choices=(
            ("list_name", "name", "label"),
            ("a", "satu", "Satu"),
            ("a", "satu", "Lagi"),
            ("a", "dua kata", "Dua"),
            (None, "tiga", "Tiga"),
            ("a", None, "Empat"),
        ),
    )
    assert places(path) == [
        ("form_choice_repeated", "choices", 3, "name"),
        ("form_choice_spaces", "choices", 4, "name"),
        ("form_list_unnamed", "choices", 5, "list_name"),
        ("form_choice_name_missing", "choices", 6, "name"),
    ]


def test_all_problems_come_at_once(make):
    rows = [("tekst", f"a{i}", "A", "A") for i in range(60)]
    assert len(problems(make(*rows))) == 60


def test_macros_are_refused_by_name_and_by_content(make, tmp_path):
    path = make(GOOD)
    named = tmp_path / "uji.xlsm"
    named.write_bytes(path.read_bytes())
    assert [p.code for p in problems(named)] == ["form_macros"]
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert [p.code for p in problems(path)] == ["workbook_kind"]


def test_entity_bombs_are_refused(make):
    path = make(GOOD)
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet9.xml", bomb)
    assert [p.code for p in problems(path)] == ["workbook_broken"]


def test_no_survey_sheet_and_no_columns(tmp_path):
    path = tmp_path / "a.xlsx"
    made = openpyxl.Workbook()
    made.active.title = "Sheet1"
    made.save(path)
    assert [p.code for p in problems(path)] == ["form_sheet_missing"]
    assert [p.code for p in problems(book(path, [("jenis", "nama"), ("text", "a")]))] == [
        "column_missing", "column_missing"]  # fmt: skip
    assert [p.code for p in problems(tmp_path / "tidak-ada.xlsx")] == ["file_missing"]


def test_a_column_twice_and_a_gap(make):
    path = make(("text", "a", "A", "A", "B"), head=(*HEAD, HEAD[2]))
    assert places(path) == [("column_repeated", "survey", 1, HEAD[2])]
    path = make(GOOD, *([()] * 70), ("text", "b", "B", "B"))
    assert places(path) == [("form_gap", "survey", 73, None)]


def test_a_sheet_formatted_to_the_end_is_soon_read(make, monkeypatch):
    path = make(GOOD)
    made = openpyxl.load_workbook(path)
    made["survey"].cell(100_000, 1).number_format = "@"
    made.save(path)
    seen = []

    def counted(page, width):
        for number, row in sheetrows.numbered_rows(page, width):
            seen.append(number)
            yield number, row

    monkeypatch.setattr(sheet, "numbered_rows", counted)
    form, _ = read_form(path)
    assert [q.name for q in form.questions()] == ["nama"]
    assert max(seen) < 3_000


def test_formulas_without_a_value_are_refused(make):
    path = make(("text", '="a"&"b"', "A", "A"))
    assert places(path) == [("cell_formula", "survey", 2, "name")]


def test_what_only_pyxform_minds_has_its_row(make):
    path = make(("select_one yn", "a", "A", "A", "seed=x"), head=(*HEAD, "parameters"))
    (only,) = problems(path)
    assert only.code == "form_rejected"
    assert "seed" in only.line("en")


def test_what_our_pages_do_not_do_is_a_doubt(make):
    head = (*HEAD, "choice_filter", "relevant")
    path = make(
        ("geopoint", "tempat", "Tempat", "Place"),
        ("begin repeat", "anak", "Anak", "Children"),
        ("text", "nama", "Nama", "Name"),
        ("end repeat",),
        ("select_one yn", "p", "P", "P", "name != ''"),
        ("text", "b", "B", None, None, "position(..) = 1"),
        head=head,
    )
    _, doubts = read_form(path)
    codes = [d.code for d in doubts if d.code != "form_column_untranslated"]
    assert codes == ["form_not_computed", "form_repeat", "form_not_asked",
                     "form_language_missing", "form_no_scale"]  # fmt: skip
    for doubt in doubts:
        assert "{" not in doubt.message("id") + doubt.message("en")


def test_what_pyxform_notes_is_told_in_both_languages(make):
    head = (*HEAD, "hint::Bahasa Indonesia (id)", "constraint_message::Bahasa Indonesia (id)")
    path = make(
        ("select_one yn or_other", "p", "P", "P", "Petunjuk", "Salah"),
        ("image", "foto", "Foto", "Photo"),
        head=head,
    )
    _, doubts = read_form(path)
    told = {d.code: d for d in doubts}
    assert not {"form_pyxform"} & told.keys()
    assert told["form_column_untranslated"].message("id") == (
        "Lembar survey: kolom constraint_message, hint tidak ada dalam bahasa 'English (en)'."
    )
    assert told["form_photo_size"].fields == {"row": 3}
    assert "or_other" in told["form_other_untranslated"].message("id")
    (other,) = noted(["[row : 4] Something else\nthat we do not know."])
    assert other.fields["why"] == "[row : 4] Something else that we do not know."


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("select one from yn", "select_one"), ("select1 yn", "select_one"),
        ("select_multiple yn or_other", "select_multiple"), ("int", "integer"),
        ("string", "text"), ("dateTime", "datetime"), ("rank yn", "rank"),
        ("add text prompt", "text"), ("today", "automatic"), ("range", "range"),
    ],
)  # fmt: skip
def test_older_spellings(make, type_, kind):
    form, _ = read_form(make(GOOD, (type_, "p", "P", "P")))
    assert form.questions()[1].kind == kind
    assert form.questions()[1].other is type_.endswith("or_other")


def test_cells_that_are_no_text_are_read_as_pyxform_reads_them(make):
    path = make(
        ("select_one benar", "p", "P", "P", True),
        ("date", "tgl", "Tanggal", "Date", dt.date(2026, 11, 28)),
        head=(*HEAD, "default"),
        choices=(("list_name", "name", "label"), ("benar", True, "Ya"), ("benar", 2.0, "Dua")),
    )
    form, _ = read_form(path)
    names = [c.name for c in form.questions()[0].choices]
    assert names == ["TRUE", "2"]
    assert re.findall(r"<name>(.*?)</name>", to_xform(path)) == names
    assert [q.default for q in form.questions()] == ["TRUE", "2026-11-28"]


CELLS = st.one_of(
    st.none(),
    st.sampled_from(["text", "integer", "select_one yn", "begin group", "end group", "a", "b",
                     "${a} = 1", "${b}", "yes", "note", "begin repeat", "${"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12),
    st.integers(-5, 5),
    st.booleans(),
)  # fmt: skip
HEADS = st.lists(
    st.sampled_from(["type", "name", "label", "label::English (en)", "relevant", "constraint",
                     "calculation", "required", "satuhati_low", "hint", "label::id", "x"]),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=40)
@given(HEADS, st.lists(st.lists(CELLS, max_size=6), max_size=8), st.lists(st.lists(CELLS)))
def test_any_sheet_is_read_whole_or_refused(tmp_path_factory, head, rows, choices):
    path = tmp_path_factory.mktemp("form") / "a.xlsx"
    book(path, [head, *rows], choices)
    try:
        form, _ = read_form(path)
    except InputError:
        return
    names = [q.name for q in form.questions()]
    assert len(set(names)) == len(names)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("form") / "a.xlsx"
    path.write_bytes(content)
    problems(path)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=3),
    st.floats(0, 1),
)
def test_a_damaged_form_is_read_or_refused(tmp_path_factory, changes, kept):
    path = tmp_path_factory.mktemp("form") / "a.xlsx"
    content = bytearray(book(path, [HEAD, GOOD], YES_NO).read_bytes())
    for at, byte in changes:
        content[int(at * (len(content) - 1))] = byte
    path.write_bytes(content[: int(kept * len(content))])
    try:
        read_form(path)
    except InputError:
        return
