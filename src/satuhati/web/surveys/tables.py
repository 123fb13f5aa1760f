"""Surveys as tables of the schema, in the order in which they can be saved."""

from __future__ import annotations

from satuhati.web.surveys.models import Instrument, Item, Round
from satuhati.web.tenancy.rows import Row

MODELS: tuple[type[Row], ...] = (
    Instrument,
    Item,
    Round,
)
