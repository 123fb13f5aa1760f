"""Indicators as tables of the schema, in the order in which they can be saved."""

from __future__ import annotations

from satuhati.web.indicators.models import IndicatorValue
from satuhati.web.tenancy.rows import Row

MODELS: tuple[type[Row], ...] = (IndicatorValue,)
