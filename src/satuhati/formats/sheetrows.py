"""Rows of an Excel sheet, cell by cell, as the text that a CSV file would hold. Without Polars.

Sheets and cells are openpyxl's, opened read-only with their formulas.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from satuhati.formats import sheets

_NUMERIC = ("integer", "number", "boolean")


class SheetCell(NamedTuple):
    """What a cell holds, and openpyxl's letter for its type."""

    value: Any
    kind: str


def numbered_rows(sheet: Any, width: int) -> Iterator[tuple[int, Sequence[Any]]]:
    """Row number, from 1, and the first ``width`` cells of each row."""
    rows: Any = sheet.iter_rows(max_col=width)
    try:
        for number, row in enumerate(rows, 1):
            if number > sheets.MAX_ROWS:  # a row number beyond what Excel has: a made-up file
                raise ValueError(number)
            yield number, row
    finally:
        rows.close()


def sheet_cell(cell: Any) -> SheetCell | None:
    """The content of an openpyxl cell; ``None`` if it is empty."""
    value = cell.value
    if value is None or value == "":
        return None
    return SheetCell(value, cell.data_type)


def cell_text(cell: SheetCell, kind: str | None) -> tuple[str | None, str | None]:
    """Text of a cell in a column of this kind, or the code of what is wrong with it."""
    value = cell.value
    if cell.kind == "f":
        return None, "cell_formula"
    if cell.kind == "e":
        return None, "cell_error"
    if isinstance(value, str):
        return sheets.from_cell(value), None
    if isinstance(value, bool):
        return ("true" if value else "false"), None
    if isinstance(value, int):
        return str(value), None
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value)), None
        text = repr(value)
        # More zeros tell 1.25 the number from "1.250" the text, whose dot may mark thousands.
        return (text + "0000" if kind == "number" and "e" not in text else text), None
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return _moment(value, kind)
    return None, "cell_formula"


def _moment(value: Any, kind: str | None) -> tuple[str | None, str | None]:
    if kind == "time":
        if isinstance(value, dt.datetime):
            value = value.time()
        return (f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)), None
    if kind == "date" or kind in _NUMERIC:
        if isinstance(value, dt.datetime) and value.time() == dt.time():
            value = value.date()
        return str(value), None
    return None, "cell_date_in_text"
