"""Expressions computed: relevance, constraint and calculation as pure functions.

Values and conversions are those of XPath 1.0 (§3.4, §4.2-4.4), with what ODK adds: an answer is
the text that was given, several choices are names with blanks between, an unanswered question is
the empty text, and a date counts as days since 1970-01-01 where a number is asked for. ``today``
is an argument: nothing here reads a clock. Blanks, digits and letters in patterns are those of
ASCII and sums are added one by one, so that ``hitung.js`` in a browser finds the same.
"""

from __future__ import annotations

import datetime as dt
import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce

from satuhati.formats.xlsform.expressions import (
    Call,
    Column,
    Current,
    Literal,
    Negative,
    Node,
    Operation,
    Reference,
    parse,
)

Value = str | float | bool
MAX_MATCHED = 1_000
"""Longer answers match no pattern."""

_BLANKS = " \t\n\r\f\v"
_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?", re.DOTALL | re.ASCII)
_EPOCH = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression sees: all answers by name, the answer in question, the day, and in a
    filter of choices the columns of one choice."""

    answers: Mapping[str, str]
    today: dt.date
    current: str = ""
    row: Mapping[str, str] = field(default_factory=dict)


def evaluate(expression: str | Node, seen: Setting) -> Value:
    """The value of an expression. Raises ``ExpressionError`` if it cannot be parsed."""
    return _value(parse(expression) if isinstance(expression, str) else expression, seen)


def holds(expression: str | Node | None, seen: Setting) -> bool:
    """Whether a relevance or constraint holds; an empty one always does."""
    return True if expression in (None, "") else to_boolean(evaluate(expression or "", seen))


def to_boolean(value: Value) -> bool:
    """XPath ``boolean()``: text that is not empty, a number neither 0 nor NaN."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value != ""
    return value != 0 and not math.isnan(value)


def to_number(value: Value) -> float:
    """XPath ``number()``; a date is its days since 1970-01-01; other text is NaN."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, str):
        if _NUMBER.fullmatch(value):
            return float(value)
        return _days(value)
    return float(value)


def _days(text: str) -> float:
    match = _DATE.fullmatch(text.strip(_BLANKS))
    if match is None:
        return math.nan
    try:
        day = dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return math.nan
    return float(day.toordinal() - _EPOCH)


def to_text(value: Value) -> str:
    """XPath ``string()``: whole numbers without a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    text = repr(value)
    return text if "e" not in text else f"{value:.20f}".rstrip("0").rstrip(".")


def _value(node: Node, seen: Setting) -> Value:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Reference):
        return seen.answers.get(node.name, "")
    if isinstance(node, Current):
        return seen.current
    if isinstance(node, Column):
        return seen.row.get(node.name, "")
    if isinstance(node, Negative):
        return -to_number(_value(node.of, seen))
    if isinstance(node, Operation):
        return _operation(node, seen)
    return _call(node, seen)


def _operation(node: Operation, seen: Setting) -> Value:
    sign = node.operator
    if sign == "or":
        return to_boolean(_value(node.left, seen)) or to_boolean(_value(node.right, seen))
    if sign == "and":
        return to_boolean(_value(node.left, seen)) and to_boolean(_value(node.right, seen))
    left, right = _value(node.left, seen), _value(node.right, seen)
    if sign in ("=", "!="):
        return _equal(left, right) == (sign == "=")
    a, b = to_number(left), to_number(right)
    if sign == "<":
        return a < b
    if sign == "<=":
        return a <= b
    if sign == ">":
        return a > b
    if sign == ">=":
        return a >= b
    return _arithmetic(sign, a, b)


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left) == to_number(right)
    return left == right


def _arithmetic(sign: str, a: float, b: float) -> float:
    if sign == "+":
        return a + b
    if sign == "-":
        return a - b
    if sign == "*":
        return a * b
    if b == 0:
        if sign == "mod" or a == 0 or math.isnan(a):
            return math.nan
        return math.copysign(math.inf, a) * math.copysign(1.0, b)
    if sign == "div":
        return a / b
    return math.nan if math.isinf(a) else math.fmod(a, b)


def _call(node: Call, seen: Setting) -> Value:
    if node.function == "if":
        condition, yes, no = node.arguments
        return _value(yes if to_boolean(_value(condition, seen)) else no, seen)
    if node.function == "today":
        return seen.today.isoformat()
    return _FUNCTIONS[node.function](*(_value(a, seen) for a in node.arguments))


def _matches(value: Value, pattern: Value) -> bool:
    text = to_text(value)
    if len(text) > MAX_MATCHED:
        return False
    return re.fullmatch(to_text(pattern), text, re.ASCII) is not None


def _whole(value: Value) -> Value:
    number = to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else math.nan


def _floor(value: Value) -> Value:
    number = to_number(value)
    return float(math.floor(number)) if math.isfinite(number) else number


def _round(value: Value, places: Value = 0.0) -> Value:
    """Half away from nought, as people round; XPath's own rounds half up."""
    number, digits = to_number(value), to_number(places)
    if not math.isfinite(number) or not math.isfinite(digits) or abs(digits) > 15:
        return number
    factor = float(f"1e{int(digits)}")
    scaled = abs(number) * factor
    if not math.isfinite(scaled) or scaled >= 2**52:
        return number
    return math.copysign(math.floor(scaled + 0.5) / factor, number)


def words(value: Value) -> list[str]:
    """The codes in an answer of several choices."""
    return re.findall(f"[^{_BLANKS}]+", to_text(value))


def _selected_at(value: Value, at: Value) -> Value:
    chosen, place = words(value), to_number(at)
    if not math.isfinite(place) or not 0 <= int(place) < len(chosen):
        return ""
    return chosen[int(place)]


def _date(value: Value) -> Value:
    days = to_number(value)
    if not math.isfinite(days) or not 1 <= int(days) + _EPOCH <= dt.date.max.toordinal():
        return ""
    return dt.date.fromordinal(int(days) + _EPOCH).isoformat()


def _extreme(pick: Callable[[list[float]], float]) -> Callable[..., Value]:
    def found(*values: Value) -> Value:
        numbers = [to_number(v) for v in values]
        return math.nan if any(math.isnan(n) for n in numbers) else pick(numbers)

    return found


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "boolean": to_boolean,
    "coalesce": lambda a, b: a if to_text(a) != "" else b,
    "concat": lambda *parts: "".join(to_text(p) for p in parts),
    "contains": lambda a, b: to_text(b) in to_text(a),
    "count-selected": lambda a: float(len(words(a))),
    "date": _date,
    "false": lambda: False,
    "floor": _floor,
    "int": _whole,
    "max": _extreme(max),
    "min": _extreme(min),
    "not": lambda a: not to_boolean(a),
    "number": to_number,
    "regex": _matches,
    "round": _round,
    "selected": lambda a, b: to_text(b).strip(_BLANKS) in words(a),
    "selected-at": _selected_at,
    "starts-with": lambda a, b: to_text(a).startswith(to_text(b)),
    "string": to_text,
    "string-length": lambda a: float(len(to_text(a))),
    "sum": lambda *values: reduce(operator.add, (to_number(v) for v in values), 0.0),
    "true": lambda: True,
}
