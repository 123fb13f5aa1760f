"""All figures of attendance of one group over a period, ready to be kept and shown.

The web app's worker calls this; the figures are those of ``satuhati meeting participation`` on the
same rows, because both call the same functions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from satuhati.core.meetings.greeting import part_of_day
from satuhati.core.meetings.notice import NOTICE_DAYS
from satuhati.core.meetings.participation import (
    TOOK_PART,
    lorenz,
    one_row_per_meeting,
    participation,
    speaking,
)
from satuhati.core.meetings.periods import DEFAULT_FREQUENCY
from satuhati.core.meetings.regularity import FREQUENCIES, regularity
from satuhati.core.meetings.survival import STREAK, kaplan_meier, last_attendance
from satuhati.core.results import Interval
from satuhati.core.shares import share_with_clusters
from satuhati.core.suppression import THRESHOLD, suppress

ATTRIBUTES = ("sex", "section", "sector", "rt")
OFFICIAL = ("section", "sector")
"""Attributes of an appointment: those who keep the records see them however few hold them."""

UNKNOWN = "unknown"
TICKS = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """How much some people did something, and how evenly: attendance, or speaking.

    Shares are proportions; ``interval`` takes people as clusters; ``gini`` is × n/(n−1). Both it
    and the ``lorenz`` curve are of the people's rates, so that the curve shows what it measures.
    """

    members: int
    invited: int
    attended: int
    rate: float | None
    interval: Interval | None
    gini: float | None
    top20_share: float | None
    median_rate: float | None
    lorenz: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A subgroup. ``attendance`` is ``None`` where it is too small to be shown to anybody.

    ``small``: whether those who are no keepers may not see it, itself too small or needed so that
    none that is can be had by subtraction.
    """

    group: str
    members: int | None
    attendance: Spread | None
    speaking: Spread | None
    small: bool


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """One person: invitations by status, the rate with its interval, meetings missed in a row."""

    member: str
    invited: int
    present: int
    represented: int
    excused: int
    ill: int
    absent: int
    rate: float
    interval: Interval | None
    missed: int


@dataclass(frozen=True, slots=True)
class Staying:
    """Kaplan–Meier of the time to last attendance, in meetings a member was invited to.

    ``curve``: (time, share still coming, lower, upper) at each event; ``at_risk``: (time, members
    still followed) at a few round times; ``median``: ``None`` when fewer than half have stopped.
    """

    n: int
    stopped: int
    streak: int
    median: float | None
    median_interval: tuple[float | None, float | None]
    curve: tuple[tuple[float, float, float | None, float | None], ...]
    at_risk: tuple[tuple[int, int], ...]
    longest: int


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Regularity: periods met with notice of those due; ``value`` is 0 without any schedule."""

    series: int
    due: int
    met: int
    met_any: int
    notice_unknown: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Attendance at the meetings of one part of the day, or of one length of notice.

    ``name``: a part of the day (:func:`~satuhati.core.meetings.greeting.part_of_day`), or
    ``in_time``, ``late``; ``unknown`` where it is not on record. The interval takes members as
    clusters.
    """

    name: str
    meetings: int
    invited: int
    attended: int
    rate: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class AttendanceFigures:
    """``unknown_rows``: rows without a status, not counted; ``merged_rows``: second rows."""

    meetings: int
    merged_rows: int
    unknown_rows: int
    attendance: Spread | None
    speaking: Spread | None
    groups: dict[str, tuple[Group, ...]]
    members: tuple[MemberRecord, ...]
    staying: Staying | None
    rhythm: Rhythm
    hours: tuple[Circumstance, ...]
    notices: tuple[Circumstance, ...]


def attendance_figures(
    rows: Sequence[Mapping[str, Any]],
    attributes: Mapping[str, Mapping[str, str | None]],
    series: Sequence[Mapping[str, Any]],
    held: Sequence[Mapping[str, Any]],
    kind: str,
    start: date,
    end: date,
) -> AttendanceFigures:
    """Figures of one group.

    ``rows``: ``meeting, member, status, order, spoke``, one for each invitation (see
    :func:`~satuhati.core.meetings.participation.participation`); ``attributes``: of each member
    the :data:`ATTRIBUTES`; ``series``: ``series, frequency, start, end``; ``held``: ``meeting,
    series, date, time, notice_days``; ``kind`` of the meetings, for the frequency of a series that
    declares none.

    Survival: :func:`~satuhati.core.meetings.survival.kaplan_meier`, with members who missed the
    last :data:`~satuhati.core.meetings.survival.STREAK` as stopped. Groups under
    :data:`~satuhati.core.suppression.THRESHOLD` members are suppressed, with as many more as it
    takes that none can be had by subtraction; official ones are only marked.
    """
    frame = pl.DataFrame(
        [{"community": "", **row} for row in rows],
        schema={"community": pl.String, "meeting": pl.String, "member": pl.String,
                "status": pl.String, "order": pl.Int64, "spoke": pl.Boolean},
    )  # fmt: skip
    found = participation(frame)
    spoke = participation(speaking(frame))
    members = sorted(found.members.iter_rows(named=True), key=lambda m: str(m["member"]))
    whole = found.communities.row(0, named=True) if found.communities.height else {}
    return AttendanceFigures(
        whole.get("meetings", 0),
        whole.get("merged_rows", 0),
        whole.get("unknown_rows", 0),
        _spread(found.communities, found.members, ""),
        _spread(spoke.communities, spoke.members, ""),
        {name: _groups(frame, attributes, name) for name in ATTRIBUTES},
        tuple(
            MemberRecord(
                m["member"], m["invited"], m["present"], m["represented"], m["excused"], m["ill"],
                m["absent"], m["value"], _interval(m), m["consecutive_missed"],
            )
            for m in members
        ),
        staying(found.members["invited"].to_list(), found.members["consecutive_missed"].to_list()),
        _rhythm(series, held, kind, start, end),
        _circumstances(frame, {m["meeting"]: part_of_day(m["time"]) for m in held}),
        _circumstances(frame, {m["meeting"]: _told(m["notice_days"]) for m in held}),
    )  # fmt: skip


