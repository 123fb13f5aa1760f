"""Two profiles side by side, cell by cell, in words and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from satuhati.core.profile.results import Cell, Evidence, Profile
from satuhati.framework import CHARACTERISTICS, FUNCTIONS, LEVELS, SOCIAL_CAPITAL
from satuhati.reports import narrative as say
from satuhati.reports import words as w
from satuhati.reports.charts import Point, track
from satuhati.schema.measures import measures
from satuhati.text import Translator

ZONES = {"supports": "high", "mixed": "middle", "contradicts": "low"}


def compared(profiles: Sequence[Profile], t: Translator) -> list[dict[str, Any]]:
    """The three matrices as lists of rows; a row has a side for each profile."""
    cells = [
        {(c.component, c.level, c.population): c for c in (*p.components, *p.functions)}
        for p in profiles
    ]
    groups = (
        (t("Characteristics of capacity"), CHARACTERISTICS),
        (t("Social capital"), SOCIAL_CAPITAL),
        (t("Functions of capacity"), FUNCTIONS),
    )
    found = []
    for title, terms in groups:
        rows = []
        for component in terms:
            for level in LEVELS:
                for population in ("pokja", "warga", "mitra", "all"):
                    pair = [side.get((component, level, population)) for side in cells]
                    if not any(c is not None and c.voices for c in pair):
                        continue
                    rows.append(
                        {
                            "component": w.component(component, t.lang),
                            "level": w.level(level, t.lang),
                            "population": w.population(population, t.lang),
                            "where": (component, level, population),
                            "sides": [_side(c, t) for c in pair],
                        }
                    )
        found.append({"title": title, "rows": rows})
    return found


def _side(cell: Cell | None, t: Translator) -> dict[str, Any]:
    verdict = cell.convergence if cell is not None else "no evidence"
    pieces = [e for e in cell.evidence if say.takes_part(e)] if cell is not None else []
    return {
        "there": cell is not None,
        "verdict": verdict,
        "word": say.verdict_word(verdict, t),
        "picture": Markup(  # noqa: S704  drawn by us
            track([_point(e, t) for e in pieces], "; ".join(_spoken(e, t) for e in pieces))
        )
        if pieces
        else "",
    }


def _point(e: Evidence, t: Translator) -> Point:
    zone = e.place or (ZONES[e.direction] if e.direction else None)
    value = None if e.direction is not None else e.value
    return Point(e.method, value, e.interval, zone, say.evidence_label(e, measures(), t))


def _spoken(e: Evidence, t: Translator) -> str:
    return f"{say.evidence_label(e, measures(), t)} {say.short_value(e, t)}"
