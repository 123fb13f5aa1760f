"""Reads of people, organisations, posts, terms, areas and assets."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from satuhati.framework import SECTIONS
from satuhati.web.register.models import Actor, Area, Asset, Post, Term
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.who import Who

SORTS = {
    "nama": ("name", "pk"),
    "sektor": ("sector", "name", "pk"),
    "wilayah": ("area__name", "name", "pk"),
    "bergabung": ("-joined", "name", "pk"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the register is looked at; every field may be empty."""

    words: str = ""
    sector: str = ""
    section: str = ""
    area: str = ""
    sort: str = "nama"
    former: bool = False

    @property
    def query(self) -> dict[str, str]:
        """The same as the query string of a list's address."""
        found = {
            "cari": self.words, "sektor": self.sector, "seksi": self.section, "wilayah": self.area,
            "urut": "" if self.sort == "nama" else self.sort, "dulu": "ya" if self.former else "",
        }  # fmt: skip
        return {k: v for k, v in found.items() if v}


def in_office(today: dt.date) -> Q:
    """Terms that run today."""
    return Q(start__lte=today) & (Q(end__isnull=True) | Q(end__gte=today))


def get_people_for(who: Who, kind: str, chosen: Filter) -> QuerySet[Any]:
    """People (``person``) or everybody else (``group``) that fit the filter."""
    today = today_in(who.community)
    found = Actor.objects.select_related("area", "organization")
    found = found.filter(kind="person") if kind == "person" else found.exclude(kind="person")
    if not chosen.former:
        found = found.filter(Q(left__isnull=True) | Q(left__gt=today))
    if chosen.words:
        found = found.filter(Q(name__icontains=chosen.words) | Q(public_id__iexact=chosen.words))
    if chosen.sector:
        found = found.filter(sector=chosen.sector)
    if chosen.area:
        found = found.filter(
            Q(area__public_id=chosen.area) | Q(area__parent__public_id=chosen.area)
        )
    if chosen.section:
        holders = Term.objects.filter(in_office(today), post__section=chosen.section)
        found = found.filter(pk__in=holders.values("actor"))
    order = [
        F(f.lstrip("-")).desc(nulls_last=True) if f.startswith("-") else F(f).asc(nulls_last=True)
        for f in SORTS.get(chosen.sort, SORTS["nama"])
    ]
    return found.order_by(*order)


def posts_of(who: Who, actors: list[Actor]) -> dict[int, list[str]]:
    """The posts these people hold now, by the person's key."""
    found: dict[int, list[str]] = defaultdict(list)
    terms = Term.objects.filter(in_office(today_in(who.community)), actor__in=actors)
    for actor, name in terms.order_by("pk").values_list("actor_id", "post__name"):
        found[actor].append(name)
    return found


def get_person_for(who: Who, public_id: str) -> Actor | None:
    found: Actor | None = (
        Actor.objects.select_related("area", "organization").filter(public_id=public_id).first()
    )
    return found


def get_terms_of(who: Who, actor: Actor) -> list[Any]:
    terms = Term.objects.filter(actor=actor).select_related("post", "deputy")
    return list(terms.order_by("-start", "pk"))


def get_structure_for(who: Who) -> list[tuple[str, list[tuple[Post, list[Any]]]]]:
    """Every post with who holds it now, the core first, then section by section."""
    holders: dict[int, list[Any]] = defaultdict(list)
    running = Term.objects.filter(in_office(today_in(who.community)))
    for term in running.select_related("actor", "deputy").order_by("pk"):
        holders[term.post_id].append(term)
    groups: dict[str, list[tuple[Post, list[Any]]]] = defaultdict(list)
    rank = ("patron", "advisor", "chair", "deputy_chair", "secretary", "treasurer",
            "section_head", "section_member", "member", "other")  # fmt: skip
    posts = sorted(Post.objects.all(), key=lambda p: (rank.index(p.kind), p.pk))
    for post in posts:
        groups[post.section or ""].append((post, holders.get(post.pk, [])))
    order = ["", *SECTIONS]
    return sorted(groups.items(), key=lambda g: order.index(g[0]))


def get_expiring_terms_for(who: Who, within_days: int) -> list[Any]:
    """Terms of office that end within so many days, the soonest first."""
    today = today_in(who.community)
    found = Term.objects.filter(end__gte=today, end__lte=today + dt.timedelta(days=within_days))
    return list(found.select_related("actor", "post").order_by("end", "pk")[:20])


def get_areas_for(who: Who) -> list[tuple[Area, int]]:
    """The areas as a tree, each with its depth; those without a parent first."""
    children: dict[int | None, list[Area]] = defaultdict(list)
    for area in Area.objects.order_by("name", "pk"):
        children[area.parent_id].append(area)
    found: list[tuple[Area, int]] = []
    waiting = [(area, 0) for area in reversed(children[None])]
    while waiting:
        area, depth = waiting.pop()
        found.append((area, depth))
        waiting += [(child, depth + 1) for child in reversed(children[area.pk])]
    return found


def get_assets_for(who: Who) -> QuerySet[Any]:
    found = Asset.objects.select_related("actor", "area")
    return found.order_by("direction", F("used_on").asc(nulls_first=True), "name", "pk")
