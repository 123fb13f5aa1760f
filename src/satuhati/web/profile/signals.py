"""A change of the records asks for a new snapshot."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from satuhati.web.profile.tasks import refresh_snapshot
from satuhati.web.tenancy.signals import data_changed


@receiver(data_changed, dispatch_uid="profile.refresh")
def ask_for_snapshot(sender: object, community_id: int, **_: Any) -> None:
    refresh_snapshot.enqueue(community_id)
