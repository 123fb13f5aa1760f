"""Figures of attendance, computed from the records by the core. Loads Polars: worker only."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.db.models import F
from django.utils import timezone
from django_scopes import scope

from satuhati.core.meetings.figures import AttendanceFigures, attendance_figures
from satuhati.web.meetings.beside import StoredFigures
from satuhati.web.meetings.models import Attendance, Meeting, MeetingSeries
from satuhati.web.register.models import Actor, Area, Term
from satuhati.web.tenancy.models import Community

KEEP = 30
"""Periods kept per community; whoever asks for an older one again waits a moment."""
STALE = dt.timedelta(days=30)
"""After this figures nobody asked for again go: they may speak of people long taken out."""


def figures_of(kind: str, since: dt.date, until: dt.date) -> AttendanceFigures:
    """Figures of the scope's community: rows of the lists of meetings held, as the recap has."""
    period = {"status": "held", "kind": kind, "date__range": (since, until)}
    held = list(
        Meeting.objects.filter(**period)
        .order_by("date", F("time").asc(nulls_first=True), "pk")
        .values_list("pk", "public_id", "date", "notice_on", "series__public_id", "time")
    )
    order = {pk: (code, n) for n, (pk, code, *_) in enumerate(held)}
    listed = Attendance.objects.filter(
        meeting__status="held", meeting__kind=kind, meeting__date__range=(since, until)
    ).order_by("pk")
    rows = []
    for meeting, member, status, spoke in listed.values_list(
        "meeting", "actor__public_id", "status", "spoke"
    ):
        if meeting in order:  # a meeting put on record between the two reads waits for the next
            code, n = order[meeting]
            rows.append(
                {"meeting": code, "member": member, "status": status, "order": n, "spoke": spoke}
            )
    rows.sort(key=lambda r: r["order"])
    series = MeetingSeries.objects.filter(kind=kind).values_list(
        "public_id", "frequency", "start", "end"
    )
    return attendance_figures(
        rows,
        _attributes({r["member"] for r in rows}, since, until),
        [dict(zip(("series", "frequency", "start", "end"), s, strict=True)) for s in series],
        [
            {
                "meeting": code,
                "series": in_series,
                "date": date,
                "time": time,
                "notice_days": (date - told).days if told else None,
            }
            for _, code, date, told, in_series, time in held
        ],
        kind,
        since,
        until,
    )


def _attributes(
    members: set[str], since: dt.date, until: dt.date
) -> dict[str, dict[str, str | None]]:
    """Sex, sector, RT of each member, and the section of the post last held in the period."""
    rt = {
        pk: name for pk, name, level in Area.objects.values_list("pk", "name", "level")
        if level == "rt"
    }  # fmt: skip
    organizations = dict(Actor.objects.exclude(sector=None).values_list("pk", "sector"))
    found: dict[str, dict[str, str | None]] = {}
    for code, sex, sector, area, body in Actor.objects.values_list(
        "public_id", "sex", "sector", "area", "organization"
    ):
        if code in members:
            found[code] = {
                "sex": sex, "sector": sector or organizations.get(body), "rt": rt.get(area),
                "section": None,
            }  # fmt: skip
    terms = Term.objects.filter(start__lte=until).exclude(end__lt=since).order_by("start", "pk")
    for code, section in terms.values_list("actor__public_id", "post__section"):
        if code in found and section:
            found[code]["section"] = section
    return found


def store(community_id: int, kind: str, since: dt.date, until: dt.date) -> StoredFigures | None:
    """Compute and keep the figures of a period, unless they are there for these records."""
    community = Community.objects.filter(pk=community_id).first()
    if community is None:
        return None
    key: dict[str, Any] = {"community": community, "kind": kind, "since": since, "until": until}
    with scope(community=community):
        there = StoredFigures.objects.filter(**key, data_version=community.data_version).first()
        if there is not None:
            return there
        payload = dataclasses.asdict(figures_of(kind, since, until))
        made, _ = StoredFigures.objects.update_or_create(
            **key,
            defaults={
                "data_version": community.data_version,
                "payload": payload,
                "made_at": timezone.now(),
            },
        )
        StoredFigures.objects.filter(made_at__lt=timezone.now() - STALE).delete()
        old = StoredFigures.objects.order_by("-made_at", "-pk").values_list("pk", flat=True)[KEEP:]
        StoredFigures.objects.filter(pk__in=list(old)).delete()
        return made
