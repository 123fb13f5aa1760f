"""Rounds of ties, who was asked, who named whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

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
