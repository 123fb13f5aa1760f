"""Builds the dossier: the fuller figures that a report shows around the profile."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import polars as pl

from satuhati.core.community import CommunityData
from satuhati.core.intervals import wilson
from satuhati.core.meetings.participation import (
    participation,
    subgroup_participation,
)
from satuhati.core.networks.cohesion import components, density
from satuhati.core.networks.layout import layout
from satuhati.core.networks.network import both_ways
from satuhati.core.networks.positions import betweenness
from satuhati.core.outreach.cascade import STAGES, complete_persons
from satuhati.core.profile.build import profile
from satuhati.core.profile.context import Context, wards
from satuhati.core.profile.dossier import (
    AreaShare,
    CommunityFacts,
    Dossier,
    Funnel,
    MapNode,
    MapTie,
    MeetingMark,
    NetworkMap,
    Participation,
    Quotation,
    RoundQuality,
    ScaleReliability,
    Step,
    Subgroup,
)
from satuhati.core.profile.measures_of.awareness import latest_count
from satuhati.core.profile.measures_of.notes import coded_passages
from satuhati.core.profile.measures_of.surveys import scale_definitions
from satuhati.core.profile.results import Profile
from satuhati.core.results import Interval
from satuhati.core.shares import share_with_clusters
from satuhati.core.suppression import THRESHOLD, suppress_one_way, suppress_two_way
from satuhati.core.surveys.reliability import reliability
from satuhati.schema.measures import measures

WINDOW_MONTHS = 12
CALENDAR_MONTHS = 36
MIN_MEETINGS = 3


def dossier(data: CommunityData, community: str, as_of: date | None = None) -> Dossier:
    """Everything a report shows of one community. Raises ``KeyError`` if it is not in ``data``."""
    data = data.only(community)
    found = profile(data, community, as_of)
    when = found.as_of or date(1900, 1, 1)
    ctx = Context.of(
        data, pl.DataFrame({"community": [community], "case": [community], "as_of": [when]})
    )
    return Dossier(
        facts=_facts(data),
        profile=found,
        participation=_participation(ctx, when),
        network=_network(ctx, community),
        funnels=_funnels(ctx),
        quotations=_quotations(ctx),
        reliability=_reliability(ctx),
        rounds=_rounds(ctx),
        rows={n: f.height for n, f in data.tables.items() if f.height}
        | {f"answers/{n}": f.height for n, f in data.answers.items() if f.height},
        settings=_settings(ctx),
    )


def _facts(data: CommunityData) -> CommunityFacts:
    row = data["community"].row(0, named=True)
    return CommunityFacts(
        code=row["id"],
        name=row["name"],
        place=row["place"],
        decree=row["decree"],
        synthetic=bool(row["synthetic"]),
        kinds=tuple(k for k in ("geographic", "social", "interest") if row[k]),
        context={
            k: row[k]
            for k in ("urban", "economic", "settlement", "initiated_by", "funded_by")
            if row[k] is not None
        },
        adults=row["adults"],
        households=row["households"],
    )


# -- participation ------------------------------------------------------------------------


def _participation(ctx: Context, as_of: date) -> Participation | None:
    """Attendance of the last twelve months, by subgroup; the calendar goes back three years.

    Subgroups of fewer than five members are suppressed, with as many more as it takes that none
    can be had by subtraction. Sections are posts held in public, and are not suppressed.
    """
    seats = ctx.within(ctx.seats, "date", WINDOW_MONTHS)
    calendar = _calendar(ctx)
    if seats.height == 0:
        return None if not calendar else _empty_participation(as_of, calendar)
    came = pl.when(pl.col("came")).then(pl.coalesce("status", pl.lit("present")))
    rows = seats.select(
        "community",
        "meeting",
        member="actor",
        status=came.otherwise(pl.coalesce("status", pl.lit("absent"))),
        order="date",
    )
    figures = participation(rows)
    overall = figures.communities.row(0, named=True)
    sections = seats.group_by("section").agg(came=pl.col("came").any()).drop_nulls("section")
    reasons = Counter(
        ctx["attendance"]
        .join(seats.select("community", "id"), on=["community", "id"], how="semi")["reason"]
        .drop_nulls()
        .to_list()
    )
    first = seats["date"].min()
    return Participation(
        start=first if isinstance(first, date) else as_of,
        end=as_of,
        meetings=overall["meetings"],
        members=overall["members"],
        rate=overall["value"],
        interval=_interval(overall),
        gini=overall["gini"],
        top20_share=overall["top20_share"],
        subgroups=_subgroups(ctx, figures.members, seats),
        reasons=dict(sorted(reasons.items(), key=lambda e: (-e[1], e[0]))),
        calendar=calendar,
        never_present_sections=tuple(sorted(sections.filter(~pl.col("came"))["section"])),
    )


def _empty_participation(as_of: date, calendar: tuple[MeetingMark, ...]) -> Participation:
    return Participation(
        start=as_of - timedelta(days=365),
        end=as_of,
        meetings=0,
        members=0,
        rate=None,
        interval=None,
        gini=None,
        top20_share=None,
        subgroups=(),
        reasons={},
        calendar=calendar,
        never_present_sections=(),
    )


def _calendar(ctx: Context) -> tuple[MeetingMark, ...]:
    seats = (
        ctx.seats.group_by("community", "meeting")
        .agg(invited=pl.len(), present=pl.col("came").sum())
        .rename({"meeting": "id"})
    )
    shown = ctx.within(
        ctx["meetings"].filter(pl.col("kind").is_in(["pokja", "cross_sector_forum"])),
        "date",
        CALENDAR_MONTHS,
    )
    rows = shown.join(seats, on=["community", "id"], how="left").sort("date", "id")
    return tuple(
        MeetingMark(r["date"], r["kind"], r["status"], r["invited"] or 0, r["present"] or 0)
        for r in rows.iter_rows(named=True)
    )


def _subgroups(ctx: Context, members: pl.DataFrame, seats: pl.DataFrame) -> tuple[Subgroup, ...]:
    ward_of = wards(ctx["areas"]).select("community", "area", rw="ward_name")
    people = (
        ctx["actors"]
        .join(ward_of, on=["community", "area"], how="left")
        .select("community", "sex", "age_band", "schooling", "rw", member="id")
        .join(
            seats.select("community", "section", member="actor").unique(["community", "member"]),
            on=["community", "member"],
            how="inner",
        )
    )
    groupings = ("section", "sex", "age_band", "schooling", "rw")
    table = subgroup_participation(members, people, groupings)
    out = []
    for grouping in groupings:
        rows = [
            r
            for r in table.filter(pl.col("attribute") == grouping).iter_rows(named=True)
            if r["group"] is not None
        ]
        hidden = (
            [False] * len(rows) if grouping == "section" else _hidden([r["members"] for r in rows])
        )
        residents = _resident_shares(ctx, grouping)
        total = sum(r["members"] for r in rows)
        for row, hide in zip(rows, hidden, strict=True):
            out.append(
                Subgroup(
                    grouping=grouping,
                    group=row["group"],
                    members=None if hide else row["members"],
                    invited=None if hide else row["n"],
                    present=None if hide else row["attended"],
                    rate=None if hide else row["value"],
                    interval=None if hide else _interval(row),
                    residents_share=residents.get(row["group"]),
                    active_share=None if hide or not total else row["members"] / total,
                )
            )
    return tuple(out)


def _hidden(counts: list[int]) -> list[bool]:
    """Which groups to hide so that neither a small one nor its difference to the total shows."""
    return [bool(h) for h in suppress_one_way(counts).cells[0]]


def _resident_shares(ctx: Context, grouping: str) -> dict[str, float]:
    """Share of adult residents of each group, at the latest count that tells it."""
    column = {"rw": "area"}.get(grouping, grouping)
    residents = ctx["residents"]
    if column not in residents.columns:
        return {}
    known = residents.drop_nulls(column)
    if grouping == "rw":
        known = known.join(wards(ctx["areas"]), on=["community", "area"]).with_columns(
            area=pl.col("ward_name")
        )
    if grouping == "age_band":
        known = known.filter(pl.col("age_band") != "0-14")
    if known.height == 0:
        return {}
    known = known.filter(pl.col("year") == known["year"].max())
    counts = known.group_by(column).agg(pl.col("count").sum())
    total = counts["count"].sum()
    return {g: n / total for g, n in counts.iter_rows()} if total else {}


def _interval(row: dict[str, Any]) -> Interval | None:
    return None if row["lo"] is None or row["hi"] is None else (row["lo"], row["hi"])


# -- network ------------------------------------------------------------------------------


def _network(ctx: Context, community: str) -> NetworkMap | None:
    """The map of the latest closed round. Organisations are named; people by their sector only,
    because a report travels further than the consent of those it would name."""
    roster = ctx.rosters.get(community)
    if roster is None or not roster.networks:
        return None
    shown = tuple(r for r in roster.networks if r != "goto")
    union = roster.union(shown)
    places = layout(union, seed=1)
    between = betweenness(union)
    neighbours = both_ways(union)
    degree = Counter(neighbours[:, 0].tolist())
    actors = ctx["actors"]
    kind_of = dict(actors.select("id", "kind").iter_rows())
    name_of = dict(actors.filter(pl.col("kind") != "person").select("id", "name").iter_rows())
    nodes = tuple(
        MapNode(
            code=actor,
            sector=roster.sectors[i],
            kind=kind_of.get(actor) or "person",
            x=float(places[i, 0]),
            y=float(places[i, 1]),
            degree=degree.get(i, 0),
            betweenness=float(between[i]),
            label=name_of.get(actor),
        )
        for i, actor in enumerate(roster.ids)
    )
    by_pair: dict[tuple[int, int], list[str]] = {}
    for relation in shown:
        for a, b in roster.networks[relation].edges.tolist():
            pair = by_pair.setdefault((min(a, b), max(a, b)), [])
            if relation not in pair:
                pair.append(relation)
    exchange: Counter[tuple[str, str, str]] = Counter()
    for relation in shown:
        for a, b in roster.networks[relation].edges.tolist():
            first, second = roster.sectors[a], roster.sectors[b]
            if first is not None and second is not None:
                exchange[(relation, first, second)] += 1
    parts = components(union)
    return NetworkMap(
        wave=roster.wave,
        nodes=nodes,
        ties=tuple(MapTie(a, b, tuple(r)) for (a, b), r in sorted(by_pair.items())),
        relations=shown,
        responded=int(roster.responded.sum()),
        roster=len(roster.ids),
        density=density(union),
        components=len(set(parts.tolist())),
        isolates=sum(1 for node in nodes if node.degree == 0),
        exchange=tuple((*key, n) for key, n in sorted(exchange.items())),
    )


# -- awareness ----------------------------------------------------------------------------


def _funnels(ctx: Context) -> tuple[Funnel, ...]:
    rows = latest_count(ctx)
    if rows.height == 0:
        return ()
    out = []
    for _, group in rows.sort("service", "frame").group_by(
        ["service", "frame"], maintain_order=True
    ):
        persons = bool((group["asked"] == 1).all())
        group = complete_persons(group) if persons else group
        out.append(_funnel(ctx, group))
    return tuple(out)


def _funnel(ctx: Context, group: pl.DataFrame) -> Funnel:
    first = group.row(0, named=True)
    group = group.with_columns(cluster=pl.coalesce("area", "id"))
    steps = []
    for stage in STAGES:
        known = group.filter(pl.col(stage).is_not_null())
        if known.height == 0:
            steps.append(Step(stage, None, None, None))
            continue
        found = share_with_clusters(known, [], stage, "cluster", trials="asked").row(0, named=True)
        steps.append(Step(stage, int(found["successes"]), found["value"], _interval(found)))
    start, end = group["date"].min(), group["date"].max()
    return Funnel(
        service=first["service"],
        service_name=first["subject_name"],
        frame=first["frame"],
        start=start if isinstance(start, date) else first["date"],
        end=end if isinstance(end, date) else first["date"],
        asked=int(group["asked"].sum()),
        steps=tuple(steps),
        areas=_area_shares(ctx, group),
        channels=_channels(group),
    )


def _area_shares(ctx: Context, group: pl.DataFrame) -> tuple[AreaShare, ...]:
    """By RW. Small areas, and as many more as it takes, are hidden: the total is printed."""
    per_ward = (
        group.join(wards(ctx["areas"]), on=["community", "area"], how="inner")
        .group_by("ward", "ward_name")
        .agg(pl.col("asked").sum(), pl.col("heard").sum())
        .sort("ward_name", "ward")
    )
    rows = per_ward.rows(named=True)
    if not rows:
        return ()
    table = [[r["heard"], r["asked"] - r["heard"]] for r in rows]
    hide = suppress_two_way(table)
    out = []
    for i, row in enumerate(rows):
        hidden = bool(hide.cells[i].any() or hide.rows[i])
        asked, heard = row["asked"], row["heard"]
        out.append(
            AreaShare(
                area=row["ward"],
                area_name=row["ward_name"],
                asked=None if hide.rows[i] else asked,
                heard=None if hidden else heard,
                share=None if hidden or not asked else heard / asked,
                interval=None if hidden else wilson(heard, asked),
                at_least_half=None if asked < THRESHOLD else heard * 2 >= asked,
            )
        )
    return tuple(out)


def _channels(group: pl.DataFrame) -> tuple[tuple[str, int | None], ...]:
    counted = (
        group.filter(pl.col("heard") > 0)
        .group_by(pl.col("channel").fill_null("unknown"))
        .agg(n=pl.col("heard").sum())
        .sort("n", "channel", descending=[True, False])
    )
    if counted.height == 0:
        return ()
    hidden = _hidden(counted["n"].to_list())
    return tuple(
        (channel, None if hide else n)
        for (channel, n), hide in zip(counted.iter_rows(), hidden, strict=True)
    )


# -- field notes, quality -----------------------------------------------------------------


def _quotations(ctx: Context) -> tuple[Quotation, ...]:
    """Passages once each (the first coder's), the clearest directions first."""
    rows = coded_passages(ctx).drop_nulls(["component", "level"])
    if rows.height == 0:
        return ()
    order = pl.col("direction").replace_strict(
        {"contradicts": 0, "supports": 1, "mixed": 2}, return_dtype=pl.Int64
    )
    rows = rows.sort("component", "level", "excerpt", "coder", "id").unique(
        ["component", "level", "excerpt"], keep="first", maintain_order=True
    )
    rows = rows.sort("component", "level", order, "date", "id")
    return tuple(
        Quotation(
            component=r["component"],
            level=r["level"],
            population=r["population"],
            direction=r["direction"],
            text=r["text"],
            source_kind=r["source_kind"],
            source_title=r["source_title"],
            date=r["date"],
            coding=r["id"],
        )
        for r in rows.iter_rows(named=True)
    )


def _reliability(ctx: Context) -> tuple[ScaleReliability, ...]:
    """Alpha and omega of every scale of every round with enough answers."""
    rounds = ctx["rounds"].sort("wave", "id")
    out = []
    for instrument, scale, _ in scale_definitions(ctx):
        frame = ctx.answers.get(instrument)
        if frame is None or any(i not in frame.columns for i in scale.items):
            continue
        if len(scale.items) < 2:
            continue  # no alpha for one item
        for r in rounds.filter(pl.col("instrument") == instrument).iter_rows(named=True):
            answers = frame.filter(pl.col("round") == r["id"]).select(scale.items).to_numpy()
            if answers.shape[0] < THRESHOLD:
                continue
            found = reliability(answers, scale)
            out.append(
                ScaleReliability(
                    instrument=instrument,
                    round=r["id"],
                    wave=r["wave"],
                    population=r["population"],
                    scale=scale.name,
                    n=found.n,
                    n_items=found.n_items,
                    alpha=found.alpha,
                    alpha_interval=found.alpha_interval,
                    omega_total=found.omega_total,
                    missing_rate=float((answers != answers).mean()),
                )
            )
    return tuple(sorted(out, key=lambda s: (s.instrument, s.scale, s.wave)))


def _rounds(ctx: Context) -> tuple[RoundQuality, ...]:
    out = []
    instruments = dict(ctx["instruments"].select("id", "name").iter_rows())
    for r in ctx["rounds"].sort("wave", "id").iter_rows(named=True):
        frame = ctx.answers.get(r["instrument"])
        answered = 0 if frame is None else frame.filter(pl.col("round") == r["id"]).height
        out.append(
            RoundQuality(
                kind="survey",
                code=r["id"],
                label=instruments.get(r["instrument"]) or r["instrument"],
                wave=r["wave"],
                population=r["population"],
                frame=r["frame"],
                start=r["start"],
                end=r["end"],
                invited=r["invited"],
                answered=answered,
                note=r["note"],
            )
        )
    for r in ctx["tie_rounds"].sort("wave", "id").iter_rows(named=True):
        asked = ctx["roster"].filter(pl.col("round") == r["id"])
        out.append(
            RoundQuality(
                kind="ties",
                code=r["id"],
                label=r["id"],
                wave=r["wave"],
                population=None,
                frame="census" if asked.height else None,
                start=r["start"],
                end=r["closed_on"],
                invited=asked.height or None,
                answered=int(asked["responded"].sum() or 0),
                note=r["note"],
            )
        )
    return tuple(out)


def _settings(ctx: Context) -> tuple[dict[str, str], ...]:
    """What the group set for itself, to be printed with the profile."""
    out = []
    for r in ctx["targets"].sort("set_on", "id").iter_rows(named=True):
        out.append(
            {
                "kind": "target",
                "measure": r["measure"] or "",
                "component": r["component"] or "",
                "level": r["level"] or "",
                "population": r["population"] or "",
                "value": f"{r['value']:g}",
                "date": r["set_on"].isoformat(),
                "by": r["by"] or "",
            }
        )
    for r in ctx["measure_settings"].sort("since", "id").iter_rows(named=True):
        if r["measure"] in measures():
            out.append(
                {
                    "kind": "measure",
                    "measure": r["measure"],
                    "enabled": "no" if r["enabled"] is False else "yes",
                    "date": r["since"].isoformat(),
                    "by": r["by"],
                    "reason": r["reason"],
                }
            )
    return tuple(out)


__all__ = ["Profile", "dossier"]
