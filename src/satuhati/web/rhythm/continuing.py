"""The next year of a rotation, computed in the worker: by the answers, or by the same turns."""

from __future__ import annotations

from django_scopes import scope

from satuhati.core.meetings.another_year import ANSWERS, AnotherYear, proposed, repeated
from satuhati.core.stored import stored
from satuhati.web.meetings.local_days import closed_for
from satuhati.web.meetings.schedule import turns_of
from satuhati.web.rhythm.models import Rotation
from satuhati.web.rhythm.proposing import wishes_in


def make_year(rotation_id: int, revision: int, way: str) -> None:
    """Compute and store, unless the schedule is gone or was asked for anew."""
    rows = Rotation._base_manager.select_related("community", "series", "round")
    found = rows.filter(pk=rotation_id).first()
    if found is None or found.revision != revision or found.year is None:
        return
    with scope(community=found.community):
        made = year_of(found, found.year, way)
        if made is not None:
            Rotation.objects.filter(pk=rotation_id, revision=revision).update(result=stored(made))


def year_of(found: Rotation, year: int, way: str) -> AnotherYear | None:
    """A year more, under the limits the rotation was taken with; ``None`` without a way."""
    before = turns_of(found.series)
    closed = closed_for(found.community, [year])
    asked, limits = found.round, found.limits
    if way == ANSWERS and asked is not None:
        return proposed(
            wishes_in(asked, set(limits["required"])),
            before,
            frequency=asked.frequency,
            year=year,
            nth=limits["nth"],
            quorum=limits["quorum"],
            sector_quorum=float(limits["each_sector"]),
            closed=closed,
        )
    return repeated(before, year=year, closed=closed) if before is not None else None
