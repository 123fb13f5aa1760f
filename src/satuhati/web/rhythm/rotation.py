"""Reads of rotations that go on: which year comes next, on what it rests, what it changes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

from satuhati.core.meetings.another_year import ANSWERS, TURNS, AnotherYear
from satuhati.core.stored import restored
from satuhati.text import Language
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.queries import members_on
from satuhati.web.meetings.schedule import turns_of
from satuhati.web.register.models import Actor
from satuhati.web.rhythm.models import Rotation, Wish, WishRound
from satuhati.web.rhythm.queries import named
from satuhati.web.tenancy.who import Who


def get_rotation_for(who: Who, series: MeetingSeries) -> Rotation | None:
    rows = Rotation.objects.select_related("round", "community", "series")
    found: Rotation | None = rows.filter(series=series).first()
    return found


def get_basis_for(who: Who, series: MeetingSeries) -> WishRound | None:
    """The round a rotation rests on: the one it was taken from, or, of one that was taken before
    this was kept, the newest whose proposal is its rule to the letter."""
    known = get_rotation_for(who, series)
    if known is not None:
        return known.round
    rounds = WishRound.objects.filter(kind=series.kind, frequency=series.frequency, rotation=True)
    for one in rounds.exclude(result=None).order_by("-made_at", "-pk"):
        plan = one.result.get("plan") or {}
        if series.rule and (plan.get("pattern") or {}).get("id") == series.rule:
            return one
    return None


def goes_on(series: MeetingSeries, basis: WishRound | None) -> str:
    """How it can go on: by the members' answers, by its turns, or (empty) not at all."""
    if basis is not None:
        return ANSWERS
    return TURNS if turns_of(series) is not None else ""


def get_next_year_for(who: Who, series: MeetingSeries, today: dt.date) -> int:
    """The calendar year to plan: after the last one planned, but none that is over.

    A date that was moved counts where it was first planned for.
    """
    rows = Meeting.objects.filter(series=series).values_list("date", "planned_for")
    last = max((planned or date for date, planned in rows), default=None)
    return today.year if last is None else max(last.year + 1, today.year)


def get_year_for(who: Who, found: Rotation) -> AnotherYear | None:
    """The year that was computed, with people and sections by name."""
    if found.result is None:
        return None
    try:
        made = restored(AnotherYear, found.result)
    except (KeyError, TypeError, ValueError):  # as an earlier version of the program kept it
        return None
    return made


def in_names(made: AnotherYear, lang: Language) -> AnotherYear:
    """The same with people and sections by name."""
    if made.proposal is None:
        return made
    return dataclasses.replace(made, proposal=named(made.proposal, lang))


def get_taken_days_for(who: Who, series: MeetingSeries, made: AnotherYear) -> set[dt.date]:
    """Days of the year that have a planned meeting of the kind already."""
    days = [turn.date for turn in made.turns]
    rows = Meeting.objects.filter(kind=series.kind, date__in=days, status="planned")
    return set(rows.values_list("date", flat=True))


@dataclass(frozen=True, slots=True)
class People:
    """Who is no longer there of those a rotation rests on, by name."""

    left: tuple[str, ...]
    required_left: tuple[str, ...]
    head_left: str


def get_people_for(who: Who, found: Rotation, today: dt.date) -> People:
    """Those who answered, were required or were followed, and are no longer of the group."""
    if found.round is None:
        return People((), (), "")
    here = {m.actor.pk for m in members_on(today)}
    said = Wish.objects.filter(round=found.round).select_related("actor")
    left = [w.actor for w in said if w.actor_id not in here]
    required = Actor.objects.filter(public_id__in=found.limits.get("required", ()))
    head = found.round.head
    gone = head is not None and head.pk not in here

    def names(some: list[Actor]) -> tuple[str, ...]:
        return tuple(sorted((a.name or a.public_id for a in some), key=str.casefold))

    return People(
        names(left),
        names([a for a in required if a.pk not in here]),
        (head.name or head.public_id) if gone and head is not None else "",
    )
