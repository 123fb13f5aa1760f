"""From findings to evidence: anchors, sufficiency, and what it means that nothing is recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

import satuhati.core.profile.measures_of  # noqa: F401  registers the computations
from satuhati.core.profile.context import FINDING, Context
from satuhati.core.profile.kinds import computation
from satuhati.core.profile.results import Evidence, Status, Trace
from satuhati.core.profile.verdict import WIDEST, place_of
from satuhati.core.results import Interval
from satuhati.errors import Doubt
from satuhati.schema import TABLES
from satuhati.schema.measures import Measure, measures

DEFAULT_TARGET = 60.0
"""Used, and said to be provisional, until the group sets a target of its own."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one community has set for one measure."""

    enabled: bool
    anchor_low: float | None
    anchor_high: float | None
    min_n: int | None
    by: str
    reason: str


def settings_of(ctx: Context) -> dict[tuple[str, str], Settings]:
    """By (case, measure): the latest setting."""
    latest = ctx["measure_settings"].sort("community", "since", "id")
    return {
        (r["community"], r["measure"]): Settings(
            r["enabled"] is not False,
            r["anchor_low"],
            r["anchor_high"],
            r["min_n"],
            r["by"],
            r["reason"],
        )
        for r in latest.iter_rows(named=True)
    }


def strands_present(ctx: Context) -> dict[str, set[str]]:
    """By strand: the cases with at least one row in it."""
    present: dict[str, set[str]] = defaultdict(set)
    for name, table in TABLES.items():
        frame = ctx[name]
        if frame.height:
            present[table.strand].update(frame["community"].unique().to_list())
    for frame in ctx.answers.values():
        present["surveys"].update(frame["community"].unique().to_list())
    return present


@dataclass(frozen=True, slots=True)
class _Absence:
    """What is known of cases where a measure found nothing."""

    present: Mapping[str, set[str]]
    confirmed: Mapping[tuple[str, str], tuple[str, ...]]
    scheduled: Mapping[str, set[str]]
    held: Mapping[str, set[str]]
    open_channel: Mapping[str, tuple[str, ...]]
    meeting_ids: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, ctx: Context) -> _Absence:
        statements = ctx.dated(ctx["confirmed_empty"])
        year = pl.col("as_of").dt.offset_by("-12mo")
        valid = statements.filter((pl.col("from") <= pl.col("as_of")) & (pl.col("to") > year))
        confirmed = {
            (r["community"], r["strand"]): tuple(r["ids"])
            for r in valid.group_by("community", "strand")
            .agg(ids=pl.col("id").sort())
            .iter_rows(named=True)
        }
        scheduled: dict[str, set[str]] = defaultdict(set)
        for community, kind in ctx.due_series.select("community", "kind").iter_rows():
            scheduled[kind].add(community)
        recent = ctx.within(ctx["meetings"], "date", 12)
        held: dict[str, set[str]] = defaultdict(set)
        for community, kind in (
            recent.filter(pl.col("status") == "held").select("community", "kind").iter_rows()
        ):
            held[kind].add(community)
        ids = recent.group_by("community").agg(pl.col("id").sort())
        channels = ctx.open_channels.group_by("community").agg(pl.col("id").sort())
        return cls(
            strands_present(ctx),
            confirmed,
            scheduled,
            held,
            {c: tuple(i) for c, i in channels.iter_rows()},
            {c: tuple(i) for c, i in ids.iter_rows()},
        )

    def meaning(self, case: str, measure: Measure) -> tuple[Status, Trace | None]:
        """The status of nothing found, and the rows that say it is nought (``ok``)."""
        said = self.confirmed.get((case, measure.strand))
        if measure.strand == "meetings" and any(case in there for there in self.held.values()):
            said = None  # a month without a meeting says nothing of those that were held
        if measure.if_none == "regularity" and case in self.scheduled.get("pokja", set()):
            said = None  # a schedule too young for a period to be due
        if said and measure.if_none in ("zero", "zero_if_due", "zero_if_open", "regularity"):
            return "ok", Trace("confirmed_empty", said, len(said))
        here = case in self.present.get(measure.strand, set())
        if measure.if_none == "regularity" and here:
            if case in self.scheduled.get("pokja", set()):
                return "too few", None  # a schedule too young for a period to be due
            rows = self.meeting_ids.get(case, ())
            return "ok", Trace("meetings", rows, len(rows))
        if measure.if_none == "zero_if_due":
            kind = "cross_sector_forum" if measure.of == "forum_sectors" else "pokja"
            if case in self.scheduled.get(kind, set()) and case not in self.held.get(kind, set()):
                return "ok", Trace("meeting_series", (), 0)
        if measure.if_none == "zero_if_open" and case in self.open_channel:
            rows = self.open_channel[case]
            return "ok", Trace("voice_channels", rows, len(rows))
        if measure.if_none == "not_applicable" and here:
            return "not applicable", None
        return "none", None


