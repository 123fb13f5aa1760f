"""Small XLSForm workbooks for tests, made here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl

HEAD = ("type", "name", "label::Bahasa Indonesia (id)", "label::English (en)")


def book(
    path: Path,
    survey: Sequence[Sequence[object]],
    choices: Sequence[Sequence[object]] = (),
    settings: Sequence[Sequence[object]] = (("form_id", "version"), ("uji", "1")),
) -> Path:
    """A workbook with these rows, headers included."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        if not rows:
            continue
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


YES_NO = (
    ("list_name", "name", "label::Bahasa Indonesia (id)", "label::English (en)"),
    ("yn", "1", "Ya", "Yes"),
    ("yn", "0", "Tidak", "No"),
)
