"""What every row of a community's records has, whatever its table.

The columns of the tables are declared in :mod:`satuhati.schema`; the models bear the same names
(a test holds them against each other) and keep references as foreign keys. ``public_id`` is
the ``id`` of the schema: stable, and the only key that leaves the database.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django_scopes import ScopedManager

# Words of Python that columns bear as names.
FIELD_OF_COLUMN = {"id": "public_id", "from": "from_day", "to": "to_day"}
COLUMN_OF_FIELD = {field: column for column, field in FIELD_OF_COLUMN.items()}


class Row(models.Model):
    """A row of a community. An unscoped query raises, so nobody filters by hand."""

    table: ClassVar[str] = ""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(default=0)
    """Raised at each change: the second of two people who edit the same row is told."""

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["community", "public_id"], name="%(class)s_once")
        ]

    def __str__(self) -> str:
        # Never a name: what is printed may end in a log.
        return f"{self.table} {self.public_id}"
