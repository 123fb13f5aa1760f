"""CSV bytes to rows of text, tolerant of what spreadsheets do and exact about where.

Reads UTF-8 (with or without BOM), UTF-16 with BOM, and otherwise Windows-1252; commas,
semicolons or tabs. What was guessed is said as a :class:`~satuhati.errors.Doubt`. Python's own
``csv`` reads the rows, because it never fails on bytes it dislikes and tells the line.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

from satuhati.errors import Doubt, InputError, Problem

MAX_MB = 200
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True, slots=True)
class CsvText:
    """Header, rows and their line numbers, and what had to be guessed.

    ``lines[i]`` is the line on which ``rows[i]`` starts; the header is line 1. Every row has as
    many cells as the header (short rows are padded with empty cells; a longer row is an error).
    """

    name: str
    header: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    doubts: tuple[Doubt, ...]


def read_bytes(path: Path, max_mb: float = MAX_MB) -> bytes:
    """The file's bytes, unpacked if ``.gz``; never more than ``max_mb`` of them."""
    limit = int(max_mb * 1_000_000)
    try:
        if not path.is_file():
            raise InputError(Problem("file_missing", path.name))
        if path.suffix == ".gz":
            with gzip.open(path, "rb") as packed:
                data = packed.read(limit + 1)
        else:
            with path.open("rb") as plain:
                data = plain.read(limit + 1)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise InputError(Problem("file_unreadable", path.name, fields={"why": why})) from None
    if len(data) > limit:
        size = f">{max_mb:g}"
        raise InputError(
            Problem("file_too_large", path.name, fields={"size": size, "limit": f"{max_mb:g}"})
        )
    return data


def decode(data: bytes, name: str) -> tuple[str, list[Doubt]]:
    """Text of the bytes, and what was noticed on the way."""
    doubts: list[Doubt] = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
        doubts.append(Doubt("csv_encoding", {"file": name, "encoding": "UTF-16"}))
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            # Windows-1252 leaves five bytes undefined; Latin-1 defines them all.
            try:
                text = data.decode("cp1252")
                encoding = "Windows-1252 (Latin-1)"
            except UnicodeDecodeError:
                text = data.decode("latin-1")
                encoding = "Latin-1"
            doubts.append(Doubt("csv_encoding", {"file": name, "encoding": encoding}))
    if text.startswith("\ufeff"):
        text = text[1:]
        doubts.append(Doubt("csv_bom", {"file": name}))
    return text, doubts


def _delimiter(header: str) -> str:
    counts = {d: header.count(d) for d in (",", ";", "\t")}
    best = max(counts, key=lambda d: counts[d])
    return best if counts[best] else ","


def parse(data: bytes, name: str) -> CsvText:
    """Rows of a CSV file's bytes.

    Raises :class:`InputError` for an empty file, a repeated or empty column name, a row longer
    than the header, or bytes that are no text at all.
    """
    text, doubts = decode(data, name)
    if "\x00" in text:
        raise InputError(Problem("file_not_text", name))
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise InputError(Problem("file_empty", name))
    delimiter = _delimiter(first)
    if delimiter != ",":
        shown = {";": "titik koma / semicolon", "\t": "tab"}[delimiter]
        doubts.append(Doubt("csv_delimiter", {"file": name, "delimiter": shown}))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: tuple[str, ...] = ()
    rows: list[list[str]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    before = 0
    try:
        for row in reader:
            start, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in row):
                if header and row and len(header) > 1:
                    continue  # a line of bare delimiters, as spreadsheets leave behind
                if not row or not header:
                    continue
            if not header:
                header = tuple(cell.strip() for cell in row)
                while header and not header[-1]:
                    header = header[:-1]
                continue
            if len(row) > len(header):
                if any(cell.strip() for cell in row[len(header) :]):
                    problems.append(
                        Problem("row_too_long", name, start, fields={
                            "cells": len(row), "columns": len(header)})
                    )  # fmt: skip
                    continue
                row = row[: len(header)]
            rows.append(row + [""] * (len(header) - len(row)))
            lines.append(start)
    except csv.Error as error:
        problems.append(Problem("csv_broken", name, reader.line_num, fields={"why": error}))
    for i, column in enumerate(header):
        if not column:
            problems.append(Problem("column_unnamed", name, 1, fields={"position": i + 1}))
        elif column in header[:i]:
            problems.append(Problem("column_repeated", name, 1, column, {"name": column}))
    if problems:
        raise InputError(problems)
    return CsvText(name, header, rows, lines, tuple(doubts))
