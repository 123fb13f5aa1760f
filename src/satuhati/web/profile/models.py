"""What a group sets for its profile and says of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from satuhati.web.tenancy.rows import Row


class Prediction(Row):
    """What the working group predicts before seeing results."""

    table: ClassVar[str] = "predictions"

    measure = models.TextField()
    service = models.ForeignKey(
        "web.Service", models.PROTECT, null=True, blank=True, related_name="+"
    )
    population = models.CharField(max_length=40, null=True, blank=True)
    wave = models.BigIntegerField(null=True, blank=True)
    date = models.DateField()
    value = models.FloatField()
    people = models.BigIntegerField(null=True, blank=True)


class ConfirmedEmpty(Row):
    """A statement that in a period there is no record because nothing happened."""

    table: ClassVar[str] = "confirmed_empty"

    strand = models.CharField(max_length=40)
    from_day = models.DateField()
    to_day = models.DateField()
    by = models.TextField()
    on = models.DateField()
    note = models.TextField(null=True, blank=True)


class Target(Row):
    """Targets the group sets for a cell or a measure (0–100)."""

    table: ClassVar[str] = "targets"

    component = models.CharField(max_length=40, null=True, blank=True)
    level = models.CharField(max_length=40, null=True, blank=True)
    population = models.CharField(max_length=40, null=True, blank=True)
    measure = models.TextField(null=True, blank=True)
    value = models.FloatField()
    set_on = models.DateField()
    by = models.TextField(null=True, blank=True)


class MeasureSetting(Row):
    """Measures switched off, or whose anchors are changed; printed with the profile."""

    table: ClassVar[str] = "measure_settings"

    measure = models.TextField()
    enabled = models.BooleanField(null=True, blank=True)
    anchor_low = models.FloatField(null=True, blank=True)
    anchor_high = models.FloatField(null=True, blank=True)
    min_n = models.BigIntegerField(null=True, blank=True)
    since = models.DateField()
    by = models.TextField()
    reason = models.TextField()


class SharedVerdict(Row):
    """Verdicts confirmed or contested by two readers or a meeting, with the reason."""

    table: ClassVar[str] = "verdicts"

    component = models.CharField(max_length=40)
    level = models.CharField(max_length=40)
    population = models.CharField(max_length=40)
    proposed = models.TextField(null=True, blank=True)
    stance = models.CharField(max_length=40)
    verdict = models.CharField(max_length=40, null=True, blank=True)
    meeting = models.ForeignKey(
        "web.Meeting", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.TextField()
    date = models.DateField()
    reason = models.TextField()


class Snapshot(models.Model):
    """A profile computed in the background; pages show it with its age.

    ``summary`` is what Home needs; ``payload`` the whole (``Dossier`` as JSON).
    """

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="snapshots")
    data_version = models.PositiveBigIntegerField()
    as_of = models.DateField(null=True)
    schema_version = models.PositiveIntegerField()
    measures_hash = models.CharField(max_length=64)
    audience = models.CharField(max_length=20, default="team")
    made_at = models.DateTimeField(default=timezone.now)
    seconds = models.FloatField(default=0)
    summary = models.JSONField(default=dict)
    payload = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=[
                    "community",
                    "data_version",
                    "as_of",
                    "schema_version",
                    "measures_hash",
                    "audience",
                ],
                name="snapshot_once",
            )
        ]

    def __str__(self) -> str:
        return f"snapshot {self.pk}"


class SnapshotPage(models.Model):
    """A piece of a snapshot already worded and set, so that a page only has to show it.

    ``key`` is a section of the report (``gaps``) or a cell (``sel/commitment/individual/pokja``).
    """

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="pages")
    lang = models.CharField(max_length=2)
    key = models.CharField(max_length=120)
    html = models.TextField()
    data = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["snapshot", "lang", "key"], name="snapshot_page_once")
        ]

    def __str__(self) -> str:
        return f"page {self.key}"


class FigureShown(models.Model):
    """That a figure of a wave was shown to somebody: who knows the answer predicts no more."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    user = models.ForeignKey("web.User", models.CASCADE, related_name="+")
    wave = models.PositiveIntegerField()
    figure = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["community", "user", "wave", "figure"], name="figure_shown_once"
            )
        ]

    def __str__(self) -> str:
        return f"shown {self.pk}"


class BackgroundJob(models.Model):
    """Something made in the background for one person: a report, an import, an export."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20, default="waiting")
    percent = models.PositiveSmallIntegerField(default=0)
    parameters = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    file = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"job {self.pk}"
