"""What the reader meets first: lamps, what to look at first, the matrices, the web."""

from __future__ import annotations

from collections.abc import Iterable

from satuhati.core.profile.results import Cell, Light
from satuhati.framework import CHARACTERISTICS, FUNCTIONS, LEVELS, METHODS, SOCIAL_CAPITAL
from satuhati.reports import narrative as say
from satuhati.reports import words as w
from satuhati.reports.charts import Spoke, track, web
from satuhati.reports.document import (
    Badge,
    Block,
    Chart,
    Entry,
    Items,
    LampCard,
    Lamps,
    Legend,
    Line,
    Link,
    Matrix,
    Pair,
    Para,
    Part,
    Small,
    Table,
    Voice,
)
from satuhati.reports.marks import method_icon, verdict_glyph
from satuhati.reports.sections.context import (
    ORDER,
    Context,
    cell_anchor,
    component_anchor,
)
from satuhati.reports.svg import (
    INDIGO,
    INK,
    RULE_STRONG,
    ZONE,
    ZONE_MIDDLE,
    Markup,
    line,
    ornament,
    path,
    tag,
)

FIRST = 7  # how many things to look at first: what a meeting can talk through in one evening


def lamps(c: Context) -> Lamps:
    """The three lamps, each with its sentence and figure."""
    t = c.t
    by_name = {light.name: light for light in c.dossier.profile.lights}
    cards = []
    for name in ("rhythm", "participation", "known"):
        light = by_name.get(name) or Light(name, "unknown", None)
        e = light.evidence
        cards.append(
            LampCard(
                name=w.LAMPS[name](t.lang),
                state=light.state,
                state_word=w.LAMP_STATES[light.state](t.lang),
                sentence=say.sentence(e, c.measures, t) if e is not None else t("No evidence yet."),
                figure=say.figure(e, c.measures, t) if e is not None else "",
            )
        )
    return Lamps(tuple(cards))


def first(c: Context) -> Part:
    """A short ranked list: every conflict, then the most certain gaps."""
    t, profile = c.t, c.dossier.profile
    rows: list[Line] = []
    seen: set[tuple[str, str, str]] = set()
    for cell in c.cells:
        if cell.convergence == "dissonance":
            where = (cell.component, cell.level, cell.population)
            seen.add(where)
            rows.append(
                (
                    Link(say.cell_name(*where, t), c.anchor(*where)),
                    ". ",
                    say.why(cell, c.measures, t, c.rounds),
                )
            )
    conflicts = len(rows)
    for gap in profile.gaps:
        where = (gap.component, gap.level, gap.population)
        if len(rows) >= max(FIRST, conflicts + 3) or where in seen:
            continue
        seen.add(where)
        piece = say.gap_evidence(gap, profile)
        said = say.sentence(piece, c.measures, t) if piece is not None else ""
        rows.append(
            (
                Link(say.cell_name(*where, t), c.anchor(*where)),
                f". {said} ",
                Small(say.gap_figure(gap, t)),
            )
        )
    blocks: list[Block] = []
    if rows:
        lead = (
            t("First where ways of knowing contradict each other, then the most certain gaps.")
            if conflicts
            else t("The most certain gaps first; no ways of knowing contradict each other.")
        )
        blocks += [Para(lead, "note"), Items(tuple(rows), ordered=True)]
    elif not any(cell.voices for cell in c.cells):
        blocks.append(
            Voice(t("No evidence yet. Begin with what is cheapest to know: see the gaps of "
                    "knowledge below."))
        )  # fmt: skip
    else:
        blocks.append(Voice(t("Nothing lies certainly under its target, and nothing conflicts.")))
    return Part(t("Look here first"), "first", 2, tuple(blocks))


def mini(c: Context, cell: Cell) -> Markup | None:
    pieces = [e for e in cell.evidence if say.takes_part(e)]
    if not pieces:
        return None
    return track([c.point(e) for e in pieces], "; ".join(c.spoken(e) for e in pieces))


def _told(cell: Cell) -> bool:
    """A cell of everyone without a single piece says no more than its absence."""
    return bool(cell.evidence or cell.readings or cell.population != "all")


def _entry(c: Context, cell: Cell) -> Entry:
    t = c.t
    note = ""
    if cell.convergence == "no evidence":
        few = [e for e in cell.evidence if e.scored and e.status == "too few" and e.min_n]
        if few:
            best = max(few, key=lambda e: e.n / e.min_n)
            note = t("Too few ({n} of {needed})", n=best.n, needed=best.min_n)
        elif any(e.status == "not enough" for e in cell.evidence):
            note = t("Not certain enough")
    return Entry(
        population=w.word(w.SHORT_POPULATIONS, cell.population, t.lang),
        verdict=cell.convergence,
        word=say.verdict_word(cell.convergence, t),
        track=mini(c, cell),
        anchor=cell_anchor(cell.component, cell.level, cell.population),
        note=note,
    )


