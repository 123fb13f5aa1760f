"""Services and voices as tables of the schema, in the order in which they can be saved."""

from __future__ import annotations

from satuhati.web.outreach.models import (
    Awareness,
    OutsideRequest,
    ResidentVoice,
    Service,
    VoiceChannel,
)
from satuhati.web.tenancy.rows import Row

MODELS: tuple[type[Row], ...] = (
    Service,
    Awareness,
    VoiceChannel,
    ResidentVoice,
    OutsideRequest,
)
