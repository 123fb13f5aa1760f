"""A scale: which items it is made of, which of them are reversed, and its answer range."""

from __future__ import annotations

import math
from dataclasses import dataclass

from satuhati.errors import InputError, Problem
from satuhati.text import Text

# A spreadsheet would run such a header as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@")
_WRITTEN = Text("skala ditulis NAMA=BUTIR,BUTIR-,BUTIR", "a scale is written NAME=ITEM,ITEM-,ITEM")


@dataclass(frozen=True, slots=True)
class Scale:
    """Items of one scale, in order.

    ``low`` and ``high`` are the ends of the response scale (0 and 3 for SCI-2, not the observed
    smallest and largest answers); ``None`` where they are not known. ``no_answer``: codes beyond
    the ends that are no answer, 99 for *does not know*.
    """

    name: str
    items: tuple[str, ...]
    reversed: frozenset[str] = frozenset()
    low: float | None = None
    high: float | None = None
    no_answer: frozenset[float] = frozenset()

    def __post_init__(self) -> None:
        if not self.items:
            raise ValueError("a scale needs at least one item")
        if len(set(self.items)) != len(self.items):
            raise ValueError("an item appears twice in the scale")
        if not self.reversed <= set(self.items):
            raise ValueError("a reversed item is not an item of the scale")
        for end in (self.low, self.high):
            if end is not None and not math.isfinite(end):
                raise ValueError("the ends of the response scale must be finite")
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise ValueError("the response scale must have its low end below its high end")

    @property
    def keys(self) -> tuple[bool, ...]:
        """For each item, whether it is reversed."""
        return tuple(item in self.reversed for item in self.items)


def parse_scale(text: str, low: float | None = None, high: float | None = None) -> Scale:
    """``"A=A1-,A2,A3"`` to a :class:`Scale`; a minus after an item means reversed.

    Raises :class:`InputError` naming what is wrong with the text.
    """
    name, equals, rest = text.partition("=")
    name = name.strip()
    items: list[str] = []
    turned: set[str] = set()
    why: Text | None = None
    for part in (p.strip() for p in rest.split(",")):
        item = part.removesuffix("-").rstrip()
        if not item:
            why = _WRITTEN
            break
        if item in items:
            why = Text(f"{item} disebut dua kali", f"{item} appears twice")
            break
        items.append(item)
        if part.endswith("-"):
            turned.add(item)
    if not equals or not name:
        why = _WRITTEN
    elif name.startswith(_FORMULA_STARTS):
        why = Text("nama tidak boleh diawali = + - @", "the name must not begin with = + - @")
    elif any(end is not None and not math.isfinite(end) for end in (low, high)):
        why = Text("--min dan --max harus angka", "--min and --max must be numbers")
    elif low is not None and high is not None and not low < high:
        why = Text("--min harus di bawah --max", "--min must be below --max")
    if why is not None:
        fields = {"option": "--scale", "value": text, "why": why}
        raise InputError(Problem("option_invalid", fields=fields))
    return Scale(name, tuple(items), frozenset(turned), low, high)
