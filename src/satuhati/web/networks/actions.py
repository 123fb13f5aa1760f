"""What is done to rounds of ties: opened, answered, closed, dropped."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import F, Max

from satuhati.web.answers.models import AnswerLink
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.networks.kinds import FULL, RELATIONS, SHORT, opens_by_link
from satuhati.web.networks.models import (
    RosterEntry,
    Tie,
    TieAnswer,
    TieAsking,
    TieName,
    TieNomination,
    TieRound,
)
from satuhati.web.networks.naming import EXCHANGES, MOST, NOMINATIONS, QUESTIONS, TRUST
from satuhati.web.networks.work import work_ties
from satuhati.web.register.consent_actions import in_force, put_down
from satuhati.web.register.models import Actor
from satuhati.web.register.purposes import VERSION
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.keys import created, created_many
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

TIES = tuple(dict.fromkeys((*EXCHANGES, TRUST, *RELATIONS)))
"""Questions whose answers are ties; the others are counted per person."""


class RoundClosedError(Exception):
    """Answers are taken only while the round is open."""


class AlreadyOpenError(Exception):
    """One round at a time: who answers should not have to ask which."""


class NobodyAnsweredError(Exception):
    """A round without an answer would stand in the place of the last one that has some."""


def is_open(found: TieAsking) -> bool:
    """Whether answers are still taken."""
    return found.round.closed_on is None and today_in(found.community) <= found.closes_on


@action("ties.ask", "networks.edit")
def ask_ties(
    *,
    by: Who,
    people: Iterable[Actor],
    closes_on: dt.date,
    on: dt.date,
    note: str | None = None,
    kind: str = SHORT,
) -> Outcome[TieAsking]:
    """Open a round: its roster is who is asked. Raises :class:`AlreadyOpenError`.

    ``kind`` is ``short``, or ``roster`` for the full list that is gone through one by one.
    """
    if kind not in (SHORT, FULL):
        raise ValueError(kind)
    community = by.community
    assert community is not None
    Community.objects.select_for_update().get(pk=community.pk)  # of two at once one is first
    if TieAsking.objects.filter(round__closed_on__isnull=True).exists():
        raise AlreadyOpenError
    wave = (TieRound.objects.aggregate(last=Max("wave"))["last"] or 0) + 1
    made = created(TieRound, community, wave=wave, start=on, note=note or None)
    asked = {one.pk: one for one in people}
    created_many(
        RosterEntry,
        community,
        [{"round": made, "actor": one, "responded": False} for one in asked.values()],
    )
    asking = TieAsking.objects.create(
        community=community, round=made, closes_on=closes_on, kind=kind
    )
    details = {"rows": len(asked), "wave": wave, "kind": kind}
    return Outcome(asking, "tie_rounds", made.public_id, details)


@action("ties.say", "answers.give", data=False)
def say_ties(
    *,
    by: Who,
    round: TieRound,
    actor: Actor,
    names: Mapping[str, Sequence[Actor]],
    shown: bool,
    link: AnswerLink | None = None,
) -> Outcome[TieAnswer]:
    """Whom somebody names; the last word counts, as a whole. Raises :class:`RoundClosedError`.

    Only oneself may, signed in or by the own link: nobody answers for others, and nobody sees
    it. ``shown``: whether the own name may appear; a consent is noted or ended accordingly. A full
    list is answered by link only where all its names are public.
    """
    own = by.membership is not None and by.membership.actor_id == actor.pk
    by_link = link is not None and link.actor_id == actor.pk
    asked = RosterEntry.objects.filter(round=round, actor=actor).exists()
    if not (own or by_link) or not asked:
        raise NotAllowedError("ties")
    found = _taking(round)
    if not own and not opens_by_link(found):
        raise NotAllowedError("ties")
    return _put(found, actor, names, shown)


@action("ties.interview", "networks.edit", data=False)
def interview_ties(
    *, by: Who, round: TieRound, actor: Actor, names: Mapping[str, Sequence[Actor]], shown: bool
) -> Outcome[TieAnswer]:
    """What somebody said to an interviewer who went through the full list with them.

    Only in rounds of full lists, which say so before. Raises :class:`RoundClosedError`.
    """
    if not RosterEntry.objects.filter(round=round, actor=actor).exists():
        raise NotAllowedError("ties")
    found = _taking(round)
    if found.kind != FULL:
        raise NotAllowedError("ties")
    return _put(found, actor, names, shown)


def _taking(round: TieRound) -> TieAsking:
    """The asking of an open round, read again and locked: of an answer and a closing at the same
    time one comes first."""
    found: TieAsking = TieAsking.objects.select_for_update().get(round=round)
    found.round = TieRound.objects.get(pk=round.pk)
    if not is_open(found):
        raise RoundClosedError
    return found


def _put(
    found: TieAsking, actor: Actor, names: Mapping[str, Sequence[Actor]], shown: bool
) -> Outcome[TieAnswer]:
    """The answer in the place of the one before; in a full list only who stands on it is named."""
    round_ = found.round
    full = found.kind == FULL
    most = None if full else MOST
    there = set(RosterEntry.objects.filter(round=round_).values_list("actor", flat=True))
    TieAnswer.objects.filter(round=round_, actor=actor).delete()
    made = TieAnswer.objects.create(
        community=found.community, round=round_, actor=actor, purpose_version=VERSION
    )
    TieName.objects.bulk_create(
        TieName(answer=made, question=question, actor=one)
        for question in (RELATIONS if full else QUESTIONS)
        for one in dict.fromkeys(names.get(question, ())[:most])
        if one.pk != actor.pk
        and one.community_id == found.community_id
        and (not full or one.pk in there)
    )
    consent = _consent(actor, shown)
    return Outcome(made, "tie_rounds", round_.public_id, {"consent": consent})


def _consent(actor: Actor, shown: bool) -> str:
    there, today = in_force(actor, "ties"), today_in(actor.community)
    if shown and there is None:
        put_down(actor, "ties", today)
        return "given"
    if not shown and there is not None:
        # Only the name goes: this very answer says that the rest may be used.
        there.withdrawn_on, there.revision = today, there.revision + 1
        there.save(update_fields=["withdrawn_on", "revision"])
        return "ended"
    return "unchanged"


@action("ties.close", "networks.edit")
def close_ties(*, by: Who, round: TieRound, on: dt.date) -> Outcome[int]:
    """No more answers: they become ties as reported, and exchange from work is put beside them.

    The answers themselves are removed. Raises :class:`RoundClosedError` for a round that is
    closed, and :class:`NobodyAnsweredError`.
    """
    found = TieRound.objects.select_for_update().get(pk=round.pk)
    if found.closed_on is not None:
        raise RoundClosedError
    TieAsking.objects.select_for_update().filter(round=found).first()  # nobody answers meanwhile
    answers = TieAnswer.objects.filter(round=found)
    if not answers.exists():
        raise NobodyAnsweredError
    who_answered = list(answers.values_list("actor", flat=True))
    RosterEntry.objects.filter(round=found, actor__in=who_answered).update(
        responded=True, revision=F("revision") + 1
    )
    said = list(
        TieName.objects.filter(answer__round=found)
        .order_by("pk")
        .values_list("answer__actor", "question", "actor")
    )
    ties = [
        {"round": found, "source_id": source, "target_id": target, "relation": question,
         "origin": "reported"}
        for source, question, target in said
        if question in TIES and source != target
    ]  # fmt: skip
    counts = Counter((q, target) for source, q, target in said
                     if q in (*NOMINATIONS, TRUST) and source != target)  # fmt: skip
    TieNomination.objects.bulk_create(
        TieNomination(community=found.community, round=found, question=q, actor_id=who, count=n)
        for (q, who), n in counts.items()
    )
    somewhere = {source for source, q, _ in said if q == TRUST}
    TieAsking.objects.filter(round=found).update(
        answered=len(who_answered), nowhere=len(set(who_answered) - somewhere)
    )
    work = work_ties(found, on)
    created_many(Tie, found.community, [*ties, *work])
    TieRound.objects.filter(pk=found.pk).update(closed_on=on, revision=F("revision") + 1)
    answers.delete()
    details = {"rows": len(ties), "work": len(work), "answers": len(who_answered)}
    return Outcome(len(ties), "tie_rounds", found.public_id, details)


@action("ties.drop", "networks.edit")
def drop_ties(*, by: Who, round: TieRound) -> Outcome[None]:
    """An open round and all that was said in it go. Raises :class:`RoundClosedError`."""
    found = TieRound.objects.select_for_update().get(pk=round.pk)
    if found.closed_on is not None:
        raise RoundClosedError
    TieAsking.objects.select_for_update().filter(round=found).first()
    code = found.public_id
    RosterEntry.objects.filter(round=found).delete()
    Tie.objects.filter(round=found).delete()
    found.delete()
    return Outcome(None, "tie_rounds", code)
