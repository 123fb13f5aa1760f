"""Answers about services become tallies in ``awareness`` when their round is closed.

Of each area (RW) and channel one row, if five people or more stand behind it; fewer are put with
the rest of their area, and those with the rest of the community, so that no row is a person. The
ids of the rows say which round they came from: counted again, the same rows are written anew.
Somebody who left a later question empty has not said that they visited, and is not counted as a
visitor.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max
from django.dispatch import receiver

from satuhati.schema.acting import CHANNELS
from satuhati.web.outreach.models import Awareness, Service
from satuhati.web.register.models import Area
from satuhati.web.surveys.awareness import CHANNEL, STAGES, column
from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.surveys.models import Round
from satuhati.web.surveys.queries import counted_answers
from satuhati.web.surveys.signals import counted

SMALL = 5
Place = tuple[int | None, str | None]


@receiver(counted, dispatch_uid="outreach.tally")
def tally(sender: object, setup: SurveySetup, round: Round, **_: Any) -> None:
    """Write the tallies of a closed round; those it had before go."""
    fresh = SurveySetup.objects.get(pk=setup.pk)
    if fresh.closed_on is None or not fresh.services:
        return
    rows = list(counted_answers().filter(round=round).values_list("area", "values"))
    for service in Service.objects.filter(public_id__in=fresh.services):
        mark = f"turus-{round.public_id}-"
        mine = Awareness.objects.filter(service=service, public_id__startswith=mark)
        wave = mine.aggregate(n=Max("wave"))["n"]
        mine.delete()
        if wave is None:
            others = Awareness.objects.filter(service=service, frame=round.frame)
            wave = (others.aggregate(n=Max("wave"))["n"] or 0) + 1
        Awareness.objects.bulk_create(
            Awareness(
                community=round.community, public_id=f"{mark}{service.public_id}-{n}",
                service=service, date=fresh.closed_on, wave=wave, frame=round.frame,
                area_id=area, channel=channel, **counts,
            )
            for n, ((area, channel), counts) in enumerate(_tallied(service.public_id, rows), 1)
        )  # fmt: skip


def _tallied(
    service: str, rows: Iterable[tuple[int | None, Mapping[str, Any]]]
) -> list[tuple[Place, dict[str, int]]]:
    wards = _wards()
    groups: dict[Place, Counter[str]] = defaultdict(Counter)
    for area, values in rows:
        if values.get(column(service, "heard")) is None:
            continue
        channel = values.get(column(service, CHANNEL))
        place = (wards.get(area) if area else None, channel if channel in CHANNELS else None)
        groups[place]["asked"] += 1
        for stage in STAGES:
            if not values.get(column(service, stage)):
                break
            groups[place][stage] += 1
    merged = _put_together(groups, lambda place: (place[0], None))
    merged = _put_together(merged, lambda place: (None, None))
    counts = [(p, {"asked": c["asked"], **{s: c[s] for s in STAGES}}) for p, c in merged.items()]
    return sorted(counts, key=lambda found: (found[0][0] or 0, found[0][1] or ""))


def _put_together(groups: Mapping[Place, Counter[str]], rest: Any) -> dict[Place, Counter[str]]:
    """Groups of fewer than five go into the rest."""
    found: dict[Place, Counter[str]] = defaultdict(Counter)
    for place, counts in groups.items():
        found[place if counts["asked"] >= SMALL else rest(place)] += counts
    return found


def _wards() -> dict[int, int]:
    """The RW in which each area lies; an area above is itself."""
    found = {}
    for area in Area.objects.select_related("parent"):
        coarse = area.parent if area.level == "rt" and area.parent is not None else area
        found[area.pk] = coarse.pk
    return found
