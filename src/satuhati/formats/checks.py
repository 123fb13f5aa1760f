"""What no single cell can tell: unique codes, references, order of dates, counts within counts.

Each function looks at whole typed tables of all communities at once and yields problems with
their row. ``frame`` holds ``community``, the declared columns and ``ROW``, the index into the
raw table's ``lines``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from satuhati.errors import Problem
from satuhati.formats.cells import INVISIBLE, MAX_PER_COLUMN, range_faults
from satuhati.formats.rawtable import RawTable
from satuhati.formats.written import shown
from satuhati.schema import ANSWER_KEYS, TABLES, Column
from satuhati.schema.acting import PERIOD
from satuhati.schema.choices import choice_label

ROW = "\x00row"
"""Name of the helper column; no header can be called this, since NUL is refused in files."""

LARGE = 100_000
"""Rows from which Polars looks first: it is slow to start and frugal, Python the other way."""

DATE_ORDER: dict[str, tuple[tuple[str, str], ...]] = {
    "actors": (("joined", "left"),),
    "terms": (("start", "end"),),
    "assets": (("since", "used_on"),),
    "meeting_series": (("start", "end"),),
    "meetings": (("notice_on", "date"),),
    "followups": (("agreed_on", "done_on"), ("agreed_on", "dropped_on"), ("agreed_on", "due")),
    "norms": (("since", "until"),),
    "rounds": (("start", "end"),),
    "tie_rounds": (("start", "closed_on"),),
    "services": (("started", "ended"),),
    "voice_channels": (("opened", "closed"),),
    "voices": (("date", "replied_on"), ("date", "decided_on")),
    "requests": (("asked_on", "answered_on"),),
    "plans": (("start", "end"),),
    "consents": (("given_on", "withdrawn_on"),),
    "confirmed_empty": (("from", "to"),),
}
"""Pairs (earlier, later): the later date may equal the earlier one, never precede it."""

COUNT_ORDER: dict[str, tuple[tuple[str, ...], ...]] = {
    "awareness": (("asked", "heard", "visited", "enrolled", "continuing"),),
    "meetings": (("households_invited", "households_present"),),
    "excerpts": (("end", "start"),),
    "items": (("high", "low"),),
}
"""Chains in which each figure may not exceed any before it (an empty one is stepped over)."""

UNIQUE: dict[str, tuple[tuple[str, ...], ...]] = {
    "attendance": (("meeting", "actor"),),
    "roster": (("round", "actor"),),
    "items": (("instrument", "name"),),
    "codings": (("excerpt", "code", "coder"),),
}
"""Columns that together name one row, beside ``id``."""

PARENT: dict[str, str] = {"areas": "parent", "codes": "parent", "actors": "organization"}
"""References of a table to itself that must not run in a circle."""


_INSTRUMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,59}")
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
RESERVED = ("community", *(c.name for c in ANSWER_KEYS))


def row_checks(table: str, frame: pl.DataFrame, raw: RawTable) -> Iterator[Problem]:
    """Everything that concerns the rows of one table alone."""
    if not frame.height:
        return
    for columns in (("id",), *UNIQUE.get(table, ())):
        yield from _unique(frame, raw, columns)
    for earlier, later in DATE_ORDER.get(table, ()):
        for row, value, limit in _rows(frame, pl.col(later) < pl.col(earlier), later, earlier):
            fields = {"column": later, "value": value, "other": earlier, "limit": limit}
            yield Problem("order_dates", raw.name, raw.lines[row], later, fields)
    for chain in COUNT_ORDER.get(table, ()):
        for i, column in enumerate(chain[1:], 1):
            least = pl.min_horizontal(chain[:i])
            for row, value, most in _rows(frame, pl.col(column) > least, column, least):
                other = next(c for c in chain[:i] if frame[c][int(row)] == most)
                fields = {"column": column, "value": value, "other": other, "limit": most}
                yield Problem("counts_order", raw.name, raw.lines[row], column, fields)
    if table == "ties":
        for row, value in _rows(frame, pl.col("source") == pl.col("target"), "source"):
            yield Problem("tie_to_self", raw.name, raw.lines[row], "target", {"id": shown(value)})
    if table in PARENT:
        yield from _circles(frame, raw, PARENT[table])
    if table == "instruments":
        yield from _instrument_codes(frame, raw)
    if table == "items":
        yield from _item_names(frame, raw)
    if table == "indicators":
        wrong = ~pl.col("period").str.contains(PERIOD)
        for row, value in _rows(frame, wrong, "period"):
            fields = {"value": shown(value)}
            yield Problem("period_invalid", raw.name, raw.lines[row], "period", fields)


class Codes:
    """The (community, id) pairs of each table, gathered once and only when asked for."""

    def __init__(self, frames: Mapping[str, pl.DataFrame]) -> None:
        self._frames = frames
        self._codes: dict[str, set[tuple[str, str]]] = {}

    def __contains__(self, table: object) -> bool:
        return table in self._frames

    def of(self, table: str) -> set[tuple[str, str]]:
        if table not in self._codes:
            frame = self._frames[table]
            self._codes[table] = set(zip(frame["community"], frame["id"], strict=True))
        return self._codes[table]


def reference_checks(
    columns: Sequence[Column], frame: pl.DataFrame, raw: RawTable, codes: Codes
) -> Iterator[Problem]:
    """References that no row of the same community bears; absent targets are passed over."""
    communities: list[str] | None = None
    for column in columns:
        if column.table is None or column.table not in codes:
            continue
        held = frame[column.name]
        if held.null_count() == frame.height:
            continue
        if frame.height > LARGE:
            pairs = frame.select("community", column.name).drop_nulls().unique()
            if not set(pairs.iter_rows()) - codes.of(column.table):
                continue
        communities = communities or frame["community"].to_list()
        wanted = list(zip(communities, held.to_list(), strict=True))
        strange = set(wanted) - codes.of(column.table)
        if not any(c is not None and i is not None for c, i in strange):
            continue
        at = [n for n, (c, i) in enumerate(wanted) if c and i and (c, i) in strange]
        for n in at[:MAX_PER_COLUMN]:
            fields = {"id": shown(wanted[n][1]), "table": column.table}
            yield Problem("reference_unknown", raw.name, raw.lines[n], column.name, fields)


def item_types(items: pl.DataFrame, raw: RawTable | None) -> Iterator[Problem]:
    """One column of answers has one type, whatever the community: number-like or words."""
    seen: dict[tuple[str, str], str] = {}
    for instrument, name, kind, row in items.select("instrument", "name", "type", ROW).iter_rows():
        if instrument is None or name is None or kind is None:
            continue
        other = seen.setdefault((instrument, name), kind)
        if (kind in ("choice", "text")) != (other in ("choice", "text")) and raw is not None:
            fields = {
                "name": shown(name),
                "type": choice_label("items", "type", kind),
                "other": choice_label("items", "type", other),
            }
            yield Problem("item_type_differs", raw.name, raw.lines[row], "type", fields)


Bounds = tuple[float | None, float | None]


def item_bounds(instrument: str, items: pl.DataFrame) -> dict[str, dict[Bounds, list[int]]]:
    """Lowest and highest answer by item, with the rows of ``items`` that say so.

    Binary items lie between 0 and 1 unless said otherwise; an open end is ``None``; items of
    words have no bounds. One item may have several, each community its own.
    """
    found: dict[str, dict[Bounds, list[int]]] = {}
    mine = items.filter(
        (pl.col("instrument") == instrument) & pl.col("type").is_in(["likert", "binary", "number"])
    )
    for name, kind, low, high, row in mine.select("name", "type", "low", "high", ROW).iter_rows():
        if kind == "binary":
            low, high = (0.0 if low is None else low), (1.0 if high is None else high)
        found.setdefault(name, {}).setdefault((low, high), []).append(row)
    return found


def answer_ranges(
    frame: pl.DataFrame,
    items: pl.DataFrame,
    bounds: Mapping[str, Mapping[Bounds, list[int]]],
    raw: RawTable,
) -> Iterator[Problem]:
    """Answers off the scale of items whose bounds differ between communities."""
    for name, several in bounds.items():
        if len(several) == 1 or name not in frame.columns:
            continue
        for (low, high), rows in several.items():
            if low is None and high is None:
                continue
            part = frame.filter(pl.col("community").is_in(items["community"][rows].implode()))
            for fault in range_faults(part[name], low, high):
                row = raw.lines[part[ROW][fault.row]]
                yield Problem(fault.code, raw.name, row, name, fault.fields)


def _rows(frame: pl.DataFrame, wrong: pl.Expr, *show: str | pl.Expr) -> Iterator[tuple[int, ...]]:
    picked = frame.filter(wrong).head(MAX_PER_COLUMN)
    if picked.height:
        shown_columns = [
            (pl.col(s) if isinstance(s, str) else s).alias(str(i)) for i, s in enumerate(show)
        ]
        yield from picked.select(ROW, *shown_columns).iter_rows()


def _unique(frame: pl.DataFrame, raw: RawTable, columns: tuple[str, ...]) -> Iterator[Problem]:
    if frame.height > LARGE and not frame.select("community", *columns).is_duplicated().any():
        return
    keys = list(zip(*(frame[c].to_list() for c in ("community", *columns)), strict=True))
    if len(set(keys)) == len(keys):
        return
    first: dict[tuple[str | None, ...], int] = {}
    for row, key in enumerate(keys):
        before = first.setdefault(key, row)
        if before == row or None in key:
            continue
        place = raw.lines[before]
        if columns == ("id",):
            fields: dict[str, object] = {"id": shown(key[1]), "first": place}
            yield Problem("id_repeated", raw.name, raw.lines[row], "id", fields)
        else:
            fields = {"columns": " + ".join(columns), "first": place}
            yield Problem("key_repeated", raw.name, raw.lines[row], columns[-1], fields)


def _circles(frame: pl.DataFrame, raw: RawTable, parent: str) -> Iterator[Problem]:
    above: dict[tuple[str, str], tuple[str, str]] = {}
    places: dict[tuple[str, str], int] = {}
    for community, code, up, row in frame.select("community", "id", parent, ROW).iter_rows():
        if up is not None and code is not None:
            above[community, code] = (community, up)
            places[community, code] = row
    done: set[tuple[str, str]] = set()
    for start in above:
        path: list[tuple[str, str]] = []
        on_path: set[tuple[str, str]] = set()
        at = start
        while at in above and at not in done and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = above[at]
        if at in on_path:
            circle = path[path.index(at) :]
            names = [shown(code) for _, code in circle[:4]]
            fields = {"id": names[0], "path": " → ".join([*names, names[0]])}
            yield Problem("parent_cycle", raw.name, raw.lines[places[at]], parent, fields)
        done.update(path)


def _instrument_codes(frame: pl.DataFrame, raw: RawTable) -> Iterator[Problem]:
    spelt: dict[str, str] = {}
    for code, row in frame.select("id", ROW).drop_nulls("id").iter_rows():
        fits = _INSTRUMENT.fullmatch(code) and not code.endswith(".") and not _DEVICES.match(code)
        # File systems that ignore case would lay two questionnaires over each other.
        if not fits or spelt.setdefault(code.casefold(), code) != code:
            yield Problem("instrument_code", raw.name, raw.lines[row], "id", {"id": shown(code)})


def _item_names(frame: pl.DataFrame, raw: RawTable) -> Iterator[Problem]:
    hidden = re.compile(INVISIBLE)
    for name, row in frame.select("name", ROW).drop_nulls("name").iter_rows():
        if (
            name != name.strip()
            or name[:1] in ("", "^", "*")
            or name in RESERVED
            or hidden.search(name)
        ):
            fields = {"value": shown(name), "reserved": ", ".join(RESERVED)}
            yield Problem("item_name_invalid", raw.name, raw.lines[row], "name", fields)


def absent_targets(present: Mapping[str, pl.DataFrame]) -> dict[str, list[tuple[str, str]]]:
    """Tables that are referred to but have no file, with (table, column) that do so."""
    wanted: dict[str, list[tuple[str, str]]] = {}
    for name, frame in present.items():
        for column in TABLES[name].columns if name in TABLES else ANSWER_KEYS:
            if (
                column.table
                and column.table not in present
                and frame[column.name].null_count() < frame.height
            ):
                wanted.setdefault(column.table, []).append((name, column.name))
    return wanted
