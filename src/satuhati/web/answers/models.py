"""The one secret link by which a person of the register answers, without an account."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager


def new_salt() -> str:
    return secrets.token_urlsafe(12)


class AnswerLink(models.Model):
    """A person's link: to reply to invitations, to say which hours suit, to follow the calendar.

    It shows and changes what this person answered, and nothing of anybody else. The token is made
    from the row and the server's secret and stands in no column; a new salt ends the old token.
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    actor = models.OneToOneField("web.Actor", models.CASCADE, related_name="+")
    salt = models.CharField(max_length=40, default=new_salt)
    invited_by = models.ForeignKey(
        "web.Actor", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    """Whom this person would like to be asked by."""
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ScopedManager(community="community")

    def __str__(self) -> str:
        return f"answer link {self.pk}"
