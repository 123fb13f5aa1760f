"""The solver works in the background: web processes stay light."""

from __future__ import annotations

from django_tasks import task


@task()
def propose_together(sheet_id: int, revision: int) -> None:
    """Compute the hours of schedules that share rooms, unless they were asked for anew since."""
    from satuhati.web.rhythm.sharing_making import make_together  # the solver: in the worker only

    make_together(sheet_id, revision)


@task()
def propose_year(rotation_id: int, revision: int, way: str) -> None:
    """Compute the next year of a rotation, unless it was asked for anew since."""
    from satuhati.web.rhythm.continuing import make_year  # the solver: in the worker only

    make_year(rotation_id, revision, way)


@task()
def propose_rhythm(round_id: int, revision: int) -> None:
    """Compute the proposal of a round, unless it was asked for anew since."""
    from satuhati.web.rhythm.proposing import make_proposal  # the solver: in the worker only

    make_proposal(round_id, revision)
