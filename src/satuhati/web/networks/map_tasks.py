"""Work in the background: pictures of ties."""

from __future__ import annotations

from django.core.cache import cache
from django_tasks import task


@task()
def draw_pictures(community_id: int) -> None:
    """Compute and keep the pictures of a community's ties."""
    from satuhati.web.networks.drawing import store  # the core: in the worker only

    store(community_id)


def ask_for_pictures(community_id: int) -> None:
    """Ask for pictures unless somebody did so in the last ten seconds."""
    if cache.add(f"pictures-{community_id}", 1, timeout=10):
        draw_pictures.enqueue(community_id)
