"""What is done to people, organisations and the assets they have."""

from __future__ import annotations

import datetime as dt
from typing import Any

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.register.models import Actor, Asset, Term
from satuhati.web.register.references import remove
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.keys import created
from satuhati.web.tenancy.who import Who


def _added(fields: dict[str, Any]) -> dict[str, Any]:
    """For the record: which fields were filled in, never with what."""
    return {"fields": sorted(name for name, value in fields.items() if value is not None)}


@action("person.add", "register.edit")
def add_actor(*, by: Who, **fields: Any) -> Outcome[Actor]:
    """A person, group or organisation; ``fields`` are those of the model."""
    made = created(Actor, by.community, **fields)  # type: ignore[arg-type]
    return Outcome(made, "actors", made.public_id, _added(fields))


@action("person.edit", "register.edit")
def edit_actor(
    *, by: Who, actor: Actor, revision: int, fields: dict[str, Any]
) -> Outcome[list[str]]:
    """Change a person or organisation. Raises ``ChangedMeanwhileError``."""
    changed = save_over(actor, revision, fields)
    return Outcome(changed, "actors", actor.public_id, {"fields": changed})


@action("person.leave", "register.edit")
def leave_actor(*, by: Who, actor: Actor, on: dt.date) -> Outcome[int]:
    """Somebody no longer takes part: the day is noted, and terms still running end with it."""
    save_over(actor, actor.revision, {"left": on})
    running = Term.objects.filter(actor=actor, start__lte=on).exclude(end__lte=on)
    ended = sum(bool(save_over(t, t.revision, {"end": on})) for t in running)
    return Outcome(ended, "actors", actor.public_id, {"fields": ["left"], "terms": ended})


@action("person.remove", "register.edit")
def remove_actor(*, by: Who, actor: Actor) -> Outcome[None]:
    """Take out what was entered by mistake. Raises ``StillReferredToError``."""
    remove(actor)
    return Outcome(None, "actors", actor.public_id)


# -- assets ---------------------------------------------------------------------------------------


@action("asset.add", "register.edit")
def add_asset(*, by: Who, **fields: Any) -> Outcome[Asset]:
    """Something a resident offers or looks for."""
    made = created(Asset, by.community, **fields)  # type: ignore[arg-type]
    return Outcome(made, "assets", made.public_id, _added(fields))


@action("asset.edit", "register.edit")
def edit_asset(
    *, by: Who, asset: Asset, revision: int, fields: dict[str, Any]
) -> Outcome[list[str]]:
    """Change an asset. Raises ``ChangedMeanwhileError``."""
    changed = save_over(asset, revision, fields)
    return Outcome(changed, "assets", asset.public_id, {"fields": changed})


@action("asset.use", "register.edit")
def use_asset(*, by: Who, asset: Asset, on: dt.date, used_for: str) -> Outcome[list[str]]:
    """Note that an asset was used; an earlier day does not take the place of a later one."""
    fields: dict[str, Any] = {}
    if asset.used_on is None or on >= asset.used_on:
        fields = {"used_on": on, "used_for": used_for or None}
    changed = save_over(asset, asset.revision, fields)
    return Outcome(changed, "assets", asset.public_id, {"fields": changed})


@action("asset.remove", "register.edit")
def remove_asset(*, by: Who, asset: Asset) -> Outcome[None]:
    """Take out an asset that was entered by mistake."""
    remove(asset)
    return Outcome(None, "assets", asset.public_id)
