"""Who takes part: attendance, calendar, subgroups, reasons for absence."""

from __future__ import annotations

from satuhati.core.profile.dossier import Participation, Subgroup
from satuhati.reports import narrative as say
from satuhati.reports import words as w
from satuhati.reports.charts import bar, shares
from satuhati.reports.document import (
    Block,
    Chart,
    Legend,
    Line,
    Name,
    Para,
    Part,
    Picture,
    Table,
    Voice,
)
from satuhati.reports.maps import calendar, tumpal_icon
from satuhati.reports.sections.context import Context
from satuhati.reports.sections.shares import (
    hidden_note,
    hidden_words,
    hundred,
    percent,
    percent_span,
    with_range,
)
from satuhati.text import Translator

MONTH_LETTERS = {"id": "JFMAMJJASOND", "en": "JFMAMJJASOND"}


def participation(c: Context) -> Part:
    t = c.t
    p = c.dossier.participation
    title = t("Who takes part")
    if p is None:
        return Part(
            title,
            "participation",
            2,
            (Voice(t("No evidence yet: no meetings or attendance are on record.")),),
        )
    blocks: list[Block] = []
    if p.rate is not None:
        blocks.append(
            Voice(
                t(
                    "Over {meetings} meetings, on average {tenths} of 10 members were present or "
                    "represented.",
                    meetings=t.number(p.meetings),
                    tenths=say.tenths(100 * p.rate, t),
                )
            )
        )
        text = f"{percent(p.rate, t)}."
        if p.interval is not None:
            text += " " + t("Range {span}.", span=percent_span(p.interval, t))
        text += " " + t(
            "{members} members, {start} to {end}.",
            members=t.number(p.members), start=t.date(p.start), end=t.date(p.end),
        )  # fmt: skip
        blocks.append(Para(text))
    else:
        blocks.append(Voice(t("No attendance is on record for the period looked at.")))
    if p.top20_share is not None and p.gini is not None:
        blocks.append(
            Para(
                t(
                    "Attendance is unevenly spread: the busiest fifth of the members account for "
                    "{share} of it (Gini {gini}).",
                    share=percent(p.top20_share, t), gini=t.number(p.gini, 2),
                )
            )
        )  # fmt: skip
    blocks += _calendar(c, p)
    blocks += _never(c, p)
    blocks += _subgroups(c, p)
    blocks += _reasons(c, p)
    return Part(title, "participation", 2, tuple(blocks))


def _calendar(c: Context, p: Participation) -> list[Block]:
    t = c.t
    if not p.calendar:
        return [Para(t("No meeting is on the calendar."), "note")]
    by_kind: dict[str, dict[int, list[list[str]]]] = {}
    for mark in sorted(p.calendar, key=lambda m: m.date):
        years = by_kind.setdefault(mark.kind, {})
        months = years.setdefault(mark.date.year, [[] for _ in range(12)])
        months[mark.date.month - 1].append(mark.status)
    charts: list[Block] = []
    kinds = sorted(by_kind, key=lambda k: list(w.MEETING_KINDS).index(k)
                   if k in w.MEETING_KINDS else 99)  # fmt: skip
    rows: list[tuple[Line, ...]] = []
    for kind in kinds:
        name = w.word(w.MEETING_KINDS, kind, t.lang)
        years = dict(sorted(by_kind[kind].items()))
        for year, months in years.items():
            states = [s for month in months for s in month]
            marks = [m for m in p.calendar if m.kind == kind and m.date.year == year
                     and m.status == "held" and m.invited > 0]  # fmt: skip
            came = sum(m.present for m in marks) / len(marks) if marks else None
            rows.append(
                (
                    f"{name} {year}",
                    t.number(states.count("held")),
                    t.number(states.count("cancelled")),
                    t.number(states.count("planned")),
                    t.number(came, 1) if came is not None else "–",
                )
            )
        if kind in ("pokja", "cross_sector_forum"):
            held = sum(s == "held" for y in years.values() for m in y for s in m)
            cancelled = sum(s == "cancelled" for y in years.values() for m in y for s in m)
            title = t(
                "{name}: {held} held, {cancelled} cancelled",
                name=name, held=t.number(held), cancelled=t.number(cancelled),
            )  # fmt: skip
            charts.append(Chart(title, calendar(years, MONTH_LETTERS[t.lang], title)))
    if charts:
        charts.append(
            Legend(
                (
                    (tumpal_icon("held"), t("held")),
                    (tumpal_icon("cancelled"), t("cancelled")),
                    (tumpal_icon("planned"), t("planned")),
                )
            )
        )
    table = Table(
        t("Meetings by year"),
        (t("Meetings"), t("Held"), t("Cancelled"), t("Planned"), t("Present, on average")),
        tuple(rows),
        right=(1, 2, 3, 4),
    )
    return [*charts, table]


