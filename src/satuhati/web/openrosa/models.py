"""What collecting with ODK Collect keeps beside the records: no evidence, no part of the package.

Rows name rounds by their public ids, not by keys, as :mod:`satuhati.web.surveys.beside` does.
"""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from satuhati.web.surveys.beside import random_key

RAW = ".bin"
"""The ending of a file as it came, until the worker has looked at it."""
TABLE = "collected"
"""Files that came with a submission bear this as their table and the submission's key as code."""


def new_salt() -> str:
    return secrets.token_urlsafe(12)


class CollectToken(models.Model):
    """The way in for one member's phone. The token itself stands in no column (ADR 27)."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    membership = models.ForeignKey("web.Membership", models.CASCADE, related_name="+")
    salt = models.CharField(max_length=40, default=new_salt)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)
    """The day a phone last asked for forms; when it sent something is in the trail alone."""

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="collect_token_once",
            )
        ]

    def __str__(self) -> str:
        return f"collect token {self.pk}"


class CollectForm(models.Model):
    """A form as phones got it. Versions stay: what was filled in with one can still be sent."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    round = models.CharField(max_length=200)
    form_id = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    title = models.TextField()
    xml = models.TextField()
    md5 = models.CharField(max_length=32)
    plan = models.JSONField(default=dict)
    """By what its answers are checked: :mod:`satuhati.web.openrosa.plan`."""

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["community", "round", "version"], name="collect_form_once"
            )
        ]

    def __str__(self) -> str:
        return f"collect form {self.pk}"


class Submission(models.Model):
    """What a phone sent, as it was taken; the worker makes an answer of it.

    Of an anonymous round it has no time, no sender and nothing the phone said of itself, its key
    says nothing of the order, and its values go once they are an answer.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key)
    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+", db_index=False)
    # No index of single keys: SQLite would take that of the community for all, and read every row.
    round = models.CharField(max_length=200)
    form = models.ForeignKey(CollectForm, models.RESTRICT, related_name="+", db_index=False)
    instance = models.CharField(max_length=255)
    root = models.CharField(max_length=255)
    """The first instance of a chain of edits; the answer is of this one."""
    replaces = models.CharField(max_length=255, blank=True, default="")
    digest = models.CharField(max_length=64)
    """Of the XML as it came: the same again is no second submission."""
    values = models.JSONField(null=True, default=dict)
    sender = models.ForeignKey(
        "web.User", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=12, blank=True, default="")
    """Empty until the worker comes by; then ``taken``, ``refused`` or ``replaced``."""
    reason = models.CharField(max_length=20, blank=True, default="")

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["community", "round", "instance"], name="submission_once"
            ),
            models.UniqueConstraint(
                fields=["community", "round", "replaces"],
                condition=~models.Q(replaces=""),
                name="submission_replaced_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "community", "round"], name="submission_waiting")
        ]

    def __str__(self) -> str:
        return f"submission {self.pk}"
