"""Rows gathered table by table, and the dice that make them."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from satuhati.core.community import ITEM_TYPES, CommunityData, table_schema
from satuhati.schema import ANSWER_KEYS, TABLES

COMMUNITY = "kdw"
AS_OF = dt.date(2026, 10, 31)
"""The day up to which the example's records go."""

_PREFIX = {
    "residents": "res", "attendance": "att", "decisions": "d", "followups": "f",
    "followup_partners": "fp", "norm_events": "ne", "predictions": "pred", "roster": "ro",
    "ties": "t", "excerpts": "x", "codings": "c", "placements": "pl", "awareness": "aw",
    "voices": "v", "requests": "rq", "problems": "pb", "goals": "go", "alternatives": "al",
    "activities": "ac", "activity_partners": "ap", "budget_lines": "bl", "indicators": "in",
    "consents": "co", "targets": "ta", "verdicts": "ve", "assets": "as", "terms": "te",
    "meetings": "m",
}  # fmt: skip


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def after(start: dt.date, days: int) -> dt.date:
    return start + dt.timedelta(days=days)


@dataclass
class Rows:
    """All rows of the example while it is being made.

    Every part throws its own dice (:meth:`dice`), so that changing one part leaves the others
    as they were. ``clean`` asks for the copy without the three problems.
    """

    seed: int
    clean: bool = False
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    answers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _count: Counter[str] = field(default_factory=Counter)

    def dice(self, part: str) -> random.Random:
        return random.Random(f"{self.seed}/{part}")  # noqa: S311 (invented data, not secrets)

    def add(self, table: str, code: str | None = None, /, **values: Any) -> str:
        """Add a row and give back its ``id`` (numbered within the table unless given)."""
        if code is None:
            self._count[table] += 1
            code = f"{_PREFIX[table]}{self._count[table]:03d}"
        self.tables.setdefault(table, []).append({"id": code, **values})
        return code

    def of(self, table: str) -> list[dict[str, Any]]:
        return self.tables.get(table, [])

    def row(self, table: str, code: str) -> dict[str, Any]:
        return next(r for r in self.of(table) if r["id"] == code)

    def data(self) -> CommunityData:
        """The bundle of everything added so far."""
        frames = {}
        for name, rows in self.tables.items():
            schema = table_schema(TABLES[name].columns)
            unknown = {k for r in rows for k in r} - schema.keys()
            if unknown:
                raise KeyError(f"{name} has no column {sorted(unknown)}")
            full = [{"community": COMMUNITY, **r} for r in rows]
            frames[name] = pl.DataFrame(full, schema=schema)
        keys = table_schema(ANSWER_KEYS)
        wide = {}
        for instrument, rows in self.answers.items():
            items = {
                i["name"]: ITEM_TYPES[i["type"]]
                for i in self.of("items")
                if i["instrument"] == instrument
            }
            full = [{"community": COMMUNITY, **r} for r in rows]
            wide[instrument] = pl.DataFrame(full, schema=keys | items)
        return CommunityData.of(frames, wide)


def shares_to_counts(total: int, shares: list[float]) -> list[int]:
    """Whole numbers near ``total * shares`` that add up to ``total`` (largest remainders)."""
    exact = [total * s / sum(shares) for s in shares]
    counts = [int(x) for x in exact]
    rest = sorted(range(len(exact)), key=lambda i: (counts[i] - exact[i], i))
    for i in rest[: total - sum(counts)]:
        counts[i] += 1
    return counts
