"""What is done to a community itself."""

from __future__ import annotations

from typing import Any

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.models import Community, Membership
from satuhati.web.tenancy.who import Who


@action("community.edit", "settings.edit")
def edit_community(
    *, by: Who, community: Community, revision: int, fields: dict[str, Any]
) -> Outcome[Community]:
    """Change the community's row. Raises ``ChangedMeanwhileError``."""
    changed = save_over(community, revision, fields)
    return Outcome(community, "community", community.code, {"fields": changed})


@action("community.guide", "settings.edit", data=False)
def finish_guide(*, by: Who) -> Outcome[None]:
    Community.objects.filter(pk=by.community.pk).update(guide_done=True)  # type: ignore[union-attr]
    return Outcome(None)


@action("community.create", "community.create", data=False)
def create_community(*, by: Who, code: str, fields: dict[str, Any]) -> Outcome[Community]:
    """A new community; whoever makes it looks after it."""
    made = Community.objects.create(code=code, geographic=True, **fields)
    role = "field_officer" if by.role == "field_officer" else "secretary"
    if by.user is not None:
        Membership.objects.create(user=by.user, community=made, role=role)
    return Outcome(made, "community", made.code, {"fields": sorted(fields)}, community=made)
