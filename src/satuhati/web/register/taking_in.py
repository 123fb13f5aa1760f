"""A whole list of people taken in at once: people, organisations, posts and terms, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.register.models import Actor, Area, Post, Term
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.keys import created_many
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

PostKey = tuple[str, str, str | None]
"""Kind, name, section."""
SINGLE = ("chair", "deputy_chair", "secretary", "treasurer", "section_head", "section_member",
          "member")  # fmt: skip
"""Kinds of which a group mostly has one post, whatever a list calls it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A post that a person of the list holds; days and decree only where the list tells them."""

    kind: str
    name: str
    section: str | None
    start: dt.date | None = None
    end: dt.date | None = None
    decree: str = ""

    @property
    def post(self) -> PostKey:
        return self.kind, self.name, self.section


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of a list as it is to be saved; ``same_as`` is who they are already."""

    name: str
    posts: tuple[Holding, ...]
    sector: str | None = None
    sex: str | None = None
    phone: str | None = None
    rt: str = ""
    rw: str = ""
    organization: str = ""
    same_as: Actor | None = None


@action("people.paste", "register.edit")
def take_in_people(
    *,
    by: Who,
    people: Sequence[Listed],
    start: dt.date,
    decree: str | None = None,
    end: dt.date | None = None,
    ends_others: bool = False,
) -> Outcome[dict[str, int]]:
    """Save a whole list, or nothing.

    Who is known already keeps what is on record; what was empty is filled in. ``ends_others``:
    terms that run and are not on the list end the day before ``start``.
    """
    community: Community = by.community  # type: ignore[assignment]
    areas = _areas(community, people)
    houses = _organizations(community, people)
    posts = _posts(community, people)
    actors, known = _actors(community, people, areas, houses, start)
    terms, listed = _terms(community, people, actors, posts, (start, end, decree or None))
    ended = _end_others(listed, start) if ends_others else 0
    counts = {"people": len(people) - known, "known": known, "terms": terms, "ended": ended}
    return Outcome(counts, "actors", "", counts)


def _areas(community: Community, people: Sequence[Listed]) -> dict[tuple[str, str], Area]:
    """The areas by RT and RW as written; those that are not there are made."""
    there: dict[tuple[str, str], Area] = {}
    for area in Area.objects.filter(level__in=("rw", "rt")):
        inner, _, above = area.name.partition("/")
        if area.level == "rw":
            there["", inner.removeprefix("RW").strip()] = area
        else:
            there[inner.removeprefix("RT").strip(), above.strip().removeprefix("RW").strip()] = area
    village = Area.objects.filter(level="village").first()
    wanted = dict.fromkeys((p.rt, p.rw) for p in people if p.rt or p.rw)
    rws = dict.fromkeys(rw for _, rw in wanted if rw and ("", rw) not in there)
    rows: list[dict[str, Any]] = [
        {"name": f"RW {rw}", "level": "rw", "parent": village} for rw in rws
    ]
    for rw, area in zip(rws, created_many(Area, community, rows), strict=True):
        there["", rw] = area
    rts = [key for key in wanted if key[0] and key not in there]
    rows = [
        {
            "name": f"RT {rt}/RW {rw}" if rw else f"RT {rt}",
            "level": "rt",
            "parent": there.get(("", rw)),
        }
        for rt, rw in rts
    ]
    there.update(zip(rts, created_many(Area, community, rows), strict=True))
    return there


def _organizations(community: Community, people: Sequence[Listed]) -> dict[str, Actor]:
    """Organisations by folded name; those that are not there are made."""
    groups = Actor.objects.exclude(kind="person").order_by("pk")
    there = {(a.name or "").casefold(): a for a in reversed(groups)}
    new: dict[str, Listed] = {}
    for one in people:
        key = one.organization.casefold()
        if key and key not in there:
            new.setdefault(key, one)
    rows = [
        {
            "name": one.organization,
            "kind": "organization",
            "sector": one.sector if one.sector != "pokja" else None,
        }
        for one in new.values()
    ]
    there.update(zip(new, created_many(Actor, community, rows), strict=True))
    return there


