"""A table as it stands in a file: text cells, and where each row came from.

Folders and workbooks both become raw tables; everything after (types, choices, references) is
shared, so that an error reads the same wherever the data came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from satuhati.errors import Doubt
from satuhati.formats.csvtext import MAX_MB, read_bytes, scan
from satuhati.formats.guard import unguard_name, unguarded


@dataclass(frozen=True, slots=True)
class RawTable:
    """``cells`` holds one String column per header name, ``null`` where a cell is empty.

    ``lines[i]`` is the spreadsheet row of row ``i``. ``decimal_comma`` says that numbers may be
    written with one (files whose columns are parted by semicolons).
    """

    name: str
    cells: pl.DataFrame
    lines: Sequence[int]
    doubts: tuple[Doubt, ...] = ()
    decimal_comma: bool = False
    size: int = 0
    """Bytes, unpacked."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """How columns are called in the file, where that is not their code."""

    @property
    def header(self) -> list[str]:
        return self.cells.columns

    @property
    def height(self) -> int:
        return len(self.lines)


def read_csv(path: Path, *, name: str | None = None, max_mb: float = MAX_MB) -> RawTable:
    """One CSV file of a package, spreadsheet guards taken off; raises ``InputError``.

    ``name`` is what the file is called in messages.

    Rows go into Polars twenty thousand at a time, so that a large file is never held as
    millions of Python strings.
    """
    name = name or path.name
    parts: list[pl.DataFrame] = []

    def take(rows: list[list[str]]) -> None:
        parts.append(
            pl.DataFrame(
                [pl.Series(str(i), c, pl.String) for i, c in enumerate(zip(*rows, strict=True))]
            )
        )

    data = read_bytes(path, max_mb, name)
    found = scan(data, name, take)
    header = [unguard_name(column) for column in found.header]
    if len(set(header)) < len(header):
        header = list(found.header)
    if parts:
        cells = pl.concat(parts, rechunk=True)
        cells.columns = header
        every = pl.all()
        cells = cells.with_columns(pl.when(every != "").then(unguarded(every)))
    else:
        cells = pl.DataFrame(schema=dict.fromkeys(header, pl.String()))
    return RawTable(name, cells, found.lines, found.doubts, found.delimiter == ";", len(data))
