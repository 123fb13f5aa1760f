"""From a person to their token and back."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django_scopes import scopes_disabled

from satuhati.web.answers.models import AnswerLink
from satuhati.web.tenancy.clock import today_in

SIGNATURE_BYTES = 18
LONGEST = 80


def token_of(link: AnswerLink) -> str:
    """``12-Vx3…``: the row, and 144 bits nobody can make without the server's secret."""
    message = f"answer:{link.pk}:{link.salt}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
    return f"{link.pk}-{urlsafe_b64encode(digest[:SIGNATURE_BYTES]).decode()}"


def link_of(token: str) -> AnswerLink | None:
    """The link a token opens; ``None`` if it opens nothing, or its person has left."""
    key, dash, _ = token[:LONGEST].partition("-")
    if not dash or not (key.isascii() and key.isdecimal() and len(key) < 12):
        return None
    with scopes_disabled():
        found: AnswerLink | None = (
            AnswerLink.objects.select_related("actor__area", "community")
            .filter(pk=int(key))
            .first()
        )
    if found is None or not hmac.compare_digest(token_of(found).encode(), token.encode()):
        return None
    left = found.actor.left
    return None if left is not None and left <= today_in(found.community) else found


def address_of(link: AnswerLink, request: HttpRequest) -> str:
    """The whole address, as it is sent to the person."""
    base = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
    return base + reverse("answer", args=[token_of(link)])
