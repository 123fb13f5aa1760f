"""People, places and posts as tables of the schema, in the order in which they can be saved."""

from __future__ import annotations

from satuhati.web.register.models import Actor, Area, Asset, Consent, Post, ResidentCount, Term
from satuhati.web.tenancy.rows import Row

MODELS: tuple[type[Row], ...] = (
    Area,
    ResidentCount,
    Actor,
    Post,
    Term,
    Asset,
    Consent,
)
