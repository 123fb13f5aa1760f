"""Saving a row that somebody else may have changed meanwhile."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F


class ChangedMeanwhileError(Exception):
    """Somebody else saved the row after it was opened; ``row`` is what it holds now."""

    def __init__(self, row: models.Model) -> None:
        super().__init__()
        self.row = row


def save_over(row: Any, revision: int, fields: dict[str, Any]) -> list[str]:
    """Save ``fields`` of a row that still is at ``revision``; the names of those that changed.

    Raises :class:`ChangedMeanwhileError` if it is not, and saves nothing then.
    """
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    if not changed:
        return []
    manager = type(row)._base_manager
    saved = manager.filter(pk=row.pk, revision=revision).update(
        revision=F("revision") + 1, **{name: fields[name] for name in changed}
    )
    fresh = manager.get(pk=row.pk)
    if not saved:
        raise ChangedMeanwhileError(fresh)
    for name in changed:
        setattr(row, name, fields[name])
    row.revision = fresh.revision
    return changed
