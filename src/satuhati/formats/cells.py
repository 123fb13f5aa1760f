"""Text cells to typed columns: one fast pass by Polars, then cell by cell only what it refused.

What people write is taken kindly where it can mean one thing only (``ya``, ``3.0``, ``9.30``
for a time, ``21/11/2026`` with a word about it) and refused where it can mean two.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from satuhati.errors import Doubt
from satuhati.text import Text

MAX_PER_COLUMN = 10_000
"""Problems kept per column; nobody reads more, and a wrong column must not exhaust memory."""

TRUE = ("true", "ya", "yes", "1", "benar")
FALSE = ("false", "tidak", "no", "0", "salah")
_BOOLEAN = dict.fromkeys(TRUE, True) | dict.fromkeys(FALSE, False)
_INTEGER = re.compile(r"([+-]?[0-9]{1,19})(?:\.0*)?")
_INTEGER_COMMA = re.compile(r"([+-]?[0-9]{1,19})(?:[.,]0*)?")
_COMMA_NUMBER = re.compile(r"[+-]?[0-9]*,?[0-9]+(?:[eE][+-]?[0-9]+)?")
_THOUSANDS = r"^[+-]?[1-9][0-9]{0,2}\.[0-9]{3}$"
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]00)?")
_INT64 = 2**63
INVISIBLE = "[\\x00-\\x1f\\x7f\\x85\u2028\u2029]"

EXPECTED: dict[str, tuple[Text, str]] = {
    "integer": (Text("bilangan bulat", "a whole number"), "12"),
    "number": (Text("angka", "a number"), "2.5"),
    "boolean": (Text("ya atau tidak", "true or false"), "true / false"),
    "date": (Text("tanggal", "a date"), "2026-11-21"),
    "time": (Text("jam", "a time of day"), "19:30"),
}

Fault = tuple[int, str, Mapping[str, object]]
"""Row index, problem code, fields."""


@dataclass(slots=True)
class Typed:
    """A typed column, the cells that would not become it, and what had to be guessed."""

    values: pl.Series
    faults: list[Fault] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def shown(value: object) -> str:
    """A cell's content fit for one line of a report."""
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "…"


def typed(
    cells: pl.Series,
    kind: str,
    *,
    file: str,
    choices: tuple[str, ...] = (),
    low: float | None = None,
    high: float | None = None,
    decimal_comma: bool = False,
) -> Typed:
    """The column as ``kind`` (:data:`satuhati.schema.Kind`); a refused cell becomes ``null``.

    ``cells`` is a String series with ``null`` for empty; its name is the column's.
    """
    if kind == "text":
        return Typed(cells)
    cells = cells.str.strip_chars()
    cells = cells.set(cells == "", None) if (cells == "").any() else cells
    if kind == "reference":
        return _codes(cells)
    if kind == "choice":
        return _choices(cells, choices)
    if kind == "boolean":
        values = cells.str.to_lowercase().replace_strict(
            _BOOLEAN, default=None, return_dtype=pl.Boolean
        )
        return _or_fault(cells, values, kind, lambda _: None)
    if kind == "date":
        return _dates(cells, file)
    if kind == "time":
        exact = cells.str.contains("^([01][0-9]|2[0-3]):[0-5][0-9]$")
        return _or_fault(cells, cells.zip_with(exact, _nulls(cells)), kind, _time)
    result = _numbers(cells, kind, file, decimal_comma)
    if low is not None or high is not None:
        result.faults += range_faults(result.values, low, high)
    return result


def range_faults(values: pl.Series, low: float | None, high: float | None) -> list[Fault]:
    """Rows whose value lies outside ``low``–``high``."""
    outside = pl.Series([False]).new_from_index(0, len(values))
    if low is not None:
        outside = outside | (values < low)
    if high is not None:
        outside = outside | (values > high)
    bounds = {
        "low": "−∞" if low is None else f"{low:g}",
        "high": "∞" if high is None else f"{high:g}",
    }
    return [(i, "value_range", {"value": f"{values[i]:.10g}", **bounds}) for i in where(outside)]


def where(mask: pl.Series) -> list[int]:
    """Indices at which the mask is true (``null`` is not), at most ``MAX_PER_COLUMN``."""
    found: list[int] = mask.fill_null(False).arg_true()[:MAX_PER_COLUMN].to_list()
    return found


def _nulls(cells: pl.Series) -> pl.Series:
    return pl.Series(cells.name, [None], dtype=pl.String).new_from_index(0, len(cells))


def _refused(cells: pl.Series, values: pl.Series) -> Iterator[tuple[int, str]]:
    """Index and text of cells that are not empty but have no value."""
    at = (cells.is_not_null() & values.is_null()).arg_true()
    return zip(at.to_list(), cells.gather(at).to_list(), strict=True)


