"""An Excel workbook as a package: one sheet per table, first row its columns.

Sheets and columns go by their codes or by their labels in either language.
"""

from __future__ import annotations

import warnings
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import polars as pl

from satuhati.core.community import CommunityData
from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats import sheets
from satuhati.formats.assemble import assemble
from satuhati.formats.cells import MAX_PER_COLUMN
from satuhati.formats.choose import choose
from satuhati.formats.csvtext import MAX_MB
from satuhati.formats.headers import columns_of, items_of, named, read_header
from satuhati.formats.rawtable import RawTable
from satuhati.formats.sheetrows import SheetCell, cell_text, numbered_rows, sheet_cell
from satuhati.formats.written import shown
from satuhati.formats.zipguard import check_workbook
from satuhati.schema import TABLES
from satuhati.schema.choices import folded
from satuhati.text import LANGUAGES, Language

MAX_COLUMNS = 2_000
_SLACK = 16
"""Cells looked at beyond the header, to find values that stand under no name."""


class _Sheet(NamedTuple):
    """A sheet as far as it can be read without knowing its table."""

    title: str
    start: int
    header: list[str]
    rows: list[list[SheetCell | None]]
    lines: array[int]


def read_workbook(
    path: str | Path, *, community: str | None = None, max_mb: float = MAX_MB
) -> tuple[CommunityData, tuple[Doubt, ...]]:
    """Read, type and check a workbook; every problem is found, named by sheet, row and column.

    Formulas are not read (their values may be stale): each is a problem. Raises
    :class:`InputError` for a file that is no plain ``.xlsx`` or unpacks beyond ``max_mb``.
    """
    book = Path(path)
    check_workbook(book, max_mb)
    try:
        # Opened here, because openpyxl leaves a file open when it fails on it.
        with warnings.catch_warnings(), book.open("rb") as file:
            warnings.simplefilter("ignore")  # what openpyxl leaves out does not concern us
            return _read(book, file, community)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # openpyxl lets whatever it stumbles on through
        why = type(error).__name__
        raise InputError(Problem("workbook_broken", book.name, fields={"why": why})) from None


def _read(
    book: Path, file: BinaryIO, community: str | None
) -> tuple[CommunityData, tuple[Doubt, ...]]:
    import openpyxl  # start-up time: only when a workbook is read

    problems: list[Problem] = []
    doubts: list[Doubt] = []
    raws: dict[str, RawTable] = {}
    wide: dict[str, RawTable] = {}
    broken: set[str] = set()
    loaded = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
    try:
        found: dict[str, Any] = {}
        for sheet in loaded.worksheets:
            name = folded(sheet.title)
            _enter(sheets.tables_by_title().get(name, name), sheet, found, problems)
        titles = {n: found[n].title for n in TABLES if n in found}
        for name in titles:
            _take(name, found.pop(name), name, raws, broken, problems)
        codes = _instruments(raws)
        for prefix in (sheets.ANSWERS_CODE, *sheets.ANSWERS):
            for code, title in sheets.answer_sheets(codes, prefix).items():
                sheet = found.pop(folded(title), None)
                if sheet is not None and code in wide:
                    fields: dict[str, object] = {"other": wide[code].name}
                    problems.append(Problem("sheet_repeated", sheet.title, fields=fields))
                elif sheet is not None:
                    _take(code, sheet, f"answers/{code}", wide, broken, problems, raws)
        for name, sheet in found.items():
            unknown = _answers_code(sheet.title)
            if unknown is not None and "instruments" not in broken:
                fields = {"id": shown(unknown)}
                problems.append(Problem("answers_unknown_instrument", sheet.title, fields=fields))
            elif name not in _OURS:
                doubts.append(Doubt("file_unknown", {"file": shown(sheet.title)}))
    finally:
        loaded.close()
    if not raws and not problems:
        raise InputError(Problem("workbook_without_tables", book.name))
    data, more = assemble(
        raws,
        wide,
        default_code=community or book.stem,
        broken=frozenset(broken),
        problems=problems,
        doubts=doubts,
        titles=_titles(titles),
    )
    return choose(data, community), more


_OURS = frozenset(folded(word) for word in (*sheets.HELP, *sheets.CHOICES))


def _enter(name: str, sheet: Any, found: dict[str, Any], problems: list[Problem]) -> None:
    if name in found:
        fields = {"other": found[name].title}
        problems.append(Problem("sheet_repeated", sheet.title, fields=fields))
    else:
        found[name] = sheet


