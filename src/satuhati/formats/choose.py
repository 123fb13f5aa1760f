"""One community of several."""

from __future__ import annotations

from satuhati.core.community import CommunityData
from satuhati.errors import InputError, Problem
from satuhati.text import name_some


def choose(data: CommunityData, community: str | None) -> CommunityData:
    """The data of ``community``; all of them if ``None``. Raises ``InputError`` if unknown."""
    if community is None or data.communities == (community,):
        return data
    if community not in data.communities:
        fields = {"id": community, "known": name_some(data.communities)}
        raise InputError(Problem("community_unknown", fields=fields))
    return data.only(community)


def the_one(data: CommunityData) -> str:
    """The code of the only community; raises ``InputError`` where there are several or none."""
    if len(data.communities) == 1:
        return data.communities[0]
    fields = {"n": len(data.communities), "known": name_some(data.communities) or "–"}
    raise InputError(Problem("community_not_chosen", fields=fields))
