"""What any resident may read. Only what the schema calls public, and official acts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import Count, Q

from satuhati.reports.papers.minutes import MinutesSheet
from satuhati.web.meetings.models import Decision, Meeting
from satuhati.web.minutes.models import Minutes
from satuhati.web.outreach.models import ResidentVoice, Service
from satuhati.web.register.models import Term

OPEN_KINDS = ("musyawarah", "kerja_bakti", "outreach", "cross_sector_forum", "profile_reading")
"""Meetings that residents may come to."""


def holders(today: dt.date) -> list[tuple[str, list[Any]]]:
    """Who holds which post now: an appointment is an official act. Grouped by section."""
    found = (
        Term.objects.filter(Q(end__isnull=True) | Q(end__gte=today), start__lte=today)
        .select_related("post", "actor")
        .order_by("pk")
    )
    groups: dict[str, list[Any]] = defaultdict(list)
    for term in found:
        groups[term.post.section or ""].append(term)
    return sorted(groups.items(), key=lambda g: (g[0] != "", g[0]))


def coming(today: dt.date) -> list[Meeting]:
    found = Meeting.objects.filter(status="planned", date__gte=today, kind__in=OPEN_KINDS)
    return list(found.order_by("date", "time")[:5])


def services(today: dt.date) -> list[Service]:
    found = Service.objects.filter(Q(ended__isnull=True) | Q(ended__gte=today))
    return list(found.order_by("-key", "name"))


def decisions() -> list[Decision]:
    """Decisions of meetings whose minutes are approved, with how many tasks are done.

    Where minutes are kept in this program, only if the group shows them to residents.
    """
    inside = Minutes.objects.filter(public=False).values("meeting")
    return list(
        Decision.objects.filter(meeting__minutes_on__isnull=False)
        .exclude(meeting__public_id__in=inside)
        .select_related("meeting")
        .annotate(
            tasks=Count("followups"),
            done=Count("followups", filter=Q(followups__done_on__isnull=False)),
        )
        .order_by("-meeting__date", "pk")[:8]
    )


def minutes_of(code: str) -> MinutesSheet | None:
    """The approved minutes of a meeting that the group shows to residents."""
    kept = Minutes.objects.filter(meeting=code, public=True).exclude(content={}).first()
    if (
        kept is None
        or not Meeting.objects.filter(public_id=code, minutes_on__isnull=False).exists()
    ):
        return None
    return MinutesSheet.of(kept.content)


def public_minutes() -> list[Meeting]:
    """The latest meetings whose minutes residents may read."""
    shown = Minutes.objects.filter(public=True).values("meeting")
    found = Meeting.objects.filter(public_id__in=shown, minutes_on__isnull=False)
    return list(found.order_by("-date")[:5])


def answered() -> dict[str, int]:
    """How many voices came, and how many were answered."""
    return ResidentVoice.objects.aggregate(
        all=Count("pk"), answered=Count("pk", filter=Q(replied_on__isnull=False))
    )
