"""Field notes as tables of the schema, in the order in which they can be saved."""

from __future__ import annotations

from satuhati.web.fieldnotes.models import Code, Coding, Excerpt, Placement, Source
from satuhati.web.tenancy.rows import Row

MODELS: tuple[type[Row], ...] = (
    Source,
    Code,
    Excerpt,
    Coding,
    Placement,
)
