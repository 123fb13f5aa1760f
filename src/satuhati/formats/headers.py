"""Names as people write them: a column by its code or its label, a sheet by its table or label.

Programs use codes; people see labels. Both are read, in either language, and every message names
the column and the sheet as the person sees them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import polars as pl

from satuhati.errors import Doubt, Problem
from satuhati.formats.rawtable import RawTable
from satuhati.schema import ANSWER_KEYS, TABLES, Column
from satuhati.schema.choices import choice_words, folded, unambiguous
from satuhati.text import LANGUAGES, Language, Text

COMMUNITY = Text("Komunitas", "Community")
"""The label of column ``community``, which every table may have."""


def columns_of(table: str) -> tuple[Column, ...]:
    """The declared columns of a table; of ``answers`` or ``answers/<instrument>`` its keys."""
    return TABLES[table].columns if table in TABLES else ANSWER_KEYS


@cache
def _labels(table: str) -> Mapping[str, Text]:
    own = {c.name: c.label for c in columns_of(table)}
    return own if table == "community" else {"community": COMMUNITY, **own}


@cache
def _words(table: str) -> Mapping[str, str]:
    return unambiguous(_labels(table).items())


@dataclass(frozen=True, slots=True)
class Header:
    """What the names of a header row stand for.

    ``names`` are column codes, and for what is no declared column the name as written;
    ``titles`` says how a code is called here, absent columns included.
    """

    names: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    same: tuple[tuple[str, str], ...] = ()
    """Pairs (name, earlier name) of two columns that stand for the same."""
    lang: Language | None = None
    """In which language labels stand in for codes, if any does."""


def read_header(written: Sequence[str], table: str, items: Collection[str] = ()) -> Header:
    """Codes of the columns of ``table``; in answers, ``items`` keep their names.

    A declared code stands for itself, then an item, then a code or label in any case.
    """
    table = table.partition("/")[0]
    labels, words = _labels(table), _words(table)
    first = {name: name for name in written if name in labels or name in items}
    names = []
    same = []
    for name in written:
        code = name if name in first else words.get(folded(name), name)
        if code != name and code in first:
            same.append((name, first[code]))
            code = name
        names.append(code)
        first[code] = name
    renamed = {code: name for code, name in first.items() if code != name}
    lang = _language(renamed.values(), labels.values())
    # Columns that are not there are called as their neighbours are.
    absent = {c: label(lang) for c, label in labels.items() if c not in first} if lang else {}
    return Header(tuple(names), absent | renamed, tuple(same), lang)


def _language(written: Collection[str], labels: Collection[Text]) -> Language | None:
    """The language in which most of the names are labels."""
    words = {folded(name) for name in written}
    counts = {lang: len(words & {folded(label(lang)) for label in labels}) for lang in LANGUAGES}
    best: Language = max(LANGUAGES, key=lambda lang: counts[lang])
    return best if counts[best] else None


def named(
    raw: RawTable, table: str, items: Collection[str] = (), row: int = 1
) -> tuple[RawTable, list[Problem]]:
    """The table with codes for column names; ``row`` is where its header stands."""
    header = read_header(raw.header, table, items)
    problems = [
        Problem("column_same", raw.name, row, name, {"other": other}) for name, other in header.same
    ]
    # Not rename(): it would take a long way round where nothing changes.
    cells = raw.cells
    if list(header.names) != raw.header:
        cells = pl.DataFrame(
            [c.alias(n) for c, n in zip(cells.get_columns(), header.names, strict=True)]
        )
    return replace(raw, cells=cells, titles=header.titles), problems


def items_of(items: RawTable | None, instrument: str) -> dict[str, str]:
    """Names of an instrument's items and the code of their type, as far as can be read."""
    if items is None or not {"instrument", "name", "type"} <= set(items.header):
        return {}
    words = choice_words("items", TABLES["items"].column("type"))
    rows = items.cells.select("instrument", "name", "type").drop_nulls().iter_rows()
    return {
        name: words.get(folded(kind), kind)
        for code, name, kind in rows
        if code.strip() == instrument
    }


def titles_for(table: str, lang: Language, items: Collection[str] = ()) -> dict[str, str]:
    """Code to the label that a header shows; the code itself where an item bears the label."""
    labels = _labels(table.partition("/")[0])
    return {c: c if label(lang) in items else label(lang) for c, label in labels.items()}


# Fields of a message that hold column codes, by code of the problem or doubt.
_COLUMNS = {
    "column_missing": ("name",),
    "counts_order": ("column", "other"),
    "dates_day_first": ("column",),
    "decimal_comma": ("column",),
    "key_repeated": ("columns",),
    "order_dates": ("column", "other"),
}
_JOINED = " + "


@dataclass(frozen=True, slots=True)
class Seen:
    """How tables and columns are called where the person sees them.

    ``columns`` maps the name of a file or sheet to its titles; ``tables`` a table to its sheet.
    """

    columns: Mapping[str, Mapping[str, str]]
    tables: Mapping[str, str]

    def problem(self, found: Problem) -> Problem:
        """The same problem, in the words of the file or sheet."""
        titles = self.columns.get(found.file or "", {})
        column = titles.get(found.column or "", found.column)
        fields = self._fields(found.code, found.fields, titles)
        if column == found.column and fields is found.fields:
            return found
        return replace(found, column=column, fields=fields)

    def doubt(self, found: Doubt) -> Doubt:
        """The same doubt, in the words of the file or sheet."""
        titles = self.columns.get(str(found.fields.get("file", "")), {})
        return replace(found, fields=self._fields(found.code, found.fields, titles))

    def column(self, table: str, column: str) -> str:
        """``table.column`` as it is called there."""
        if table not in self.tables:
            return f"{table}.{column}"
        title = self.tables[table]
        return f"{title}: {self.columns.get(title, {}).get(column, column)}"

    def _fields(
        self, code: str, fields: Mapping[str, object], titles: Mapping[str, str]
    ) -> Mapping[str, object]:
        new = {
            name: _JOINED.join(titles.get(c, c) for c in str(fields[name]).split(_JOINED))
            for name in (_COLUMNS.get(code, ()) if titles else ())
        }
        if str(fields.get("table", "")) in self.tables:
            new["table"] = self.tables[str(fields["table"])]
        return {**fields, **new} if new else fields
