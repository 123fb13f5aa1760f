"""Cells with their verdicts, gaps, gaps of knowledge, and the strategies that fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from satuhati.core.profile.evaluate import target_for
from satuhati.core.profile.results import (
    Cell,
    Evidence,
    Gap,
    KnowledgeGap,
    Reading,
    Status,
    Suggestion,
    Voice,
)
from satuhati.core.profile.verdict import one_source_test, verdict, voices_of
from satuhati.errors import Doubt
from satuhati.framework import COMPONENTS, FUNCTIONS, LEVELS, STRATEGIES

POPULATION_ORDER = ("pokja", "warga", "mitra", "all")


def cells_of(
    evidence: Sequence[Evidence],
    components: Iterable[str],
    targets: list[dict[str, Any]],
    readings: Mapping[tuple[str, str, str], tuple[Reading, ...]],
) -> tuple[Cell, ...]:
    """One cell per component, level and population, in the order of the framework.

    Evidence of population ``all`` is one more voice in every cell of its component and level;
    it has a cell of its own only where there is none. A component and level without any measure
    still has a cell, which says so.
    """
    grouped: dict[tuple[str, str], dict[str, list[Evidence]]] = {}
    for piece in evidence:
        group = grouped.setdefault((piece.component, piece.level), {})
        group.setdefault(piece.population, []).append(piece)
    cells = []
    for component in components:
        for level in LEVELS:
            group = grouped.get((component, level), {})
            common = group.get("all", [])
            populations = [p for p in POPULATION_ORDER if p in group and p != "all"] or ["all"]
            for population in populations:
                own = group.get(population, []) if population != "all" else []
                pieces = (*own, *common)
                voices = voices_of(pieces)
                target, is_own = target_for(targets, component, level, population)
                cells.append(
                    Cell(
                        component=component,
                        level=level,
                        population=population,
                        convergence=verdict(voices),
                        one_source_test=one_source_test(voices),
                        evidence=pieces,
                        voices=voices,
                        target=target,
                        target_is_own=is_own,
                        readings=readings.get((component, level, population), ()),
                    )
                )
    return tuple(cells)


def _under(piece: Evidence) -> bool:
    """A sufficient, scored piece lying wholly, with its interval, under its target."""
    if piece.status != "ok" or not piece.scored or piece.value is None or piece.target is None:
        return False
    top = piece.interval[1] if piece.interval is not None else piece.value
    return top < piece.target


def _voice_under(voice: Voice, target: float) -> bool:
    return voice.place == "low" if voice.method == "fieldnotes" else voice.high < target


def strategies_for(component: str, level: str, population: str) -> tuple[str, ...]:
    """Which of the four strategies a gap points to, in the order of the framework."""
    chosen = set()
    if level == "individual":
        chosen.add("leadership_development")
    if level == "organization":
        chosen.add("organizational_development")
    if component in ("networks", "access_to_resources") or level == "network":
        chosen.add("interorganizational_collaboration")
    residents = population in ("warga", "all")
    if residents and component in (
        "sense_of_community",
        "commitment",
        "information_dissemination",
        "organizing_advocacy",
    ):
        chosen.add("community_organizing")
    return tuple(s for s in STRATEGIES if s in chosen)


def gaps_of(cells: Sequence[Cell], targets: list[dict[str, Any]]) -> tuple[Gap, ...]:
    """Gaps by the size that is certain, then by the share of voices that say so.

    A piece makes a gap for the population it speaks of, once, however many cells hear it. The
    gap is named after the piece with the greatest certain shortfall; it survives the one-source
    test when another record of that population lies wholly under the target too.
    """
    found: dict[tuple[str, str, str], tuple[Cell, list[Evidence]]] = {}
    for cell in cells:
        for piece in cell.evidence:
            if _under(piece):
                key = (piece.component, piece.level, piece.population)
                _, pieces = found.setdefault(key, (cell, []))
                if piece not in pieces:
                    pieces.append(piece)
    gaps = []
    for (component, level, population), (cell, pieces) in found.items():
        head = max(pieces, key=_certain)
        target = head.target or 0.0
        below = sum(_voice_under(v, target) for v in cell.voices)
        gaps.append(
            Gap(
                component=component,
                level=level,
                population=population,
                measure=head.measure,
                value=head.value or 0.0,
                interval=head.interval,
                target=target,
                target_is_own=target_for(targets, component, level, population, head.measure)[1],
                shortfall=target - (head.value or 0.0),
                certain_shortfall=_certain(head),
                voices_below=below,
                voices=len(cell.voices),
                survives_one_source=any(p.record != head.record for p in pieces),
                convergence=cell.convergence,
                strategies=strategies_for(component, level, population),
                subject=head.subject,
                subject_name=head.subject_name,
            )
        )
    order = [*COMPONENTS, *FUNCTIONS]
    gaps.sort(
        key=lambda g: (
            -round(g.certain_shortfall, 9),
            -g.voices_below / max(g.voices, 1),
            order.index(g.component),
            list(LEVELS).index(g.level),
            POPULATION_ORDER.index(g.population),
        )
    )
    return tuple(gaps)


def _certain(piece: Evidence) -> float:
    top = piece.interval[1] if piece.interval is not None else (piece.value or 0.0)
    return (piece.target or 0.0) - top


_MISSING: tuple[Status, ...] = ("none", "too few", "not enough")


def knowledge_gaps_of(cells: Sequence[Cell]) -> tuple[KnowledgeGap, ...]:
    """Pieces that cannot be judged yet: first where there is no voice, then where one method is.

    Within a cell the nearest to enough comes first. A piece heard in several cells is one gap.
    """
    rank = {"no evidence": 0, "silence": 1}
    listed: dict[tuple[str, str], tuple[tuple[float, ...], KnowledgeGap]] = {}
    for place, cell in enumerate(cells):
        for piece in cell.evidence:
            if not piece.scored or piece.status not in _MISSING:
                continue
            key = (piece.measure, piece.population)
            nearness = -piece.n / max(piece.min_n, 1)
            entry = (
                (float(rank.get(cell.convergence, 2)), float(place), nearness),
                KnowledgeGap(
                    piece.component,
                    piece.level,
                    piece.population,
                    piece.status,
                    piece.measure,
                    piece.n,
                    piece.min_n,
                ),
            )
            if key not in listed or entry[0] < listed[key][0]:
                listed[key] = entry
    return tuple(gap for _, gap in sorted(listed.values(), key=lambda e: e[0]))


def suggestions_of(gaps: Sequence[Gap], conditioning: Sequence[Evidence]) -> tuple[Suggestion, ...]:
    """Each of the four strategies that gaps call for, with what the context asks of it.

    In order of the certain shortfall they answer; the indices are into ``gaps``.
    """
    cautions = _cautions(conditioning)
    chosen = []
    for strategy in STRATEGIES:
        calling = tuple(i for i, gap in enumerate(gaps) if strategy in gap.strategies)
        if calling:
            chosen.append(Suggestion(strategy, calling, tuple(cautions.get(strategy, ()))))
    chosen.sort(key=lambda s: -sum(gaps[i].certain_shortfall for i in s.gaps))
    return tuple(chosen)


def _cautions(conditioning: Sequence[Evidence]) -> dict[str, list[Doubt]]:
    out: dict[str, list[Doubt]] = {}
    for piece in conditioning:
        if piece.status != "ok" or piece.raw is None:
            continue
        shown = f"{piece.raw:.0f}"
        if piece.measure == "safety" and piece.raw < 40:
            out.setdefault("community_organizing", []).append(
                Doubt("caution_unsafe", {"value": shown})
            )
        elif piece.measure == "residential_stability" and piece.raw < 40:
            out.setdefault("leadership_development", []).append(
                Doubt("caution_movers", {"value": shown})
            )
        elif piece.measure == "degree_centralization" and piece.raw > 50:
            out.setdefault("interorganizational_collaboration", []).append(
                Doubt("caution_centralized", {"value": shown})
            )
        elif piece.measure == "heard_gap_poor" and piece.interval and piece.interval[1] < 0:
            out.setdefault("community_organizing", []).append(
                Doubt("caution_unheard_poor", {"value": shown})
            )
    return out