def _matrix(c: Context, caption: str, components: Iterable[str]) -> Matrix:
    t = c.t
    rows = tuple(
        (
            Link(w.component(component, t.lang), component_anchor(component)),
            tuple(
                tuple(_entry(c, cell) for cell in c.at(component, level) if _told(cell))
                for level in LEVELS
            ),
        )
        for component in components
    )
    header = (t("Component"), *(LEVELS[x].label(t.lang) for x in LEVELS))
    return Matrix(caption, header, rows, say.verdict_word("no evidence", t))


def _range_icon() -> Markup:
    return ornament(
        [tag("rect", width=26, height=16, fill=ZONE), tag("rect", x=10.5, width=5, height=16,
         fill=ZONE_MIDDLE), line(10.5, 0, 10.5, 16, stroke=RULE_STRONG, stroke_width=1),
         line(15.5, 0, 15.5, 16, stroke=RULE_STRONG, stroke_width=1),
         path("M4 8H22M4 5v6M22 5v6", stroke=INK, stroke_width=1.8)],
        26, 16, class_="mark",
    )  # fmt: skip


def _direction_icon() -> Markup:
    return ornament(
        [tag("rect", width=26, height=16, fill=ZONE),
         path("M3 8H23", stroke=INK, stroke_width=1.8, stroke_dasharray="1.5 3",
              stroke_linecap="round")],
        26, 16, class_="mark",
    )  # fmt: skip


def pennant_icon() -> Markup:
    return ornament([path("M2 2h12l-6 10z", fill=INDIGO)], 16, 16, class_="mark")


def legends(c: Context) -> list[Block]:
    t = c.t
    methods = Legend(tuple((method_icon(m, 16), METHODS[m].label(t.lang)) for m in METHODS))
    verdicts = Legend(tuple((verdict_glyph(v), w.VERDICTS[v](t.lang)) for v in w.VERDICTS))
    lines = Legend(
        (
            (_range_icon(), t("left low, right high; lines at 40 and 60; bar: 95% range; no bar: "
                              "counted, not estimated")),
            (_direction_icon(), t("dotted: field notes have a direction, not a figure")),
        )
    )  # fmt: skip
    return [methods, verdicts, lines]


def matrices(c: Context) -> Part:
    """Characteristics, social capital and functions, each against the three levels."""
    t = c.t
    intro = t(
        "Each mark is one piece of evidence. The working group, residents and partners are kept "
        "apart, and evidence is never averaged. A verdict leads to its pieces further down."
    )
    return Part(
            t("Evidence by component and level"), "matrices", 2,
            (
                Voice(say.verdicts_sentence(c.dossier.profile, t)
                      or t("Nothing could be said yet: no cell has enough evidence.")),
                Para(intro, "note"),
                *legends(c),
                Part(t("Characteristics by level"), "characteristics", 3,
                     (_matrix(c, t("Characteristics of capacity by level"), CHARACTERISTICS),)),
                Part(t("Social capital by level"), "social-capital", 3,
                     (_matrix(c, t("Trust, networks and norms by level"), SOCIAL_CAPITAL),)),
                Part(t("Functions by level"), "functions", 3,
                     (_matrix(c, t("Functions of capacity by level"), FUNCTIONS),)),
            ),
        )  # fmt: skip


def capacity_web(c: Context) -> Part:
    """One web per population, small, with its table. Populations are never merged."""
    t = c.t
    blocks: list[Block] = [
        Para(t("Each spoke is a component: every dot a piece of evidence, the thick line from "
               "the lowest to the highest, the thin line as far as the ranges reach. Nothing is "
               "averaged. Field notes have no figure and are not here."), "note")
    ]  # fmt: skip
    for population in ("pokja", "warga", "mitra", "all"):
        spokes, rows = [], []
        for component in ORDER:
            cells = [x for x in c.of(component) if x.population == population]
            pieces = [
                e for cell in cells for e in cell.evidence
                if say.takes_part(e) and e.value is not None
            ]  # fmt: skip
            values = tuple(e.value for e in pieces if e.value is not None)
            ends = [v for e in pieces for v in (e.interval or (e.value, e.value)) if v is not None]
            reach = (min(ends), max(ends)) if ends else None
            apart = any(x.convergence == "dissonance" for x in cells)
            spokes.append(Spoke(w.SHORT_COMPONENTS[component](t.lang), values, reach, apart))
            if values:
                rows.append(
                    (
                        w.component(component, t.lang),
                        t.number(len(values)),
                        t.number(values[0])
                        if len(values) == 1
                        else say.span((min(values), max(values)), t),
                        say.span(reach, t),
                    )
                )
        if not rows:
            continue
        who = w.population(population, t.lang)
        title = t("Capacity web: {who}", who=who)
        label = title + ". " + "; ".join(f"{r[0]} {r[2]}" for r in rows)
        table = Table(
            t("Capacity web in figures: {who}", who=who),
            (t("Component"), t("Pieces"), t("Lowest–highest"), t("Ranges reach")),
            tuple(rows),
            right=(1, 2, 3),
        )
        blocks.append(Pair(Chart(title, web(spokes, label)), table))
    if len(blocks) == 1:
        blocks = [Voice(t("No evidence yet."))]
    return Part(t("The capacity web"), "web", 2, tuple(blocks))


def badge(cell: Cell, c: Context) -> Badge:
    return Badge(cell.convergence, say.verdict_word(cell.convergence, c.t))
