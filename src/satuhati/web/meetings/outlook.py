"""Who will come: replies, who is not represented, the chance of a quorum, who might ask whom.

The chance that somebody comes is, after an *izin* or *sakit*, 0; without a reply the own turn-out,
partially pooled (:mod:`satuhati.core.meetings.quorum`); after a yes the turn-out of those who said
yes before, ``(came + 9) / (said + 10)``: nine in ten until the group's own replies say otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from satuhati.core.meetings.quorum import quorum_probability
from satuhati.framework import SECTIONS, SECTORS
from satuhati.reports.words import section, sector
from satuhati.text import Language, translator
from satuhati.web.answers.models import AnswerLink
from satuhati.web.meetings.models import Attendance, Meeting, Reply
from satuhati.web.meetings.queries import CAME, Invited, get_invited_for, get_replies_for
from satuhati.web.meetings.turnout import get_turnout_for
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.who import Who

PROMISES_KEPT, PROMISES = 9, 10
YOUTH = "15-24"
INVITERS = 2


@dataclass(slots=True)
class Guest:
    """Somebody invited: what they answered, how likely they come, who might ask them."""

    invited: Invited
    reply: Reply | None
    chance: float | None = None
    may_ask: list[Actor] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return self.invited.actor

    @property
    def comes(self) -> bool:
        return self.reply is not None and self.reply.answer in CAME


@dataclass(frozen=True, slots=True)
class Share:
    """A part of those invited: how many there are, how many said they come or are represented."""

    kind: str
    name: str
    invited: int
    coming: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """A meeting to come. ``quorum``: how many are needed; ``own_rule``: the group's own rule.

    ``probability`` and ``expected`` are ``None`` as long as no meeting of this kind is on record.
    """

    guests: list[Guest]
    counts: dict[str, int]
    silent: int
    needed: int
    own_rule: bool
    probability: float | None
    expected: float | None
    shares: list[Share]

    @property
    def coming(self) -> int:
        return sum(self.counts.get(code, 0) for code in CAME)

    @property
    def unrepresented(self) -> list[Share]:
        return [share for share in self.shares if not share.coming]


def get_outlook_for(who: Who, meeting: Meeting) -> Outlook:
    """Replies to a meeting, and what they promise. Six queries, however many are invited."""
    invited = get_invited_for(who, meeting)
    replies = get_replies_for(who, meeting)
    guests = [Guest(one, replies.get(one.actor.pk)) for one in invited]
    _chances(who, guests, meeting)
    _inviters(guests)
    counts = {"present": 0, "represented": 0, "excused": 0, "ill": 0}
    for guest in guests:
        if guest.reply is not None:
            counts[guest.reply.answer] += 1
    share = meeting.series.quorum if meeting.series is not None else None
    needed = math.ceil(share * len(guests) - 1e-9) if share else len(guests) // 2 + 1
    chances = [g.chance for g in guests if g.chance is not None]
    known = bool(guests) and len(chances) == len(guests)
    return Outlook(
        guests=guests,
        counts=counts,
        silent=sum(g.reply is None for g in guests),
        needed=needed,
        own_rule=bool(share),
        probability=quorum_probability(chances, needed) if known else None,
        expected=math.fsum(chances) if known else None,
        shares=_shares(guests),
    )


def _chances(who: Who, guests: list[Guest], meeting: Meeting) -> None:
    turnout = get_turnout_for(who, meeting.kind, meeting.date, [g.actor.pk for g in guests])
    if not turnout:
        return
    kept = _promise()
    for guest in guests:
        own = turnout[guest.actor.pk]
        if guest.reply is None:
            guest.chance = own
        else:
            guest.chance = max(own, kept) if guest.comes else 0.0


def _promise() -> float:
    """How often a yes was kept, with ten invented replies of which nine were."""
    yes = Reply.objects.filter(answer__in=CAME, meeting__status="held")
    row = Attendance.objects.filter(meeting=OuterRef("meeting"), actor=OuterRef("actor"))
    said = yes.filter(Exists(row)).count()
    came = yes.filter(Exists(row.filter(status__in=CAME))).count()
    return (came + PROMISES_KEPT) / (said + PROMISES)


def _inviters(guests: list[Guest]) -> None:
    """For who has not answered: whom they chose, else who comes of their section, then their RT."""
    chosen = {
        link.actor_id: link.invited_by
        for link in AnswerLink.objects.filter(
            actor__in=[g.actor.pk for g in guests if g.reply is None], invited_by__isnull=False
        ).select_related("invited_by")
    }
    sure = sorted((g for g in guests if g.comes), key=lambda g: -(g.chance or 0))
    for guest in guests:
        if guest.reply is not None:
            continue
        wish = chosen.get(guest.actor.pk)
        if wish is not None:
            guest.may_ask = [wish]
            continue
        section, area = guest.invited.section, guest.actor.area_id
        near = [g.actor for g in sure if section and g.invited.section == section]
        near += [g.actor for g in sure if area and g.actor.area_id == area and g.actor not in near]
        guest.may_ask = near[:INVITERS]


def _shares(guests: list[Guest]) -> list[Share]:
    """Sections, sectors, women and men, the young, RT: each with who is invited and who comes."""
    found: list[Share] = []

    def split(kind: str, part: Callable[[Guest], str | None], order: Iterable[str] = ()) -> None:
        names = {name for g in guests if (name := part(g))}
        rank = {name: n for n, name in enumerate(order)}
        for name in sorted(names, key=lambda n: (rank.get(n, len(rank)), n)):
            of = [g for g in guests if part(g) == name]
            found.append(Share(kind, name, len(of), sum(g.comes for g in of)))

    split("section", lambda g: g.invited.section, SECTIONS)
    split("sector", lambda g: g.actor.sector, SECTORS)
    split("sex", lambda g: g.actor.sex, ("female", "male"))
    split("youth", lambda g: YOUTH if g.actor.age_band == YOUTH else None)
    split("area", lambda g: g.actor.area.name if g.actor.area else None)
    return found


def outlook_words(lang: Language) -> dict[str, Callable[..., str]]:
    """What the pages say of a share and of a chance."""
    t = translator(lang)

    def share_word(share: Share) -> str:
        if share.kind == "section":
            return section(share.name, lang)
        if share.kind == "sector":
            return sector(share.name, lang)
        if share.kind == "sex":
            return t("Women") if share.name == "female" else t("Men")
        return t("The young (15–24)") if share.kind == "youth" else share.name

    def chance(probability: float) -> str:
        # Members influence each other: the last per cent is not ours to promise.
        percent = probability * 100
        said = ">99" if percent > 99 else "<1" if percent < 1 else t.number(percent)
        return f"{said} %"

    return {"share_word": share_word, "chance": chance}
