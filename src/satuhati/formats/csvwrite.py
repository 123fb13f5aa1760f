"""Typed tables to CSV: RFC 4180, UTF-8, ISO dates, text guarded against formulas."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TextIO

import polars as pl

from satuhati.formats.guard import guard_name, guarded


def as_text(frame: pl.DataFrame, *, guard: bool) -> pl.DataFrame:
    """Every value as the text that reading turns back into it; ``null`` and ``NaN`` stay null.

    Whole numbers in a column of numbers lose ``.0``. With ``guard`` text is protected from
    being run as a formula.
    """
    text: list[pl.Series] = []
    for column in frame.get_columns():  # not by name: a header may be a pattern to Polars
        if column.dtype == pl.String():
            text.append(_guarded(column) if guard else column)
        elif column.dtype == pl.Float64():
            # Python's repr is the shortest text that gives the same float back.
            values = [None if v is None or v != v else repr(v) for v in column.to_list()]
            whole = [v[:-2] if v is not None and v.endswith(".0") else v for v in values]
            text.append(pl.Series(column.name, whole, dtype=pl.String))
        else:
            text.append(column.cast(pl.String))
    return pl.DataFrame(text)


def _guarded(column: pl.Series) -> pl.Series:
    safe = column.alias("text").to_frame().select(guarded(pl.col("text")))
    return safe["text"].alias(column.name)


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """One table to one file; raises ``OSError``."""
    with path.open("w", encoding="utf-8", newline="") as file:
        _write(frame, file)


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """One table as the content of its file."""
    out = io.StringIO(newline="")
    _write(frame, out)
    return out.getvalue().encode()


def _write(frame: pl.DataFrame, file: TextIO) -> None:
    text = as_text(frame, guard=True)
    # "\r\n" makes the writer quote every text that holds either of them.
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([guard_name(name) for name in text.columns])
    writer.writerows(text.iter_rows())
