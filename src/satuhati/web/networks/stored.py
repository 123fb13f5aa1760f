"""Pictures of ties, computed by the worker and kept beside the records; no evidence themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

FORM = 3
"""Raised when pictures hold more than before: kept ones of an older form are drawn anew."""


class StoredPictures(models.Model):
    """The pictures of a community's closed rounds. People stand in them by public id alone:
    names are looked up when a page is shown, so a withdrawn consent works at once."""

    community = models.OneToOneField("web.Community", models.CASCADE, related_name="+")
    data_version = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    seconds = models.FloatField(default=0)
    payload = models.JSONField(default=dict)

    objects: ClassVar[Any] = ScopedManager(community="community")

    @property
    def whole(self) -> bool:
        """Whether they hold what today's pages show."""
        return bool(self.payload.get("form") == FORM)

    def __str__(self) -> str:
        return f"pictures {self.pk}"
