"""How a table is declared: its columns, their types, and who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from satuhati.text import Text

Kind = Literal["text", "integer", "number", "boolean", "date", "time", "choice", "reference"]
"""``time`` is ``HH:MM`` kept as text; ``reference`` is the ``id`` of a row in ``Column.table``."""

Visibility = Literal["public", "team", "research", "admin"]
"""Who may see a column, from widest to narrowest: anyone; the working group and its field
officer; a researcher (pseudonymised); the administrator alone."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``low`` and ``high`` bound numbers; ``unit`` is for readers."""

    name: str
    kind: Kind
    label: Text
    meaning: Text
    required: bool = False
    choices: tuple[str, ...] = ()
    table: str | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    visibility: Visibility = "team"


@dataclass(frozen=True, slots=True)
class Table:
    """One table; its ``id`` is unique within a community and stable.

    ``strand`` groups tables that are collected together: a strand without any row is *no
    evidence* unless ``confirmed_empty`` says that there really is none.
    """

    name: str
    strand: str
    label: Text
    meaning: Text
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)
