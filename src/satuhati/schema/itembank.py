"""Our own bilingual item bank: the one readable table ``itembank.csv``, typed (CC BY 4.0).

No item repeats the wording of a published scale. A row says what an item is about (``topic``, a
code of the framework), which scale it belongs to (the ``of`` of a measure, so that its answers
reach the profile), who can be asked (``populations``), which short forms hold it (``forms``), the
range and direction of its answers, and its wording in both languages.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from satuhati.text import Text

LICENCE = "CC BY 4.0, Satu Hati contributors"

SECTIONS: dict[str, Text] = {
    "home": Text("Tinggal di sini", "Living here"),
    "part": Text("Ikut serta", "Taking part"),
    "solve": Text("Kalau ada masalah", "When there is a problem"),
    "help": Text("Bantuan dan layanan", "Help and services"),
    "voice": Text("Percaya dan bersuara", "Trusting and speaking up"),
    "rules": Text("Aturan dan kebiasaan", "Rules and ways"),
    "around": Text("Keadaan di sekitar", "How things are around here"),
    "together": Text("Kerja antarlembaga", "Working with other organisations"),
}
"""Screens of a form. Their titles do not name what is measured, which would lead the answers."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question; ``low`` and ``high`` bound its answers, if they are figures."""

    code: str
    scale: str | None
    topic: str
    section: str
    type: str
    low: int | None
    high: int | None
    reversed: bool
    populations: tuple[str, ...]
    forms: tuple[str, ...]
    relevant: str | None
    text: Text


@cache
def bank() -> tuple[Item, ...]:
    """All items, in the order of the table."""
    text = files("satuhati.schema").joinpath("itembank.csv").read_text(encoding="utf-8")
    return tuple(
        Item(
            code=row["code"],
            scale=row["scale"] or None,
            topic=row["topic"],
            section=row["section"],
            type=row["type"],
            low=int(row["low"]) if row["low"] else None,
            high=int(row["high"]) if row["high"] else None,
            reversed=row["reversed"] == "true",
            populations=tuple(row["populations"].split()),
            forms=tuple(row["forms"].split()),
            relevant=row["relevant"] or None,
            text=Text(row["text_id"], row["text_en"]),
        )
        for row in csv.DictReader(text.splitlines())
    )
