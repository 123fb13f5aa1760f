"""A rotation becomes a schedule, and goes on for another year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.actions import set_schedule
from satuhati.web.meetings.models import MeetingSeries
from satuhati.web.meetings.queries import get_last_planned_for
from satuhati.web.meetings.series_actions import continue_schedule
from satuhati.web.rhythm.models import Rotation, WishRound
from satuhati.web.rhythm.tasks import propose_year
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.who import Who


def limits_of(found: WishRound) -> dict[str, Any]:
    """What a round asks of a rhythm now."""
    return {
        "nth": found.nth,
        "quorum": found.quorum,
        "each_sector": found.each_sector,
        "required": sorted(found.required.values_list("public_id", flat=True)),
    }


@action("rotation.take", "meetings.edit")
def take_rotation(
    *, by: Who, round: WishRound, fields: dict[str, Any], times: Mapping[dt.date, str]
) -> Outcome[MeetingSeries]:
    """A rotation becomes a schedule, each date at its own hour, that remembers what it rests on."""
    series = set_schedule(by=by, fields=fields, dates=list(times), time=times, place=None)
    Rotation.objects.create(
        community=by.community, series=series, round=round, limits=limits_of(round)
    )
    return Outcome(series, "meeting_series", series.public_id, {"rows": len(times)})


@action("rotation.ask", "meetings.edit", data=False)
def ask_next_year(
    *, by: Who, series: MeetingSeries, year: int, way: str, round: WishRound | None = None
) -> Outcome[Rotation]:
    """Ask for another year of a rotation. ``round``: what it rests on, where it does not know."""
    MeetingSeries.objects.select_for_update().get(pk=series.pk)  # of two at once one makes the row
    found, new = Rotation.objects.get_or_create(
        series=series, defaults={"community": by.community, "round": round}
    )
    if new and round is not None:
        found.limits = limits_of(round)
    found.year, found.result, found.asked_at = year, None, timezone.now()
    found.last = get_last_planned_for(by, series)
    found.revision += 1
    found.save()
    key, revision = found.pk, found.revision
    transaction.on_commit(lambda: propose_year.enqueue(key, revision, way))
    return Outcome(found, "meeting_series", series.public_id, {"year": year})


@action("rotation.continue", "meetings.edit")
def continue_rotation(
    *, by: Who, rotation: Rotation, revision: int, times: Mapping[dt.date, str], rule: str
) -> Outcome[int]:
    """Plan the year that was looked at; how many meetings.

    Raises ``ChangedMeanwhileError`` where it was asked for anew since: what was seen is planned
    or nothing.
    """
    found = Rotation.objects.select_for_update().select_related("series").get(pk=rotation.pk)
    if found.revision != revision:
        raise ChangedMeanwhileError(found)
    n = continue_schedule(
        by=by, series=found.series, last=found.last, dates=list(times), time=times, rule=rule
    )
    found.result, found.asked_at = None, None
    found.revision += 1
    found.save(update_fields=["result", "asked_at", "revision"])
    return Outcome(n, "meeting_series", found.series.public_id, {"rows": n})
