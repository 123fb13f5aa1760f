"""Every table of the records and its model, whichever context keeps it. Light: no Polars."""

from __future__ import annotations

from satuhati.schema import TABLES
from satuhati.web.fieldnotes import tables as fieldnotes
from satuhati.web.indicators import tables as indicators
from satuhati.web.meetings import tables as meetings
from satuhati.web.networks import tables as networks
from satuhati.web.norms import tables as norms
from satuhati.web.outreach import tables as outreach
from satuhati.web.planning import tables as planning
from satuhati.web.profile import tables as profile
from satuhati.web.register import tables as register
from satuhati.web.surveys import tables as surveys
from satuhati.web.tenancy.rows import Row

CONTEXTS = (register, meetings, norms, surveys, fieldnotes, networks, outreach, planning,
            indicators, profile)  # fmt: skip
MODELS: dict[str, type[Row]] = {
    model.table: model for context in CONTEXTS for model in context.MODELS
}


def ordered() -> list[type[Row]]:
    """Every model after those it refers to."""
    done: list[str] = []
    left = dict(MODELS)
    while left:
        ready = [
            name
            for name in left
            if all(
                c.table in (None, name, *done)
                for c in TABLES[name].columns
                if c.kind == "reference"
            )
        ]
        if not ready:  # a ring of references would be a mistake in the schema
            raise RuntimeError(f"references in a ring: {sorted(left)}")
        done += ready
        for name in ready:
            del left[name]
    return [MODELS[name] for name in done]
