"""What is done to the meetings of a schedule together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.actions import edit_meeting
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.series_plan import (
    NotByRuleError,
    changes_others,
    plan_change,
    shared_of,
)
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.keys import created_many
from satuhati.web.tenancy.who import Who

__all__ = ["Changed", "NotAsSeenError", "NotByRuleError", "change_from", "continue_schedule",
           "edit_schedule"]  # fmt: skip


class NotAsSeenError(Exception):
    """The meetings of the schedule changed after the plan was looked at."""


@dataclass(frozen=True, slots=True)
class Changed:
    """How many other meetings changed, the days people were told of before, the days that stayed
    because another meeting of the kind is on the new one or it is past, and those that stayed
    whole because people were told of them."""

    others: int
    told: tuple[dt.date, ...]
    stayed: tuple[dt.date, ...]
    bound: tuple[dt.date, ...] = ()


@action("schedule.change", "meetings.edit")
def change_from(
    *,
    by: Who,
    meeting: Meeting,
    revision: int,
    fields: dict[str, Any],
    reach: str,
    today: dt.date,
    along: bool = False,
    mark: str | None = None,
) -> Outcome[Changed]:
    """Change a planned meeting, and with it the later ones of its schedule or all to come.

    ``reach``: ``following`` or ``all``. Others take over hour, place and title where this one
    changes; a new day is read as a new rule (its weekday, and which of the month), and the rule
    of the schedule is put in these words. Held, cancelled and past meetings stay as they were, and
    those people were told of stay unless they are taken ``along``. ``mark``: of the plan that was
    looked at (:meth:`~satuhati.web.meetings.series_plan.Change.mark`).
    Raises ``ChangedMeanwhileError``, ``NotByRuleError`` for a day that is no rule, and
    ``NotAsSeenError`` where the plan is another by now.
    """
    series: MeetingSeries = MeetingSeries.objects.select_for_update().get(pk=meeting.series_id)
    new_day = fields.get("date", meeting.date)
    if not changes_others(meeting, fields):
        edit_meeting(by=by, meeting=meeting, revision=revision, fields=fields)
        return Outcome(Changed(0, (), ()), "meeting_series", series.public_id, {"rows": 0})
    # Locked before it is planned: what is planned is what is saved.
    list(Meeting.objects.select_for_update().filter(series=series, status="planned"))
    shared = sorted(shared_of(meeting, fields))
    old_day, was_told = meeting.date, meeting.notice_on is not None
    plan = plan_change(by, meeting, fields, reach, today, along=along)
    edit_meeting(by=by, meeting=meeting, revision=revision, fields=fields)
    if mark is not None and mark != plan.mark():
        raise NotAsSeenError
    told = [old_day] if was_told or plan.bond else []
    told += [step.meeting.date for step in plan.told]
    bound = tuple(step.meeting.date for step in plan.bound)
    stayed = tuple(step.meeting.date for step in plan.stood)
    for step in plan.steps:
        save_over(step.meeting, step.meeting.revision, dict(step.values))
    if plan.after != plan.before:
        save_over(series, series.revision, {"rule": plan.after})
    counts = {
        "rows": len(plan.steps),
        "fields": [*shared, *(["date"] if new_day != old_day else [])],
    }
    value = Changed(len(plan.steps), tuple(sorted(told)), stayed, bound)
    return Outcome(value, "meeting_series", series.public_id, counts)


@action("schedule.edit", "meetings.edit")
def edit_schedule(
    *, by: Who, series: MeetingSeries, revision: int, fields: dict[str, Any]
) -> Outcome[MeetingSeries]:
    """Change what a schedule is called and is for. Raises ``ChangedMeanwhileError``."""
    changed = save_over(series, revision, fields)
    return Outcome(series, "meeting_series", series.public_id, {"fields": changed})


@action("schedule.continue", "meetings.edit")
def continue_schedule(
    *,
    by: Who,
    series: MeetingSeries,
    last: dt.date | None,
    dates: Sequence[dt.date],
    time: str | Mapping[dt.date, str],
    rule: str | None = None,
) -> Outcome[int]:
    """Plan more meetings of a schedule; how many.

    ``last``: the last date planned, past or not, when it was offered; ``time``: one hour for all,
    or the hour of each date where they take turns; ``rule``: its words from now on, if they are
    new. Of two who tap at once the second finds the dates planned, and plans none.
    """
    found = MeetingSeries.objects.select_for_update().get(pk=series.pk)
    mine = Meeting.objects.filter(series=series)
    now = mine.filter(status="planned").aggregate(last=Max("date"))["last"]
    if now != last or (found.end is not None):
        return Outcome(0, "meeting_series", series.public_id, {"rows": 0})
    # As the newest meeting was planned; a single one elsewhere does not make a habit, but is
    # what stands nearest to the year to come.
    hours = {day: time if isinstance(time, str) else time[day] for day in dates}
    place = {}
    for hour in {*hours.values()}:
        before = mine.filter(~Q(status="cancelled"), time=hour).order_by("-date").first()
        place[hour] = before.place if before else None
    taken = set(
        Meeting.objects.filter(kind=series.kind, date__in=dates, status="planned").values_list(
            "date", flat=True
        )
    )
    rows = [
        {"series": series, "kind": series.kind, "status": "planned", "title": series.name,
         "date": day, "time": hours[day], "place": place[hours[day]]}
        for day in dates
        if day not in taken
    ]  # fmt: skip
    created_many(Meeting, series.community, rows)
    if rule is not None and rows:
        save_over(found, found.revision, {"rule": rule})
    return Outcome(len(rows), "meeting_series", series.public_id, {"rows": len(rows)})
