"""Letters of a community in one sequence, and what all its letters share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager


class LetterSettings(models.Model):
    """Letterhead, who signs, carbon copies and the form of the number. One row per community."""

    community = models.OneToOneField("web.Community", models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    head = models.TextField(blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    town = models.CharField(max_length=100, blank=True, default="")
    number_format = models.CharField(max_length=80, blank=True, default="")
    first_number = models.PositiveIntegerField(default=1)
    first_year = models.PositiveSmallIntegerField(null=True, blank=True)
    """From this year's letters on the book begins with ``first_number``; later years with 1."""
    signer_title = models.CharField(max_length=200, blank=True, default="")
    signer_name = models.CharField(max_length=200, blank=True, default="")
    seen_title = models.CharField(max_length=200, blank=True, default="")
    seen_name = models.CharField(max_length=200, blank=True, default="")
    copies = models.TextField(blank=True, default="")
    order = models.TextField(blank=True, default="")
    opening = models.TextField(blank=True, default="")
    closing = models.TextField(blank=True, default="")

    objects: ClassVar[Any] = ScopedManager(community="community")

    def __str__(self) -> str:
        return f"letter settings {self.pk}"


class Letter(models.Model):
    """A letter that was issued. Its number is its own for ever, also when it is withdrawn.

    ``meeting`` is the id of the meeting's record: letters stay when records are put in place anew.
    ``content`` is the letter as it was issued (:class:`satuhati.reports.papers.letter.Letter`).
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    meeting = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    printed = models.CharField(max_length=120)
    date = models.DateField()
    subject = models.CharField(max_length=300)
    addressee = models.CharField(max_length=300)
    content = models.JSONField(default=dict)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True, default="")

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["community", "year", "number"], name="letter_number_once"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["community", "meeting"], name="letter_by_meeting")
        ]

    def __str__(self) -> str:
        return f"letter {self.year}/{self.number}"
