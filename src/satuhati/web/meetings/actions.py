"""What is done to meetings and follow-ups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from satuhati.web.audit.recording import Outcome, action, record
from satuhati.web.meetings.models import (
    Attendance,
    Decision,
    FollowUp,
    FollowUpPartner,
    Meeting,
    MeetingSeries,
)
from satuhati.web.meetings.task_actions import share_followups
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.edits import ChangedMeanwhileError, save_over
from satuhati.web.tenancy.keys import created, created_many
from satuhati.web.tenancy.who import NotAllowedError, Who


@action("followup.finish", "meetings.view")
def finish_followup(*, by: Who, followup: FollowUp, on: dt.date) -> Outcome[FollowUp]:
    """Mark a follow-up as done. Its owner may, and whoever keeps the records."""
    _own_or_keeper(by, followup)
    save_over(followup, followup.revision, {"done_on": on, "dropped_on": None})
    return Outcome(followup, "followups", followup.public_id, {"fields": ["done_on"]})


@action("followup.reopen", "meetings.view")
def reopen_followup(*, by: Who, followup: FollowUp) -> Outcome[FollowUp]:
    """Take back that it was done, or given up."""
    _own_or_keeper(by, followup)
    save_over(followup, followup.revision, {"done_on": None, "dropped_on": None})
    return Outcome(followup, "followups", followup.public_id, {"fields": ["done_on"]})


def _own_or_keeper(by: Who, followup: FollowUp) -> None:
    own = by.membership is not None and by.membership.actor_id == followup.owner_id
    if not own and not by.may("register.edit"):
        raise NotAllowedError("followup")


@action("followup.help", "meetings.view")
def note_help(
    *, by: Who, followup: FollowUp, helpers: Sequence[Actor], exchange: str
) -> Outcome[int]:
    """Who helped with a follow-up, and by what; the number of those who are new.

    Its owner may, and whoever keeps the records. Nobody helps with the same twice.
    """
    _own_or_keeper(by, followup)
    FollowUp.objects.select_for_update().get(pk=followup.pk)  # of two at once, one after the other
    there = set(
        FollowUpPartner.objects.filter(
            followup=followup, role="helps", exchange=exchange
        ).values_list("actor", flat=True)
    )
    new = [
        {"followup": followup, "actor": one, "role": "helps", "exchange": exchange,
         "delivered": True}
        for one in helpers
        if one.pk not in there
    ]  # fmt: skip
    created_many(FollowUpPartner, followup.community, new)
    return Outcome(len(new), "followups", followup.public_id, {"rows": len(new)})


@action("meeting.plan", "meetings.edit")
def plan_meeting(*, by: Who, **fields: Any) -> Outcome[Meeting]:
    """A meeting to come."""
    made = created(Meeting, by.community, status="planned", **fields)  # type: ignore[arg-type]
    return Outcome(made, "meetings", made.public_id, {"fields": sorted(fields)})


def _not_approved(meeting: Meeting) -> None:
    """What was approved stays until it is reopened: pages say so before; here it came between."""
    approved = Meeting.objects.filter(pk=meeting.pk).exclude(minutes_on=None).first()
    if approved is not None:
        raise ChangedMeanwhileError(approved)


@action("meeting.edit", "meetings.edit")
def edit_meeting(
    *, by: Who, meeting: Meeting, revision: int, fields: dict[str, Any]
) -> Outcome[Meeting]:
    """Change a meeting. Raises ``ChangedMeanwhileError``.

    A planned date that moves is kept as the day it was first planned for; once its minutes
    are approved nothing changes.
    """
    _not_approved(meeting)
    moved = "date" in fields and fields["date"] != meeting.date
    if moved and meeting.status == "planned" and meeting.planned_for is None:
        fields = {**fields, "planned_for": meeting.date}
    changed = save_over(meeting, revision, fields)
    return Outcome(meeting, "meetings", meeting.public_id, {"fields": changed})


@action("schedule.set", "meetings.edit")
def set_schedule(
    *,
    by: Who,
    fields: dict[str, Any],
    dates: Sequence[dt.date],
    time: str | Mapping[dt.date, str],
    place: str | None,
) -> Outcome[MeetingSeries]:
    """A schedule and its planned meetings; a day that has one of its kind gets no second.

    ``time``: one hour for all, or the hour of each date where they take turns.
    """
    community = by.community
    series = created(MeetingSeries, community, **fields)  # type: ignore[arg-type]
    taken = set(
        Meeting.objects.filter(kind=series.kind, date__in=dates, status="planned").values_list(
            "date", flat=True
        )
    )
    rows = [
        {"series": series, "kind": series.kind, "date": day, "status": "planned",
         "time": time if isinstance(time, str) else time[day], "title": series.name, "place": place}
        for day in dates
        if day not in taken
    ]  # fmt: skip
    created_many(Meeting, community, rows)  # type: ignore[arg-type]
    return Outcome(series, "meeting_series", series.public_id, {"rows": len(rows)})


@action("schedule.end", "meetings.edit")
def end_schedule(*, by: Who, series: MeetingSeries, on: dt.date) -> Outcome[MeetingSeries]:
    """A schedule ends. What it planned for later is taken out, or called off if people were told.

    Raises ``ChangedMeanwhileError``.
    """
    save_over(series, series.revision, {"end": on})
    later = Meeting.objects.filter(series=series, status="planned", date__gt=on)
    told = later.exclude(notice_on=None)
    counts = {"ended": told.count(), "rows": 0}
    for meeting in told:
        save_over(meeting, meeting.revision, {"status": "cancelled"})
    for meeting in later.filter(notice_on=None):
        # On record one by one: an id that was given is never given again.
        record(by, "meeting.remove", Outcome(None, "meetings", meeting.public_id))
        meeting.delete()
        counts["rows"] += 1
    return Outcome(series, "meeting_series", series.public_id, counts)


@action("meeting.notice", "meetings.edit")
def note_invited(*, by: Who, meeting: Meeting, on: dt.date) -> Outcome[Meeting]:
    """The invitation was sent; the first day counts, however often it is sent again."""
    if meeting.notice_on is None:
        save_over(meeting, meeting.revision, {"notice_on": on})
    return Outcome(meeting, "meetings", meeting.public_id, {"fields": ["notice_on"]})


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody on the attendance list."""

    actor: Actor
    status: str
    reason: str | None = None
    spoke: bool | None = None
    represented_by: Actor | None = None


