"""What core functions return: frozen, typed, with uncertainty and doubt beside every figure."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

from satuhati.errors import Doubt

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval, its n and how it was obtained.

    ``value`` is ``None`` when the figure cannot be had; ``interval`` is ``None`` where nothing
    was estimated (a census, a count). The unit is that of the function that returns it.
    """

    value: float | None
    interval: Interval | None
    n: int
    method: str
    warnings: tuple[Doubt, ...] = ()


def plain(value: Any, lang: str = "id") -> Any:
    """A result as JSON-ready dicts and lists: NaN and infinities become ``None``.

    Doubts are worded in ``lang``. Numbers are not rounded.
    """
    if isinstance(value, Doubt):
        return value.message("en" if lang == "en" else "id")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name), lang) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(k): plain(v, lang) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value) if isinstance(value, (set, frozenset)) else value
        return [plain(v, lang) for v in items]
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item") and not isinstance(value, (str, bytes)):
        value = value.item()  # numpy scalars
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value
