"""Meetings, who came, what was decided and what follows."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from satuhati.web.tenancy.rows import Row


class MeetingSeries(Row):
    """Meetings on a fixed schedule, with the frequency that was agreed."""

    table: ClassVar[str] = "meeting_series"

    name = models.TextField()
    kind = models.CharField(max_length=40)
    mechanism = models.CharField(max_length=40, null=True, blank=True)
    frequency = models.CharField(max_length=40, null=True, blank=True)
    rule = models.TextField(null=True, blank=True)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    quorum = models.FloatField(null=True, blank=True)


class Meeting(Row):
    """Meetings and joint events."""

    table: ClassVar[str] = "meetings"

    series = models.ForeignKey(
        "web.MeetingSeries", models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=40)
    date = models.DateField()
    time = models.CharField(max_length=5, null=True, blank=True)
    status = models.CharField(max_length=40)
    planned_for = models.DateField(null=True, blank=True)
    notice_on = models.DateField(null=True, blank=True)
    title = models.TextField(null=True, blank=True)
    place = models.TextField(null=True, blank=True)
    area = models.ForeignKey("web.Area", models.PROTECT, null=True, blank=True, related_name="+")
    households_invited = models.BigIntegerField(null=True, blank=True)
    households_present = models.BigIntegerField(null=True, blank=True)
    minutes_on = models.DateField(null=True, blank=True)


class Attendance(Row):
    """Who was present, represented, excused, ill or absent."""

    table: ClassVar[str] = "attendance"

    meeting = models.ForeignKey("web.Meeting", models.PROTECT, related_name="attendance_rows")
    actor = models.ForeignKey("web.Actor", models.PROTECT, related_name="+")
    status = models.CharField(max_length=40)
    reason = models.CharField(max_length=40, null=True, blank=True)
    represented_by = models.ForeignKey(
        "web.Actor", models.PROTECT, null=True, blank=True, related_name="+"
    )
    spoke = models.BooleanField(null=True, blank=True)


class Decision(Row):
    """What was decided in a meeting."""

    table: ClassVar[str] = "decisions"

    meeting = models.ForeignKey("web.Meeting", models.PROTECT, related_name="+")
    text = models.TextField()


class FollowUp(Row):
    """Tasks after a meeting: who, by when, done or not."""

    table: ClassVar[str] = "followups"

    decision = models.ForeignKey(
        "web.Decision", models.PROTECT, null=True, blank=True, related_name="followups"
    )
    meeting = models.ForeignKey(
        "web.Meeting", models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField()
    kind = models.CharField(max_length=40, null=True, blank=True)
    owner = models.ForeignKey("web.Actor", models.PROTECT, related_name="+")
    caller = models.ForeignKey("web.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    agreed_on = models.DateField()
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)


class FollowUpPartner(Row):
    """Who shares a follow-up or helped with it, and how."""

    table: ClassVar[str] = "followup_partners"

    followup = models.ForeignKey("web.FollowUp", models.PROTECT, related_name="+")
    actor = models.ForeignKey("web.Actor", models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    exchange = models.CharField(max_length=40, null=True, blank=True)
    promised = models.BooleanField(null=True, blank=True)
    delivered = models.BooleanField(null=True, blank=True)
    how = models.TextField(null=True, blank=True)


class Reply(models.Model):
    """What somebody answered to an invitation. Who came in the end is ``Attendance``."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    meeting = models.ForeignKey("web.Meeting", models.CASCADE, related_name="replies")
    actor = models.ForeignKey("web.Actor", models.CASCADE, related_name="+")
    answer = models.CharField(max_length=40)
    reason = models.CharField(max_length=40, null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "actor"], name="reply_once")
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"


class CheckIn(models.Model):
    """Somebody said by the QR code of a meeting that they are there. The list is ``Attendance``."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    meeting = models.ForeignKey("web.Meeting", models.CASCADE, related_name="+")
    actor = models.ForeignKey("web.Actor", models.CASCADE, related_name="+")
    by_link = models.BooleanField(default=False)
    """On a phone that knows their own link; else a name was chosen from the list."""
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "actor"], name="check_in_once")
        ]

    def __str__(self) -> str:
        return f"check-in {self.pk}"
