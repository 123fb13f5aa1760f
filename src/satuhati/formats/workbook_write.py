"""A package as an Excel workbook to fill in: help sheet, drop-downs, explained columns.

On screen there are words only: sheets, columns and choices bear their labels in one language.
Codes stand in comments and on the sheets Petunjuk and Pilihan; the reader takes either.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import polars as pl

from satuhati.core.community import CommunityData
from satuhati.errors import InputError, Problem
from satuhati.formats import sheets
from satuhati.formats.atomic import write_all
from satuhati.formats.folder import TEMPLATE
from satuhati.formats.headers import columns_of, titles_for
from satuhati.schema import ANSWER_KEYS, TABLES, Column
from satuhati.schema.choices import choice_label
from satuhati.text import Language, Text

ROOM = 1_000
"""Empty rows below the data in which drop-downs work as well."""

_MAX_INLINE = 250  # Excel takes 255 characters for a list written into the rule itself
_SAFE_INTEGER = 10**15
_FONT = "Calibri"  # named, or some programs set a heading in a face of their own
_YES_NO = Text("ya,tidak", "yes,no")
_LONG = ("text", "text_id", "text_en", "description", "reason", "note", "definition", "memo")

_INTRODUCTION = (
    Text("Isi lembar-lembar ini dari atas ke bawah; lembar di bawah merujuk yang di atas.",
         "Fill in the sheets from top to bottom; lower ones refer to upper ones."),
    Text("Tidak perlu semuanya: satu lembar saja sudah memberi profil yang jujur.",
         "Not all are needed: a single sheet gives an honest profile."),
    Text("Jangan ubah baris judul. Arahkan penunjuk ke judul kolom untuk melihat artinya.",
         "Do not change the header row. Point at a column's name to see what it means."),
    Text("Kolom berjudul kuning wajib diisi. Sel kosong berarti tidak ada isian.",
         "Yellow headings are required. An empty cell means that there is no entry."),
    Text("Tiap baris perlu kode sendiri di kolom pertama, misalnya r1, r2; lembar lain merujuk "
         "baris itu dengan kodenya.",
         "Every row needs an ID of its own in the first column, such as r1, r2; other sheets "
         "refer to the row by it."),
    Text("Tulis nilai, bukan rumus. Sel berdaftar diisi dengan memilih dari daftarnya; semua "
         "pilihan ada di lembar Pilihan.",
         "Write values, not formulas. Where a cell has a list, pick from it; all choices are on "
         "the sheet Choices."),
    Text("Jawaban kuesioner ditulis di lembar 'Jawaban KODE', KODE dari lembar Kuesioner: satu "
         "baris satu orang, satu kolom tiap butir.",
         "Answers to a questionnaire go on a sheet 'Answers ID', with the ID from the sheet "
         "Instruments: a row for each person, a column for each item."),
    Text("Bila memang tidak ada kejadian, nyatakan di lembar 'Memang tidak ada'.",
         "Where there really was nothing, say so on the sheet 'Confirmed absence'."),
)  # fmt: skip


def write_workbook(
    data: CommunityData,
    path: str | Path,
    *,
    overwrite: bool = False,
    lang: Language = "id",
    tables: Collection[str] = (),
) -> tuple[str, ...]:
    """Write a workbook, whole or not at all; returns the names of its sheets.

    Sheets of the template, and of ``tables``, are there even without rows, so that they can be
    filled in. ``lang`` is the language of everything on screen. Raises :class:`InputError` if the
    file exists (without ``overwrite``), cannot be written, or a text or table is too large for
    Excel.
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
        raise InputError(
            Problem(
                "output_unwritable",
                target.name,
                fields={"why": Text("foldernya belum ada", "its folder does not exist")},
            )
        )
    content = io.BytesIO()
    book = _build(data, lang, tables)
    book.save(content)
    write_all({target: content.getvalue()})
    return tuple(book.sheetnames)


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


@dataclass(frozen=True, slots=True)
class _Making:
    """What every sheet of one workbook shares."""

    book: Any
    lang: Language
    keyed: bool
    """Whether rows say their community."""
    names: tuple[str, ...]
    places: Mapping[tuple[str, ...], str]
    """Where each list of words stands on the sheet of choices."""


