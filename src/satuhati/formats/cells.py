"""Text cells to typed columns: one fast pass by Polars, then cell by cell only what it refused.

What people write is taken kindly where it can mean one thing only (``ya``, ``3.0``, ``9.30``
for a time, ``21/11/2026`` with a word about it) and refused where it can mean two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from satuhati.errors import Doubt
from satuhati.formats.written import EXPECTED, ISO_DATE, read_date, shown
from satuhati.schema.choices import folded
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
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]00)?")
_EXACT_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_EXACT_TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
_INT64 = 2**63
INVISIBLE = "[\\x00-\\x1f\\x7f\\x85\u2028\u2029]"

Mend = Callable[[str], object | None]


@dataclass(frozen=True, slots=True)
class Spec:
    """What a column should hold: :data:`satuhati.schema.Kind`, choices, bounds."""

    name: str
    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    """Folded words that are read as a choice, beside its code."""
    said: Text | None = None
    """The choices as a message lists them."""

    @property
    def bounded(self) -> bool:
        return self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that would not become what its column holds."""

    row: int
    column: str
    code: str
    fields: Mapping[str, object]


@dataclass(slots=True)
class Typed:
    """Typed columns, the cells that were refused (``null`` in ``frame``), and what was guessed."""

    frame: pl.DataFrame
    faults: list[Fault] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def typed(
    cells: pl.DataFrame, specs: Sequence[Spec], *, file: str, decimal_comma: bool = False
) -> Typed:
    """The columns named by ``specs``, each as its kind, in their order.

    ``cells`` holds String columns with ``null`` for empty. All columns are typed in a handful of
    Polars calls; only a column in which something was refused is looked at cell by cell.
    """
    if not specs:
        return Typed(pl.DataFrame())
    # Columns go by position in here: a header may be "*" or "^a$", which Polars would expand.
    columns = [cells.get_column(s.name).alias(f"t{i}") for i, s in enumerate(specs)]
    texts = pl.DataFrame(columns).with_columns(
        _stripped(f"t{i}") for i, s in enumerate(specs) if s.kind != "text"
    )
    both = texts.with_columns(
        _fast(s, f"t{i}").alias(f"v{i}") for i, s in enumerate(specs) if s.kind in _CONVERTED
    )
    flags = [e for i, s in enumerate(specs) if (e := _flag(s, i, decimal_comma)) is not None]
    wrong = both.select(flags).row(0, named=True) if flags else {}
    result = Typed(pl.DataFrame())
    out: list[pl.Series] = []
    for i, spec in enumerate(specs):
        text = texts[f"t{i}"]
        value = both[f"v{i}"] if spec.kind in _CONVERTED else text
        if wrong.get(str(i)):
            value = _closely(spec, text, value, result, file, decimal_comma)
        out.append(value.alias(spec.name))
    result.frame = pl.DataFrame(out)
    return result


_CONVERTED = frozenset({"integer", "number", "boolean", "choice", "time", "date"})


def _closely(
    spec: Spec, text: pl.Series, value: pl.Series, result: Typed, file: str, decimal_comma: bool
) -> pl.Series:
    """A column in which something is not plain: mended where it can be, the rest as faults."""
    if (text.is_not_null() & value.is_null()).any():
        value, refused = _slow(spec, text, value, result, file, decimal_comma)
        result.faults += refused
    if spec.kind == "reference" or (spec.kind == "number" and decimal_comma):
        result.faults += _strange(spec, text)
    if spec.bounded:
        result.faults += range_faults(value.alias(spec.name), spec.low, spec.high)
    if spec.required:
        empty = where(text.is_null())
        result.faults += [Fault(at, spec.name, "value_required", {}) for at in empty]
    return value


def _stripped(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text).alias(name)


def _fast(spec: Spec, name: str) -> pl.Expr:
    """The typed values of cells written in the plainest way, ``null`` for all others."""
    text = pl.col(name)
    if spec.kind == "integer":
        return text.cast(pl.Int64, strict=False)
    if spec.kind == "number":
        value = text.cast(pl.Float64, strict=False)
        return pl.when(value.is_finite()).then(value)
    if spec.kind == "boolean":
        return text.str.to_lowercase().replace_strict(
            _BOOLEAN, default=None, return_dtype=pl.Boolean
        )
    if spec.kind == "choice":
        return pl.when(text.is_in(list(spec.choices))).then(text)
    if spec.kind == "time":
        return pl.when(text.str.contains(_EXACT_TIME)).then(text)
    if spec.kind == "date":
        exact = text.str.contains(_EXACT_DATE) & ~text.str.starts_with("0000")
        return pl.when(exact).then(text).str.to_date("%Y-%m-%d", strict=False)
    return text


