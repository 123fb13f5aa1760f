"""Ties as tables of the schema, in the order in which they can be saved."""

from __future__ import annotations

from satuhati.web.networks.models import RosterEntry, Tie, TieRound
from satuhati.web.tenancy.rows import Row

MODELS: tuple[type[Row], ...] = (
    TieRound,
    RosterEntry,
    Tie,
)
