"""What is done to schedules that share rooms and people."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.series_actions import NotAsSeenError
from satuhati.web.rhythm.models import Rotation, SharedHours
from satuhati.web.rhythm.sharing import (
    Line,
    get_adoptions_for,
    get_together_for,
    get_usual_places_for,
    mark_of,
)
from satuhati.web.rhythm.tasks import propose_together
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.keys import created_many
from satuhati.web.tenancy.who import Who


@action("sharing.ask", "meetings.edit", data=False)
def ask_together(
    *, by: Who, fields: Mapping[str, Any], lines: Sequence[Line]
) -> Outcome[SharedHours]:
    """Ask for the hours of several schedules together."""
    assert by.community is not None
    found, _ = SharedHours.objects.select_for_update().get_or_create(
        community=by.community, defaults={"year": fields["year"]}
    )
    for name, value in fields.items():
        setattr(found, name, value)
    found.lines = [dataclasses.asdict(line) for line in lines]
    found.result, found.asked_at = None, timezone.now()
    found.revision += 1
    found.save()
    key, revision = found.pk, found.revision
    transaction.on_commit(lambda: propose_together.enqueue(key, revision))
    return Outcome(found, "meeting_series", "", {"rows": len(lines)})


@action("sharing.take", "meetings.edit")
def take_together(*, by: Who, sheet: SharedHours, mark: str, today: dt.date) -> Outcome[int]:
    """The proposal becomes the rule of its schedules: meetings move, and new ones are planned.

    ``mark``: of what was looked at (:func:`~satuhati.web.rhythm.sharing.mark_of`). What people
    were told of stays. Returns how many meetings changed or are new. Raises ``NotAsSeenError``.
    """
    found = SharedHours.objects.select_for_update().get(pk=sheet.pk)
    made = get_together_for(by, found)
    if made is None:
        raise NotAsSeenError
    # Locked before it is worked out: what is worked out is what is saved.
    series = [place.group for place in made.sharing.places]
    list(MeetingSeries.objects.select_for_update().filter(public_id__in=series))
    adoptions = get_adoptions_for(by, found, made, today)
    if mark != mark_of(found, adoptions):
        raise NotAsSeenError
    usual = get_usual_places_for(by, [a.series for a in adoptions])
    moved = planned = 0
    for one in adoptions:
        time, room = one.place.slot.clock, one.place.room
        for meeting, day in one.moves:
            values: dict[str, Any] = {"time": time, "place": room or meeting.place}
            if day != meeting.date:
                values |= {"date": day, "planned_for": meeting.planned_for or meeting.date}
            save_over(meeting, meeting.revision, values)
        rows = [
            {"series": one.series, "kind": one.series.kind, "status": "planned", "date": day,
             "time": time, "title": one.series.name, "place": room or usual.get(one.series.pk)}
            for day in one.new
        ]  # fmt: skip
        created_many(Meeting, one.series.community, rows)
        save_over(one.series, one.series.revision, {"rule": one.rule})
        moved, planned = moved + len(one.moves), planned + len(rows)
    # These have a rule of their own now, and take turns no longer.
    Rotation.objects.filter(series__in=[a.series.pk for a in adoptions]).delete()
    found.result, found.asked_at = None, None
    found.revision += 1
    found.save(update_fields=["result", "asked_at", "revision"])
    details = {"rows": len(adoptions), "moved": moved, "planned": planned}
    return Outcome(moved + planned, "meeting_series", "", details)