def _flag(spec: Spec, i: int, decimal_comma: bool) -> pl.Expr | None:
    """Whether anything in the column is not plain; ``None`` if nothing could be."""
    text, value = pl.col(f"t{i}"), pl.col(f"v{i}")
    signs = []
    if spec.kind in _CONVERTED:
        signs.append(text.is_not_null() & value.is_null())
    if spec.kind == "reference":
        signs.append(text.str.contains(INVISIBLE))
    elif spec.kind == "number" and decimal_comma:
        signs.append(text.str.contains(_THOUSANDS))
    if spec.bounded:
        signs.append(_outside(value, spec.low, spec.high))
    if spec.required:
        signs.append(text.is_null())
    if not signs:
        return None
    some = signs[0].any()
    for sign in signs[1:]:
        some = some | sign.any()
    return some.alias(str(i))


def _outside(value: Any, low: float | None, high: float | None) -> Any:
    """Mask of an expression or series; at least one of the bounds is there."""
    if low is None:
        return value > high
    return value < low if high is None else (value < low) | (value > high)


def range_faults(values: pl.Series, low: float | None, high: float | None) -> list[Fault]:
    """Rows whose value lies outside ``low``–``high`` (either may be open, not both)."""
    bounds = {
        "low": "−∞" if low is None else f"{low:g}",
        "high": "∞" if high is None else f"{high:g}",
    }
    return [
        Fault(i, values.name, "value_range", {"value": f"{values[i]:.10g}", **bounds})
        for i in where(_outside(values, low, high))
    ]


def where(mask: pl.Series) -> list[int]:
    """Indices at which the mask is true (``null`` is not), at most ``MAX_PER_COLUMN``."""
    found: list[int] = mask.fill_null(False).arg_true()[:MAX_PER_COLUMN].to_list()
    return found


def _strange(spec: Spec, cells: pl.Series) -> list[Fault]:
    """Codes with invisible characters; figures whose dot may mark thousands."""
    number = spec.kind == "number"
    code = "number_ambiguous" if number else "id_invalid"
    at = where(cells.str.contains(_THOUSANDS if number else INVISIBLE))
    return [Fault(i, spec.name, code, {"value": shown(cells[i])}) for i in at]


def _slow(
    spec: Spec, cells: pl.Series, values: pl.Series, result: Typed, file: str, decimal_comma: bool
) -> tuple[pl.Series, list[Fault]]:
    """Cell by cell: what the fast pass refused, mended or a fault."""
    at = (cells.is_not_null() & values.is_null()).arg_true()
    mended: dict[int, object] = {}
    faults: list[Fault] = []
    mend = _mender(spec, decimal_comma)
    guess: str | None = None
    for i, text in zip(at.to_list(), cells.gather(at).to_list(), strict=True):
        code, fields = "value_type", _expected(spec)
        try:
            value = mend(text)
        except ValueError:
            value, code, fields = None, "date_impossible", {}
        if value is not None:
            mended[i] = value
            guess = guess or (text if _guessed(spec, text) else None)
        elif len(faults) < MAX_PER_COLUMN:
            code = "value_choice" if spec.kind == "choice" else code
            faults.append(Fault(i, spec.name, code, {"value": shown(text), **fields}))
    if guess:
        name = "dates_day_first" if spec.kind == "date" else "decimal_comma"
        said = {"file": file, "column": spec.name, "example": guess}
        result.doubts.append(Doubt(name, said))
    if mended:
        # Not Series.scatter: on text of more than 12 bytes it leaves a series (Polars 2.1) on which
        # a grouped n_unique counts every row.
        whole = values.to_list()
        for i, new in mended.items():
            whole[i] = new
        values = pl.Series(values.name, whole, dtype=values.dtype)
    return values, faults


def _expected(spec: Spec) -> dict[str, object]:
    if spec.kind == "choice":
        return {"choices": spec.said or ", ".join(spec.choices)}
    expected, example = EXPECTED[spec.kind]
    return {"expected": expected, "example": example}


def _guessed(spec: Spec, text: str) -> bool:
    """Whether reading this text took a guess that must be said."""
    if spec.kind == "number":
        return "," in text
    return spec.kind == "date" and not ISO_DATE.fullmatch(text)


def _mender(spec: Spec, decimal_comma: bool) -> Mend:
    if spec.kind == "choice":
        words = {**spec.words, **{folded(c): c for c in spec.choices}}
        return lambda text: words.get(folded(text))
    if spec.kind == "integer":
        return lambda text: _whole(text, _INTEGER_COMMA if decimal_comma else _INTEGER)
    if spec.kind == "number" and decimal_comma:
        return _with_comma
    if spec.kind == "date":
        return read_date
    if spec.kind == "time":
        return _time
    return lambda _: None


def _whole(text: str, pattern: re.Pattern[str]) -> int | None:
    match = pattern.fullmatch(text)
    value = int(match.group(1)) if match else _INT64
    return value if -_INT64 <= value < _INT64 else None


def _with_comma(text: str) -> float | None:
    if not _COMMA_NUMBER.fullmatch(text):
        return None
    value = float(text.replace(",", "."))
    return value if abs(value) != float("inf") else None


def _time(text: str) -> str | None:
    match = _TIME.fullmatch(text)
    if not match or int(match.group(1)) > 23 or int(match.group(2)) > 59:
        return None
    return f"{int(match.group(1)):02d}:{match.group(2)}"
