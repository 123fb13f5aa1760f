"""Reads of rounds of a survey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from satuhati.web.register.models import Actor, Consent
from satuhati.web.register.queries import natural
from satuhati.web.surveys.asking import LISTED, PANEL, Group, subgroups, told
from satuhati.web.surveys.awareness import is_column, sections_of
from satuhati.web.surveys.beside import (
    AnswerFlag,
    AnswerLeftOut,
    HouseholdDrawn,
    SurveyAsked,
    SurveySetup,
)
from satuhati.web.surveys.models import Answer, Item, Round
from satuhati.web.surveys.sheet import Sheet, sheet_of
from satuhati.web.surveys.taking import STRAND, is_open
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.who import Who

ABOUT = ("area", "sex", "age_band", "schooling")
SHOWN = 100


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """A round, and how it is put if it is one of this server."""

    round: Round
    setup: SurveySetup | None
    answers: int

    @property
    def is_open(self) -> bool:
        return self.setup is not None and is_open(self.setup, self.round)

    @property
    def waits(self) -> bool:
        """Its time is over, and nobody has closed it yet."""
        return self.setup is not None and self.setup.closed_on is None and not self.is_open


def get_rounds_for(who: Who) -> list[RoundSeen]:
    """All rounds, the newest first."""
    setups = {s.round: s for s in SurveySetup.objects.select_related("community")}
    counts = dict(Answer.objects.values_list("round").annotate(Count("pk")))
    rounds = Round.objects.select_related("instrument").order_by("-end", "-pk")[:SHOWN]
    return [RoundSeen(r, setups.get(r.public_id), counts.get(r.pk, 0)) for r in rounds]


def get_unfinished_for(who: Who) -> list[RoundSeen]:
    """Rounds that nobody has closed yet, for Home."""
    setups = {s.round: s for s in SurveySetup.objects.filter(closed_on__isnull=True)
              .select_related("community")}  # fmt: skip
    if not setups:
        return []
    rounds = Round.objects.filter(public_id__in=setups).select_related("instrument")
    return [RoundSeen(r, setups[r.public_id], 0) for r in rounds.order_by("end", "pk")]


def get_round_for(who: Who, code: str) -> RoundSeen | None:
    found = Round.objects.select_related("instrument", "community").filter(public_id=code).first()
    if found is None:
        return None
    setup = SurveySetup.objects.select_related("community").filter(round=code).first()
    return RoundSeen(found, setup, Answer.objects.filter(round=found).count())


def questions_of(round: Round) -> list[str]:
    """The questions a round put, without those on services, which are chosen anew."""
    setup = SurveySetup.objects.filter(round=round.public_id).first()
    names = setup.items if setup is not None else round.instrument.item_order
    return [name for name in names if not is_column(name)]


def get_items_for(who: Who, seen: RoundSeen) -> list[Item]:
    """The questions of a round in their order; one that is gone is not put any more."""
    there = {i.name: i for i in Item.objects.filter(instrument=seen.round.instrument)}
    names = seen.setup.items if seen.setup is not None else seen.round.instrument.item_order
    return [there[n] for n in names if n in there]


def put_to_people(items: list[Item]) -> list[Item]:
    """Those of the columns that somebody reads: not what is computed, nor what is written in
    beside *something else*, which belongs to the question before."""
    names = {i.name for i in items}
    return [
        i for i in items
        if (i.text_id or i.text_en or i.type != "text")
        and not (i.type == "text" and i.name.removesuffix("_other") in names - {i.name})
    ]  # fmt: skip


def get_sheet_for(who: Who, seen: RoundSeen, *, personal: bool = True) -> Sheet:
    """A round's questions as they are put: order, relevance, constraints."""
    instrument = seen.round.instrument
    names = seen.setup.items if seen.setup is not None else instrument.item_order
    extra = sections_of(seen.setup.services) if seen.setup is not None else ()
    return sheet_of(instrument, names, personal=personal, extra=extra)


@dataclass(frozen=True, slots=True)
class Response:
    """Who is asked, who answered, and how groups of five and more respond."""

    people: list[tuple[Actor, str]]
    answered: int
    refused: int
    groups: list[Group]


