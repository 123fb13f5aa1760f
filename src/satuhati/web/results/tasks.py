"""Work in the background: what came out of rounds. The only door to the core."""

from __future__ import annotations

from django.core.cache import cache
from django_tasks import task

from satuhati.web.results.stored import GROUP, STUDY


@task()
def compute_results(community_id: int) -> None:
    """What the group sees of every closed round."""
    from satuhati.web.results.computing import store_all  # the core: in the worker only

    store_all(community_id)


@task()
def compute_study(community_id: int, round: str) -> None:
    """What a researcher sees of a round."""
    from satuhati.web.results.computing import store_study  # the core: in the worker only

    store_study(community_id, round)


def ask_for(community_id: int, round: str, kind: str) -> None:
    """Ask for figures unless somebody did so in the last ten seconds."""
    key = community_id if kind == GROUP else f"{community_id}-{round}"
    if not cache.add(f"results-{kind}-{key}", 1, timeout=10):
        return
    if kind == STUDY:
        compute_study.enqueue(community_id, round)
    else:
        compute_results.enqueue(community_id)
