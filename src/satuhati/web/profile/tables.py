"""What a group sets for its profile, as tables of the schema."""

from __future__ import annotations

from satuhati.web.profile.models import (
    ConfirmedEmpty,
    MeasureSetting,
    Prediction,
    SharedVerdict,
    Target,
)
from satuhati.web.tenancy.rows import Row

MODELS: tuple[type[Row], ...] = (
    Prediction,
    ConfirmedEmpty,
    Target,
    MeasureSetting,
    SharedVerdict,
)
