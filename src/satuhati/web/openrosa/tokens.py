"""From a member's token to who collects, and back. Remembered for seconds: a phone asks often."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import zlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django_scopes import scopes_disabled

from satuhati.text import LANGUAGES, Language
from satuhati.web.openrosa.models import CollectToken
from satuhati.web.tenancy.models import Community, User
from satuhati.web.tenancy.rules import ROLES, may
from satuhati.web.tenancy.who import Who

SIGNATURE_BYTES = 18
LONGEST = 80
RIGHT = "surveys.collect"
REMEMBERED = 5.0
"""Seconds in which a token is not looked up again. Before anything is taken it always is."""
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a token: a member with a right to collect, in one community."""

    token: int
    user: User
    role: str
    community: Community

    @property
    def lang(self) -> Language:
        return next((lang for lang in LANGUAGES if lang == self.user.language), "id")

    @property
    def who(self) -> Who:
        return Who(self.user, self.role, self.community, None, self.lang)


_known: dict[str, tuple[float, Holder]] = {}


def token_of(row: CollectToken) -> str:
    """``12-Vx3…``: the row, and 144 bits nobody can make without the server's secret."""
    message = f"collect:{row.pk}:{row.salt}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
    return f"{row.pk}-{urlsafe_b64encode(digest[:SIGNATURE_BYTES]).decode()}"


def holder_of(token: str) -> Holder | None:
    """Who holds it; ``None`` if it opens nothing: unknown, withdrawn, or no member any more."""
    now = time.monotonic()
    there = _known.get(token)
    if there is not None and now - there[0] < REMEMBERED:
        return there[1]
    found = _looked_up(token)
    if found is None:
        _known.pop(token, None)
        return None
    if len(_known) >= MOST:
        _known.clear()
    _known[token] = (now, found)
    return found


def forget() -> None:
    """Nothing is remembered any more: a token was withdrawn."""
    _known.clear()


def _looked_up(token: str) -> Holder | None:
    key, dash, _ = token[:LONGEST].partition("-")
    if not dash or not (key.isascii() and key.isdecimal() and len(key) < 12):
        return None
    with scopes_disabled():
        row: CollectToken | None = living().filter(pk=int(key)).first()
    if row is None or not hmac.compare_digest(token_of(row).encode(), token.encode()):
        return None
    member = row.membership
    return Holder(row.pk, member.user, member.role, row.community)


def living() -> Any:
    """Tokens that open something."""
    roles = [role for role in ROLES if may(role, RIGHT)]
    return CollectToken.objects.filter(
        withdrawn_at__isnull=True,
        membership__ended__isnull=True,
        membership__user__is_active=True,
        membership__role__in=roles,
    ).select_related("membership__user", "community")


def base_address(request: HttpRequest, token: str) -> str:
    """The address of the server as the phone is told it; Collect puts ``/formList`` behind it."""
    base = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
    return base + reverse("collect_server", args=[token]).rstrip("/")


def settings_code(address: str, name: str, lang: Language) -> str:
    """The text of the QR code that sets Collect up: its settings as JSON, packed.

    Format: https://docs.getodk.org/collect-import-export/. Only the server is ours; that forms
    follow it and are sent by themselves is what people in the field expect. The administrator's
    part is empty: we lock nobody out of their phone's settings.
    """
    said = {
        "general": {
            "server_url": address, "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular", "app_language": lang,
        },
        "admin": {},
        "project": {"name": name, "icon": "♥", "color": "#141b33"},
    }  # fmt: skip
    packed = zlib.compress(json.dumps(said, ensure_ascii=False).encode(), 9)
    return base64.b64encode(packed).decode("ascii")
