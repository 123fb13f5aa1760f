"""Reads of rounds of ties. What was said in an open round is read by nobody."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q

from satuhati.web.meetings.queries import members_on
from satuhati.web.networks.actions import is_open
from satuhati.web.networks.kinds import FULL, opens_by_link
from satuhati.web.networks.models import (
    RosterEntry,
    Tie,
    TieAnswer,
    TieAsking,
    TieNomination,
    TieRound,
)
from satuhati.web.networks.naming import EXCHANGES, NOMINATIONS, TRUST
from satuhati.web.register.models import Actor, Consent
from satuhati.web.register.queries import holding
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.who import Who

ENOUGH_RESPONSE = 0.7
"""As in the profile: below it, ties of those who did not answer may be missing."""
FEW = 5
"""Fewer answers than this release nothing: one could work out who said what."""
NAMED_BY = 3
"""So many have to name somebody before it is said at all."""
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


# -- who may be named -----------------------------------------------------------------------------


def pseudonym(actor_id: int) -> str:
    """A word for somebody unnamed: the same everywhere, and nobody can go back from it.

    The code of the register would not do: the team reads the name beside it.
    """
    key = settings.SECRET_KEY.encode()
    digest = hmac.new(key, f"tie-alias:{actor_id}".encode(), hashlib.sha256).digest()
    return "".join(LETTERS[b % len(LETTERS)] for b in digest[:4])


def shown_names(actors: Iterable[Actor]) -> dict[int, str | None]:
    """By key, the name under which each may appear beside ties; ``None``: pseudonymised.

    Organisations and groups are named; people only with a consent for ties that is in force.
    """
    there = {one.pk: one for one in actors}
    agreed = set(
        Consent.objects.filter(
            actor__in=there, strand="ties", withdrawn_on__isnull=True
        ).values_list("actor", flat=True)
    )
    return {
        pk: (one.name or one.public_id) if one.kind != "person" or pk in agreed else None
        for pk, one in there.items()
    }


# -- rounds ---------------------------------------------------------------------------------------


def get_tie_rounds_for(who: Who) -> list[TieRound]:
    """All rounds, the newest first, with how many are on the roster and how many answered."""
    roster = RosterEntry.objects.values("round").annotate(
        n=Count("pk"), answered=Count("pk", filter=Q(responded=True))
    )
    counts = {r["round"]: (r["n"], r["answered"]) for r in roster}
    found: list[TieRound] = list(TieRound.objects.order_by("-wave", "-pk"))
    for one in found:
        one.roster, one.answered = counts.get(one.pk, (0, 0))
    return found


def any_round_closed(who: Who) -> bool:
    """Whether there is anything to draw."""
    found: bool = TieRound.objects.filter(closed_on__isnull=False).exists()
    return found


def get_tie_round_for(who: Who, code: str) -> TieRound | None:
    found: TieRound | None = (
        TieRound.objects.select_related("community").filter(public_id=code).first()
    )
    return found


def asking_of(round_: TieRound) -> TieAsking | None:
    """What an open round asks; ``None`` for one that came in closed, or with a package."""
    found: TieAsking | None = (
        TieAsking.objects.select_related("round", "community").filter(round=round_).first()
    )
    return found


def get_open_asking_for(who: Who) -> TieAsking | None:
    """The round that waits to be closed, whether or not it still takes answers."""
    found: TieAsking | None = (
        TieAsking.objects.select_related("round", "community")
        .filter(round__closed_on__isnull=True)
        .first()
    )
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """A round that takes answers, and when this person answered: not what."""

    asking: TieAsking
    answer: TieAnswer | None

    @property
    def full(self) -> bool:
        """Whether everybody on the list is gone through, instead of a few names written."""
        return bool(self.asking.kind == FULL)

    @property
    def by_link(self) -> bool:
        """Whether it may be answered by link, too."""
        return opens_by_link(self.asking)


def get_waiting_for(who: Who, actor: Actor | None) -> Waiting | None:
    """The open round in which this person is asked."""
    found = get_open_asking_for(who) if actor is not None else None
    if found is None or not is_open(found):
        return None
    if not RosterEntry.objects.filter(round=found.round, actor=actor).exists():
        return None
    return Waiting(found, TieAnswer.objects.filter(round=found.round, actor=actor).first())


@dataclass(frozen=True, slots=True)
class OnRoster:
    """Somebody who is asked, and whether they have answered: not what."""

    actor: Actor
    post: str
    answered: bool


def get_asked_for(who: Who, round_: TieRound) -> list[OnRoster]:
    """Who is asked in an open round, who has not answered first."""
    there = set(TieAnswer.objects.filter(round=round_).values_list("actor", flat=True))
    posts = {m.actor.pk: m.post or "" for m in members_on(today_in(who.community))}
    rows = RosterEntry.objects.filter(round=round_).select_related("actor")
    found = [OnRoster(r.actor, posts.get(r.actor_id, ""), r.actor_id in there) for r in rows]
    return sorted(found, key=lambda o: (o.answered, (o.actor.name or "").casefold()))


def get_entry_for(who: Who, round_: TieRound, person: str) -> OnRoster | None:
    """Somebody on the roster of a round, by public id."""
    row = (
        RosterEntry.objects.filter(round=round_, actor__public_id=person)
        .select_related("actor__community")
        .first()
    )
    if row is None:
        return None
    answered = TieAnswer.objects.filter(round=round_, actor=row.actor).exists()
    return OnRoster(row.actor, "", answered)


# -- a closed round -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pointed:
    """Somebody whom several named, by name or without, and whether they hold a post."""

    name: str | None
    alias: str
    has_post: bool


@dataclass(frozen=True, slots=True)
class Released:
    """What a closed round says; never who named whom."""

    roster: int
    answered: int
    ties: dict[str, int]
    work: int
    trust: list[tuple[str, int]]
    """Organisations, and how many answered that they would go there; ``FEW`` or more."""
    trust_of: int
    """How many had answered when that was released: it stays as it was, whoever is taken out."""
    nowhere: int
    """How many of these named no organisation."""
    trust_few: int
    """How many more organisations were named, by fewer."""
    pointed: dict[str, list[Pointed]]
    withheld: bool
    """Too few answered for anything about organisations or people to be said."""

    @property
    def response(self) -> float:
        return self.answered / self.roster if self.roster else 0.0

    @property
    def weak(self) -> bool:
        return self.response < ENOUGH_RESPONSE


def get_released_for(who: Who, round_: TieRound) -> Released | None:
    """The results of a closed round; ``None`` while it is open, for everybody."""
    if round_.closed_on is None:
        return None
    roster = RosterEntry.objects.filter(round=round_)
    answered = roster.filter(responded=True).count()
    told = Tie.objects.filter(round=round_).exclude(origin="work")
    counts = dict(told.values_list("relation").annotate(Count("pk")))
    asking = asking_of(round_)
    kept = None if asking is None or asking.answered is None else asking
    trust_of: int = answered if kept is None else kept.answered
    withheld = trust_of < FEW
    trust: list[tuple[str, int]] = []
    few = 0
    pointed: dict[str, list[Pointed]] = {}
    if not withheld:
        for name, code, n in _places(round_, kept=kept is not None):
            if n >= FEW:
                trust.append((name or code, n))
            else:
                few += 1
        trust.sort(key=lambda one: (-one[1], one[0].casefold()))
        pointed = _pointed(who, round_)
    return Released(
        roster=roster.count(),
        answered=answered,
        ties={relation: counts.get(relation, 0) for relation in EXCHANGES},
        work=Tie.objects.filter(round=round_, origin="work").count(),
        trust=trust,
        trust_of=trust_of,
        nowhere=answered - _somewhere(round_) if kept is None else kept.nowhere,
        trust_few=few,
        pointed=pointed,
        withheld=withheld,
    )


def _places(round_: TieRound, *, kept: bool) -> Iterable[tuple[str | None, str, int]]:
    """Organisations and how many named them: as released, or of a package counted from its ties."""
    if kept:
        rows = TieNomination.objects.filter(round=round_, question=TRUST)
        found: Iterable[tuple[str | None, str, int]] = rows.exclude(
            actor__kind="person"
        ).values_list("actor__name", "actor__public_id", "count")
        return found
    said = Tie.objects.filter(round=round_, relation=TRUST).exclude(origin="work")
    counted: Iterable[tuple[str | None, str, int]] = (
        said.exclude(target__kind="person")
        .values_list("target__name", "target__public_id")
        .annotate(n=Count("source", distinct=True))
    )
    return counted


def _somewhere(round_: TieRound) -> int:
    said = Tie.objects.filter(round=round_, relation=TRUST).exclude(origin="work")
    n: int = said.exclude(target__kind="person").values("source").distinct().count()
    return n


def _pointed(who: Who, round_: TieRound) -> dict[str, list[Pointed]]:
    asked = TieNomination.objects.filter(round=round_, question__in=NOMINATIONS)
    if not asked.exists():  # a round that came with a package did not ask
        return {}
    rows = list(asked.filter(count__gte=NAMED_BY).select_related("actor"))
    names = shown_names(row.actor for row in rows)
    posts = set(holding(today_in(who.community)).values_list("actor", flat=True))
    found: dict[str, list[Pointed]] = {question: [] for question in NOMINATIONS}
    for row in rows:
        one = Pointed(names[row.actor_id], pseudonym(row.actor_id), row.actor_id in posts)
        found[row.question].append(one)
    for some in found.values():  # by name, not by count: it is no rating
        some.sort(key=lambda p: (p.name is None, (p.name or p.alias).casefold()))
    return found


# -- trust of organisations -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trusted:
    """An organisation people would go to: how many said so, and in the round before.

    ``before`` is ``None`` where the round before released nothing of it.
    """

    name: str
    sector: str
    n: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Trust:
    """Where people of a closed round would go; never while it is open, never by fewer than five."""

    roster: int
    answered: int
    places: list[Trusted]
    few: int
    nowhere: int
    """How many who answered named no organisation."""
    withheld: bool
    before: TieRound | None
    before_answered: int


def get_trust_for(who: Who, round_: TieRound) -> Trust | None:
    """Organisations that people of a closed round would go to for help."""
    released = get_released_for(who, round_)
    if released is None:
        return None
    earlier = (
        TieRound.objects.filter(closed_on__isnull=False, wave__lt=round_.wave)
        .order_by("-wave", "-closed_on")
        .first()
    )
    last = get_released_for(who, earlier) if earlier is not None else None
    was = dict(last.trust) if last is not None else {}
    sectors = dict(Actor.objects.exclude(kind="person").values_list("name", "sector"))
    places = [
        Trusted(name, sectors.get(name) or "", n, was.get(name)) for name, n in released.trust
    ]
    return Trust(
        roster=released.roster, answered=released.trust_of, places=places,
        few=released.trust_few, nowhere=released.nowhere,
        withheld=released.withheld, before=earlier,
        before_answered=last.trust_of if last is not None else 0,
    )  # fmt: skip


# -- one's own ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OwnRound:
    """Whom one named in a closed round, by question: names of those who agreed, and how many
    others."""

    round: TieRound
    named: dict[str, list[str]]
    unnamed: dict[str, int]


def get_own_ties_for(who: Who) -> list[OwnRound]:
    """The reader's own answers in closed rounds, as on the map: of others only who agreed is named.

    Who named the reader is shown to nobody.
    """
    actor = who.membership.actor if who.membership else None
    if actor is None:
        return []
    ties = (
        Tie.objects.filter(source=actor, round__closed_on__isnull=False)
        .exclude(origin="work")
        .select_related("round", "target")
        .order_by("-round__wave", "pk")
    )
    ties = list(ties)
    shown = shown_names(tie.target for tie in ties)
    rounds: dict[TieRound, OwnRound] = {}
    for tie in ties:
        one = rounds.setdefault(tie.round, OwnRound(tie.round, {}, {}))
        name = shown[tie.target_id]
        named = one.named.setdefault(tie.relation, [])
        if name is None:
            one.unnamed[tie.relation] = one.unnamed.get(tie.relation, 0) + 1
        else:
            named.append(name)
    return list(rounds.values())
