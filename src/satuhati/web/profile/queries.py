"""Reads of snapshots."""

from __future__ import annotations

from satuhati.web.profile.models import Snapshot
from satuhati.web.tenancy.who import Who


def latest_snapshot(who: Who, *, whole: bool = False) -> Snapshot | None:
    """The newest snapshot of the reader's community; the payload only if ``whole``."""
    found = Snapshot.objects.filter(community=who.community).order_by("-made_at", "-pk")
    return (found if whole else found.defer("payload")).first()
