"""Waves, mirrors, gaps, strategies, context, data quality, methods."""

from __future__ import annotations

from satuhati.core.profile.dossier import ScaleReliability
from satuhati.core.profile.results import Change, Evidence, Gap, Suggestion
from satuhati.framework import CONDITIONING_INFLUENCES, OUTCOMES, STRATEGIES
from satuhati.reports import narrative as say
from satuhati.reports import words as w
from satuhati.reports.charts import mirror, waves
from satuhati.reports.document import (
    Block,
    Items,
    Line,
    Link,
    Name,
    Para,
    Part,
    Picture,
    Small,
    Strong,
    Table,
    Voice,
)
from satuhati.reports.sections.context import ORDER, Context, code_anchor
from satuhati.text import Text, Translator

GAPS_SHOWN = 20
KNOWLEDGE_SHOWN = 30
CHANGES_SHOWN = 14


# -- change and mirrors --------------------------------------------------------------------------


def changes(c: Context) -> Part:
    t = c.t
    title = t("Change between waves")
    compared = [
        x for x in c.dossier.profile.changes if sum(p.value is not None for p in x.points) > 1
    ]
    if not compared:
        return Part(
            title, "changes", 2, (Voice(t("There is no second wave to compare with yet.")),)
        )
    apart = [x for x in compared if x.apart]
    if apart:
        names = say.listed([say.lower_first(_change_name(x, c)) for x in apart[:4]], t)
        lead = t.plural(
            "One figure moved beyond its range: {names}.",
            "{n} figures moved beyond their ranges, among them {names}.",
            len(apart),
            names=names,
        )
    else:
        lead = t("No figure moved beyond its range.")
    ordered = sorted(compared, key=lambda x: (not x.apart, -abs(x.difference or 0)))
    shown = [x for x in ordered if x.component in ORDER and (x.apart or x.difference)]
    shown = shown[: max(len(apart), CHANGES_SHOWN)]
    rest = [x for x in ordered if x not in shown]
    blocks: list[Block] = [
        Voice(lead),
        Para(
            t(
                "A difference between two dates does not say what caused it. Hollow: earlier wave; "
                "filled: latest."
            ),
            "note",
        ),
    ]
    if shown:
        blocks.append(
            Table(
                t("The largest changes, those beyond their ranges first"),
                (
                    t("Measure"),
                    t("Earlier above, latest below"),
                    t("Wave: value (range)"),
                    t("Reading"),
                ),
                tuple(_change_row(x, c) for x in shown),
                pictures=(1,),
            )
        )
    if rest:
        lines = [
            f"{_change_name(x, c)} ({_short_populations(x, c)}) "
            + ", ".join(t.number(p.value) for p in x.points if p.value is not None)
            for x in rest
        ]
        blocks.append(
            Part(
                t("Smaller or no change"),
                "changes-rest",
                3,
                (Para(t("Earlier wave first: {list}.", list="; ".join(lines)), "note"),),
            )
        )
    return Part(title, "changes", 2, tuple(blocks))


def _short_populations(x: Change, c: Context) -> str:
    return w.word(w.SHORT_POPULATIONS, x.population, c.t.lang)


def _change_row(x: Change, c: Context) -> tuple[Line, ...]:
    t = c.t
    known = [(p, p.value) for p in x.points if p.value is not None]
    text = "; ".join(
        f"{p.wave}: {t.number(v)}" + (f" ({say.span(p.interval, t)})" if p.interval else "")
        for p, v in known
    )
    where = say.cell_name(x.component, x.level, x.population, t)
    picture = waves([(str(p.wave), v, p.interval) for p, v in known], text)
    return (
        (Name(_change_name(x, c)), Small(where)),
        (Picture(picture),),
        text,
        say.change_words(x, t),
    )


def _change_name(x: Change, c: Context) -> str:
    name = say.label(x.measure, c.measures, c.t)
    about = x.subject_name or x.subject
    return f"{name} ({about})" if about else name


def mirrors(c: Context) -> Part:
    t = c.t
    title = t("Two mirrors")
    if not c.dossier.profile.mirrors:
        return Part(
            title, "mirrors", 2,
            (Voice(t("The working group has not predicted any result before seeing it.")),),
        )  # fmt: skip
    rows: list[tuple[Line, ...]] = []
    for m in c.dossier.profile.mirrors:
        name = say.label(m.measure, c.measures, t)
        about = m.subject_name or m.subject
        when = t.date(m.date)
        measured = t.number(m.measured)
        if m.interval is not None:
            measured += f" ({say.span(m.interval, t)})"
        said = say.mirror_sentence(m, c.measures, t)
        rows.append(
            (
                (Name(f"{name} ({about})" if about else name), Small(when)),
                (Picture(mirror(m.predicted, m.measured, m.interval, said)),),
                t.number(m.predicted),
                measured,
                "–" if m.gap is None else ("+" if m.gap > 0 else "") + t.number(m.gap),
                said,
            )
        )
    return Part(
        title, "mirrors", 2,
        (
            Para(t("Before seeing the results the working group says what it expects. The gap, "
                   "wave after wave, tells how well it listens. Diamond: predicted; circle: "
                   "measured."), "note"),
            Table(
                t("Predicted and measured"),
                (t("Measure"), t("Picture"), t("Predicted"), t("Measured (range)"), t("Gap"),
                 t("In words")),
                tuple(rows),
                right=(2, 3, 4),
                pictures=(1,),
            ),
        ),
    )  # fmt: skip


