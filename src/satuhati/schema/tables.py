"""All tables of the schema, gathered in the order people meet them."""

from __future__ import annotations

from satuhati.schema.acting import ACTING_TABLES
from satuhati.schema.declare import Table
from satuhati.schema.listening import ANSWER_KEYS, LISTENING_TABLES
from satuhati.schema.meetings import MEETING_TABLES
from satuhati.schema.people import PEOPLE_TABLES
from satuhati.schema.settings import SETTINGS_TABLES

SCHEMA_VERSION = 1
"""Raised only when older packages need an upgrade; a new optional column needs none."""

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *PEOPLE_TABLES,
        *MEETING_TABLES,
        *LISTENING_TABLES,
        *ACTING_TABLES,
        *SETTINGS_TABLES,
    )
}

STRANDS: tuple[str, ...] = tuple(dict.fromkeys(t.strand for t in TABLES.values()))

__all__ = ["ANSWER_KEYS", "SCHEMA_VERSION", "STRANDS", "TABLES"]
