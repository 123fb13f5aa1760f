"""Reads of meetings and follow-ups."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from satuhati.framework import SECTORS
from satuhati.web.meetings.models import (
    Attendance,
    Decision,
    FollowUp,
    FollowUpPartner,
    Meeting,
    MeetingSeries,
    Reply,
)
from satuhati.web.register.models import Actor
from satuhati.web.register.queries import holding
from satuhati.web.tenancy.who import Who

CAME = ("present", "represented")


@dataclass(frozen=True, slots=True)
class SectorCount:
    """How many of a sector came to the last meeting, of those invited."""

    sector: str
    came: int
    invited: int


@dataclass(frozen=True, slots=True)
class LastTime:
    """The last meeting held, and who came by sector."""

    meeting: Meeting
    came: int
    invited: int
    sectors: tuple[SectorCount, ...]


def get_next_meeting_for(who: Who, today: dt.date) -> Meeting | None:
    """The next planned meeting of any kind, today's included."""
    found = Meeting.objects.filter(status="planned", date__gte=today)
    return found.select_related("series").order_by("date", "time").first()


def get_last_time_for(who: Who) -> LastTime | None:
    """The last meeting of the working group that has a list: who came, by sector."""
    listed = Meeting.objects.filter(status="held", kind="pokja").annotate(
        rows=Count("attendance_rows")
    )
    last = listed.filter(rows__gt=0).order_by("-date", "-pk").first()
    if last is None:
        return None
    counts: dict[str, list[int]] = {}
    rows = Attendance.objects.filter(meeting=last).values_list("actor__sector", "status")
    for sector, status in rows:
        here = counts.setdefault(sector or "", [0, 0])
        here[0] += status in CAME
        here[1] += 1
    order = [*SECTORS, ""]
    sectors = tuple(SectorCount(code, *counts[code]) for code in sorted(counts, key=order.index))
    return LastTime(last, sum(s.came for s in sectors), sum(s.invited for s in sectors), sectors)


def open_followups() -> QuerySet[Any]:
    """Follow-ups neither done nor dropped, the most pressing first."""
    found = FollowUp.objects.filter(done_on__isnull=True, dropped_on__isnull=True)
    return found.select_related("owner").order_by(F("due").asc(nulls_last=True), "agreed_on", "pk")


def get_due_for(who: Who) -> tuple[list[FollowUp], int]:
    """The first follow-ups that are open, and how many there are."""
    return list(open_followups()[:5]), open_followups().count()


def get_followups_for(who: Who, state: str) -> QuerySet[Any]:
    if state == "done":
        found = FollowUp.objects.filter(done_on__isnull=False).select_related("owner")
        return found.order_by("-done_on", "-pk")
    return open_followups()


def get_meetings_for(who: Who, state: str) -> QuerySet[Any]:
    """Meetings of a state, with how many came of how many on the list."""
    found = Meeting.objects.select_related("series").annotate(
        invited=Count("attendance_rows"),
        came=Count("attendance_rows", filter=Q(attendance_rows__status__in=CAME)),
    )
    if state == "planned":
        return found.filter(status="planned").order_by("date", "time", "pk")
    return found.exclude(status="planned").order_by("-date", "-pk")


def get_meeting_for(who: Who, public_id: str) -> Meeting | None:
    return Meeting.objects.select_related("series", "area").filter(public_id=public_id).first()


def get_attendance_for(who: Who, meeting: Meeting) -> list[Attendance]:
    rows = Attendance.objects.filter(meeting=meeting).select_related("actor", "represented_by")
    return sorted(rows, key=lambda r: (r.status not in CAME, (r.actor.name or "").casefold()))


def get_decisions_for(who: Who, meeting: Meeting) -> list[tuple[Decision, list[FollowUp]]]:
    """The decisions of a meeting, each with its follow-ups."""
    followups: dict[int | None, list[FollowUp]] = defaultdict(list)
    for one in FollowUp.objects.filter(
        Q(meeting=meeting) | Q(decision__meeting=meeting)
    ).select_related("owner").order_by("pk"):  # fmt: skip
        followups[one.decision_id].append(one)
    decisions = Decision.objects.filter(meeting=meeting).order_by("pk")
    return [(d, followups.get(d.pk, [])) for d in decisions]


