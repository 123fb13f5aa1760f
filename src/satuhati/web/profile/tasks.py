"""Work in the background: snapshots of the profile. The only place that loads the core."""

from __future__ import annotations

from django_tasks import task


@task()
def refresh_snapshot(community_id: int) -> None:
    """Compute the profile of a community if its records changed since the last snapshot."""
    from satuhati.web.profile.snapshots import make_snapshot  # Polars: in the worker only

    make_snapshot(community_id)
