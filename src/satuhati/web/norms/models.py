"""Written rules, unwritten values, and when they were in use."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from satuhati.web.tenancy.rows import Row


class Norm(Row):
    """Written rules and unwritten values."""

    table: ClassVar[str] = "norms"

    text = models.TextField()
    kind = models.CharField(max_length=40)
    topic = models.CharField(max_length=40, null=True, blank=True)
    document = models.TextField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)


class NormEvent(Row):
    """Norms invoked, kept or broken, by observer."""

    table: ClassVar[str] = "norm_events"

    norm = models.ForeignKey("web.Norm", models.PROTECT, related_name="+")
    event = models.CharField(max_length=40)
    date = models.DateField()
    meeting = models.ForeignKey(
        "web.Meeting", models.PROTECT, null=True, blank=True, related_name="+"
    )
    observer = models.ForeignKey(
        "web.Actor", models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(null=True, blank=True)
