"""Computes snapshots of the profile. Loads the core: worker only."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from typing import Any

from django.db import IntegrityError, transaction

from satuhati.core.profile.assemble import dossier
from satuhati.core.stored import stored
from satuhati.schema import SCHEMA_VERSION
from satuhati.schema.measures import measures
from satuhati.web.profile.figures import figures_of
from satuhati.web.profile.models import Snapshot, SnapshotPage
from satuhati.web.profile.package import from_database
from satuhati.web.profile.setting import set_pages, summary_of
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community

KEEP = 2
"""Snapshots kept per community: the newest, and the one a reader may still be looking at."""


def measures_hash() -> str:
    """Changes when a measure does: its snapshots are then made anew."""
    text = "\n".join(repr(m) for m in measures().values())
    return hashlib.sha256(text.encode()).hexdigest()


def make_snapshot(community_id: int, as_of: dt.date | None = None) -> Snapshot | None:
    """The snapshot of the records as they are now; one that is there already is kept."""
    start = time.perf_counter()
    community = Community.objects.filter(pk=community_id).first()
    if community is None:
        return None
    key: dict[str, Any] = {
        "community": community,
        "data_version": community.data_version,
        "schema_version": SCHEMA_VERSION,
        "measures_hash": measures_hash(),
        "audience": "team",
    }
    wanted = as_of or today_in(community)
    there = Snapshot.objects.filter(**key, as_of=wanted).first()
    if there is not None:
        return there
    data = from_database(community)
    found = dossier(data, community.code, wanted)
    payload = stored(found)
    summary = {**summary_of(community, found), "figures": figures_of(data, found)}
    pages = [SnapshotPage(**page) for page in set_pages(community, found)]
    try:
        with transaction.atomic():
            made = Snapshot.objects.create(
                **key,
                as_of=wanted,
                summary=summary,
                payload=payload,
                seconds=time.perf_counter() - start,
            )
            for page in pages:
                page.snapshot = made
            SnapshotPage.objects.bulk_create(pages, batch_size=200)
    except IntegrityError:  # another worker was quicker
        return Snapshot.objects.filter(**key, as_of=wanted).first()
    old = Snapshot.objects.filter(community=community).order_by("-made_at", "-pk")
    Snapshot.objects.filter(pk__in=list(old.values_list("pk", flat=True)[KEEP:])).delete()
    return made
