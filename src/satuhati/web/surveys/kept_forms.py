"""A questionnaire's own form, kept beside its rows: sections, relevance, constraints, wording.

The tables ``instruments`` and ``items`` hold what is scored; how it is asked stands here, with the
workbook it came from. Rows name instruments by their public ids, which stay when a package
replaces the records.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django_scopes import ScopedManager

from satuhati.formats.xlsform.model import Form
from satuhati.formats.xlsform.stored import of_plain


class InstrumentForm(models.Model):
    """The form of an instrument of this server, as it was taken in. Never changed afterwards."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    instrument = models.CharField(max_length=200)
    base = models.CharField(max_length=200)
    """The form's own code: its versions have it in common."""
    version = models.CharField(max_length=200)
    form = models.JSONField()
    workbook = models.BinaryField()
    name = models.CharField(max_length=200)
    """What the file was called."""
    doubts = models.JSONField(default=list)
    taken_on = models.DateField()
    taken_by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["community", "instrument"], name="instrument_form_once")
        ]

    def __str__(self) -> str:
        return f"form of {self.instrument}"

    def whole(self) -> Form:
        return of_plain(self.form)


class PretestStep(models.Model):
    """A step of the pretest of an instrument that somebody ticked, when, and what was noted."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    instrument = models.CharField(max_length=200)
    step = models.CharField(max_length=40)
    done_on = models.DateField(null=True, blank=True)
    who = models.CharField(max_length=200, blank=True, default="")
    note = models.TextField(blank=True, default="")
    by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["community", "instrument", "step"], name="pretest_step_once"
            )
        ]

    def __str__(self) -> str:
        return f"pretest {self.pk}"
