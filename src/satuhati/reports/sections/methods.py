"""How it was computed, with the citations of what was used."""

from __future__ import annotations

from satuhati.core.profile.results import Evidence
from satuhati.reports import narrative as say
from satuhati.reports.document import (
    Block,
    Items,
    Line,
    Part,
    Strong,
    Table,
)
from satuhati.reports.sections.context import Context


def methods(c: Context) -> Part:
    """How it was computed, with the citations of what was used, and only those."""
    t, d = c.t, c.dossier
    used: dict[str, Evidence] = {}
    for e in (
        *(e for cell in c.cells for e in cell.evidence),
        *d.profile.conditioning_influences, *d.profile.outcomes, *d.profile.normative_functions,
    ):  # fmt: skip
        used.setdefault(e.measure, e)
    kinds = {e.method for e in used.values()}
    notes: list[Line] = [
        t("Cells, levels and functions follow the relational framework of community capacity "
          "(Chaskin 2001)."),
        t("Verdicts follow the triangulation protocol of Farmer et al. (2006), made exact: a piece "
          "whose range is wider than 40 points takes no part; each record is one voice, low under "
          "40, high from 60; voices of one method alone confirm nothing."),
        t("The one-source test leaves out each record in turn and recomputes the verdict."),
        t("Ranges are 95% intervals. Figures that were counted have none."),
    ]  # fmt: skip
    cited = ["chaskin", "farmer"]
    intervals = any(e.interval is not None and e.denominator for e in used.values())
    if intervals or d.funnels:
        notes.append(t("Ranges of shares are Wilson score intervals (Wilson 1927), or allow for "
                       "clusters where the same people are counted many times."))  # fmt: skip
        cited.append("wilson")
    if d.reliability:
        notes.append(t("Alpha carries the interval of Feldt (1965); omega total is McDonald's "
                       "(1999) from one factor where items are few."))  # fmt: skip
        cited += ["feldt", "mcdonald"]
    if d.network is not None:
        notes.append(t("Centrality and centralization follow Freeman (1979). Actors without ties "
                       "count."))  # fmt: skip
        cited.append("freeman")
    if "fieldnotes" in kinds:
        notes.append(t("Field notes count from two independent sources; a focus group is one "
                       "source. The analyst places them and gives the reason."))  # fmt: skip
    notes.append(t("No survey answer, awareness count or personal subgroup under five people is "
                   "shown, nor a cell from which it could be worked out."))  # fmt: skip
    blocks: list[Block] = [Items(tuple(notes))]
    rows = _measure_rows(c, [code for code in used if code in c.measures])
    if rows:
        blocks.append(
            Part(t("How each measure is computed"), "measures", 3,
                 (Table(t("How each measure is computed"),
                        (t("Measures"), t("How"), t("0 to 100"), t("Source")), rows,
                        right=(2,), hide_caption=True),))
        )  # fmt: skip
    blocks.append(Part(t("Sources"), "sources", 3, (Items(tuple(CITATIONS[x] for x in cited)),)))
    return Part(t("How it was computed"), "methods", 2, tuple(blocks))


def _measure_rows(c: Context, codes: list[str]) -> tuple[tuple[Line, ...], ...]:
    """Measures computed in the same way, on the same anchors, share a row."""
    t = c.t
    together: dict[tuple[str, str, str], list[str]] = {}
    for code in codes:
        m = c.measures[code]
        anchors = "–"
        if m.anchor_low is not None and m.anchor_high is not None:
            low, high = m.anchor_low, m.anchor_high
            anchors = (
                f"{t.number(low, say.decimals_for(low))}–{t.number(high, say.decimals_for(high))}"
            )
        names = together.setdefault((m.how(t.lang), anchors, m.source), [])
        name = m.label(t.lang)
        if name not in names:
            names.append(name)
    return tuple(
        ((Strong(", ".join(names)),), how, anchors, source)
        for (how, anchors, source), names in together.items()
    )


CITATIONS = {
    "chaskin": "Chaskin, R. J. (2001). Building community capacity: a definitional framework and "
    "case studies from a comprehensive community initiative. Urban Affairs Review 36(3), 291–323.",
    "farmer": "Farmer, T., Robinson, K., Elliott, S. J. & Eyles, J. (2006). Developing and "
    "implementing a triangulation protocol for qualitative health research. Qualitative Health "
    "Research 16(3), 377–394.",
    "wilson": "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical "
    "inference. Journal of the American Statistical Association 22, 209–212.",
    "feldt": "Feldt, L. S. (1965). The approximate sampling distribution of Kuder–Richardson "
    "reliability coefficient twenty. Psychometrika 30, 357–370.",
    "mcdonald": "McDonald, R. P. (1999). Test theory: a unified treatment. Lawrence Erlbaum.",
    "freeman": "Freeman, L. C. (1979). Centrality in social networks: conceptual clarification. "
    "Social Networks 1, 215–239.",
}
