"""Whether schedules are kept: the five mechanisms, periods without a meeting, schedules that end.

Reads only. What is confirmed to be empty stands with the profile, above this context, and is
reached by its name.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q

from satuhati.core.meetings.periods import Period, frequency_of, period_of, periods_due
from satuhati.schema import TABLES
from satuhati.text import Translator
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.queries import Schedule, get_schedules_for
from satuhati.web.meetings.schedule import rule_of, turns_of
from satuhati.web.tenancy.who import Who

MECHANISMS = TABLES["meeting_series"].column("mechanism").choices
SOON = dt.timedelta(days=60)
"""A schedule whose last planned date is nearer than this runs out."""
YEAR = dt.timedelta(days=365)
DAY = dt.timedelta(days=1)


def confirmed_empty() -> Any:
    """The model of confirmed absence."""
    return apps.get_model("web", "ConfirmedEmpty")


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One of the five mechanisms, and the schedules in force for it."""

    code: str
    schedules: tuple[MeetingSeries, ...]


def mechanisms(running: Sequence[Schedule]) -> list[Mechanism]:
    """The five mechanisms in their order, each with its schedules of those in force."""
    return [
        Mechanism(code, tuple(s.series for s in running if s.series.mechanism == code))
        for code in MECHANISMS
    ]


def runs_out(schedule: Schedule, today: dt.date) -> bool:
    """Whether its last planned date is near, or past, or there is none."""
    return schedule.last is None or schedule.last < today + SOON


RULE, TURNS = "rule", "turns"


def can_go_on(schedule: Schedule) -> str:
    """How another year can be planned: by its ``rule``, by its ``turns``, or (empty) it cannot."""
    if rule_of(schedule.series) is not None:
        return RULE
    return TURNS if turns_of(schedule.series) is not None else ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A period due in which no meeting of a schedule is on record as held.

    ``open``: a meeting that was planned in it and of which nobody said what became; ``beside``:
    one of the same kind that was held in it, of which nobody said that it is the schedule's.
    """

    series: MeetingSeries
    frequency: str
    start: dt.date
    end: dt.date
    open: Meeting | None
    beside: Meeting | None

    def words(self, t: Translator) -> str:
        return period_words(t, self.frequency, self.start)


def get_gaps_for(who: Who, today: dt.date, statements: Sequence[Any] | None = None) -> list[Gap]:
    """Periods of the last year of which it is not known whether there was a meeting, newest first.

    As regularity counts them: those wholly in the life of a schedule, and over. A period in which
    the schedule's meeting was called off, or of which somebody stated that there was none, is
    known. Two queries, and one for the statements unless they are given.
    """
    since = today - YEAR
    every = MeetingSeries.objects.filter(Q(end=None) | Q(end__gte=since), start__lt=today)
    series = list(every.order_by("name", "pk"))
    if not series:
        return []
    rows: dict[int | None, list[Meeting]] = defaultdict(list)
    mine = Q(series__in=series) | Q(series=None, status="held")
    for meeting in Meeting.objects.filter(mine, date__range=(since, today)).order_by("date", "pk"):
        rows[meeting.series_id].append(meeting)
    if statements is None:
        statements = get_statements_for(who, today)
    said = [(s.from_day, s.to_day) for s in statements]
    found = [
        gap
        for one in series
        for gap in _gaps_of(one, rows[one.pk], rows[None], since, today)
        if not any(first <= gap.start and gap.end <= last for first, last in said)
    ]
    return sorted(found, key=lambda g: (g.end, g.start), reverse=True)


def _gaps_of(
    series: MeetingSeries, meetings: Sequence[Meeting], alone: Sequence[Meeting], since: dt.date,
    today: dt.date,
) -> list[Gap]:  # fmt: skip
    frequency = frequency_of(series.kind, series.frequency)
    known: set[Period] = set()
    waiting: dict[Period, Meeting] = {}
    beside: dict[Period, Meeting] = {}
    for meeting in meetings:
        period = period_of(frequency, meeting.date)
        if meeting.status in ("held", "cancelled"):
            known.add(period)
        else:
            waiting.setdefault(period, meeting)
    for meeting in alone:
        if meeting.kind == series.kind:
            beside.setdefault(period_of(frequency, meeting.date), meeting)
    end = min(today, series.end or today) - DAY
    due = periods_due(frequency, max(series.start, since), end)
    return [
        Gap(series, frequency, *p, waiting.get(p), beside.get(p)) for p in due if p not in known
    ]


def get_statements_for(who: Who, today: dt.date) -> list[Any]:
    """Statements of the last year that there was no meeting, the newest first."""
    rows = confirmed_empty().objects.filter(strand="meetings", to_day__gte=today - YEAR)
    return list(rows.order_by("-from_day", "pk"))


def period_words(t: Translator, frequency: str, start: dt.date) -> str:
    """``Oktober 2026``, ``triwulan ketiga 2026``, ``pekan mulai 5 Oktober 2026``."""
    year = str(start.year)
    if frequency == "weekly":
        return t("week from {date}", date=t.date(start))
    if frequency == "monthly":
        return t.month(start)
    if frequency == "quarterly":
        return t("quarter {n} of {year}", n=(start.month + 2) // 3, year=year)
    if frequency == "half_yearly":
        return t("half-year {n} of {year}", n=1 if start.month == 1 else 2, year=year)
    return year


@dataclass(frozen=True, slots=True)
class Notes:
    """What Beranda says of the schedules."""

    running_out: tuple[Schedule, ...]
    can_go_on: dict[int, str]
    gaps: int


def get_notes_for(who: Who, today: dt.date) -> Notes:
    """Schedules that run out, and how many periods wait to be told of."""
    running, _ = get_schedules_for(who, today)
    ending = tuple(s for s in running if runs_out(s, today))
    return Notes(ending, {s.series.pk: can_go_on(s) for s in ending}, len(get_gaps_for(who, today)))
