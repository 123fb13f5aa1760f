"""What is done to minutes: written, approved, reopened, shown to members and residents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.models import Decision, FollowUp, Meeting
from satuhati.web.meetings.queries import get_decisions_for, get_loose_followups_for
from satuhati.web.minutes.content import live_sheet
from satuhati.web.minutes.models import Minutes, MinutesStep
from satuhati.web.tenancy.edits import ChangedMeanwhileError, save_over
from satuhati.web.tenancy.who import Who


class MinutesApprovedError(Exception):
    """The minutes are approved: they are reopened before anything in them changes."""


class NotApprovedError(Exception):
    """Only approved minutes are reopened, or shown to others."""


class NotHeldError(Exception):
    """A meeting that was not held has no minutes."""


def _open(meeting: Meeting) -> Meeting:
    # Read again, with the row locked: somebody may have approved them meanwhile.
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if now.minutes_on is not None:
        raise MinutesApprovedError
    if now.status != "held":
        raise NotHeldError
    return now


def _step(minutes: Minutes, by: Who, kind: str, why: str = "") -> None:
    MinutesStep.objects.create(minutes=minutes, kind=kind, by=by.user, why=why)


def _kept(minutes: Minutes) -> Minutes:
    """The saved row of minutes that may be a draft from the record only."""
    if minutes.pk is not None:
        return minutes
    try:
        with transaction.atomic():
            minutes.save(force_insert=True)
    except IntegrityError:
        raise ChangedMeanwhileError(Minutes.objects.get(meeting=minutes.meeting)) from None
    return minutes


@action("minutes.edit", "meetings.edit")
def edit_minutes(
    *, by: Who, meeting: Meeting, minutes: Minutes, revision: int, fields: dict[str, Any],
    decisions: Mapping[str, str], tasks: Mapping[str, str],
) -> Outcome[Minutes]:  # fmt: skip
    """Write the minutes, and the wording of decisions and follow-ups by their ids.

    Raises ``MinutesApprovedError``, ``NotHeldError`` and ``ChangedMeanwhileError``.
    """
    _open(meeting)
    if minutes.pk is None:
        minutes.revision = revision
    kept = _kept(minutes)
    changed = save_over(kept, revision, fields)
    rows: list[tuple[Decision | FollowUp, Mapping[str, str]]] = []
    for decision, some in get_decisions_for(by, meeting):
        rows.append((decision, decisions))
        rows += [(task, tasks) for task in some]
    rows += [(task, tasks) for task in get_loose_followups_for(by, meeting)]
    reworded = 0
    for row, words in rows:
        text = words.get(row.public_id)
        if text and save_over(row, row.revision, {"text": text}):
            reworded += 1
    details = {"fields": changed, "reworded": reworded}
    return Outcome(kept, "minutes", meeting.public_id, details)


@action("minutes.approve", "meetings.edit")
def approve_minutes(
    *, by: Who, meeting: Meeting, minutes: Minutes, on: dt.date
) -> Outcome[Minutes]:
    """The minutes are approved, word for word as they stand; the meeting has its day.

    Raises ``MinutesApprovedError`` and ``NotHeldError``.
    """
    now = _open(meeting)
    kept = _kept(minutes)
    save_over(now, now.revision, {"minutes_on": on})
    content = live_sheet(by, now, kept).record()
    save_over(kept, kept.revision, {"content": content})
    _step(kept, by, "approved")
    return Outcome(kept, "minutes", meeting.public_id, {"fields": ["minutes_on"]})


@action("minutes.reopen", "meetings.edit")
def reopen_minutes(*, by: Who, meeting: Meeting, minutes: Minutes, why: str) -> Outcome[Minutes]:
    """Open approved minutes again; nobody else sees them until they are approved and shown anew.

    Raises ``NotApprovedError``.
    """
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if now.minutes_on is None:
        raise NotApprovedError
    kept = _kept(minutes)
    save_over(now, now.revision, {"minutes_on": None})
    save_over(kept, kept.revision, {"content": {}, "shared": False, "public": False})
    _step(kept, by, "reopened", why)
    return Outcome(kept, "minutes", meeting.public_id, {"fields": ["minutes_on"]})


@action("minutes.show", "meetings.edit")
def show_minutes(
    *, by: Who, meeting: Meeting, minutes: Minutes, shared: bool, public: bool
) -> Outcome[Minutes]:
    """Show approved minutes to members, and to residents without names; or no longer.

    Raises ``NotApprovedError``.
    """
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if now.minutes_on is None:
        raise NotApprovedError
    kept = _kept(minutes)
    if not kept.content:  # approved before this program kept minutes: as the record stands
        save_over(kept, kept.revision, {"content": live_sheet(by, now, kept).record()})
    changed = save_over(kept, kept.revision, {"shared": shared or public, "public": public})
    for name in changed:
        _step(kept, by, name if getattr(kept, name) else f"not_{name}")
    return Outcome(kept, "minutes", meeting.public_id, {"fields": changed})
