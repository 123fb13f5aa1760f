"""Services and who knows them; what residents say and what was asked of others."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from satuhati.web.tenancy.rows import Row


class Service(Row):
    """Services and activity groups, such as Rumah Anak SIGAP."""

    table: ClassVar[str] = "services"

    name = models.TextField()
    kind = models.CharField(max_length=40, null=True, blank=True)
    key = models.BooleanField(null=True, blank=True)
    provider = models.ForeignKey(
        "web.Actor", models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.TextField(null=True, blank=True)
    started = models.DateField(null=True, blank=True)
    ended = models.DateField(null=True, blank=True)


class Awareness(Row):
    """Of those asked, how many have heard, visited, enrolled and still come.

    A row is a person (asked = 1) or a tally of an RT.
    """

    table: ClassVar[str] = "awareness"

    service = models.ForeignKey("web.Service", models.PROTECT, related_name="+")
    date = models.DateField()
    wave = models.BigIntegerField(null=True, blank=True)
    area = models.ForeignKey("web.Area", models.PROTECT, null=True, blank=True, related_name="+")
    frame = models.CharField(max_length=40)
    channel = models.CharField(max_length=40, null=True, blank=True)
    asked = models.BigIntegerField()
    heard = models.BigIntegerField()
    visited = models.BigIntegerField(null=True, blank=True)
    enrolled = models.BigIntegerField(null=True, blank=True)
    continuing = models.BigIntegerField(null=True, blank=True)


class VoiceChannel(Row):
    """Where residents may ask and propose, and since when."""

    table: ClassVar[str] = "voice_channels"

    name = models.TextField()
    opened = models.DateField()
    closed = models.DateField(null=True, blank=True)


class ResidentVoice(Row):
    """What residents said, the reply, and its way to the budget."""

    table: ClassVar[str] = "voices"

    kind = models.CharField(max_length=40)
    date = models.DateField()
    channel = models.ForeignKey(
        "web.VoiceChannel", models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey("web.Area", models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey("web.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    replied_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=40, null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=40, null=True, blank=True)


class OutsideRequest(Row):
    """Institutions asked for help, and their answer."""

    table: ClassVar[str] = "requests"

    actor = models.ForeignKey("web.Actor", models.PROTECT, related_name="+")
    asked_on = models.DateField()
    text = models.TextField()
    answered_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=40, null=True, blank=True)
