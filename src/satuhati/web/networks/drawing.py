"""Pictures of ties from the records. Loads the core: worker only."""

from __future__ import annotations

import dataclasses
import time
from collections import defaultdict
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django_scopes import scope

from satuhati.core.networks.pictures import ClosedRound, Pictures, Told, pictures
from satuhati.web.networks.map_queries import stand_in
from satuhati.web.networks.models import RosterEntry, Tie, TieAnswer, TieRound
from satuhati.web.networks.stored import FORM, StoredPictures
from satuhati.web.register.models import Actor, Consent
from satuhati.web.tenancy.models import Community


def withdrawn() -> dict[str, str]:
    """Who took their consent to ties back and gave none since, and when (ISO), by public id.

    Not who has answered since: their answer ended the consent to be named and says that the rest
    is counted, in earlier rounds too. Taking consent back itself removes answers.
    """
    rows = Consent.objects.filter(strand="ties").values_list("actor__public_id", "withdrawn_on")
    taken: dict[str, str] = {}
    given: set[str] = set()
    for actor, ended in rows:
        if ended is None:
            given.add(actor)
        else:
            taken[actor] = max(taken.get(actor, ""), ended.isoformat())
    since = dict(
        RosterEntry.objects.filter(responded=True, round__closed_on__isnull=False)
        .values_list("actor__public_id")
        .annotate(last=Max("round__closed_on"))
    )
    waiting = set(TieAnswer.objects.values_list("actor__public_id", flat=True))
    return {
        actor: day
        for actor, day in taken.items()
        if actor not in given | waiting and (actor not in since or since[actor].isoformat() < day)
    }


def pictures_of() -> Pictures:
    """The scope's closed rounds, one per wave: the one closed last, as the profile takes it.

    Whoever took consent back after a round closed is left out of it with all ties: their data are
    no longer used. An answer given without a name is counted, as in the profile.
    """
    taken = withdrawn()
    latest: dict[int, tuple[int, str]] = {}
    rounds = TieRound.objects.filter(closed_on__isnull=False)
    for pk, wave, closed in rounds.order_by("wave", "closed_on", "public_id").values_list(
        "pk", "wave", "closed_on"
    ):
        latest[wave] = (pk, closed.isoformat())
    wanted = [pk for pk, _ in latest.values()]
    gone = {
        pk: {actor for actor, day in taken.items() if day > closed}
        for pk, closed in latest.values()
    }
    asked: dict[int, dict[str, bool]] = defaultdict(dict)
    roster = RosterEntry.objects.filter(round__in=wanted).order_by("pk")
    for pk, actor, answered in roster.values_list("round", "actor__public_id", "responded"):
        if actor not in gone[pk]:
            asked[pk][actor] = asked[pk].get(actor, False) or answered
    told: dict[int, list[Told]] = defaultdict(list)
    for pk, source, target, relation, weight, origin in (
        Tie.objects.filter(round__in=wanted)
        .order_by("pk")
        .values_list(
            "round", "source__public_id", "target__public_id", "relation", "weight", "origin"
        )
    ):
        if source not in gone[pk] and target not in gone[pk]:
            told[pk].append(Told(source, target, relation, weight, origin or "reported"))
    body: dict[int, str | None] = dict(Actor.objects.values_list("pk", "sector"))
    sectors = {
        code: sector or body.get(organization)
        for code, sector, organization in Actor.objects.values_list(
            "public_id", "sector", "organization"
        )
    }
    return pictures(
        [
            ClosedRound(wave, closed, asked[pk], told[pk])
            for wave, (pk, closed) in sorted(latest.items())
        ],
        sectors,
        order=stand_in,
    )


def store(community_id: int) -> StoredPictures | None:
    """Compute and keep the pictures, unless they are there for these records."""
    community = Community.objects.filter(pk=community_id).first()
    if community is None:
        return None
    with scope(community=community):
        there: StoredPictures | None = StoredPictures.objects.filter(
            data_version=community.data_version
        ).first()
        if there is not None and there.whole:
            return there
        start = time.perf_counter()
        payload: dict[str, Any] = {**dataclasses.asdict(pictures_of()), "form": FORM}
        made, _ = StoredPictures.objects.update_or_create(
            community=community,
            defaults={
                "data_version": community.data_version,
                "payload": payload,
                "made_at": timezone.now(),
                "seconds": time.perf_counter() - start,
            },
        )
        found: StoredPictures = made
        return found
