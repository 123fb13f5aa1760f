"""What a person finds behind their own link."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from satuhati.web.meetings.models import Meeting, Reply
from satuhati.web.meetings.queries import get_invited_for
from satuhati.web.register.models import Actor
from satuhati.web.register.queries import holding
from satuhati.web.tenancy.who import Who

AHEAD = dt.timedelta(days=45)
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A meeting this person is invited to, and what they answered."""

    meeting: Meeting
    reply: Reply | None


def get_asked_for(who: Who, actor: Actor, today: dt.date) -> list[Asked]:
    """The next meetings that this person is invited to, the soonest first."""
    coming = Meeting.objects.filter(status="planned", date__gte=today, date__lte=today + AHEAD)
    replies = {one.meeting_id: one for one in Reply.objects.filter(actor=actor)}
    found = []
    for meeting in coming.select_related("series").order_by("date", "time", "pk")[: 3 * SHOWN]:
        if any(one.actor.pk == actor.pk for one in get_invited_for(who, meeting)):
            found.append(Asked(meeting, replies.get(meeting.pk)))
    return found[:SHOWN]


def get_fellows_for(who: Who, actor: Actor, today: dt.date) -> list[Actor]:
    """Holders of posts, whose names the public page shows too: who might ask this person."""
    terms = holding(today).exclude(actor=actor).select_related("actor")
    found = {term.actor_id: term.actor for term in terms if term.actor.name}
    return sorted(found.values(), key=lambda a: (a.name or "").casefold())