NAMES = ("morning", "midday", "afternoon", "evening", "in_time", "late", UNKNOWN)


def _told(days: int | None) -> str | None:
    return None if days is None else "late" if days < NOTICE_DAYS else "in_time"


def _circumstances(frame: pl.DataFrame, of: Mapping[str, str | None]) -> tuple[Circumstance, ...]:
    """Attendance by what all invitations to a meeting share."""
    if frame.is_empty():
        return ()
    names = {meeting: name or UNKNOWN for meeting, name in of.items()}
    rows = one_row_per_meeting(frame).with_columns(
        pl.col("meeting")
        .replace_strict(names, default=UNKNOWN, return_dtype=pl.String)
        .alias("_of"),
        pl.col("status").is_in(TOOK_PART).alias("_came"),
    )
    meetings = dict(rows.group_by("_of").agg(pl.col("meeting").n_unique()).iter_rows())
    shares = share_with_clusters(rows, ["_of"], "_came", "member")
    found = [
        Circumstance(r["_of"], meetings[r["_of"]], r["n"], int(r["successes"]), r["value"],
                     _interval(r))
        for r in shares.iter_rows(named=True)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda c: NAMES.index(c.name)))


def _interval(row: Mapping[str, Any]) -> Interval | None:
    return None if row["lo"] is None else (row["lo"], row["hi"])


def _spread(communities: pl.DataFrame, members: pl.DataFrame, key: str) -> Spread | None:
    row = communities.filter(pl.col("community") == key)
    if not row.height or not row["invited"][0]:
        return None
    one = row.row(0, named=True)
    return Spread(
        one["members"], one["invited"], one["attended"], one["value"], _interval(one),
        one["gini"], one["top20_share"], one["median_rate"],
        lorenz(members.filter(pl.col("community") == key)["value"].to_list()),
    )  # fmt: skip


def _groups(
    frame: pl.DataFrame, attributes: Mapping[str, Mapping[str, str | None]], name: str
) -> tuple[Group, ...]:
    """Each subgroup as if it were a community of its own: one pass over all of them."""
    of = {m: (attributes.get(m, {}).get(name) or UNKNOWN) for m in frame["member"].unique()}
    if set(of.values()) <= {UNKNOWN}:
        return ()
    rows = frame.with_columns(
        pl.col("member").replace_strict(of, return_dtype=pl.String).alias("community")
    )
    came, spoke = participation(rows), participation(speaking(rows))
    # In a fixed order: of groups alike in size the first is the one emptied to protect another.
    sizes = dict(came.members.group_by("community").len().iter_rows())
    counts = {g: sizes[g] for g in sorted(sizes, key=lambda g: (g == UNKNOWN, g))}
    small, _ = suppress(counts, threshold=THRESHOLD)
    found = []
    for group in counts:
        hidden = group in small and name not in OFFICIAL
        found.append(
            Group(
                group,
                None if hidden else counts[group],
                None if hidden else _spread(came.communities, came.members, group),
                None if hidden else _spread(spoke.communities, spoke.members, group),
                group in small,
            )
        )
    return tuple(found)


def staying(invited: Sequence[int], missed: Sequence[int], streak: int = STREAK) -> Staying | None:
    """The curve of the time to last attendance, ready to be drawn; ``None`` without members."""
    if not invited:
        return None
    times, stopped = last_attendance(invited, missed, streak)
    found = kaplan_meier(times, stopped)
    longest = int(times.max())
    step = max(1, -(-longest // TICKS))
    return Staying(
        found.n,
        found.events,
        streak,
        found.median,
        found.median_interval,
        tuple(
            (s.time, s.survival, *(s.interval if s.interval is not None else (None, None)))
            for s in found.steps
        ),
        tuple((t, int((times >= t).sum())) for t in range(0, longest + 1, step)),
        longest,
    )


def _rhythm(
    series: Sequence[Mapping[str, Any]],
    held: Sequence[Mapping[str, Any]],
    kind: str,
    start: date,
    end: date,
) -> Rhythm:
    # As the measure reads it: what ended before the last day is no schedule any more.
    alive = any(s["start"] <= end and (s["end"] is None or s["end"] >= end) for s in series)
    default = DEFAULT_FREQUENCY.get(kind, "monthly")
    declared = [
        {**s, "frequency": s["frequency"] if s["frequency"] in FREQUENCIES else default}
        for s in series
        if alive
    ]
    plan = pl.DataFrame(
        [{"community": "", **s} for s in declared],
        schema={"community": pl.String, "series": pl.String, "frequency": pl.String,
                "start": pl.Date, "end": pl.Date},
    )  # fmt: skip
    meetings = pl.DataFrame(
        [{"community": "", **{k: m[k] for k in ("series", "date", "notice_days")}} for m in held],
        schema={"community": pl.String, "series": pl.String, "date": pl.Date,
                "notice_days": pl.Int64},
    )  # fmt: skip
    found = regularity(plan, meetings, start, end)
    if not found.height:
        return Rhythm(0, 0, 0, 0, 0, 0.0)
    row = found.row(0, named=True)
    return Rhythm(
        row["series"], row["due"], row["met"], row["met_any"], row["notice_unknown"], row["value"]
    )
