"""Work in the background: snapshots, reports, imports, exports. The only door to the core."""

from __future__ import annotations

import time

from django.core.cache import cache
from django_tasks import task

from satuhati.web.meetings.tasks import YEAR
from satuhati.web.tenancy.files import sweep
from satuhati.web.tenancy.signals import figures_renewed

DAY = 86400


@task()
def refresh_snapshot(community_id: int) -> None:
    """Compute the profile of a community if its records changed since the last snapshot.

    With it the figures of attendance that *Keikutsertaan* opens with and the pictures of ties, so
    that nobody waits.
    """
    from satuhati.web.meetings.figures import store
    from satuhati.web.networks.drawing import store as store_pictures
    from satuhati.web.profile.snapshots import make_snapshot  # Polars: in the worker only

    made = make_snapshot(community_id)
    if made is not None and made.as_of is not None:
        store(community_id, "pokja", made.as_of - YEAR, made.as_of)
    store_pictures(community_id)
    figures_renewed.send(sender=None, community_id=community_id)


def ask_once(community_id: int) -> None:
    """Ask for a snapshot unless somebody did so in the last half minute."""
    if cache.add(f"snapshot-{community_id}", 1, timeout=30):
        refresh_snapshot.enqueue(community_id)


@task()
def housekeeping() -> None:
    """Seal the audit trail, sort what phones sent, and remove files nobody fetched."""
    from satuhati.web.audit.sealing import seal
    from satuhati.web.openrosa.sorting import sort_submissions
    from satuhati.web.profile.jobs import prune  # documents: in the worker only
    from satuhati.web.tenancy import papers

    seal()
    sort_submissions.enqueue()
    prune()
    papers.prune()
    sweep(older_than=time.time() - DAY)


@task()
def make_report(job_id: int) -> None:
    """Write the report a person asked for."""
    from satuhati.web.profile.jobs import write_report  # documents: in the worker only

    write_report(job_id)


@task()
def preview_import(job_id: int) -> None:
    """Read an uploaded package and say what it would change."""
    from satuhati.web.profile.jobs import preview  # Polars: in the worker only

    preview(job_id)


@task()
def apply_import(job_id: int) -> None:
    """Put an uploaded package in place of the records."""
    from satuhati.web.profile.jobs import apply  # Polars: in the worker only

    apply(job_id)


@task()
def make_export(job_id: int) -> None:
    """Write the whole community as a data package."""
    from satuhati.web.profile.jobs import export  # Polars: in the worker only

    export(job_id)


@task()
def make_answers(job_id: int) -> None:
    """Write the answers of a round for other programs."""
    from satuhati.web.profile.jobs import give_answers  # Polars: in the worker only

    give_answers(job_id)
