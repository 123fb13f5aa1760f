"""What is done to norms."""

from __future__ import annotations

import datetime as dt
from typing import Any

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.norms.models import Norm, NormEvent
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.keys import created
from satuhati.web.tenancy.who import NotAllowedError, Who


@action("norm.add", "norms.edit")
def add_norm(*, by: Who, **fields: Any) -> Outcome[Norm]:
    """A written rule or an unwritten value."""
    made = created(Norm, by.community, **fields)  # type: ignore[arg-type]
    return Outcome(made, "norms", made.public_id, {"fields": sorted(fields)})


@action("norm.edit", "norms.edit")
def edit_norm(*, by: Who, norm: Norm, revision: int, fields: dict[str, Any]) -> Outcome[Norm]:
    """Change a norm. Raises ``ChangedMeanwhileError``."""
    changed = save_over(norm, revision, fields)
    return Outcome(norm, "norms", norm.public_id, {"fields": changed})


@action("norm.observe", "norms.view")
def observe(
    *, by: Who, norm: Norm, event: str, date: dt.date, note: str | None
) -> Outcome[NormEvent]:
    """A norm was invoked, kept or broken, as the person who says so saw it.

    The observer is whoever is signed in: what two saw is two observations, and nobody can speak
    for somebody else. Raises ``NotAllowedError`` for somebody who is not in the register.
    """
    observer = by.membership.actor if by.membership else None
    if observer is None:
        raise NotAllowedError("norms")
    made = created(
        NormEvent, norm.community, norm=norm, event=event, date=date, note=note, observer=observer
    )
    return Outcome(made, "norm_events", made.public_id, {"kind": event})
