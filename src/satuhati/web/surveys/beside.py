"""What is kept beside a round of a survey: no evidence, no part of the data package.

These rows name rounds, people and answers by their public ids, not by keys: records may be
replaced as a whole by an import, and an id that was given is never given to another row.
"""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db import models
from django_scopes import ScopedManager

LOWEST_KEY, HIGHEST_KEY = 2**40, 2**62


def random_key() -> int:
    """A key that says nothing of the order in which rows came."""
    return LOWEST_KEY + secrets.randbelow(HIGHEST_KEY - LOWEST_KEY)


class SurveySetup(models.Model):
    """How a round of this server is put: its questions, its draw, its open address.

    While ``closed_on`` is empty the round and its answers are no part of the profile.
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    round = models.CharField(max_length=200)
    items = models.JSONField(default=list)
    """Names of the questions in the order in which they are put."""
    how = models.CharField(max_length=20)
    reason = models.TextField(blank=True, default="")
    """Why these people, of a purposive round."""
    seed = models.BigIntegerField(null=True, blank=True)
    frame_size = models.PositiveIntegerField(null=True, blank=True)
    """Of how many people the sample was drawn."""
    open_salt = models.CharField(max_length=40, blank=True, default="")
    """Not empty: the round has an open address, made from it and the server's secret."""
    closed_on = models.DateField(null=True, blank=True)
    draw = models.JSONField(null=True, blank=True)
    """Of a draw of households: how the sample was spread, and each stratum's frame and sample."""
    panel_of = models.CharField(max_length=200, blank=True, default="")
    """Not empty: the same people are asked as in that earlier round, each by name."""
    services = models.JSONField(default=list)
    """Services of which it is asked who knows them; on closing they become tallies."""

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["community", "round"], name="survey_setup_once")
        ]

    def __str__(self) -> str:
        return f"survey {self.pk}"


class SurveyAsked(models.Model):
    """Somebody who is asked in a round. In anonymous rounds only whether, never what or when."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    round = models.CharField(max_length=200)
    person = models.CharField(max_length=200)
    state = models.CharField(max_length=20, blank=True, default="")
    """Empty, ``answered``, ``refused`` or ``withdrawn``."""
    draft = models.JSONField(null=True, blank=True)
    """What was filled in so far, to return to; never of an anonymous round."""

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["community", "round", "person"], name="survey_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"asked {self.pk}"


class HouseholdDrawn(models.Model):
    """A household that was drawn: its code on the list, never a name, and whether it answered."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    round = models.CharField(max_length=200)
    code = models.CharField(max_length=100)
    stratum = models.CharField(max_length=200)
    weight = models.FloatField()
    state = models.CharField(max_length=20, blank=True, default="")
    """Empty, ``answered``, or why not: ``refused``, ``away``, ``gone``."""

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["community", "round", "code"], name="household_drawn_once"
            )
        ]

    def __str__(self) -> str:
        return f"household {self.pk}"


class MailTo(models.Model):
    """Reminders by e-mail to one person: the last day of one, and whether they wish for none.

    Of the person, not of a round: several rounds together send no more than one would.
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    person = models.CharField(max_length=200)
    last_on = models.DateField(null=True, blank=True)
    stopped = models.BooleanField(default=False)

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["community", "person"], name="mail_to_once")
        ]

    def __str__(self) -> str:
        return f"mail to {self.pk}"


class AnswerFlag(models.Model):
    """What a check noticed about an answer. It marks; it takes nothing out."""

    id = models.BigIntegerField(primary_key=True, default=random_key)
    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    round = models.CharField(max_length=200)
    answer = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["community", "round", "answer", "kind"], name="answer_flag_once"
            )
        ]

    def __str__(self) -> str:
        return f"flag {self.kind}"


class AnswerLeftOut(models.Model):
    """An answer that a person left out of the figures, and why. The answer itself stays."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    round = models.CharField(max_length=200)
    answer = models.CharField(max_length=200)
    reason = models.TextField()
    by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")
    on = models.DateField()

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["community", "round", "answer"], name="answer_left_out_once"
            )
        ]

    def __str__(self) -> str:
        return f"left out {self.pk}"
