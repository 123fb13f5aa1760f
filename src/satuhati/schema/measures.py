"""What counts as evidence of what: the one readable table ``measures.csv``, typed.

A row says which cell a measure speaks to, by which method, from which record, how its figure
maps to 0-100, how many are needed, and what it means if nothing is recorded. ``kind`` names a
registered kind of computation and ``of`` its parameter; there is no code in the table.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, get_args

from satuhati.framework import LEVELS, METHODS, POPULATIONS
from satuhati.text import Text

MeasureKind = Literal["scale", "item", "share", "count", "network", "indicator", "fieldnotes"]
IfNone = Literal["zero", "zero_if_due", "zero_if_open", "regularity", "too_few", "not_applicable"]
"""What nothing on record means. ``zero``: nought, but only where absence was confirmed;
``zero_if_due`` / ``zero_if_open``: nought also where meetings are due or a channel is open;
``regularity``: nought wherever the meetings strand is present; the others: no finding."""
IntervalRule = Literal["design", "cluster", "wilson", "finite", "none"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table. ``anchor_low`` maps to 0 and ``anchor_high`` to 100.

    ``populations`` are those it speaks of; of these, ``expected`` are missed when nothing is
    found. (In the table the others stand in brackets.)
    """

    code: str
    component: str
    level: str
    populations: tuple[str, ...]
    expected: tuple[str, ...]
    method: str
    record: str
    kind: MeasureKind
    of: str
    strand: str
    unit: str
    anchor_low: float | None
    anchor_high: float | None
    min_n: int
    counts: str
    if_none: IfNone
    interval: IntervalRule
    scored: bool
    months: int | None
    label: Text
    sentence: Text
    how: Text
    ask: Text
    source: str

    @property
    def how_to_know(self) -> Text:
        """The cheapest next way to know, where the measure has no answer yet."""
        return self.ask


COUNTS: dict[str, Text] = {
    "people": Text("orang", "people"),
    "meetings": Text("rapat", "meetings"),
    "events": Text("kegiatan", "events"),
    "followups": Text("tindak lanjut", "follow-ups"),
    "decisions": Text("keputusan", "decisions"),
    "problems": Text("masalah", "problems"),
    "plans": Text("RKM", "plans"),
    "posts": Text("jabatan", "posts"),
    "activities": Text("kegiatan", "activities"),
    "requests": Text("permintaan", "requests"),
    "actors": Text("pelaku", "actors"),
    "assets": Text("aset", "assets"),
    "questions": Text("pertanyaan", "questions"),
    "pairs": Text("pasangan", "pairs"),
    "ties": Text("ikatan", "ties"),
    "exchanges": Text("bantuan", "exchanges"),
    "norms": Text("aturan", "rules"),
    "observations": Text("pengamatan", "observations"),
    "periods": Text("masa", "periods"),
    "areas": Text("RW", "areas"),
    "sources": Text("sumber", "sources"),
    "proposals": Text("usulan", "proposals"),
}
"""What ``n`` counts, in words."""


def _number(text: str) -> float | None:
    return float(text) if text else None


@lru_cache(maxsize=1)
def measures() -> dict[str, Measure]:
    """All measures by code, in table order. Raises ``ValueError`` where the table is untrue."""
    table = files("satuhati.schema").joinpath("measures.csv").read_text(encoding="utf-8")
    out: dict[str, Measure] = {}
    for row in csv.DictReader(table.splitlines()):
        code = row["measure"]
        listed = row["population"].split()
        populations = tuple(p.strip("()") for p in listed)
        known = (
            code not in out
            and row["kind"] in get_args(MeasureKind)
            and row["if_none"] in get_args(IfNone)
            and row["interval"] in get_args(IntervalRule)
            and row["level"] in LEVELS
            and row["method"] in METHODS
            and row["counts"] in COUNTS
            and all(p in POPULATIONS for p in populations)
        )
        if not known:
            raise ValueError(f"measures.csv: row {code!r} uses a word that is not declared")
        out[code] = Measure(
            code=code,
            component=row["component"],
            level=row["level"],
            populations=populations,
            expected=tuple(p for p in listed if p in POPULATIONS),
            method=row["method"],
            record=row["record"],
            kind=row["kind"],  # type: ignore[arg-type]  # checked above
            of=row["of"],
            strand=row["strand"],
            unit=row["unit"],
            anchor_low=_number(row["anchor_low"]),
            anchor_high=_number(row["anchor_high"]),
            min_n=int(row["min_n"]),
            counts=row["counts"],
            if_none=row["if_none"],  # type: ignore[arg-type]  # checked above
            interval=row["interval"],  # type: ignore[arg-type]  # checked above
            scored=row["scored"] == "yes",
            months=int(row["months"]) if row["months"] else None,
            label=Text(row["label_id"], row["label_en"]),
            sentence=Text(row["sentence_id"], row["sentence_en"]),
            how=Text(row["how_id"], row["how_en"]),
            ask=Text(row["ask_id"], row["ask_en"]),
            source=row["source"],
        )
    return out
