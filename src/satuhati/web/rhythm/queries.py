"""Reads of rounds of wishes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from satuhati.core.meetings.calendar import Slot
from satuhati.core.meetings.limits import Limit
from satuhati.core.meetings.proposal import Choice, Proposal
from satuhati.core.stored import restored
from satuhati.reports.words import section
from satuhati.text import Language
from satuhati.web.meetings.queries import Member, members_on
from satuhati.web.register.models import Actor
from satuhati.web.rhythm.models import MAYBE, YES, Wish, WishHour, WishRound, is_open
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.who import Who


def get_rounds_for(who: Who) -> QuerySet[WishRound]:
    """All rounds with how many answered, the newest first."""
    found: QuerySet[WishRound] = WishRound.objects.annotate(answers=Count("wishes"))
    return found.order_by("-made_at", "-pk")


def get_round_for(who: Who, key: int) -> WishRound | None:
    found: WishRound | None = (
        WishRound.objects.select_related("head", "community").filter(pk=key).first()
    )
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A member, and whether they have answered: not what, which nobody sees."""

    member: Member
    answered: bool


def get_asked_for(who: Who, found: WishRound) -> list[Asked]:
    there = set(Wish.objects.filter(round=found).values_list("actor", flat=True))
    return [Asked(m, m.actor.pk in there) for m in members_on(today_in(who.community))]


@dataclass(frozen=True, slots=True)
class HourAsked:
    """An hour, and what the person said of it."""

    hour: WishHour
    slot: Slot
    said: str


@dataclass(frozen=True, slots=True)
class RoundAsked:
    """A round as one person sees it."""

    round: WishRound
    hours: list[HourAsked]
    wish: Wish | None


def get_open_rounds_for(who: Who, actor: Actor) -> list[RoundAsked]:
    """The open rounds in which this person is asked, with what they said."""
    today = today_in(who.community)
    rounds = [
        one
        for one in WishRound.objects.filter(closed_on__isnull=True, closes_on__gte=today)
        .select_related("head", "community").order_by("closes_on", "pk")
        if is_open(one)
    ]  # fmt: skip
    if not rounds or all(m.actor.pk != actor.pk for m in members_on(today)):
        return []
    wishes = {w.round_id: w for w in Wish.objects.filter(round__in=rounds, actor=actor)}
    found = []
    for one in rounds:
        wish = wishes.get(one.pk)
        hours = WishHour.objects.filter(round=one).order_by("weekday", "minute")
        found.append(
            RoundAsked(
                one,
                [
                    HourAsked(h, Slot(h.weekday, h.minute), _said(wish, h))
                    for h in hours
                ],
                wish,
            )
        )  # fmt: skip
    return found


def _said(wish: Wish | None, hour: WishHour) -> str:
    return str(wish.hours.get(str(hour.pk), "")) if wish is not None else ""


@dataclass(frozen=True, slots=True)
class HourCount:
    """How many said yes and if need be to an hour, once the round is closed."""

    label: str
    slot: Slot
    yes: int
    maybe: int


def get_counts_for(who: Who, found: WishRound) -> list[HourCount]:
    """What was said of each hour, the most wanted first; empty while the round is open."""
    if is_open(found):
        return []
    head = Wish.objects.filter(round=found, actor=found.head_id).first() if found.head_id else None
    wishes = list(Wish.objects.filter(round=found))
    counts = []
    for hour in WishHour.objects.filter(round=found):
        said = [_said(w, hour) for w in wishes]
        with_head = _said(head, hour)
        follow = [
            w for w, own in zip(wishes, said, strict=True) if w.with_head and own != YES
        ] if with_head == YES else []  # fmt: skip
        moved = {w.pk for w in follow}
        yes = said.count(YES) + len(follow)
        maybe = sum(s == MAYBE and w.pk not in moved for w, s in zip(wishes, said, strict=True))
        counts.append(HourCount(hour.label, Slot(hour.weekday, hour.minute), yes, maybe))
    counts.sort(key=lambda c: (-c.yes, -c.maybe, c.slot))
    return counts


def get_proposal_for(who: Who, found: WishRound, lang: Language) -> Proposal | None:
    """The stored proposal, with people and sections by name."""
    if found.result is None or is_open(found):
        return None
    try:
        stored = restored(Proposal, found.result)
    except (KeyError, TypeError, ValueError):  # as an earlier version of the program kept it
        return None
    return named(stored, lang)


def named(stored: Proposal, lang: Language) -> Proposal:
    """A proposal with people and sections by name."""
    names = {
        a.public_id: a.name or a.public_id
        for a in Actor.objects.filter(public_id__in=stored.members)
    }

    def name(code: str) -> str:
        return names.get(code, code)

    def limit(one: Limit) -> Limit:
        if one.kind != "section":
            return Limit(one.kind, name(one.name) if one.name else "")
        # The sentence says "section" itself.
        words = section(one.name, lang)
        return Limit(one.kind, words.removeprefix("Seksi ").removesuffix(" section"))

    def choice(one: Choice | None) -> Choice | None:
        if one is None or one.worst_member_id is None:
            return one
        return dataclasses.replace(one, worst_member_id=name(one.worst_member_id))

    near = stored.nearest
    if near is not None:
        near = dataclasses.replace(near, broken=tuple(map(limit, near.broken)))
    return dataclasses.replace(
        stored,
        members=tuple(map(name, stored.members)),
        plan=choice(stored.plan),
        vote=choice(stored.vote),
        clashes=tuple(tuple(map(limit, group)) for group in stored.clashes),
        nearest=near,
        excluded_by_vote=tuple(map(name, stored.excluded_by_vote)),
        silent=tuple(map(name, stored.silent)),
        never=tuple(map(name, stored.never)),
        seldom=tuple(map(name, stored.seldom)),
    )
