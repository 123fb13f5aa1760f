"""Instruments, their items, rounds, and one row per submission."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from satuhati.web.tenancy.rows import Row


class Instrument(Row):
    """One row per questionnaire; its answers are in answers/<id>.csv."""

    table: ClassVar[str] = "instruments"

    name = models.TextField()
    version = models.TextField(null=True, blank=True)
    population = models.CharField(max_length=40)
    citation = models.TextField(null=True, blank=True)
    item_order = models.JSONField(default=list)
    """Item columns in the order of the questionnaire; databases keep no order of JSON keys."""


class Item(Row):
    """The items of each questionnaire: scale, direction and range."""

    table: ClassVar[str] = "items"

    instrument = models.ForeignKey("web.Instrument", models.PROTECT, related_name="+")
    name = models.TextField()
    type = models.CharField(max_length=40)
    scale = models.TextField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    reversed = models.BooleanField(null=True, blank=True)
    text_id = models.TextField(null=True, blank=True)
    text_en = models.TextField(null=True, blank=True)


class Round(Row):
    """When, to whom and how a questionnaire was put."""

    table: ClassVar[str] = "rounds"

    instrument = models.ForeignKey("web.Instrument", models.PROTECT, related_name="+")
    wave = models.BigIntegerField()
    population = models.CharField(max_length=40)
    start = models.DateField(null=True, blank=True)
    end = models.DateField()
    frame = models.CharField(max_length=40)
    invited = models.BigIntegerField(null=True, blank=True)
    population_size = models.BigIntegerField(null=True, blank=True)
    anonymous = models.BooleanField(null=True, blank=True)
    mode = models.CharField(max_length=40, null=True, blank=True)
    note = models.TextField(null=True, blank=True)


class Answer(Row):
    """A submission to a round; its answers by item name. Anonymous rounds name nobody."""

    table: ClassVar[str] = "answers"

    round = models.ForeignKey("web.Round", models.PROTECT, related_name="+")
    actor = models.ForeignKey("web.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey("web.Area", models.PROTECT, null=True, blank=True, related_name="+")
    sex = models.CharField(max_length=40, null=True, blank=True)
    age_band = models.CharField(max_length=40, null=True, blank=True)
    schooling = models.CharField(max_length=40, null=True, blank=True)
    poor = models.BooleanField(null=True, blank=True)
    weight = models.FloatField(null=True, blank=True)
    stratum = models.TextField(null=True, blank=True)
    cluster = models.TextField(null=True, blank=True)
    instrument = models.ForeignKey("web.Instrument", models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["community", "instrument", "public_id"], name="answer_once"
            )
        ]
