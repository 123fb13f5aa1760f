"""What is done to accounts, roles and links."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone

from satuhati.web.accounts import pins
from satuhati.web.accounts.links import hash_token, new_token
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.tenancy.models import Community, Membership, PersonalLink, User
from satuhati.web.tenancy.who import NotAllowedError, Who

GIVES: dict[str, tuple[str, ...]] = {
    "secretary": ("member", "secretary", "researcher", "overseer"),
    "field_officer": ("member", "secretary", "field_officer", "researcher", "overseer"),
    "administrator": ("member", "secretary", "field_officer", "researcher", "overseer"),
}
"""Which roles a role may give or take: never more than its own."""

LINKS_FOR: dict[str, tuple[str, ...]] = {
    "secretary": ("member",),
    "field_officer": ("member", "secretary"),
    "administrator": ("member", "secretary", "field_officer", "researcher", "overseer"),
}
"""For whom a role may make a personal link: a link opens that person's things."""


class LastKeeperError(Exception):
    """The last secretary of a community would be gone."""


@action("link.issue", "links.issue", data=False)
def issue_link(*, by: Who, actor: Any = None, membership: Membership | None = None) -> Outcome[str]:
    """A new link for a person of the register, or for somebody who has a role; its token.

    Older links of the person end, and the person chooses a new PIN.
    """
    community = by.community
    if membership is None:
        membership = Membership.objects.filter(
            community=community, actor=actor, ended__isnull=True
        ).first()
    if membership is None:
        user = User.objects.create_user(name=actor.name or actor.public_id)
        membership = Membership.objects.create(
            user=user, community=community, role="member", actor=actor
        )
    if membership.community_id != community.pk or membership.role not in LINKS_FOR[by.role]:  # type: ignore[union-attr]
        raise NotAllowedError("links.issue")
    now = timezone.now()
    membership.links.filter(revoked_at__isnull=True).update(revoked_at=now)
    pins.forget_pin(membership.user)
    token = new_token()
    PersonalLink.objects.create(
        membership=membership,
        token_hash=hash_token(token),
        created_by=by.user,
        expires_at=now + dt.timedelta(days=settings.LINK_DAYS),
    )
    return Outcome(token, "memberships", str(membership.pk))


@action("role.self", "links.issue", data=False)
def say_who_one_is(*, by: Who, actor: Any) -> Outcome[Membership]:
    """A keeper who began the community says which person of the register they are, once.

    Nobody else may have said the same. Raises ``NotAllowedError``.
    """
    if by.membership is None:
        raise NotAllowedError("role.self")
    # Of two who say they are the same person at once, one waits and is refused.
    person = type(actor).objects.select_for_update().get(pk=actor.pk)
    mine: Membership = Membership.objects.select_for_update().get(pk=by.membership.pk)
    there = Membership.objects.filter(community=by.community, actor=person, ended__isnull=True)
    if mine.actor_id is not None or person.kind != "person" or there.exists():
        raise NotAllowedError("role.self")
    mine.actor = person
    mine.save(update_fields=["actor"])
    return Outcome(mine, "actors", person.public_id)


@action("link.revoke", "links.issue", data=False)
def revoke_links(*, by: Who, membership: Membership) -> Outcome[int]:
    """End all links of a person, and the sessions opened by them."""
    if membership.community_id != by.community.pk or membership.role not in LINKS_FOR[by.role]:  # type: ignore[union-attr]
        raise NotAllowedError("links.issue")
    now = timezone.now()
    ended = membership.links.filter(revoked_at__isnull=True).update(revoked_at=now)
    User.objects.filter(pk=membership.user_id).update(sign_out_before=now)
    return Outcome(ended, "memberships", str(membership.pk), {"links": ended})


@action("role.give", "team.manage", data=False)
def give_role(*, by: Who, name: str, email: str, role: str) -> Outcome[Membership]:
    """Give a role to whoever signs in with this e-mail; the account is made if there is none."""
    if role not in GIVES[by.role]:
        raise NotAllowedError("team.manage")
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(name=name, email=email)
    return _give(by, user, role)


@action("role.give", "team.manage", data=False)
def give_role_to(*, by: Who, user: User, role: str) -> Outcome[Membership]:
    """Give a role to an account that is there, with or without e-mail."""
    if role not in GIVES[by.role]:
        raise NotAllowedError("team.manage")
    return _give(by, user, role)


def _give(by: Who, user: User, role: str) -> Outcome[Membership]:
    there = Membership.objects.filter(user=user, community=by.community, ended__isnull=True).first()
    if there is not None:
        _may_change(by, there)
        there.role = role
        there.save(update_fields=["role"])
        _keeper_left(by.community)
        return Outcome(there, "memberships", str(there.pk), {"role": role})
    made = Membership.objects.create(user=user, community=by.community, role=role)
    return Outcome(made, "memberships", str(made.pk), {"role": role})


@action("role.end", "team.manage", data=False)
def end_role(*, by: Who, membership: Membership) -> Outcome[Membership]:
    """End somebody's role; their links and sessions end with it."""
    _may_change(by, membership)
    now = timezone.now()
    membership.ended = timezone.localdate()
    membership.save(update_fields=["ended"])
    membership.links.filter(revoked_at__isnull=True).update(revoked_at=now)
    User.objects.filter(pk=membership.user_id).update(sign_out_before=now)
    _keeper_left(by.community)
    return Outcome(membership, "memberships", str(membership.pk), {"role": membership.role})


def _may_change(by: Who, membership: Membership) -> None:
    same = by.community is not None and membership.community_id == by.community.pk
    if not same or membership.role not in GIVES[by.role]:
        raise NotAllowedError("team.manage")


def _keeper_left(community: Community | None) -> None:
    """Raises ``LastKeeperError`` where nobody would be left to look after a community."""
    left = Membership.objects.filter(
        community=community, ended__isnull=True, role__in=("secretary", "field_officer")
    )
    if not left.exists():
        raise LastKeeperError


@action("account.pin", "signed_in", data=False)
def change_pin(*, by: Who, pin: str) -> Outcome[None]:
    if by.user is None:
        raise NotAllowedError("signed_in")
    pins.set_pin(by.user, pin)
    return Outcome(None)


@action("account.sign_out_everywhere", "signed_in", data=False)
def sign_out_everywhere(*, by: Who) -> Outcome[None]:
    """End all sessions of a person, on every device."""
    if by.user is None:
        raise NotAllowedError("signed_in")
    User.objects.filter(pk=by.user.pk).update(sign_out_before=timezone.now())
    return Outcome(None)
