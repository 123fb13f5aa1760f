"""Results of the core as JSON, and back to the same frozen dataclasses. Light: no Polars.

Doubts keep their code and fields, so that a page words them in the reader's language.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from satuhati.errors import Doubt
from satuhati.text import Text

T = TypeVar("T")


def stored(value: Any) -> Any:
    """A result as JSON-ready data; NaN and infinities become ``None``."""
    if isinstance(value, Text):
        return {"id": value.id, "en": value.en}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: stored(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(k): stored(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [stored(v) for v in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if hasattr(value, "item") and not isinstance(value, (str, bytes)):
        value = value.item()  # a scalar of NumPy
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value


def restored(kind: type[T], data: Any) -> T:
    """The inverse of :func:`stored` for a dataclass of the core."""
    return typing.cast("T", _restore(kind, data))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _restore(kind: Any, data: Any) -> Any:
    if data is None:
        return None
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        inner = next(a for a in typing.get_args(kind) if a is not type(None))
        return _restore(inner, data)
    if origin is tuple:
        parts = typing.get_args(kind)
        if len(parts) == 2 and parts[1] is Ellipsis:
            return tuple(_restore(parts[0], v) for v in data)
        return tuple(_restore(p, v) for p, v in zip(parts, data, strict=True))
    if origin in (dict, Mapping):
        return {k: _restore(typing.get_args(kind)[1], v) for k, v in data.items()}
    if kind is Text:
        return Text(data["id"], data["en"])
    if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return kind(
            *(_restore(_hints(kind)[f], v) for f, v in zip(kind._fields, data, strict=True))
        )
    if kind is dt.date:
        return dt.date.fromisoformat(data)
    if kind is float:
        return float(data)
    if kind is Doubt:
        return Doubt(data["code"], {k: _field(v) for k, v in data["fields"].items()})
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _restore(hints[name], value) for name, value in data.items()})
    return data


def _field(value: Any) -> Any:
    """A doubt's field: words of both languages are kept as such."""
    if isinstance(value, dict) and set(value) == {"id", "en"}:
        return Text(value["id"], value["en"])
    return value
