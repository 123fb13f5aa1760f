"""How the sign-in library behaves here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone: accounts come from a secretary, a field officer or the server."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Users have a random handle of their own."""


class MFAAdapter(DefaultMFAAdapter):
    """A passkey is another way in, not a second step after the e-mail code."""

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        return False