# -- gaps and strategies -------------------------------------------------------------------------


def gap_code(gap: Gap, c: Context) -> str:
    piece = say.gap_evidence(gap, c.dossier.profile)
    return c.code(piece) if piece is not None else ""


def gaps(c: Context) -> Part:
    t, profile = c.t, c.dossier.profile
    blocks: list[Block] = []
    if profile.gaps:
        blocks.append(
            Voice(
                t.plural(
                    "One cell lies wholly under its target.",
                    "{n} figures lie wholly, with their range, under their target.",
                    len(profile.gaps),
                )
            )
        )
        rows: list[tuple[Line, ...]] = []
        for i, gap in enumerate(profile.gaps[:GAPS_SHOWN]):
            where = (gap.component, gap.level, gap.population)
            piece = say.gap_evidence(gap, profile)
            code = gap_code(gap, c)
            said = say.sentence(piece, c.measures, t) if piece is not None else ""
            rows.append(
                (
                    f"{i + 1}. {say.cell_name(*where, t)}",
                    (
                        Name(said or say.label(gap.measure, c.measures, t)),
                        Small(say.verdict_word(gap.convergence, t)),
                    ),
                    say.gap_figure(gap, t),
                    say.gap_voices(gap, t),
                    (Link(code, code_anchor(code)),)
                    if code
                    else (Link(t("cell"), c.anchor(*where)),),
                )
            )
        blocks.append(
            Table(
                t("Gaps, the most certain first"),
                (t("Where"), t("What is known"), t("How far"), t("How sure"), t("Evidence")),
                tuple(rows),
            )
        )
        more = len(profile.gaps) - GAPS_SHOWN
        if more > 0:
            blocks.append(
                Para(t("{n} more gaps are in the JSON output.", n=t.number(more)), "note")
            )
    else:
        blocks.append(Voice(t("No figure lies wholly under its target.")))
    blocks.append(_knowledge(c))
    blocks.append(_strategies(c))
    return Part(t("Gaps and what may fit them"), "gaps", 2, tuple(blocks))


def _knowledge(c: Context) -> Part:
    t, profile = c.t, c.dossier.profile
    title = t("What is not known yet, and the cheapest next way to know")
    if not profile.knowledge_gaps:
        return Part(title, "knowledge", 3, (Voice(t("Every measure in use has an answer.")),))
    by: dict[str, dict[str, list[str]]] = {}
    for gap in profile.knowledge_gaps:
        measure = c.measures.get(gap.measure)
        ask = (measure.how_to_know(t.lang) if measure is not None else "") or t("Record it once.")
        said = say.knowledge_sentence(gap, c.measures, t).rstrip(".")
        if measure is not None and measure.kind == "fieldnotes":
            said = w.component(gap.component, t.lang)
        who = by.setdefault(ask, {}).setdefault(said, [])
        name = w.word(w.SHORT_POPULATIONS, gap.population, t.lang)
        if name not in who:
            who.append(name)
    rows = tuple(
        (ask, tuple(Small(f"{said} ({', '.join(who)})") for said, who in missing.items()))
        for ask, missing in list(by.items())[:KNOWLEDGE_SHOWN]
    )
    return Part(
        title, "knowledge", 3,
        (Table(t("Ways to know, and what each would answer"), (t("Do this"), t("To know")),
               rows, hide_caption=True),),
    )  # fmt: skip


_STRATEGY_REASONS = {
    "leadership_development": Text(
        "Kekurangan pada perorangan: keterampilan, kemauan, dan kesempatan memimpin.",
        "Gaps of individuals: skills, will and chances to lead.",
    ),
    "organizational_development": Text(
        "Kekurangan pada organisasi: cara Pokja bekerja, membagi tugas, dan menepati rencana.",
        "Gaps of organizations: how the group works, shares tasks and keeps its plans.",
    ),
    "community_organizing": Text(
        "Rasa memiliki, komitmen, atau keikutsertaan warga yang rendah.",
        "Low sense of community, commitment or participation of residents.",
    ),
    "interorganizational_collaboration": Text(
        "Jejaring yang tipis atau berat sebelah, dan akses sumber daya yang lemah.",
        "Thin or one-sided networks, and poor access to resources.",
    ),
}


