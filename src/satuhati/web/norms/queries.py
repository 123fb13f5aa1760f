"""Reads of norms: which are alive, which sleep, what has no rule yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from satuhati.schema.meetings import NORM_TOPICS
from satuhati.web.norms.models import Norm, NormEvent
from satuhati.web.tenancy.who import Who

YEAR = dt.timedelta(days=365)
"""A norm that nobody invoked or kept for so long sleeps; the profile looks as far back."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A norm in force and how it stands: days it was last seen, and how often within a year."""

    norm: Norm
    invoked: dt.date | None
    kept: int
    broken: int
    observers: int
    sleeps: bool


@dataclass(frozen=True, slots=True)
class Charter:
    """All norms in force by kind, those that sleep, and topics of which none speaks."""

    written: tuple[Standing, ...]
    unwritten: tuple[Standing, ...]
    missing: tuple[str, ...]
    ended: tuple[Norm, ...]

    @property
    def sleeping(self) -> int:
        return sum(s.sleeps for s in (*self.written, *self.unwritten))


def get_charter_for(who: Who, today: dt.date) -> Charter:
    """Every norm with its year. Two queries.

    A norm younger than a year does not sleep: it had no time to be seen.
    """
    year = Q(date__gt=today - YEAR, date__lte=today)
    rows = NormEvent.objects.filter(date__lte=today).values("norm").annotate(
        invoked=Max("date", filter=Q(event="invoked")),
        seen=Max("date", filter=~Q(event="broken")),
        kept=Count("pk", filter=year & Q(event="kept")),
        broken=Count("pk", filter=year & Q(event="broken")),
        observers=Count("observer", filter=year & ~Q(event="invoked"), distinct=True),
    ).order_by()  # fmt: skip
    by_norm = {row["norm"]: row for row in rows}
    running: dict[str, list[Standing]] = {"written": [], "unwritten": []}
    ended = []
    for norm in Norm.objects.order_by("topic", "pk"):
        if norm.until is not None and norm.until < today:
            ended.append(norm)
            continue
        row = by_norm.get(norm.pk)
        seen = row["seen"] if row else None
        young = norm.since is not None and norm.since > today - YEAR
        running[norm.kind].append(
            Standing(
                norm,
                row["invoked"] if row else None,
                row["kept"] if row else 0,
                row["broken"] if row else 0,
                row["observers"] if row else 0,
                sleeps=not young and (seen is None or seen <= today - YEAR),
            )
        )
    spoken = {s.norm.topic for some in running.values() for s in some}
    missing = tuple(t for t in NORM_TOPICS if t != "other" and t not in spoken)
    return Charter(tuple(running["written"]), tuple(running["unwritten"]), missing, tuple(ended))
