"""Reads of people, organisations, posts, terms and areas."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from satuhati.framework import SECTIONS
from satuhati.web.register.models import Actor, Area, Asset, Post, Term
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.who import Who

CORE_KINDS = ("patron", "advisor", "chair", "deputy_chair", "secretary", "treasurer")
SHOWN = 50


def holding(day: dt.date) -> QuerySet[Any]:
    """Terms of office that run on a day."""
    return Term.objects.filter(Q(end__isnull=True) | Q(end__gte=day), start__lte=day)


def get_expiring_terms_for(who: Who, within_days: int) -> list[Any]:
    """Terms of office that end within so many days, the soonest first."""
    today = today_in(who.community)
    found = Term.objects.filter(end__gte=today, end__lte=today + dt.timedelta(days=within_days))
    return list(found.select_related("actor", "post").order_by("end", "pk")[:20])


# -- a person or an organisation ------------------------------------------------------------------


def get_actor_for(who: Who, code: str) -> Actor | None:
    """A person, organisation or group of the reader's community."""
    found = Actor.objects.select_related("area", "organization")
    one: Actor | None = found.filter(public_id=code).first()
    return one


@dataclass(frozen=True, slots=True)
class Held:
    """What belongs to a person or an organisation."""

    now: list[Term]
    before: list[Term]
    stands_in: list[Term]
    assets: list[Asset]
    members: list[Actor]
    member_count: int


def get_held_by_for(who: Who, actor: Actor) -> Held:
    """Posts now and before, whom they stand in for, assets; of an organisation its people."""
    today = today_in(who.community)
    terms = Term.objects.filter(Q(actor=actor) | Q(deputy=actor)).select_related(
        "post", "actor", "deputy"
    )
    now: list[Term] = []
    before: list[Term] = []
    stands_in: list[Term] = []
    for term in terms.order_by("-start", "-pk"):
        runs = term.end is None or term.end >= today
        if term.actor_id == actor.pk:
            (now if runs else before).append(term)
        elif runs:
            stands_in.append(term)
    members: list[Actor] = []
    count = 0
    if actor.kind != "person":
        below = Actor.objects.filter(organization=actor).exclude(left__lte=today)
        members = list(below.order_by("name", "pk")[: SHOWN + 1])
        count = len(members) if len(members) <= SHOWN else below.count()
    assets = list(Asset.objects.filter(actor=actor).order_by("-since", "pk"))
    return Held(now, before, stands_in, assets, members[:SHOWN], count)


# -- the working group by section -----------------------------------------------------------------


@dataclass(slots=True)
class PostHeld:
    """A post and who holds it now."""

    post: Post
    terms: list[Term] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """The core of the working group (``section`` is ``""``) or one of its sections."""

    section: str
    posts: list[PostHeld] = field(default_factory=list)

    @property
    def people(self) -> int:
        return len({t.actor_id for p in self.posts for t in p.terms})


def get_structure_for(who: Who) -> list[Part]:
    """The working group as it stands: core, then the sections, heads first. Two queries."""
    today = today_in(who.community)
    order = {kind: n for n, kind in enumerate((*CORE_KINDS, "section_head"))}
    held = {p.pk: PostHeld(p) for p in Post.objects.all()}
    terms = holding(today).select_related("actor", "deputy")
    for term in terms.order_by("actor__name", "pk"):
        held[term.post_id].terms.append(term)
    parts = {section: Part(section) for section in ("", *SECTIONS)}
    for one in sorted(
        held.values(), key=lambda h: (order.get(h.post.kind, 9), h.post.name.casefold())
    ):
        parts.setdefault(one.post.section or "", Part(one.post.section or "")).posts.append(one)
    return [part for part in parts.values() if part.posts]


# -- areas ----------------------------------------------------------------------------------------

LEVELS = ("province", "district", "subdistrict", "village", "dusun", "rw", "rt")


def natural(name: str) -> list[Any]:
    """A key that puts RW 2 before RW 10."""
    return [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.split(r"(\d+)", name.lower())]


@dataclass(slots=True)
class AreaNode:
    """An area in the tree, with how many people live there."""

    area: Area
    depth: int
    people: int
    below: list[AreaNode] = field(default_factory=list)


def get_area_tree_for(who: Who, words: str = "") -> list[AreaNode]:
    """All areas from the top, each followed by what lies in it. Two queries, whatever the depth.

    With ``words`` only areas whose name holds them, and what they are part of.
    """
    people = Actor.objects.filter(kind="person").exclude(left__lte=today_in(who.community))
    lived = dict(people.values_list("area").annotate(Count("pk")))
    nodes = {a.pk: AreaNode(a, 0, lived.get(a.pk, 0)) for a in Area.objects.all()}
    roots: list[AreaNode] = []
    for node in nodes.values():
        above = nodes.get(node.area.parent_id)
        (above.below if above else roots).append(node)
    wanted = words.casefold()
    found: list[AreaNode] = []

    def walk(some: Iterable[AreaNode], depth: int) -> bool:
        any_shown = False
        for node in sorted(some, key=_place):
            node.depth = depth
            at = len(found)
            found.append(node)
            inside = walk(node.below, depth + 1)
            if wanted and not inside and wanted not in node.area.name.casefold():
                del found[at:]
            else:
                any_shown = True
        return any_shown

    walk(roots, 0)
    return found


def _place(node: AreaNode) -> tuple[int, list[Any]]:
    level = node.area.level
    return (LEVELS.index(level) if level in LEVELS else 9, natural(node.area.name))


def area_options() -> list[tuple[str, str]]:
    """Every area by code and name, an RW before its RT."""
    rows = list(Area.objects.values_list("public_id", "name", "level"))
    rows.sort(key=lambda r: _above_first(r[1], r[2]))
    return [(code, name) for code, name, _ in rows]


def _above_first(name: str, level: str) -> Any:
    """RW 01, RT 01/RW 01, RT 02/RW 01, RW 02 …; villages and what lies above come first."""
    inner, _, above = name.partition("/")
    if level == "rt" and above:
        return (1, natural(above), 1, natural(inner))
    return (0 if level not in ("rt", "rw") else 1, natural(name), 0, [])


def within(code: str) -> list[int]:
    """The area of this code and all that lies in it, as database keys."""
    rows = list(Area.objects.values_list("pk", "parent_id", "public_id"))
    below: dict[int, list[int]] = {}
    for pk, parent, _ in rows:
        below.setdefault(parent, []).append(pk)
    found = [pk for pk, _, one in rows if one == code]
    seen = set(found)
    for pk in found:  # grows while it is walked: what lies deeper
        deeper = [child for child in below.get(pk, ()) if child not in seen]
        seen.update(deeper)
        found += deeper
    return found
