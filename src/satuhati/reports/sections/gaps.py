"""Gaps, gaps of knowledge, and the strategies that may fit them."""

from __future__ import annotations

from satuhati.core.profile.results import Gap, Suggestion
from satuhati.framework import STRATEGIES
from satuhati.reports import narrative as say
from satuhati.reports import words as w
from satuhati.reports.document import (
    Block,
    Items,
    Line,
    Link,
    Name,
    Para,
    Part,
    Small,
    Table,
    Voice,
)
from satuhati.reports.sections.context import Context, code_anchor
from satuhati.text import Text, Translator

GAPS_SHOWN = 20
KNOWLEDGE_SHOWN = 30


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
