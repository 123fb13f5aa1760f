"""Which rows refer to a row, whatever context keeps them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.deletion import ProtectedError

from satuhati.web.tenancy.rows import Row


class StillReferredToError(Exception):
    """A row cannot go while others refer to it; ``tables`` has how many, by table."""

    def __init__(self, tables: dict[str, int]) -> None:
        super().__init__()
        self.tables = tables


def pointing_at(model: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    """Every foreign key to ``model``, of all contexts, in the order of the models' names."""
    found = [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and (relation.one_to_many or relation.one_to_one)
    ]
    return sorted(found, key=lambda f: (f.model.__name__, f.name))


def table_of(model: type[models.Model]) -> str:
    """The schema's name of a model's table; of models that are no rows, Django's."""
    return model.table if issubclass(model, Row) else f"{model._meta.model_name}s"


def referring(row: models.Model) -> dict[str, int]:
    """How many rows refer to ``row``, by table; tables without any are left out.

    What goes with the row (its link to answer by, its replies) does not hold it back.
    """
    counts: dict[str, int] = {}
    for field in pointing_at(type(row)):
        if field.remote_field.on_delete is models.CASCADE:
            continue
        n = field.model._base_manager.filter(**{field.name: row.pk}).count()
        if n:
            counts[table_of(field.model)] = counts.get(table_of(field.model), 0) + n
    return counts


def remove(row: Row) -> None:
    """Delete a row that nothing refers to; raises :class:`StillReferredToError`."""
    counts = referring(row)
    if counts:
        raise StillReferredToError(counts)
    try:
        row.delete()
    except ProtectedError:  # somebody referred to it between the two
        raise StillReferredToError(referring(row)) from None
