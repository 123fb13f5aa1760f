"""What stands beside the records and points into them: kept when the records are replaced.

A link to answer by, a reply, a membership belong to a person or a meeting by foreign key. When a
data package takes the records' place, they follow the row that bears the same public id; what
belongs to a row that is gone goes too, or, where it may stand alone, lets go of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import CASCADE, Field

from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.rows import Row


class Pointing(NamedTuple):
    """A field that points into the records, and the public id that each row of it names."""

    field: Field[Any, Any]
    codes: dict[str, list[int]]


def pointing_fields() -> list[Field[Any, Any]]:
    """Every foreign key of a model outside the schema to a row of the records."""
    return [
        field
        for model in apps.get_app_config("web").get_models()
        if not issubclass(model, Row)
        for field in model._meta.concrete_fields
        if field.is_relation and issubclass(field.related_model, Row)
    ]


def noted(community: Community) -> list[Pointing]:
    """Who points where, before the records go; the caller holds the transaction."""
    found = []
    for field in pointing_fields():
        codes: dict[str, list[int]] = defaultdict(list)
        rows = field.model._base_manager.filter(**{f"{field.name}__community": community})
        for pk, code in rows.values_list("pk", f"{field.name}__public_id"):
            codes[code].append(pk)
        found.append(Pointing(field, dict(codes)))
    return found


def put_back(pointing: list[Pointing], keys: Mapping[str, Mapping[str, int]]) -> None:
    """Point to the new rows of the same public ids; ``keys``: table → public id → key."""
    gone: dict[Any, set[int]] = defaultdict(set)
    for field, codes in pointing:
        manager, table = field.model._base_manager, field.related_model.table
        for code, pks in codes.items():
            new = keys[table].get(code)
            if new is not None:
                manager.filter(pk__in=pks).update(**{field.attname: new})
            elif field.remote_field.on_delete is CASCADE:
                gone[manager].update(pks)
            else:
                manager.filter(pk__in=pks).update(**{field.attname: None})
    for manager, lost in gone.items():
        manager.filter(pk__in=lost).delete()
