"""Rows of models as rows of the schema, and back. No Polars: the worker makes frames of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models

from satuhati.schema import TABLES, Column
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.rows import FIELD_OF_COLUMN, Row

Record = dict[str, Any]


def field_of(column: Column) -> str:
    """The model's field of a column."""
    return FIELD_OF_COLUMN.get(column.name, column.name)


def lookup_of(column: Column) -> str:
    """Where the model has the column's value: a reference is the other row's ``public_id``."""
    return f"{field_of(column)}__public_id" if column.kind == "reference" else field_of(column)


def records(model: type[Row], rows: models.QuerySet[Any] | None = None) -> list[Record]:
    """All rows of the scope's community (or ``rows``) by the schema's column names."""
    columns = TABLES[model.table].columns
    found = (model.objects.all() if rows is None else rows).values_list(
        *(lookup_of(c) for c in columns)
    )
    names = [c.name for c in columns]
    return [dict(zip(names, row, strict=True)) for row in found.iterator(chunk_size=5000)]


def community_record(community: Community) -> Record:
    """The community's own row."""
    return {
        c.name: getattr(community, "code" if c.name == "id" else c.name)
        for c in TABLES["community"].columns
    }


def built(
    model: type[Row],
    community: Community,
    rows: Iterable[Mapping[str, Any]],
    keys: Mapping[str, Mapping[str, int]],
) -> list[Row]:
    """Unsaved rows of ``model``; ``keys`` has the database key of each public id, by table.

    References to the model's own table stay empty: see :func:`link_own`.
    """
    columns = TABLES[model.table].columns
    made = []
    for row in rows:
        values: Record = {}
        for column in columns:
            value = row.get(column.name)
            if column.kind != "reference":
                values[field_of(column)] = value
            elif column.table != model.table and value is not None:
                values[f"{field_of(column)}_id"] = keys[column.table or ""][value]
        made.append(model(community=community, **values))
    return made


def link_own(
    model: type[Row], rows: Sequence[Mapping[str, Any]], saved: Sequence[Row]
) -> list[Row]:
    """Fill in references to the model's own table; returns the rows that have one."""
    own = [c for c in TABLES[model.table].columns if c.table == model.table]
    if not own:
        return []
    key = {row.public_id: row.pk for row in saved}
    linked = []
    for given, row in zip(rows, saved, strict=True):
        for column in own:
            value = given.get(column.name)
            if value is not None:
                setattr(row, f"{field_of(column)}_id", key[value])
        if any(given.get(c.name) is not None for c in own):
            linked.append(row)
    return linked


def own_fields(model: type[Row]) -> list[str]:
    return [f"{field_of(c)}" for c in TABLES[model.table].columns if c.table == model.table]
