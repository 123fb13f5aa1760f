"""The recap of attendance: every person, a period, with reasons; to print and for accounts."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from satuhati.schema.choices import choice_label
from satuhati.schema.meetings import ATTENDANCE_STATUS
from satuhati.web.meetings.models import Attendance, Meeting
from satuhati.web.meetings.periods import asked_period
from satuhati.web.meetings.queries import CAME
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import Who


@dataclass(slots=True)
class Record:
    """A person's meetings in a period by status, and why they stayed away."""

    code: str
    name: str
    statuses: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def invited(self) -> int:
        return self.statuses.total()

    @property
    def came(self) -> int:
        """Present or represented."""
        return sum(self.statuses[status] for status in CAME)


def get_recap_for(who: Who, since: dt.date, until: dt.date, kind: str) -> tuple[int, list[Record]]:
    """How many meetings were held in a period, and each person's record, by name.

    Counted by the database: one row for each person, status and reason, not for each meeting.
    """
    held = Meeting.objects.filter(status="held", kind=kind, date__range=(since, until))
    counts = (
        Attendance.objects.filter(
            meeting__status="held", meeting__kind=kind, meeting__date__range=(since, until)
        )
        .values("actor__public_id", "actor__name", "status", "reason")
        .annotate(n=Count("pk"))
        .order_by()
    )
    found: dict[str, Record] = defaultdict(lambda: Record("", ""))
    for row in counts:
        one = found[row["actor__public_id"]]
        one.code, one.name = row["actor__public_id"], row["actor__name"] or row["actor__public_id"]
        one.statuses[row["status"]] += row["n"]
        if row["reason"]:
            one.reasons[row["reason"]] += row["n"]
    return held.count(), sorted(found.values(), key=lambda r: (r.name.casefold(), r.code))


@page("meetings.edit", methods=("GET",))
def recap_page(request: HttpRequest) -> HttpResponse:
    """Attendance per person over a period. For those who keep the records; never public."""
    who, lang = request.who, request.lang
    asked = asked_period(request)
    meetings, records = (
        (0, []) if asked.error else get_recap_for(who, asked.since, asked.until, asked.kind)
    )
    context = {
        **asked.context(lang),
        "statuses": [(s, choice_label("attendance", "status", s)(lang)) for s in ATTENDANCE_STATUS],
        "reason_word": lambda code: choice_label("attendance", "reason", code)(lang),
        "meetings": meetings,
        "records": records,
        "today": today_in(who.community),
    }
    return render(request, "meetings/recap.html", context, status=400 if asked.error else 200)
