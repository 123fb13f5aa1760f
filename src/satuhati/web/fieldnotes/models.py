"""Sources, passages, codes and what analysts made of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from satuhati.web.tenancy.rows import Row


class Source(Row):
    """Interviews, observations, documents, focus groups (one group = one source)."""

    table: ClassVar[str] = "sources"

    kind = models.CharField(max_length=40)
    title = models.TextField()
    date = models.DateField()
    population = models.CharField(max_length=40)
    actor = models.ForeignKey("web.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    sampling_reason = models.TextField(null=True, blank=True)
    text = models.TextField(null=True, blank=True)


class Code(Row):
    """Themes, their bounds and the cell of the framework they speak to."""

    table: ClassVar[str] = "codes"

    name = models.TextField()
    parent = models.ForeignKey("web.Code", models.PROTECT, null=True, blank=True, related_name="+")
    component = models.CharField(max_length=40, null=True, blank=True)
    level = models.CharField(max_length=40, null=True, blank=True)
    definition = models.TextField(null=True, blank=True)
    include = models.TextField(null=True, blank=True)
    exclude = models.TextField(null=True, blank=True)
    example = models.TextField(null=True, blank=True)
    version = models.TextField(null=True, blank=True)


class Excerpt(Row):
    """Passages of a source that are coded."""

    table: ClassVar[str] = "excerpts"

    source = models.ForeignKey("web.Source", models.PROTECT, related_name="+")
    start = models.BigIntegerField(null=True, blank=True)
    end = models.BigIntegerField(null=True, blank=True)
    text = models.TextField()


class Coding(Row):
    """The code a coder gave an excerpt, and its direction."""

    table: ClassVar[str] = "codings"

    excerpt = models.ForeignKey("web.Excerpt", models.PROTECT, related_name="+")
    code = models.ForeignKey("web.Code", models.PROTECT, related_name="+")
    coder = models.TextField()
    direction = models.CharField(max_length=40)
    memo = models.TextField(null=True, blank=True)


class Placement(Row):
    """The direction of the field notes in a cell by the analyst, with the reason."""

    table: ClassVar[str] = "placements"

    component = models.CharField(max_length=40)
    level = models.CharField(max_length=40)
    population = models.CharField(max_length=40)
    direction = models.CharField(max_length=40)
    reason = models.TextField()
    analyst = models.TextField(null=True, blank=True)
    date = models.DateField()
