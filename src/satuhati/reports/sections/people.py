"""Who takes part, who is tied to whom, who knows the services."""

from __future__ import annotations

from collections import defaultdict

from satuhati.core.profile.dossier import Funnel, NetworkMap, Participation, Subgroup
from satuhati.framework import SECTORS
from satuhati.reports import narrative as say
from satuhati.reports import words as w
from satuhati.reports.charts import bar, shares
from satuhati.reports.document import (
    Block,
    Chart,
    Icon,
    Legend,
    Line,
    Name,
    Pair,
    Para,
    Part,
    Picture,
    Table,
    Voice,
)
from satuhati.reports.maps import Node, calendar, network_map, tumpal_icon
from satuhati.reports.marks import sector_icon
from satuhati.reports.sections.context import Context
from satuhati.text import Translator

MONTH_LETTERS = {"id": "JFMAMJJASOND", "en": "JFMAMJJASOND"}


def percent(share: float | None, t: Translator) -> str:
    return "–" if share is None else f"{t.number(100 * share)}%"


def percent_span(interval: tuple[float, float] | None, t: Translator) -> str:
    if interval is None:
        return ""
    return f"{t.number(100 * interval[0])}–{t.number(100 * interval[1])}"


def _hundred(interval: tuple[float, float] | None) -> tuple[float, float] | None:
    return None if interval is None else (100 * interval[0], 100 * interval[1])


def hidden_words(t: Translator) -> str:
    """A cell that is under five, or that would give one away by subtraction."""
    return t("hidden")


def hidden_note(t: Translator) -> str:
    return t(
        "Hidden: fewer than 5 people, or a figure from which fewer than 5 could be worked out."
    )


# -- participation -------------------------------------------------------------------------------


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
            rows.append((Name(name), "–", "–", "", t.number(s.members)))
        else:
            label = f"{name}: {percent(s.rate, t)} {percent_span(s.interval, t)}"
            picture = Picture(bar(100 * s.rate, _hundred(s.interval), label, sampled=False))
            rows.append(
                (
                    Name(name),
                    (picture,),
                    percent(s.rate, t),
                    percent_span(s.interval, t),
                    t.number(s.members),
                )
            )
    if hidden:
        rows.append((Name(", ".join(hidden)), hidden_words(t), "–", "", "–"))
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
                (name, t("Present or represented"), t("Share"), t("Range"), t("Members")),
                _subgroup_rows(members, t),
                right=(2, 3, 4),
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


# -- network -------------------------------------------------------------------------------------


