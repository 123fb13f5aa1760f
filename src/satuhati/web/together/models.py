"""How a group read its own profile: what the tables of the schema have no column for.

Verdicts, passages and predictions themselves are rows of the schema; here stands what led to
them. Rows are named by their public ids, which stay when a package replaces them.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager


class CellReading(models.Model):
    """A cell read in a meeting: the snapshot that was before the group, and how many agreed.

    ``verdict`` is the group's row in table ``verdicts``.
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    meeting = models.CharField(max_length=200)
    component = models.CharField(max_length=40)
    level = models.CharField(max_length=40)
    population = models.CharField(max_length=40)
    verdict = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(default=0)
    data_version = models.PositiveBigIntegerField()
    as_of = models.DateField(null=True)
    measures_hash = models.CharField(max_length=64)
    in_favour = models.PositiveIntegerField(null=True)
    against = models.PositiveIntegerField(null=True)
    by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["community", "meeting", "component", "level", "population"],
                name="cell_read_once",
            )
        ]

    def __str__(self) -> str:
        return f"reading {self.pk}"


class Statement(models.Model):
    """What was said against: by the group, of the machine's verdict, or by some, of the group's.

    ``actor`` is empty where it is \"a member\". With a ``direction`` it is a passage of the
    meeting's field notes as well: ``excerpt`` and ``coding`` are its rows there.
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    reading = models.ForeignKey(CellReading, models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=10)
    text = models.TextField()
    people = models.PositiveIntegerField(null=True)
    actor = models.CharField(max_length=200, blank=True, default="")
    population = models.CharField(max_length=40)
    direction = models.CharField(max_length=40, blank=True, default="")
    verdict = models.CharField(max_length=200, blank=True, default="")
    source = models.CharField(max_length=200, blank=True, default="")
    excerpt = models.CharField(max_length=200, blank=True, default="")
    coding = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar[Any] = ScopedManager(community="community")

    def __str__(self) -> str:
        return f"statement {self.pk}"


class MirrorRound(models.Model):
    """What the group predicts before it sees results: open, then closed for good.

    ``jointly``: one prediction of the group together; else each member has their own, which
    nobody sees before the round closes.
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    wave = models.PositiveIntegerField()
    jointly = models.BooleanField(default=False)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["community"],
                condition=models.Q(closed_on__isnull=True),
                name="one_open_mirror",
            )
        ]

    def __str__(self) -> str:
        return f"mirror {self.pk}"


class MirrorItem(models.Model):
    """A figure to predict. ``value`` is the group's word on closing; ``prediction`` its row."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    round = models.ForeignKey(MirrorRound, models.CASCADE, related_name="items")
    measure = models.CharField(max_length=60)
    service = models.CharField(max_length=200, blank=True, default="")
    value = models.FloatField(null=True)
    people = models.PositiveIntegerField(null=True)
    prediction = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "measure", "service"], name="predicted_once")
        ]

    def __str__(self) -> str:
        return f"mirror item {self.pk}"


class MirrorGuess(models.Model):
    """A member's own prediction, from 0 to 10 of ten. Never shown with a name."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    item = models.ForeignKey(MirrorItem, models.CASCADE, related_name="guesses")
    membership = models.ForeignKey("web.Membership", models.CASCADE, related_name="+")
    tenths = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "membership"], name="guessed_once")
        ]

    def __str__(self) -> str:
        return f"guess {self.pk}"


class DecisionVote(models.Model):
    """How a decision was reached, where a group wishes to keep that, with every objection.

    ``decision`` is the row's public id; ``objections`` holds one a line.
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    decision = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=20)
    in_favour = models.PositiveIntegerField(null=True)
    against = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)
    objections = models.TextField(blank=True, default="")

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["community", "decision"], name="voted_once")
        ]

    def __str__(self) -> str:
        return f"vote {self.pk}"
