"""What is done to the meetings of a schedule together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q

from satuhati.core.meetings.calendar import Slot, fixed_words
from satuhati.core.meetings.periods import COUNTABLE, period_of
from satuhati.core.meetings.recurrence import DayRule, date_of, read_words, rule_at
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.actions import edit_meeting
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.schedule import by_rule_date, off_closed, rule_of
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.keys import created_many
from satuhati.web.tenancy.who import Who

SHARED = ("time", "place", "title")
"""What later meetings take over besides the day."""


class NotByRuleError(Exception):
    """The new day fits no rule: it lies in another ``month``, or ``week`` of a weekly one."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Changed:
    """How many other meetings changed, the days people were told of before, and the days that
    stayed because another meeting of the kind is on the new one or it is past."""

    others: int
    told: tuple[dt.date, ...]
    stayed: tuple[dt.date, ...]


@action("schedule.change", "meetings.edit")
def change_from(
    *,
    by: Who,
    meeting: Meeting,
    revision: int,
    fields: dict[str, Any],
    reach: str,
    today: dt.date,
) -> Outcome[Changed]:
    """Change a planned meeting, and with it the later ones of its schedule or all to come.

    ``reach``: ``following`` or ``all``. Others take over hour, place and title where this one
    changes; a new day is read as a new rule (its weekday, and which of the month), and the rule
    of the schedule is put in these words. Held, cancelled and past meetings stay as they were.
    Raises ``ChangedMeanwhileError``, and ``NotByRuleError`` for a day that is no rule.
    """
    series: MeetingSeries = MeetingSeries.objects.select_for_update().get(pk=meeting.series_id)
    old_day = meeting.date
    shared = {n: fields[n] for n in SHARED if n in fields and fields[n] != getattr(meeting, n)}
    new_day = fields.get("date", old_day)
    rule = new_rule(series, old_day, new_day) if new_day != old_day else None
    edit_meeting(by=by, meeting=meeting, revision=revision, fields=fields)
    if not shared and new_day == old_day:
        return Outcome(Changed(0, (), ()), "meeting_series", series.public_id, {"rows": 0})
    others = Meeting.objects.select_for_update().filter(
        series=series, status="planned", date__gte=today
    )
    others = others.exclude(pk=meeting.pk).order_by("date", "pk")
    if reach == "following":
        others = others.filter(date__gt=old_day)
    listed = list(others)
    days: dict[int, dt.date] = {}
    if new_day != old_day:
        days = _new_days(series, listed, rule, (old_day, new_day), _minute(meeting.time) or 0)
    moving = [*days, meeting.pk]
    told = [old_day] if meeting.notice_on else []
    stayed: list[dt.date] = []
    n = 0
    for other in listed:
        values = dict(shared)
        day, target = other.date, days.get(other.pk, other.date)
        if target != day and (target < today or _taken(other, target, moving)):
            stayed.append(day)
        elif target != day:
            values |= {"date": target, "planned_for": other.planned_for or day}
        if save_over(other, other.revision, values):
            n += 1
            if other.notice_on:
                told.append(day)
    _reword(series, rule, meeting)
    counts = {"rows": n, "fields": sorted([*shared, *(["date"] if new_day != old_day else [])])}
    value = Changed(n, tuple(sorted(told)), tuple(stayed))
    return Outcome(value, "meeting_series", series.public_id, counts)


def new_rule(series: MeetingSeries, old: dt.date, new: dt.date) -> DayRule | None:
    """The rule a new day means; ``None`` where the schedule's frequency counts no periods.

    Raises :class:`NotByRuleError`: the day must lie in the period's own month (week).
    """
    if series.frequency not in COUNTABLE:
        return None
    step = "weekly" if series.frequency == "weekly" else "monthly"
    if period_of(step, old) != period_of(step, new):
        raise NotByRuleError("week" if step == "weekly" else "month")
    read = read_words(series.rule or "")
    return rule_at(str(series.frequency), new, read[0] if read else None)


def _new_days(
    series: MeetingSeries, others: Sequence[Meeting], rule: DayRule | None,
    moved: tuple[dt.date, dt.date], minute: int,
) -> dict[int, dt.date]:  # fmt: skip
    """The new day of other meetings by their key; as many days later where there is no rule.

    By a rule one meeting of each period moves, the one on the old rule's date before others: an
    extra one keeps its day.
    """
    old, new = moved
    if rule is None:
        return {other.pk: other.date + (new - old) for other in others}
    before = rule_of(series)
    regular = {m.pk for m in by_rule_date(before, others).values()} if before else set()
    full = {period_of(rule.frequency, old)}
    days = {}
    for other in sorted(others, key=lambda m: (m.pk not in regular, m.date)):
        first = other.planned_for or other.date
        period = period_of(rule.frequency, first)
        if period not in full:
            full.add(period)
            days[other.pk] = off_closed(
                rule.frequency, date_of(rule, first), minute, series.community
            )
    return days


def _taken(other: Meeting, day: dt.date, moving: Sequence[int]) -> bool:
    """Whether another meeting of the kind, which stays, is on that day already."""
    there = Meeting.objects.filter(kind=other.kind, date=day, status="planned")
    return there.exclude(pk__in=moving).exists()


def _minute(time: str | None) -> int | None:
    """The minute of the day of ``19:30``."""
    hour, _, rest = (time or "").partition(":")
    return int(hour) * 60 + int(rest) if rest else None


def _reword(series: MeetingSeries, rule: DayRule | None, meeting: Meeting) -> None:
    """The rule in its new words, where there is one to put into words."""
    read = read_words(series.rule or "")
    rule = rule or (read[0] if read else None)
    minute = read[1] if read else None
    minute = _minute(meeting.time) if meeting.time else minute
    if rule is None or minute is None:
        return
    slot = Slot(rule.weekday, minute)
    words = fixed_words(rule.frequency, slot, rule.nth).id  # records are written in Indonesian
    save_over(series, series.revision, {"rule": words})


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
