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

from satuhati.core.meetings.calendar import (
    LAST,
    MONTHS,
    NTH,
    Slot,
    fixed_words,
    nth_weekday,
    rotating_words,
)

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOUR = re.compile(r"^(?P<head>.+), ?(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)$")
FREQUENCIES = ("weekly", *MONTHS)
TURN = re.compile(
    r"^(?P<head>.+) (?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d) \((?P<n>\d{1,3}) ?[×x]\)$"
)
"""One hour of a rotation: ``Selasa kedua 19.30 (7×)``."""


class DayRule(NamedTuple):
    """A rule without its hour: ``weekday`` 1 (Monday) to 7; ``nth`` 1 to 4 or the last (-1), of
    no meaning (1) where weekly."""

    frequency: str
    weekday: int
    nth: int


class TurnRule(NamedTuple):
    """A rotation: its hours in order, and how many dates of a year each has."""

    frequency: str
    nth: int
    slots: tuple[Slot, ...]
    counts: tuple[int, ...]


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


@cache
def _openings() -> dict[tuple[str, str], tuple[str, int, int]]:
    """What opens a rotation and what names a day in it, to frequency, weekday and ``nth``."""
    found: dict[tuple[str, str], tuple[str, int, int]] = {}
    for frequency in FREQUENCIES:
        for nth in NTH:
            for day in range(1, 8):
                # A second hour only makes it a rotation; of weekly ones no ``nth`` is said.
                slots = (Slot(day, 0), Slot(day, 1))
                for words in rotating_words(frequency, slots, (1, 1), nth):
                    opening, _, rest = words.partition(": ")
                    head = rest.partition(" 00.00")[0]
                    key = (opening.casefold(), head.casefold())
                    found.setdefault(key, (frequency, day, nth))
    return found


def read_turns(text: str) -> TurnRule | None:
    """A rotation in its words: ``Bergilir: Selasa kedua 19.30 (7×), Minggu kedua 09.00 (5×)``.

    ``None`` for anything else. The inverse of
    :func:`~satuhati.core.meetings.calendar.rotating_words`.
    """
    opening, _, rest = " ".join(text.split()).partition(": ")
    kinds: set[tuple[str, int]] = set()
    turns: dict[Slot, int] = {}
    for part in rest.split(", "):
        match = TURN.match(part)
        known = _openings().get((opening.casefold(), match["head"].casefold())) if match else None
        if match is None or known is None or not int(match["n"]):
            return None
        frequency, day, nth = known
        kinds.add((frequency, nth))
        slot = Slot(day, int(match["hour"]) * 60 + int(match["minute"]))
        if slot in turns:
            return None
        turns[slot] = int(match["n"])
    if len(kinds) != 1 or len(turns) < 2:
        return None
    frequency, nth = kinds.pop()
    return TurnRule(frequency, nth, tuple(sorted(turns)), tuple(turns[s] for s in sorted(turns)))


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
