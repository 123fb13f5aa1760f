"""What is done to follow-ups and work parties beside finishing them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.beside import FollowUpNote
from satuhati.web.meetings.models import FollowUp, FollowUpPartner, Meeting
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.edits import ChangedMeanwhileError, save_over
from satuhati.web.tenancy.keys import created, created_many
from satuhati.web.tenancy.who import Who


@action("followup.add", "meetings.edit")
def add_followup(*, by: Who, shares: Sequence[Actor] = (), **fields: Any) -> Outcome[FollowUp]:
    """A task outside the page of a meeting, with who shares it."""
    made = created(FollowUp, by.community, **fields)  # type: ignore[arg-type]
    share_followups(by, [(made, one) for one in shares])
    return Outcome(made, "followups", made.public_id, {"fields": sorted(fields)})


def share_followups(by: Who, pairs: Iterable[tuple[FollowUp, Actor]]) -> int:
    """Note who shares which follow-up, nobody twice; part of an action."""
    wanted = list(dict.fromkeys(pairs))
    there = set(
        FollowUpPartner.objects.filter(
            followup__in=[f for f, _ in wanted], role="shares"
        ).values_list("followup", "actor")
    )
    new = [
        {"followup": followup, "actor": actor, "role": "shares"}
        for followup, actor in wanted
        if (followup.pk, actor.pk) not in there and actor.pk != followup.owner_id
    ]
    created_many(FollowUpPartner, by.community, new)  # type: ignore[arg-type]
    return len(new)


@action("followup.edit", "meetings.edit")
def edit_followup(
    *,
    by: Who,
    followup: FollowUp,
    revision: int,
    fields: dict[str, Any],
    shares: Sequence[Actor],
    why: str,
    on: dt.date,
) -> Outcome[FollowUp]:
    """Change a follow-up and who shares it. Raises ``ChangedMeanwhileError``.

    Partners are rows of their own: the revision is raised for them too, so that of two who edit
    the same task the second is told whatever the first changed. ``why`` is kept if the date moved.
    Partners named before and not now are taken out, but for those of whom it is known what they
    promised or brought.
    """
    taken = FollowUp.objects.filter(pk=followup.pk, revision=revision)
    if not taken.update(revision=F("revision") + 1):
        raise ChangedMeanwhileError(FollowUp.objects.get(pk=followup.pk))
    changed = save_over(followup, revision + 1, fields)
    followup.refresh_from_db()
    if "due" in changed and why:
        _note(by, followup, "moved", on, why)
    mine = FollowUpPartner.objects.filter(followup=followup, role="shares")
    gone = mine.exclude(actor__in=shares).filter(
        exchange__isnull=True, promised__isnull=True, delivered__isnull=True, how__isnull=True
    )
    removed = gone.count()
    gone.delete()
    added = share_followups(by, [(followup, one) for one in shares])
    details = {"fields": changed, "rows": added, "removed": removed}
    return Outcome(followup, "followups", followup.public_id, details)


@action("followup.drop", "meetings.edit")
def drop_followup(
    *, by: Who, followup: FollowUp, revision: int, on: dt.date, why: str
) -> Outcome[FollowUp]:
    """A follow-up is given up, with the reason. Raises ``ChangedMeanwhileError``."""
    save_over(followup, revision, {"dropped_on": on, "done_on": None})
    _note(by, followup, "dropped", on, why)
    return Outcome(followup, "followups", followup.public_id, {"fields": ["dropped_on"]})


def _note(by: Who, followup: FollowUp, kind: str, on: dt.date, text: str) -> None:
    FollowUpNote.objects.create(
        community=by.community, followup=followup.public_id, kind=kind, on=on, text=text
    )


@action("meeting.work_party", "meetings.edit")
def hold_work_party(
    *, by: Who, meeting: Meeting | None, revision: int, fields: dict[str, Any]
) -> Outcome[Meeting]:
    """A work party was held: where, and how many households of how many took part.

    Without ``meeting`` it had not been planned here. Raises ``ChangedMeanwhileError``.
    """
    if meeting is None:
        meeting = created(Meeting, by.community, kind="kerja_bakti", status="held", **fields)  # type: ignore[arg-type]
    else:
        save_over(meeting, revision, {**fields, "status": "held"})
    return Outcome(meeting, "meetings", meeting.public_id, {"fields": sorted(fields)})