def network(c: Context) -> Part:
    t = c.t
    n = c.dossier.network
    title = t("Who is connected")
    if n is None:
        return Part(title, "network", 2, (Voice(t("No evidence yet: no ties are on record.")),))
    blocks: list[Block] = [Voice(_network_sentence(n, t))]
    text = t(
        "{responded} of {roster} on the roster answered (wave {wave}).",
        responded=t.number(n.responded), roster=t.number(n.roster), wave=n.wave,
    )  # fmt: skip
    if n.roster and n.responded / n.roster < 0.7:
        text += " " + t("Under 70%: ties of those who did not answer may be missing.")
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
            entries.append((sector_icon("warga", hollow=True), t("hollow: not connected yet")))
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
    else:
        first = t("Everyone on the map is tied to someone.")
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
    for a in n.nodes:
        by[a.sector or ""].append(a.degree)
    rows: list[tuple[Line, ...]] = []
    order = [*[s for s in SECTORS if s in by], *[s for s in by if s not in SECTORS]]
    for s in order:
        degrees = by[s]
        rows.append(
            (
                (Icon(sector_icon(s or None)), " ", w.sector(s, t.lang)),
                t.number(len(degrees)),
                t.number(sum(d == 0 for d in degrees)),
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
        rows = tuple(
            (
                (Icon(sector_icon(a)), " ", w.sector(a, t.lang)),
                *(t.number(counts.get((a, b), 0)) for b in order),
            )
            for a in order
        )
        blocks.append(
            Table(
                t("Ties from sector to sector: {relation}",
                  relation=say.lower_first(w.word(w.RELATIONS, relation, t.lang))),
                (t("From (row) to (column)"), *(w.sector(b, t.lang) for b in order)),
                rows,
                right=tuple(range(1, len(order) + 1)),
            )
        )  # fmt: skip
    return blocks


# -- services ------------------------------------------------------------------------------------


def services(c: Context) -> Part:
    t = c.t
    title = t("Who knows the services")
    if not c.dossier.funnels:
        return Part(
            title, "services", 2,
            (Voice(t("No evidence yet: residents have not been asked about any service.")),),
        )  # fmt: skip
    blocks: list[Block] = [
        Para(
            t(
                "Hatched: a sample, with its range; solid: everyone was counted. Dashed line: "
                "half. Ways of asking are never mixed."
            )
            + " "
            + hidden_note(t),
            "note",
        )
    ]  # fmt: skip
    blocks += [_funnel(c, f, i) for i, f in enumerate(c.dossier.funnels)]
    return Part(title, "services", 2, tuple(blocks))


def _funnel(c: Context, f: Funnel, i: int) -> Part:
    t = c.t
    sampled = f.frame != "census"
    frame = w.word(w.FRAMES, f.frame, t.lang)
    heard = next((s for s in f.steps if s.stage == "heard"), None)
    blocks: list[Block] = []
    if heard is not None and heard.share is not None:
        blocks.append(
            Voice(
                t("Of 10 people asked, {tenths} have heard of {service}.",
                  tenths=say.tenths(100 * heard.share, t), service=f.service_name)
            )
        )  # fmt: skip
    blocks.append(
        Para(
            t("{asked} asked {frame}, {period}.", asked=t.number(f.asked), frame=frame,
              period=say.period_words((f.start, f.end), t))
        )
    )  # fmt: skip
    rows: list[tuple[Line, ...]] = []
    for s in f.steps:
        name = w.word(w.STAGES, s.stage, t.lang)
        if s.share is None:
            rows.append((name, "–", hidden_words(t) if s.n is None else t.number(s.n), "–", ""))
            continue
        label = f"{name}: {percent(s.share, t)} {percent_span(s.interval, t)}"
        rows.append(
            (
                name,
                (Picture(bar(100 * s.share, _hundred(s.interval), label, sampled=sampled)),),
                hidden_words(t) if s.n is None else t.number(s.n),
                percent(s.share, t),
                percent_span(s.interval, t),
            )
        )
    blocks.append(
        Table(
            t("From hearing to staying"),
            (t("Step"), t("Of those asked"), t("People"), t("Share"), t("Range")),
            tuple(rows),
            right=(2, 3, 4),
            pictures=(1,),
        )
    )
    if f.areas:
        shown = [a for a in f.areas if a.share is not None]
        hidden = [a for a in f.areas if a.share is None]
        area_rows: list[tuple[Line, ...]] = []
        for a in sorted(shown, key=lambda a: a.share or 0):
            label = f"{a.area_name}: {percent(a.share, t)} {percent_span(a.interval, t)}"
            area_rows.append(
                (
                    a.area_name,
                    (Picture(bar(100 * (a.share or 0), _hundred(a.interval), label,
                                 sampled=sampled)),),
                    t("{heard} of {asked}", heard=t.number(a.heard), asked=t.number(a.asked)),
                    percent(a.share, t),
                    percent_span(a.interval, t),
                )
            )  # fmt: skip
        if hidden:
            names = ", ".join(sorted(a.area_name for a in hidden))
            area_rows.append((Name(names), hidden_words(t), "–", "–", ""))
        blocks.append(
            Table(
                t("Who has heard, by area, least known first"),
                (t("Area"), t("Have heard"), t("People"), t("Share"), t("Range")),
                tuple(area_rows),
                right=(2, 3, 4),
                pictures=(1,),
            )
        )
    if f.channels:
        blocks.append(_channels(f, t))
    return Part(f"{f.service_name}, {frame}", f"service-{i + 1}", 3, tuple(blocks))


def _channels(f: Funnel, t: Translator) -> Table:
    top = max((n for _, n in f.channels if n is not None), default=0)
    rows: list[tuple[Line, ...]] = []
    for code, n in f.channels:
        name = w.word(w.CHANNELS, code, t.lang)
        if n is None:
            rows.append((name, "–", hidden_words(t)))
        else:
            share = 100 * n / top if top else 0.0
            rows.append(
                (name, (Picture(bar(share, None, f"{name}: {t.number(n)}", sampled=False)),),
                 t.number(n))
            )  # fmt: skip
    return Table(
        t("Heard through whom"),
        (t("Channel"), t("Against the most common"), t("People")),
        tuple(rows),
        right=(2,),
        pictures=(1,),
    )
