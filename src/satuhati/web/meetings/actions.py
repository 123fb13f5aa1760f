"""What is done to meetings and follow-ups."""

from __future__ import annotations

import datetime as dt
from typing import Any

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.models import FollowUp, Meeting
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.keys import created
from satuhati.web.tenancy.who import NotAllowedError, Who


@action("followup.finish", "meetings.view")
def finish_followup(*, by: Who, followup: FollowUp, on: dt.date) -> Outcome[FollowUp]:
    """Mark a follow-up as done. Its owner may, and whoever keeps the records."""
    _own_or_keeper(by, followup)
    save_over(followup, followup.revision, {"done_on": on, "dropped_on": None})
    return Outcome(followup, "followups", followup.public_id, {"fields": ["done_on"]})


@action("followup.reopen", "meetings.view")
def reopen_followup(*, by: Who, followup: FollowUp) -> Outcome[FollowUp]:
    """Take back that it was done."""
    _own_or_keeper(by, followup)
    save_over(followup, followup.revision, {"done_on": None})
    return Outcome(followup, "followups", followup.public_id, {"fields": ["done_on"]})


def _own_or_keeper(by: Who, followup: FollowUp) -> None:
    own = by.membership is not None and by.membership.actor_id == followup.owner_id
    if not own and not by.may("register.edit"):
        raise NotAllowedError("followup")


@action("meeting.plan", "meetings.edit")
def plan_meeting(*, by: Who, **fields: Any) -> Outcome[Meeting]:
    """A meeting to come."""
    made = created(Meeting, by.community, status="planned", **fields)  # type: ignore[arg-type]
    return Outcome(made, "meetings", made.public_id, {"fields": sorted(fields)})


@action("meeting.edit", "meetings.edit")
def edit_meeting(
    *, by: Who, meeting: Meeting, revision: int, fields: dict[str, Any]
) -> Outcome[Meeting]:
    """Change a meeting. Raises ``ChangedMeanwhileError``.

    A planned date that moves is kept as the day it was first planned for.
    """
    moved = "date" in fields and fields["date"] != meeting.date
    if moved and meeting.status == "planned" and meeting.planned_for is None:
        fields = {**fields, "planned_for": meeting.date}
    changed = save_over(meeting, revision, fields)
    return Outcome(meeting, "meetings", meeting.public_id, {"fields": changed})
