"""One table from one file, for the analysis commands: ``.csv``, ``.csv.gz``, ``.parquet``.

Analysis commands read an empty cell or ``NA`` as missing. Values stay text (or ``None``) until a
command types the columns it uses, so that an error can name file, row and column.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats.csvtext import MAX_MB, parse, read_bytes
from satuhati.text import Text

T = TypeVar("T")
EXTENSIONS = (".csv", ".csv.gz", ".parquet")


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table whose cells are text or ``None``, and which remembers where each row came from."""

    name: str
    header: tuple[str, ...]
    cells: dict[str, list[str | None]]
    lines: Sequence[int]
    doubts: tuple[Doubt, ...] = field(default=())

    @property
    def n_rows(self) -> int:
        return len(self.lines)

    def require(self, *columns: str) -> None:
        """Raise :class:`InputError` naming every column that is not there."""
        missing = [c for c in columns if c not in self.cells]
        if missing:
            raise InputError(
                [Problem("column_missing", self.name, 1, c, {"name": c}) for c in missing]
            )

    def _each(
        self, column: str, convert: Callable[[str], T], problem: Callable[[str], Problem]
    ) -> list[T | None]:
        self.require(column)
        out: list[T | None] = []
        problems: list[Problem] = []
        for line, cell in zip(self.lines, self.cells[column], strict=True):
            if cell is None:
                out.append(None)
                continue
            try:
                out.append(convert(cell))
            except ValueError:
                p = problem(cell)
                problems.append(Problem(p.code, self.name, line, column, p.fields))
                out.append(None)
        if problems:
            raise InputError(problems)
        return out

    def texts(self, column: str, *, required: bool = False) -> list[str | None]:
        """The column as text; with ``required`` a missing cell is an error."""
        self.require(column)
        if required:
            problems = [
                Problem("value_required", self.name, line, column)
                for line, cell in zip(self.lines, self.cells[column], strict=True)
                if cell is None
            ]
            if problems:
                raise InputError(problems)
        return list(self.cells[column])

    def numbers(
        self,
        column: str,
        *,
        low: float | None = None,
        high: float | None = None,
        no_answer: Collection[float] = (),
    ) -> npt.NDArray[np.float64]:
        """The column as floats, ``nan`` where missing; outside ``low``–``high`` is an error.

        ``no_answer``: values that are none, 99 for *does not know*.
        """

        def convert(cell: str) -> float:
            value = float(cell)
            if not np.isfinite(value):
                raise ValueError(cell)
            return value

        def not_a_number(cell: str) -> Problem:
            expected = Text("angka", "a number")
            fields = {"value": cell, "expected": expected, "example": "2.5"}
            return Problem("value_type", fields=fields)

        values = np.array(
            [np.nan if v is None else v for v in self._each(column, convert, not_a_number)],
            dtype=np.float64,
        )
        if no_answer:
            values[np.isin(values, list(no_answer))] = np.nan
        lo, hi = (-np.inf if low is None else low), (np.inf if high is None else high)
        off = np.flatnonzero((values < lo) | (values > hi))
        if off.size:
            raise InputError([
                Problem("value_range", self.name, self.lines[int(i)], column,
                        {"value": f"{values[i]:g}", "low": f"{lo:g}", "high": f"{hi:g}"})
                for i in off
            ])  # fmt: skip
        return values

    def dates(self, column: str) -> list[date | None]:
        """The column as dates (``YYYY-MM-DD``)."""
        return self._each(
            column,
            date.fromisoformat,
            lambda cell: Problem("value_type", fields={
                "value": cell, "expected": Text("tanggal", "a date"), "example": "2026-11-21"}),
        )  # fmt: skip

    def choices(self, column: str, allowed: Collection[str]) -> list[str | None]:
        """The column as one of the allowed words."""

        def convert(cell: str) -> str:
            if cell not in allowed:
                raise ValueError(cell)
            return cell

        return self._each(
            column,
            convert,
            lambda cell: Problem(
                "value_choice", fields={"value": cell, "choices": ", ".join(sorted(allowed))}
            ),
        )


def read_table(path: Path, *, max_mb: float = MAX_MB) -> TextTable:
    """Read one table; an empty cell or ``NA`` is missing, other text is stripped of outer blanks.

    Raises :class:`InputError` for a missing, empty, too large or unreadable file, and for an
    extension other than ``.csv``, ``.csv.gz`` and ``.parquet``.
    """
    name = path.name
    if name.endswith(".parquet"):
        return _read_parquet(path, max_mb)
    if not name.endswith((".csv", ".csv.gz")):
        raise InputError(
            Problem("unsupported_extension", name,
                    fields={"extension": path.suffix, "known": ", ".join(EXTENSIONS)})
        )  # fmt: skip
    text = parse(read_bytes(path, max_mb), name)
    stripped = [[cell.strip() for cell in row] for row in text.rows]
    cells: dict[str, list[str | None]] = {
        column: [None if (v := row[i]) in ("", "NA") else v for row in stripped]
        for i, column in enumerate(text.header)
    }
    return TextTable(name, text.header, cells, text.lines, text.doubts)


def _read_parquet(path: Path, max_mb: float) -> TextTable:
    import polars as pl  # only when a Parquet file is read

    data = read_bytes(path, max_mb)
    try:
        frame = pl.read_parquet(data)
        text = frame.select(pl.all().cast(pl.String))
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        why = type(error).__name__
        raise InputError(Problem("file_unreadable", path.name, fields={"why": why})) from None
    except BaseException as error:  # Polars panics derive from BaseException
        if type(error).__name__ != "PanicException":
            raise
        raise InputError(Problem("file_unreadable", path.name, fields={"why": "Parquet"})) from None
    cells = {
        c: [None if v is None or v.strip() in ("", "NA") else v.strip() for v in text[c].to_list()]
        for c in text.columns
    }
    return TextTable(path.name, tuple(text.columns), cells, range(1, text.height + 1))
