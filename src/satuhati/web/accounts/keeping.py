"""What is done to accounts from the command line of the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Prefetch
from django.utils import timezone

from satuhati.errors import InputError, Problem
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.tenancy.models import Community, Membership, PersonalLink, User
from satuhati.web.tenancy.rules import KEEPERS
from satuhati.web.tenancy.who import Who

NAME = 200


@dataclass(frozen=True, slots=True)
class Account:
    """An account as a list shows it. ``roles``: pairs of community code and role."""

    number: int
    name: str
    email: str | None
    active: bool
    administrator: bool
    roles: list[tuple[str, str]]
    link: bool
    last_seen: Any


def get_accounts_for(who: Who, community: str | None = None) -> list[Account]:
    """Every account of the server, or of one community, by number."""
    who.require("accounts.manage")
    held = Membership.objects.filter(ended__isnull=True).select_related("community")
    alive = PersonalLink.objects.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())
    found = User.objects.order_by("pk").prefetch_related(
        Prefetch("memberships", held.prefetch_related(Prefetch("links", alive)))
    )
    if community is not None:
        found = found.filter(
            memberships__community__code=community, memberships__ended__isnull=True
        )
    return [
        Account(
            number=user.pk,
            name=user.name,
            email=user.email,
            active=user.is_active,
            administrator=user.is_administrator,
            roles=[(m.community.code, m.role) for m in user.memberships.all()],
            link=any(m.links.all() for m in user.memberships.all()),
            last_seen=user.last_login,
        )
        for user in found
    ]


def find_account(who: str) -> User:
    """An account by number or e-mail. Raises :class:`InputError`."""
    by = {"pk": int(who)} if who.isdecimal() and len(who) < 18 else {"email": who.strip().lower()}
    found = User.objects.filter(**by).first()
    if found is None:
        raise InputError(Problem("account_unknown", fields={"who": who}))
    return found


def checked_email(email: str) -> str:
    """In lower case. Raises :class:`InputError` for what is no address."""
    cleaned = email.strip().lower()
    try:
        validate_email(cleaned)
    except ValidationError:
        fields = {"option": "--email", "value": email, "why": "nama@contoh.id?"}
        raise InputError(Problem("option_invalid", fields=fields)) from None
    return cleaned


@action("account.add", "accounts.manage", data=False)
def add_account(
    *, by: Who, name: str, email: str | None = None, administrator: bool = False
) -> Outcome[User]:
    """A new account. Raises :class:`InputError` where the e-mail has one or the name is no name."""
    shown = " ".join(name.split())
    if not shown or len(shown) > NAME or not shown.isprintable():
        why = f"1–{NAME}"
        fields = {"option": "NAME", "value": name[:40], "why": why}
        raise InputError(Problem("option_invalid", fields=fields))
    there = User.objects.filter(email=email).first() if email else None
    if there is not None:
        fields = {"email": str(email), "number": str(there.pk)}
        raise InputError(Problem("account_exists", fields=fields))
    made = User.objects.create_user(name=shown, email=email, is_administrator=administrator)
    return Outcome(made, "users", str(made.pk), {"administrator": administrator})


@action("account.disable", "accounts.manage", data=False)
def disable_account(*, by: Who, user: User) -> Outcome[list[str]]:
    """Nobody signs in with the account any more: its links and sessions end, its roles stay.

    Gives the codes of the communities that nobody looks after now: an account that is in wrong
    hands must close at once, even the last one.
    """
    now = timezone.now()
    links = PersonalLink.objects.filter(membership__user=user, revoked_at__isnull=True)
    ended = links.update(revoked_at=now)
    User.objects.filter(pk=user.pk).update(is_active=False, sign_out_before=now)
    kept = Community.objects.filter(
        memberships__user=user, memberships__ended__isnull=True, memberships__role__in=KEEPERS
    )
    others = Membership.objects.filter(
        community__in=kept, ended__isnull=True, role__in=KEEPERS, user__is_active=True
    )
    alone = kept.exclude(pk__in=others.values("community"))
    codes = sorted(set(alone.values_list("code", flat=True)))
    return Outcome(codes, "users", str(user.pk), {"links": ended})


@action("account.enable", "accounts.manage", data=False)
def enable_account(*, by: Who, user: User) -> Outcome[User]:
    """The account signs in again; links have to be made anew."""
    User.objects.filter(pk=user.pk).update(is_active=True)
    return Outcome(user, "users", str(user.pk))
