"""Part by part: every cell opened to its pieces, why it has its verdict, and the records."""

from __future__ import annotations

from satuhati.core.profile.dossier import Quotation
from satuhati.core.profile.results import Cell, Evidence
from satuhati.framework import CHARACTERISTICS, FUNCTIONS, LEVELS, SOCIAL_CAPITAL
from satuhati.reports import narrative as say
from satuhati.reports import words as w
from satuhati.reports.charts import axis
from satuhati.reports.document import (
    Anchor,
    Block,
    Chart,
    Icon,
    Inline,
    Items,
    Line,
    Link,
    Name,
    Para,
    Part,
    Quote,
    Small,
    Table,
    Voice,
)
from satuhati.reports.marks import method_icon
from satuhati.reports.sections.context import (
    Context,
    cell_anchor,
    code_anchor,
    component_anchor,
    key_of,
)
from satuhati.reports.sections.overview import badge
from satuhati.schema.choices import choice_label

IDS_SHOWN = 4
QUOTES_SHOWN = 3


def opened(c: Context) -> Part:
    """All components, characteristics first; each cell on its own axis."""
    t = c.t
    blocks: list[Block] = [
        Para(
            t(
                "Every piece has a code (such as B2.1) that other parts refer to. The pennant is "
                "the target; pale pieces are too uncertain and take no part in the verdict. The "
                "machine proposes a verdict; readers and the group confirm or contest it."
            ),
            "note",
        )
    ]
    shown: set[tuple[str, ...]] = set()
    groups = (
        (t("Characteristics of capacity"), CHARACTERISTICS),
        (t("Social capital"), SOCIAL_CAPITAL),
        (t("Functions of capacity"), FUNCTIONS),
    )
    for title, terms in groups:
        for code in terms:
            blocks.append(_component(c, code, title, shown))
    return Part(t("The evidence, component by component"), "evidence", 2, tuple(blocks))


def _component(c: Context, code: str, group: str, shown: set[tuple[str, ...]]) -> Part:
    t = c.t
    cells = c.of(code)
    told = [cell for cell in cells if cell.evidence or cell.readings]
    empty = [cell for cell in cells if not (cell.evidence or cell.readings)]
    blocks: list[Block] = [_cell(c, cell, shown) for cell in told]
    missing = [level for level in LEVELS if not c.at(code, level)]
    if code == "norms" and c.dossier.topics_without_rule:
        topics = [
            say.lower_first(choice_label("norms", "topic", x)(t.lang))
            for x in c.dossier.topics_without_rule
        ]
        blocks.append(
            Para(t("No written rule in force speaks of: {topics}.", topics=", ".join(topics)))
        )
    names = [
        f"{say.lower_first(w.level(x.level, t.lang))} ({w.population(x.population, t.lang)})"
        for x in empty
    ] + [say.lower_first(w.level(level, t.lang)) for level in missing]
    if names:
        blocks.append(Para(t("No evidence yet: {names}.", names=", ".join(names)), "note"))
    return Part(w.component(code, t.lang), component_anchor(code), 3, tuple(blocks), overline=group)


def one_cell(c: Context, cell: Cell) -> Part:
    """A cell on a page of its own: every piece told in full."""
    return _cell(c, cell, set())


def _cell(c: Context, cell: Cell, shown: set[tuple[str, ...]]) -> Part:
    t = c.t
    blocks: list[Block] = [Voice(say.why(cell, c.measures, t, c.rounds))]
    drawn = [e for e in cell.evidence if e.scored and (e.value is not None or e.direction)]
    if drawn:
        zones = tuple(w.PLACES[x](t.lang) for x in ("low", "middle", "high"))
        target = (
            t("The group's target: {target}.", target=t.number(cell.target))
            if cell.target_is_own
            else t("Provisional target: {target}.", target=t.number(cell.target))
        )
        blocks.append(
            Chart(
                target,
                axis(
                    [c.point(e) for e in drawn],
                    "; ".join(c.spoken(e) for e in drawn) + ". " + target,
                    target=cell.target,
                    zone_words=(zones[0], zones[1], zones[2]),
                ),
            )
        )
    test = say.one_source(cell, t, c.rounds)
    if test:
        blocks.append(Para(test))
    for said in say.readings(cell, t):
        blocks.append(Para((Name(said),), "look"))
    speaking = [e for e in cell.evidence if _speaks(e)]
    if speaking:
        new = [e for e in speaking if key_of(e) not in shown]
        again = [e for e in speaking if key_of(e) in shown]
        if new:
            blocks.append(_pieces(c, cell, new, shown))
        if again:
            blocks.append(_again(c, again))
    blocks += _silent(c, cell, shown)
    blocks += _quotations(c, cell)
    doubts = list(dict.fromkeys(d.message(t.lang) for e in cell.evidence for d in e.doubts))
    if doubts:
        blocks.append(Items(tuple((Name(d),) for d in doubts)))
    return Part(
        f"{w.level(cell.level, t.lang)} ({w.population(cell.population, t.lang)})",
        cell_anchor(cell.component, cell.level, cell.population),
        4,
        tuple(blocks),
        badge=badge(cell, c),
    )


def _again(c: Context, pieces: list[Evidence]) -> Para:
    """Pieces that speak of everyone and were told in full where they first stood."""
    t = c.t
    parts: list[Inline] = [t("Also heard here, told in full above:") + " "]
    for i, e in enumerate(pieces):
        code = c.code(e)
        parts.append("; " if i else "")
        parts.append(Link(code, code_anchor(code)))
        figure = say.lower_first(_figure_words(c, e))
        parts.append(f" {say.evidence_label(e, c.measures, t)} ({figure})")
    return Para((*parts, "."))


