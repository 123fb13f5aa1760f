"""What every section is built with: the dossier, the measures, a language, and evidence codes."""

from __future__ import annotations

from dataclasses import dataclass

from satuhati.core.profile.dossier import Dossier
from satuhati.core.profile.results import Cell, Evidence
from satuhati.framework import COMPONENTS, FUNCTIONS, LEVELS, POPULATIONS
from satuhati.reports.charts import Point
from satuhati.reports.narrative import Measures, evidence_label, short_value, span, takes_part
from satuhati.text import Translator

Key = tuple[str, ...]
ORDER = (*COMPONENTS, *FUNCTIONS)


def key_of(e: Evidence) -> Key:
    """What makes a piece one piece, wherever it is shown."""
    return (
        e.measure, e.component, e.level, e.population, e.subject or "", e.frame or "", e.record,
    )  # fmt: skip


def cell_anchor(component: str, level: str, population: str) -> str:
    return f"cell-{component}-{level}-{population}".replace("_", "-")


def component_anchor(component: str) -> str:
    return f"part-{component}".replace("_", "-")


def _rank(cell: Cell) -> tuple[int, int, int]:
    def at(code: str, codes: tuple[str, ...]) -> int:
        return codes.index(code) if code in codes else len(codes)

    return (
        at(cell.component, ORDER),
        at(cell.level, tuple(LEVELS)),
        at(cell.population, tuple(POPULATIONS)),
    )


@dataclass(frozen=True, slots=True)
class Context:
    """Cells in the order of the framework; ``codes`` name pieces as B<component>.<piece>."""

    dossier: Dossier
    measures: Measures
    t: Translator
    cells: tuple[Cell, ...]
    codes: dict[Key, str]
    rounds: dict[str, str]

    def code(self, e: Evidence) -> str:
        return self.codes.get(key_of(e), "")

    def of(self, component: str) -> tuple[Cell, ...]:
        return tuple(c for c in self.cells if c.component == component)

    def at(self, component: str, level: str) -> tuple[Cell, ...]:
        return tuple(c for c in self.of(component) if c.level == level)

    def anchor(self, component: str, level: str, population: str) -> str:
        """Where a cell stands; a population heard only in other cells leads to its component."""
        if any(x.population == population for x in self.at(component, level)):
            return cell_anchor(component, level, population)
        return component_anchor(component)

    def point(self, e: Evidence) -> Point:
        """A piece as it is drawn; field notes lie somewhere in the zone they were placed in."""
        zone = e.place
        if e.direction is not None and zone is None:
            zones = {"supports": "high", "mixed": "middle", "contradicts": "low"}
            zone = zones[e.direction]  # type: ignore[assignment]
        return Point(
            method=e.method,
            value=None if e.direction is not None else e.value,
            interval=e.interval,
            zone=zone,
            label=evidence_label(e, self.measures, self.t),
            code=self.code(e),
            used=takes_part(e),
        )

    def spoken(self, e: Evidence) -> str:
        """A piece as words, for the label of a picture."""
        text = f"{evidence_label(e, self.measures, self.t)} {short_value(e, self.t)}"
        return f"{text} ({span(e.interval, self.t)})" if e.interval is not None else text


def context(dossier: Dossier, measures: Measures, t: Translator) -> Context:
    """Order the cells and number the pieces: the same everywhere in the report."""
    profile = dossier.profile
    cells = tuple(sorted((*profile.components, *profile.functions), key=_rank))
    codes: dict[Key, str] = {}
    counts: dict[str, int] = {}
    for cell in cells:
        number = ORDER.index(cell.component) + 1 if cell.component in ORDER else 0
        for e in cell.evidence:
            if key_of(e) not in codes:
                counts[cell.component] = counts.get(cell.component, 0) + 1
                codes[key_of(e)] = f"B{number}.{counts[cell.component]}"
    rounds = {
        r.code: t("{label}, wave {wave}", label=r.label, wave=r.wave)
        if r.kind == "survey"
        else t("wave {wave}", wave=r.wave)
        for r in dossier.rounds
    }
    return Context(dossier, measures, t, cells, codes, rounds)


def code_anchor(code: str) -> str:
    return code.lower().replace(".", "-")
