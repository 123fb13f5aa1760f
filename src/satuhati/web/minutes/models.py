"""Minutes with their life, and the photos of a meeting.

Both name the meeting by the id of its record: they stay when records are put in place anew.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager


class Minutes(models.Model):
    """What was written down in a meeting beside its decisions and follow-ups.

    They are approved when the meeting's ``minutes_on`` is set; ``content`` is then what was
    approved, word for word. ``internal`` is for those who keep the records alone: it is no part
    of :class:`satuhati.reports.papers.minutes.MinutesSheet`, so no paper and no page can show it
    by mistake.
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    meeting = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(default=0)
    chair = models.CharField(max_length=200, blank=True, default="")
    taker = models.CharField(max_length=200, blank=True, default="")
    agenda = models.TextField(blank=True, default="")
    discussion = models.TextField(blank=True, default="")
    internal = models.TextField(blank=True, default="")
    content = models.JSONField(default=dict)
    shared = models.BooleanField(default=False)
    """Whether members may read them."""
    public = models.BooleanField(default=False)
    """Whether residents may, without names, on the public page."""

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["community", "meeting"], name="minutes_once")
        ]

    def __str__(self) -> str:
        return f"minutes of {self.meeting}"


class MinutesStep(models.Model):
    """Approved, reopened, shared, made public, taken back: who and when."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=300, blank=True, default="")

    def __str__(self) -> str:
        return f"step {self.pk}"


class MeetingPhoto(models.Model):
    """A photo of a meeting: of the signed sheet, or of the event. The file lies in the uploads."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    meeting = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=40, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["community", "meeting"], name="photo_by_meeting")
        ]

    def __str__(self) -> str:
        return f"photo {self.pk}"