def anchored(
    raw: float | None, interval: Interval | None, low: float | None, high: float | None
) -> tuple[float | None, Interval | None]:
    """Value and interval on 0-100 (clipped), in order even where the anchors are turned."""
    if low is None or high is None or low == high:
        return raw, interval

    def scaled(x: float) -> float:
        return min(100.0, max(0.0, (x - low) / (high - low) * 100))

    value = None if raw is None else scaled(raw)
    if interval is None:
        return value, None
    ends = scaled(interval[0]), scaled(interval[1])
    return value, (min(ends), max(ends))


_ORDER = ("community", "population", "subject", "frame", "record")
_UNSAID: dict[str, Any] = dict.fromkeys(FINDING)


def evaluate(ctx: Context) -> dict[str, tuple[Evidence, ...]]:
    """All evidence of every case, in the order of the measures table.

    A measure that found nothing gives a piece that says so, for each population it is expected to
    speak of. Field notes that found nothing are said only where other measures speak of that
    population.
    """
    settings = settings_of(ctx)
    absence = _Absence.of(ctx)
    cases = ctx.dates["community"].to_list()
    out: dict[str, list[Evidence]] = {case: [] for case in cases}
    spoken_of = {
        (m.component, m.level, p)
        for m in measures().values()
        if m.kind != "fieldnotes"
        for p in m.expected
    }
    for measure in measures().values():
        compute, parameter = computation(measure)
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        frame = compute(ctx, measure, parameter)
        if frame.height > 1:
            frame = frame.sort([c for c in _ORDER if c in frame.columns], nulls_last=False)
        for row in frame.iter_rows(named=True):
            found[row["community"]].append({**_UNSAID, **row})
        for case in cases:
            own = settings.get((case, measure.code))
            if own is not None and not own.enabled:
                continue
            rows = found.get(case, [])
            heard = set()
            for row in rows:
                populations = (row["population"],) if row["population"] else measure.populations
                for population in populations:
                    heard.add(population)
                    out[case].append(_piece(measure, population, row, own))
            for population in measure.expected:
                cell = (measure.component, measure.level, population)
                if population in heard or (measure.kind == "fieldnotes" and cell not in spoken_of):
                    continue
                status, trace = absence.meaning(case, measure)
                out[case].append(_nothing(measure, population, status, trace))
    return {case: tuple(pieces) for case, pieces in out.items()}


