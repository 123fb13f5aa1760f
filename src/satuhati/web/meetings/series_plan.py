"""What a change of several meetings of a schedule would do, worked out before anything is saved.

The page shows it and :func:`~satuhati.web.meetings.series_actions.change_from` does it: one plan.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from satuhati.core.meetings.calendar import Day, Slot, fixed_words, rotating_words
from satuhati.core.meetings.periods import COUNTABLE, period_of
from satuhati.core.meetings.recurrence import DayRule, date_of, read_turns, read_words, rule_at
from satuhati.text import Text
from satuhati.web.meetings.bonds import Bond, bonds_of
from satuhati.web.meetings.local_days import closed_for
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.schedule import beside_closed, by_rule_date, rule_of
from satuhati.web.tenancy.who import Who

SHARED = ("time", "place", "title")
"""What later meetings take over besides the day."""
FOLLOWING, ALL = "following", "all"


class NotByRuleError(Exception):
    """The new day fits no rule: it lies in another ``month``, or ``week`` of a weekly one."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one other meeting.

    ``day``: where it goes; ``rule_date`` and ``reason``: what the rule alone says and why not
    then, or what falls on the day itself. ``stands``: it keeps its day, for the new one is
    ``past`` or ``taken``. ``bond``: what people were told. ``values``: what is saved of it.
    ``aim``: where the change alone would put it.
    """

    meeting: Meeting
    day: dt.date
    rule_date: dt.date
    reason: Text | None
    stands: str
    bond: Bond
    values: Mapping[str, Any]
    aim: dt.date

    @property
    def moves(self) -> bool:
        return self.day != self.meeting.date

    @property
    def closed(self) -> bool:
        """Whether something falls on the very day it will be held."""
        return self.reason is not None and self.day == self.rule_date

    @property
    def time(self) -> str:
        return str(self.values.get("time", self.meeting.time) or "")


@dataclass(frozen=True, slots=True)
class Change:
    """All that a change of several meetings does.

    ``steps``: others that change; ``stood``: those that keep their day for the new one is past or
    taken (among ``steps`` too, if they change in something else); ``bound``: others that stay
    because people were told of them (unless they are taken ``along``); ``over``: how many of the
    same stretch were held or called off and stay.
    ``before``, ``after``: the words of the rule. ``bond``: of the meeting itself.
    """

    steps: tuple[Step, ...]
    stood: tuple[Step, ...]
    bound: tuple[Step, ...]
    over: int
    before: str
    after: str
    bond: Bond
    along: bool
    shared: Mapping[str, Any]

    @property
    def closed(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.closed)

    @property
    def told(self) -> tuple[Step, ...]:
        """Those that change though people were told of them."""
        return tuple(step for step in self.steps if step.bond)

    def mark(self) -> str:
        """The same as long as nothing it rests on changes; whether some are taken along aside."""
        every = {s.meeting.pk: s for s in (*self.steps, *self.stood, *self.bound)}
        rows = [
            (pk, s.meeting.revision, bool(s.bond), s.aim.isoformat())
            for pk, s in sorted(every.items())
        ]
        text = repr((rows, self.over, self.before, self.after, sorted(self.shared.items())))
        return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()


def shared_of(meeting: Meeting, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What others would take over of a change."""
    return {n: fields[n] for n in SHARED if n in fields and fields[n] != getattr(meeting, n)}


def changes_others(meeting: Meeting, fields: Mapping[str, Any]) -> bool:
    """Whether a change of this meeting is one that others could take over."""
    return bool(shared_of(meeting, fields)) or fields.get("date", meeting.date) != meeting.date


