"""``datapackage.json``: the Frictionless Data Package (v2) description of a package folder."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

import polars as pl

from satuhati.core.community import CommunityData
from satuhati.schema import ANSWER_KEYS, SCHEMA_VERSION, TABLES, Column

DESCRIPTOR = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_TYPES = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "time": "string",
    "choice": "string",
    "reference": "string",
}
_COMMUNITY = {"name": "community", "type": "string", "title": "Kode komunitas"}


def describe(
    data: CommunityData,
    *,
    tables: Collection[str] | None = None,
    forms: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """The descriptor of ``data`` as :func:`satuhati.formats.folder.write_folder` lays it out.

    ``schema_version`` is our own property. ``tables`` names those that have a file (default:
    those with rows). ``forms``: resources that are no tables (``packageforms``).
    """
    names = [n for n in TABLES if (n in tables if tables else data.tables[n].height)]
    keyed = len(data.communities) > 1
    resources = [_resource(n, f"{n}.csv", TABLES[n].columns, names, keyed) for n in names]
    for resource, name in zip(resources, names, strict=True):
        resource["title"] = TABLES[name].label.id
        resource["description"] = f"{TABLES[name].meaning.id} / {TABLES[name].meaning.en}"
    for instrument, frame in data.answers.items():
        slug = re.sub(r"[^a-z0-9._-]", "-", f"answers-{instrument}".lower())
        resource = _resource(slug, f"answers/{instrument}.csv", ANSWER_KEYS, names, keyed)
        resource["schema"]["fields"] += _item_fields(instrument, frame, data.tables["items"])
        resources.append(resource)
    found = data.tables["community"]
    title = ", ".join(found["name"].head(3)) or "Satu Hati"
    descriptor: dict[str, Any] = {
        "$schema": PROFILE,
        "name": "satuhati-community",
        "title": title,
        "schema_version": SCHEMA_VERSION,
        "resources": [*resources, *forms],
    }
    if found["synthetic"].fill_null(False).any():
        descriptor["description"] = "Data rekaan (sintetis). / Synthetic data."
    return descriptor


def _resource(
    name: str, path: str, columns: Sequence[Column], present: Sequence[str], keyed: bool
) -> dict[str, Any]:
    keyed = keyed and name != "community"
    fields = [_COMMUNITY | {"constraints": {"required": True}}] if keyed else []
    key = ["community"] if keyed else []
    schema: dict[str, Any] = {
        "$schema": TABLE_PROFILE,
        "fields": [*fields, *(_field(c) for c in columns)],
        "missingValues": [""],
        "primaryKey": [*key, "id"],
    }
    foreign = [
        {
            "fields": [*key, c.name],
            "reference": ({} if c.table == name else {"resource": c.table})
            | {"fields": [*key, "id"]},
        }
        for c in columns
        if c.table in present
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": name,
        "path": path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "title": column.label.id,
    }
    if column.meaning.id:
        field["description"] = f"{column.meaning.id} / {column.meaning.en}"
    if column.kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.choices:
        limits["enum"] = list(column.choices)
    if column.kind == "time":
        limits["pattern"] = "([01][0-9]|2[0-3]):[0-5][0-9]"
    for bound, value in (("minimum", column.low), ("maximum", column.high)):
        if value is not None:
            limits[bound] = int(value) if column.kind == "integer" else value
    if limits:
        field["constraints"] = limits
    if column.unit:
        field["unit"] = column.unit
    field["visibility"] = column.visibility
    return field


def _item_fields(instrument: str, frame: pl.DataFrame, items: pl.DataFrame) -> list[dict[str, Any]]:
    mine = {
        row["name"]: row
        for row in items.filter(pl.col("instrument") == instrument).iter_rows(named=True)
    }
    keys = {"community", *(c.name for c in ANSWER_KEYS)}
    fields = []
    for name in frame.columns:
        if name in keys:
            continue
        item = mine.get(name, {})
        field: dict[str, Any] = {
            "name": name,
            "type": "string" if frame.schema[name] == pl.String() else "number",
        }
        if item.get("text_id"):
            field["title"] = item["text_id"]
        limits = {
            bound: item[end]
            for bound, end in (("minimum", "low"), ("maximum", "high"))
            if item.get(end) is not None and field["type"] == "number"
        }
        if limits:
            field["constraints"] = limits
        fields.append(field)
    return fields
