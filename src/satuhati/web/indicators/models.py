"""Figures counted here or entered from elsewhere, with their source."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from satuhati.web.tenancy.rows import Row


class IndicatorValue(Row):
    """Service and outcome figures: numerator and denominator, or a value from elsewhere."""

    table: ClassVar[str] = "indicators"

    indicator = models.TextField()
    period = models.TextField()
    area = models.ForeignKey("web.Area", models.PROTECT, null=True, blank=True, related_name="+")
    service = models.ForeignKey(
        "web.Service", models.PROTECT, null=True, blank=True, related_name="+"
    )
    numerator = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    source = models.TextField(null=True, blank=True)