def strategy_reason(code: str, t: Translator) -> str:
    return _STRATEGY_REASONS[code](t.lang) if code in _STRATEGY_REASONS else ""


def _strategies(c: Context) -> Part:
    t, profile = c.t, c.dossier.profile
    title = t("Candidate strategies")
    if not profile.strategies:
        return Part(title, "strategies", 3, (Voice(t("No gap calls for a strategy yet.")),))
    blocks: list[Block] = [
        Para(
            t("Candidates, not orders: each is called for by the gaps named. The group weighs "
              "them against what it can do."), "note",
        )
    ]  # fmt: skip
    blocks += [_strategy(c, s) for s in profile.strategies]
    silent = [s for s in STRATEGIES if s not in {x.strategy for x in profile.strategies}]
    if silent:
        names = [say.lower_first(STRATEGIES[s].label(t.lang)) for s in silent]
        blocks.append(Para(t("No gap calls for: {names}.", names=say.listed(names, t)), "note"))
    return Part(title, "strategies", 3, tuple(blocks))


def _strategy(c: Context, s: Suggestion) -> Part:
    t, profile = c.t, c.dossier.profile
    called = [profile.gaps[i] for i in s.gaps if 0 <= i < len(profile.gaps)]
    lines: list[Line] = []
    for gap in called[:6]:
        code = gap_code(gap, c)
        where = (gap.component, gap.level, gap.population)
        link = Link(code, code_anchor(code)) if code else Link(t("cell"), c.anchor(*where))
        lines.append((f"{say.cell_name(*where, t)}: ", say.gap_figure(gap, t), " (", link, ")"))
    blocks: list[Block] = [Voice(strategy_reason(s.strategy, t))]
    blocks.append(
        Para(t.plural("Called for by one gap:", "Called for by {n} gaps:", len(called)), "figure")
    )
    blocks.append(Items(tuple(lines)))
    more = len(called) - 6
    if more > 0:
        blocks.append(Para(t("and {n} more in the table above.", n=t.number(more)), "note"))
    for caution in s.cautions:
        blocks.append(Para(t("Mind: {caution}", caution=caution.message(t.lang)), "look"))
    return Part(
        w.strategy(s.strategy, t.lang), f"strategy-{s.strategy}".replace("_", "-"), 4,
        tuple(blocks),
    )  # fmt: skip


# -- context -------------------------------------------------------------------------------------


def context_part(c: Context) -> Part:
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
            say.span(e.interval, t, say.decimals_for(e.value)) if e.interval else "–",
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


# -- quality -------------------------------------------------------------------------------------


def quality(c: Context) -> Part:
    t, d = c.t, c.dossier
    blocks: list[Block] = []
    if d.profile.absent_strands:
        names = [say.lower_first(w.word(w.STRANDS, s, t.lang)) for s in d.profile.absent_strands]
        blocks.append(
            Voice(t("Not in the records at all, so nothing can be said from them: {names}.",
                    names=say.listed(names, t)))
        )  # fmt: skip
    warnings = list(dict.fromkeys(x.message(t.lang) for x in d.profile.warnings))
    if warnings:
        blocks.append(
            Part(t("Read with care"), "care", 3, (Items(tuple((Name(x),) for x in warnings)),))
        )
    blocks.append(_rounds(c))
    if d.reliability:
        blocks.append(_reliability(c))
    if d.settings:
        blocks.append(_settings(c))
    rows = [f"{w.table(name, t.lang)} {t.number(n)}" for name, n in d.rows.items() if n]
    if rows:
        blocks.append(Part(t("Rows per table"), "rows", 3, (Para("; ".join(rows) + ".", "note"),)))
    else:
        blocks.append(Voice(t("No evidence yet.")))
    return Part(t("Where the evidence comes from"), "quality", 2, tuple(blocks))


def _rounds(c: Context) -> Part:
    t = c.t
    title = t("Rounds of asking")
    if not c.dossier.rounds:
        return Part(title, "rounds", 3, (Voice(t("No survey or tie round is on record.")),))
    rows: list[tuple[Line, ...]] = []
    for r in c.dossier.rounds:
        kind = t("Survey") if r.kind == "survey" else t("Ties")
        who = w.population(r.population, t.lang) if r.population else ""
        frame = w.word(w.FRAMES, r.frame, t.lang) if r.frame else ""
        when = ""
        if r.end is not None:
            when = (
                t.date(r.end)
                if r.start is None or r.start == r.end
                else (t("{start} to {end}", start=t.date(r.start), end=t.date(r.end)))
            )
        if r.invited is None:
            size = t.number(r.answered)
        else:
            size = t("{answered} of {invited}", answered=t.number(r.answered),
                     invited=t.number(r.invited))  # fmt: skip
        rows.append(
            (
                (Name(r.label or kind), Small(" · ".join(x for x in (kind, who, frame) if x))),
                t.number(r.wave),
                size,
                when,
                (Name(r.note),) if r.note else "–",
            )
        )
    return Part(
        title, "rounds", 3,
        (Table(title, (t("Round"), t("Wave"), t("Answered"), t("When"), t("To bear in mind")),
               tuple(rows), right=(1, 2), hide_caption=True),),
    )  # fmt: skip