def _or_fault(
    cells: pl.Series, values: pl.Series, kind: str, mend: Callable[[str], object | None]
) -> Typed:
    """``values`` where there is one, else what ``mend`` makes of the text, else a fault."""
    result = Typed(values)
    mended: dict[int, object] = {}
    expected, example = EXPECTED[kind]
    for i, text in _refused(cells, values):
        value = mend(text)
        if value is not None:
            mended[i] = value
        elif len(result.faults) < MAX_PER_COLUMN:
            fields = {"value": shown(text), "expected": expected, "example": example}
            result.faults.append((i, "value_type", fields))
    if mended:
        result.values = _put(values, mended)
    return result


def _put(values: pl.Series, mended: dict[int, object]) -> pl.Series:
    return values.scatter(list(mended), pl.Series(list(mended.values()), dtype=values.dtype))


def _codes(cells: pl.Series) -> Typed:
    result = Typed(cells)
    for i in where(cells.str.contains(INVISIBLE)):
        result.faults.append((i, "id_invalid", {"value": shown(cells[i])}))
    return result


def _choices(cells: pl.Series, choices: tuple[str, ...]) -> Typed:
    known = pl.Series(choices, dtype=pl.String)
    values = cells.zip_with(cells.is_in(known.implode()) & cells.is_not_null(), _nulls(cells))
    folded = {c.casefold(): c for c in choices}
    result = Typed(values)
    mended: dict[int, object] = {}
    for i, text in _refused(cells, values):
        if text.casefold() in folded:
            mended[i] = folded[text.casefold()]
        elif len(result.faults) < MAX_PER_COLUMN:
            fields = {"value": shown(text), "choices": ", ".join(choices)}
            result.faults.append((i, "value_choice", fields))
    if mended:
        result.values = _put(values, mended)
    return result


def _numbers(cells: pl.Series, kind: str, file: str, decimal_comma: bool) -> Typed:
    name = cells.name
    if kind == "integer":
        pattern = _INTEGER_COMMA if decimal_comma else _INTEGER

        def whole(text: str) -> int | None:
            match = pattern.fullmatch(text)
            value = int(match.group(1)) if match else _INT64
            return value if -_INT64 <= value < _INT64 else None

        return _or_fault(cells, cells.cast(pl.Int64, strict=False), kind, whole)
    values = cells.cast(pl.Float64, strict=False)
    if (~values.is_finite()).any():
        values = values.set(~values.is_finite(), None)
    if not decimal_comma:
        return _or_fault(cells, values, kind, lambda _: None)
    ambiguous = cells.str.contains(_THOUSANDS)
    commas = 0

    def with_comma(text: str) -> float | None:
        nonlocal commas
        if not _COMMA_NUMBER.fullmatch(text):
            return None
        value = float(text.replace(",", "."))
        commas += 1
        return value if abs(value) != float("inf") else None

    result = _or_fault(cells, values, kind, with_comma)
    if commas:
        result.doubts.append(Doubt("decimal_comma", {"file": file, "column": name}))
    for i in where(ambiguous):
        result.faults.append((i, "number_ambiguous", {"value": shown(cells[i])}))
    return result


def _dates(cells: pl.Series, file: str) -> Typed:
    exact = cells.str.contains("^[0-9]{4}-[0-9]{2}-[0-9]{2}$") & ~cells.str.starts_with("0000")
    values = cells.zip_with(exact.fill_null(False), _nulls(cells)).str.to_date(
        "%Y-%m-%d", strict=False
    )
    result = Typed(values)
    mended: dict[int, object] = {}
    example = None
    expected, how = EXPECTED["date"]
    for i, text in _refused(cells, values):
        iso, day_first = _ISO.fullmatch(text), _DAY_FIRST.fullmatch(text)
        try:
            if iso:
                year, month, day = iso.groups()
                mended[i] = dt.date(int(year), int(month), int(day))
                continue
            if day_first:
                day, _, month, year = day_first.groups()
                mended[i] = dt.date(int(year), int(month), int(day))
                example = example or text
                continue
            code: str = "value_type"
            fields: dict[str, object] = {"expected": expected, "example": how}
        except ValueError:
            code, fields = "date_impossible", {}
        if len(result.faults) < MAX_PER_COLUMN:
            result.faults.append((i, code, {"value": shown(text), **fields}))
    if mended:
        result.values = _put(values, mended)
    if example:
        fields = {"file": file, "column": cells.name, "example": example}
        result.doubts.append(Doubt("dates_day_first", fields))
    return result


def _time(text: str) -> str | None:
    match = _TIME.fullmatch(text)
    if not match or int(match.group(1)) > 23 or int(match.group(2)) > 59:
        return None
    return f"{int(match.group(1)):02d}:{match.group(2)}"
