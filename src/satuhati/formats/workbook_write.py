"""A package as an Excel workbook to fill in: help sheet, drop-downs, explained columns."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

import polars as pl

from satuhati.core.community import CommunityData
from satuhati.errors import InputError, Problem
from satuhati.formats import sheets
from satuhati.formats.atomic import write_all
from satuhati.formats.folder import TEMPLATE
from satuhati.schema import ANSWER_KEYS, TABLES, Column
from satuhati.schema.choices import choice_label

ROOM = 1_000
"""Empty rows below the data in which drop-downs work as well."""

_MAX_INLINE = 250  # Excel takes 255 characters for a list written into the rule itself
_SAFE_INTEGER = 10**15
_YES_NO = ("ya", "tidak")

_INTRODUCTION = (
    ("Isi lembar-lembar ini dari atas ke bawah; lembar di bawah merujuk yang di atas.",
     "Fill in the sheets from top to bottom; lower ones refer to upper ones."),
    ("Tidak perlu semuanya: satu lembar saja sudah memberi profil yang jujur.",
     "Not all are needed: a single sheet gives an honest profile."),
    ("Jangan ubah baris pertama. Arahkan penunjuk ke judul kolom untuk melihat artinya.",
     "Do not change the first row. Point at a column's name to see what it means."),
    ("Kolom berlatar kuning wajib diisi. Sel kosong berarti tidak ada isian.",
     "Yellow columns are required. An empty cell means that there is no entry."),
    ("Tulis nilai, bukan rumus. Arti kode pilihan ada di lembar Pilihan.",
     "Write values, not formulas. The sheet Pilihan says what the codes mean."),
    ("Bila memang tidak ada kejadian, nyatakan di lembar confirmed_empty.",
     "Where there really was nothing, say so in the sheet confirmed_empty."),
)  # fmt: skip


def write_workbook(data: CommunityData, path: str | Path, *, overwrite: bool = False) -> None:
    """Write a workbook, whole or not at all.

    Sheets of the template are there even without rows, so that they can be filled in. Raises
    :class:`InputError` if the file exists (without ``overwrite``), cannot be written, or a text
    or table is too large for Excel.
    """
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        fields = {"extension": target.suffix, "known": ".xlsx"}
        raise InputError(Problem("unsupported_extension", target.name, fields=fields))
    if target.exists() and not overwrite:
        raise InputError(Problem("file_exists", target.name))
    problems = list(_too_large(data))
    if problems:
        raise InputError(problems)
    if not target.parent.is_dir():
        # Looked at first: a workbook begun and never saved complains when it is collected.
        raise InputError(Problem("output_unwritable", target.name, fields={"why": "folder?"}))
    content = io.BytesIO()
    _build(data).save(content)
    write_all({target: content.getvalue()})


def _too_large(data: CommunityData) -> Iterable[Problem]:
    named = {**data.tables, **{f"answers/{n}": f for n, f in data.answers.items()}}
    for name, frame in named.items():
        if frame.height >= sheets.MAX_ROWS:
            fields = {"n": frame.height, "limit": sheets.MAX_ROWS - 1}
            yield Problem("workbook_too_many_rows", name, fields=fields)
        for column in frame.get_columns():
            if column.dtype != pl.String() or (column.str.len_bytes().max() or 0) <= 4_000:  # type: ignore[operator]
                continue
            for i, text in enumerate(column.to_list()):
                size = len(sheets.to_cell(text).encode("utf-16-le")) // 2 if text else 0
                if size > sheets.MAX_CELL:
                    fields = {"n": size, "limit": sheets.MAX_CELL}
                    yield Problem("cell_too_long", name, i + 2, column.name, fields)


def _build(data: CommunityData) -> Any:
    import openpyxl  # start-up time: only when a workbook is written

    book = openpyxl.Workbook(write_only=True)
    names = [n for n in TABLES if n in TEMPLATE or data.tables[n].height]
    answers = sheets.answer_sheets(data.answers)
    _help(book, data, names, answers)
    keyed = len(data.communities) > 1
    places = _choices(book, names)
    for name in names:
        frame = data.tables[name]
        bare = name == "community" or not keyed
        columns = TABLES[name].columns
        frame = frame.drop("community") if bare else frame
        _sheet(book, name, name, columns, frame, places, keyed)
    items = data.tables["items"]
    for code, title in answers.items():
        frame = data.answers[code]
        frame = frame if keyed else frame.drop("community")
        mine = items.filter(pl.col("instrument") == code)
        wording = dict(mine.select("name", "text_id").iter_rows())
        _sheet(book, title, "answers", ANSWER_KEYS, frame, places, keyed, wording)
    return book


def _help(book: Any, data: CommunityData, names: Sequence[str], answers: dict[str, str]) -> None:
    sheet = book.create_sheet(sheets.HELP)
    for letter, width in (("A", 6), ("B", 30), ("C", 30), ("D", 70), ("E", 70)):
        sheet.column_dimensions[letter].width = width
    if data.tables["community"]["synthetic"].fill_null(False).any():
        _append(sheet, ["DATA REKAAN (SINTETIS) / SYNTHETIC DATA"], bold=True)
    _append(sheet, ["Satu Hati – Petunjuk / Instructions"], bold=True)
    for words in _INTRODUCTION:
        _append(sheet, ["", "", "", *words], wrap=True)
    _append(
        sheet, ["No.", "Lembar / Sheet", "Isi / Content", "Penjelasan", "Explanation"], bold=True
    )
    for i, name in enumerate(names, 1):
        table = TABLES[name]
        cells = [str(i), name, f"{table.label.id} / {table.label.en}", *table.meaning]
        _append(sheet, cells, wrap=True)
    for i, (code, title) in enumerate(answers.items(), len(names) + 1):
        words = (
            f"Jawaban kuesioner {code}: satu baris satu orang pada satu putaran.",
            f"Answers to the questionnaire {code}: a row is a person in a round.",
        )
        _append(sheet, [str(i), title, "Jawaban / Answers", *words], wrap=True)


def _choices(book: Any, names: Sequence[str]) -> dict[tuple[str, ...], str]:
    """The sheet of codes and their meaning; where each list of codes stands."""
    sheet = book.create_sheet(sheets.CHOICES)
    for letter, width in (("A", 22), ("B", 20), ("C", 34), ("D", 50), ("E", 50)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    header = ["Lembar / Sheet", "Kolom / Column", "Kode / Code", "Arti", "Meaning"]
    _append(sheet, header, bold=True)
    places: dict[tuple[str, ...], str] = {}
    row = 1
    tables = [(n, TABLES[n].columns) for n in names] + [("answers", ANSWER_KEYS)]
    for name, columns in tables:
        for column in columns:
            if not column.choices:
                continue
            first = row + 1
            for code in column.choices:
                label = choice_label(name, column.name, code)
                _append(sheet, [name, column.name, code, label.id, label.en])
                row += 1
            places.setdefault(column.choices, f"'{sheets.CHOICES}'!$C${first}:$C${row}")
    return places


def _sheet(
    book: Any,
    title: str,
    table: str,
    columns: Sequence[Column],
    frame: pl.DataFrame,
    places: dict[tuple[str, ...], str],
    keyed: bool,
    wording: dict[str, str | None] | None = None,
) -> None:
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    declared = {c.name: c for c in columns}
    header = []
    last = frame.height + 1 + ROOM
    for i, name in enumerate(frame.columns, 1):
        letter = get_column_letter(i)
        column = declared.get(name)
        dimension = sheet.column_dimensions[letter]
        dimension.width = 40 if name in ("text", "description", "reason", "note") else 18
        dimension.number_format = _format(frame.schema[name])
        header.append(_heading(sheet, name, column, (wording or {}).get(name), Comment))
        if column is not None:
            _validate(sheet, column, f"{letter}2:{letter}{last}", places, keyed)
    sheet.append(header)
    formats = [_format(kind) for kind in frame.dtypes]
    for row in frame.iter_rows():
        sheet.append([_cell(sheet, v, f) for v, f in zip(row, formats, strict=True)])


def _format(kind: pl.DataType) -> str:
    if kind in (pl.Int64(), pl.Float64()):
        return "General"
    return "yyyy-mm-dd" if kind == pl.Date() else "@"


def _heading(
    sheet: Any, name: str, column: Column | None, wording: str | None, comment: Any
) -> Any:
    from openpyxl.styles import Font, PatternFill

    cell = _cell(sheet, name, "@")
    cell.font = Font(bold=True)
    if column is not None and column.required:
        cell.fill = PatternFill("solid", fgColor="FFF2CC")
    said = wording or ""
    if column is not None:
        said = f"{column.label.id}. {column.meaning.id}\n\n{column.label.en}. {column.meaning.en}"
    if said:
        cell.comment = comment(sheets.to_cell(said)[:1_000], "Satu Hati", height=140, width=320)
    return cell


def _validate(
    sheet: Any, column: Column, where: str, places: dict[tuple[str, ...], str], keyed: bool
) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    style: Literal["stop", "warning"] = "stop"
    if column.kind == "boolean":
        source = f'"{",".join(_YES_NO)}"'
    elif column.choices:
        inline = ",".join(column.choices)
        source = f'"{inline}"' if len(inline) <= _MAX_INLINE else places[column.choices]
    elif column.table in TABLES and (column.table in TEMPLATE):
        letter = "B" if keyed and column.table != "community" else "A"
        source = f"'{column.table}'!${letter}$2:${letter}$5000"
        style = "warning"  # a list has an end, a register may grow beyond it
    else:
        return
    rule = DataValidation(
        type="list", formula1=source, allow_blank=True, errorStyle=style, sqref=where
    )
    rule.errorTitle = column.label.id[:32]
    rule.error = "Pilih dari daftar. / Choose from the list."
    sheet.data_validations.append(rule)


def _cell(sheet: Any, value: Any, number_format: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if value is None or value != value:
        return None
    if isinstance(value, bool):
        value = _YES_NO[0] if value else _YES_NO[1]
    elif isinstance(value, dt.date) and value.year < 1901:
        value = value.isoformat()  # Excel's calendar begins in 1900
    elif isinstance(value, int) and abs(value) >= _SAFE_INTEGER:
        value = str(value)  # Excel keeps fifteen digits
    if not isinstance(value, str):
        cell: Any = WriteOnlyCell(sheet, value)
        if isinstance(value, float):
            cell._value = repr(value)  # openpyxl would write 16 digits; a float may need 17
        if number_format != "General":
            cell.number_format = number_format
        return cell
    cell = WriteOnlyCell(sheet)
    cell.value = sheets.to_cell(value)
    cell.data_type = "s"  # text, even where it looks like a formula or an error
    cell.number_format = "@"
    return cell


def _append(sheet: Any, texts: Sequence[str], *, bold: bool = False, wrap: bool = False) -> None:
    from openpyxl.styles import Alignment, Font

    cells = [_cell(sheet, t, "@") if t else None for t in texts]
    for cell in cells:
        if cell is not None:
            cell.font = Font(bold=bold)
            cell.alignment = Alignment(wrap_text=wrap, vertical="top")
    sheet.append(cells)
