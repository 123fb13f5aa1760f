"""A questionnaire made ready for ODK Collect: an XLSForm with what is asked around it.

The workbook may be one of ours or anybody's: its rows are copied as they are, cell by cell, and
ours are put before and behind them. So a stranger's form stays that form.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from satuhati.formats.sheetrows import numbered_rows
from satuhati.formats.xlsform.model import Choice
from satuhati.formats.xlsform.names import CHOICES, SETTINGS, SURVEY, WORDED, column_of
from satuhati.formats.xlsform.sheet import GAP, MAX_COLUMNS
from satuhati.text import Text

_ONE_COLON = re.compile(r"(?<!jr):")
PREFIX = "satuhati_"
"""Names of what we add begin with it."""


@dataclass(frozen=True, slots=True)
class Added:
    """A row that is put into the survey sheet."""

    type: str
    name: str
    label: Text | None = None
    choices: tuple[Choice, ...] = ()
    required: bool = False
    appearance: str = ""
    required_message: Text | None = None
    relevant: str = ""


def for_phones(
    content: bytes,
    *,
    form_id: str,
    version: str,
    title: str,
    before: Sequence[Added],
    after: Sequence[Added] = (),
) -> bytes:
    """The workbook with our rows and our settings. It must have been accepted by ``read_form``."""
    import openpyxl  # start-up time: only when a form is made

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out does not concern us
        source = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = {sheet.title: list(_lines(sheet)) for sheet in source.worksheets}
        source.close()
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    names = {title.strip().lower(): title for title in sheets}
    survey = _Rows(sheets[names[SURVEY]])
    languages = survey.languages("label")
    choices = _Rows(sheets.setdefault(names.get(CHOICES, CHOICES), []))
    choices.need("list_name", "name")
    if not choices.languages("label"):
        choices.need(*(_head("label", code) for code in languages))
    survey.need("required", "appearance")
    if any(row.relevant for row in (*before, *after)):
        survey.need("relevant")
    if any(row.required_message for row in (*before, *after)):
        for code in languages:
            survey.need(_head("required_message", code))
    survey.insert(0, [survey.row(row) for row in before])
    survey.add([survey.row(row) for row in after])
    for row in (*before, *after):
        choices.add([choices.choice(PREFIX + row.name, one) for one in row.choices])
    settings = _Rows(sheets.setdefault(names.get(SETTINGS, SETTINGS), []))
    settings.need("form_title", "form_id", "version")
    settings.set({"form_title": title, "form_id": form_id, "version": version})
    for name, rows in sheets.items():
        sheet: Any = made.create_sheet(name)
        for line in rows:
            sheet.append([_cell(value) for value in line])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _lines(sheet: Any) -> Iterator[list[Any]]:
    """Rows as far as pyxform reads them: some sheets are formatted to the last row of Excel."""
    sheet.reset_dimensions()  # the size a file declares may be a lie
    empty = 0
    for _, cells in numbered_rows(sheet, MAX_COLUMNS):
        values = [getattr(cell, "value", cell) for cell in cells]
        if any(value is not None for value in values):
            yield from ([] for _ in range(empty))
            yield values
            empty = 0
        elif (empty := empty + 1) > GAP:
            return


def _head(column: str, code: str) -> str:
    return f"{column}::{code}" if code else column


def _cell(value: Any) -> Any:
    """Text stays text, also where it begins like a formula: a blank before it changes nothing."""
    return f" {value}" if isinstance(value, str) and value.startswith("=") else value


class _Rows:
    """A sheet as rows whose first that is not empty names the columns."""

    def __init__(self, rows: list[list[Any]]) -> None:
        self.rows = rows
        while rows and not any(rows[0]):
            del rows[0]
        if not rows:
            rows.append([])
        width = max((n for n, cell in enumerate(rows[0], 1) if cell is not None), default=0)
        for row in rows:
            del row[width:]  # columns without a head; ours must not stand behind them
        self.heads = [str(cell).strip() if cell is not None else "" for cell in rows[0]]
        if not any("::" in head for head in self.heads):
            # One colon is an older spelling; pyxform knows it only where nobody writes two.
            self.heads = [_ONE_COLON.sub("::", head) for head in self.heads]
        self.columns = [column_of(head) if head else ("", None) for head in self.heads]

    def languages(self, column: str) -> list[str]:
        """As they are written in the heads, so that no language is made twice."""
        found = []
        for head, (name, _) in zip(self.heads, self.columns, strict=True):
            if name == column:
                found.append(head.partition(":")[2].lstrip(":").strip())
        return found

    def need(self, *heads: str) -> None:
        for head in heads:
            if column_of(head) not in self.columns:
                self.heads.append(head)
                self.columns.append(column_of(head))
        self.rows[0] = list(self.heads)

    def _line(self, cells: dict[str, Any], worded: dict[str, Text | str | None]) -> list[Any]:
        found: list[Any] = []
        for column, code in self.columns:
            if column in WORDED and (text := worded.get(column)) is not None:
                plain = isinstance(text, str)
                found.append(text if plain else text("en" if code == "en" else "id"))  # type: ignore[operator]
            else:
                found.append(cells.get(column))
        return found

    def row(self, one: Added) -> list[Any]:
        kind = f"{one.type} {PREFIX}{one.name}" if one.choices else one.type
        cells = {
            "type": kind, "name": one.name, "required": "yes" if one.required else None,
            "appearance": one.appearance or None, "relevant": one.relevant or None,
        }  # fmt: skip
        return self._line(cells, {"label": one.label, "required_message": one.required_message})

    def choice(self, listed: str, one: Choice) -> list[Any]:
        cells = {"list_name": listed, "name": one.name}
        own = Text(one.label("id"), one.label("en"))
        return self._line(cells, {"label": own})

    def insert(self, at: int, rows: list[list[Any]]) -> None:
        self.rows[at + 1 : at + 1] = rows

    def add(self, rows: list[list[Any]]) -> None:
        self.rows.extend(rows)

    def set(self, values: dict[str, str]) -> None:
        while len(self.rows) < 2:
            self.rows.append([])
        row = self.rows[1]
        row.extend([None] * (len(self.heads) - len(row)))
        for at, (column, _) in enumerate(self.columns):
            if column in values:
                row[at] = values[column]
