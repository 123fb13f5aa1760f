"""The three sheets of an XLSForm as rows of text, each cell known by its place."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from satuhati.errors import InputError, Problem
from satuhati.formats.csvtext import MAX_MB
from satuhati.formats.sheetrows import cell_text, numbered_rows, sheet_cell
from satuhati.formats.written import shown
from satuhati.formats.xlsform.model import Label
from satuhati.formats.xlsform.names import CHOICES, SETTINGS, SURVEY, WORDED, column_of
from satuhati.formats.zipguard import check_workbook
from satuhati.text import Text

MAX_COLUMNS = 300
MAX_ROWS = 5_000
GAP = 60
"""Empty rows in a row after which pyxform, and so every tool built on it, stops reading."""
_GIVE_UP = 2_000
"""Empty rows after which a sheet is over: some are formatted down to the last row of Excel."""
_ROWS = Text("baris", "rows")
_UNREAD = "true()"
"""Stands for a cell that could not be read, once that is reported."""
_MINE = frozenset({
    "type", "name", "relevant", "constraint", "calculation", "required", "choice_filter",
    "appearance", "default", "parameters", "readonly", "disabled", "list_name",
    "form_id", "form_title", "version", "default_language",
    "satuhati_scale", "satuhati_type", "satuhati_low", "satuhati_high", "satuhati_reversed",
    "satuhati_population", "satuhati_citation", "allow_choice_duplicates", *WORDED,
})  # fmt: skip
_OF_CHOICES = frozenset({"list_name", "name", *WORDED})
"""Columns of choices that are no column for filters."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: plain columns by name, worded ones by name and language."""

    number: int
    cells: Mapping[str, str]
    words: Mapping[str, tuple[tuple[str, str], ...]]
    media: bool = False
    more: Mapping[str, tuple[str, Problem | None]] = field(default_factory=dict)
    """Columns of choices with names of their own: the text, and what is wrong with the cell,
    which matters only if a filter looks at it."""

    def __call__(self, column: str) -> str | None:
        return self.cells.get(column)

    def label(self, column: str, default_language: str = "") -> Label:
        texts = self.words.get(column, ())
        own = {code for code, _ in texts}
        if default_language and default_language not in own:
            texts = tuple((code or default_language, text) for code, text in texts)
        return Label(texts)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows that hold anything; ``headers`` are its columns as they are written."""

    place: str
    rows: Sequence[Row]
    headers: Mapping[str, str]
    start: int = 1
    more: frozenset[str] = frozenset()
    """Columns of choices with names of their own."""

    def problem(self, code: str, row: int | None, column: str | None, **fields: object) -> Problem:
        header = self.headers.get(column or "", column)
        return Problem(code, self.place, row, header, fields)


@dataclass(slots=True)
class Found:
    """What reading the sheets brought to light."""

    problems: list[Problem]
    formulas: list[str]


def read_sheets(path: Path, max_mb: float = MAX_MB) -> tuple[dict[str, Sheet], Found]:
    """The sheets ``survey``, ``choices`` and ``settings`` that are there.

    Of a formula the value last computed is read, as pyxform does; one without is a problem.

    Raises :class:`InputError` for what is no plain ``.xlsx``: macros, passwords, bombs.
    """
    if path.suffix.lower() in (".xlsm", ".xltm", ".xlsb"):
        raise InputError(Problem("form_macros", path.name))
    check_workbook(path, max_mb)
    try:
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")  # what openpyxl leaves out does not concern us
            return _read(path, file)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # openpyxl lets whatever it stumbles on through
        why = type(error).__name__
        raise InputError(Problem("workbook_broken", path.name, fields={"why": why})) from None


def _read(path: Path, file: Any) -> tuple[dict[str, Sheet], Found]:
    import openpyxl  # start-up time: only when a workbook is read

    found = Found([], [])
    sheets: dict[str, Sheet] = {}
    book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
    values = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        for sheet, computed in zip(book.worksheets, values.worksheets, strict=True):
            name = sheet.title.strip().lower()
            if name not in (SURVEY, CHOICES, SETTINGS):
                continue
            place = f"{path.name}: {sheet.title}"
            if name in sheets:
                found.problems.append(Problem("sheet_repeated", place, fields={"other": name}))
                continue
            sheets[name] = _Reader(place, found, name == CHOICES).sheet(sheet, computed)
    finally:
        book.close()
        values.close()
    return sheets, found


class _Reader:
    """One sheet while it is read."""

    def __init__(self, place: str, found: Found, choices: bool = False) -> None:
        self.place, self.found, self.choices = place, found, choices
        self.more: dict[int, str] = {}
        self.columns: dict[int, tuple[str, str | None]] = {}
        self.headers: dict[str, str] = {}
        self.media: set[int] = set()

    def sheet(self, sheet: Any, computed: Any) -> Sheet:
        for one in (sheet, computed):
            one.reset_dimensions()  # the size a file declares may be a lie
        rows: list[Row] = []
        start = last = 0
        both = zip(numbered_rows(sheet, MAX_COLUMNS), numbered_rows(computed, MAX_COLUMNS),
                   strict=False)  # fmt: skip
        for (number, cells), (_, values) in both:
            if not start:
                start = self.header(cells, number)
                if number > GAP:
                    break
                continue
            row = self.row(cells, values, number)
            if row is None:
                if number - max(last, start) > _GIVE_UP:
                    break
                continue
            if number - max(last, start) > GAP + 1:
                gap = {"n": number - max(last, start) - 1}
                self.found.problems.append(Problem("form_gap", self.place, number, fields=gap))
            last = number
            rows.append(row)
            if len(rows) > MAX_ROWS:
                size = {"what": _ROWS, "n": f"> {MAX_ROWS}", "limit": str(MAX_ROWS)}
                raise InputError(Problem("form_too_large", self.place, fields=size))
        return Sheet(self.place, rows, self.headers, start or 1, frozenset(self.more.values()))

    def header(self, cells: Sequence[Any], number: int) -> int:
        seen: set[tuple[str, str | None]] = set()
        found = 0
        for i, one in enumerate(cells):
            cell = sheet_cell(one)
            if cell is None:
                continue
            found = number
            text = str(cell.value).strip()
            column, language = column_of(text)
            if column.split("::")[0] in ("media", "image", "audio", "video", "big-image"):
                self.media.add(i)
            if self.choices and column not in _OF_CHOICES and ":" not in text:
                self.more[i] = text  # spelt as it is: to a filter capitals count
                continue
            if column not in _MINE:
                continue
            if (column, language) in seen:
                self.found.problems.append(
                    Problem("column_repeated", self.place, number, text, {"name": text})
                )
                continue
            seen.add((column, language))
            self.columns[i] = (column, language)
            self.headers.setdefault(column, text)
        return found

    def row(self, cells: Sequence[Any], values: Sequence[Any], number: int) -> Row | None:
        plain: dict[str, str] = {}
        words: dict[str, list[tuple[str, str]]] = {}
        pictures = False
        more: dict[str, tuple[str, Problem | None]] = {}
        for i, one in enumerate(cells):
            cell = sheet_cell(one)
            if cell is None:
                continue
            pictures = pictures or i in self.media
            if i in self.more:
                more[self.more[i]] = self.one_of_more(cell, values, i, number)
                continue
            if i not in self.columns:
                continue
            column, language = self.columns[i]
            if cell.kind == "f":
                value = sheet_cell(values[i]) if i < len(values) else None
                if value is not None:
                    self.found.formulas.append(f"{self.place} {self.headers[column]} {number}")
                    cell = value
            text, wrong = cell_text(cell, "date" if column in ("default", "version") else "text")
            if isinstance(cell.value, bool):
                text = str(cell.value).upper()  # as pyxform reads it: codes must be the same
            if wrong:
                fields = {"value": shown(cell.value)}
                self.found.problems.append(
                    Problem(wrong, self.place, number, self.headers[column], fields)
                )
                # Something stands here: it must not be called missing as well.
                text = _UNREAD if column != "name" else f"unread_{number}"
            text = (text or "").strip()
            if not text:
                continue
            if column in WORDED:
                words.setdefault(column, []).append((language or "", text))
            else:
                plain[column] = text
        if not plain and not words:
            return None
        return Row(number, plain, {k: tuple(v) for k, v in words.items()}, pictures, more)

    def one_of_more(
        self, cell: Any, values: Sequence[Any], i: int, number: int
    ) -> tuple[str, Problem | None]:
        """A cell of a column of the form's own."""
        if cell.kind == "f":
            cell = (sheet_cell(values[i]) if i < len(values) else None) or cell
        text, wrong = cell_text(cell, "text")
        if isinstance(cell.value, bool):
            text = str(cell.value).upper()
        fields = {"value": shown(cell.value)}
        problem = Problem(wrong, self.place, number, self.more[i], fields) if wrong else None
        return (text or "").strip(), problem
