"""Written rules, unwritten values, and when they were in use."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from satuhati.web.tenancy.rows import Row


class Norm(Row):
    """Written rules and unwritten values."""

    table: ClassVar[str] = "norms"

    text = models.TextField()
    kind = models.CharField(max_length=40)
    topic = models.CharField(max_length=40, null=True, blank=True)
    document = models.TextField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)


class NormEvent(Row):
    """Norms invoked, kept or broken, by observer."""

    table: ClassVar[str] = "norm_events"

    norm = models.ForeignKey("web.Norm", models.PROTECT, related_name="+")
    event = models.CharField(max_length=40)
    date = models.DateField()
    meeting = models.ForeignKey(
        "web.Meeting", models.PROTECT, null=True, blank=True, related_name="+"
    )
    observer = models.ForeignKey(
        "web.Actor", models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(null=True, blank=True)


class NormReview(models.Model):
    """A norm looked at again: kept as it is, worded anew (as ``successor``), or let go.

    How the program is used, not evidence, so outside the tables of the schema. It names norms by
    their public ids, which stay when a package replaces the rows.
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    norm = models.CharField(max_length=200)
    answer = models.CharField(max_length=10)
    successor = models.CharField(max_length=200, blank=True, default="")
    date = models.DateField()
    by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["community", "norm"], name="review_by_norm")
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"