def get_response_for(who: Who, seen: RoundSeen) -> Response:
    states = dict(
        SurveyAsked.objects.filter(round=seen.round.public_id).values_list("person", "state")
    )
    actors = list(
        Actor.objects.filter(public_id__in=states)
        .select_related("area")
        .order_by("name", "public_id")
    )
    answered = {code for code, state in states.items() if state == "answered"}
    return Response(
        [(a, states[a.public_id]) for a in actors],
        len(answered),
        sum(s in ("refused", "withdrawn") for s in states.values()),
        subgroups(actors, answered, today_in(who.community)),
    )


def get_households_for(who: Who, seen: RoundSeen) -> list[HouseholdDrawn]:
    """Those drawn, by area and code."""
    found = HouseholdDrawn.objects.filter(round=seen.round.public_id)
    return sorted(found, key=lambda h: (natural(h.stratum), natural(h.code)))


def strata_of(households: list[HouseholdDrawn]) -> list[Group]:
    """How many households of each area answered; areas of fewer than five are not told."""
    counts: dict[str, list[int]] = {}
    for one in households:
        pair = counts.setdefault(one.stratum, [0, 0])
        pair[0] += 1
        pair[1] += one.state == "answered"
    shown = told(counts, len(households))
    return [Group("stratum", name, *shown[name]) for name in sorted(shown, key=natural)]


def get_open_surveys_for(who: Who, actor: Actor) -> list[tuple[RoundSeen, SurveyAsked]]:
    """Rounds in which this person is asked: the open ones, and those they have answered by name."""
    asked = {a.round: a for a in SurveyAsked.objects.filter(person=actor.public_id)}
    if not asked:
        return []
    setups = {s.round: s for s in SurveySetup.objects.filter(round__in=asked)
              .select_related("community")}  # fmt: skip
    rounds = Round.objects.filter(public_id__in=setups).select_related("instrument")
    found = []
    for one in rounds.order_by("-end", "-pk"):
        seen = RoundSeen(one, setups[one.public_id], 0)
        mine = asked[one.public_id]
        if seen.is_open or (mine.state == "answered" and not one.anonymous):
            found.append((seen, mine))
    return found


def about_of(seen: RoundSeen, *, by_link: bool) -> tuple[str, ...]:
    """What is asked about the person. In a small group it would tell who it is, so nothing is."""
    if seen.round.population != "warga":
        return ()
    return () if by_link and not seen.round.anonymous else ABOUT


def may_be_opened(how: str) -> bool:
    """Whether a round may have an open address: of a draw only those drawn may answer."""
    return how not in ("sample", "households", PANEL)


def is_listed(setup: SurveySetup) -> bool:
    return setup.how in LISTED


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer that a check marked or that somebody left out. Its code names nobody."""

    code: str
    kinds: list[str]
    reason: str | None


def get_marked_for(who: Who, seen: RoundSeen) -> list[Marked]:
    """Answers to look at, the most marked first; only once the round is closed."""
    if seen.setup is None or seen.setup.closed_on is None:
        return []
    kinds: dict[str, list[str]] = {}
    for flag in AnswerFlag.objects.filter(round=seen.round.public_id).order_by("answer", "kind"):
        kinds.setdefault(flag.answer, []).append(flag.kind)
    out = dict(
        AnswerLeftOut.objects.filter(round=seen.round.public_id).values_list("answer", "reason")
    )
    codes = sorted({*kinds, *out}, key=lambda c: (-len(kinds.get(c, ())), c))
    return [Marked(c, kinds.get(c, []), out.get(c)) for c in codes]


def counted_rounds() -> QuerySet[Any]:
    """Rounds that are evidence: closed ones, and those that came with the records."""
    unfinished = SurveySetup.objects.filter(closed_on__isnull=True).values("round")
    return Round.objects.exclude(public_id__in=unfinished)


def counted_answers() -> QuerySet[Any]:
    """Answers that are evidence: of those rounds, not left out, consent not taken back.

    Records that were taken in as a package stay as they came.
    """
    out = AnswerLeftOut.objects.values("answer")
    consents = Consent.objects.filter(strand=STRAND)
    withdrawn = consents.filter(withdrawn_on__isnull=False).exclude(
        actor__in=consents.filter(withdrawn_on__isnull=True).values("actor")
    )
    unfinished = SurveySetup.objects.filter(closed_on__isnull=True).values("round")
    return (
        Answer.objects.exclude(round__public_id__in=unfinished)
        .exclude(public_id__in=out)
        .exclude(
            round__public_id__in=SurveySetup.objects.values("round"),
            actor__in=withdrawn.values("actor"),
        )
    )
