"""PINs of six digits, and how often they may be tried.

A try is taken from the account before the PIN is looked at, in one statement: tries at the same
time cannot slip past the limit.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F, Q
from django.utils import timezone

from satuhati.web.tenancy.models import User

LENGTH, LIMIT = 6, 10
WAITS = {5: 1, 6: 2, 7: 5, 8: 10, 9: 15}
"""Minutes to wait after so many wrong PINs in a row."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a try came to. ``locked``: a new link is needed; ``wait``: minutes to wait."""

    right: bool
    left: int = 0
    wait: int = 0
    locked: bool = False


def is_trivial(pin: str) -> bool:
    """Whether a PIN is one that people try first: 111111, 123456, 121212, 123123."""
    steps = {(int(b) - int(a)) % 10 for a, b in itertools.pairwise(pin)}
    return (
        len(set(pin)) <= 2
        or steps in ({1}, {9})
        or pin[:3] == pin[3:]
        or pin[:2] == pin[2:4] == pin[4:]
        or pin in ("112233", "123321", "654321", "159753", "147258")
    )


def set_pin(user: User, pin: str) -> None:
    User.objects.filter(pk=user.pk).update(
        pin=make_password(pin), pin_failures=0, pin_wait_until=None
    )
    user.refresh_from_db()


def forget_pin(user: User) -> None:
    """With a new link the person chooses a new PIN."""
    User.objects.filter(pk=user.pk).update(pin="", pin_failures=0, pin_wait_until=None)


def is_locked(user: User) -> bool:
    return user.pin_failures >= LIMIT


def try_pin(user: User, pin: str) -> Tried:
    """Take one try and look."""
    now = timezone.now()
    free = Q(pin_wait_until__isnull=True) | Q(pin_wait_until__lte=now)
    taken = User.objects.filter(free, pk=user.pk, pin_failures__lt=LIMIT).update(
        pin_failures=F("pin_failures") + 1
    )
    user.refresh_from_db()
    if not taken:
        if is_locked(user):
            return Tried(False, locked=True)
        until = user.pin_wait_until or now
        return Tried(False, LIMIT - user.pin_failures, max(1, _minutes(until - now)))
    if check_password(pin, user.pin):
        User.objects.filter(pk=user.pk).update(pin_failures=0, pin_wait_until=None)
        return Tried(True)
    wait = WAITS.get(user.pin_failures, 0)
    if wait:
        until = now + dt.timedelta(minutes=wait)
        User.objects.filter(pk=user.pk).update(pin_wait_until=until)
    return Tried(False, LIMIT - user.pin_failures, wait, is_locked(user))


def _minutes(span: dt.timedelta) -> int:
    return int(-(-span.total_seconds() // 60))