def _posts(community: Community, people: Sequence[Listed]) -> dict[PostKey, Post]:
    """The post of each key; one that is there under another usual name is the same post."""
    wanted = dict.fromkeys(h.post for one in people for h in one.posts)
    names: dict[tuple[str, str | None], set[str]] = {}
    for kind, name, section in wanted:
        names.setdefault((kind, section), set()).add(name.casefold())
    exact: dict[tuple[str, str, str | None], Post] = {}
    alike: dict[tuple[str, str | None], list[Post]] = {}
    for post in Post.objects.order_by("pk"):
        exact.setdefault((post.kind, post.name.casefold(), post.section), post)
        alike.setdefault((post.kind, post.section), []).append(post)
    found: dict[PostKey, Post] = {}
    new: list[PostKey] = []
    for key in wanted:
        kind, name, section = key
        post = exact.get((kind, name.casefold(), section))
        others = alike.get((kind, section), [])
        one_only = len(others) == 1 and len(names[kind, section]) == 1
        if post is None and kind in SINGLE and one_only:
            post = others[0]
        if post is not None:
            found[key] = post
        else:
            new.append(key)
    folded = {(k, n.casefold(), s): (k, n, s) for k, n, s in reversed(new)}
    rows = [{"kind": k, "name": n, "section": s} for k, n, s in folded.values()]
    made = dict(zip(folded, created_many(Post, community, rows), strict=True))
    for kind, name, section in new:
        found[kind, name, section] = made[kind, name.casefold(), section]
    return found


def _actors(
    community: Community,
    people: Sequence[Listed],
    areas: dict[tuple[str, str], Area],
    houses: dict[str, Actor],
    start: dt.date,
) -> tuple[list[Actor], int]:
    """Everybody of the list as saved, and how many of them were known before."""
    told = [
        {
            "sector": one.sector,
            "sex": one.sex,
            "phone": one.phone or None,
            "area": areas.get((one.rt, one.rw)),
            "organization": houses.get(one.organization.casefold()),
        }
        for one in people
    ]
    rows = [
        {"name": one.name, "kind": "person", "joined": start, **more}
        for one, more in zip(people, told, strict=True)
        if one.same_as is None
    ]
    made = iter(created_many(Actor, community, rows))
    found, known = [], 0
    for one, more in zip(people, told, strict=True):
        actor = one.same_as
        if actor is None:
            found.append(next(made))
            continue
        known += 1
        empty = {k: v for k, v in more.items() if v is not None and getattr(actor, k) is None}
        save_over(actor, actor.revision, empty)
        found.append(actor)
    return found, known


def _terms(
    community: Community,
    people: Sequence[Listed],
    actors: Sequence[Actor],
    posts: dict[PostKey, Post],
    usual: tuple[dt.date, dt.date | None, str | None],
) -> tuple[int, set[tuple[int, int]]]:
    """How many terms are new, and who holds what by the list. Who is in office stays so."""
    start, end, decree = usual
    running = set(
        Term.objects.exclude(end__lt=start).values_list("post_id", "actor_id")
    )  # fmt: skip
    listed: set[tuple[int, int]] = set()
    rows: list[dict[str, Any]] = []
    for one, actor in zip(people, actors, strict=True):
        for held in one.posts:
            post = posts[held.post]
            pair = (post.pk, actor.pk)
            if pair in listed:
                continue
            listed.add(pair)
            if pair in running:
                continue
            first = held.start or start
            last = held.end or (end if end is None or end >= first else None)
            rows.append(
                {"post": post, "actor": actor, "start": first, "end": last,
                 "decree": held.decree or decree}
            )  # fmt: skip
    created_many(Term, community, rows)
    return len(rows), listed


def _end_others(listed: set[tuple[int, int]], start: dt.date) -> int:
    """Former members' terms end the day before the new decree."""
    before = start - dt.timedelta(days=1)
    ended = 0
    for term in Term.objects.filter(start__lt=start).exclude(end__lt=start):
        if (term.post_id, term.actor_id) not in listed:
            ended += bool(save_over(term, term.revision, {"end": before}))
    return ended
