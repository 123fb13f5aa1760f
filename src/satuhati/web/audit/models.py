"""Who did what, when. Holds codes and field names, never the values of a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class AuditEntry(models.Model):
    """One action, or one read of personal data. ``seal`` chains it to those before it."""

    at = models.DateTimeField(default=timezone.now)
    community = models.ForeignKey("web.Community", models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")
    role = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    table = models.CharField(max_length=40, blank=True, default="")
    code = models.CharField(max_length=200, blank=True, default="")
    details = models.JSONField(default=dict)
    seal = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["community", "-at"], name="audit_by_community"),
            models.Index(fields=["seal", "id"], name="audit_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"