def _answers_code(title: str) -> str | None:
    """The instrument that a sheet of answers names; ``None`` for another sheet."""
    for prefix in (sheets.ANSWERS_CODE, *sheets.ANSWERS):
        if title.casefold().startswith(prefix.casefold()):
            return title[len(prefix) :]
    return None


def _titles(found: Mapping[str, str]) -> dict[str, str]:
    """How each table is called: its sheet's title; absent ones in the language of the others."""
    counts: dict[Language, int] = {
        lang: sum(folded(t) == folded(sheets.title(n)(lang)) != n for n, t in found.items())
        for lang in LANGUAGES
    }
    lang = max(LANGUAGES, key=lambda code: counts[code])
    absent = {n: sheets.title(n)(lang) for n in TABLES} if counts[lang] else {}
    return {**absent, **found}


def _instruments(raws: dict[str, RawTable]) -> list[str]:
    raw = raws.get("instruments")
    if raw is None or "id" not in raw.header:
        return []
    codes: list[str] = raw.cells["id"].drop_nulls().str.strip_chars().to_list()
    return codes


def _take(
    name: str,
    sheet: Any,
    table: str,
    into: dict[str, RawTable],
    broken: set[str],
    problems: list[Problem],
    raws: Mapping[str, RawTable] | None = None,
) -> None:
    """Read a sheet into ``into[name]``; of answers, ``raws`` hold the items."""
    before = len(problems)
    loose = _loose(sheet, problems)
    if loose is None:
        return
    items = items_of((raws or {}).get("items"), name) if table != name else {}
    kinds = {n: "text" if t in ("choice", "text") else "number" for n, t in items.items()}
    kinds |= {c.name: c.kind for c in columns_of(table)}
    kinds |= {"id": "reference", "community": "reference"}
    codes = read_header(loose.header, table, items).names
    columns = [
        pl.Series(header, list(_texts(loose, i, kinds.get(codes[i]), problems)), dtype=pl.String)
        for i, header in enumerate(loose.header)
    ]
    raw = RawTable(sheet.title, pl.DataFrame(columns), loose.lines, decimal_comma=True)
    into[name], same = named(raw, table, items, loose.start)
    problems += same
    if len(problems) > before:
        broken.add(name)


def _loose(sheet: Any, problems: list[Problem]) -> _Sheet | None:
    """Header and rows; ``None`` for a sheet without any cell or with a header that is none."""
    title = sheet.title
    sheet.reset_dimensions()  # the size a file declares may be a lie
    header: list[str] = []
    rows: list[list[SheetCell | None]] = []
    lines: array[int] = array("q")
    found = _header(sheet)
    if found is None:
        return None
    start, header = found
    repeated = {h for h in header if header.count(h) > 1}
    for i, name in enumerate(header):
        if not name:
            problems.append(Problem("column_unnamed", title, start, fields={"position": i + 1}))
    for name in sorted(repeated - {""}):
        problems.append(Problem("column_repeated", title, start, name, {"name": name}))
    if repeated or "" in header:
        return None
    width = len(header)
    for number, row in numbered_rows(sheet, width + _SLACK):
        if number <= start:
            continue
        cells = [sheet_cell(c) for c in row]
        if not any(cells):
            continue
        if any(cells[width:]):
            used = max(i for i, c in enumerate(cells) if c) + 1
            fields = {"cells": used, "columns": width}
            problems.append(Problem("row_too_long", title, number, fields=fields))
            continue
        rows.append(cells[:width] + [None] * (width - len(cells)))
        lines.append(number)
    return _Sheet(title, start, header, rows, lines)


def _header(sheet: Any) -> tuple[int, list[str]] | None:
    for number, row in numbered_rows(sheet, MAX_COLUMNS):
        names = [sheets.from_cell(str(c.value)).strip() if sheet_cell(c) else "" for c in row]
        while names and not names[-1]:
            names.pop()
        if names:
            return number, names
    return None


def _texts(
    sheet: _Sheet, i: int, kind: str | None, problems: list[Problem]
) -> Iterator[str | None]:
    """The cells of one column as the text that a CSV file would hold."""
    column = sheet.header[i]
    wrong = 0
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        cell = row[i]
        if cell is None:
            yield None
            continue
        text, code = cell_text(cell, kind)
        if code and kind is not None:
            wrong += 1
            if wrong <= MAX_PER_COLUMN:
                fields = {"value": shown(cell.value)}
                problems.append(Problem(code, sheet.title, line, column, fields))
        yield text
