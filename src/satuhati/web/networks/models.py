"""Rounds of ties, who was asked, who named whom; and what an open round keeps to itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from satuhati.web.tenancy.rows import Row


class TieRound(Row):
    """When ties were asked for, and when the round closed."""

    table: ClassVar[str] = "tie_rounds"

    wave = models.BigIntegerField()
    start = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    note = models.TextField(null=True, blank=True)


class RosterEntry(Row):
    """Who was on the roster of a round, and who answered."""

    table: ClassVar[str] = "roster"

    round = models.ForeignKey("web.TieRound", models.PROTECT, related_name="+")
    actor = models.ForeignKey("web.Actor", models.PROTECT, related_name="+")
    responded = models.BooleanField()


class Tie(Row):
    """Who exchanges what with whom."""

    table: ClassVar[str] = "ties"

    round = models.ForeignKey("web.TieRound", models.PROTECT, related_name="+")
    source = models.ForeignKey("web.Actor", models.PROTECT, related_name="+")
    target = models.ForeignKey("web.Actor", models.PROTECT, related_name="+")
    relation = models.CharField(max_length=40)
    weight = models.FloatField(null=True, blank=True)
    origin = models.CharField(max_length=40, null=True, blank=True)


class TieAsking(models.Model):
    """What an open round needs beside its row of the schema: until when it takes answers."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    round = models.OneToOneField("web.TieRound", models.CASCADE, related_name="asking")
    closes_on = models.DateField()
    kind = models.CharField(max_length=20, default="short")
    """``short``: a few names to each question; ``roster``: everybody asked is gone through."""
    made_at = models.DateTimeField(default=timezone.now)
    answered = models.PositiveIntegerField(null=True, blank=True)
    """How many had answered on closing; what is told of organisations stays of these."""
    nowhere = models.PositiveIntegerField(null=True, blank=True)
    """How many of them named no organisation."""

    objects: ClassVar[Any] = ScopedManager(community="community")

    def __str__(self) -> str:
        return f"asking of ties {self.pk}"


class TieAnswer(models.Model):
    """That somebody answered an open round. Closing makes ties of it, and removes it."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    round = models.ForeignKey("web.TieRound", models.CASCADE, related_name="+")
    actor = models.ForeignKey("web.Actor", models.CASCADE, related_name="+")
    purpose_version = models.CharField(max_length=40)
    """The wording the person read before they answered."""
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "actor"], name="tie_answer_once")
        ]

    def __str__(self) -> str:
        return f"answer on ties {self.pk}"


class TieName(models.Model):
    """Whom an answer names, to which question. Nobody reads it while the round is open.

    A row each, so that who leaves the register leaves the answers too, and of two people who are
    merged the kept one is named.
    """

    answer = models.ForeignKey(TieAnswer, models.CASCADE, related_name="names")
    question = models.CharField(max_length=20)
    actor = models.ForeignKey("web.Actor", models.CASCADE, related_name="+")

    objects: ClassVar[Any] = ScopedManager(community="answer__community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["answer", "question", "actor"], name="tie_name_once")
        ]

    def __str__(self) -> str:
        return f"name {self.pk}"


class TieNomination(models.Model):
    """How many named somebody as one who spreads news or gets people moving; not who did.

    No relation between two people, so no tie of the schema. Of organisations people would go to
    the counts as they were released are kept here too: were they counted anew when somebody is
    taken out, the difference would tell whom that one named.
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    round = models.ForeignKey("web.TieRound", models.CASCADE, related_name="+")
    question = models.CharField(max_length=20)
    actor = models.ForeignKey("web.Actor", models.CASCADE, related_name="+")
    count = models.PositiveIntegerField()

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "question", "actor"], name="tie_nomination_once"
            )
        ]

    def __str__(self) -> str:
        return f"nomination {self.pk}"
