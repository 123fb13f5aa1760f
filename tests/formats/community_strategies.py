"""Valid ``CommunityData``, drawn from the declarations of the schema.

Walks ``TABLES``: a few tables are picked, what they must refer to comes with them, every value
respects its kind, choices and bounds, and the rules between cells that the readers check.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from hypothesis import strategies as st

from satuhati.core.community import ITEM_TYPES, CommunityData, table_schema
from satuhati.formats.checks import COUNT_ORDER, DATE_ORDER, PARENT, UNIQUE
from satuhati.schema import ANSWER_KEYS, TABLES, Column

NASTY = (
    "=1+1", "+62812", "-5", "@SUM(A1)", "\tx", "\rx", "'", "''", "'=x", " = y", "NA", "null",
    "08", "1-2", "^a$", "a\nb", "a\r\nb", '"q"', 'a,"b', "é;ñ",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467", " lead", "trail ", " ", "#N/A", "true",
    "_x000D_", "x005F_", "_x005F_", "\x07", "\ufeff", "\u2028", "＝1", "2026-01-01", "a\tb",
    "\xa0=", "<b>&amp;", "\x85", "\ufffe", "sep=;",
)  # fmt: skip
TEXT = st.sampled_from(NASTY) | st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"),
    min_size=1,
    max_size=12,
)
CODE_CHARACTERS = st.characters(whitelist_categories=("L", "N", "P", "S"))
CODES = st.sampled_from(
    ("A", "-1", "=x", "+a", "'", "08", "1.0", 'q"', "a,b", "é", "x;y")
) | st.text(CODE_CHARACTERS, min_size=1, max_size=5)
# Labels of the key columns among them: an item may be called like one of those.
ITEM_NAMES = st.sampled_from(("Kode", "kode", "Putaran", "RT/RW", "Sex", "Komunitas")) | (
    CODES.map(lambda c: "i" + c if c[0] in "*^" else c)
)
INSTRUMENTS = st.from_regex(r"[a-z0-9_][a-z0-9_.-]{0,20}[a-z0-9]", fullmatch=True).filter(
    lambda s: s.split(".")[0] not in ("con", "prn", "aux", "nul") and s[:3] not in ("com", "lpt")
)
DATES = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)) | st.dates(
    dt.date(2020, 1, 1), dt.date(2027, 1, 1)
)
PERIODS = st.from_regex(r"(19|20|21)[0-9]{2}(-(0[1-9]|1[0-2]))?", fullmatch=True)
TIMES = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))


def number(low: float | None, high: float | None) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


def value(column: Column) -> st.SearchStrategy[Any]:
    """A value of a column that is neither the id nor a reference."""
    if column.kind == "choice":
        return st.sampled_from(column.choices)
    if column.kind == "boolean":
        return st.booleans()
    if column.kind == "date":
        return DATES
    if column.kind == "time":
        return TIMES
    if column.kind == "number":
        return number(column.low, column.high)
    if column.kind == "integer":
        low = -(2**63) if column.low is None else int(column.low)
        return st.integers(low, 2**63 - 1 if column.high is None else int(column.high))
    return TEXT


def _order(names: set[str]) -> list[str]:
    """The tables with all they must refer to, the referred ones first."""
    done: list[str] = []

    def add(name: str) -> None:
        if name in done:
            return
        for column in TABLES[name].columns:
            if column.table and column.table != name and (column.required or column.table in names):
                add(column.table)
        done.append(name)

    for name in sorted(names):
        add(name)
    return done


@st.composite
def communities(draw: Any, *, max_communities: int = 2, max_rows: int = 3) -> CommunityData:
    """Valid data of zero to ``max_communities`` communities, most tables without rows."""
    codes = draw(st.lists(CODES, max_size=max_communities, unique=True))
    wanted = set(
        draw(st.lists(st.sampled_from([n for n in TABLES if n != "community"]), max_size=5))
    )
    with_answers = draw(st.booleans())
    if with_answers:
        wanted |= {"instruments", "items", "rounds"}
    kinds: dict[tuple[str, str], str] = {}
    rows: dict[str, list[dict[str, Any]]] = {n: [] for n in TABLES}
    instruments = draw(st.lists(INSTRUMENTS, min_size=1, max_size=2, unique_by=str.casefold))
    for code in codes:
        for name in ["community", *_order(wanted)]:
            rows[name] += _rows(draw, name, code, rows, max_rows, instruments, kinds)
    tables = {
        n: pl.DataFrame(r, schema=table_schema(TABLES[n].columns), orient="row")
        for n, r in rows.items()
        if r
    }
    return CommunityData.of(tables, _answers(draw, rows, kinds) if with_answers else {})


def _rows(
    draw: Any,
    name: str,
    code: str,
    rows: dict[str, list[dict[str, Any]]],
    max_rows: int,
    instruments: list[str],
    kinds: dict[tuple[str, str], str],
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    count = 1 if name == "community" else draw(st.integers(1, max_rows))
    if name == "instruments":
        count = min(count, len(instruments))
    for i in range(count):
        row: dict[str, Any] = {"community": code}
        for column in TABLES[name].columns:
            if column.name == "id":
                row["id"] = code if name == "community" else f"{draw(CODES)}{i}"
                if name == "instruments":
                    row["id"] = instruments[i]
            elif column.table:
                at = [r["id"] for r in rows[column.table] if r["community"] == code]
                at = [r["id"] for r in made] if column.table == name else at
                if not at and column.required:
                    return made
                some = st.sampled_from(at) if at else st.none()
                row[column.name] = draw(some if column.required else st.none() | some)
            else:
                some = value(column)
                row[column.name] = draw(some if column.required else st.none() | some)
        _mend(draw, name, row, i, kinds)
        keys = [("id",), *UNIQUE.get(name, ())]
        repeated = any(all(row[k] == o[k] for k in key) for key in keys for o in made)
        if not repeated and not (name == "ties" and row["source"] == row["target"]):
            made.append(row)
    return made


def _mend(
    draw: Any, name: str, row: dict[str, Any], i: int, kinds: dict[tuple[str, str], str]
) -> None:
    """Bend a row to the rules between its cells."""
    for pair in DATE_ORDER.get(name, ()):
        earlier, later = pair
        if row[earlier] is not None and row[later] is not None and row[later] < row[earlier]:
            row[later] = row[earlier]
    for chain in COUNT_ORDER.get(name, ()):
        least = None
        for column in chain:
            if row[column] is not None:
                least = row[column] if least is None else min(least, row[column])
                row[column] = least
    if name == "indicators":
        row["period"] = draw(PERIODS)
    if name == "items":
        row["name"] = draw(ITEM_NAMES) + f".{i}" * draw(st.integers(0, 1))
        row["type"] = kinds.setdefault((row["instrument"], row["name"]), row["type"])
    assert PARENT.keys() <= TABLES.keys()


def _answers(
    draw: Any, rows: dict[str, list[dict[str, Any]]], kinds: dict[tuple[str, str], str]
) -> dict[str, pl.DataFrame]:
    out = {}
    for instrument in sorted({r["id"] for r in rows["instruments"]}):
        names = sorted({n for i, n in kinds if i == instrument})
        names = draw(st.permutations(names)) if names else []
        made = []
        for code in {r["community"]: None for r in rows["instruments"] if r["id"] == instrument}:
            rounds = [r["id"] for r in rows["rounds"] if r["community"] == code]
            if not rounds:
                continue
            for i in range(draw(st.integers(0, 3))):
                row: dict[str, Any] = {"community": code}
                for column in ANSWER_KEYS:
                    if column.name == "id":
                        row["id"] = f"{draw(CODES)}{i}"
                    elif column.name == "round":
                        row["round"] = draw(st.sampled_from(rounds))
                    elif column.table:
                        at = [r["id"] for r in rows[column.table] if r["community"] == code]
                        row[column.name] = draw(st.none() | st.sampled_from(at)) if at else None
                    else:
                        row[column.name] = draw(st.none() | value(column))
                for name in names:
                    row[name] = draw(st.none() | _answer(rows["items"], code, instrument, name))
                if all(row["id"] != o["id"] for o in made if o["community"] == code):
                    made.append(row)
        schema = table_schema(ANSWER_KEYS) | {n: ITEM_TYPES[kinds[instrument, n]] for n in names}
        out[instrument] = pl.DataFrame(made, schema=schema, orient="row")
    return out


def _answer(
    items: list[dict[str, Any]], code: str, instrument: str, name: str
) -> st.SearchStrategy[Any]:
    for item in items:
        if (item["community"], item["instrument"], item["name"]) == (code, instrument, name):
            if item["type"] in ("choice", "text"):
                return TEXT
            low, high = item["low"], item["high"]
            if item["type"] == "binary":
                low, high = (0.0 if low is None else low), (1.0 if high is None else high)
                if low > high:
                    return st.none()
            return number(low, high)
    return st.none()  # not declared by this community
