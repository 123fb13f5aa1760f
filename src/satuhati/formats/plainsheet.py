"""A list as CSV text or as a plain Excel workbook, for downloads. Without Polars or openpyxl.

What stands in a cell is text, a whole number or a date, never a formula: in CSV text that a
spreadsheet would run is guarded (:mod:`satuhati.formats.guard`); in a workbook every text cell is
declared as text, and marked so that it stays text when it is edited or saved elsewhere.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from satuhati.formats.guard import guard_name

Cell = str | int | dt.date | None

MAX_TEXT = 32_767
"""Characters a cell of Excel holds."""
_EPOCH = dt.date(1899, 12, 30)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT, _HEAD, _DATE, _QUOTED = 0, 1, 2, 3
"""Styles, by their place in ``_STYLES``."""

_STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/><xf quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.styles+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
_REL = (
    '<Relationship Id="rId{}" Target="{}" Type="http://schemas.openxmlformats.org/officeDocument'
    '/2006/relationships/{}"/>'
)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell | float]]) -> str:
    """CSV with ISO dates and figures in full; text that would run as a formula is guarded."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard_name(name) for name in header])
    for row in rows:
        writer.writerow([_for_csv(cell) for cell in row])
    return out.getvalue()


def _for_csv(cell: Cell | float) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return guard_name(cell) if isinstance(cell, str) else str(cell)


def workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet: a bold header that stays in sight, and filters on it."""
    lines = [_row(1, header, _HEAD)]
    widths = [len(name) for name in header]
    n = 1
    for n, row in enumerate(rows, 2):
        lines.append(_row(n, row))
        for i, cell in enumerate(row):
            widths[i] = max(widths[i], min(len(str(cell or "")), 50))
    last = f"{_letters(len(header) - 1)}{n}"
    columns = "".join(
        f'<col min="{i}" max="{i}" width="{width + 3}" customWidth="1"/>'
        for i, width in enumerate(widths, 1)
    )
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{''.join(lines)}</sheetData>"
        f'<autoFilter ref="A1:{last}"/></worksheet>'
    )
    name = re.sub(r"[\\/*?:\[\]]", " ", title).strip("' ")[:31] or "Daftar"
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<sheets><sheet name="{_xml(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    rels = _REL.format(1, "worksheets/sheet1.xml", "worksheet")
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS.format(_REL.format(1, "xl/workbook.xml", "officeDocument")),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _RELS.format(rels + _REL.format(2, "styles.xml", "styles")),
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": sheet,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, text in parts.items():
            # A fixed time: the same list gives the same file.
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            packed.writestr(entry, head + text)
    return out.getvalue()


def _row(n: int, cells: Sequence[Cell], style: int = _TEXT) -> str:
    made = "".join(_cell(f"{_letters(i)}{n}", cell, style) for i, cell in enumerate(cells))
    return f'<row r="{n}">{made}</row>'


def _cell(place: str, cell: Cell, style: int) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, dt.date):
        days = (cell - _EPOCH).days
        if days > 60:  # what lies before, Excel counts wrongly
            return f'<c r="{place}" s="{_DATE}"><v>{days}</v></c>'
        cell = cell.isoformat()
    if isinstance(cell, int):
        return f'<c r="{place}"><v>{cell}</v></c>'
    if style == _TEXT and guard_name(cell) != cell:
        style = _QUOTED
    text = f'<is><t xml:space="preserve">{_xml(cell)}</t></is>'
    return f'<c r="{place}" s="{style}" t="inlineStr">{text}</c>'


def _xml(text: str) -> str:
    return escape(_ILLEGAL.sub("", text[:MAX_TEXT]), {'"': "&quot;"})


def _letters(i: int) -> str:
    """The column's letters: A, B … Z, AA …"""
    found = ""
    i += 1
    while i:
        i, rest = divmod(i - 1, 26)
        found = chr(65 + rest) + found
    return found