def _piece(
    measure: Measure, population: str, row: Mapping[str, Any], own: Settings | None
) -> Evidence:
    low = own.anchor_low if own and own.anchor_low is not None else measure.anchor_low
    high = own.anchor_high if own and own.anchor_high is not None else measure.anchor_high
    min_n = own.min_n if own and own.min_n is not None else measure.min_n
    raw, n = row["raw"], row["n"] or 0
    interval = None if row["lo"] is None or row["hi"] is None else (row["lo"], row["hi"])
    value, interval = anchored(raw, interval, low, high)
    direction = row["direction"]
    status: Status = "ok"
    if n < min_n:
        status, value, interval, raw, direction = "too few", None, None, None, None
    elif value is None and direction is None:
        status = "none"
    elif row["insufficient"] or (interval is not None and interval[1] - interval[0] > WIDEST):
        status = "not enough"
    told = status != "too few"
    counts = {k: row[k] for k in ("supports", "mixed", "contradicts") if row[k] is not None}
    return Evidence(
        measure=measure.code,
        component=measure.component,
        level=measure.level,
        population=population,
        method=measure.method,
        record=row["record"] or measure.record,
        value=value,
        interval=interval,
        n=n,
        direction=direction,
        status=status,
        trace=Trace(
            row["table"] or measure.record,
            tuple(row["ids"] or ()) if told or measure.method != "survey" else (),
            row["rows"] or 0,
        ),
        place=place_of(value, interval, direction),
        scored=measure.scored,
        min_n=min_n,
        raw=raw,
        numerator=_count(row["numerator"]) if told else None,
        denominator=_count(row["denominator"]) if told else None,
        subject=row["subject"],
        subject_name=row["subject_name"],
        frame=row["frame"],
        period=(row["start"], row["end"]) if row["start"] and row["end"] else None,
        counts=counts,
        reason=row["reason"],
    )


def _count(value: float | None) -> float | None:
    return None if value is None else float(value)


def _nothing(measure: Measure, population: str, status: Status, trace: Trace | None) -> Evidence:
    nought = status == "ok"
    return Evidence(
        measure=measure.code,
        component=measure.component,
        level=measure.level,
        population=population,
        method=measure.method,
        record=measure.record,
        value=0.0 if nought else None,
        interval=None,
        n=0,
        direction=None,
        status=status,
        trace=trace or Trace(measure.record, (), 0),
        place="low" if nought else None,
        scored=measure.scored,
        min_n=measure.min_n,
        raw=0.0 if nought else None,
    )


def targets_of(ctx: Context) -> dict[str, list[dict[str, Any]]]:
    """By case: its targets, the latest last."""
    out: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in ctx["targets"].sort("community", "set_on", "id").iter_rows(named=True):
        out[row["community"]].append(row)
    return out


def target_for(
    targets: list[dict[str, Any]],
    component: str,
    level: str,
    population: str,
    measure: str | None = None,
) -> tuple[float, bool]:
    """The group's own target that fits best, and whether it is its own.

    One for the measure goes before one for the cell, the more closely described before the
    wider, the later before the earlier.
    """
    best: tuple[int, int, float] | None = None
    for i, t in enumerate(targets):
        wanted = {"component": component, "level": level, "population": population}
        if any(t[k] is not None and t[k] != v for k, v in wanted.items()):
            continue
        if t["measure"] is not None and t["measure"] != measure:
            continue
        closeness = 4 * (t["measure"] is not None) + sum(t[k] is not None for k in wanted)
        if best is None or (closeness, i) > best[:2]:
            best = (closeness, i, t["value"])
    return (best[2], True) if best is not None else (DEFAULT_TARGET, False)


def with_targets(
    evidence: tuple[Evidence, ...], targets: list[dict[str, Any]]
) -> tuple[Evidence, ...]:
    """The scored pieces, each with the target it is held against."""
    return tuple(
        replace(
            piece,
            target=target_for(
                targets, piece.component, piece.level, piece.population, piece.measure
            )[0],
        )
        if piece.scored and piece.method != "fieldnotes"
        else piece
        for piece in evidence
    )


def setting_doubts(ctx: Context) -> dict[str, list[Doubt]]:
    """By case: what was switched off or changed, printed with the profile."""
    out: dict[str, list[Doubt]] = defaultdict(list)
    for (case, code), own in settings_of(ctx).items():
        known = measures().get(code)
        if known is None:
            out[case].append(Doubt("measure_unknown", {"measure": code}))
            continue
        fields = {"measure": known.label.id, "by": own.by, "reason": own.reason}
        if not own.enabled:
            out[case].append(Doubt("measure_off", fields))
        elif own.anchor_low is not None or own.anchor_high is not None:
            out[case].append(Doubt("measure_anchors", fields))
    return out