def get_loose_followups_for(who: Who, meeting: Meeting) -> list[FollowUp]:
    """Follow-ups of a meeting that come from none of its decisions."""
    found = FollowUp.objects.filter(meeting=meeting, decision__isnull=True)
    return list(found.select_related("owner").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody on a meeting's list: the post they hold, their deputy, and their row if saved."""

    actor: Actor
    post: str
    deputy: Actor | None
    row: Attendance | None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the working group on a day: the post they hold, its section, their deputy."""

    actor: Actor
    post: str = ""
    deputy: Actor | None = None
    section: str | None = None


def members_on(day: dt.date) -> list[Member]:
    """Holders of posts on a day; without any, the people of the working group's sector. By name."""
    found: dict[int, Member] = {}
    terms = holding(day).select_related("actor__area", "post", "deputy").order_by("pk")
    for term in terms:
        found.setdefault(
            term.actor_id, Member(term.actor, term.post.name, term.deputy, term.post.section)
        )
    if not found:
        group = Actor.objects.filter(kind="person", sector="pokja").exclude(left__lt=day)
        found = {a.pk: Member(a) for a in group.select_related("area")}
    return sorted(found.values(), key=lambda m: (m.actor.name or m.actor.public_id).casefold())


def get_invited_for(who: Who, meeting: Meeting) -> list[Invited]:
    """Whom the list of a meeting names: the members on that day, and whoever is on it already.

    By name. Two or three queries.
    """
    rows = {
        row.actor_id: row
        for row in Attendance.objects.filter(meeting=meeting).select_related("actor__area")
    }
    found = {
        m.actor.pk: Invited(m.actor, m.post, m.deputy, rows.get(m.actor.pk), m.section)
        for m in members_on(meeting.date)
    }
    for pk, row in rows.items():
        found.setdefault(pk, Invited(row.actor, "", None, row))
    return sorted(found.values(), key=lambda i: (i.actor.name or i.actor.public_id).casefold())


def get_replies_for(who: Who, meeting: Meeting) -> dict[int, Reply]:
    """What was replied to an invitation, by the key of the person."""
    return {one.actor_id: one for one in Reply.objects.filter(meeting=meeting)}


@dataclass(frozen=True, slots=True)
class Schedule:
    """A fixed schedule in force, its next planned date and its last."""

    series: MeetingSeries
    next: dt.date | None
    last: dt.date | None


def get_schedules_for(who: Who, today: dt.date) -> tuple[list[Schedule], list[MeetingSeries]]:
    """The schedules in force with their next date, and those that ended. One query."""
    coming = Meeting.objects.filter(series=OuterRef("pk"), status="planned", date__gte=today)
    first = coming.order_by("date").values("date")[:1]
    last = coming.order_by("-date").values("date")[:1]
    rows = MeetingSeries.objects.annotate(next_date=Subquery(first), last_date=Subquery(last))
    running, ended = [], []
    for one in rows.order_by("name", "pk"):
        if one.end is not None and one.end <= today:
            ended.append(one)
        else:
            running.append(Schedule(one, one.next_date, one.last_date))
    return running, ended


def get_last_planned_for(who: Who, series: MeetingSeries) -> dt.date | None:
    """The last day a schedule has planned; it may be past, if nobody said what became of it."""
    last: dt.date | None = Meeting.objects.filter(series=series, status="planned").aggregate(
        last=Max("date")
    )["last"]
    return last


LATELY = dt.timedelta(days=92)
"""How far back calendars go."""


def get_series_meetings_for(
    who: Who, series: MeetingSeries, today: dt.date | None = None
) -> list[Meeting]:
    """What a schedule planned, held and called off: from three months ago on, or ever."""
    found = Meeting.objects.filter(series=series)
    if today is not None:
        found = found.filter(date__gte=today - LATELY)
    return list(found.order_by("date", "time", "pk"))


def get_feed_for(who: Who, today: dt.date) -> list[Meeting]:
    """All that a calendar shows: planned and called off, and what was held of late. One query."""
    found = Meeting.objects.filter(date__gte=today - LATELY)
    return list(found.order_by("date", "time", "pk"))


def get_help_for(who: Who, followup: FollowUp) -> list[FollowUpPartner]:
    """Who helped with a follow-up or shares it."""
    found = FollowUpPartner.objects.filter(followup=followup).select_related("actor")
    return list(found.order_by("pk"))


def get_people_named_for(who: Who, text: str) -> tuple[list[Actor], list[str]]:
    """People of the register by lines of names, and the lines that fit nobody or several."""
    return _named(Actor.objects.filter(kind="person"), text)


def get_actors_named_for(who: Who, text: str) -> tuple[list[Actor], list[str]]:
    """The same of people, groups and organisations."""
    return _named(Actor.objects.all(), text)


def _named(among: QuerySet[Any], text: str) -> tuple[list[Actor], list[str]]:
    wanted = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    people: list[Actor] = []
    unknown: list[str] = []
    for name in dict.fromkeys(wanted):
        fits = list(among.filter(name__iexact=name)[:2])
        if len(fits) == 1:
            people.append(fits[0])
        else:
            unknown.append(name)
    return people, unknown