@dataclass(frozen=True, slots=True)
class NewTask:
    """A decision, a task, or a task from a decision.

    ``owner``, ``caller`` and ``shares`` are public ids: who does it, who called for it, and which
    organisations or people share it.
    """

    decision: str
    task: str
    owner: str
    due: dt.date | None
    caller: str = ""
    shares: tuple[str, ...] = ()


@action("meeting.hold", "meetings.edit")
def hold_meeting(
    *,
    by: Who,
    meeting: Meeting,
    revision: int,
    attendance: Sequence[Present],
    tasks: Sequence[NewTask],
) -> Outcome[Meeting]:
    """The meeting was held: its attendance list, and decisions and follow-ups beside those saved.

    All of it or nothing. A person has one row, changed if the list is saved again. Raises
    ``ChangedMeanwhileError`` if somebody saved the meeting after ``revision``, or approved its
    minutes.
    """
    _not_approved(meeting)
    # The first write of the transaction: of two who save at once the second finds it changed.
    saved = Meeting.objects.filter(pk=meeting.pk, revision=revision)
    if not saved.update(revision=F("revision") + 1, status="held"):
        raise ChangedMeanwhileError(Meeting.objects.get(pk=meeting.pk))
    meeting.refresh_from_db()
    community = meeting.community
    rows = {row.actor_id: row for row in Attendance.objects.filter(meeting=meeting)}
    new = []
    for one in attendance:
        fields = {
            "status": one.status,
            "reason": one.reason,
            "spoke": one.spoke,
            "represented_by": one.represented_by,
        }
        row = rows.get(one.actor.pk)
        if row is None:
            new.append({"meeting": meeting, "actor": one.actor, **fields})
        else:
            if row.status == one.status == "represented" and one.represented_by is None:
                del fields["represented_by"]  # who came stays known
            save_over(row, row.revision, fields)
    created_many(Attendance, community, new)
    named = {code for t in tasks for code in (t.owner, t.caller, *t.shares)}
    actors = {a.public_id: a for a in Actor.objects.filter(public_id__in=named)}
    shared = []
    for task in tasks:
        decision = None
        if task.decision:
            decision = created(Decision, community, meeting=meeting, text=task.decision)
        if task.task:
            made = created(
                FollowUp,
                community,
                meeting=meeting,
                decision=decision,
                text=task.task,
                owner=actors[task.owner],
                caller=actors.get(task.caller),
                agreed_on=meeting.date,
                due=task.due,
            )
            shared += [(made, actors[code]) for code in task.shares]
    share_followups(by, shared)
    counts = {"rows": len(attendance), "tasks": len(tasks)}
    return Outcome(meeting, "meetings", meeting.public_id, counts)
