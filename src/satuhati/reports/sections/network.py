"""Who is connected: the map, sectors, exchange."""

from __future__ import annotations

from collections import Counter, defaultdict

from satuhati.core.profile.dossier import NetworkMap
from satuhati.framework import SECTORS
from satuhati.reports import narrative as say
from satuhati.reports import words as w
from satuhati.reports.document import (
    Block,
    Chart,
    Icon,
    Legend,
    Line,
    Pair,
    Para,
    Part,
    Table,
    Voice,
)
from satuhati.reports.maps import Node, network_map
from satuhati.reports.marks import sector_icon
from satuhati.reports.sections.context import Context
from satuhati.reports.sections.shares import (
    percent,
)
from satuhati.text import Translator


def network(c: Context) -> Part:
    t = c.t
    n = c.dossier.network
    title = t("Who is connected")
    if n is None:
        none = t("No evidence yet: no ties are on record, or fewer than five answered.")
        return Part(title, "network", 2, (Voice(none),))
    blocks: list[Block] = [Voice(_network_sentence(n, t))]
    text = t(
        "{responded} of {roster} on the roster answered (wave {wave}).",
        responded=t.number(n.responded), roster=t.number(n.roster), wave=n.wave,
    )  # fmt: skip
    if n.roster and n.responded / n.roster < 0.7:
        text += " " + t("Under 70%: ties of those who did not answer may be missing.")
    if unknown := sum(a.degree == 0 and not a.answered for a in n.nodes):
        text += " " + t.plural(
            "Of one who did not answer and whom nobody named nothing is known.",
            "Of {n} who did not answer and whom nobody named nothing is known.", unknown,
        )  # fmt: skip
    if n.density is not None:
        text += " " + t("{share} of the possible ties exist.", share=percent(n.density, t))
    blocks.append(Para(text))
    if n.nodes:
        nodes = [Node(a.x, a.y, a.degree, a.sector, a.label) for a in n.nodes]
        ties = [(tie.source, tie.target, len(tie.relations)) for tie in n.ties]
        label = t(
            "Map of {actors} actors and {ties} tied pairs", actors=t.number(len(nodes)),
            ties=t.number(len(ties)),
        )  # fmt: skip
        blocks.append(Pair(Chart(label, network_map(nodes, ties, label)), _sectors(n, t)))
        present = [s for s in SECTORS if any(a.sector == s for a in n.nodes)]
        entries = [(sector_icon(s), w.sector(s, t.lang)) for s in present]
        if any(not a.sector for a in n.nodes):
            entries.append((sector_icon(None), w.sector(None, t.lang)))
        if any(a.degree == 0 for a in n.nodes):
            entries.append((sector_icon("warga", hollow=True), t("hollow: no tie known")))
        blocks.append(Legend(tuple(entries)))
        blocks.append(
            Para(
                t("Larger: tied to more others. Thicker: more kinds of exchange. Names only with "
                  "consent."), "note",
            )
        )  # fmt: skip
    blocks += _exchange(n, t)
    return Part(title, "network", 2, tuple(blocks))


def _network_sentence(n: NetworkMap, t: Translator) -> str:
    alone = n.isolates
    if not n.nodes:
        return t("No actor is on the map yet.")
    if alone:
        first = t.plural(
            "One actor is not tied to anyone yet.",
            "{n} actors are not tied to anyone yet.",
            alone,
        )
    elif all(a.degree for a in n.nodes):
        first = t("Everyone on the map is tied to someone.")
    else:
        first = t("Everybody of whom something is known is tied to somebody.")
    sectors = _between(n)
    missing = sorted(
        (a, b) for a, b in _sector_pairs(n) if not any(
            k in sectors for k in ((a, b), (b, a))
        )
    )  # fmt: skip
    if not missing:
        return first
    if len(missing) == 1:
        a, b = (w.sector(x, t.lang) for x in missing[0])
        return first + " " + t("Between {a} and {b} there is no tie at all.", a=a, b=b)
    names = [f"{w.sector(a, t.lang)}–{w.sector(b, t.lang)}" for a, b in missing]
    return first + " " + t("No tie at all between: {pairs}.", pairs=say.listed(names, t))


def _sector_pairs(n: NetworkMap) -> list[tuple[str, str]]:
    present = [s for s in SECTORS if any(a.sector == s for a in n.nodes)]
    return [(a, b) for i, a in enumerate(present) for b in present[i + 1 :]]


def _between(n: NetworkMap) -> set[tuple[str, str]]:
    out = set()
    for tie in n.ties:
        a, b = n.nodes[tie.source].sector, n.nodes[tie.target].sector
        if a and b and a != b:
            out.add((a, b))
    return out


def _sectors(n: NetworkMap, t: Translator) -> Table:
    by: dict[str, list[int]] = defaultdict(list)
    alone: Counter[str] = Counter()
    for a in n.nodes:
        by[a.sector or ""].append(a.degree)
        alone[a.sector or ""] += a.degree == 0 and a.answered
    rows: list[tuple[Line, ...]] = []
    order = [*[s for s in SECTORS if s in by], *[s for s in by if s not in SECTORS]]
    for s in order:
        degrees = by[s]
        rows.append(
            (
                (Icon(sector_icon(s or None)), "\N{NO-BREAK SPACE}", w.sector(s, t.lang)),
                t.number(len(degrees)),
                t.number(alone[s]),
                t.number(sum(degrees) / len(degrees), 1),
                t.number(max(degrees)),
            )
        )
    return Table(
        t("Actors by sector"),
        (t("Sector"), t("Actors"), t("Not tied"), t("Tied to, on average"), t("At most")),
        tuple(rows),
        right=(1, 2, 3, 4),
    )


def _exchange(n: NetworkMap, t: Translator) -> list[Block]:
    by: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for relation, a, b, count in n.exchange:
        by[relation][(a, b)] = by[relation].get((a, b), 0) + count
    blocks: list[Block] = []
    for relation in [r for r in w.RELATIONS if r in by] + [r for r in by if r not in w.RELATIONS]:
        counts = by[relation]
        names = {x for pair in counts for x in pair}
        order = [s for s in SECTORS if s in names] + sorted(names - set(SECTORS))
        rows: list[tuple[Line, ...]] = []
        for a in order:
            head: Line = (Icon(sector_icon(a)), "\N{NO-BREAK SPACE}", w.sector(a, t.lang))
            rows.append((head, *(t.number(counts.get((a, b), 0)) for b in order)))
        blocks.append(
            Table(
                t("Ties from sector to sector: {relation}",
                  relation=say.lower_first(w.word(w.RELATIONS, relation, t.lang))),
                (
                    t("Who names (row), who is named (column)"),
                    *(w.sector(b, t.lang) for b in order),
                ),
                tuple(rows),
                right=tuple(range(1, len(order) + 1)),
            )
        )  # fmt: skip
    return blocks
