"""The register as a file: CSV and XLSX, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from satuhati.formats.guard import guard_name


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """With a byte order mark, so that Excel reads the letters right."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([guard_name(v) for v in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet; every cell is text, so nothing is run as a formula."""
    from openpyxl import Workbook  # start-up time: only for a download
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "".join(c for c in title if c not in "[]:*?/\\")[:31] or "Daftar"
    sheet.append(list(header))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([""] * len(row))
        for n, value in enumerate(row, 1):
            cell = sheet.cell(row=sheet.max_row, column=n)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell.data_type = "s"
    sheet.freeze_panes = "A2"
    for n, name in enumerate(header, 1):
        sheet.column_dimensions[sheet.cell(row=1, column=n).column_letter].width = max(
            12, len(name) + 4
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