def _pieces(c: Context, cell: Cell, pieces: list[Evidence], shown: set[tuple[str, ...]]) -> Table:
    t = c.t
    rows = []
    for e in pieces:
        code = c.code(e)
        shown.add(key_of(e))
        head: list[Inline] = [Icon(method_icon(e.method, 16)), " "]
        head.append(Anchor(code, code_anchor(code)))
        head.append(Small(w.method(e.method, t.lang)))
        rows.append((tuple(head), _said(c, cell, e), _figure(c, e), _size(c, e), _origin(c, e)))
    return Table(
        t("Pieces of evidence: {where}",
          where=say.cell_name(cell.component, cell.level, cell.population, t)),
        (t("Code"), t("What it says"), t("Figure"), t("How many, when"), t("Record")),
        tuple(rows),
        hide_caption=True,
    )  # fmt: skip


def _speaks(e: Evidence) -> bool:
    return e.value is not None or e.raw is not None or e.direction is not None


def _silent(c: Context, cell: Cell, shown: set[tuple[str, ...]]) -> list[Block]:
    """The measures of this cell that say nothing yet, in one line, with why."""
    t = c.t
    parts: list[Inline] = []
    for e in cell.evidence:
        if _speaks(e):
            continue
        code = c.code(e)
        first = key_of(e) not in shown
        shown.add(key_of(e))
        parts.append("; " if parts else t("Not yet heard:") + " ")
        parts.append(Anchor(code, code_anchor(code)) if first else Link(code, code_anchor(code)))
        status = say.lower_first(say.status_sentence(e, c.measures, t)).rstrip(".")
        parts.append(f" {say.evidence_label(e, c.measures, t)} ({status})")
    return [Para((*parts, "."), "note")] if parts else []


def _said(c: Context, cell: Cell, e: Evidence) -> Line:
    t = c.t
    small = [say.evidence_label(e, c.measures, t)]
    if e.population != cell.population:
        small.append(t("speaks of everyone"))
    if not e.scored:
        small.append(t("shown only, takes no part in the verdict"))
    elif e.status == "not enough" and e.value is not None:
        small.append(t("takes no part in the verdict"))
    parts: list[Inline] = [Name(say.sentence(e, c.measures, t)), Small(" · ".join(small))]
    if e.reason:
        parts.append(Small(t("Reason: {reason}", reason=e.reason)))
    return tuple(parts)


def _figure_words(c: Context, e: Evidence) -> str:
    """The figure on one line, a field note's direction in its place."""
    if e.direction is not None:
        return w.word(w.DIRECTIONS, e.direction, c.t.lang)
    return say.figure(e, c.measures, c.t).rstrip(".") or "–"


def _figure(c: Context, e: Evidence) -> Line:
    text = say.figure(e, c.measures, c.t)
    if e.status == "not enough" and e.value is not None:
        text += " " + c.t("Wider than 40 points.")
    return text or "–"


def _size(c: Context, e: Evidence) -> Line:
    when = say.period_words(e.period, c.t)
    n = say.n_words(e, c.measures, c.t)
    return (n, Small(when)) if when else n


def _origin(c: Context, e: Evidence) -> Line:
    t = c.t
    parts: list[Inline] = [w.record(e.record, t.lang, c.rounds)]
    rows = trace_words(e, c)
    if rows:
        parts.append(Small(rows))
    return tuple(parts)


def trace_words(e: Evidence, c: Context) -> str:
    """The rows behind a piece: how many of which table, and the first ids."""
    t = c.t
    if e.trace.n == 0:
        return ""
    table = w.table(e.trace.table, t.lang)
    if not e.trace.ids:
        return t("{n} rows, anonymous", n=t.number(e.trace.n))
    rows = (
        t("{n} rows", n=t.number(e.trace.n))
        if w.record(e.record, t.lang).startswith(table)
        else t("{n} rows of “{table}”", n=t.number(e.trace.n), table=table)
    )
    ids = ", ".join(e.trace.ids[:IDS_SHOWN])
    return f"{rows}: {ids}{', …' if len(e.trace.ids) > IDS_SHOWN else ''}"


def _quotations(c: Context, cell: Cell) -> list[Block]:
    """Passages of the cell, one per direction first; who said it by role only."""
    t = c.t
    here = [
        q
        for q in c.dossier.quotations
        if (q.component, q.level) == (cell.component, cell.level)
        and q.population in (cell.population, "all")
    ]
    ordered: list[Quotation] = []
    rest: list[Quotation] = []
    directions: set[str] = set()
    for q in here:
        (rest if q.direction in directions else ordered).append(q)
        directions.add(q.direction)
    blocks: list[Block] = []
    for q in (ordered + rest)[:QUOTES_SHOWN]:
        kind = w.word(w.SOURCE_KINDS, q.source_kind, t.lang)
        source = ", ".join(
            x
            for x in (
                q.source_title,
                "" if kind in q.source_title.lower() else kind,
                t.date(q.date),
                w.word(w.DIRECTIONS, q.direction, t.lang),
            )
            if x
        )
        blocks.append(Quote(q.text, source))
    more = len(here) - QUOTES_SHOWN
    if more > 0:
        blocks.append(
            Para(t("{n} more passages are in the field notes.", n=t.number(more)), "note")
        )
    return blocks
