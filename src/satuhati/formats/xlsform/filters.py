"""Filters of choices (``choice_filter``): which answers fit what was answered before.

The commonest is a cascade: province, then its regencies, then their districts. A filter is an
expression held against each row of the sheet ``choices``; its bare names are columns there
(XForms 1.1 §9.3.6: the predicate of an itemset). An empty cell is the empty text, as in JavaRosa.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from satuhati.formats.xlsform.evaluate import Setting, holds
from satuhati.formats.xlsform.expressions import (
    ExpressionError,
    Node,
    columns,
    parse,
    plain,
    references,
)
from satuhati.formats.xlsform.model import Choice, Question

NAME = "name"
"""The column every choice has; the code itself."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter and what it looks at: for each code the cells of each of its rows."""

    node: Node
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[tuple[str, ...], ...]]

    @property
    def needs(self) -> frozenset[str]:
        """The questions whose answers it looks at."""
        return references(self.node)

    def row_of(self, code: str, seen: Setting) -> int | None:
        """Which of the rows of a code is the first to fit."""
        for n, cells in enumerate(self.rows.get(code, ())):
            row = {**dict(zip(self.columns, cells, strict=True)), NAME: code}
            if holds(self.node, Setting(seen.answers, seen.today, "", row)):
                return n
        return None

    def fitting(self, seen: Setting) -> dict[str, int]:
        """The codes that fit, in their order, each with the row by which it does."""
        found = ((code, self.row_of(code, seen)) for code in self.rows)
        return {code: n for code, n in found if n is not None}

    def is_empty(self, seen: Setting) -> bool:
        """Whether there is nothing to choose from."""
        return all(self.row_of(code, seen) is None for code in self.rows)

    def takes(self, codes: Iterable[str], seen: Setting) -> bool:
        """Whether all of these fit. What stands on no row is not the filter's to refuse."""
        return all(code not in self.rows or self.row_of(code, seen) is not None for code in codes)

    def plain(self) -> dict[str, Any]:
        """As nested lists for ``hitung.js``."""
        rows = [[code, *map(list, cells)] for code, cells in self.rows.items()]
        return {"x": plain(self.node), "w": list(self.columns), "v": rows}


def filter_of(q: Question) -> Filter | None:
    """The filter of a question; ``None`` for none, and for what is not computed here."""
    if q.kind not in ("select_one", "select_multiple"):
        return None
    return filter_on(q.choice_filter, q.choices)


def filter_on(text: str | None, choices: Iterable[Choice]) -> Filter | None:
    """A filter of these choices. One that looks at a column they do not have is not computed."""
    choices = tuple(choices)
    if not text or not choices:
        return None
    try:
        node = parse(text, filters=True)
    except ExpressionError:
        return None
    wanted = tuple(sorted(columns(node) - {NAME}))
    if any(not {*wanted} <= dict(row.columns).keys() for c in choices for row in c.rows):
        return None
    return Filter(node, wanted, {
        c.name: tuple(tuple(dict(row.columns)[w] for w in wanted) for row in c.rows)
        for c in choices
    })  # fmt: skip


def wanted_columns(text: str | None) -> frozenset[str]:
    """The columns a filter names, beside the code; none if it cannot be read."""
    try:
        return columns(parse(text, filters=True)) - {NAME} if text else frozenset()
    except ExpressionError:
        return frozenset()
