"""Sections of the report set as parts of pages, in both languages. Called by the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from markupsafe import Markup

from satuhati.core.profile.dossier import Dossier
from satuhati.core.profile.results import Cell, Evidence
from satuhati.reports import narrative as say
from satuhati.reports import words as w
from satuhati.reports.document import Block, Part, parts
from satuhati.reports.html import is_wordy
from satuhati.reports.sections import (
    cells,
    change,
    gaps,
    network,
    overview,
    participation,
    quality,
    services,
    surroundings,
)
from satuhati.reports.sections.context import (
    Context,
    cell_anchor,
    code_anchor,
    context,
    key_of,
)
from satuhati.schema.measures import measures
from satuhati.text import LANGUAGES, translator
from satuhati.web.tenancy.models import Community

SECTIONS: dict[str, Callable[[Context], Part]] = {
    "matriks": overview.matrices,
    "dulu": overview.first,
    "jaring": overview.capacity_web,
    "celah": gaps.gaps,
    "keikutsertaan": participation.participation,
    "jejaring": network.network,
    "layanan": services.services,
    "perubahan": change.changes,
    "cermin": change.mirrors,
    "konteks": surroundings.surroundings,
    "mutu": quality.quality,
}
"""Pages of *Laporan*, by the word in their address."""


def cell_key(cell: Cell) -> str:
    return f"sel/{cell.component}/{cell.level}/{cell.population}"


def set_pages(community: Community, dossier: Dossier) -> Iterator[dict[str, Any]]:
    """Every section and every cell, in both languages: ``lang, key, html, data``."""
    for lang in LANGUAGES:
        c = context(dossier, measures(), translator(lang))
        href = _links(community, c)
        for key, section in SECTIONS.items():
            part = section(c)
            yield {
                "lang": lang,
                "key": key,
                "html": _html(part.blocks, href, 2),
                "data": {"title": part.title},
            }
        for cell in c.cells:
            part = cells.one_cell(c, cell)
            yield {
                "lang": lang,
                "key": cell_key(cell),
                "html": _html(part.blocks, href, 2),
                "data": _about(c, cell),
            }


def _about(c: Context, cell: Cell) -> dict[str, Any]:
    """What a cell's page needs beside its text: its names, and which pieces open to rows."""
    t = c.t
    return {
        "component": w.component(cell.component, t.lang),
        "level": w.level(cell.level, t.lang),
        "population": w.population(cell.population, t.lang),
        "verdict": cell.convergence,
        "word": say.verdict_word(cell.convergence, t),
        "why": say.why(cell, c.measures, t, c.rounds),
        "says": [
            {
                "method": e.method,
                "word": w.method(e.method, t.lang),
                "sentence": say.sentence(e, c.measures, t),
            }
            for e in cell.evidence
            if e.scored and (e.value is not None or e.direction is not None)
        ],
        "pieces": [
            {
                "n": i,
                "code": c.code(e),
                "label": say.evidence_label(e, c.measures, t),
                "table": w.table(e.trace.table, t.lang),
                "rows": e.trace.n,
                "open": bool(e.trace.ids),
                "survey": _survey(c, e),
            }
            for i, e in enumerate(cell.evidence)
            if e.trace.n
        ],
    }


def _survey(c: Context, e: Evidence) -> dict[str, str] | None:
    """The round and the scale a figure was read from: it opens to questions, never to a person."""
    kind, _, code = e.record.partition(":")
    measure = c.measures.get(e.measure)
    if kind != "survey" or measure is None or measure.kind not in ("scale", "item"):
        return None
    single = measure.kind == "item" and not measure.of.endswith(":poor")
    return {"round": code, "scale": "" if single else measure.of.removesuffix(":poor")}


def _links(community: Community, c: Context) -> Callable[[str], str]:
    """Where a reference inside the report leads on the web."""
    where: dict[str, str] = {}
    for cell in c.cells:
        address = reverse(
            "cell", args=[community.code, cell.component, cell.level, cell.population]
        )
        where[cell_anchor(cell.component, cell.level, cell.population)] = address
        for e in cell.evidence:
            where.setdefault(code_anchor(c.codes[key_of(e)]), address)
    matrix = reverse("report", args=[community.code])

    def href(anchor: str) -> str:
        return where.get(anchor) or f"{matrix}#{anchor}"

    return href


def _html(blocks: tuple[Block, ...], href: Callable[[str], str], depth: int) -> str:
    given = {
        "blocks": blocks,
        "depth": depth,
        "href": href,
        "kind": lambda x: type(x).__name__,
        "parts": parts,
        "is_wordy": is_wordy,
        "safe": Markup,
    }
    return render_to_string("profile/blocks.html", given, using="jinja2")


def summary_of(community: Community, dossier: Dossier) -> dict[str, Any]:
    """What Home shows, in both languages: the lamps, what to look at first, cells by verdict."""
    found: dict[str, Any] = {}
    for lang in LANGUAGES:
        t = translator(lang)
        c = context(dossier, measures(), t)
        href = _links(community, c)
        profile = dossier.profile
        lights = {light.name: light for light in profile.lights}
        found[lang] = {
            "lamps": [
                {
                    "name": card.name,
                    "state": card.state,
                    "word": card.state_word,
                    "sentence": card.sentence,
                    "figure": card.figure,
                    "cell": _lamp_cell(c, lights, name),
                }
                for card, name in zip(
                    overview.lamps(c).cards, ("rhythm", "participation", "known"), strict=True
                )
            ],
            "verdicts": say.verdicts_sentence(profile, t),
            "conflicts": say.conflicts_sentence(profile, t),
            "gap": say.gap_lead(profile, measures(), t),
            "first": [
                {
                    "name": say.cell_name(x.component, x.level, x.population, t),
                    "href": href(cell_anchor(x.component, x.level, x.population)),
                    "why": say.why(x, c.measures, t, c.rounds),
                }
                for x in c.cells
                if x.convergence == "dissonance"
            ][:4],
        }
    counts: dict[str, int] = {}
    for cell in (*dossier.profile.components, *dossier.profile.functions):
        counts[cell.convergence] = counts.get(cell.convergence, 0) + 1
    found["counts"] = counts
    found["as_of"] = dossier.profile.as_of.isoformat() if dossier.profile.as_of else None
    return found


def _lamp_cell(c: Context, lights: dict[Any, Any], name: str) -> list[str] | None:
    light = lights.get(name)
    e = light.evidence if light is not None else None
    return [e.component, e.level, e.population] if e is not None else None
