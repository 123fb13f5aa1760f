"""Work in the background: figures of attendance."""

from __future__ import annotations

import datetime as dt

from django.core.cache import cache
from django_tasks import task

YEAR = dt.timedelta(days=365)


@task()
def count_attendance(community_id: int, kind: str, since: str, until: str) -> None:
    """Compute and keep the figures of one kind of meeting over a period."""
    from satuhati.web.meetings.figures import store  # Polars: in the worker only

    store(community_id, kind, dt.date.fromisoformat(since), dt.date.fromisoformat(until))


def ask_for_figures(community_id: int, kind: str, since: dt.date, until: dt.date) -> None:
    """Ask for figures unless somebody asked for the same in the last ten seconds."""
    key = f"figures-{community_id}-{kind}-{since:%Y%m%d}-{until:%Y%m%d}"
    if cache.add(key, 1, timeout=10):
        count_attendance.enqueue(community_id, kind, since.isoformat(), until.isoformat())
