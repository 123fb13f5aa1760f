"""Reads of norms: which are alive, which sleep, what has no rule yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from satuhati.schema.meetings import NORM_TOPICS
from satuhati.web.meetings.models import Meeting
from satuhati.web.norms.models import Norm, NormEvent, NormReview
from satuhati.web.tenancy.files import KeptFile, files_of
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
    reviewed: dt.date | None = None
    files: tuple[KeptFile, ...] = ()

    def due(self, today: dt.date) -> bool:
        """Asleep, and nobody said within a year that it still holds."""
        return self.sleeps and (self.reviewed is None or self.reviewed <= today - YEAR)


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

    def due(self, today: dt.date) -> list[Standing]:
        """Those to look at again."""
        return [s for s in (*self.written, *self.unwritten) if s.due(today)]


def get_charter_for(who: Who, today: dt.date) -> Charter:
    """Every norm with its year, when it was looked at again, and its documents. Four queries.

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
    reviewed = dict(
        NormReview.objects.filter(answer="kept").order_by("date", "pk").values_list("norm", "date")
    )
    papers: dict[str, list[KeptFile]] = {}
    for one in KeptFile.objects.filter(table="norms").order_by("pk"):
        papers.setdefault(one.code, []).append(one)
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
                reviewed=reviewed.get(norm.public_id),
                files=tuple(papers.get(norm.public_id, ())),
            )
        )
    spoken = {s.norm.topic for some in running.values() for s in some}
    missing = tuple(t for t in NORM_TOPICS if t != "other" and t not in spoken)
    return Charter(tuple(running["written"]), tuple(running["unwritten"]), missing, tuple(ended))


def get_due_norms_for(who: Who, today: dt.date) -> list[Standing]:
    """Norms asleep that whoever keeps the records should look at again."""
    return get_charter_for(who, today).due(today) if who.may("norms.edit") else []


def get_norm_for(who: Who, public_id: str) -> Norm | None:
    found: Norm | None = Norm.objects.filter(public_id=public_id).first()
    return found


@dataclass(frozen=True, slots=True)
class Occasion:
    """What was seen of a norm on one day or in one meeting, by how many, and whether they agree."""

    date: dt.date
    meeting: Meeting | None
    events: tuple[NormEvent, ...]

    @property
    def observers(self) -> int:
        return len({e.observer_id for e in self._watched if e.observer_id is not None})

    @property
    def agree(self) -> bool | None:
        """Whether all who watched saw the same; ``None`` unless two did."""
        if self.observers < 2:
            return None
        return len({e.event for e in self._watched}) == 1

    @property
    def _watched(self) -> list[NormEvent]:
        return [e for e in self.events if e.event != "invoked"]


@dataclass(frozen=True, slots=True)
class Past:
    """A norm's page: what was seen of it, its wordings before and after, its documents."""

    occasions: tuple[Occasion, ...]
    before: Norm | None
    after: Norm | None
    reviews: tuple[NormReview, ...]
    files: tuple[KeptFile, ...]

    @property
    def by_two(self) -> tuple[int, int]:
        """Of the occasions two watched: on how many they agreed, and of how many."""
        seen = [o.agree for o in self.occasions if o.agree is not None]
        return sum(seen), len(seen)


def get_past_for(who: Who, norm: Norm, limit: int = 60) -> Past:
    """What a norm's page tells. Five queries."""
    rows = NormEvent.objects.filter(norm=norm).select_related("meeting", "observer")
    groups: dict[tuple[dt.date, int | None], list[NormEvent]] = {}
    for row in rows.order_by("-date", "pk")[: limit * 4]:
        groups.setdefault((row.date, row.meeting_id), []).append(row)
    code = norm.public_id
    reviews = list(
        NormReview.objects.filter(Q(norm=code) | Q(successor=code)).order_by("-date", "-pk")
    )
    others = {r.norm for r in reviews} | {r.successor for r in reviews}
    named = {n.public_id: n for n in Norm.objects.filter(public_id__in=others - {code, ""})}
    own = [r for r in reviews if r.norm == code]
    return Past(
        tuple(
            Occasion(date, some[0].meeting, tuple(some))
            for (date, _), some in list(groups.items())[:limit]
        ),
        next((named.get(r.norm) for r in reviews if r.successor == code), None),
        next((named.get(r.successor) for r in own if r.answer == "changed"), None),
        tuple(own),
        tuple(files_of("norms", [code]).get(code, ())),
    )


def in_force(on: dt.date, kind: str) -> list[Norm]:
    """Norms of a kind that hold on a day."""
    found = Norm.objects.filter(kind=kind).filter(Q(since=None) | Q(since__lte=on))
    return list(found.filter(Q(until=None) | Q(until__gte=on)).order_by("topic", "pk"))


@dataclass(frozen=True, slots=True)
class InMeeting:
    """Norms and one meeting: rules its minutes refer to, and what each observer saw of values."""

    rules: tuple[Norm, ...]
    invoked: frozenset[int]
    values: tuple[Norm, ...]
    mine: dict[int, str]
    seen: dict[int, tuple[NormEvent, ...]]
    observers: int


def get_in_meeting_for(who: Who, meeting: Meeting) -> InMeeting:
    """The norms of a meeting's day and what is noted of them. Three queries.

    What others saw of the values is told only to who has said their own: two who watch should
    not watch each other.
    """
    rows = list(NormEvent.objects.filter(meeting=meeting).select_related("norm", "observer"))
    rules, values = in_force(meeting.date, "written"), in_force(meeting.date, "unwritten")
    own = who.membership.actor_id if who.membership else None
    watched = [r for r in rows if r.event != "invoked" and r.norm.kind == "unwritten"]
    invoked = [r.norm for r in rows if r.event == "invoked"]
    mine = {r.norm_id: r.event for r in watched if own is not None and r.observer_id == own}
    seen: dict[int, tuple[NormEvent, ...]] = {}
    for row in watched if mine else ():
        seen[row.norm_id] = (*seen.get(row.norm_id, ()), row)
    known = {n.pk for n in rules}
    return InMeeting(
        # A rule that the minutes refer to stays listed, also if it ended meanwhile.
        (*rules, *{n.pk: n for n in invoked if n.pk not in known}.values()),
        frozenset(n.pk for n in invoked),
        tuple(values),
        mine,
        seen,
        len({r.observer_id for r in watched if r.observer_id is not None}),
    )


def get_invoked_for(who: Who, meeting: Meeting) -> list[Norm]:
    """The norms that a meeting's minutes refer to, for the meeting's own page. One query."""
    found = Norm.objects.filter(
        pk__in=NormEvent.objects.filter(meeting=meeting, event="invoked").values("norm")
    )
    return list(found.order_by("topic", "pk"))