def _never(c: Context, p: Participation) -> list[Block]:
    t = c.t
    if not p.never_present_sections:
        return []
    names = [w.section(s, t.lang) for s in p.never_present_sections]
    return [
        Voice(
            t("Not present once in this period: {names}.", names=say.listed(names, t)),
        ),
        Para(
            t(
                "Internal: where a section has one holder, this sentence points at a person. Leave "
                "it out of any copy that goes beyond the working group."
            ),
            "look",
        ),
    ]


def _subgroup_rows(members: list[Subgroup], t: Translator) -> tuple[tuple[Line, ...], ...]:
    """A row per group that may be shown, and one for all that are hidden."""
    rows: list[tuple[Line, ...]] = []
    hidden = []
    for s in members:
        name = w.group(s.grouping, s.group, t.lang)
        if s.members is None:
            hidden.append(name)
        elif s.rate is None:
            rows.append((Name(name), "–", "–", t.number(s.members)))
        else:
            label = f"{name}: {with_range(s.rate, s.interval, t)}"
            picture = Picture(bar(100 * s.rate, hundred(s.interval), label, sampled=False))
            rows.append(
                (
                    Name(name),
                    (picture,),
                    with_range(s.rate, s.interval, t),
                    t.number(s.members),
                )
            )
    if hidden:
        rows.append((Name(", ".join(hidden)), hidden_words(t), "–", "–"))
    return tuple(rows)


def _subgroups(c: Context, p: Participation) -> list[Block]:
    t = c.t
    groups: dict[str, list[Subgroup]] = {}
    for s in p.subgroups:
        groups.setdefault(s.grouping, []).append(s)
    if not groups:
        return []
    blocks: list[Block] = []
    for grouping, members in groups.items():
        name = w.word(w.GROUPINGS, grouping, t.lang)
        blocks.append(
            Table(
                t("Participation by {grouping}", grouping=say.lower_first(name)),
                (name, t("Present or represented"), t("Share (range)"), t("Members")),
                _subgroup_rows(members, t),
                right=(2, 3),
                pictures=(1,),
            )
        )
    compared = [
        s for s in p.subgroups if s.residents_share is not None and s.active_share is not None
    ]
    if compared:
        rows: list[tuple[Line, ...]] = []
        for s in compared:
            name = w.group(s.grouping, s.group, t.lang)
            resident = 100 * (s.residents_share or 0)
            active = 100 * (s.active_share or 0)
            text = f"{name}: {t.number(resident)}% / {t.number(active)}%"
            rows.append(
                (
                    f"{w.word(w.GROUPINGS, s.grouping, t.lang)}: {name}",
                    (Picture(shares(resident, active, text)),),
                    percent(s.residents_share, t),
                    percent(s.active_share, t),
                )
            )
        blocks.append(
            Table(
                t("Those who take part against the adult residents"),
                (t("Group"), t("Residents (hollow), active (filled)"), t("Of residents"),
                 t("Of the active")),
                tuple(rows),
                right=(2, 3),
                pictures=(1,),
            )
        )  # fmt: skip
    if any(s.members is None for s in p.subgroups):
        blocks.insert(0, Para(hidden_note(t), "note"))
    return [Part(t("By subgroup"), "subgroups", 3, tuple(blocks))]


def _reasons(c: Context, p: Participation) -> list[Block]:
    t = c.t
    if not p.reasons:
        return []
    total = sum(p.reasons.values())
    rows: list[tuple[Line, ...]] = []
    for code, n in sorted(p.reasons.items(), key=lambda x: -x[1]):
        name = w.word(w.ABSENCE_REASONS, code, t.lang)
        share = 100 * n / total if total else 0.0
        rows.append(
            (name, (Picture(bar(share, None, f"{name}: {t.number(n)}", sampled=False)),),
             t.number(n))
        )  # fmt: skip
    return [
        Part(
            t("Reasons given for absence"),
            "reasons",
            3,
            (
                Table(
                    t("Reasons for absence, of {n} recorded", n=t.number(total)),
                    (t("Reason"), t("Of all reasons"), t("Times")),
                    tuple(rows),
                    right=(2,),
                    pictures=(1,),
                ),
            ),
        )
    ]