def _build(data: CommunityData, lang: Language, tables: Collection[str]) -> Any:
    import openpyxl  # start-up time: only when a workbook is written

    book = openpyxl.Workbook(write_only=True)
    names = tuple(n for n in TABLES if n in TEMPLATE or n in tables or data.tables[n].height)
    codes = {*data.tables["instruments"]["id"].drop_nulls(), *data.answers}
    titles = sheets.answer_sheets(codes, sheets.ANSWERS(lang))
    answers = {code: titles[code] for code in data.answers}
    _help(book, data, names, answers, lang)
    keyed = len(data.communities) > 1
    making = _Making(book, lang, keyed, names, _choices(book, names, lang))
    for name in names:
        frame = data.tables[name]
        bare = name == "community" or not keyed
        _sheet(making, sheets.title(name)(lang), name, frame.drop("community") if bare else frame)
    items = data.tables["items"]
    for code, title in answers.items():
        frame = data.answers[code]
        frame = frame if keyed else frame.drop("community")
        mine = items.filter(pl.col("instrument") == code)
        wording = dict(mine.select("name", f"text_{lang}").iter_rows())
        _sheet(making, title, "answers", frame, wording)
    return book


def _new(book: Any, title: str) -> Any:
    """A sheet that prints on pages as wide as itself."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = book.create_sheet(title)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return sheet


def _help(
    book: Any,
    data: CommunityData,
    names: Sequence[str],
    answers: Mapping[str, str],
    lang: Language,
) -> None:
    sheet = _new(book, sheets.HELP(lang))
    for letter, width in (("A", 6), ("B", 32), ("C", 96), ("D", 24)):
        sheet.column_dimensions[letter].width = width
    if data.tables["community"]["synthetic"].fill_null(False).any():
        _append(sheet, [Text("DATA REKAAN (SINTETIS)", "SYNTHETIC DATA")(lang)], bold=True)
    _append(sheet, [Text("Satu Hati – Petunjuk", "Satu Hati – Instructions")(lang)], bold=True)
    for i, words in enumerate(_INTRODUCTION, 1):
        _append(sheet, [f"{i}.", words(lang)])  # runs on over the empty cells beside it
    _append(sheet, [])
    header = Text("No.|Lembar|Isi|Nama di berkas CSV", "No.|Sheet|Content|Name as a CSV file")
    _append(sheet, header(lang).split("|"), bold=True)
    for i, name in enumerate(names, 1):
        table = TABLES[name]
        _append(sheet, [str(i), sheets.title(name)(lang), table.meaning(lang), name], wrap=True)
    for i, (code, title) in enumerate(answers.items(), len(names) + 1):
        words = Text(
            f"Jawaban kuesioner {code}: satu baris satu orang pada satu putaran.",
            f"Answers to the questionnaire {code}: a row is a person in a round.",
        )
        _append(sheet, [str(i), title, words(lang), f"answers/{code}"], wrap=True)


def _choices(book: Any, names: Sequence[str], lang: Language) -> dict[tuple[str, ...], str]:
    """The sheet of choices; where each list of words stands on it."""
    title = sheets.CHOICES(lang)
    sheet = _new(book, title)
    for letter, width in (("A", 30), ("B", 26), ("C", 44), ("D", 44), ("E", 28)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    header = Text("Lembar|Kolom|Pilihan|Bahasa Inggris|Kode", "Sheet|Column|Choice|Indonesian|Code")
    _append(sheet, header(lang).split("|"), bold=True)
    places: dict[tuple[str, ...], str] = {}
    row = 1
    for name in (*names, "answers"):
        shown = sheets.title(name)(lang) if name in TABLES else sheets.ANSWERS(lang).strip()
        for column in columns_of(name):
            if not column.choices:
                continue
            first = row + 1
            for code in column.choices:
                label = choice_label(name, column.name, code)
                other = label.en if lang == "id" else label.id
                _append(sheet, [shown, column.label(lang), label(lang), other, code])
                row += 1
            places.setdefault(_words(name, column, lang), f"'{title}'!$C${first}:$C${row}")
    return places


def _words(table: str, column: Column, lang: Language) -> tuple[str, ...]:
    return tuple(choice_label(table, column.name, code)(lang) for code in column.choices)


def _sheet(
    making: _Making,
    title: str,
    table: str,
    frame: pl.DataFrame,
    wording: Mapping[str, str | None] | None = None,
) -> None:
    from openpyxl.utils import get_column_letter

    sheet = _new(making.book, title)
    sheet.print_title_rows = "1:1"
    sheet.freeze_panes = "B2"
    sheet.row_dimensions[1].height = 32  # room for a label on two lines
    items = [n for n in frame.columns if n not in _KEYS] if table == "answers" else []
    titles = titles_for(table, making.lang, items)
    declared = {c.name: c for c in columns_of(table)}
    header = []
    words: list[Mapping[str, str]] = []
    last = frame.height + 1 + ROOM
    for i, name in enumerate(frame.columns, 1):
        letter = get_column_letter(i)
        column = declared.get(name)
        shown = titles.get(name, name)
        dimension = sheet.column_dimensions[letter]
        dimension.width = _width(name, shown, column, table, making.lang)
        dimension.number_format = _format(frame.schema[name])
        said = (wording or {}).get(name) or ""
        header.append(_heading(sheet, name, shown, column, said, making.lang))
        words.append({})
        if column is not None:
            _validate(sheet, table, column, f"{letter}2:{letter}{last}", making)
            names = _words(table, column, making.lang)
            words[-1] = dict(zip(column.choices, names, strict=True))
    sheet.append(header)
    formats = [_format(kind) for kind in frame.dtypes]
    yes_no = _YES_NO(making.lang).split(",")
    for row in frame.iter_rows():
        cells = zip(row, formats, words, strict=True)
        sheet.append([_cell(sheet, w.get(v, v) if w else v, f, yes_no) for v, f, w in cells])


_KEYS = frozenset({"community", *(c.name for c in ANSWER_KEYS)})


def _width(name: str, shown: str, column: Column | None, table: str, lang: Language) -> float:
    """Room for the longest choice, or for the label on two lines."""
    free = column is not None and column.kind == "text" and name != "id"
    if free and name in _LONG:
        return 60
    longest = max(map(len, _words(table, column, lang)), default=24 * free) if column else 0
    word = max(map(len, shown.split()), default=0)
    return min(max(14, longest + 2, word + 3, len(shown) / 2 + 4), 44)


def _format(kind: pl.DataType) -> str:
    if kind in (pl.Int64(), pl.Float64()):
        return "General"
    return "yyyy-mm-dd" if kind == pl.Date() else "@"


def _heading(
    sheet: Any, name: str, shown: str, column: Column | None, said: str, lang: Language
) -> Any:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = _cell(sheet, shown, "@")
    cell.font = Font(name=_FONT, bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    if column is not None and column.required:
        cell.fill = PatternFill("solid", fgColor="FFF2CC")
    if column is not None:
        said = column.meaning(lang)
    about = Text("kode kolom", "column code")(lang)
    text = f"{shown}. {said}".rstrip(". ") + f".\n\n({about}: {name})"
    cell.comment = Comment(sheets.to_cell(text)[:1_000], "Satu Hati", height=140, width=320)
    return cell


def _validate(sheet: Any, table: str, column: Column, where: str, making: _Making) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    style: Literal["stop", "warning"] = "stop"
    if column.kind == "boolean":
        source = f'"{_YES_NO(making.lang)}"'
    elif column.choices:
        words = _words(table, column, making.lang)
        inline = ",".join(words)
        # In a list written into the rule, a comma parts two choices.
        short = len(inline) <= _MAX_INLINE and not any(c in w for w in words for c in ',"')
        source = f'"{inline}"' if short else making.places[words]
    elif column.table in making.names:
        letter = "B" if making.keyed and column.table != "community" else "A"
        title = sheets.title(column.table)(making.lang).replace("'", "''")
        source = f"'{title}'!${letter}$2:${letter}$5000"
        style = "warning"  # a list has an end, a register may grow beyond it
    else:
        return
    rule = DataValidation(
        type="list", formula1=source, allow_blank=True, errorStyle=style, sqref=where
    )
    rule.errorTitle = column.label(making.lang)[:32]
    rule.error = Text("Pilih dari daftar.", "Choose from the list.")(making.lang)
    sheet.data_validations.append(rule)


def _cell(
    sheet: Any, value: Any, number_format: str, yes_no: Sequence[str] = ("true", "false")
) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if value is None or value != value:
        return None
    if isinstance(value, bool):
        value = yes_no[0] if value else yes_no[1]
    elif isinstance(value, dt.date) and value.year < 1901:
        value = value.isoformat()  # Excel's calendar begins in 1900
    elif isinstance(value, int) and abs(value) >= _SAFE_INTEGER:
        value = str(value)  # Excel keeps fifteen digits
    if not isinstance(value, str):
        cell: Any = WriteOnlyCell(sheet, value)
        if isinstance(value, float):
            cell._value = repr(value)  # openpyxl would write 16 digits; a float may need 17
        if number_format != "General":  # a date, which would else touch the next column
            cell.number_format = number_format
            cell.alignment = Alignment(horizontal="left")
        return cell
    cell = WriteOnlyCell(sheet)
    cell.value = sheets.to_cell(value)
    cell.data_type = "s"  # text, even where it looks like a formula or an error
    cell.number_format = "@"
    return cell


def _append(
    sheet: Any,
    texts: Sequence[str],
    *,
    bold: bool = False,
    wrap: bool = False,
) -> None:
    from openpyxl.styles import Alignment, Font

    cells = [_cell(sheet, t, "@") if t else None for t in texts]
    for cell in cells:
        if cell is not None:
            cell.font = Font(name=_FONT, bold=bold)
            cell.alignment = Alignment(wrap_text=wrap, vertical="top")
    sheet.append(cells)
