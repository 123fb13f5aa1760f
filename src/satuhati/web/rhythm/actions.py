"""What is done to rounds of wishes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from satuhati.core.meetings.calendar import Slot
from satuhati.web.answers.models import AnswerLink
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.register.models import Actor
from satuhati.web.rhythm.models import SAYS, Wish, WishHour, WishRound, is_open
from satuhati.web.rhythm.tasks import propose_rhythm
from satuhati.web.tenancy.who import NotAllowedError, Who


class RoundClosedError(Exception):
    """Answers are taken only while the round is open."""


@action("wishes.ask", "meetings.edit", data=False)
def ask_wishes(
    *,
    by: Who,
    fields: Mapping[str, Any],
    hours: Sequence[tuple[str, Slot]],
    required: Iterable[Actor] = (),
) -> Outcome[WishRound]:
    """A round of asking, with its hours."""
    made = WishRound.objects.create(community=by.community, **fields)
    made.required.set(required)
    WishHour.objects.bulk_create(
        WishHour(round=made, label=label, weekday=slot.weekday, minute=slot.minute)
        for label, slot in hours
    )
    return Outcome(made, "wish_rounds", str(made.pk), {"rows": len(hours)})


@action("wishes.say", "answers.give", data=False)
def say_wishes(
    *,
    by: Who,
    round: WishRound,
    actor: Actor,
    hours: Mapping[str, str],
    with_head: bool,
    link: AnswerLink | None = None,
) -> Outcome[Wish]:
    """What somebody can and would rather not; the last word counts. Raises RoundClosedError."""
    own = by.membership is not None and by.membership.actor_id == actor.pk
    by_link = link is not None and link.actor_id == actor.pk
    if not (own or by_link or by.may("meetings.edit")):
        raise NotAllowedError("wish")
    # Read again and locked: of an answer and a closing at the same time one comes first.
    found = WishRound.objects.select_for_update().get(pk=round.pk)
    if not is_open(found):
        raise RoundClosedError
    known = {str(pk) for pk in WishHour.objects.filter(round=found).values_list("pk", flat=True)}
    said = {key: value for key, value in hours.items() if key in known and value in SAYS}
    fields = {"hours": said, "with_head": with_head and found.head_id is not None,
              "at": timezone.now()}  # fmt: skip
    made, _ = Wish.objects.update_or_create(round=found, actor=actor, defaults=fields)
    return Outcome(made, "wish_rounds", str(found.pk))


@action("wishes.close", "meetings.edit", data=False)
def close_round(*, by: Who, round: WishRound, on: dt.date) -> Outcome[WishRound]:
    """No more answers, and a proposal is asked for."""
    if round.closed_on is None:
        round.closed_on = on
        round.save(update_fields=["closed_on"])
    _ask(round)
    return Outcome(round, "wish_rounds", str(round.pk), {"fields": ["closed_on"]})


@action("wishes.propose", "meetings.edit", data=False)
def ask_proposal(
    *, by: Who, round: WishRound, fields: Mapping[str, Any], required: Iterable[Actor] | None = None
) -> Outcome[WishRound]:
    """A proposal of a closed round by other limits. Raises RoundClosedError while it is open."""
    if is_open(round):
        raise RoundClosedError
    for name, value in fields.items():
        setattr(round, name, value)
    round.save(update_fields=list(fields))
    if required is not None:
        round.required.set(required)
    _ask(round)
    return Outcome(round, "wish_rounds", str(round.pk), {"fields": sorted(fields)})


def _ask(round: WishRound) -> None:
    round.result = None
    round.asked_at = timezone.now()
    round.revision += 1
    round.save(update_fields=["result", "asked_at", "revision"])
    key, revision = round.pk, round.revision
    transaction.on_commit(lambda: propose_rhythm.enqueue(key, revision))


@action("wishes.remove", "meetings.edit", data=False)
def remove_round(*, by: Who, round: WishRound) -> Outcome[None]:
    """The round goes, and with it what everybody said."""
    key = str(round.pk)
    round.delete()
    return Outcome(None, "wish_rounds", key)
