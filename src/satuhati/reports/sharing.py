"""Hours shared by several groups, in words: what was found, and who stands in whose way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from satuhati.core.meetings.sharing import Group, Sharing
from satuhati.errors import Doubt
from satuhati.reports.rhythm import limit_at
from satuhati.text import Translator, name_some


@dataclass(frozen=True, slots=True)
class Size:
    """A group, how many it has and how many of them answered: what words need, without arrays."""

    name: str
    members: int
    answered: int


def sizes_of(groups: Sequence[Group]) -> list[Size]:
    """The sizes of groups as they were shared among."""
    return [Size(g.name, len(g.wishes.members), sum(g.wishes.answered)) for g in groups]


def silent_groups(groups: Sequence[Size]) -> list[str]:
    """Groups none of whose members has answered."""
    return [g.name for g in groups if not g.answered]


def why(groups: Sequence[Size], found: Sharing, t: Translator) -> str | None:
    """What was reached, beside taking turns; ``None`` when there is nothing to tell."""
    if not found.places:
        return None
    told = {
        "groups": t.number(len(groups)),
        "present": t.number(found.total, 1),
        "members": t.number(sum(g.members for g in groups)),
        "first": t.number(found.first_come, 1),
    }
    if found.left_over:
        return t(
            "All {groups} groups have their hour, and no room or facilitator is needed twice at "
            "once: {present} of {members} people are expected. If each group in turn took the best "
            "that is left, {first} would be, and these would have none: {names}.",
            **told,
            names=name_some(found.left_over),
        )
    return t(
        "All {groups} groups have their hour, and no room or facilitator is needed twice at once: "
        "{present} of {members} people are expected. If each group in turn took the best that is "
        "left, {first} would be.",
        **told,
    )


def doubts(
    groups: Sequence[Size], found: Sharing, quorum: float, least: float, t: Translator
) -> list[Doubt]:
    """All that a reader has to be told with it. ``quorum``, ``least``: as asked of ``share``."""
    told = []
    silent = silent_groups(groups)
    if silent:
        told.append(
            Doubt("sharing_silent", {"n": t.number(len(silent)), "names": name_some(silent)})
        )
    for stuck in found.stuck:
        if len(stuck.groups) > 1:
            shared = [
                *(t("room {name}", name=room) for room in stuck.rooms),
                *(t("facilitator {name}", name=who) for who in stuck.facilitators),
            ]
            fields = {"groups": name_some(stuck.groups), "shared": name_some(shared)}
            told.append(Doubt("sharing_clash", fields))
        elif stuck.groups[0] not in silent:
            named = (
                limit_at(one, least if one.kind == "group" else quorum, t) for one in stuck.limits
            )
            fields = {"group": stuck.groups[0], "limits": "; ".join(named)}
            told.append(Doubt("sharing_alone", fields))
    closed = [f"{p.group}: {t.date(d.date)}" for p in found.places for d in p.days if d.closed]
    if closed:
        told.append(
            Doubt("rhythm_closed", {"n": t.number(len(closed)), "dates": name_some(closed)})
        )
    if groups and not found.stuck and not found.places:
        told.append(Doubt("sharing_unfinished"))
    elif found.places and not found.optimal:
        fields = {"total": t.number(found.total, 2), "bound": t.number(found.bound, 2)}
        told.append(Doubt("sharing_not_proven", fields))
    return told
