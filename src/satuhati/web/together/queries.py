"""Reads for reading together: the cells in the order to read them, and what was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from satuhati.web.meetings.models import Attendance, Meeting
from satuhati.web.meetings.queries import CAME
from satuhati.web.profile.models import SharedVerdict, Snapshot, SnapshotPage
from satuhati.web.profile.queries import latest_snapshot
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.who import Who
from satuhati.web.together.models import CellReading, Statement

FEW = 5
"""So many cells at a time: a meeting tires."""
ORDER = ("dissonance", "no evidence", "silence", "partial agreement", "agreement")
"""Where ways of knowing contradict each other first, then where there is nothing to go by."""


@dataclass(frozen=True, slots=True)
class CellToRead:
    """A cell of the snapshot: its place, what the machine says of it, and what was said of it."""

    component: str
    level: str
    population: str
    about: dict[str, Any]
    reading: CellReading | None
    verdict: SharedVerdict | None

    @property
    def where(self) -> tuple[str, str, str]:
        return self.component, self.level, self.population

    @property
    def read(self) -> bool:
        return self.verdict is not None


@dataclass(frozen=True, slots=True)
class ToRead:
    """All cells for a meeting: those read, and those still to read in their order."""

    snapshot: Snapshot | None
    cells: tuple[CellToRead, ...]

    @property
    def read(self) -> tuple[CellToRead, ...]:
        return tuple(c for c in self.cells if c.read)

    @property
    def left(self) -> tuple[CellToRead, ...]:
        return tuple(c for c in self.cells if not c.read)

    def find(self, where: tuple[str, str, str]) -> CellToRead | None:
        return next((c for c in self.cells if c.where == where), None)

    def after(self, where: tuple[str, str, str]) -> CellToRead | None:
        """The next cell to read after one; from the start again where none is left behind it."""
        here = [c.where for c in self.cells].index(where)
        later = [c for c in self.cells[here + 1 :] if not c.read]
        return later[0] if later else next((c for c in self.left if c.where != where), None)


def get_cells_for(who: Who, meeting: Meeting) -> ToRead:
    """The cells of the newest snapshot, most dissonant and emptiest first. Four queries."""
    snapshot = latest_snapshot(who)
    if snapshot is None:
        return ToRead(None, ())
    pages = SnapshotPage.objects.filter(snapshot=snapshot, lang=who.lang, key__startswith="sel/")
    readings = {
        (r.component, r.level, r.population): r
        for r in CellReading.objects.filter(meeting=meeting.public_id)
    }
    rows: dict[tuple[str, str, str], SharedVerdict] = {}
    for row in group_verdicts(meeting):
        rows.setdefault((row.component, row.level, row.population), row)
    cells = []
    for key, about in pages.order_by("pk").values_list("key", "data"):
        _, component, level, population = key.split("/")
        reading = readings.get((component, level, population))
        row = rows.get((component, level, population))
        cells.append(CellToRead(component, level, population, about, reading, row))
    cells.sort(key=lambda c: (ORDER.index(c.about["verdict"]), -len(c.about["pieces"])))
    return ToRead(snapshot, tuple(cells))


def get_reading_for(who: Who, meeting: Meeting, reading: CellReading | None) -> list[Statement]:
    """What was said against, in its order."""
    return list(Statement.objects.filter(reading=reading).order_by("pk")) if reading else []


def get_present_for(who: Who, meeting: Meeting) -> list[Actor]:
    """Who was there, by name: they may be named with an objection, if they wish."""
    rows = Attendance.objects.filter(meeting=meeting, status__in=CAME).select_related("actor")
    return sorted((r.actor for r in rows), key=lambda a: (a.name or a.public_id).casefold())


def group_verdicts(meeting: Meeting) -> Any:
    """The verdicts of a meeting without the objections, the first of each cell first.

    Also those that came in with a package, of which nothing else is known here.
    """
    against = Statement.objects.exclude(verdict="").values("verdict")
    rows = SharedVerdict.objects.filter(meeting=meeting).exclude(public_id__in=against)
    return rows.order_by("public_id")


def count_read(meeting: Meeting) -> int:
    """How many cells a meeting has read. One query."""
    cells = group_verdicts(meeting).order_by().values("component", "level", "population")
    return int(cells.distinct().count())
