"""A list of people from an Excel sheet or a CSV file: any order of columns, by their usual names.

The header may stand below a title. Rows that hold only a heading ("SEKSI EKONOMI") count as
headings, and a sheet without any header is read like a pasted list. What can be asked is asked in
the preview; what must be mended in the file is an error with its row and column.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats.csvtext import decode, loose_rows, read_bytes
from satuhati.formats.guard import unguard_name
from satuhati.formats.people_columns import (
    add_told,
    date_in_words,
    field_of,
    said,
    sector_named,
)
from satuhati.formats.people_headings import Heading, Role, only_intro, read_heading
from satuhati.formats.people_line import Names, read_names
from satuhati.formats.people_list import read_people_rows, read_people_text
from satuhati.formats.people_marks import clean, numbered
from satuhati.formats.people_name import Found, tidy
from satuhati.formats.people_pokja import Entry, Pokja
from satuhati.formats.people_result import PastedList, PastedPost
from satuhati.formats.people_words import is_office
from satuhati.formats.sheetrows import cell_text, numbered_rows, sheet_cell
from satuhati.formats.written import EXPECTED, read_date, shown
from satuhati.formats.zipguard import check_workbook

MAX_MB = 20.0
MAX_ROWS = 20_000
"""A list of people is small; more is refused."""
MAX_COLUMNS = 60
_HEADER_WITHIN = 30
_KNOWN = (".xlsx", ".csv", ".tsv", ".txt")


def read_people_sheet(
    path: str | Path, *, name: str | None = None, max_mb: float = MAX_MB
) -> PastedList:
    """Read an ``.xlsx`` or ``.csv`` list of people; lines are rows as the spreadsheet shows them.

    ``name`` is what the file is called in messages (and tells its kind). Raises
    :class:`InputError` for a file that cannot be read, has no names, or holds cells to be mended.
    """
    file = Path(path)
    name = name or file.name
    kind = Path(name).suffix.lower()
    if kind in (".xlsx", ".xls", ".xlsm"):
        check_workbook(file, max_mb, name)
        return _read_workbook(file, name)
    if kind not in _KNOWN:
        fields = {"extension": kind or "–", "known": ", ".join(_KNOWN)}
        raise InputError(Problem("unsupported_extension", name, fields=fields))
    text, doubts = decode(read_bytes(file, max_mb, name), name)
    if "\x00" in text:
        raise InputError(Problem("file_not_text", name))
    if not text.strip():
        raise InputError(Problem("file_empty", name))
    rows = [(n, [unguard_name(cell) for cell in row]) for n, row in loose_rows(text, name)]
    _bounded(name, rows[-1][0] if rows else 0)
    sheet = _Sheet(name, rows)
    # Without a header it is a list that someone saved as a file.
    result = _people(sheet) if sheet.find_header() else read_people_text(text)
    return _with(result, doubts, name)


def _bounded(name: str, row: int) -> None:
    if row > MAX_ROWS:
        fields = {"limit": MAX_ROWS}
        raise InputError(Problem("people_too_many_rows", name, row, fields=fields))


def _with(result: PastedList, doubts: Sequence[Doubt], name: str) -> PastedList:
    if not result.people:
        raise InputError(Problem("people_name_column", name))
    return replace(result, doubts=(*doubts, *result.doubts))


@dataclass(slots=True)
class _Sheet:
    """Rows as text, where the header stands and what its columns are."""

    name: str
    rows: list[tuple[int, list[str]]]
    wrong: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    """Row and column of cells that cannot be read: code of the problem, and what stands there."""
    at: int = -1
    columns: dict[str, int] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)

    def find_header(self) -> bool:
        """Find the row of column names: it has one for names, and mostly others."""
        for at, (_, cells) in enumerate(self.rows[:_HEADER_WITHIN]):
            columns: dict[str, int] = {}
            for i, cell in enumerate(cells):
                if (code := field_of(cell)) is not None:
                    columns.setdefault(code, i)
            filled = sum(1 for cell in cells if cell.strip())
            if "name" in columns and (len(columns) > 1 or filled == 1):
                self.at, self.columns = at, columns
                self.titles = [shown(cell) for cell in cells]
                return True
        return False


# -- workbooks ----------------------------------------------------------------------------------


def _read_workbook(path: Path, name: str) -> PastedList:
    try:
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")  # what openpyxl leaves out does not concern us
            sheets = _sheets(file)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # openpyxl lets whatever it stumbles on through
        why = type(error).__name__
        raise InputError(Problem("workbook_broken", name, fields={"why": why})) from None
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise InputError(Problem("file_empty", name))
    chosen = next((sheet for sheet in filled if sheet.find_header()), None)
    doubts = []
    others = ", ".join(shown(s.name) for s in filled if s is not (chosen or filled[0]))
    if others:
        title = shown((chosen or filled[0]).name)
        fields = {"file": name, "sheet": title, "others": others}
        doubts.append(Doubt("people_other_sheets", fields))
    result = _people(chosen) if chosen else read_people_rows(filled[0].rows)
    return _with(result, doubts, name)


def _sheets(file: Any) -> list[_Sheet]:
    import openpyxl  # start-up time: only when a workbook is read

    loaded = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
    try:
        found = []
        for sheet in loaded.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()  # the size a file declares may be a lie
            found.append(_rows_of(sheet))
        return found
    finally:
        loaded.close()


def _rows_of(sheet: Any) -> _Sheet:
    result = _Sheet(sheet.title, [])
    for number, row in numbered_rows(sheet, MAX_COLUMNS):
        if number > 2 * MAX_ROWS:
            break  # formats alone, far below the list
        cells: list[str] = []
        wrong = False
        for i, raw in enumerate(row):
            cell = sheet_cell(raw)
            text, code = cell_text(cell, "date") if cell else ("", None)
            if code:
                wrong = True
                result.wrong[number, i] = (code, shown(cell.value if cell else ""))
            cells.append(text or "")
        if wrong or any(cell.strip() for cell in cells):
            _bounded(sheet.title, number)
            result.rows.append((number, cells))
    return result


# -- rows ---------------------------------------------------------------------------------------

_MEMBER = Role("member", "Anggota")
_ASKED = ("name", "post", "section", "phone", "rt", "rw", "area", "sex", "organization", "sector",
          "start", "end", "decree", "note")  # fmt: skip


def _people(sheet: _Sheet) -> PastedList:
    reader = _Reader(sheet)
    for number, cells in sheet.rows[: sheet.at]:
        reader.pokja.title(number, " ".join(filter(None, map(str.strip, cells))))
    reader.pokja.say(sheet.rows[sheet.at][0], " · ".join(filter(None, sheet.titles)))
    for number, cells in sheet.rows[sheet.at + 1 :]:
        reader.row(number, cells)
    if reader.problems:
        raise InputError(reader.problems)
    return reader.result()


class _Reader:
    """One row after another, under the header of a sheet."""

    def __init__(self, sheet: _Sheet) -> None:
        self.sheet = sheet
        self.pokja = Pokja()
        self.problems: list[Problem] = []
        self.section: tuple[str | None, str] = (None, "")
        self.unread: dict[str, None] = {}
        self.ids = 0

    def row(self, number: int, cells: Sequence[str]) -> None:
        """One row; whatever it is, it is listed somewhere."""
        sheet, pokja = self.sheet, self.pokja
        text = {c: clean(cells[i]) for c, i in sheet.columns.items() if i < len(cells)}
        full = [cell.strip() for cell in cells if cell.strip()]
        whole = " ".join(full)
        if len(full) > 1 and text.get("name") and all(map(field_of, full)):
            return pokja.say(number, whole)  # the header once more, on a further page
        self._faults(number)
        self._beside_columns(cells)
        self.ids += bool(text.get("id"))
        written = numbered(text.get("name", ""))[2]
        if not written or (len(full) == 1 and read_heading(written)):
            return self._no_name(number, whole, full)
        got = read_names(written)
        if not got.people:
            return pokja.ignore(number, whole, "line_no_name")
        for found in got.people:
            self._fill(number, found, got, text)
        return None

    def _no_name(self, number: int, whole: str, full: Sequence[str]) -> None:
        told = [cell for cell in full if not cell.strip(" .").isdigit()]
        heading = read_heading(clean(told[0]).strip(" .:-"), True) if len(told) == 1 else None
        if heading:
            self.pokja.enter(number, whole, heading)
            self.section = (None, "")
        elif len(told) == 1 and only_intro(told[0]):
            self.pokja.title(number, whole)
        else:
            self.pokja.ignore(number, whole, "line_no_name" if told else "line_empty_item")

    def _faults(self, number: int) -> None:
        for code in _ASKED:
            i = self.sheet.columns.get(code, -1)
            if (number, i) in self.sheet.wrong:
                problem, value = self.sheet.wrong[number, i]
                self._problem(problem, number, code, {"value": value})

    def _problem(self, code: str, row: int, column: str, fields: Mapping[str, object]) -> None:
        title = self._title(column)
        self.problems.append(Problem(code, self.sheet.name, row, title, fields))

    def _title(self, column: str) -> str:
        return self.sheet.titles[self.sheet.columns[column]]

    def _beside_columns(self, cells: Sequence[str]) -> None:
        """Columns that hold something and are not read."""
        known = set(self.sheet.columns.values())
        for i, cell in enumerate(cells):
            if i not in known and cell.strip():
                titles = self.sheet.titles
                name = titles[i] if i < len(titles) and titles[i] else f"({i + 1})"
                self.unread[name] = None

    def _fill(self, number: int, found: Found, got: Names, text: Mapping[str, str]) -> None:
        """What the columns tell of a person."""
        pokja = self.pokja
        other = self._posts(found, text)
        add_told(found, text)
        start, end = self._date(number, "start", text), self._date(number, "end", text)
        if start and end and end < start:
            fields = {"column": self._title("end"), "value": end,
                      "other": self._title("start"), "limit": start}  # fmt: skip
            self._problem("order_dates", number, "end", fields)
        pokja.take(number, Names([found], id_number=got.id_number))
        entry: Entry = pokja.entries[-1]
        entry.questions |= found.unsure
        if other:
            entry.add(PastedPost("other", other, None, number))
            entry.questions.add("post")
        if text.get("sector"):
            entry.sector = sector_named(text["sector"])
        if len(got.people) > 1:
            entry.questions.add("name")
        decree = said(text.get("decree", ""))
        entry.posts = [replace(p, start=start, end=end, decree=decree) for p in entry.posts]

    def _posts(self, found: Found, text: Mapping[str, str]) -> str:
        """Heading from the columns of post and section; a post of no known kind is returned."""
        post, section = said(text.get("post", "")), said(text.get("section", ""))
        heading = read_heading(post, True) if post else None
        at = read_heading(f"Seksi {section}", True) if section else None
        own, label = (at.section, at.label) if at else (None, section and tidy(section))
        other = ""
        if post and heading is None:
            if is_office(post.split()):
                found.comes_from(post)
            else:
                other = tidy(post)
        roles = heading.roles if heading else ()
        if heading and (heading.section or heading.label):
            own, label = own or heading.section, label or heading.label
        inner = not roles or {r.code for r in roles} <= {"head", "member"}
        carried = "section" in text and not (own or label) and any(self.section)
        if carried and inner and not other and (roles or not post):
            own, label = self.section  # merged cells leave all but the first empty
            found.unsure.add("section")
        elif own or label:
            self.section = (own, label)
        if other:
            return other
        if roles or own or label:
            guessed = bool(heading and heading.guessed)
            found.headings = [Heading(roles or (_MEMBER,), own, label, guessed)]
        return ""

    def _date(self, number: int, column: str, text: Mapping[str, str]) -> dt.date | None:
        value = said(text.get(column, ""))
        if not value:
            return None
        try:
            found = read_date(value) or date_in_words(value)
        except ValueError:
            self._problem("date_impossible", number, column, {"value": shown(value)})
            return None
        if found is None:
            expected, example = EXPECTED["date"]
            fields = {"value": shown(value), "expected": expected, "example": example}
            self._problem("value_type", number, column, fields)
        return found

    def result(self) -> PastedList:
        """Everyone, and what is to be said of the sheet."""
        result = self.pokja.result()
        doubts = list(result.doubts)
        if self.unread:
            fields = {"file": self.sheet.name, "columns": ", ".join(self.unread)}
            doubts.append(Doubt("people_columns_unread", fields))
        if self.ids:
            doubts.append(Doubt("people_id_number", {"n": self.ids}))
        return replace(result, doubts=tuple(doubts))
