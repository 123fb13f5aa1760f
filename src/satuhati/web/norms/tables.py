"""Norms as tables of the schema, in the order in which they can be saved."""

from __future__ import annotations

from satuhati.web.norms.models import Norm, NormEvent
from satuhati.web.tenancy.rows import Row

MODELS: tuple[type[Row], ...] = (
    Norm,
    NormEvent,
)
