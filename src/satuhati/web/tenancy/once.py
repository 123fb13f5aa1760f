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
    return not word or cache.add(f"once-{request.user.pk}-{word}", 1, DAY)
