"""The rule of a schedule as text: RFC 5545's ``RRULE``, and back from its words.

A rule is a frequency, a weekday and which of the month it is, as
:mod:`satuhati.core.meetings.calendar` computes its dates; a fifth weekday is the last, for not
every month has a fifth. A rule says nothing of where it ends and what it skips: that is in the
meetings.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from satuhati.core.meetings.calendar import LAST, MONTHS, NTH, Slot, fixed_words, nth_weekday

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOUR = re.compile(r"^(?P<head>.+), ?(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)$")
FREQUENCIES = ("weekly", *MONTHS)


class DayRule(NamedTuple):
    """A rule without its hour: ``weekday`` 1 (Monday) to 7; ``nth`` 1 to 4 or the last (-1), of
    no meaning (1) where weekly."""

    frequency: str
    weekday: int
    nth: int


def rrule_of(rule: DayRule) -> str:
    """The value of an ``RRULE`` (RFC 5545, 3.3.10): ``FREQ=MONTHLY;BYDAY=2TU``.

    Quarters and half-years begin in January, so they are months of a year; a rule of every three
    months would depend on where it is begun.
    """
    if rule.frequency == "weekly":
        return f"FREQ=WEEKLY;BYDAY={CODES[rule.weekday - 1]}"
    day = f"BYDAY={rule.nth}{CODES[rule.weekday - 1]}"
    if rule.frequency == "monthly":
        return f"FREQ=MONTHLY;{day}"
    months = ",".join(map(str, MONTHS[rule.frequency]))
    return f"FREQ=YEARLY;BYMONTH={months};{day}"


@cache
def _rules() -> dict[str, DayRule]:
    every = [DayRule("weekly", day, 1) for day in range(1, 8)]
    every += [DayRule(f, day, n) for f in MONTHS for day in range(1, 8) for n in NTH]
    return {rrule_of(rule): rule for rule in every}


def read_rrule(text: str) -> DayRule | None:
    """The rule of an ``RRULE``'s value as :func:`rrule_of` writes it; its parts in any order.

    ``None`` for a rule that is none of ours: an interval, an end, another day of the month.
    """
    parts = sorted(part for part in text.upper().replace(" ", "").split(";") if part)
    return next((r for t, r in _rules().items() if sorted(t.split(";")) == parts), None)


@cache
def _heads() -> dict[str, DayRule]:
    """What stands before the hour in the words of every rule, in both languages."""
    found = {}
    for rule in _rules().values():
        for words in fixed_words(rule.frequency, Slot(rule.weekday, 0), rule.nth):
            found[words.rpartition(",")[0].casefold()] = rule
    return found


def read_words(text: str) -> tuple[DayRule, int] | None:
    """The rule and the minute of the day in its words: ``Selasa kedua, 19.30``.

    ``None`` for words that are nobody's rule but a person's own: ``Sehabis panen``.
    """
    match = HOUR.match(" ".join(text.split()))
    rule = _heads().get(match["head"].strip().casefold()) if match else None
    if match is None or rule is None:
        return None
    return rule, int(match["hour"]) * 60 + int(match["minute"])


def date_of(rule: DayRule, near: dt.date) -> dt.date:
    """The rule's date in the month of a day; of a weekly rule, in its week from Monday on."""
    if rule.frequency == "weekly":
        return near + dt.timedelta(days=rule.weekday - near.isoweekday())
    return nth_weekday(near.year, near.month, rule.weekday, rule.nth)


def rule_at(frequency: str, day: dt.date, like: DayRule | None = None) -> DayRule:
    """The rule that a day is a date of.

    A fifth weekday is the last of its month. So is a fourth that no fifth follows, if the rule
    before (``like``) was of the last.
    """
    if frequency == "weekly":
        return DayRule(frequency, day.isoweekday(), 1)
    nth = (day.day - 1) // 7 + 1
    last = nth_weekday(day.year, day.month, day.isoweekday(), LAST) == day
    if nth not in NTH or (last and like is not None and like.nth == LAST):
        nth = LAST
    return DayRule(frequency, day.isoweekday(), nth)