def _reliability(c: Context) -> Part:
    t = c.t
    rows: list[tuple[Line, ...]] = []
    latest: dict[tuple[str, str], ScaleReliability] = {}
    for s in c.dossier.reliability:
        known = latest.get((s.scale, s.population))
        if known is None or s.wave >= known.wave:
            latest[(s.scale, s.population)] = s
    for s in latest.values():
        alpha = t.number(s.alpha, 2) if s.alpha is not None else "–"
        if s.alpha is not None and s.alpha_interval is not None:
            alpha += f" ({say.span(s.alpha_interval, t, 2)})"
        rows.append(
            (
                f"{scale_name(s.scale, c)} ({w.word(w.SHORT_POPULATIONS, s.population, t.lang)})",
                t.number(s.n),
                t.number(s.n_items),
                alpha,
                t.number(s.omega_total, 2),
                f"{t.number(100 * s.missing_rate)}%",
            )
        )  # fmt: skip
    title = t("Reliability of the scales")
    return Part(
        title, "reliability", 3,
        (
            Para(
                t(
                    "How well the items of a scale hang together, 0 to 1, in its latest wave. "
                    "With few respondents the range is wide: read it before the figure."
                ),
                "note",
            ),
            Table(title, (t("Scale"), t("Respondents"), t("Items"), t("Alpha (range)"),
                          t("Omega total"), t("Missing answers")),
                  tuple(rows), right=(1, 2, 3, 4, 5), hide_caption=True),
        ),
    )  # fmt: skip


def scale_name(scale: str, c: Context) -> str:
    """A scale by the measure that reads it, or by its own code."""
    for m in c.measures.values():
        if m.kind == "scale" and m.of == scale and m.source:
            return m.label(c.t.lang)
    return say.label(scale, c.measures, c.t)


def _settings(c: Context) -> Part:
    t = c.t
    keys = list(dict.fromkeys(k for row in c.dossier.settings for k in row))
    rows = tuple(
        tuple((Name(setting_words(k, row.get(k, "") or "–", c)),) for k in keys)
        for row in c.dossier.settings
    )
    title = t("Settings the group changed")
    header = tuple(_SETTING_COLUMNS[k](t.lang) if k in _SETTING_COLUMNS else k for k in keys)
    return Part(title, "settings", 3, (Table(title, header, rows, hide_caption=True),))


_SETTING_COLUMNS = {
    "kind": Text("Jenis", "Kind"),
    "measure": Text("Ukuran", "Measure"),
    "what": Text("Apa", "What"),
    "component": Text("Komponen", "Component"),
    "level": Text("Tingkatan", "Level"),
    "population": Text("Populasi", "Population"),
    "value": Text("Nilai", "Value"),
    "enabled": Text("Dipakai", "Enabled"),
    "anchor_low": Text("Titik 0", "Anchor 0"),
    "anchor_high": Text("Titik 100", "Anchor 100"),
    "min_n": Text("n terkecil", "Smallest n"),
    "since": Text("Sejak", "Since"),
    "set_on": Text("Ditetapkan", "Set on"),
    "date": Text("Tanggal", "Date"),
    "by": Text("Oleh", "By"),
    "reason": Text("Alasan", "Reason"),
}
_SETTING_VALUES = {
    "target": Text("sasaran", "target"),
    "setting": Text("pengaturan ukuran", "measure setting"),
    "measure_setting": Text("pengaturan ukuran", "measure setting"),
    "yes": Text("ya", "yes"),
    "no": Text("tidak", "no"),
    "True": Text("ya", "yes"),
    "False": Text("tidak", "no"),
    "true": Text("ya", "yes"),
    "false": Text("tidak", "no"),
}


def setting_words(key: str, value: str, c: Context) -> str:
    """Codes in a row of settings become their labels; all else is as the group wrote it."""
    lang = c.t.lang
    if key == "measure" and value in c.measures:
        return c.measures[value].label(lang)
    if key == "component":
        return w.component(value, lang)
    if key == "level":
        return w.level(value, lang)
    if key == "population":
        return w.population(value, lang)
    return _SETTING_VALUES[value](lang) if value in _SETTING_VALUES else value


# -- methods -------------------------------------------------------------------------------------


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
                        hide_caption=True),))
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
