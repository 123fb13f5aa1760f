"""Change between rounds of a survey, computed in the worker. Loads the core: worker only."""

from __future__ import annotations

import dataclasses
from typing import Any

from django_scopes import scope

from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.waves import RoundAnswers, wave_change
from satuhati.schema.measures import measures
from satuhati.web.surveys.beside import SurveyChange
from satuhati.web.surveys.models import Item, Round
from satuhati.web.surveys.queries import counted_answers, counted_rounds
from satuhati.web.surveys.waves import Against, earlier_of
from satuhati.web.tenancy.models import Community


def store_changes(community_id: int) -> int:
    """Of every closed round what changed since the one before; how many were written."""
    community = Community.objects.get(pk=community_id)
    with scope(community=community):
        rounds = list(counted_rounds().select_related("instrument"))
        SurveyChange.objects.exclude(round__in=[r.public_id for r in rounds]).delete()
        n = 0
        for round in rounds:
            against = earlier_of(round)
            if against is None:
                SurveyChange.objects.filter(round=round.public_id).delete()
                continue
            SurveyChange.objects.update_or_create(
                community=community, round=round.public_id,
                defaults={"payload": change_of(round, against)},
            )  # fmt: skip
            n += 1
    return n


def change_of(round: Round, against: Against) -> dict[str, Any]:
    """What may be shown of the difference between two rounds."""
    earlier = against.earlier
    found: dict[str, Any] = {
        "kind": against.kind, "earlier": earlier.public_id, "wave": earlier.wave,
        "frames": [earlier.frame, round.frame], "scales": [],
    }  # fmt: skip
    if against.kind == "apart":
        return found
    first, second = _answers(earlier), _answers(round)
    if against.kind == "panel":
        before, after = {p for p in first.people if p}, {p for p in second.people if p}
        found |= {"stayed": len(before & after), "left": len(before - after),
                  "came": len(after - before)}  # fmt: skip
    for scale in _scales(round):
        one = wave_change(scale, first, second, paired=against.kind == "panel")
        if one is not None:
            found["scales"].append(_as_told(dataclasses.asdict(one)))
    return found


def _as_told(one: dict[str, Any]) -> dict[str, Any]:
    """The change in the direction in which the profile reads the scale."""
    measure = next((m for m in measures().values() if (m.kind, m.of) == ("scale", one["scale"])),
                   None)  # fmt: skip
    if measure is None or (measure.anchor_low or 0) <= (measure.anchor_high or 0):
        return one
    ends = one["interval"]
    return {
        **one, "before": 100 - one["before"], "after": 100 - one["after"],
        "difference": -one["difference"], "interval": (-ends[1], -ends[0]) if ends else None,
    }  # fmt: skip


def _answers(round: Round) -> RoundAnswers:
    rows = (
        counted_answers()
        .filter(round=round)
        .values_list("actor__public_id", "values", "weight", "stratum", "cluster")
    )
    people, values, weights, strata, clusters = [], [], [], [], []
    for person, given, weight, stratum, cluster in rows:
        people.append(person or "")
        values.append(given)
        weights.append(weight)
        strata.append(stratum)
        clusters.append(cluster)
    return RoundAnswers(people, values, weights, strata, clusters)


def _scales(round: Round) -> list[Scale]:
    """The scales of a questionnaire whose items share one declared range."""
    items: dict[str, list[Item]] = {}
    for item in Item.objects.filter(instrument=round.instrument_id).order_by("public_id"):
        if item.scale and item.type in ("likert", "binary", "number"):
            items.setdefault(item.scale, []).append(item)
    found = []
    for name, own in items.items():
        if all(i.type == "number" for i in own):
            continue  # numbers that are typed, such as years, are no scale
        low, high = own[0].low, own[0].high
        if low is None or high is None or low >= high:
            continue
        if len({(i.low, i.high) for i in own}) == 1:
            turned = frozenset(i.name for i in own if i.reversed)
            found.append(Scale(name, tuple(i.name for i in own), turned, low, high))
    return found
