"""CSV bytes to rows of text, tolerant of what spreadsheets do and exact about where.

Reads UTF-8 (with or without BOM), UTF-16 with BOM, and otherwise Windows-1252; commas,
semicolons or tabs. What was guessed is said as a :class:`~satuhati.errors.Doubt`. Python's own
``csv`` reads the rows, because it never fails on bytes it dislikes and tells the row.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import Text

MAX_MB = 200
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_SEP = re.compile(r"sep=[,;\t]?")
_SHOWN = {";": Text("titik koma", "semicolons"), "\t": Text("tab", "tabs")}


@dataclass(frozen=True, slots=True)
class CsvText:
    """Header, rows and where they stand, and what had to be guessed.

    ``lines[i]`` is the row of ``rows[i]`` as a spreadsheet shows it: the header is 1, blank rows
    count, a quoted line break does not. Every row has as many cells as the header (short rows
    are padded with empty cells; a longer row is an error).
    """

    name: str
    header: tuple[str, ...]
    rows: list[list[str]]
    lines: Sequence[int]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """What :func:`scan` learnt beside the rows it handed on."""

    header: tuple[str, ...]
    lines: array[int]
    delimiter: str
    doubts: tuple[Doubt, ...]


def read_bytes(path: Path, max_mb: float = MAX_MB, name: str | None = None) -> bytes:
    """The file's bytes, unpacked if ``.gz``; always fewer than ``max_mb`` million of them.

    The size on disk is looked at first, so that a huge file is refused before it is read.
    """
    limit = int(max_mb * 1_000_000)
    name = name or path.name
    try:
        if not path.is_file():
            raise InputError(Problem("file_missing", name))
        size = path.stat().st_size
        if size >= limit:
            raise too_large(name, size, max_mb)
        if path.suffix.lower() == ".gz":
            with gzip.open(path, "rb") as packed:
                data = packed.read(limit)
        else:
            with path.open("rb") as plain:
                data = plain.read(limit)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise InputError(Problem("file_unreadable", name, fields={"why": why})) from None
    if len(data) >= limit:
        raise too_large(name, None, max_mb)
    return data


def too_large(name: str, size: int | None, max_mb: float) -> InputError:
    """The one error for a file at or over the limit; ``size`` in bytes if it is known."""
    shown = f"≥ {max_mb:g}" if size is None else f"{size / 1_000_000:.0f}"
    fields = {"size": shown, "limit": f"{max_mb:g}"}
    return InputError(Problem("file_too_large", name, fields=fields))


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


def _delimiter(text: str, rows: int = 1) -> str:
    """The commonest of comma, semicolon and tab outside quotes in the first rows."""
    counts = {",": 0, ";": 0, "\t": 0}
    quoted = False
    for char in text:
        if char == '"':
            quoted = not quoted
        elif not quoted:
            if char in "\r\n":
                rows -= 1
                if not rows:
                    break
            if char in counts:
                counts[char] += 1
    best = max(counts, key=lambda d: counts[d])
    return best if counts[best] else ","


def _lines(text: str) -> Iterator[str]:
    # Only CR and LF end a line; str.splitlines would also split at U+2028 and its kin.
    return (match.group() for match in _LINE.finditer(text))


def scan(
    data: bytes, name: str, take: Callable[[list[list[str]]], object], *, chunk: int = 20_000
) -> Scan:
    """Hand the rows on to ``take``, at most ``chunk`` at a time; header and places are returned.

    Raises :class:`InputError` for an empty file, a repeated or unnamed column, a row longer than
    the header, an unclosed quote, or bytes that are no text at all.
    """
    text, doubts = decode(data, name)
    if "\x00" in text:
        raise InputError(Problem("file_not_text", name))
    start = re.search(r"\S", text)
    if start is None:
        raise InputError(Problem("file_empty", name))
    told = _SEP.match(text, start.start())  # Excel's own first line, "sep=;"
    if told and len(told.group()) == 5:
        delimiter = told.group()[4]
    else:
        delimiter = _delimiter(text[start.start() : start.start() + 1_000_000])
    if delimiter != ",":
        doubts.append(Doubt("csv_delimiter", {"file": name, "delimiter": _SHOWN[delimiter]}))
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    header: tuple[str, ...] = ()
    rows: list[list[str]] = []
    lines: array[int] = array("q")
    problems: list[Problem] = []
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if not row or (not row[0] and not any(map(str.strip, row))):
                continue  # blank lines, and the bare delimiters that spreadsheets leave behind
            if not header:
                if told and _SEP.fullmatch(row[0].strip()):
                    told = None
                    continue
                header = tuple(cell.strip() for cell in row)
                while header and not header[-1]:
                    header = header[:-1]
                continue
            width = len(header)
            if len(row) < width:
                row += [""] * (width - len(row))
            elif len(row) > width:
                if any(map(str.strip, row[width:])):
                    problems.append(
                        Problem("row_too_long", name, number, fields={
                            "cells": len(row), "columns": width})
                    )  # fmt: skip
                    continue
                row = row[:width]
            rows.append(row)
            lines.append(number)
            if len(rows) >= chunk:
                take(rows)
                rows = []
    except csv.Error as error:
        problems.append(Problem("csv_broken", name, number + 1, fields={"why": error}))
    if not header and not problems:
        raise InputError(Problem("file_empty", name))
    seen: set[str] = set()
    for i, column in enumerate(header):
        if not column:
            problems.append(Problem("column_unnamed", name, 1, fields={"position": i + 1}))
        elif column in seen:
            problems.append(Problem("column_repeated", name, 1, column, {"name": column}))
        seen.add(column)
    if problems:
        raise InputError(problems)
    if rows:
        take(rows)
    return Scan(header, lines, delimiter, tuple(doubts))


def loose_rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Numbered rows of any length that hold something, wherever the header may stand.

    ``text`` is what :func:`decode` gives. Raises :class:`InputError` for an unclosed quote.
    """
    rows: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, row in enumerate(csv.reader(_lines(text), delimiter=_delimiter(text, 30)), 1):
            if any(map(str.strip, row)):
                rows.append((number, row))
    except csv.Error as error:
        raise InputError(Problem("csv_broken", name, number + 1, fields={"why": error})) from None
    return rows


def parse(data: bytes, name: str) -> CsvText:
    """Rows of a CSV file's bytes; raises as :func:`scan`."""
    rows: list[list[str]] = []
    found = scan(data, name, rows.extend)
    return CsvText(name, found.header, rows, found.lines, found.doubts)
