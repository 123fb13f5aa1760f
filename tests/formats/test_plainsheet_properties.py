"""Lists for download, read back by independent readers: csv of Python, openpyxl."""

from __future__ import annotations

import csv
import datetime as dt
import io

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from satuhati.formats.guard import guard_name
from satuhati.formats.plainsheet import Cell, csv_text, workbook

# What XML and a spreadsheet hold: no surrogates, no control characters; a line end is one sign.
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40
)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    TEXT,
    st.integers(-(10**9), 10**9),
    st.dates(dt.date(1900, 3, 1), dt.date(2999, 12, 31)),
)
SHEETS = st.integers(1, 4).flatmap(
    lambda n: st.tuples(
        st.lists(TEXT.filter(bool), min_size=n, max_size=n),
        st.lists(st.lists(CELLS, min_size=n, max_size=n), max_size=5),
    )
)


@given(SHEETS)
def test_csv_reads_back_and_runs_nothing(sheet: tuple[list[str], list[list[Cell]]]) -> None:
    header, rows = sheet
    read = list(csv.reader(io.StringIO(csv_text(header, rows), newline="")))
    assert read[0] == [guard_name(name) for name in header]
    for cells, given_row in zip(read[1:], rows, strict=True):
        for cell, given_cell in zip(cells, given_row, strict=True):
            if given_cell is None:
                assert cell == ""
            elif isinstance(given_cell, dt.date):
                assert dt.date.fromisoformat(cell) == given_cell
            elif isinstance(given_cell, int):
                assert int(cell) == given_cell
            else:
                assert cell == guard_name(given_cell)
                assert not cell.startswith(("=", "+", "@", "\t"))


@settings(max_examples=60)
@given(SHEETS, TEXT)
def test_a_workbook_reads_back_as_it_was(
    sheet: tuple[list[str], list[list[Cell]]], title: str
) -> None:
    header, rows = sheet
    book = load_workbook(io.BytesIO(workbook(title, header, rows)))
    found = list(book.worksheets[0].iter_rows(max_col=len(header), max_row=len(rows) + 1))
    assert [c.value for c in found[0]] == header
    for cells, given_row in zip(found[1:], rows, strict=True):
        for cell, given_cell in zip(cells, given_row, strict=True):
            assert cell.data_type != "f", "never a formula"
            value = cell.value.date() if isinstance(cell.value, dt.datetime) else cell.value
            assert value == (given_cell if given_cell != "" else None)
