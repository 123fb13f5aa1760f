"""How the sign-in library behaves here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest

from satuhati.text import translator


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone: accounts come from a secretary, a field officer or the server."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Users have a random handle of their own."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The one message we send: the code for signing in, in the reader's language."""
        if template_prefix != "account/email/login_code":
            return
        t = translator(getattr(self.request, "lang", "id"))
        code = t("Your code for signing in: {code}", code=context["code"])
        note = t("It holds for ten minutes. If you did not ask for it, you can ignore this e-mail.")
        EmailMessage(t("Your code for Satu Hati"), f"{code}\n\n{note}\n", to=[email]).send()


class MFAAdapter(DefaultMFAAdapter):
    """A passkey is another way in, not a second step after the e-mail code."""

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        return False
