"""The narrow waist: every table and column of a community's records, declared once."""

from satuhati.schema.declare import Column, Kind, Table, Visibility
from satuhati.schema.tables import ANSWER_KEYS, SCHEMA_VERSION, STRANDS, TABLES

__all__ = [
    "ANSWER_KEYS",
    "SCHEMA_VERSION",
    "STRANDS",
    "TABLES",
    "Column",
    "Kind",
    "Table",
    "Visibility",
]
