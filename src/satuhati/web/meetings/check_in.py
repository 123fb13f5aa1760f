"""Checking in by a meeting's QR code: whose code it is, when it holds, who is there already."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from base64 import urlsafe_b64encode

from django.conf import settings
from django_scopes import scopes_disabled

from satuhati.web.answers.models import AnswerLink
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.models import CheckIn, Meeting
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.clock import now_in
from satuhati.web.tenancy.who import Who

BYTES = 9
EARLY = dt.timedelta(hours=1)
UNTIL = dt.timedelta(hours=30)
"""From an hour before the day of the meeting until six in the morning after: it may last."""


def check_in_token(meeting: Meeting) -> str:
    """The code of a meeting on its day; of another day it is another."""
    message = f"check-in:{meeting.pk}:{meeting.date.isoformat()}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
    return f"{meeting.pk}-{urlsafe_b64encode(digest[:BYTES]).decode()}"


def takes_check_ins(meeting: Meeting) -> bool:
    """Whether the code holds now: on the day, as long as the list is not taken."""
    now = now_in(meeting.community)
    day = dt.datetime.combine(meeting.date, dt.time(), now.tzinfo)
    return (
        meeting.community.meeting_aids
        and meeting.status == "planned"
        and day - EARLY <= now < day + UNTIL
    )


def meeting_of(token: str) -> Meeting | None:
    """The meeting whose code this is, whatever its day; ``None`` for a code of none."""
    key, _, _ = token[:60].partition("-")
    if not (key.isascii() and key.isdecimal() and len(key) < 12):
        return None
    with scopes_disabled():
        found: Meeting | None = (
            Meeting.objects.select_related("community").filter(pk=int(key)).first()
        )
    if found is None or not hmac.compare_digest(check_in_token(found).encode(), token.encode()):
        return None
    return found


class NotNowError(Exception):
    """The code does not hold at this time."""


@action("check_in.note", "public", data=False)
def check_in(
    *, by: Who, meeting: Meeting, actor: Actor, link: AnswerLink | None = None
) -> Outcome[bool]:
    """Somebody is there; whether this is news. A second time changes nothing.

    Raises :class:`NotNowError` on another day, or once the list was taken.
    """
    if not takes_check_ins(meeting):
        raise NotNowError
    own = link is not None and link.actor_id == actor.pk
    _, new = CheckIn.objects.get_or_create(
        meeting=meeting, actor=actor, defaults={"community": meeting.community, "by_link": own}
    )
    return Outcome(new, "meetings", meeting.public_id)


def get_checked_in_for(who: Who, meeting: Meeting) -> set[int]:
    """The keys of those who checked in."""
    return set(CheckIn.objects.filter(meeting=meeting).values_list("actor", flat=True))
