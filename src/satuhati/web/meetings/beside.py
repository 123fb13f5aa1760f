"""What is kept beside the records: no evidence, no part of the data package, never public.

These rows name people and follow-ups by their public ids, not by keys: records may be replaced as
a whole by an import, and an id that was given is never given to another row.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager


class StoredFigures(models.Model):
    """Figures of attendance of a kind of meeting over a period, computed by the worker."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    data_version = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    payload = models.JSONField(default=dict)

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["community", "kind", "since", "until"], name="stored_figures_once"
            )
        ]

    def __str__(self) -> str:
        return f"figures {self.pk}"


class Greeting(models.Model):
    """Somebody who had been away was spoken to. Nothing of what was said is kept."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    person = models.CharField(max_length=200)
    on = models.DateField()
    by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["community", "person", "on"], name="greeting_once")
        ]

    def __str__(self) -> str:
        return f"greeting {self.pk}"


class FollowUpNote(models.Model):
    """Why a follow-up was dropped or its date moved."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    followup = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    on = models.DateField()
    text = models.TextField()

    objects: ClassVar[Any] = ScopedManager(community="community")

    def __str__(self) -> str:
        return f"note {self.pk}"
