"""Personal links: made once, shown once, kept as a hash only."""

from __future__ import annotations

import hashlib
import secrets

from django.utils import timezone

from satuhati.web.tenancy.models import PersonalLink


def new_token() -> str:
    """192 bits: nobody guesses it."""
    return secrets.token_urlsafe(24)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(token: str) -> PersonalLink | None:
    """The link that a token opens; ``None`` if there is none or it no longer opens anything."""
    return alive(PersonalLink.objects.filter(token_hash=hash_token(token)))


def link_by_key(key: object) -> PersonalLink | None:
    """The link a session holds, if it is still alive."""
    if not isinstance(key, int):
        return None
    return alive(PersonalLink.objects.filter(pk=key))


def alive(links: object) -> PersonalLink | None:
    now = timezone.now()
    found: PersonalLink | None = (
        links.filter(  # type: ignore[attr-defined]
            revoked_at__isnull=True,
            expires_at__gt=now,
            membership__ended__isnull=True,
            membership__user__is_active=True,
        )
        .select_related("membership__user", "membership__community")
        .first()
    )
    return found
