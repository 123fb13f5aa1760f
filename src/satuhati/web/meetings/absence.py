"""A period without a meeting is stated, not guessed: *memang tidak ada rapat*."""

from __future__ import annotations

import datetime as dt
from typing import Any

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.keeping import Gap, confirmed_empty, get_gaps_for
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.schedule import day_rule, rule_dates, rule_of
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.keys import created
from satuhati.web.tenancy.who import Who


@action("empty.state", "meetings.edit")
def state_none(
    *, by: Who, series: MeetingSeries, start: dt.date, today: dt.date
) -> Outcome[Gap | None]:
    """There was no meeting of a schedule in the period that begins at ``start``.

    What was planned in it is called off. Where nothing else was held in the period either, the
    whole strand was empty, and that is kept as a confirmed absence; where something else was
    held, a meeting called off says that this schedule's was not. Either way the period stays one
    that was due and missed. ``None`` if nobody asks of this period (any more): somebody told.
    """
    MeetingSeries.objects.select_for_update().get(pk=series.pk)  # of two at once, one states
    gaps = (g for g in get_gaps_for(by, today) if g.series.pk == series.pk and g.start == start)
    gap = next(gaps, None)
    if gap is None:
        return Outcome(None, "meeting_series", series.public_id, {"rows": 0})
    span = {"date__range": (gap.start, gap.end)}
    planned = list(Meeting.objects.filter(series=series, status="planned", **span))
    for meeting in planned:
        save_over(meeting, meeting.revision, {"status": "cancelled"})
    if not Meeting.objects.filter(status="held", **span).exists():
        created(
            confirmed_empty(), series.community, strand="meetings", from_day=gap.start,
            to_day=gap.end, by=by.name or by.role_label, on=today, note=series.name,
        )  # fmt: skip
    elif not planned:
        created(
            Meeting, series.community, series=series, kind=series.kind, date=_due(gap),
            status="cancelled", title=series.name,
        )  # fmt: skip
    return Outcome(gap, "meeting_series", series.public_id, {"rows": max(1, len(planned))})


def _due(gap: Gap) -> dt.date:
    """The day the meeting was due by its rule; the last of the period without one."""
    rule = rule_of(gap.series)
    days = rule_dates(day_rule(rule), gap.start, gap.end) if rule else []
    return days[0] if days else gap.end


@action("empty.remove", "meetings.edit")
def take_back(*, by: Who, statement: Any) -> Outcome[None]:
    """It was stated by mistake; the period is asked of again unless its meeting was called off."""
    outcome: Outcome[None] = Outcome(None, "confirmed_empty", statement.public_id)
    statement.delete()
    return outcome
