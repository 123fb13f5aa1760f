"""Cells to values: what is plain, what is mended, what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.formats.cells import Spec, Typed, typed
from satuhati.formats.written import shown


def column(cells: list[str | None], kind: str, *, comma: bool = False, **spec: Any) -> Typed:
    frame = pl.DataFrame({"k": pl.Series(cells, dtype=pl.String)})
    return typed(frame, [Spec("k", kind, **spec)], file="f.csv", decimal_comma=comma)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", " 12 ", 12),
        ("integer", "-3.0", -3),
        ("integer", "9223372036854775807", 2**63 - 1),
        ("integer", "9223372036854775808", None),
        ("integer", "1.5", None),
        ("integer", "1.234", None),
        ("integer", "1e3", None),
        ("integer", "1_000", None),
        ("integer", "\N{ARABIC-INDIC DIGIT THREE}", None),
        ("number", "-0.5", -0.5),
        ("number", "1e-7", 1e-7),
        ("number", "nan", None),
        ("number", "inf", None),
        ("number", "1e999", None),
        ("number", "1,5", None),
        ("number", "0x10", None),
        ("boolean", "Tidak", False),
        ("boolean", "BENAR", True),
        ("boolean", "mungkin", None),
        ("date", "2026-11-21", dt.date(2026, 11, 21)),
        ("date", "2026-1-5", dt.date(2026, 1, 5)),
        ("date", "2026-01-05 00:00:00", dt.date(2026, 1, 5)),
        ("date", "5.1.2026", dt.date(2026, 1, 5)),
        ("date", "5/1-2026", None),
        ("date", "2026-02-30", None),
        ("date", "0000-01-01", None),
        ("date", "11/21/2026", None),
        ("date", "2026", None),
        ("time", "9.30", "09:30"),
        ("time", "19:30:00", "19:30"),
        ("time", "24:00", None),
        ("time", "7", None),
    ],
)
def test_one_cell(kind: str, text: str, value: object) -> None:
    result = column([text], kind)
    assert result.frame["k"].to_list() == [value]
    assert [f.row for f in result.faults] == ([0] if value is None else [])


def test_only_the_refused_cells_are_faults_and_the_rest_keep_their_values() -> None:
    result = column(["1", None, "dua", "3.0", "", "99"], "integer", required=True, high=10)
    assert result.frame["k"].to_list() == [1, None, None, 3, None, 99]
    assert sorted((f.row, f.code) for f in result.faults) == [
        (1, "value_required"),
        (2, "value_type"),
        (4, "value_required"),
        (5, "value_range"),
    ]


def test_decimal_commas_only_where_they_are_allowed() -> None:
    result = column(["2,5", "3.25", "0.125", "-,5", "1.000,5"], "number", comma=True)
    assert result.frame["k"].to_list() == [2.5, 3.25, 0.125, -0.5, None]
    assert [d.code for d in result.doubts] == ["decimal_comma"]
    assert column(["1.250"], "number", comma=True).faults[0].code == "number_ambiguous"


def test_headers_that_are_patterns_to_polars_are_names_here() -> None:
    cells = pl.DataFrame([pl.Series(n, [v]) for n, v in (("*", "1"), ("^a.*$", "2"), ("a", "3"))])
    specs = [Spec("^a.*$", "integer"), Spec("*", "integer")]
    result = typed(cells, specs, file="f.csv")
    assert result.frame.rows() == [(2, 1)]
    assert result.frame.columns == ["^a.*$", "*"]


@given(st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_every_float_comes_back_exactly(values: list[float | None]) -> None:
    cells = [None if v is None else repr(v) for v in values]
    assert column(cells, "number").frame["k"].to_list() == values


@given(st.lists(st.text(max_size=8), min_size=1), st.sampled_from(
    ["text", "integer", "number", "boolean", "date", "time", "choice", "reference"]
), st.booleans())  # fmt: skip
def test_any_text_is_a_value_or_a_fault(texts: list[str], kind: str, comma: bool) -> None:
    result = column([t or None for t in texts], kind, comma=comma, choices=("a", "b"))
    assert result.frame.height == len(texts)
    refused = {f.row for f in result.faults}
    for i, (text, value) in enumerate(zip(texts, result.frame["k"].to_list(), strict=True)):
        blank = not text if kind == "text" else not text.strip()
        if value is None and not blank:
            # Polars and Python differ on which control characters are blank.
            assert i in refused or not text.strip("\x1c\x1d\x1e\x1f \t\n\r\x0b\x0c\x85\xa0")


def test_what_is_shown_of_a_cell_is_short_and_on_one_line() -> None:
    assert shown("a\nb  c") == "a b c"
    assert len(shown("x" * 10_000)) <= 60
