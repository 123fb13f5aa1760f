"""From what members said to a proposal: in the worker, for the solver is heavy.

The chance that somebody comes at an hour is what they said (yes 1, if need be .5) times their
turn-out at meetings of this kind in the last two years, partially pooled; 1 where none is on
record. A voice in the plain vote is a yes. Of a section in which nobody answered nothing can be
required.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django_scopes import scope

from satuhati.core.meetings.calendar import Slot
from satuhati.core.stored import stored
from satuhati.web.meetings.local_days import closed_for
from satuhati.web.meetings.queries import members_on
from satuhati.web.meetings.turnout import get_turnout_for
from satuhati.web.rhythm.models import MAYBE, YES, WishRound
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.who import program

if TYPE_CHECKING:
    from satuhati.core.meetings.rhythm import Wishes

HALF = 7
"""From July on a proposal is for the next year: this one is half over."""
WEIGHT = {YES: 1.0, MAYBE: 0.5}


def make_proposal(round_id: int, revision: int) -> None:
    """Compute and store, unless the round is gone or was asked for anew."""
    found = WishRound._base_manager.select_related("community").filter(pk=round_id).first()
    if found is None or found.revision != revision:
        return
    with scope(community=found.community):
        result = proposal_of(found)
        WishRound.objects.filter(pk=round_id, revision=revision).update(result=result)


def proposal_of(found: WishRound) -> dict[str, object]:
    """The stored proposal of a round, for this year or from July on for the next."""
    from satuhati.core.meetings.proposal import propose

    today = today_in(found.community)
    year = today.year if today.month < HALF else today.year + 1
    required = set(found.required.values_list("public_id", flat=True))
    made = propose(
        wishes_in(found, required),
        kind="rotation" if found.rotation else "fixed",
        frequency=found.frequency,
        quorum=found.quorum,
        sector_quorum=float(found.each_sector),
        year=year,
        nth=found.nth,
        closed=closed_for(found.community, [year]),
    )
    result: dict[str, object] = stored(made)
    return result


def wishes_in(
    found: WishRound,
    required: Collection[str],
    *,
    only: Collection[int] | None = None,
    kind: str = "",
) -> Wishes:
    """What today's members said in a round, weighed by their turn-out; ``required``: public ids.

    ``only``: these members (keys) alone; ``kind``: of the meetings whose turn-out counts, if it is
    not the round's.
    Whom others follow is somebody of the group: of a head who has left, nobody follows the hours.
    """
    from satuhati.core.meetings.rhythm import wishes_of

    today = today_in(found.community)
    members = members_on(today)
    hours = sorted(found.hours.all(), key=lambda h: (h.weekday, h.minute))
    said = {wish.actor_id: wish for wish in found.wishes.all()}
    here = {m.actor.pk for m in members}
    if only is not None:
        members = [m for m in members if m.actor.pk in only]
    head = said.get(found.head_id) if found.head_id in here else None
    chance = get_turnout_for(
        program(found.community), kind or found.kind, today, [m.actor.pk for m in members]
    )
    says: list[list[float]] = []
    for member in members:
        wish = said.get(member.actor.pk)
        row = []
        for hour in hours:
            key = str(hour.pk)
            own = WEIGHT.get(wish.hours.get(key, ""), 0.0) if wish else 0.0
            if wish is not None and wish.with_head and head is not None:
                own = max(own, WEIGHT.get(head.hours.get(key, ""), 0.0))
            row.append(own)
        says.append(row)
    heard_of = {m.actor.sector for m in members if m.actor.pk in said}
    heard = {m.section for m in members if m.actor.pk in said}
    return wishes_of(
        [m.actor.public_id for m in members],
        [Slot(h.weekday, h.minute) for h in hours],
        says,
        section=[m.section if m.section in heard else None for m in members],
        must=[m.actor.public_id in required for m in members],
        answered=[m.actor.pk in said for m in members],
        turnout=[chance.get(m.actor.pk, 1.0) for m in members],
        sector=[m.actor.sector if m.actor.sector in heard_of else None for m in members],
        votes=[[x == 1.0 for x in row] for row in says],
    )  # fmt: skip
