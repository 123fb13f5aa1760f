"""A form that adds something is taken once, however often it is sent."""

from __future__ import annotations

import secrets

from django.core.cache import cache
from django.http import HttpRequest

DAY = 86400


def new_once(request: HttpRequest) -> str:
    """A word for the hidden field ``once``; the one that was sent, if the form came back."""
    return request.POST.get("once") or secrets.token_urlsafe(9)


def is_first(request: HttpRequest) -> bool:
    """Whether this form has not been taken yet; from now on it has.

    The cache is a table of the database: of two that arrive together one is first.
    """
    word = request.POST.get("once", "")[:40]
    if not word:
        return True
    request.once_taken = cache.add(_key(request, word), 1, DAY)
    return bool(request.once_taken)


def forget(request: HttpRequest) -> None:
    """The form failed and nothing was saved: it may be sent once more."""
    if getattr(request, "once_taken", False):
        cache.delete(_key(request, request.POST.get("once", "")[:40]))


def _key(request: HttpRequest, word: str) -> str:
    return f"once-{request.user.pk}-{word}"
