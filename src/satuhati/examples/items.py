"""Our own bilingual items, written on the cells of the framework (CC BY 4.0).

No item repeats the wording of a published scale. ``items.csv`` beside this module holds them:
``code`` (column of the answers), ``scale``, ``type``, range, ``reversed``, the instruments that
ask it (``warga``, ``pokja``, ``mitra``) and the wording in both languages.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

INSTRUMENTS = ("warga", "pokja", "mitra")
LICENCE = "CC BY 4.0, Satu Hati contributors"


@dataclass(frozen=True, slots=True)
class Item:
    """One question; ``low`` and ``high`` bound its answers."""

    code: str
    scale: str
    type: str
    low: int
    high: int
    reversed: bool
    instruments: tuple[str, ...]
    text_id: str
    text_en: str


@cache
def items(instrument: str | None = None) -> tuple[Item, ...]:
    """All items in the order they are asked, or those of one instrument."""
    text = files("satuhati.examples").joinpath("items.csv").read_text(encoding="utf-8")
    bank = tuple(
        Item(
            row["code"],
            row["scale"],
            row["type"],
            int(row["low"]),
            int(row["high"]),
            row["reversed"] == "true",
            tuple(i for i in INSTRUMENTS if row[i] == "true"),
            row["text_id"],
            row["text_en"],
        )
        for row in csv.DictReader(text.splitlines())
    )
    return bank if instrument is None else tuple(i for i in bank if instrument in i.instruments)
