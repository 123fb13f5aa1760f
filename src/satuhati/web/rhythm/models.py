"""When it suits whom: a round of asking, the hours asked about, and what each person said; and
where a rotation that came of it stands, to go on another year."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from satuhati.web.tenancy.clock import today_in

YES, MAYBE = "yes", "maybe"
SAYS = (YES, MAYBE)


class WishRound(models.Model):
    """The members are asked which hours suit them; until it closes nobody sees anybody's answer.

    ``result`` is a stored :class:`~satuhati.core.meetings.proposal.Proposal` that names people by
    their public id. No evidence: what the group then does is.
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=40)
    frequency = models.CharField(max_length=40)
    closes_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    grid = models.BooleanField(default=False)
    """The whole week hour by hour, rather than a few hours with a name."""
    head = models.ForeignKey("web.Actor", models.SET_NULL, null=True, blank=True, related_name="+")
    """Whose free hours others may follow: *hari Pak Lurah bisa*."""
    required = models.ManyToManyField("web.Actor", through="web.RequiredMember", related_name="+")
    rotation = models.BooleanField(default=False)
    nth = models.PositiveSmallIntegerField(default=2)
    quorum = models.FloatField(default=1)
    """Least number of each section that says yes."""
    each_sector = models.PositiveSmallIntegerField(default=0)
    """The same of each sector."""
    result = models.JSONField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    """When a proposal was last asked for; ``result`` is empty until it is there."""
    made_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = ScopedManager(community="community")

    def __str__(self) -> str:
        return f"round of wishes {self.pk}"


def is_open(found: WishRound) -> bool:
    """Whether answers are still taken."""
    return found.closed_on is None and today_in(found.community) <= found.closes_on


class RequiredMember(models.Model):
    """Somebody who has to be able to come. A model of its own: its key is then like the others'."""

    round = models.ForeignKey(WishRound, models.CASCADE, related_name="+")
    actor = models.ForeignKey("web.Actor", models.CASCADE, related_name="+")

    objects: ClassVar[Any] = ScopedManager(community="round__community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "actor"], name="required_once")
        ]

    def __str__(self) -> str:
        return f"required {self.pk}"


class WishHour(models.Model):
    """An hour of the week asked about, by the name the group gives it."""

    round = models.ForeignKey(WishRound, models.CASCADE, related_name="hours")
    label = models.CharField(max_length=100, blank=True, default="")
    weekday = models.PositiveSmallIntegerField()
    minute = models.PositiveSmallIntegerField()

    objects: ClassVar[Any] = ScopedManager(community="round__community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "weekday", "minute"], name="wish_hour_once")
        ]

    def __str__(self) -> str:
        return f"hour {self.pk}"


class Wish(models.Model):
    """What one person said of the hours of a round: ``hours`` by the key of the hour."""

    round = models.ForeignKey(WishRound, models.CASCADE, related_name="wishes")
    actor = models.ForeignKey("web.Actor", models.CASCADE, related_name="+")
    hours = models.JSONField(default=dict)
    with_head = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScopedManager(community="round__community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "actor"], name="wish_once")
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class SharedHours(models.Model):
    """Schedules that share rooms and people, looked at together: the sheet of a community.

    ``lines``: of each schedule (``series``) the ``round`` whose answers count, ``who`` belongs to
    it (a section, or empty for everybody), its ``rooms``, and ``people`` it needs, by public ids.
    ``result``: a stored :class:`~satuhati.web.rhythm.sharing.Together`. No evidence: the schedules
    that come of it are.
    """

    community = models.OneToOneField("web.Community", models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    weeks = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField(default=120)
    quorum = models.FloatField(default=1)
    lines = models.JSONField(default=list)
    result = models.JSONField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = ScopedManager(community="community")

    def __str__(self) -> str:
        return f"shared hours {self.pk}"


class Rotation(models.Model):
    """What a schedule of hours in turn rests on, and its next year while it is looked at.

    ``limits``: what was asked of the rhythm when it was taken (``nth``, ``quorum``,
    ``each_sector``, ``required`` by public ids), for the round's own may be tried out later.
    ``result``: a stored :class:`~satuhati.core.meetings.another_year.AnotherYear`.
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    series = models.OneToOneField("web.MeetingSeries", models.CASCADE, related_name="+")
    round = models.ForeignKey(
        WishRound, models.SET_NULL, null=True, blank=True, related_name="rotations"
    )
    limits = models.JSONField(default=dict)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    """The last date planned when the next year was asked for."""
    result = models.JSONField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = ScopedManager(community="community")

    def __str__(self) -> str:
        return f"rotation {self.pk}"