def plan_change(
    who: Who, meeting: Meeting, fields: Mapping[str, Any], reach: str, today: dt.date, *,
    along: bool,
) -> Change:  # fmt: skip
    """What a change does to the later meetings of the schedule, or to all to come.

    ``meeting`` is as it stands saved. ``along``: also those of which people were told.
    Raises :class:`NotByRuleError` for a day that is no rule.
    """
    series = MeetingSeries.objects.get(pk=meeting.series_id)
    shared = shared_of(meeting, fields)
    old, new = meeting.date, fields.get("date", meeting.date)
    time = fields.get("time", meeting.time)
    rule = new_rule(series, old, new) if new != old else None
    stretch = Meeting.objects.filter(series=series, date__gte=today).exclude(pk=meeting.pk)
    if reach == FOLLOWING:
        stretch = stretch.filter(date__gt=old)
    listed = list(stretch.filter(status="planned").order_by("date", "pk"))
    bonds = bonds_of(who, [*listed, meeting])
    days: dict[int, Day] = {}
    if new != old:
        days = _new_days(series, listed, rule, (old, new), minute_of(time) or 0)
    going = [m.pk for m in listed if along or not bonds[m.pk]]
    moving = [*(pk for pk in days if pk in going), meeting.pk]
    steps: list[Step] = []
    stood: list[Step] = []
    bound: list[Step] = []
    for other in listed:
        step = _step(series, other, days.get(other.pk), shared, today, moving, bonds[other.pk])
        if other.pk not in going:
            if step.values or step.stands:
                bound.append(step)
            continue
        if step.values:
            steps.append(step)
        if step.stands:
            stood.append(step)
    before = series.rule or ""
    return Change(
        tuple(steps), tuple(stood), tuple(bound), stretch.exclude(status="planned").count(), before,
        words_after(series, rule, time), bonds[meeting.pk], along, shared,
    )  # fmt: skip


def _step(
    series: MeetingSeries, other: Meeting, target: Day | None, shared: Mapping[str, Any],
    today: dt.date, moving: Sequence[int], bond: Bond,
) -> Step:  # fmt: skip
    values = dict(shared)
    aim = other.date if target is None else target.date
    time = shared.get("time", other.time)
    stands = ""
    if target is not None and target.date != other.date:
        if target.date < today:
            stands = "past"
        elif _taken(other, target.date, moving):
            stands = "taken"
    if target is None or stands or target.date == other.date:
        minute = minute_of(time)
        closed = closed_for(series.community, [other.date.year])
        reason = None if minute is None else closed.on(other.date, minute)
        target = Day(other.date, other.date, reason)
    else:
        values |= {"date": target.date, "planned_for": other.planned_for or other.date}
    values = {name: value for name, value in values.items() if getattr(other, name) != value}
    return Step(other, target.date, target.rule_date, target.reason, stands, bond, values, aim)


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
) -> dict[int, Day]:  # fmt: skip
    """The new day of other meetings by their key; as many days later where there is no rule.

    By a rule one meeting of each period moves, the one on the old rule's date before others: an
    extra one keeps its day.
    """
    old, new = moved
    if rule is None:
        found = {}
        for other in others:
            day = other.date + (new - old)
            closed = closed_for(series.community, [day.year])
            found[other.pk] = Day(day, day, closed.on(day, minute))
        return found
    before = rule_of(series)
    regular = {m.pk for m in by_rule_date(before, others).values()} if before else set()
    full = {period_of(rule.frequency, old)}
    days = {}
    for other in sorted(others, key=lambda m: (m.pk not in regular, m.date)):
        first = other.planned_for or other.date
        period = period_of(rule.frequency, first)
        if period not in full:
            full.add(period)
            own = date_of(rule, first)
            days[other.pk] = beside_closed(rule.frequency, own, minute, series.community)
    return days


def _taken(other: Meeting, day: dt.date, moving: Sequence[int]) -> bool:
    """Whether another meeting of the kind, which stays, is on that day already."""
    there = Meeting.objects.filter(kind=other.kind, date=day, status="planned")
    return there.exclude(pk__in=moving).exists()


def minute_of(time: str | None) -> int | None:
    """The minute of the day of ``19:30``."""
    hour, _, rest = (time or "").partition(":")
    return int(hour) * 60 + int(rest) if rest else None


def words_after(series: MeetingSeries, rule: DayRule | None, time: str | None) -> str:
    """The words of the rule after a change; records are written in Indonesian.

    Hours that take turns keep their days and take the new hour; a new day makes them one rule.
    """
    now = series.rule or ""
    read, turns = read_words(now), read_turns(now)
    minute = minute_of(time)
    if rule is None and turns is not None and minute is not None:
        counts: dict[Slot, int] = {}
        for slot, n in zip(turns.slots, turns.counts, strict=True):
            one = Slot(slot.weekday, minute)
            counts[one] = counts.get(one, 0) + n
        return rotating_words(turns.frequency, [*counts], [*counts.values()], turns.nth).id
    rule = rule or (read[0] if read else None)
    if minute is None and read is not None:
        minute = read[1]
    if rule is None or minute is None:
        return now
    return fixed_words(rule.frequency, Slot(rule.weekday, minute), rule.nth).id
