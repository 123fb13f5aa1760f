"""Reads of accounts, roles and links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from satuhati.web.accounts import pins
from satuhati.web.accounts.actions import LINKS_FOR
from satuhati.web.register.models import Actor, Term
from satuhati.web.tenancy.models import Membership, PersonalLink
from satuhati.web.tenancy.who import Who


@dataclass(frozen=True, slots=True)
class LinkState:
    """A person and the state of their link: none, unused, used, expired, revoked, locked."""

    name: str
    actor: str | None
    membership: Membership | None
    state: str
    since: Any = None
    until: Any = None
    used: Any = None
    may_issue: bool = True


def get_members_for(who: Who) -> list[Membership]:
    """Everybody with a role in the reader's community, keepers first."""
    found = Membership.objects.filter(community=who.community, ended__isnull=True)
    order = {"field_officer": 0, "secretary": 1, "member": 2, "researcher": 3, "overseer": 4}
    return sorted(
        found.select_related("user"), key=lambda m: (order.get(m.role, 9), m.user.name.casefold())
    )


def get_link_states_for(who: Who) -> list[LinkState]:
    """People in office and people with a role, with their links."""
    today = timezone.localdate()
    newest = Prefetch("links", PersonalLink.objects.order_by("-pk"))
    members = list(
        Membership.objects.filter(community=who.community, ended__isnull=True)
        .select_related("user", "actor")
        .prefetch_related(newest)
    )
    states = [_state(who, m) for m in members]
    have = {m.actor_id for m in members}
    in_office = (
        Term.objects.filter(Q(end__isnull=True) | Q(end__gte=today), start__lte=today)
        .select_related("actor")
        .order_by("actor__name")
    )
    for one in in_office:
        if one.actor_id not in have and one.actor.kind == "person":
            have.add(one.actor_id)
            name = one.actor.name or one.actor.public_id
            states.append(LinkState(name, one.actor.public_id, None, "none"))
    return sorted(states, key=lambda s: s.name.casefold())


def _state(who: Who, membership: Membership) -> LinkState:
    name = membership.user.name
    may = membership.role in LINKS_FOR.get(who.role, ())
    links = list(membership.links.all())
    if not links:
        return LinkState(name, None, membership, "none", may_issue=may)
    link = links[0]
    if link.revoked_at is not None:
        state = "revoked"
    elif link.expires_at <= timezone.now():
        state = "expired"
    elif pins.is_locked(membership.user):
        state = "locked"
    else:
        state = "used" if link.last_used_at else "unused"
    return LinkState(
        name, None, membership, state, link.created_at, link.expires_at, link.last_used_at, may
    )


def person_for_link(who: Who, actor: str, membership: str) -> tuple[Any, Membership | None]:
    """The person of the register, or the membership, that a form named; or neither."""
    if membership.isdecimal():
        found = Membership.objects.filter(
            pk=int(membership), community=who.community, ended__isnull=True
        ).first()
        return None, found
    person = Actor.objects.filter(public_id=actor, kind="person").first() if actor else None
    if person is not None:
        there = Membership.objects.filter(
            community=who.community, actor=person, ended__isnull=True
        ).first()
        if there is not None:
            return None, there
    return person, None


def get_people_unclaimed_for(who: Who) -> list[Any]:
    """People of the register who are nobody's account yet, by name."""
    claimed = Membership.objects.filter(
        community=who.community, actor__isnull=False, ended__isnull=True
    ).values("actor")
    found = Actor.objects.filter(kind="person", left__isnull=True).exclude(pk__in=claimed)
    return sorted(found.exclude(name=None), key=lambda a: str(a.name).casefold())
