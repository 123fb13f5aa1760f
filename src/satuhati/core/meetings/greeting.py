"""*Perlu disapa*: whose absence asks for a kind word, and what surrounded it. No data frames.

These are rules for attention, not statistics: they say whom to ask how they are, never why
somebody stayed away or what kind of member they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from satuhati.core.meetings.notice import NOTICE_DAYS

TOOK_PART = ("present", "represented")
MISSED = 2
"""Missing this many in a row without being ill; and invited this often without coming once."""
RECENT = 4
"""The last meetings that are held against those before, of which as many are needed."""
FALL = 0.4
"""By how much (a proportion) the share attended must have fallen."""
PARTS = ((4, 11, "morning"), (11, 15, "midday"), (15, 18, "afternoon"))


@dataclass(frozen=True, slots=True)
class Invitation:
    """One meeting somebody was invited to. ``notice``: days before; ``None``: not known."""

    date: dt.date
    status: str
    time: str | None = None
    notice: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Why somebody is on the list.

    ``kind``: ``never`` (invited, never came), ``missed`` (the last ones in a row), ``falling``.
    ``missed`` of ``of``: meetings in a row, all of them, or of the recent ones; ``before``: share
    attended earlier, of a falling one. ``since``: the first missed. ``hour``: the part of the day
    all of the missed had, if they had one; ``other_hour``: a part of the day at which the person
    did come. ``late`` of ``told`` missed meetings were announced under three days before.
    ``reasons`` given, the most frequent first.
    """

    kind: str
    missed: int
    of: int
    since: dt.date
    before: float | None
    hour: str | None
    other_hour: str | None
    late: int
    told: int
    reasons: tuple[str, ...]


def part_of_day(time: str | None) -> str | None:
    """``19:30`` is ``evening``."""
    if not time:
        return None
    hour = int(time[:2])
    return next((name for low, high, name in PARTS if low <= hour < high), "evening")


def absence(invitations: Sequence[Invitation]) -> Absence | None:
    """What is to be noticed in the invitations of one person, or ``None``.

    Being ill is left out throughout: it neither counts as missed nor ends a row of missed ones.
    """
    seen = sorted((i for i in invitations if i.status != "ill"), key=lambda i: i.date)
    came = [i for i in seen if i.status in TOOK_PART]
    row: list[Invitation] = []
    for one in reversed(seen):
        if one.status in TOOK_PART:
            break
        row.append(one)
    if len(row) >= MISSED:
        kind = "missed" if came else "never"
        return _told(kind, row, len(seen) if kind == "never" else len(row), None, came)
    recent, earlier = seen[-RECENT:], seen[:-RECENT]
    if len(earlier) < RECENT:
        return None
    before = sum(i.status in TOOK_PART for i in earlier) / len(earlier)
    missed = [i for i in recent if i.status not in TOOK_PART]
    if before - (1 - len(missed) / len(recent)) < FALL - 1e-9:
        return None
    return _told("falling", missed, len(recent), before, came)


def _told(
    kind: str,
    missed: Sequence[Invitation],
    of: int,
    before: float | None,
    came: Sequence[Invitation],
) -> Absence:
    hours = {part_of_day(i.time) for i in missed}
    hour = next(iter(hours)) if len(hours) == 1 else None
    others = [p for i in came if (p := part_of_day(i.time)) not in (None, hour)]
    told = [i.notice for i in missed if i.notice is not None]
    reasons = [i.reason for i in missed if i.reason]
    return Absence(
        kind,
        len(missed),
        of,
        min(i.date for i in missed),
        before,
        hour,
        max(set(others), key=lambda p: (others.count(p), p)) if hour and others else None,
        sum(n < NOTICE_DAYS for n in told),
        len(told),
        tuple(sorted(set(reasons), key=lambda r: (-reasons.count(r), r))),
    )


def most_pressing(found: Sequence[tuple[str, Absence]], most: int) -> list[tuple[str, Absence]]:
    """At most ``most``: who missed most first, then who never came, then whose rate falls."""
    order = {"missed": 0, "never": 1, "falling": 2}
    return sorted(found, key=lambda f: (-f[1].missed, order[f[1].kind], f[0]))[:most]
