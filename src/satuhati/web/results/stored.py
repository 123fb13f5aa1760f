"""What came out of rounds, computed by the worker and kept beside the records; no evidence."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

GROUP, STUDY = "group", "study"
METHODS = 2
"""Raised when figures are computed otherwise: what is kept is then made anew."""


class StoredResults(models.Model):
    """Figures of one round: for the group, or for a researcher (``kind``).

    ``data_hash`` is made from all that the figures are computed from, and of how. When records
    change that have nothing to do with surveys, the figures stay and only ``data_version`` moves.
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    round = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    data_hash = models.CharField(max_length=64)
    data_version = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    seconds = models.FloatField(default=0)
    payload = models.JSONField(default=dict)

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["community", "round", "kind"], name="results_once")
        ]

    def is_of(self, data_version: int) -> bool:
        """Whether the figures are of these records, computed as this program computes them."""
        return self.data_version == data_version and self.data_hash.startswith(f"{METHODS}-")

    def __str__(self) -> str:
        return f"results {self.pk}"
