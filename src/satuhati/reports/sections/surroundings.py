"""Context: the community, conditioning influences, outcomes, normative functions."""

from __future__ import annotations

from satuhati.core.profile.results import Evidence
from satuhati.framework import CONDITIONING_INFLUENCES, OUTCOMES
from satuhati.reports import narrative as say
from satuhati.reports import words as w
from satuhati.reports.document import (
    Block,
    Items,
    Line,
    Name,
    Para,
    Part,
    Small,
    Table,
)
from satuhati.reports.sections.context import Context


def surroundings(c: Context) -> Part:
    t, profile = c.t, c.dossier.profile
    facts = c.dossier.facts
    blocks: list[Block] = []
    lines: list[Line] = []
    if facts.kinds:
        kinds = [w.word(w.KINDS, k, t.lang) for k in facts.kinds]
        lines.append(t("A community {kinds}.", kinds=say.listed(kinds, t)))
    for key, value in facts.context.items():
        name = w.word(w.CONTEXT_KEYS, key, t.lang)
        lines.append((f"{name}: ", Name(w.word(w.CONTEXT, value, t.lang))))
    if facts.adults is not None:
        lines.append(t("Adult residents: {n}.", n=t.number(facts.adults)))
    if facts.households is not None:
        lines.append(t("Households: {n}.", n=t.number(facts.households)))
    if lines:
        blocks.append(Items(tuple(lines)))
    blocks.append(
        _context_table(
            c,
            t("Conditioning influences"),
            "influences",
            profile.conditioning_influences,
            CONDITIONING_INFLUENCES,
        )
    )
    blocks.append(_context_table(c, t("Other outcomes"), "outcomes", profile.outcomes, OUTCOMES))
    blocks.append(_context_table(c, t("Normative functions"), "normative",
                                 profile.normative_functions, w.NORMATIVE))  # fmt: skip
    return Part(
        t("Context: influences, outcomes, normative functions"), "context", 2,
        (Para(t("Shown as context: no target, no verdict. A change in an outcome is not claimed "
                "to be caused by capacity."), "note"), *blocks),
    )  # fmt: skip


def _range(c: Context, e: Evidence) -> str:
    ends = say.own_interval(e, c.measures)
    told = e.value if ends == e.interval else e.raw
    return say.span(ends, c.t, say.decimals_for(told)) if ends else "–"


def _context_table(
    c: Context, title: str, anchor: str, pieces: tuple[Evidence, ...], terms: object
) -> Part:
    t = c.t
    known = [e for e in pieces if e.value is not None or e.raw is not None or e.direction]
    rows: list[tuple[Line, ...]] = [
        (
            w.component(e.component, t.lang),
            (Name(say.sentence(e, c.measures, t)), Small(say.evidence_label(e, c.measures, t))),
            say.value_words(e, c.measures, t),
            _range(c, e),
            (say.n_words(e, c.measures, t), Small(say.period_words(e.period, t))),
        )
        for e in known
    ]
    codes = list(terms) if isinstance(terms, dict) else []
    silent = [x for x in codes if x not in {e.component for e in known}]
    blocks: list[Block] = []
    if rows:
        blocks.append(
            Table(
                title,
                (t("About"), t("What it says"), t("Figure"), t("Range"), t("How many, when")),
                tuple(rows),
                hide_caption=True,
            )
        )
    if silent:
        names = [say.lower_first(w.component(x, t.lang)) for x in silent]
        blocks.append(Para(t("No evidence yet: {names}.", names=", ".join(names)), "note"))
    return Part(title, anchor, 3, tuple(blocks))
